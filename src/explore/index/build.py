"""Compile records into the tables of the index, file by file, holding one record at a time."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from msgspec.json import encode

from explore.dates import span
from explore.index.layout import (
    INDEXES,
    NUMBERED,
    SORTED_BY_NAME,
    create,
    has_fts,
    numbers,
    run,
)
from explore.index.words import indexed
from explore.names import fold
from explore.records import LINKS, Record, RecordType, fields, link_note, link_target

# Rows wait for each other, so that each table takes many at a time.
_BATCH = 2_000

_INSERT = {
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
    "deed": 5,
    "link": 5,
    "cited": 3,
}
_STATEMENT = {
    table: f"INSERT INTO {table} VALUES ({','.join('?' * width)})"
    for table, width in _INSERT.items()
}
_WORDS = "INSERT INTO words (rowid, id, text, notes) VALUES (?, ?, ?, ?)"
_FORGET = "INSERT INTO words (words, rowid, id, text, notes) VALUES ('delete', ?, ?, ?, ?)"
_NAMED = ("kind", "role", "subject", "source", "via", "instrument", "status")


class UnsoundError(Exception):
    """Records that contradict themselves; whoever builds reads them again to say how."""


def begin(db: sqlite3.Connection, info: Record) -> None:
    """Make an empty database an index without records."""
    create(db)
    db.execute("INSERT INTO meta VALUES ('info', ?)", [_json(info)])


def add(db: sqlite3.Connection, kind: RecordType, rank: int, records: Iterable[Record]) -> int:
    """Add the records of one file, and give how many they are.

    Raises:
        UnsoundError: if a record links to itself, or both ways to another.
        sqlite3.IntegrityError: if an id is taken.
    """
    counts: Counts = defaultdict(Counter)
    numbered = enumerate(records, numbers(rank)[0] + 1)
    added = _put(db, kind, ((n, completed(kind, record)) for n, record in numbered), counts)
    _tally(db, rank, counts)
    return added


def replace(
    db: sqlite3.Connection, kind: RecordType, rank: int, records: Iterable[Record]
) -> tuple[list[str], list[int]]:
    """Put the records of a file in place of those that it had; what is the same stays.

    Gives the ids that were taken out, and the numbers that were put in; errors as `add`.
    """
    sql = "SELECT n, json FROM record WHERE n BETWEEN ? AND ?"
    old = dict(db.execute(sql, numbers(rank)).fetchall())
    fresh = []
    for n, record in enumerate(records, numbers(rank)[0] + 1):
        full = completed(kind, record)
        if old.get(n) == _json(full):
            del old[n]
        else:
            fresh.append((n, full))
    stale = [(n, json.loads(text)) for n, text in old.items()]
    counts: Counts = defaultdict(Counter)
    _take(db, kind, stale, counts)
    for counter in counts.values():
        for value in counter:
            counter[value] = -counter[value]
    _put(db, kind, fresh, counts)
    _tally(db, rank, counts)
    return [record["id"] for _, record in stale], [n for n, _ in fresh]


def completed(kind: RecordType, record: Record) -> Record:
    """Give a record as the index keeps it: fields in order, a claim's subject among `about`."""
    if kind == "claim":
        record["about"] = _about(record)
    return {name: record[name] for name in fields(kind) if name in record}


def _put(
    db: sqlite3.Connection,
    kind: RecordType,
    numbered: Iterable[tuple[int, Record]],
    counts: "Counts",
) -> int:
    rows: Rows = {table: [] for table in (*_INSERT, "words")}
    put = _ROWS[kind]
    added = 0
    for n, record in numbered:
        added += 1
        rows["record"].append((n, record["id"], kind, _json(record)))
        rows["words"].append((n, *searched(record)))
        put(rows, n, record)
        if len(rows["record"]) >= _BATCH:
            _flush(db, rows, counts)
    _flush(db, rows, counts)
    counts["type"][kind] += added
    return added


def _take(
    db: sqlite3.Connection, kind: RecordType, stale: list[tuple[int, Record]], counts: "Counts"
) -> None:
    """Take records out again."""
    rows: Rows = {table: [] for table in (*_INSERT, "words")}
    for n, record in stale:
        rows["words"].append((n, *searched(record)))
        _ROWS[kind](rows, n, record)
    _count(rows, counts)
    counts["type"][kind] += len(stale)
    lone = [(n,) for n, _ in stale]
    if has_fts(db):
        db.executemany(_FORGET, rows["words"])
    else:
        db.executemany("DELETE FROM words WHERE rowid = ?", lone)
    for table, columns in SORTED_BY_NAME.items():
        condition = " AND ".join(f"{column} = ?" for column in columns)
        db.executemany(f"DELETE FROM {table} WHERE {condition}", rows[table])
    for table in NUMBERED:
        db.executemany(f"DELETE FROM {table} WHERE n = ?", lone)


def _tally(db: sqlite3.Connection, rank: int, counts: "Counts") -> None:
    """Add counts to those that the index keeps of a file."""
    tallied = [
        (field, value, rank, count)
        for field, counter in counts.items()
        for value, count in counter.items()
        if value is not None and count
    ]
    db.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET claims = claims + excluded.claims",
        tallied,
    )
    empty = [row[:3] for row in tallied if row[3] < 0]
    db.executemany(
        "DELETE FROM tally WHERE field = ? AND value = ? AND rank = ? AND claims = 0", empty
    )


def finish(db: sqlite3.Connection) -> None:
    """Sort what was added, and learn the words that stand in it."""
    run(db, INDEXES)
    if has_fts(db):
        db.execute("INSERT INTO term SELECT term FROM vocabulary")
        db.execute("INSERT INTO form (term) SELECT word FROM term")


