"""Claims as a table: what is said, by whom and where, when, and what others say to it."""

from collections.abc import Iterator, Sequence

from explore.analysis.summaries import ClaimSummary
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Cell, Column, Text, grid, lines

_NARROW, _ROOMY, _WIDE = 60, 110, 160
_SPEAKER, _DATE, _OTHERS = 26, 11, 12
# As many counts as fit the column for them.
_PER_LINE = 2


def show(claims: Sequence[ClaimSummary], screen: Screen) -> Iterator[str]:
    """Yield the table of claims, with as many columns as the screen is wide enough for."""
    ascii_only = screen.plain_ascii
    rows: Iterator[list[Cell]]
    if screen.width < _NARROW:
        columns = [Column("claim")]
        rows = ([lines(theme.sentence(s), _aside(s, ascii_only))] for s in claims)
    elif screen.width < _ROOMY:
        columns = [
            Column("claim"),
            Column("said by, where, when", min(_SPEAKER, screen.width // 3)),
        ]
        rows = ([theme.sentence(s), _aside(s, ascii_only)] for s in claims)
    else:
        wide = screen.width >= _WIDE
        columns = [
            Column("claim"),
            Column("said by, where", _SPEAKER + 4),
            Column("date", _DATE),
            Column("others say", _OTHERS),
        ] + [Column("about", 22), Column("topics", 24)] * wide
        rows = (_spread(s, wide, ascii_only) for s in claims)
    yield from grid(columns, rows, screen, spaced=True)


def _aside(summary: ClaimSummary, ascii_only: bool) -> Text:
    return lines(
        theme.speaker(summary),
        theme.quiet(theme.when(summary)),
        theme.counts(summary, ascii_only),
    )


def _interval(date: str) -> list[str]:
    """Return a date on one line, an interval on two."""
    first, slash, last = date.partition("/")
    return [first + slash, last]


def _spread(summary: ClaimSummary, wide: bool, ascii_only: bool) -> list[Cell]:
    date, _, rest = theme.when(summary).partition(" ")
    cells: list[Cell] = [
        theme.sentence(summary),
        theme.speaker(summary),
        lines(*map(theme.plain, _interval(date)), theme.quiet(rest)),
        theme.counts(summary, ascii_only, _PER_LINE),
    ]
    if wide:
        cells += [
            theme.actors(summary.about),
            theme.quiet(", ".join(summary.claim["topics"])),
        ]
    return cells
