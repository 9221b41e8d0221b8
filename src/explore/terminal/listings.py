"""Topics and sources as tables."""

from collections.abc import Iterator

from explore.model.citation import reference
from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Cell, Column, block, grid
from explore.terminal.text import Text, lines


def topics(index: Index, found: list[Record], screen: Screen) -> Iterator[str]:
    """Yield the table of topics, the most claimed about first."""
    width = max((len(topic["topic"]) for topic in found), default=0)
    columns = [Column("topic", width), Column("claims", 6, right=True), Column("mostly about")]
    rows = (
        [
            style.record_id(topic["topic"]),
            Text(str(topic["claims"])),
            style.actors(index, topic["about"]),
        ]
        for topic in found
    )
    yield from grid(columns, rows, screen)


def sources(index: Index, found: list[Record], screen: Screen) -> Iterator[str]:
    """Yield the table of sources as references, with how many records rest on each."""
    columns = [Column("source"), Column("claims", 6, right=True), Column("actors", 6, right=True)]
    rests = [index.rests_on(source["id"]) for source in found]
    rows = (_source(source, rest) for source, rest in zip(found, rests, strict=True))
    yield from grid(columns, rows, screen)
    firsthand, through = index.hands()
    told = Text(
        f"\n{firsthand} of {firsthand + through} claims are read at first hand, {through} through"
        " another source, which carries them."
    )
    yield block(told, screen)


def _source(source: Record, rests: Record) -> list[Cell]:
    body = [style.plain(reference({**source, "URL": None}))]
    if source["URL"]:
        body.append(style.link(source["URL"]))
    if rests["through"]:
        through = rests["claims"] - rests["firsthand"]
        said = f"{through} of {rests['claims']} read in {', '.join(rests['through'])}"
        body.append(style.plain(said, style.QUIET))
    if rests["carries"]:
        body.append(Text(f"carries {rests['carries']} of other sources", style.QUIET))
    shown = (0, style.record_id(source["id"])), (2, lines(*body))
    return [shown, Text(str(rests["claims"])), Text(str(rests["actors"]))]
