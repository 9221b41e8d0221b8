"""Styled text set in lines of a width: what tables are made of.

Rich measures, wraps and segments each cell several times; a table of thousands of rows spends
nearly all its time there. Here a cell is wrapped once. Texts and styles are Rich's own.
"""

import itertools
from collections.abc import Iterator
from functools import cache

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.style import Style
from rich.text import Text


def wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line of `text`, none wider than `width` cells.

    Lines break at blanks, and inside a word only where the word alone is too wide.
    """
    size = len if text.isascii() else cell_len
    start = 0
    for paragraph in text.split("\n"):
        yield from _paragraph(text, start, start + len(paragraph), width, size is len)
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
    """Give how far a line may go that starts at `start`, at least one character."""
    room = width
    for position in range(start, end):
        room -= get_character_cell_size(text[position])
        if room < 0:
            return max(position, start + 1)
    return end


def painted(text: Text, start: int, end: int) -> str:
    """Give a part of a text with its colours and links as control codes."""
    plain = text.plain
    spans = [span for span in text.spans if span.start < end and span.end > start]
    base = text.style
    if not spans:
        return _render(plain[start:end], (base,))
    edges = {start, end}
    for span in spans:
        edges.add(max(span.start, start))
        edges.add(min(span.end, end))
    cuts = sorted(edges)
    return "".join(
        _render(
            plain[a:b],
            (base, *(span.style for span in spans if span.start <= a and span.end >= b)),
        )
        for a, b in itertools.pairwise(cuts)
    )


def _render(text: str, styles: tuple[str | Style, ...]) -> str:
    return _combined(styles).render(text, color_system=ColorSystem.STANDARD)


@cache
def _combined(styles: tuple[str | Style, ...]) -> Style:
    return Style.combine(
        [style if isinstance(style, Style) else Style.parse(style) for style in styles]
    )


def width_of(text: str) -> int:
    """Give how many cells a line takes."""
    return len(text) if text.isascii() else cell_len(text)
