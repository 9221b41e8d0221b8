"""Two actors side by side, topic by topic."""

from collections.abc import Iterator

from explore.analysis.comparison import Comparison, Side
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Column, Text, assembled, grid

# So many claims are in each cell.
SHOWN = 3


def show(comparison: Comparison, limit: int, screen: Screen) -> Iterator[str]:
    """Yield the table, with the topic on a line of its own above each pair of cells.

    Args:
        comparison: what is compared.
        limit: maximum number of topics; 0 for all.
        screen: where it is shown.
    """
    columns = [Column(theme.actors([actor]).plain) for actor in comparison.actors]
    first, second = (column.head for column in columns)
    cells = (
        [
            assembled(theme.heading(f"{row.topic}\n"), _side(row.first, first)),
            assembled("\n", _side(row.second, second)),
        ]
        for row in comparison.rows[: limit or None]
    )
    yield from grid(columns, cells, screen, spaced=True)


def _side(side: Side, name: str) -> Text:
    return assembled(
        _listed(side, side.others, f"others on {name}", speaker=True),
        _listed(side, side.own, f"{name} on itself", speaker=False),
    )


def _listed(side: Side, names: list[str], head: str, *, speaker: bool) -> Text:
    parts: list[Text | str] = [theme.quiet(f"{head}: {len(names) or 'nothing'}"), "\n"]
    shown = [side.shown[name] for name in names[:SHOWN] if name in side.shown]
    for summary in shown:
        who = assembled(" (", theme.attribution(summary), ")") if speaker else Text()
        identifier = assembled(" ", theme.quiet(summary.claim["id"]))
        parts += ["- ", theme.plain(summary.claim["text"]), who, identifier, "\n"]
    if len(names) > len(shown):
        parts += ["  ", theme.quiet(f"{len(names) - len(shown)} more"), "\n"]
    return assembled(*parts)
