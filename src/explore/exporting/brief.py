"""What a brief holds, for somebody who has no terminal: every claim, once, where it belongs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from explore.analysis.outline import HEADINGS
from explore.analysis.summaries import thesis
from explore.index.queries import Index
from explore.model.citation import place, reference
from explore.model.links import LINK_TYPE, LINK_TYPES, LINKS, link_target
from explore.model.query import Query
from explore.model.records import Record

# What stands under a claim, in the order that a reader needs it: against it first.
BESIDE = {
    link.field: link.inverse_words.capitalize()
    for link in (
        LINK_TYPE[field]
        for field in ("disputes", "qualifies", "responds_to", "supports", "background_to")
    )
}
# What a claim that stands by itself does to others.
TOWARDS = {link.field: link.words.capitalize() for link in LINK_TYPES}
# So many levels stand under a claim; what comes below has a section of its own.
_LEVELS = 3
_HEADINGS = ["Responses", "Rebuttals", *HEADINGS.values(), "Without a role"]


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
    """A claim in its place, with what others say to it.

    Attributes:
        claim: the claim.
        kind: how it links to the claim that it stands under, a key of `BESIDE`; "" under none.
        beside: what stands under it.
        elsewhere: the ids of claims in other places that it links to or that link to it, by what
            to call that.
    """

    claim: Said
    kind: str
    beside: list["Point"]
    elsewhere: dict[str, list[str]]


class Part(NamedTuple):
    """A step of the argument: its heading, and its claims."""

    heading: str
    points: list[Point]


class Chapter(NamedTuple):
    """Parts of one heading."""

    heading: str
    parts: list[Part]


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
        chapters: every claim, first the argument of who makes the thesis.
        events: dated facts, in order.
        actors: who speaks and who is spoken of.
        sources: the ids and references of the sources that the brief names.
    """

    title: str
    info: Record
    counts: str
    chapters: list[Chapter]
    events: list[Said]
    actors: list[Actor]
    sources: dict[str, str]


def brief(index: Index) -> Brief:
    """Return the brief of a corpus."""
    claims = list(index.claims(Query()))
    named = {name for claim in claims for name in (claim["source"], claim["via"]) if name}
    mentioned = {
        name
        for field in ("by", "subject", "about")
        for name in index.frequencies(f"claim.{field}")
    }
    return Brief(
        index.title(),
        index.info(),
        ", ".join(_counted(what, count) for what, count in index.counts().items()),
        list(_chapters(index, claims)),
        [_said(index, claim) for claim in index.claims(_EVENTS)],
        [_actor(actor) for actor in index.actors() if actor["id"] in mentioned],
        {name: reference(index.record(name)[1]) for name in sorted(named)},
    )


def _counted(what: str, count: int) -> str:
    return f"{count:,} {what[:-1] if count == 1 else what}"


_EVENTS = Query(where={"kind": ("fact",)}, dated=True, sort="date")


def _chapters(index: Index, claims: list[Record]) -> Iterator[Chapter]:
    start = thesis(index).claims
    whose = start[0]["by"] if start else []
    own = [claim for claim in claims if claim["role"] and set(whose) & set(claim["by"])]
    placing = _Placing(index, claims, {claim["id"] for claim in own})
    if own:
        own.sort(key=lambda claim: (list(HEADINGS).index(claim["role"]), _acting(claim)))
        roots = [placing.point(claim) for claim in own]
        who = ", ".join(index.labels()[name].short for name in whose)
        heading = f"The argument, according to {who}"
        yield Chapter(heading, _parts(own, roots, lambda claim: _step(index, claim)))
    rest = [claim for claim in claims if claim["id"] not in placing.placed]
    # What links to nothing of others stands first, so that the others find their place under it.
    rest.sort(key=lambda claim: bool(placing.above(claim)))
    others = [(claim, placing.point(claim)) for claim in rest if claim["id"] not in placing.placed]
    others.sort(key=lambda pair: _HEADINGS.index(_sort_of(pair[0])))
    if others:
        roots = [point for _, point in others]
        parts = _parts([claim for claim, _ in others], roots, _sort_of)
        yield Chapter("Further claims" if own else "Claims", parts)


def _parts(
    claims: list[Record], points: list[Point], heading: Callable[[Record], str]
) -> list[Part]:
    found: dict[str, list[Point]] = defaultdict(list)
    for claim, point in zip(claims, points, strict=True):
        found[heading(claim)].append(point)
    return [Part(name, group) for name, group in found.items()]


def _acting(claim: Record) -> str:
    """Return who acts, where that makes a step of its own."""
    return claim["subject"] or "" if claim["role"] in {"response", "recommendation"} else ""


def _step(index: Index, claim: Record) -> str:
    acting = _acting(claim)
    return HEADINGS[claim["role"]] + (f": {index.labels()[acting].short}" if acting else "")


def _sort_of(claim: Record) -> str:
    """Return the heading of a claim that is no part of the argument told first."""
    if claim["responds_to"] or claim["role"] == "response":
        return "Responses"
    if claim["disputes"] or claim["qualifies"]:
        return "Rebuttals"
    return HEADINGS.get(claim["role"], "Without a role")


class _Placing:
    """Puts every claim in one place: under one of another source that it links to, or by itself.

    Attributes:
        placed: the ids of the claims that have their place, or are to get one by themselves.
    """

    def __init__(self, index: Index, claims: list[Record], apart: set[str]) -> None:
        self.placed = set(apart)
        self._index = index
        self._by_id = {claim["id"]: claim for claim in claims}
        # What the same source says for itself is its own argument, and told in its place.
        self._below: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            for kind, target in _links(claim):
                if self._by_id[target]["source"] != claim["source"]:
                    self._below[target][kind].append(claim)

    def above(self, claim: Record) -> list[str]:
        """Return the ids of the claims of other sources that a claim links to."""
        targets = (self._by_id[target] for _, target in _links(claim))
        return [other["id"] for other in targets if other["source"] != claim["source"]]

    def point(self, claim: Record, kind: str = "", under: str = "", level: int = 0) -> Point:
        """Return a claim in its place, with what finds its place under it."""
        self.placed.add(claim["id"])
        mine: list[tuple[Record, str]] = []
        elsewhere: dict[str, list[str]] = defaultdict(list)
        for link, target in _links(claim):
            if target != under:
                elsewhere[TOWARDS[link]].append(target)
        for link, words in BESIDE.items():
            for other in self._below[claim["id"]][link]:
                if other["id"] not in self.placed and level < _LEVELS:
                    self.placed.add(other["id"])
                    mine.append((other, link))
                elif all(other is not one for one, _ in mine) and other["id"] != under:
                    elsewhere[words].append(other["id"])
        beside = [self.point(other, link, claim["id"], level + 1) for other, link in mine]
        return Point(_said(self._index, claim), kind, beside, dict(elsewhere))


def _links(claim: Record) -> Iterator[tuple[str, str]]:
    """Yield the links of a claim, the type and the id at the other end, each once."""
    found: Iterable[tuple[str, str]] = (
        (kind, link_target(link)) for kind in LINKS for link in claim[kind]
    )
    yield from dict.fromkeys(found)


def _said(index: Index, claim: Record) -> Said:
    return Said(
        claim["id"],
        claim["text"],
        ", ".join(index.labels()[name].short for name in claim["by"]),
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
