"""Tables and blocks of styled text, laid out to a width, for every view.

Rich measures, wraps and segments each cell several times; a table of thousands of rows spends
nearly all its time there, and loading its texts takes a tenth of a whole command. Here a cell is
wrapped once. How wide a character is and what a style means is up to Rich, which is loaded only
where there is color or a character beyond ASCII.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from explore.terminal.screen import Screen

HEAD = "bold"
_GAP = 2

# Start, end and style of a span of a text; of two on one character, the later is on top.
Span = tuple[int, int, str]


class Text:
    """Characters, and which of them have a style, as in Rich's documentation; immutable.

    Attributes:
        plain: the characters.
        spans: the parts that have a style.
    """

    __slots__ = ("plain", "spans")

    def __init__(self, plain: str = "", style: str = "") -> None:
        """Style all of `plain` the same, or not at all."""
        self.plain = plain
        self.spans: list[Span] = [(0, len(plain), style)] if style else []

    def with_base_style(self, style: str) -> "Text":
        """Return the same text with a style below those that it has."""
        text = Text(self.plain, style)
        text.spans += self.spans
        return text


def assembled(*parts: Text | str) -> Text:
    """Return parts one after the other."""
    return joined("", _texts(parts))


def lines(*parts: Text | str) -> Text:
    """Return parts one below the other, without the empty ones."""
    return joined("\n", [text for text in _texts(parts) if text.plain])


def _texts(parts: Sequence[Text | str]) -> list[Text]:
    return [Text(part) if isinstance(part, str) else part for part in parts]


def joined(separator: str, texts: Sequence[Text]) -> Text:
    """Return texts one after the other, with an unstyled separator between them."""
    if len(texts) == 1:
        return texts[0]
    result = Text(separator.join([text.plain for text in texts]))
    at = 0
    for text in texts:
        result.spans += [(start + at, end + at, style) for start, end, style in text.spans]
        at += len(text.plain) + len(separator)
    return result


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
    """Return lines as wide as the screen; texts wrap, nothing is cut."""
    return "".join(f"{shown}\n" for shown, _ in _lines(cell, screen.width, styled=screen.styled))


def hanging(first: str, rest: str, text: Text, screen: Screen) -> str:
    """Return a text with one lead before its first line, and another before the rest.

    Args:
        first: the lead of the first line.
        rest: the lead of each other line, as wide as `first`.
        text: the text.
        screen: where it is shown.
    """
    body = _lines(text, max(screen.width - len(first), 1), styled=screen.styled)
    return "".join(
        f"{(rest if number else first)}{shown}".rstrip() + "\n"
        for number, (shown, _) in enumerate(body)
    )


def grid(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    screen: Screen,
    gap: int = _GAP,
    *,
    spaced: bool = False,
) -> Iterator[str]:
    """Yield a table row by row, as wide as the screen; texts wrap, nothing is cut.

    Args:
        columns: the columns; a table without any head has no header.
        rows: the cells of each row.
        screen: where it is shown.
        gap: number of spaces between columns.
        spaced: whether a blank line sets rows apart.
    """
    widths = _widths(columns, screen.width, gap)
    named = any(column.head for column in columns)
    header = _head(columns, widths, screen, gap) if named else ""
    for number, row in enumerate(rows):
        yield ("\n" if spaced else "") if number else header
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
    for line in itertools.zip_longest(*sides, fillvalue=("", 0)):
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
    """Return the lines of a cell, each with its width in characters; blank ones are empty."""
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
            shown = to_ansi(text, start, start + len(part)) if styled else part
            found.append((lead + shown, indent + width_of(part)))
    return found


def wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line of `text`, none wider than `width` characters.

    Lines break at spaces, and inside a word only where the word alone is too wide.
    """
    plain = text.isascii()
    start = 0
    for paragraph in text.split("\n"):
        yield from _paragraph(text, start, start + len(paragraph), width, plain)
        start += len(paragraph) + 1


def _paragraph(
    text: str, start: int, end: int, width: int, plain: bool
) -> Iterator[tuple[int, int]]:
    while True:
        reach = min(start + width, end) if plain else _reach(text, start, end, width)
        if reach >= end:
            yield start, end
            return
        cut = text.rfind(" ", start, reach + 1)
        if cut <= start:
            yield start, reach
            start = reach
        else:
            yield start, cut
            start = cut + 1
        while start < end and text[start] == " ":
            start += 1


def _reach(text: str, start: int, end: int, width: int) -> int:
    """Return how far a line that starts at `start` may go, at least one character."""
    from rich.cells import get_character_cell_size

    room = width
    for position in range(start, end):
        room -= get_character_cell_size(text[position])
        if room < 0:
            return max(position, start + 1)
    return end


def to_ansi(text: Text, start: int, end: int) -> str:
    """Return a part of a text with its colors and links as control codes."""
    plain = text.plain
    spans = [span for span in text.spans if span[0] < end and span[1] > start]
    if not spans:
        return plain[start:end]
    edges = {start, end}
    for first, last, _ in spans:
        edges.add(max(first, start))
        edges.add(min(last, end))
    return "".join(
        _ansi_writer(tuple(style for first, last, style in spans if first <= a and last >= b))(
            plain[a:b]
        )
        for a, b in itertools.pairwise(sorted(edges))
    )


@cache
def _ansi_writer(styles: tuple[str, ...]) -> Callable[[str], str]:
    """Return a function that puts the control codes of some styles around a text."""
    from rich.color import ColorSystem
    from rich.style import Style

    style = Style.combine([Style.null(), *map(Style.parse, styles)])
    return partial(style.render, color_system=ColorSystem.STANDARD)


def width_of(text: str) -> int:
    """Return how many characters wide a line is on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
