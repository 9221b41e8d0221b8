"""Actors, topics and sources as tables."""

from collections.abc import Iterator, Sequence

from explore.analysis.listings import ActorRow, SourceRow, TopicRow
from explore.model.citation import reference
from explore.model.records import Record
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Cell, Column, Text, assembled, block, grid, lines

_ROOMY = 110


def actors(rows: Sequence[ActorRow], screen: Screen) -> Iterator[str]:
    """Yield the table of actors, with the number of claims that each makes or is concerned by."""
    roomy = screen.width >= _ROOMY
    numbers = [Column(head, 5, right=True) for head in ("says", "does", "about")]
    columns = [Column("actor"), *([Column("kind", 12), Column("ties", 30)] if roomy else [])]
    yield from grid([*columns, *numbers], (_actor(row, roomy) for row in rows), screen)


def _actor(row: ActorRow, roomy: bool) -> list[Cell]:
    actor = row.actor
    short = actor["short"]
    name = actor["name"] + (f" ({short})" if short and short != actor["name"] else "")
    ids = theme.quiet(actor["id"] if roomy else f"{actor['id']} · {actor['kind']}")
    cells: list[Cell] = [lines(theme.plain(name), ids)]
    if roomy:
        cells += [theme.plain(actor["kind"]), ties(row)]
    return cells + [Text(f"{number:,}") for number in (row.says, row.does, row.about)]


def ties(row: ActorRow) -> Text:
    """Return what an actor belongs to and whose partner it is."""
    return lines(
        *(
            assembled(theme.quiet(words), " ", theme.actors(group))
            for words, group in (("in", row.member_of), ("partner of", row.partner_of))
            if group
        )
    )


def topics(rows: Sequence[TopicRow], screen: Screen) -> Iterator[str]:
    """Yield the table of topics, the most frequent first."""
    width = max((len(row.topic) for row in rows), default=0)
    columns = [Column("topic", width), Column("claims", 6, right=True), Column("mostly about")]
    cells = (
        [theme.plain(row.topic), Text(f"{row.claims:,}"), theme.actors(row.actors)] for row in rows
    )
    yield from grid(columns, cells, screen)


def sources(rows: Sequence[SourceRow], screen: Screen) -> Iterator[str]:
    """Yield the table of sources as references, with the number of records that rest on each."""
    columns = [Column("source"), Column("claims", 6, right=True), Column("actors", 6, right=True)]
    yield from grid(columns, (_source(row) for row in rows), screen)
    claims = sum(row.usage["claims"] for row in rows)
    original = sum(row.usage["original"] for row in rows)
    total = Text(
        f"\nClaims from these sources: {claims:,}. Read in the original: {original:,};"
        f" quoted in another source: {claims - original:,}."
    )
    yield block(total, screen)


def _source(row: SourceRow) -> list[Cell]:
    source, usage = row
    body = [theme.plain(reference({**source, "URL": None}))]
    if source["URL"]:
        body.append(theme.link(source["URL"]))
    body.append(theme.quiet(reading(usage)))
    body.append(theme.quiet(source["id"]))
    return [lines(*body), Text(f"{usage['claims']:,}"), Text(f"{usage['actors']:,}")]


def reading(usage: Record) -> str:
    """Return in which sources the claims of a source were read, and what it quotes itself."""
    parts = []
    through = usage["through"]
    if through:
        original = f"{usage['original']} of {usage['claims']} claims read in the original"
        parts.append(f"{original}; the rest quoted in {', '.join(through)}")
    if usage["quotes"]:
        parts.append(f"quotes {theme.numbered(usage['quotes'], 'claim')} from other sources")
    return "; ".join(parts)
