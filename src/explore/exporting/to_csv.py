"""One CSV file per table, and the Frictionless `datapackage.json` that describes them."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from explore.escaping import json_safe
from explore.exporting import Options
from explore.exporting.columns import Column
from explore.exporting.tables import TABLES, Row, Table, batches
from explore.exporting.to_sqlite import cell
from explore.formats.cells import guarded, line
from explore.index.queries import Index
from explore.model.records import Record

FILES = (*(f"{table.name}.csv" for table in TABLES), "datapackage.json")
_TYPES = {"text": "string", "integer": "integer", "date": "date", "array": "array"}
_NO_NAME = re.compile(r"[^-a-zA-Z0-9._]+")


def write(index: Index, options: Options, path: Path) -> None:
    """Write the folder; no cell in it runs as a formula unless `options.raw`."""
    path.mkdir()
    with ExitStack() as open_:
        files = {
            table.name: open_.enter_context(
                (path / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            )
            for table in TABLES
        }
        for table in TABLES:
            files[table.name].write(line(column.name for column in table.columns))
        for table, rows in batches(index):
            files[table.name].writelines(line(_cells(row, raw=options.raw)) for row in rows)
    text = json.dumps(_package(index.info()), ensure_ascii=False, indent=2)
    package = "\n".join(map(json_safe, text.split("\n")))
    (path / "datapackage.json").write_text(f"{package}\n", encoding="utf-8", newline="")


def _cells(row: Row, *, raw: bool) -> Iterator[str | int | None]:
    for value in map(cell, row):
        yield guarded(value) if isinstance(value, str) and not raw else value


def _package(info: Record) -> dict[str, Any]:
    """Return the description of all files, by the Data Package standard."""
    found: dict[str, Any] = {"profile": "tabular-data-package", "name": "corpus"}
    found |= {name: info[name] for name in ("title", "description") if name in info}
    if "license" in info:
        license_ = info["license"]
        found["licenses"] = [{"name": _NO_NAME.sub("-", license_), "title": license_}]
    if "curators" in info:
        found["contributors"] = [{"title": name, "role": "wrangler"} for name in info["curators"]]
    found |= {name: info[name] for name in ("language", "as_of") if name in info}
    return {**found, "resources": [_resource(table) for table in TABLES]}


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    foreign = [
        {
            "fields": [column.name],
            "reference": {"resource": column.refers, "fields": ["id"]},
        }
        for column in table.columns
        if column.refers
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.doc,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n", "doubleQuote": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.doc,
    }
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.name == "n":
        constraints["unique"] = True
    return {**found, "constraints": constraints} if constraints else found
