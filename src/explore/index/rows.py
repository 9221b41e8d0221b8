"""What a record is in the index: its rows in each table, its words, and what it counts towards.

Rows wait in one flat list a table and are written a hundred a statement: most of what SQLite takes
for a short row is the call.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from msgspec.json import encode

from explore.dates import span
from explore.index.words import indexed
from explore.names import fold
from explore.records import LINKS, Record, RecordType, fields, link_note, link_target

# The tables that records are written to, and how many columns each has.
WIDTHS = {
    "record": 4,
    "actor": 5,
    "source": 2,
    "claim": 12,
    "name": 4,
    "tie": 4,
    "said": 2,
    "about": 2,
    "topic": 2,
    "event": 3,
    "deed": 3,
    "link": 5,
    "cited": 3,
    "words": 4,
}
_TOGETHER = 100
_NAMED = ("kind", "role", "subject", "source", "via", "instrument", "status")
# What is counted of a table is in its first column.
_COUNTED = {
    "said": "speaker",
    "about": "about",
    "topic": "topic",
    "event": "event",
    "deed": "deed",
    "cited": "cited",
}
_FIRST = ("name", "short", "aliases", "text", "title")
_BESIDE = ("quote", "note", "topics", "description", "container-title", "abstract")

Flat = dict[str, list[Any]]


class UnsoundError(Exception):
    """Records that contradict themselves; whoever builds reads them again to say how."""


class Rows:
    """Rows of any tables that wait to be written, and the counts of all that ever waited.

    Attributes:
        waiting: the values of each table's rows, one row after the other.
        counts: for each field that is tallied, how many records have each value.
    """

    def __init__(self) -> None:
        """Begin without rows."""
        self.waiting: Flat = {table: [] for table in WIDTHS}
        self.counts: defaultdict[str, Counter[Any]] = defaultdict(Counter)

    def add(self, kind: RecordType, n: int, record: Record) -> None:
        """Add the rows of a completed record, which has the number `n`.

        Raises:
            UnsoundError: if it links to itself, or both ways to another.
        """
        flat = self.waiting
        flat["record"] += (n, record["id"], kind, written(record))
        flat["words"] += (n, *searched(kind, record))
        _ADD[kind](flat, n, record)

    def settled(self) -> "Rows":
        """Count the rows that wait, once they are all there."""
        flat, counts = self.waiting, self.counts
        counts["type"].update(flat["record"][2 :: WIDTHS["record"]])
        for table, field in _COUNTED.items():
            counts[field].update(flat[table][:: WIDTHS[table]])
        claims, width = flat["claim"], WIDTHS["claim"]
        for column, field in enumerate(_NAMED, 2):
            counts[field].update(claims[column::width])
        through = len(claims) // width - claims[2 + _NAMED.index("via") :: width].count(None)
        counts["hand"].update(through=through, first=len(claims) // width - through)
        # A claim that answers several counts once.
        answers = {n for kind, *_, n in self.of("link") if kind == "responds_to"}
        counts["responses"][""] += len(answers)
        return self

    def of(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a table that wait."""
        return _cut(self.waiting[table], WIDTHS[table])

    def write(self, db: sqlite3.Connection) -> None:
        """Write all that waits.

        Raises:
            sqlite3.IntegrityError: if an id is taken.
        """
        for table, flat in self.settled().waiting.items():
            step = WIDTHS[table] * _TOGETHER
            whole = len(flat) - len(flat) % step
            for at in range(0, whole, step):
                db.execute(_MANY[table], flat[at : at + step])
            db.executemany(_ONE[table], _cut(flat[whole:], WIDTHS[table]))
            flat.clear()


def _cut(flat: list[Any], width: int) -> Iterator[tuple[Any, ...]]:
    return zip(*[iter(flat)] * width, strict=True)


def _insert(table: str, rows: int) -> str:
    # The columns of the search's table count one more than what it names.
    named = " (rowid, id, text, notes)" if table == "words" else ""
    values = ",".join([f"({','.join('?' * WIDTHS[table])})"] * rows)
    return f"INSERT INTO {table}{named} VALUES {values}"


