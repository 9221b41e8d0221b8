"""Dated facts by year, with the day on which the source of the thesis appeared."""

from collections.abc import Iterator

from explore.analysis.summaries import ClaimSummary, Thesis
from explore.analysis.timeline import Timeline
from explore.model.citation import reference
from explore.model.dates import span
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Column, Text, assembled, block, grid

# As long as 2022-06-29.
_DATE = 10


def show(timeline: Timeline, screen: Screen) -> Iterator[str]:
    """Yield a heading for each year and a line for each event."""
    thesis = timeline.thesis
    marked = not thesis.appeared
    year = ""
    for event in timeline.events:
        if not marked and span(event.date)[0] > span(thesis.appeared)[0]:
            marked = True
            yield _appeared(thesis, screen)
        if event.date[:4] != year:
            year = event.date[:4]
            yield block(theme.heading(year), screen)
        yield from _event(event, screen)
    if not marked and timeline.events:
        yield _appeared(thesis, screen)


def _appeared(thesis: Thesis, screen: Screen) -> str:
    rule = "--" if screen.plain_ascii else "──"
    source = theme.plain(reference({**(thesis.source or {}), "URL": None}))
    later = Text(" What follows is later.", theme.QUIET)
    return block(assembled(theme.heading(f"{rule} {thesis.appeared}  "), source, later), screen)


def _event(event: ClaimSummary, screen: Screen) -> Iterator[str]:
    said = assembled(" (", theme.actors(event.speakers), ") ")
    text = assembled(theme.plain(event.claim["text"]), said, theme.quiet(event.claim["id"]))
    date = [(2, Text(event.date.replace("/", "/\n")))]
    yield from grid([Column("", _DATE + 2), Column("")], [[date, text]], screen)