def learn(db: sqlite3.Connection, numbered: list[int]) -> None:
    """Learn the words of records that were added to a finished index."""
    if not has_fts(db) or not numbered:
        return
    run(
        db,
        "CREATE VIRTUAL TABLE temp.fresh USING fts5 (text, content='',"
        " tokenize='unicode61 remove_diacritics 2');"
        "CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab (temp, fresh, row)",
    )
    for n in numbered:
        (text,) = db.execute("SELECT json FROM record WHERE n = ?", [n]).fetchone()
        joined = " ".join(searched(json.loads(text)))
        db.execute("INSERT INTO temp.fresh (rowid, text) VALUES (?, ?)", [n, joined])
    unknown = "NOT EXISTS (SELECT 1 FROM term WHERE word = fresh_terms.term)"
    words = db.execute(f"SELECT term FROM temp.fresh_terms WHERE {unknown}").fetchall()
    db.executemany("INSERT INTO form (term) VALUES (?)", words)
    db.executemany("INSERT INTO term VALUES (?)", words)
    db.execute("DROP TABLE temp.fresh_terms")
    db.execute("DROP TABLE temp.fresh")


def searched(record: Record) -> tuple[str, str, str]:
    """Give a record's id, what it says first, and what is said beside it, as search sees them."""
    first = ("name", "short", "aliases", "text", "title")
    beside = ("quote", "note", "topics", "description", "container-title", "abstract")
    return (
        record["id"],
        indexed(" ".join(_texts(record, first))),
        indexed(" ".join(_texts(record, beside))),
    )


def _texts(record: Record, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if name in record:
            value = record[name]
            yield value if isinstance(value, str) else " ; ".join(value)


def _flush(db: sqlite3.Connection, rows: "Rows", counts: "Counts") -> None:
    _count(rows, counts)
    for table, waiting in rows.items():
        if waiting:
            db.executemany(_WORDS if table == "words" else _STATEMENT[table], waiting)
            waiting.clear()


def _count(rows: "Rows", counts: "Counts") -> None:
    """Count rows by what they hold, many at a time."""
    if rows["claim"]:
        columns = list(zip(*rows["claim"], strict=True))
        for field, column in zip(_NAMED, columns[2:], strict=False):
            counts[field].update(column)
        first = columns[6].count(None)
        counts["hand"].update({"first": first, "through": len(columns[6]) - first})
    for field, table in (("speaker", "said"), ("about", "about"), ("topic", "topic")):
        counts[field].update(map(itemgetter(0), rows[table]))
    counts["event"].update(map(itemgetter(0), rows["event"]))
    counts["cited"].update(map(itemgetter(0), rows["cited"]))
    counts["deed"].update(f"{who}\t{topic}\t{own:d}" for who, topic, own, *_ in rows["deed"])
    answers = {row[4] for row in rows["link"] if row[0] == "responds_to"}
    counts["responses"].update({"": len(answers)} if answers else {})


def _json(record: Record) -> str:
    return encode(record).decode()


def written(info: Record) -> str:
    """Give a record as the index keeps it."""
    return _json(info)


def _about(claim: Record) -> list[str]:
    """Give every actor a claim concerns, its subject among them."""
    subject = [claim["subject"]] if "subject" in claim else []
    return list(dict.fromkeys(subject + claim.get("about", [])))


Rows = dict[str, list[tuple[Any, ...]]]
Counts = dict[str, Counter[Any]]


def _actor(rows: Rows, n: int, actor: Record) -> None:
    short = actor.get("short", actor["name"])
    rows["actor"].append((n, actor["id"], actor["name"], short, actor["kind"]))
    spellings = dict.fromkeys([actor["id"], actor["name"], short, *actor.get("aliases", [])])
    rows["name"] += [(fold(spelling), actor["id"], spelling, n) for spelling in spellings]
    for tie in ("member_of", "partner_of"):
        rows["tie"] += [(actor["id"], tie, target, n) for target in actor.get(tie, [])]
    for source in dict.fromkeys(citation["source"] for citation in actor.get("sources", [])):
        rows["cited"].append((source, actor["id"], n))


def _source(rows: Rows, n: int, source: Record) -> None:
    rows["source"].append((n, source["id"]))


def _claim(rows: Rows, n: int, claim: Record) -> None:
    days = span(claim["date"]) if "date" in claim else (None, None)
    rows["claim"].append((n, claim["id"], *map(claim.get, _NAMED), claim.get("date"), *days))
    speakers = dict.fromkeys(claim["by"])
    topics = dict.fromkeys(claim.get("topics", ()))
    rows["said"] += [(name, n) for name in speakers]
    rows["about"] += [(name, n) for name in claim["about"]]
    rows["topic"] += [(topic, n) for topic in topics]
    if days[0] and claim["kind"] == "fact":
        rows["event"] += [(name, days[0], n) for name in claim["about"]]
    if "subject" in claim:
        subject = claim["subject"]
        own, plain = subject in speakers, claim.get("role") != "contrast"
        rows["deed"] += [(subject, topic, own, plain, n) for topic in topics]
    _link(rows, n, claim)


def _link(rows: Rows, n: int, claim: Record) -> None:
    for kind in LINKS:
        for link in claim.get(kind, ()):
            target = link_target(link)
            if target == claim["id"]:
                raise UnsoundError
            rows["link"].append((kind, claim["id"], target, link_note(link), n))
    supported = claim.get("supports")
    if supported and "disputes" in claim:
        both = set(map(link_target, supported)) & set(map(link_target, claim["disputes"]))
        if both:
            raise UnsoundError


_ROWS = {"actor": _actor, "source": _source, "claim": _claim}
