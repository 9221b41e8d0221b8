"""Compile records into the tables of the index, file by file, holding one record at a time."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

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
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in (*_INSERT, "words")}
    counts: Counter[tuple[str, str]] = Counter()
    n = first = numbers(rank)[0]
    put = {"actor": _actor, "source": _source, "claim": _claim}[kind]
    keys = fields(kind)
    for record in records:
        n += 1
        if kind == "claim":
            record["about"] = _about(record)
        full = {name: record[name] for name in keys if name in record}
        rows["record"].append((n, record["id"], kind, _json(full)))
        rows["words"].append((n, *searched(record)))
        put(rows, counts, n, record)
        if len(rows["record"]) >= _BATCH:
            _flush(db, rows)
    _flush(db, rows)
    counts["type", kind] += n - first
    tallied = [(field, value, rank, count) for (field, value), count in counts.items()]
    db.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", tallied)
    return n - first


def remove(db: sqlite3.Connection, kind: RecordType, rank: int) -> None:
    """Take the records of a file out again."""
    low, high = numbers(rank)
    stored = db.execute("SELECT n, json FROM record WHERE n BETWEEN ? AND ?", [low, high])
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in (*_INSERT, "words")}
    put = {"actor": _actor, "source": _source, "claim": _claim}[kind]
    for n, text in stored:
        record = json.loads(text)
        rows["words"].append((n, *searched(record)))
        put(rows, Counter(), n, record)
    if has_fts(db):
        db.executemany(_FORGET, rows["words"])
    else:
        db.execute("DELETE FROM words WHERE rowid BETWEEN ? AND ?", [low, high])
    for table, columns in SORTED_BY_NAME.items():
        condition = " AND ".join(f"{column} = ?" for column in columns)
        db.executemany(f"DELETE FROM {table} WHERE {condition}", rows[table])
    for table in NUMBERED:
        db.execute(f"DELETE FROM {table} WHERE n BETWEEN ? AND ?", [low, high])
    db.execute("DELETE FROM tally WHERE rank = ?", [rank])


def finish(db: sqlite3.Connection) -> None:
    """Sort what was added, and learn the words that stand in it."""
    run(db, INDEXES)
    if has_fts(db):
        db.execute("INSERT INTO term SELECT term FROM vocabulary")
        db.execute("INSERT INTO form (term) SELECT word FROM term")


def learn(db: sqlite3.Connection, rank: int) -> None:
    """Learn the words of one file that was added to a finished index."""
    if not has_fts(db):
        return
    run(
        db,
        "CREATE VIRTUAL TABLE temp.fresh USING fts5 (text, content='',"
        " tokenize='unicode61 remove_diacritics 2');"
        "CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab (temp, fresh, row);",
    )
    stored = db.execute("SELECT n, json FROM record WHERE n BETWEEN ? AND ?", numbers(rank))
    texts = [(n, " ".join(searched(json.loads(text)))) for n, text in stored]
    db.executemany("INSERT INTO temp.fresh (rowid, text) VALUES (?, ?)", texts)
    new = "SELECT term FROM temp.fresh_terms EXCEPT SELECT word FROM term"
    words = db.execute(new).fetchall()
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


def _flush(db: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    for table, waiting in rows.items():
        if waiting:
            db.executemany(_WORDS if table == "words" else _STATEMENT[table], waiting)
            waiting.clear()


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def written(info: Record) -> str:
    """Give a record as the index keeps it."""
    return _json(info)


def _about(claim: Record) -> list[str]:
    """Give every actor a claim concerns, its subject among them."""
    subject = [claim["subject"]] if "subject" in claim else []
    return list(dict.fromkeys(subject + claim.get("about", [])))


Rows = dict[str, list[tuple[Any, ...]]]
Counts = Counter[tuple[str, str]]


def _actor(rows: Rows, counts: Counts, n: int, actor: Record) -> None:
    short = actor.get("short", actor["name"])
    rows["actor"].append((n, actor["id"], actor["name"], short, actor["kind"]))
    spellings = dict.fromkeys([actor["id"], actor["name"], short, *actor.get("aliases", [])])
    rows["name"] += [(fold(spelling), actor["id"], spelling, n) for spelling in spellings]
    for tie in ("member_of", "partner_of"):
        rows["tie"] += [(actor["id"], tie, target, n) for target in actor.get(tie, [])]
    for source in dict.fromkeys(citation["source"] for citation in actor.get("sources", [])):
        rows["cited"].append((source, actor["id"], n))
        counts["cited", source] += 1


def _source(rows: Rows, counts: Counts, n: int, source: Record) -> None:
    del counts
    rows["source"].append((n, source["id"]))


def _claim(rows: Rows, counts: Counts, n: int, claim: Record) -> None:
    days = span(claim["date"]) if "date" in claim else (None, None)
    rows["claim"].append((n, claim["id"], *map(claim.get, _NAMED), claim.get("date"), *days))
    for field in _NAMED:
        if field in claim:
            counts[field, claim[field]] += 1
    counts["hand", "through" if "via" in claim else "first"] += 1
    speakers = dict.fromkeys(claim["by"])
    topics = dict.fromkeys(claim.get("topics", []))
    for name in speakers:
        rows["said"].append((name, n))
        counts["speaker", name] += 1
    for name in claim["about"]:
        rows["about"].append((name, n))
        counts["about", name] += 1
        if days[0] and claim["kind"] == "fact":
            rows["event"].append((name, days[0], n))
            counts["event", f"{name}\t{days[0]}"] += 1
    for topic in topics:
        rows["topic"].append((topic, n))
        counts["topic", topic] += 1
    if "subject" in claim:
        own, plain = claim["subject"] in speakers, claim.get("role") != "contrast"
        for topic in topics:
            rows["deed"].append((claim["subject"], topic, own, plain, n))
            counts["deed", f"{claim['subject']}\t{topic}\t{own:d}"] += 1
    _link(rows, n, claim)
    if claim.get("responds_to"):
        counts["responses", ""] += 1


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
