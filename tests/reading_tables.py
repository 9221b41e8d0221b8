"""Readers of the exports of tables, and what they read that the corpus does not tell so."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from explore.exporting import Options, file_writer
from explore.exporting.tables import TABLES, Table
from explore.index.queries import Index
from explore.model.csl_parts import CslName
from explore.model.links import LINKS, link_note, link_target
from explore.model.records import RECORD_TYPES, Record

Rows = dict[str, list[dict[str, Any]]]
# What a claim lists, and the table and column that have it.
LISTS = (
    ("by", "claim_speakers", "actor"),
    ("about", "claim_about", "actor"),
    ("topics", "claim_topics", "topic"),
)
_NAME_PARTS = tuple(name.replace("-", "_") for name in CslName.__annotations__)


def write_to(index: Index, name: str, path: Path, *, raw: bool = False) -> Path:
    """Write an export, and give where it is."""
    file_writer(name)(index, Options(raw=raw), path)
    return path


def read_sqlite(path: Path) -> Rows:
    """Read every table with SQLite."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return {
            table.name: [
                parsed(table, dict(row)) for row in db.execute(f'SELECT * FROM "{table.name}"')
            ]
            for table in TABLES
        }


def read_csv(path: Path) -> Rows:
    """Read every file with the standard library; empty cells are None."""
    found: Rows = {}
    csv.field_size_limit(1_000_000)
    for table in TABLES:
        with (path / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = [
                {name: cell or None for name, cell in row.items()}
                for row in csv.DictReader(file, strict=True)
            ]
        found[table.name] = [parsed(table, row) for row in rows]
    return found


def read_frictionless(path: Path) -> Rows:
    """Read every file with Frictionless, which types the cells by the schema."""
    package = pytest.importorskip("frictionless").Package(str(path / "datapackage.json"))
    return {
        table.name: [plain(row.to_dict()) for row in package.get_resource(table.name).read_rows()]
        for table in TABLES
    }


def read_parquet(path: Path) -> Rows:
    """Read every file with Arrow."""
    parquet = pytest.importorskip("pyarrow.parquet")
    return {
        table.name: [
            plain(row) for row in parquet.read_table(path / f"{table.name}.parquet").to_pylist()
        ]
        for table in TABLES
    }


def parsed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Give a row with its arrays and numbers out of the texts that hold them."""
    ways: dict[str, Callable[[Any], Any]] = {"array": json.loads, "integer": int}
    return {
        column.name: None
        if row[column.name] is None
        else ways.get(column.type, str)(row[column.name])
        for column in table.columns
    }


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row with its days as text."""
    return {name: str(value) if isinstance(value, date) else value for name, value in row.items()}


READERS = {
    "sqlite": read_sqlite,
    "csv": read_csv,
    "parquet": read_parquet,
}


def differences(index: Index, rows: Rows) -> list[tuple[str, Any, Any]]:
    """Give whatever the records of an index and the rows that were read tell differently."""
    return [
        (what, told, held)
        for what, told, held in (
            *_fields(index, rows),
            *_lists(index, rows),
            *_nested(index, rows),
        )
        if told != held
    ]


def _fields(index: Index, rows: Rows) -> Iterator[tuple[str, Any, Any]]:
    """Yield each field of each record that is a text or a list of texts."""
    for kind in RECORD_TYPES:
        records, table = list(index.kept(kind)), rows[f"{kind}s"]
        yield kind, [record["id"] for record in records], [row["id"] for row in table]
        for record, row in zip(records, table, strict=True):
            for name, value in record.items():
                if isinstance(value, str) or (value and isinstance(value, list) and _plain(value)):
                    # CSV as its readers see it has no empty text.
                    told, held = value or None, row[name.replace("-", "_")] or None
                    yield f"{record['id']}.{name}", told, held


def _plain(entries: list[Any]) -> bool:
    return all(isinstance(entry, str) for entry in entries)


def _lists(index: Index, rows: Rows) -> Iterator[tuple[str, Any, Any]]:
    """Yield the tables of lists of ids, and that of links."""
    claims = list(index.kept("claim"))
    for field, name, column in LISTS:
        told = [(claim["id"], each) for claim in claims for each in _once(claim.get(field, ()))]
        yield name, told, [(row["claim"], row[column]) for row in rows[name]]
    links = [
        (claim["id"], kind, link_target(link), link_note(link))
        for claim in claims
        for kind in LINKS
        for link in claim.get(kind, ())
    ]
    held = [(row["claim"], row["type"], row["target"], row["note"]) for row in rows["links"]]
    yield "links", links, held


def _once(entries: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(entries))


def _nested(index: Index, rows: Rows) -> Iterator[tuple[str, Any, Any]]:
    """Yield places, aliases and authors, which fall into parts."""
    for claim, row in zip(index.kept("claim"), rows["claims"], strict=True):
        yield "place", claim.get("locator", {}), _filled(row, "locator_")
    aliases = [(a["id"], alias) for a in index.kept("actor") for alias in a.get("aliases", ())]
    names = [row for row in rows["actor_names"] if row["type"] == "alias"]
    yield "aliases", aliases, [(row["actor"], row["name"]) for row in names]
    cited = [
        (actor["id"], citation["source"], citation.get("locator", {}))
        for actor in index.kept("actor")
        for citation in actor.get("sources", ())
    ]
    held_cited = [
        (row["actor"], row["source"], _filled(row, "locator_")) for row in rows["actor_sources"]
    ]
    yield "actor_sources", cited, held_cited
    authors = [
        (source["id"], {part.replace("-", "_"): text for part, text in name.items()})
        for source in index.kept("source")
        for name in source.get("author", ())
    ]
    made = [
        (row["source"], {part: row[part] for part in _NAME_PARTS if row[part] is not None})
        for row in rows["source_names"]
        if row["type"] == "author"
    ]
    yield "authors", authors, made


def _filled(row: Record, start: str) -> Record:
    found = {
        name.removeprefix(start): value
        for name, value in row.items()
        if name.startswith(start) and value is not None
    }
    # A range stands in two columns.
    last = found.pop("last_paragraph", None)
    return found | {"paragraph": f"{found['paragraph']}-{last}"} if last else found
