"""Claims as a table: what is said, by whom, where it is written, and what sort of claim it is."""

from collections.abc import Iterator
from functools import cache

from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Cell, Column, grid
from explore.terminal.text import Text, joined, lines

_NARROW, _ROOMY, _WIDE = 60, 110, 160
_WORDS = {
    "supports": ("for", "green"),
    "disputes": ("against", "red"),
    "qualifies": ("limits", "yellow"),
}


def show(index: Index, claims: list[Record], screen: Screen) -> Iterator[str]:
    """Yield the table of claims, with as many columns as the screen is wide enough for."""
    rows: Iterator[list[Cell]]
    ids = max((len(claim["id"]) for claim in claims), default=0)
    if screen.width < _NARROW:
        columns = [Column("claim")]
        rows = ([(*_stacked(index, claim), (2, speaker(index, claim)))] for claim in claims)
    elif screen.width < _ROOMY or ids > screen.width // 3:
        columns = [Column("claim"), Column("said by, where", min(26, screen.width // 3))]
        rows = ([_stacked(index, claim), speaker(index, claim)] for claim in claims)
    else:
        wide = screen.width >= _WIDE
        columns = [
            Column("id", ids),
            Column("claim"),
            Column("role, kind", 16),
            Column("said by, where", 26),
        ] + [Column("about", 22), Column("topics", 24)] * wide
        rows = (_spread(index, claim, wide) for claim in claims)
    yield from grid(columns, rows, screen)


def standing(index: Index, claim: Record) -> Text:
    """Say how many claims of other sources speak for, against and in limit of this one."""
    weight = index.weight(claim["id"], claim["source"])
    parts = [_count(kind, weight[kind]) for kind in _WORDS if kind in weight]
    return joined(", ", parts)


@cache
def _count(kind: str, count: int) -> Text:
    word, color = _WORDS[kind]
    return Text(f"{word} {count}", color)


def speaker(index: Index, claim: Record) -> Text:
    """Say who says a claim and where."""
    return lines(style.actors(index, claim["by"]), style.whence(claim))


def _stacked(index: Index, claim: Record) -> tuple[tuple[int, Text], ...]:
    head = joined("  ", [style.claim_id(claim), style.sort_of(claim)])
    return (0, head), (2, lines(style.plain(claim["text"]), standing(index, claim)))


def _spread(index: Index, claim: Record, wide: bool) -> list[Cell]:
    cells: list[Cell] = [
        style.claim_id(claim),
        style.plain(claim["text"]),
        lines(style.sort_of(claim), standing(index, claim)),
        speaker(index, claim),
    ]
    if wide:
        topics = style.plain(", ".join(claim["topics"]), style.QUIET)
        cells += [style.actors(index, claim["about"]), topics]
    return cells
