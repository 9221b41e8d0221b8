"""References and links over all records: what no record shows on its own."""

from collections.abc import Callable, Iterator

from explore.corpus.problem import Problem
from explore.names import nearest
from explore.records import LINKS, Record, RecordType, link_target

Path = list[str | int]
Place = Callable[[Record, Path, str, str], Problem]

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
    ids: dict[RecordType, list[str]] = {
        kind: [record["id"] for record in group] for kind, group in records.items()
    }
    known = {kind: set(names) for kind, names in ids.items()}
    seen: dict[str, str] = {}
    for kind, group in records.items():
        for record in group:
            if record["id"] in seen:
                first = seen[record["id"]]
                message = f"the id '{record['id']}' is taken by {first}; give it another"
                yield place(record, ["id"], "taken-id", message)
            seen.setdefault(record["id"], _a(kind))
            for target, name, path in _references(kind, record):
                if name not in known[target]:
                    guess = nearest(name, ids[target], most=1)
                    hint = f"; did you mean '{guess[0]}'?" if guess else ""
                    message = f"no {target} has the id '{name}'{hint}"
                    yield place(record, path, "unknown-id", message)
                elif target == kind and name == record["id"]:
                    yield place(record, path, "self-link", f"'{name}' links to itself; remove it")
    yield from _both_ways(records["claim"], place)
    yield from _circles(records["claim"], place)


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
                message = f"it both supports and disputes '{link_target(link)}'; keep one"
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
                circle = " → ".join([*chain, step])
                message = f"supports run in a circle: {circle}; remove one"
                yield place(by_id[name], ["supports"], "circle", message)
            elif step in targets and step not in done and step not in open_:
                open_[step] = iter(targets[step])
