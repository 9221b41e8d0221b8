"""An argument told in order: its sections, and in each the claims that carry it."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from explore.index.queries import Index
from explore.model.query import Query
from explore.model.records import Record, link_target

ORDER = {
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
# A section with so few claims of its own shows those beneath them too.
_FEW = 3


class Line(NamedTuple):
    """A claim in a section.

    Attributes:
        claim: the claim.
        depth: 0 for one that stands by itself, 1 for one that speaks for the line above.
        below: how many claims of the section speak for it and are not shown.
    """

    claim: Record
    depth: int
    below: int


class Section(NamedTuple):
    """One step of an argument: its role, who acts in it where that matters, its lines."""

    role: str
    subject: str | None
    lines: list[Line]


def told(index: Index, source: str | None = None) -> list[Section]:
    """Tell the argument of a source, or else of whoever makes the thesis of the corpus.

    A section shows the claims that no other claim of the section builds on; for a response
    or recommendation, there is a section for each actor who responds.
    """
    by = authors(index) if source is None else ()
    query = Query(by=by, source=(source,) if source else ())
    claims = [claim for claim in index.claims(query) if claim["role"]]
    sections = []
    for role in ORDER:
        wanted = [claim for claim in claims if claim["role"] == role]
        grouped = role in {"response", "recommendation"}
        key = (lambda claim: claim["subject"]) if grouped else (lambda _: None)
        for subject, group in groupby(sorted(wanted, key=lambda c: key(c) or ""), key=key):
            sections.append(Section(role, subject, list(_lines(list(group)))))
    return sections


def authors(index: Index) -> tuple[str, ...]:
    """Return the ids of the actors who make the thesis of a corpus; none if it has none."""
    thesis = next(index.claims(Query(role=("thesis",), limit=1)), None)
    return tuple(thesis["by"]) if thesis else ()


def _lines(claims: list[Record]) -> Iterator[Line]:
    """Yield the top claims of a section, with those beneath where there is room for them."""
    by_id = {claim["id"]: claim for claim in claims}
    beneath: dict[str, list[Record]] = {name: [] for name in by_id}
    for claim in claims:
        for link in claim["supports"] + claim["background_to"]:
            if link_target(link) in by_id:
                beneath[link_target(link)].append(claim)
    lower = {claim["id"] for group in beneath.values() for claim in group}
    # In a circle nothing is on top; then all of it is.
    top = [claim for claim in claims if claim["id"] not in lower] or claims
    for claim in top:
        if len(top) > _FEW:
            yield Line(claim, 0, _below(claim["id"], beneath))
            continue
        yield Line(claim, 0, 0)
        for second in beneath[claim["id"]]:
            yield Line(second, 1, _below(second["id"], beneath))


def _below(name: str, beneath: dict[str, list[Record]]) -> int:
    """Count the claims under a claim, however far down, each once."""
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        for claim in beneath[ahead.pop()]:
            if claim["id"] not in seen:
                seen.add(claim["id"])
                ahead.append(claim["id"])
    return len(seen - {name})
