"""The contents of a brief, for somebody without a terminal: every claim once, where it belongs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from explore.analysis.outline import HEADINGS
from explore.analysis.summaries import thesis
from explore.index.queries import Index
from explore.model.citation import place, reference
from explore.model.links import LINK_TYPES, LINKS, READING_ORDER, link_target
from explore.model.query import Query
from explore.model.records import Record
from explore.model.references import reference_types

# The headings of what links to a claim, in the order in which a reader is shown it.
INCOMING = {link.field: link.inverse_words.capitalize() for link in READING_ORDER}
# The headings of what a claim links to.
OUTGOING = {link.field: link.words.capitalize() for link in LINK_TYPES}
# Levels under a claim; what is deeper has an entry of its own.
_LEVELS = 3
_HEADINGS = ["Responses", "Rebuttals", *HEADINGS.values(), "Without a role"]


class ClaimText(NamedTuple):
    """A claim as a brief shows it.

    Attributes:
        id: its id.
        text: what it says.
        speakers: who says it.
        source: the id of the source.
        locator: where in the source, in words; "" if unknown.
        quote: a few words of the source; "" if it has none.
        date: when it happened, of a dated fact; else "".
    """

    id: str
    text: str
    speakers: str
    source: str
    locator: str
    quote: str
    date: str


class Entry(NamedTuple):
    """An entry of a brief: a claim, with the claims of others that link to it.

    Attributes:
        claim: the claim.
        link: how it links to the entry that it is under, a key of `INCOMING`; "" under none.
        replies: the entries under it.
        elsewhere: the ids of claims in other entries that it links to or that link to it, by the
            heading of the link.
    """

    claim: ClaimText
    link: str
    replies: list["Entry"]
    elsewhere: dict[str, list[str]]


class Section(NamedTuple):
    """A step of the argument: its heading, and its claims."""

    heading: str
    entries: list[Entry]


class Chapter(NamedTuple):
    """Sections under one heading."""

    heading: str
    sections: list[Section]


class Actor(NamedTuple):
    """An actor as a brief shows it."""

    id: str
    name: str
    short: str
    kind: str
    description: str


class Brief(NamedTuple):
    """A brief.

    Attributes:
        title: the title of the corpus.
        info: what else the corpus says about itself.
        counts: the number of records of each type, in words.
        chapters: every claim; the argument of the speakers of the thesis first.
        events: dated facts, in order.
        actors: the speakers, and the actors that claims concern.
        sources: the ids and references of the sources that the brief names.
    """

    title: str
    info: Record
    counts: str
    chapters: list[Chapter]
    events: list[ClaimText]
    actors: list[Actor]
    sources: dict[str, str]


def brief(index: Index) -> Brief:
    """Return the brief of a corpus."""
    claims = list(index.claims(Query()))
    named = {name for claim in claims for name in (claim["source"], claim["via"]) if name}
    mentioned = {
        name
        for field, type_ in reference_types("claim").items()
        if type_ == "actor"
        for name in index.frequencies(f"claim.{field}")
    }
    return Brief(
        index.title(),
        index.info(),
        ", ".join(_counted(what, count) for what, count in index.counts().items()),
        list(_chapters(index, claims)),
        [_claim_text(index, claim) for claim in index.claims(_EVENTS)],
        [_actor(actor) for actor in index.actors() if actor["id"] in mentioned],
        {name: reference(source) for name, source in index.records(sorted(named)).items()},
    )


def _counted(what: str, count: int) -> str:
    return f"{count:,} {what[:-1] if count == 1 else what}"


_EVENTS = Query(where={"kind": ("fact",)}, dated=True, sort="date")


def _chapters(index: Index, claims: list[Record]) -> Iterator[Chapter]:
    start = thesis(index).claims
    whose = start[0]["by"] if start else []
    own = [claim for claim in claims if claim["role"] and set(whose) & set(claim["by"])]
    entries = _Entries(index, claims, {claim["id"] for claim in own})
    if own:
        own.sort(key=lambda claim: (list(HEADINGS).index(claim["role"]), _acting(claim)))
        roots = [entries.entry(claim) for claim in own]
        who = ", ".join(index.labels()[name].short for name in whose)
        heading = f"The argument, according to {who}"
        yield Chapter(heading, _sections(own, roots, lambda claim: _step(index, claim)))
    rest = [claim for claim in claims if claim["id"] not in entries.placed]
    # Claims without a link to other sources come first, so that the others go under them.
    rest.sort(key=lambda claim: bool(entries.targets(claim)))
    others = [(claim, entries.entry(claim)) for claim in rest if claim["id"] not in entries.placed]
    others.sort(key=lambda pair: _HEADINGS.index(_heading(pair[0])))
    if others:
        roots = [entry for _, entry in others]
        sections = _sections([claim for claim, _ in others], roots, _heading)
        yield Chapter("Further claims" if own else "Claims", sections)


def _sections(
    claims: list[Record], entries: list[Entry], heading: Callable[[Record], str]
) -> list[Section]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for claim, entry in zip(claims, entries, strict=True):
        found[heading(claim)].append(entry)
    return [Section(name, group) for name, group in found.items()]


def _acting(claim: Record) -> str:
    """Return who acts, if the claim's section is only about that actor; else ""."""
    return claim["subject"] or "" if claim["role"] in {"response", "recommendation"} else ""


