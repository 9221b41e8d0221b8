"""One record whole: every field, its links both ways, and its citation."""

from collections.abc import Iterator

from explore.model.citation import reference
from explore.index.queries import Index
from explore.model.records import Record, RecordType
from explore.terminal.screen import Screen
from explore.terminal import claim_card, theme as style
from explore.terminal.grid import Column, block, grid
from explore.terminal.text import Text, assembled, lines

Rows = list[tuple[str, Text]]

_SHOWN_FIRST = ("id", "type", "title", "author", "issued", "URL", "note")


def show(index: Index, kind: RecordType, record: Record, screen: Screen) -> Iterator[str]:
    """Yield the card of any record."""
    if kind == "claim":
        yield from claim_card.show(index, record, screen)
        return
    name = record.get("name") or record["title"]
    yield block(style.plain(name, style.HEAD), screen)
    rows = {"actor": _actor, "source": _source}[kind](index, record)
    width = max((len(label) for label, _ in rows), default=0)
    columns = [Column("", width), Column("")]
    cells = [(Text(label, style.QUIET), value) for label, value in rows if value.plain]
    yield from grid(columns, cells, screen)


def stack(index: Index, found: list[tuple[RecordType, Record]], screen: Screen) -> Iterator[str]:
    """Yield the cards of records, with a blank line between them."""
    for position, (kind, record) in enumerate(found):
        if position:
            yield "\n"
        yield from show(index, kind, record, screen)


def ties(index: Index, actor: Record) -> list[Text]:
    """Say what an actor belongs to and whose partner it is."""
    return [
        assembled(Text(f"{word} ", style.QUIET), style.actors(index, actor[field]))
        for word, field in (("in", "member_of"), ("partner of", "partner_of"))
        if actor[field]
    ]


def _actor(index: Index, actor: Record) -> Rows:
    cited = [
        lines(
            style.plain(reference(index.record(citation["source"])[1])),
            style.whence(citation),
        )
        for citation in actor["sources"]
    ]
    counts = index.actor_counts(actor["id"])
    return [
        ("actor", style.record_id(actor["id"], f"bold {style.ACTOR[actor['kind']]}")),
        ("kind", Text(actor["kind"], style.ACTOR[actor["kind"]])),
        ("short", style.plain(actor["short"] or "")),
        ("also called", style.plain(", ".join(actor["aliases"]))),
        ("founded", style.plain(actor["date"] or "")),
        ("", style.plain(actor["description"] or "")),
        ("member of", style.actors(index, actor["member_of"])),
        ("partner of", style.actors(index, actor["partner_of"])),
        ("members", style.actors(index, index.members(actor["id"]))),
        ("partners", style.actors(index, index.partners(actor["id"]))),
        ("wikidata", _wikidata(actor["wikidata"])),
        ("claims", Text("says {says}, does {does}, about it {about}".format(**counts))),
        ("rests on", lines(*cited)),
    ]


def _wikidata(item: str | None) -> Text:
    return style.link(f"https://www.wikidata.org/wiki/{item}") if item else Text()


def _source(index: Index, source: Record) -> Rows:
    rests = index.rests_on(source["id"])
    rest = [
        (name, style.plain(value) if not isinstance(value, list) else Text())
        for name, value in source.items()
        if value and name not in _SHOWN_FIRST and not isinstance(value, list)
    ]
    return [
        ("source", style.record_id(source["id"])),
        ("reference", style.plain(reference(source))),
        ("type", style.plain(source["type"])),
        *rest,
        ("note", style.plain(source["note"] or "")),
        ("address", style.link(source["URL"]) if source["URL"] else Text()),
        ("rests on it", Text("{claims} claims, {actors} actors".format(**rests))),
        ("read", Text(_how_read(rests))),
    ]


def _how_read(rests: Record) -> str:
    """Say how much was read in a source itself, and how much through others."""
    if not rests["claims"]:
        return f"carries {rests['carries']} claims of other sources" if rests["carries"] else ""
    through = f"; the others in {', '.join(rests['through'])}" if rests["through"] else ""
    return f"{rests['firsthand']} at first hand{through}"
