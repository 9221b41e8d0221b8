"""Problems in how the records of a corpus refer to each other, each at its place."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

from explore.corpus.integrity import (
    Fault,
    circles,
    contradictions,
    follow_former_ids,
    unknown_ids,
)
from explore.corpus.problems import Problem, short
from explore.model.fields import ID_PATTERN, RecordType, strict
from explore.model.links import link_target
from explore.model.names import Suggestions, fold
from explore.model.records import Record
from explore.model.references import named

Path = list[str | int]
Place = Callable[[Record, Path, str, str], Problem]

_ID = re.compile(strict(ID_PATTERN))
# Of the unknown ids in a record, so many are told one by one.
_MOST_UNKNOWN = 20
# Of a longer circle, the links are told up to here.
_MOST_IN_CIRCLE = 10
_AS_IDS = "use lowercase letters, digits and hyphens"


def check(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    """Yield every problem in how records refer to each other.

    Args:
        records: all records, by type; where they name others by former ids, these are replaced.
        place: makes a problem of a record, a path into it, a rule, and a message.
    """
    names = _Names(records)
    seen: set[str] = set()
    for kind, group in records.items():
        for record in group:
            if record["id"] in seen:
                first = _a(names.types[record["id"]])
                message = f"duplicate id '{short(record['id'])}', already used by {first}"
                yield place(record, ["id"], "taken-id", f"{message}; choose another")
            seen.add(record["id"])
            yield from _former_ids(record, names, place)
            for reference in follow_former_ids(kind, record, names.present):
                now = names.present[reference.id]
                message = f"'{short(reference.id)}' is now '{short(now)}'; write '{short(now)}'"
                found = place(record, [*reference.path], "former-id", message)
                yield found._replace(severity="warning")
            yield from _unknown(kind, record, names, place)
            for fault in contradictions(kind, record, named(kind, record)):
                yield place(record, [*fault.path], fault.rule, _CONTRADICTIONS[fault.rule](fault))
    yield from _topics(records["claim"], place)
    yield from _circles(records["claim"], place)


def _former_ids(record: Record, names: "_Names", place: Place) -> Iterator[Problem]:
    """Yield a problem for each former id of a record that means another record as well."""
    for n, name in enumerate(record.get("former_ids", [])):
        if name in names.types:
            message = f"former id '{short(name)}' is the id of {_a(names.types[name])}; remove it"
        elif names.present[name] != record["id"]:
            other = short(names.present[name])
            message = f"former id '{short(name)}' is also a former id of '{other}'; keep one"
        else:
            continue
        yield place(record, ["former_ids", n], "taken-id", message)


_CONTRADICTIONS: dict[str, Callable[[Fault], str]] = {
    "self-link": lambda fault: f"'{fault.ids[0]}' links to itself; remove the link",
    "both-ways": lambda fault: (
        f"both supports and disputes '{fault.ids[0]}'; keep one of the links"
    ),
}


def _unknown(kind: RecordType, record: Record, names: "_Names", place: Place) -> Iterator[Problem]:
    """Yield a problem for each id that leads nowhere; beyond some, one that counts the rest."""
    faults = list(unknown_ids(kind, record, lambda type_, name: name in names.ids[type_]))
    for fault in faults[:_MOST_UNKNOWN]:
        message = names.unknown(fault.type, fault.ids[0])
        yield place(record, [*fault.path], fault.rule, message)
    more = faults[_MOST_UNKNOWN:]
    if more:
        message = f"and {len(more):,} more unknown ids in this record"
        found = place(record, [*more[0].path], more[0].rule, message)
        yield found._replace(times=len(more))


class _Names:
    """What the records of a corpus are called.

    Attributes:
        ids: their ids, by type.
        types: the type of the first record that has an id.
        present: the present ids of records, by ids that they once had and nobody has now.
    """

    def __init__(self, records: dict[RecordType, list[Record]]) -> None:
        self.records = records
        # In their order, so that what is suggested is the same each time.
        self.ids = {kind: {r["id"]: None for r in group} for kind, group in records.items()}
        self.types: dict[str, RecordType] = {}
        for kind, ids in self.ids.items():
            for name in ids:
                self.types.setdefault(name, kind)
        self.present: dict[str, str] = {}
        for group in records.values():
            for record in group:
                for name in record.get("former_ids", ()):
                    if name not in self.types:
                        self.present.setdefault(name, record["id"])
        self.likely = {kind: Suggestions(ids) for kind, ids in self.ids.items()}

    def unknown(self, target: RecordType, name: str) -> str:
        """Say that no record of a type has an id, and what may have been meant."""
        meant = self.called[target].get(fold(name))
        if meant:
            return f"'{short(name)}' is not an id; write '{meant}'"
        if name in self.types:
            return f"'{name}' is {_a(self.types[name])}, not {_a(target)}; name {_a(target)}"
        guess = self.likely[target].of(name)
        hint = (
            f"did you mean '{guess}'?" if guess else f"name {_a(target)} of this corpus by its id"
        )
        return f"unknown {target} '{short(name)}'; {hint}"

    @cached_property
    def called(self) -> dict[RecordType, dict[str, str]]:
        """The ids of records by their names, folded: those that only one of a type has."""
        called: dict[RecordType, dict[str, str]] = {}
        for kind, group in self.records.items():
            found: dict[str, set[str]] = defaultdict(set)
            for record in group:
                for name in _spoken(record):
                    found[fold(name)].add(record["id"])
            called[kind] = {name: min(ids) for name, ids in found.items() if len(ids) == 1}
        return called


def _spoken(record: Record) -> Iterator[str]:
    """Yield what people call a record: an actor's names, a source's titles, a claim's text."""
    for field in ("id", "name", "short", "title", "title-short", "text"):
        if isinstance(record.get(field), str):
            yield record[field]
    yield from (alias for alias in record.get("aliases", []) if isinstance(alias, str))


def _topics(claims: list[Record], place: Place) -> Iterator[Problem]:
    """Yield a problem for each topic that is not written as ids are."""
    for claim in claims:
        for n, topic in enumerate(claim.get("topics", [])):
            if not _ID.match(topic):
                meant = fold(topic).replace(" ", "-")
                hint = f"write '{meant}'" if _ID.match(meant) else _AS_IDS
                message = f"topics: '{short(topic)}' is not a valid id; {hint}"
                yield place(claim, ["topics", n], "wrong-value", message)


def _a(kind: RecordType) -> str:
    return "an actor" if kind == "actor" else f"a {kind}"


def _circles(claims: list[Record], place: Place) -> Iterator[Problem]:
    """Yield a problem for each claim at which a chain of supports closes."""
    by_id = {claim["id"]: claim for claim in claims}

    def supports(name: str) -> Iterator[str]:
        targets = map(link_target, by_id[name].get("supports", []))
        return (target for target in targets if target in by_id)

    for circle in circles(by_id, supports):
        shown = circle if len(circle) <= _MOST_IN_CIRCLE else [*circle[:_MOST_IN_CIRCLE], "…"]
        chain = " → ".join([*shown, circle[0]])
        message = f"circular support: {chain}; remove one link"
        yield place(by_id[circle[-1]], ["supports"], "circle", message)
