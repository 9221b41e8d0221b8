"""Hits of a search: what each is, where it matched, and the words that did."""

from collections.abc import Iterator

from explore.index.queries import Index
from explore.index.search import MARK
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Column, grid
from explore.terminal.text import Text, assembled, lines

_MATCH = "bold underline"


def show(index: Index, hits: list[Record], screen: Screen) -> Iterator[str]:
    """Yield the table of hits, best first."""
    columns = [Column("found"), Column("what, said by", min(26, screen.width // 3))]
    yield from grid(columns, (_row(index, hit, screen) for hit in hits), screen)


def _row(index: Index, hit: Record, screen: Screen) -> list[list[tuple[int, Text]]]:
    excerpt = _marked(hit["excerpt"], screen)
    if hit["field"] not in {"text", "name", "title"}:
        head = assembled(Text(f"{hit['field'] or 'in all'}: ", style.QUIET), excerpt)
        excerpt = lines(style.plain(hit["text"]), head)
    told = lines(Text(hit["type"], style.QUIET), style.actors(index, hit["by"]))
    return [[(0, style.record_id(hit["id"])), (2, excerpt)], [(0, told)]]


def _marked(excerpt: str, screen: Screen) -> Text:
    """Underline what matched; without styles the marks stay."""
    if not screen.styled:
        return style.plain(excerpt)
    return assembled(
        *(
            Text(style.plain(f"x{part}x").plain[1:-1], _MATCH if n % 2 else "")
            for n, part in enumerate(excerpt.split(MARK))
        )
    )
