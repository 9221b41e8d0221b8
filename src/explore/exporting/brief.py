"""What a brief holds, for somebody who has no terminal: the argument, and what is beside it."""

from collections.abc import Iterator
from typing import NamedTuple

from explore.argument import ORDER, told
from explore.citation import place, reference
from explore.index.ask import Index
from explore.query import Query
from explore.records import Record

# What stands under a claim, in the order that a reader needs it: against it first.
BESIDE = {
    "disputes": "Disputed",
    "qualifies": "Limited",
    "responds_to": "Answered",
    "supports": "Supported",
}


class Said(NamedTuple):
    """A claim as a brief tells it.

    Attributes:
        id: its id.
        text: what it says.
        who: who says it.
        source: the id of the source.
        where: the place in the source, if it is known.
        quote: a few words of the source, if there are some.
        date: when it happened, of a dated fact.
    """

    id: str
    text: str
    who: str
    source: str
    where: str
    quote: str
    date: str


class Point(NamedTuple):
    """A claim with what others say to it, by how they say it."""

    claim: Said
    beside: dict[str, list[Said]]


class Part(NamedTuple):
    """A step of the argument: its heading, and its claims."""

    heading: str
    points: list[Point]


class Actor(NamedTuple):
    """An actor as a brief tells it."""

    id: str
    name: str
    short: str
    kind: str
    description: str


class Brief(NamedTuple):
    """All of a brief.

    Attributes:
        title: the title of the corpus.
        info: what else it says of itself.
        counts: how many records of each type it has, in words.
        according_to: whose argument is told, and in which sources.
        parts: the argument.
        events: dated facts, in order.
        actors: who speaks and who is spoken of.
        sources: the ids and references of the sources that the brief names.
    """

    title: str
    info: Record
    counts: str
    according_to: str
    parts: list[Part]
    events: list[Said]
    actors: list[Actor]
    sources: dict[str, str]


def brief(index: Index) -> Brief:
    """Put a brief together."""
    parts = list(_parts(index))
    events = [_said(index, claim) for claim in index.claims(_EVENTS)]
    said = [*events]
    for part in parts:
        for point in part.points:
            said.append(point.claim)
            said += [one for group in point.beside.values() for one in group]
    named = sorted({one.source for one in said})
    points = [point for part in parts for point in part.points]
    return Brief(
        index.title(),
        index.info(),
        ", ".join(_counted(what, count) for what, count in index.counts().items()),
        points[0].claim.who if points else "",
        parts,
        events,
        [
            _actor(actor)
            for actor in index.actors()
            if any(index.actor_counts(actor["id"]).values())
        ],
        {name: reference(index.record(name)[1]) for name in named},
    )


def _counted(what: str, count: int) -> str:
    return f"{count:,} {what[:-1] if count == 1 else what}"


_EVENTS = Query(kind=("fact",), dated=True, sort="date")


def _parts(index: Index) -> Iterator[Part]:
    for section in told(index):
        heading = ORDER[section.role]
        if section.subject:
            heading += f": {index.short(section.subject)}"
        yield Part(heading, [_point(index, line.claim) for line in section.lines])


def _point(index: Index, claim: Record) -> Point:
    incoming = index.incoming(claim["id"])
    beside: dict[str, list[Said]] = {}
    for kind in BESIDE:
        others = [index.record(name)[1] for name, _ in incoming.get(kind, [])]
        # What the same source says for itself is its own argument, and told in its place.
        others = [other for other in others if other["source"] != claim["source"]]
        if others:
            beside[kind] = [_said(index, other) for other in others]
    return Point(_said(index, claim), beside)


def _said(index: Index, claim: Record) -> Said:
    return Said(
        claim["id"],
        claim["text"],
        ", ".join(index.short(name) for name in claim["by"]),
        claim["source"],
        place(claim["locator"]),
        claim["quote"] or "",
        claim["date"] or "",
    )


def _actor(actor: Record) -> Actor:
    return Actor(
        actor["id"],
        actor["name"],
        actor["short"] or "",
        actor["kind"],
        actor["description"] or "",
    )
