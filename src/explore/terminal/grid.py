"""The table that all views share: a header, a rule, and columns of known width."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from explore.terminal.screen import Screen
from explore.terminal.lay import painted, width_of, wrapped
from explore.terminal.theme import HEAD
from explore.terminal.text import Text

_GAP = 2

# A cell is a text, or texts under each other, each so many characters further in.
Cell = Text | Sequence[tuple[int, Text]]


class Column(NamedTuple):
    """A column: its head, its width in characters, and the side its text keeps to.

    A width of 0 takes what the others leave; several such columns share it.
    """

    head: str
    width: int = 0
    right: bool = False


def block(cell: Cell, screen: Screen) -> str:
    """Give lines as wide as the screen; texts wrap, nothing is cut."""
    return "".join(f"{shown}\n" for shown, _ in _lines(cell, screen.width, styled=screen.styled))


def grid(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], screen: Screen, gap: int = _GAP
) -> Iterator[str]:
    """Yield a table row by row, as wide as the screen; texts wrap, nothing is cut.

    There are `gap` blanks between columns.
    """
    widths = _widths(columns, screen.width, gap)
    headed = not any(column.head for column in columns)
    for row in rows:
        if not headed:
            yield _head(columns, widths, screen, gap)
            headed = True
        yield _row(columns, widths, row, screen, gap)


def _head(columns: Sequence[Column], widths: Sequence[int], screen: Screen, gap: int) -> str:
    heads = [Text(column.head, HEAD) for column in columns]
    rule = ("-" if screen.plain_ascii else "─") * (sum(widths) + gap * (len(widths) - 1))
    return f"{_row(columns, widths, heads, screen, gap)}{rule}\n"


def _widths(columns: Sequence[Column], width: int, gap: int) -> list[int]:
    fixed = sum(column.width for column in columns)
    flexible = sum(not column.width for column in columns)
    left = max(width - fixed - gap * (len(columns) - 1), 10 * flexible)
    widths = []
    for column in columns:
        share = left // flexible if flexible and not column.width else 0
        widths.append(column.width or share)
        if not column.width:
            left -= share
            flexible -= 1
    return widths


def _row(
    columns: Sequence[Column],
    widths: Sequence[int],
    cells: Sequence[Cell],
    screen: Screen,
    gap: int,
) -> str:
    sides = [
        _lines(cell, width, styled=screen.styled)
        for cell, width in zip(cells, widths, strict=True)
    ]
    out = []
    for line in zip_longest(*sides, fillvalue=("", 0)):
        parts = []
        blank = 0
        for (shown, size), column, width in zip(line, columns, widths, strict=True):
            pad = max(width - size, 0)
            if shown:
                parts.append(" " * (blank + (pad if column.right else 0)) + shown)
                blank = 0 if column.right else pad
            else:
                blank += pad
            blank += gap
        out.append("".join(parts) + "\n")
    return "".join(out)


def _lines(cell: Cell, width: int, *, styled: bool) -> list[tuple[str, int]]:
    """Give the lines of a cell, each with its width; blank ones are empty."""
    found = []
    for indent, text in [(0, cell)] if isinstance(cell, Text) else cell:
        plain = text.plain
        room = max(width - indent, 1)
        lead = " " * indent
        for start, end in wrapped(plain, room):
            part = plain[start:end].rstrip()
            if not part:
                found.append(("", 0))
                continue
            shown = painted(text, start, start + len(part)) if styled else part
            found.append((lead + shown, indent + width_of(part)))
    return found
