"""Dated facts by year, with the day on which the source of the thesis appeared."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from explore.chronology import Chronology
from explore.citation import reference
from explore.dates import span
from explore.index.ask import Index
from explore.records import Record
from explore.screen import Screen
from explore.views import style
from explore.views.grid import Column, grid

if TYPE_CHECKING:
    from rich.console import RenderableType

# As long as 2022-06-29/2023-07-12.
_DATE = 10


def show(index: Index, events: list[Record], screen: Screen) -> Iterator["RenderableType"]:
    """Yield a heading a year and a line an event."""
    times = Chronology(index)
    marked = not times.appeared
    year = ""
    for event in events:
        if not marked and span(event["date"])[0] > span(times.appeared)[0]:
            marked = True
            yield from _appeared(times)
        if event["date"][:4] != year:
            year = event["date"][:4]
            yield Text(year, style.HEAD)
        yield from _event(index, event, screen)
    if not marked and events:
        yield from _appeared(times)


def _appeared(times: Chronology) -> Iterator["RenderableType"]:
    text = style.plain(reference({**(times.source or {}), "URL": None}))
    yield Text.assemble(
        (f"── {times.appeared}  ", "bold"), text, (" What follows is later.", style.QUIET)
    )


def _event(index: Index, event: Record, screen: Screen) -> Iterator[str]:
    said = Text.assemble(" (", style.actors(index, event["by"]), ") ")
    text = Text.assemble(style.plain(event["text"]), said, style.claim_id(event))
    date = [(2, Text(event["date"].replace("/", "/\n")))]
    yield from grid([Column("", _DATE + 2), Column("")], [[date, text]], screen)
