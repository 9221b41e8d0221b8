"""Dated facts by year, with the day on which the source of the thesis appeared."""

from collections.abc import Iterator

from explore.analysis.timeline import Chronology
from explore.model.citation import reference
from explore.model.dates import span
from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Column, block, grid
from explore.terminal.text import Text, assembled

# As long as 2022-06-29/2023-07-12.
_DATE = 10


def show(index: Index, events: list[Record], screen: Screen) -> Iterator[str]:
    """Yield a heading a year and a line an event."""
    times = Chronology(index)
    marked = not times.appeared
    year = ""
    for event in events:
        if not marked and span(event["date"])[0] > span(times.appeared)[0]:
            marked = True
            yield _appeared(times, screen)
        if event["date"][:4] != year:
            year = event["date"][:4]
            yield block(Text(year, style.HEAD), screen)
        yield from _event(index, event, screen)
    if not marked and events:
        yield _appeared(times, screen)


def _appeared(times: Chronology, screen: Screen) -> str:
    date = Text(f"── {times.appeared}  ", style.HEAD)
    source = style.plain(reference({**(times.source or {}), "URL": None}))
    later = Text(" What follows is later.", style.QUIET)
    return block(assembled(date, source, later), screen)


def _event(index: Index, event: Record, screen: Screen) -> Iterator[str]:
    said = assembled(" (", style.actors(index, event["by"]), ") ")
    text = assembled(style.plain(event["text"]), said, style.claim_id(event))
    date = [(2, Text(event["date"].replace("/", "/\n")))]
    yield from grid([Column("", _DATE + 2), Column("")], [[date, text]], screen)