def _step(index: Index, claim: Record) -> str:
    acting = _acting(claim)
    return HEADINGS[claim["role"]] + (f": {index.labels()[acting].short}" if acting else "")


def _heading(claim: Record) -> str:
    """Return the heading of a claim outside the argument that comes first."""
    if claim["responds_to"] or claim["role"] == "response":
        return "Responses"
    if claim["disputes"] or claim["qualifies"]:
        return "Rebuttals"
    return HEADINGS.get(claim["role"], "Without a role")


class _Entries:
    """Makes one entry of every claim: under a claim of another source that it links to, or alone.

    Attributes:
        placed: the ids of the claims that have an entry, or that are to have one alone.
    """

    def __init__(self, index: Index, claims: list[Record], apart: set[str]) -> None:
        self.placed = set(apart)
        self._index = index
        self._by_id = {claim["id"]: claim for claim in claims}
        # What a source says in support of itself belongs to its own argument.
        self._below: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            for kind, target in _links(claim):
                if self._by_id[target]["source"] != claim["source"]:
                    self._below[target][kind].append(claim)

    def targets(self, claim: Record) -> list[str]:
        """Return the ids of the claims of other sources that a claim links to."""
        targets = (self._by_id[target] for _, target in _links(claim))
        return [other["id"] for other in targets if other["source"] != claim["source"]]

    def entry(self, claim: Record, kind: str = "", under: str = "", level: int = 0) -> Entry:
        """Return the entry of a claim, with the entries under it."""
        self.placed.add(claim["id"])
        mine: list[tuple[Record, str]] = []
        elsewhere: dict[str, list[str]] = defaultdict(list)
        for link, target in _links(claim):
            if target != under:
                elsewhere[OUTGOING[link]].append(target)
        for link, words in INCOMING.items():
            for other in self._below[claim["id"]][link]:
                if other["id"] not in self.placed and level < _LEVELS:
                    self.placed.add(other["id"])
                    mine.append((other, link))
                elif all(other is not one for one, _ in mine) and other["id"] != under:
                    elsewhere[words].append(other["id"])
        replies = [self.entry(other, link, claim["id"], level + 1) for other, link in mine]
        return Entry(_claim_text(self._index, claim), kind, replies, dict(elsewhere))


def _links(claim: Record) -> Iterator[tuple[str, str]]:
    """Yield the links of a claim, the type and the id at the other end, each once."""
    found: Iterable[tuple[str, str]] = (
        (kind, link_target(link)) for kind in LINKS for link in claim[kind]
    )
    yield from dict.fromkeys(found)


def _claim_text(index: Index, claim: Record) -> ClaimText:
    return ClaimText(
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
