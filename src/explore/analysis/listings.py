"""Actors, topics, sources and responses, each with everything that is shown of it."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from explore.analysis.summaries import ClaimSummary, by_id, summaries, thesis
from explore.index.queries import Index
from explore.model.citation import reference
from explore.model.labels import ActorLabel
from explore.model.links import link_note, link_target
from explore.model.names import fold
from explore.model.records import Record, tie_target

# So many actors are named for a topic.
_CONCERNED = 4


class ActorRow(NamedTuple):
    """An actor, its ties, and how many claims it makes, is the subject of, is concerned by."""

    actor: Record
    member_of: list[ActorLabel]
    partner_of: list[ActorLabel]
    says: int
    does: int
    about: int


class TopicRow(NamedTuple):
    """A topic, how many claims are on it, and the actors that these concern most."""

    topic: str
    claims: int
    about: list[str]
    actors: list[ActorLabel]

    def record(self) -> Record:
        """Return the row as a record."""
        return {"topic": self.topic, "claims": self.claims, "about": self.about}


class SourceRow(NamedTuple):
    """A source; `usage` is as `Index.usage` returns it."""

    source: Record
    usage: Record


class Answered(NamedTuple):
    """A claim that a response responds to, and why, if the curator says so."""

    summary: ClaimSummary
    note: str | None


class Response(NamedTuple):
    """A response, and the claims that it responds to."""

    summary: ClaimSummary
    answered: list[Answered]


class Group(NamedTuple):
    """The responses of one actor in one account.

    Attributes:
        actor: who responds; None if no actor is named.
        speakers: in whose account.
        status: whether they are reported or proposed, if that is said.
        responses: the responses.
    """

    actor: ActorLabel | None
    speakers: tuple[ActorLabel, ...]
    status: str | None
    responses: list[Response]


def actor_rows(index: Index, actors: list[Record]) -> list[ActorRow]:
    """Return actors with their ties and counts."""
    labels = index.labels()
    counts = [index.frequencies(f"claim.{field}") for field in ("by", "subject", "about")]

    def ties(actor: Record, field: str) -> list[ActorLabel]:
        return [labels[tie_target(tie)] for tie in actor[field]]

    return [
        ActorRow(
            actor,
            ties(actor, "member_of"),
            ties(actor, "partner_of"),
            *(count[actor["id"]] for count in counts),
        )
        for actor in actors
    ]


def topic_rows(index: Index) -> list[TopicRow]:
    """Return every topic, the most frequent first."""
    labels = index.labels()
    concerned: dict[str, Counter[str]] = {}
    for (topic, actor), claims in index.co_occurrences("claim.topics", "claim.about").items():
        concerned.setdefault(topic, Counter())[actor] = claims
    rows = []
    for topic, claims in index.frequencies("claim.topics").items():
        found = concerned.get(topic, Counter())
        about = sorted(found, key=lambda actor: (-found[actor], actor))[:_CONCERNED]
        rows.append(TopicRow(topic, claims, about, [labels[actor] for actor in about]))
    return sorted(rows, key=lambda row: (-row.claims, row.topic))


def sources_with(index: Index, words: Iterable[str]) -> list[Record]:
    """Return the sources with all of some words, or their beginnings, in reference, type or id."""
    wanted = [part for word in words for part in fold(word).split()]
    return [source for source in index.sources() if _has(source, wanted)]


def _has(source: Record, wanted: list[str]) -> bool:
    reference_ = reference({**source, "URL": None})
    text = f" {fold(' '.join((reference_, source['type'], source['id'])))}"
    # Scripts that put no spaces between words have any part of a text as a word.
    return all((f" {word}" if word.isascii() else word) in text for word in wanted)


def source_rows(index: Index, sources: list[Record]) -> list[SourceRow]:
    """Return sources with what rests on them."""
    return [SourceRow(source, index.usage(source["id"])) for source in sources]


def responses(index: Index, claims: list[Record]) -> list[Group]:
    """Return responses by who responds and in whose account."""
    appeared = thesis(index).appeared
    found = summaries(index, claims, appeared)
    answered = by_id(
        index,
        [link_target(link) for summary in found for link in summary.claim["responds_to"]],
        appeared,
    )

    def key(summary: ClaimSummary) -> tuple[str, list[str], str]:
        claim = summary.claim
        return claim["subject"] or "", claim["by"], claim["status"] or ""

    groups = []
    for (_, _, status), group in groupby(sorted(found, key=key), key=key):
        listed = [
            Response(
                summary,
                [
                    Answered(answered[link_target(link)], link_note(link))
                    for link in summary.claim["responds_to"]
                ],
            )
            for summary in group
        ]
        first = listed[0].summary
        groups.append(Group(first.subject, first.speakers, status or None, listed))
    return groups
