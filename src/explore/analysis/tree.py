"""An argument as a tree: under each claim the claims that link to it."""

from collections.abc import Collection
from typing import NamedTuple

from explore.analysis.summaries import ClaimSummary, summaries, thesis
from explore.index.queries import Index
from explore.model.links import LINKS, link_note, link_target
from explore.model.records import Record

FIELDS = ("claim", "depth", "link", "parent", "note", "again", "text", "by")


class Node(NamedTuple):
    """A line of a tree.

    Attributes:
        summary: the claim.
        depth: how far below the top it is, from 0.
        link: the field by which it links to the claim above; None at the top.
        parent: the id of the claim above; None at the top.
        note: why the link holds, if the curator says so.
        again: whether it was shown before, and is not followed here.
        last: for each level from 1 to its own, whether the line there is the last of its parent.
    """

    summary: ClaimSummary
    depth: int
    link: str | None
    parent: str | None
    note: str | None
    again: bool
    last: tuple[bool, ...]

    def record(self) -> Record:
        """Return the line as a record with `FIELDS`."""
        claim = self.summary.claim
        return {
            "claim": claim["id"],
            "depth": self.depth,
            "link": self.link,
            "parent": self.parent,
            "note": self.note,
            "again": self.again,
            "text": claim["text"],
            "by": claim["by"],
        }


class _Step(NamedTuple):
    name: str
    depth: int
    link: str | None
    parent: str | None
    last: tuple[bool, ...]


def tree(
    index: Index,
    claim: str | None = None,
    depth: int | None = None,
    only: Collection[str] = (),
    limit: int = 0,
) -> tuple[list[Node], int]:
    """Return the lines of a tree in reading order, and how many there are without the limit.

    A claim that was shown before is not followed again, so that circles end. The walk keeps its
    own stack, so that no chain is too deep.

    Args:
        index: the corpus.
        claim: id of the claim to start from; the theses of the corpus if None.
        depth: how many levels to follow below the top; all if None.
        only: the fields of the links to follow; all if empty.
        limit: maximum number of lines; 0 for all.
    """
    start = thesis(index)
    tops = [claim] if claim else [record["id"] for record in start.claims]
    steps = _walk(index, tops, depth, only)
    shown = steps[: limit or None]
    records = index.records(step.name for step, _ in shown)
    found = {s.claim["id"]: s for s in summaries(index, records.values(), start.appeared)}
    nodes = [
        Node(
            found[step.name],
            step.depth,
            step.link,
            step.parent,
            _note(records[step.name], step),
            again,
            step.last,
        )
        for step, again in shown
    ]
    return nodes, len(steps)


def _walk(
    index: Index, tops: list[str], depth: int | None, only: Collection[str]
) -> list[tuple[_Step, bool]]:
    shown: set[str] = set()
    lines: list[tuple[_Step, bool]] = []
    pending = [_Step(top, 0, None, None, ()) for top in reversed(tops)]
    while pending:
        step = pending.pop()
        incoming = index.incoming([step.name]).get(step.name, [])
        again = step.name in shown
        lines.append((step, again and bool(incoming)))
        if again or step.depth == depth:
            continue
        shown.add(step.name)
        below = [
            (link.claim, kind)
            for kind in LINKS
            if not only or kind in only
            for link in incoming
            if link.type == kind
        ]
        pending += [
            _Step(name, step.depth + 1, kind, step.name, (*step.last, n == len(below) - 1))
            for n, (name, kind) in reversed(list(enumerate(below)))
        ]
    return lines


def _note(claim: Record, step: _Step) -> str | None:
    """Return the note of the link by which a claim hangs under another."""
    links = claim[step.link] if step.link else []
    return next((link_note(link) for link in links if link_target(link) == step.parent), None)
