"""Compile a corpus into the tables of the index."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from explore.corpus.load import Corpus
from explore.dates import span
from explore.index.layout import INDEXES, TABLES
from explore.index.words import indexed
from explore.names import fold
from explore.records import LINKS, Record, fields, link_note, link_target


def build(db: sqlite3.Connection, corpus: Corpus) -> None:
    """Fill an empty database with a corpus."""
    db.executescript(TABLES)
    db.execute("INSERT INTO meta VALUES ('info', ?)", [_json(corpus.info)])
    numbers: dict[str, int] = {}
    for kind, records in corpus.records.items():
        for record in records:
            n = numbers[record["id"]] = len(numbers) + 1
            if kind == "claim":
                record["about"] = _about(record)
            full = {field: record[field] for field in fields(kind) if field in record}
            db.execute(
                "INSERT INTO record VALUES (?, ?, ?, ?)", [n, record["id"], kind, _json(full)]
            )
            _ADD[kind](db, n, record)
            db.execute(
                "INSERT INTO words (rowid, id, text, notes) VALUES (?, ?, ?, ?)",
                [n, record["id"], *map(indexed, _searched(record))],
            )
    db.executescript(INDEXES)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _about(claim: Record) -> list[str]:
    """Give every actor a claim concerns, its subject among them."""
    subject = [claim["subject"]] if "subject" in claim else []
    return list(dict.fromkeys(subject + claim.get("about", [])))


def _add_actor(db: sqlite3.Connection, n: int, actor: Record) -> None:
    short = actor.get("short", actor["name"])
    db.execute(
        "INSERT INTO actor VALUES (?, ?, ?, ?, ?)",
        [n, actor["id"], actor["name"], short, actor["kind"]],
    )
    spellings = dict.fromkeys([actor["id"], actor["name"], short, *actor.get("aliases", [])])
    db.executemany(
        "INSERT INTO name VALUES (?, ?, ?)",
        [(fold(spelling), actor["id"], spelling) for spelling in spellings],
    )
    db.executemany(
        "INSERT INTO tie VALUES (?, ?, ?)",
        [
            (actor["id"], tie, target)
            for tie in ("member_of", "partner_of")
            for target in actor.get(tie, [])
        ],
    )
    _add_cited(db, actor["id"], [citation["source"] for citation in actor.get("sources", [])])


def _add_source(db: sqlite3.Connection, n: int, source: Record) -> None:
    db.execute("INSERT INTO source VALUES (?, ?)", [n, source["id"]])


def _add_claim(db: sqlite3.Connection, n: int, claim: Record) -> None:
    plain = ("id", "kind", "role", "subject", "source", "via", "instrument", "status", "date")
    days = span(claim["date"]) if "date" in claim else (None, None)
    db.execute(
        "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [n, *map(claim.get, plain), *days],
    )
    for table, field in (("said", "by"), ("about", "about")):
        db.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?)",
            [(name, n, place) for place, name in enumerate(dict.fromkeys(claim[field]))],
        )
    db.executemany(
        "INSERT INTO topic VALUES (?, ?)",
        [(topic, n) for topic in dict.fromkeys(claim.get("topics", []))],
    )
    db.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
        [
            (kind, claim["id"], link_target(link), link_note(link), n)
            for kind in LINKS
            for link in claim.get(kind, [])
        ],
    )
    _add_cited(db, claim["id"], [claim["source"]])


def _add_cited(db: sqlite3.Connection, record: str, sources: list[str]) -> None:
    rows = [(source, record) for source in dict.fromkeys(sources)]
    db.executemany("INSERT INTO cited VALUES (?, ?)", rows)


_ADD = {"actor": _add_actor, "source": _add_source, "claim": _add_claim}


def _searched(record: Record) -> tuple[str, str]:
    """Give what a record says first, and what is said beside it."""
    first = ("name", "short", "aliases", "text", "title")
    beside = ("quote", "note", "topics", "description", "container-title", "abstract")
    return " ".join(_texts(record, first)), " ".join(_texts(record, beside))


def _texts(record: Record, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = record.get(name, "")
        yield value if isinstance(value, str) else " ; ".join(value)
