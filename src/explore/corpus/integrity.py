"""References and links over all records: what no record shows on its own."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

from explore.corpus.problems import Problem, short
from explore.model.fields import ID_PATTERN, strict
from explore.model.names import Suggestions, fold
from explore.model.records import LINKS, Record, RecordType, link_target

Path = list[str | int]
Place = Callable[[Record, Path, str, str], Problem]

_ID = re.compile(strict(ID_PATTERN))
# Of the unknown ids in a record, so many are told one by one.
_MOST_UNKNOWN = 20
# Of a longer circle, the links are told up to here.
_MOST_IN_CIRCLE = 10
_AS_IDS = "use lowercase letters, digits and hyphens"
# Which fields name other records, and of which type.
_NAMES: dict[RecordType, dict[str, RecordType]] = {
    "actor": {"member_of": "actor", "partner_of": "actor", "sources": "source"},
    "claim": {
        "source": "source",
        "via": "source",
        "subject": "actor",
        "by": "actor",
        "about": "actor",
        **dict.fromkeys(LINKS, "claim"),
    },
    "source": {},
}


def check(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    """Yield every problem in how records name each other.

    Args:
        records: all records, by type.
        place: makes a problem of a record, a path into it, a rule, and a message.
    """
    names = _Names(records)
    seen: set[str] = set()
    for kind, group in records.items():
        for record in group:
            if record["id"] in seen:
                first = _a(names.types[record["id"]])
                told = f"duplicate id '{short(record['id'])}', already used by {first}"
                yield place(record, ["id"], "taken-id", f"{told}; choose another")
            seen.add(record["id"])
            unknown: list[Path] = []
            for target, name, path in _references(kind, record):
                if name not in names.ids[target]:
                    unknown.append(path)
                    if len(unknown) <= _MOST_UNKNOWN:
                        yield place(record, path, "unknown-id", names.unknown(target, name))
                elif target == kind and name == record["id"]:
                    message = f"'{name}' links to itself; remove the link"
                    yield place(record, path, "self-link", message)
            if len(unknown) > _MOST_UNKNOWN:
                more = len(unknown) - _MOST_UNKNOWN
                message = f"and {more:,} more unknown ids in this record"
                found = place(record, unknown[_MOST_UNKNOWN], "unknown-id", message)
                yield found._replace(times=more)
    yield from _topics(records["claim"], place)
    yield from _both_ways(records["claim"], place)
    yield from _circles(records["claim"], place)


class _Names:
    """What the records of a corpus are called.

    Attributes:
        ids: their ids, by type.
        types: the type of the first record that has an id.
    """

    def __init__(self, records: dict[RecordType, list[Record]]) -> None:
        self.records = records
        # In their order, so that what is suggested is the same each time.
        self.ids = {kind: {r["id"]: None for r in group} for kind, group in records.items()}
        self.types: dict[str, RecordType] = {}
        for kind, ids in self.ids.items():
            for name in ids:
                self.types.setdefault(name, kind)
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


def _references(kind: RecordType, record: Record) -> Iterator[tuple[RecordType, str, Path]]:
    """Yield each id that a record names, with the type it must be of and where it stands."""
    for field, target in _NAMES[kind].items():
        value = record.get(field, [])
        if isinstance(value, str):
            yield target, value, [field]
            continue
        for n, entry in enumerate(value):
            yield target, _named(entry), [field, n]


def _named(entry: str | Record) -> str:
    """Give the id in an entry of a list: itself, or what a link or a citation names."""
    return entry if isinstance(entry, str) else str(entry.get("claim") or entry["source"])


def _both_ways(claims: list[Record], place: Place) -> Iterator[Problem]:
    for claim in claims:
        supported = set(map(link_target, claim.get("supports", [])))
        for n, link in enumerate(claim.get("disputes", [])):
            if link_target(link) in supported:
                message = (
                    f"both supports and disputes '{link_target(link)}'; keep one of the links"
                )
                yield place(claim, ["disputes", n], "both-ways", message)


def _circles(claims: list[Record], place: Place) -> Iterator[Problem]:
    """Yield a problem for each claim at which a chain of supports closes."""
    by_id = {claim["id"]: claim for claim in claims}
    targets = {
        name: [link_target(link) for link in claim.get("supports", [])]
        for name, claim in by_id.items()
    }
    done: set[str] = set()
    for start, steps in targets.items():
        open_: dict[str, Iterator[str]] = {} if start in done else {start: iter(steps)}
        while open_:
            name = next(reversed(open_))
            step = next(open_[name], None)
            if step is None:
                del open_[name]
                done.add(name)
            elif step in open_ and step != name:
                chain = list(open_)[list(open_).index(step) :]
                shown = chain if len(chain) <= _MOST_IN_CIRCLE else [*chain[:_MOST_IN_CIRCLE], "…"]
                circle = " → ".join([*shown, step])
                message = f"circular support: {circle}; remove one link"
                yield place(by_id[name], ["supports"], "circle", message)
            elif step in targets and step not in done and step not in open_:
                open_[step] = iter(targets[step])