_ONE = {table: _insert(table, 1) for table in WIDTHS}
_MANY = {table: _insert(table, _TOGETHER) for table in WIDTHS}


def completed(kind: RecordType, record: Record) -> Record:
    """Give a record as the index keeps it: fields in order, a claim's subject among `about`."""
    if kind == "claim":
        about = record.get("about", ())
        subject = (record["subject"],) if "subject" in record else ()
        record["about"] = list(dict.fromkeys((*subject, *about)))
    return {name: record[name] for name in sorted(record, key=_places(kind).__getitem__)}


@cache
def _places(kind: RecordType) -> dict[str, int]:
    return {name: place for place, name in enumerate(fields(kind))}


def written(record: Record) -> str:
    """Give a record as the index keeps it, in JSON."""
    return encode(record).decode()


def searched(kind: RecordType, record: Record) -> tuple[str, str, str]:
    """Give a record's id, what it says first, and what is said beside it, as search sees them."""
    first, beside = _said(kind)
    return record["id"], _text(record, first), _text(record, beside)


@cache
def _said(kind: RecordType) -> tuple[list[str], list[str]]:
    known = fields(kind)
    return [name for name in _FIRST if name in known], [name for name in _BESIDE if name in known]


def _text(record: Record, names: Iterable[str]) -> str:
    values = [record[name] for name in names if name in record]
    texts = [value if value.__class__ is str else " ; ".join(value) for value in values]
    return indexed(" ".join(texts))


def _actor(flat: Flat, n: int, actor: Record) -> None:
    name, short = actor["id"], actor.get("short", actor["name"])
    flat["actor"] += (n, name, actor["name"], short, actor["kind"])
    for spelling in dict.fromkeys([name, actor["name"], short, *actor.get("aliases", [])]):
        flat["name"] += (fold(spelling), name, spelling, n)
    for tie in ("member_of", "partner_of"):
        for target in actor.get(tie, ()):
            flat["tie"] += (name, tie, target, n)
    for source in dict.fromkeys(citation["source"] for citation in actor.get("sources", [])):
        flat["cited"] += (source, name, n)


def _source(flat: Flat, n: int, source: Record) -> None:
    flat["source"] += (n, source["id"])


def _claim(flat: Flat, n: int, claim: Record) -> None:
    date = claim.get("date")
    first, last = span(date) if date else (None, None)
    flat["claim"] += (n, claim["id"], *map(claim.get, _NAMED), date, first, last)
    said, about, topic = flat["said"], flat["about"], flat["topic"]
    for name in dict.fromkeys(claim["by"]):
        said += (name, n)
    for name in claim["about"]:
        about += (name, n)
    topics = dict.fromkeys(claim.get("topics", ()))
    for name in topics:
        topic += (name, n)
    if first and claim["kind"] == "fact":
        for name in claim["about"]:
            flat["event"] += (name, first, n)
    if "subject" in claim:
        subject = claim["subject"]
        plain = claim.get("role") != "contrast"
        for name in topics:
            flat["deed"] += (deed(subject, name, own=subject in claim["by"]), plain, n)
    _link(flat["link"], n, claim)


def deed(actor: str, topic: str, *, own: bool) -> str:
    """Give the key of what an actor does on a topic, as it says itself or as others say."""
    return f"{actor}\t{topic}\t{own:d}"


def _link(flat: list[Any], n: int, claim: Record) -> None:
    name = claim["id"]
    for kind in LINKS:
        for link in claim.get(kind, ()):
            target = link_target(link)
            if target == name:
                raise UnsoundError
            flat += (kind, name, target, link_note(link), n)
    supported = claim.get("supports")
    if supported and "disputes" in claim:
        both = set(map(link_target, supported)) & set(map(link_target, claim["disputes"]))
        if both:
            raise UnsoundError


_ADD = {"actor": _actor, "source": _source, "claim": _claim}
