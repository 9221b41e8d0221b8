"""Styled text set in lines of a width: what tables are made of.

Rich measures, wraps and segments each cell several times; a table of thousands of rows spends
nearly all its time there. Here a cell is wrapped once. How wide a character is and what a style
means is Rich's to say; what is plain ASCII without colour does without it.
"""

import itertools
from collections.abc import Callable, Iterator
from functools import cache, partial

from explore.terminal.text import Text


def wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line of `text`, none wider than `width` cells.

    Lines break at blanks, and inside a word only where the word alone is too wide.
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
    """Give how far a line may go that starts at `start`, at least one character."""
    from rich.cells import get_character_cell_size

    room = width
    for position in range(start, end):
        room -= get_character_cell_size(text[position])
        if room < 0:
            return max(position, start + 1)
    return end


def painted(text: Text, start: int, end: int) -> str:
    """Give a part of a text with its colours and links as control codes."""
    plain = text.plain
    spans = [span for span in text.spans if span[0] < end and span[1] > start]
    if not spans:
        return plain[start:end]
    edges = {start, end}
    for first, last, _ in spans:
        edges.add(max(first, start))
        edges.add(min(last, end))
    return "".join(
        _brush(tuple(style for first, last, style in spans if first <= a and last >= b))(
            plain[a:b]
        )
        for a, b in itertools.pairwise(sorted(edges))
    )


@cache
def _brush(styles: tuple[str, ...]) -> Callable[[str], str]:
    """Give what writes the control codes of some styles, the last above all, around a text."""
    from rich.color import ColorSystem
    from rich.style import Style

    style = Style.combine([Style.null(), *map(Style.parse, styles)])
    return partial(style.render, color_system=ColorSystem.STANDARD)


def width_of(text: str) -> int:
    """Give how many cells a line takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
