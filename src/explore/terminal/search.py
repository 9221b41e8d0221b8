"""Search results: what each is, where it matched, and the words that did."""

from collections.abc import Iterator, Mapping, Sequence

from explore.model.labels import ActorLabel
from explore.model.query import MARK
from explore.model.records import Record
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Cell, Column, Text, assembled, grid, lines

_MATCH = "bold underline"


def show(
    hits: Sequence[Record], labels: Mapping[str, ActorLabel], screen: Screen
) -> Iterator[str]:
    """Yield the table of results, best first."""
    columns = [Column("found"), Column("what, said by", min(26, screen.width // 3))]
    yield from grid(columns, (_row(hit, labels, screen) for hit in hits), screen, spaced=True)


def _row(hit: Record, labels: Mapping[str, ActorLabel], screen: Screen) -> list[Cell]:
    excerpt = _marked(hit["excerpt"], screen)
    if hit["field"] not in {"text", "name", "title"}:
        head = assembled(theme.quiet(f"{hit['field'] or 'in all fields'}:"), " ", excerpt)
        excerpt = lines(theme.plain(hit["text"]), head)
    speakers = theme.actors([labels[name] for name in hit["by"]])
    return [lines(excerpt, theme.quiet(hit["id"])), lines(theme.quiet(hit["type"]), speakers)]


def _marked(excerpt: str, screen: Screen) -> Text:
    """Underline what matched; without styles the marks stay."""
    if not screen.styled:
        return theme.plain(excerpt)
    parts = excerpt.split(MARK)
    # `plain` would strip the spaces at the ends of a part.
    texts = [theme.plain(f"x{part}x").plain[1:-1] for part in parts]
    return assembled(*(Text(text, _MATCH if n % 2 else "") for n, text in enumerate(texts)))
