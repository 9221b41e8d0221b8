"""The table that all views share: a header, a rule, and columns of known width."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.box import SIMPLE_HEAD, Box
from rich.console import JustifyMethod, RenderableType
from rich.table import Table

from explore.screen import Screen
from explore.views.style import HEAD

_GAP = 2
# Rows are measured and printed in pieces, so that a long answer begins at once.
_PIECE = 200
_ASCII_RULE = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


class Column(NamedTuple):
    """A column: its head, its width in characters, and the side its text keeps to.

    A width of 0 takes what the others leave; several such columns share it.
    """

    head: str
    width: int = 0
    right: bool = False


def grid(
    columns: Sequence[Column], rows: Iterable[Sequence[RenderableType]], screen: Screen
) -> Iterator[Table]:
    """Yield tables that print as one, as wide as the screen; texts wrap, nothing is cut."""
    widths = _widths(columns, screen.width)
    piece: list[Sequence[RenderableType]] = []
    first = True
    for row in rows:
        piece.append(row)
        if len(piece) == _PIECE:
            yield _table(columns, widths, piece, screen, head=first)
            piece, first = [], False
    if piece:
        yield _table(columns, widths, piece, screen, head=first)


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    fixed = sum(column.width for column in columns)
    flexible = sum(not column.width for column in columns)
    left = max(width - fixed - _GAP * (len(columns) - 1), 10 * flexible)
    widths = []
    for column in columns:
        share = left // flexible if flexible and not column.width else 0
        widths.append(column.width or share)
        if not column.width:
            left -= share
            flexible -= 1
    return widths


def _table(
    columns: Sequence[Column],
    widths: list[int],
    rows: list[Sequence[RenderableType]],
    screen: Screen,
    *,
    head: bool,
) -> Table:
    box = (_ASCII_RULE if screen.plain_ascii else SIMPLE_HEAD) if head else None
    table = Table(
        box=box,
        show_header=head,
        show_edge=False,
        header_style=HEAD,
        # A box puts a blank between columns by itself.
        padding=(0, _GAP - 1 if head else _GAP, 0, 0),
        pad_edge=False,
    )
    for column, width in zip(columns, widths, strict=True):
        side: JustifyMethod = "right" if column.right else "left"
        table.add_column(column.head, width=width, justify=side, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
