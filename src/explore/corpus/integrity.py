"""The rules by which the records of a corpus fit together, each stated once.

`explore check` asks them of a whole corpus and reports places; a build of the index asks them of
everything it has read; an update asks them of what changed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from explore.model.fields import RecordType
from explore.model.links import link_target
from explore.model.records import Record
from explore.model.references import Path, Reference, references

# Whether there is a record of a type with an id.
IsKnown = Callable[[RecordType, str], bool]


class Fault(NamedTuple):
    """What is wrong with a record among the others.

    Attributes:
        rule: the name of the rule.
        path: where in the record it is wrong.
        type: of an unknown id, the type that the record should have.
        ids: the ids that it is about, in order; of a circle, all of it.
    """

    rule: str
    path: Path
    type: RecordType
    ids: tuple[str, ...]


def follow_former_ids(
    kind: RecordType, record: Record, present: dict[str, str]
) -> list[Reference]:
    """Let a record name others by the ids that they have now; return what was replaced.

    Args:
        kind: the type of the record.
        record: the record, which is changed.
        present: the present ids of records, by ids that they once had.
    """
    replaced = [found for found in references(kind, record) if found.id in present]
    for reference in replaced:
        *way, last = reference.path
        holder: Any = record
        for step in way:
            holder = holder[step]
        holder[last] = present[reference.id]
    return replaced


def unknown_ids(kind: RecordType, record: Record, is_known: IsKnown) -> Iterator[Fault]:
    """Yield a fault for each reference of a record that leads nowhere."""
    for reference in references(kind, record):
        if not is_known(reference.type, reference.id):
            yield Fault("unknown-id", reference.path, reference.type, (reference.id,))


def contradictions(
    kind: RecordType, record: Record, names: list[tuple[str, str]]
) -> Iterator[Fault]:
    """Yield a fault for each reference of a record that it contradicts alone.

    A record does not refer to itself, and a claim does not both support and dispute another.

    Args:
        kind: the type of the record.
        record: the record.
        names: the records that it names, as `explore.model.references.named` returns them.
    """
    own = record["id"]
    # Most records do not name themselves, and looking up the place takes a while.
    if any(name == own for _, name in names):
        for reference in references(kind, record):
            if reference.type == kind and reference.id == own:
                yield Fault("self-link", reference.path, kind, (own,))
    if kind == "claim" and "supports" in record and "disputes" in record:
        supported = set(map(link_target, record["supports"]))
        for n, link in enumerate(record["disputes"]):
            if link_target(link) in supported:
                yield Fault("both-ways", ("disputes", n), kind, (link_target(link),))


def circles(
    starts: Iterable[str], supports: Callable[[str], Iterable[str]]
) -> Iterator[list[str]]:
    """Yield each circle of claims that support one another, walking from some of them.

    The walk is depth first with a stack of its own, so that no chain is too deep.

    Args:
        starts: ids of claims; a circle that none of them leads to is not found.
        supports: returns the ids that a claim supports.
    """
    done: set[str] = set()
    for start in starts:
        path: dict[str, Iterator[str]] = {} if start in done else {start: iter(supports(start))}
        while path:
            claim = next(reversed(path))
            step = next(path[claim], None)
            if step is None:
                del path[claim]
                done.add(claim)
            elif step in path and step != claim:
                chain = list(path)
                yield chain[chain.index(step) :]
            elif step not in done and step not in path:
                path[step] = iter(supports(step))
