"""One record in full, with what other records say to it."""

from typing import NamedTuple

from explore.analysis.summaries import ClaimSummary, Thesis, by_id, summaries, thesis
from explore.index.queries import Index
from explore.model.fields import RecordType
from explore.model.labels import ActorLabel
from explore.model.links import LINKS, READING_ORDER, link_note, link_target
from explore.model.query import Query
from explore.model.records import Record, tie_target

# So many claims of each kind are listed in the profile of an actor.
_PROFILE_CLAIMS = 5


class Voice(NamedTuple):
    """A claim at the other end of a link, and why the link holds, if the curator says so."""

    summary: ClaimSummary
    note: str | None


class ClaimCard(NamedTuple):
    """A claim in full.

    Attributes:
        summary: the claim.
        via: the record of the source in which it was read, if that is not its own.
        others: by the field of the link, the claims of other sources that link to it; disputing
            before qualifying before supporting.
        own: by the field of the link, the claims of its own source that link to it.
        links: by the field of the link, the claims that it links to.
        thesis: what the corpus starts from.
    """

    summary: ClaimSummary
    via: Record | None
    others: dict[str, list[Voice]]
    own: dict[str, list[Voice]]
    links: dict[str, list[Voice]]
    thesis: Thesis


class ActorCard(NamedTuple):
    """An actor in full.

    Attributes:
        actor: its record.
        member_of, partner_of, members, partners: how the actors of its ties are shown.
        sources: its citations, each with the record of the source.
        says, does, about: how many claims it makes, is the subject of, and is concerned by.
    """

    actor: Record
    member_of: list[ActorLabel]
    partner_of: list[ActorLabel]
    members: list[ActorLabel]
    partners: list[ActorLabel]
    sources: list[tuple[Record, Record]]
    says: int
    does: int
    about: int


class SourceCard(NamedTuple):
    """A source in full; `usage` is as `Index.usage` returns it."""

    source: Record
    usage: Record


Card = ClaimCard | ActorCard | SourceCard


class Part(NamedTuple):
    """A part of an actor's profile: the first claims of a query, and how many there are."""

    claims: list[ClaimSummary]
    total: int


class Profile(NamedTuple):
    """An actor, and what it says, does and responds, and all that concerns it."""

    card: ActorCard
    says: Part
    does: Part
    responds: Part
    concerns: Part


def card(index: Index, kind: RecordType, record: Record) -> Card:
    """Return a record in full."""
    if kind == "claim":
        return claim_card(index, record)
    if kind == "actor":
        return actor_card(index, record)
    return SourceCard(record, index.usage(record["id"]))


def claim_card(index: Index, claim: Record) -> ClaimCard:
    """Return a claim in full."""
    start = thesis(index)
    (summary,) = summaries(index, [claim], start.appeared)
    incoming = index.incoming([claim["id"]]).get(claim["id"], [])
    targets = [link_target(link) for field in LINKS for link in claim[field]]
    found = by_id(index, [*(link.claim for link in incoming), *targets], start.appeared)

    def voices(kind: str, *, own: bool) -> list[Voice]:
        return [
            Voice(found[link.claim], _note(found[link.claim].claim, kind, claim["id"]))
            for link in incoming
            if link.type == kind and (link.source == claim["source"]) == own
        ]

    return ClaimCard(
        summary,
        index.record(claim["via"])[1] if claim["via"] else None,
        {link.field: voices(link.field, own=False) for link in READING_ORDER},
        {link.field: voices(link.field, own=True) for link in READING_ORDER},
        {
            field: [Voice(found[link_target(link)], link_note(link)) for link in claim[field]]
            for field in LINKS
        },
        start,
    )


def actor_card(index: Index, actor: Record) -> ActorCard:
    """Return an actor in full."""
    name = actor["id"]
    labels = index.labels()
    sources = index.records(citation["source"] for citation in actor["sources"])

    def named(ids: list[str]) -> list[ActorLabel]:
        return [labels[other] for other in ids]

    return ActorCard(
        actor,
        named([tie_target(tie) for tie in actor["member_of"]]),
        named([tie_target(tie) for tie in actor["partner_of"]]),
        named(index.related(name, "member_of")),
        named(index.related(name, "partner_of")),
        [(citation, sources[citation["source"]]) for citation in actor["sources"]],
        index.mentions("claim.by", name),
        index.mentions("claim.subject", name),
        index.mentions("claim.about", name),
    )


def profile(index: Index, actor: Record) -> Profile:
    """Return an actor in full, with the first claims that it makes or that concern it."""
    name = (actor["id"],)
    appeared = thesis(index).appeared

    def part(query: Query) -> Part:
        claims = index.claims(query._replace(limit=_PROFILE_CLAIMS), inverse=False)
        return Part(summaries(index, claims, appeared), index.count(query))

    return Profile(
        actor_card(index, actor),
        part(Query(where={"by": name})),
        part(Query(where={"subject": name})),
        part(Query(where={"subject": name}, responses=True)),
        part(Query(where={"about": name})),
    )


def _note(claim: Record, field: str, target: str) -> str | None:
    links = (link for link in claim[field] if link_target(link) == target)
    return next((link_note(link) for link in links), None)
