"""An argument in order: its sections, and the claims of each."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from explore.analysis.summaries import ClaimSummary, by_id, thesis
from explore.index.queries import Index
from explore.model.labels import ActorLabel
from explore.model.links import link_target
from explore.model.query import Query
from explore.model.records import Record

HEADINGS = {
    "thesis": "Thesis",
    "background": "Background",
    "driver": "Drivers",
    "means": "Means",
    "contrast": "Contrasts",
    "constraint": "Constraints",
    "threat": "Threats",
    "response": "Responses",
    "recommendation": "Recommendations",
    "evidence": "Evidence",
}
# A section with so few claims at the top shows those below them too.
_FEW = 3
# Roles whose claims are grouped by who acts.
_BY_ACTOR = frozenset(("response", "recommendation"))


class Line(NamedTuple):
    """A claim in a section.

    Attributes:
        summary: the claim.
        depth: 0 at the top of the section, 1 for one that supports the line above.
        below: how many claims of the section support it and are not shown.
    """

    summary: ClaimSummary
    depth: int
    below: int


class Section(NamedTuple):
    """One step of an argument: its role, who acts in it if that matters, and its lines."""

    role: str
    actor: ActorLabel | None
    lines: list[Line]


class Outline(NamedTuple):
    """An argument in order.

    Attributes:
        title: the title of the corpus.
        speakers: who makes most of its claims; empty if it has none.
        sources: the records of the sources of its claims, in the order of the lines.
        sections: its sections.
    """

    title: str
    speakers: tuple[ActorLabel, ...]
    sources: list[Record]
    sections: list[Section]

    def lines(self) -> list[Line]:
        """Return the lines of all sections."""
        return [line for section in self.sections for line in section.lines]


class _Planned(NamedTuple):
    claim: Record
    depth: int
    below: int


def outline(index: Index, source: str | None = None) -> Outline:
    """Return the argument of a source, else of whoever makes the thesis of the corpus.

    A section shows the claims that no other claim of the section builds on; for a response or a
    recommendation, there is a section for each actor who responds.
    """
    start = thesis(index)
    where = {"source": (source,)} if source else {}
    if not source and start.claims:
        where = {"by": tuple(start.claims[0]["by"])}
    claims = [claim for claim in index.claims(Query(where=where)) if claim["role"]]
    planned = list(_sections(claims))
    shown = [line.claim["id"] for _, _, lines in planned for line in lines]
    found = by_id(index, shown, start.appeared)
    labels = index.labels()
    sections = [
        Section(
            role,
            labels[actor] if actor else None,
            [Line(found[line.claim["id"]], line.depth, line.below) for line in lines],
        )
        for role, actor, lines in planned
    ]
    summaries = [found[name] for name in shown]
    voices = Counter(summary.speakers for summary in summaries)
    sources = {summary.source["id"]: summary.source for summary in summaries}
    return Outline(
        index.title(),
        max(voices, key=voices.__getitem__) if voices else (),
        list(sources.values()),
        sections,
    )


def _sections(claims: list[Record]) -> Iterator[tuple[str, str | None, list[_Planned]]]:
    for role in HEADINGS:
        wanted = [claim for claim in claims if claim["role"] == role]
        if role not in _BY_ACTOR:
            if wanted:
                yield role, None, list(_lines(wanted))
            continue
        wanted.sort(key=lambda claim: claim["subject"] or "")
        for actor, group in groupby(wanted, key=lambda claim: claim["subject"]):
            yield role, actor, list(_lines(list(group)))


def _lines(claims: list[Record]) -> Iterator[_Planned]:
    """Yield the top claims of a section, with those below where there is room for them."""
    below: dict[str, list[Record]] = {claim["id"]: [] for claim in claims}
    for claim in claims:
        for link in claim["supports"] + claim["background_to"]:
            if link_target(link) in below:
                below[link_target(link)].append(claim)
    lower = {claim["id"] for group in below.values() for claim in group}
    # In a circle nothing is at the top; then all of it is.
    top = [claim for claim in claims if claim["id"] not in lower] or claims
    for claim in top:
        if len(top) > _FEW:
            yield _Planned(claim, 0, _count(claim["id"], below))
            continue
        yield _Planned(claim, 0, 0)
        for second in below[claim["id"]]:
            yield _Planned(second, 1, _count(second["id"], below))


def _count(name: str, below: dict[str, list[Record]]) -> int:
    """Count the claims below a claim, however far down, each once."""
    seen: set[str] = set()
    pending = [name]
    while pending:
        for claim in below[pending.pop()]:
            if claim["id"] not in seen:
                seen.add(claim["id"])
                pending.append(claim["id"])
    return len(seen - {name})
