"""A SQLite database: tables with keys, views, and full-text search."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from explore.escaping import json_safe
from explore.exporting import Options
from explore.exporting.columns import Column, Value
from explore.exporting.table_views import VIEWS
from explore.exporting.tables import TABLES, VERSION, Table, batches
from explore.index.queries import Index
from explore.index.tables import is_searchable

# What is searched in each table: what `explore search` looks through.
SEARCHED = {
    "actors": ("id", "name", "short", "aliases", "description"),
    "claims": ("id", "text", "quote", "note", "topics"),
    "sources": ("id", "title", "author", "container_title", "abstract", "note"),
}
_TYPES = {"text": "TEXT", "integer": "INTEGER", "date": "TEXT", "array": "TEXT"}
_INDEXED = ("topic", "first_day", "name")


def write(index: Index, options: Options, path: Path) -> None:
    """Write the database."""
    del options
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        # An unfinished file is thrown away, so no statement has to survive a crash.
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("BEGIN")
        for table in TABLES:
            db.execute(_created(table))
        for table, rows in batches(index):
            marks = ",".join("?" * len(table.columns))
            db.executemany(
                f'INSERT INTO "{table.name}" VALUES ({marks})',
                (tuple(map(cell, row)) for row in rows),
            )
        for statement in _indexes(searchable=is_searchable(index.db)):
            db.execute(statement)
        db.execute("COMMIT")


def cell(value: Value) -> str | int | None:
    """Return a value as SQLite and CSV have it: arrays as JSON."""
    if isinstance(value, list):
        return json_safe(json.dumps(value, ensure_ascii=False))
    return value


def _created(table: Table) -> str:
    """Return the statement that creates a table, with comments that say what columns contain."""
    key = ", ".join(f'"{name}"' for name in table.key)
    lines = [(_defined(column), column.doc) for column in table.columns]
    if key:
        lines.append((f"PRIMARY KEY ({key})", ""))
    body = "".join(
        f"    {line}{',' if place < len(lines) else ''}{f'  -- {doc}' if doc else ''}\n"
        for place, (line, doc) in enumerate(lines, 1)
    )
    return f'CREATE TABLE "{table.name}" (  -- {table.doc}\n{body})'


def _defined(column: Column) -> str:
    parts = [
        f'"{column.name}" {_TYPES[column.type]}',
        "NOT NULL" if column.required else "",
        "UNIQUE" if column.name == "n" else "",
        f'REFERENCES "{column.refers}" ("id")' if column.refers else "",
    ]
    return " ".join(filter(None, parts))


def _indexes(*, searchable: bool) -> Iterator[str]:
    """Yield the statements that create indexes, views and search."""
    for table in TABLES:
        for column in table.columns:
            leads = table.key[:1] == (column.name,)
            if (column.refers or column.choices or column.name in _INDEXED) and not leads:
                name = f"{table.name}_{column.name}"
                yield f'CREATE INDEX "{name}" ON "{table.name}" ("{column.name}")'
    for view in VIEWS:
        yield f'CREATE VIEW "{view.name}" AS -- {view.doc}\n{view.sql}'
    if searchable:
        for name, columns in SEARCHED.items():
            yield (
                f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5 ({", ".join(columns)},'
                f" content='{name}', content_rowid='n',"
                " tokenize='porter unicode61 remove_diacritics 2')"
            )
            yield f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')'
