"""A claim with everything that is shown of it with its own fields, computed for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from explore.index.queries import Incoming, Index
from explore.model.citation import issued
from explore.model.dates import is_date, span
from explore.model.labels import ActorLabel
from explore.model.query import Query
from explore.model.records import Record

_UNKNOWN = ActorLabel("?", "group")


class Count(NamedTuple):
    """How many claims do something, and from how many distinct documents."""

    claims: int
    documents: int


class ClaimSummary(NamedTuple):
    """A claim, ready to be drawn.

    Attributes:
        claim: its record.
        speakers: who says it.
        subject: who does what it describes, if that is said.
        about: whom it concerns.
        source: the record of its source.
        date: when what it describes happened, else when it was said; empty if neither is known.
        is_event: whether `date` is that of an event.
        is_later: whether that is after the source of the corpus's thesis appeared, whose authors
            could not know it.
        others: what claims of other sources do to it, by the field of the link.
        own: how many claims of its own source do so.
    """

    claim: Record
    speakers: tuple[ActorLabel, ...]
    subject: ActorLabel | None
    about: tuple[ActorLabel, ...]
    source: Record
    date: str
    is_event: bool
    is_later: bool
    others: Mapping[str, Count]
    own: Mapping[str, int]


class Thesis(NamedTuple):
    """What a corpus starts from.

    Attributes:
        claims: its claims with the role thesis.
        source: the record of the source of the first; None without a thesis.
        appeared: the date of that source as written; empty if it has none.
    """

    claims: list[Record]
    source: Record | None
    appeared: str


def thesis(index: Index) -> Thesis:
    """Return the thesis of a corpus, with its source."""
    claims = list(index.claims(Query(where={"role": ("thesis",)}), inverse=False))
    source = index.record(claims[0]["source"])[1] if claims else None
    date = issued(source) if source else ""
    return Thesis(claims, source, date if is_date(date) else "")


def summaries(
    index: Index, claims: Iterable[Record], appeared: str | None = None
) -> list[ClaimSummary]:
    """Return claims with all that is shown of them, in their order.

    Args:
        index: the corpus.
        claims: records of claims.
        appeared: when the source of the thesis appeared; it is looked up if None.
    """
    group = list(claims)
    if appeared is None:
        appeared = thesis(index).appeared
    labels = index.labels()
    sources = index.records(claim["source"] for claim in group)
    links = index.incoming(claim["id"] for claim in group)
    return [
        _summary(claim, labels, sources[claim["source"]], links.get(claim["id"], []), appeared)
        for claim in group
    ]


def by_id(
    index: Index, names: Iterable[str], appeared: str | None = None
) -> dict[str, ClaimSummary]:
    """Return the summaries of claims by their ids."""
    records = index.records(names)
    found = summaries(index, records.values(), appeared)
    return {summary.claim["id"]: summary for summary in found}


def _summary(
    claim: Record,
    labels: Mapping[str, ActorLabel],
    source: Record,
    links: list[Incoming],
    appeared: str,
) -> ClaimSummary:
    def label(name: str) -> ActorLabel:
        return labels.get(name, _UNKNOWN)

    said = issued(source)
    date = claim["date"] or (said if is_date(said) else "")
    documents: dict[str, list[str]] = defaultdict(list)
    own: dict[str, int] = defaultdict(int)
    for link in links:
        if link.source == claim["source"]:
            own[link.type] += 1
        else:
            documents[link.type].append(link.source)
    return ClaimSummary(
        claim,
        tuple(map(label, claim["by"])),
        label(claim["subject"]) if claim["subject"] else None,
        tuple(map(label, claim["about"])),
        source,
        date,
        bool(claim["date"]),
        bool(date and appeared) and span(date)[0] > span(appeared)[1],
        {kind: Count(len(found), len(set(found))) for kind, found in documents.items()},
        dict(own),
    )
