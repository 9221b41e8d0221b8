"""The SQLite database with the metadata that Datasette shows: `datasette FOLDER` serves both."""

import json
from pathlib import Path
from typing import Any

from explore.exporting import Options
from explore.exporting.table_views import VIEWS
from explore.exporting.tables import TABLES, Table
from explore.exporting.to_sqlite import SEARCHED
from explore.exporting.to_sqlite import write as write_sqlite
from explore.formats.references import holdable
from explore.index.queries import Index
from explore.model.records import Record

FILES = ("corpus.db", "metadata.json", "static/corpus.css")
_LABELS = {"actors": "name", "claims": "text", "sources": "title"}
_FACETS: dict[str, list[str | dict[str, str]]] = {
    "actors": ["kind", {"array": "member_of"}, {"array": "partner_of"}],
    "claims": ["kind", "role", {"array": "by"}, {"array": "about"}, {"array": "topics"}],
    "sources": ["type", "container_title", "language"],
    "links": ["type"],
    "claim_speakers": ["actor"],
    "claim_about": ["actor"],
    "claim_topics": ["topic"],
    "actor_ties": ["type", "target"],
    "actor_offices": ["of"],
    "source_names": ["type"],
    "responses": ["subject", "instrument", "status"],
    "events": [{"array": "about"}],
}
_SORTED = {"events": "first_day", "topics": "-claims", "speakers": "-claims"}

# What the columns hold stands above the rows, and would push them off the screen.
_STYLE = """\
dl.column-descriptions { columns: 22rem; max-height: 9rem; overflow-y: auto; }
dl.column-descriptions dt { break-after: avoid; }
"""


def write(index: Index, options: Options, path: Path) -> None:
    """Write the folder: `corpus.db`, `metadata.json`, and a style for its pages."""
    (path / "static").mkdir(parents=True)
    (path / "static" / "corpus.css").write_text(_STYLE, encoding="utf-8", newline="")
    write_sqlite(index, options, path / "corpus.db")
    text = json.dumps(_metadata(index.info()), ensure_ascii=False, indent=2)
    (path / "metadata.json").write_text(f"{text}\n", encoding="utf-8", newline="")


def _metadata(info: Record) -> dict[str, Any]:
    about = [info.get("description"), f"As of {info['as_of']}." if "as_of" in info else None]
    tables = {table.name: _table(table) for table in TABLES}
    views = {view.name: _shown(view.name, view.doc) for view in VIEWS}
    found = {
        "title": info.get("title"),
        "description": " ".join(filter(None, about)),
        "license": info.get("license"),
        "source": ", ".join(info.get("curators", ())),
    }
    return {
        **{name: holdable(text) for name, text in found.items() if text},
        "extra_css_urls": ["/static/corpus.css"],
        "databases": {"corpus": {"tables": tables | views}},
    }


def _table(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = _shown(table.name, table.doc)
    found["columns"] = {column.name: _unmarked(column.doc) for column in table.columns}
    found["sortable_columns"] = [column.name for column in table.columns if column.type != "array"]
    if table.name in _LABELS:
        found |= {"label_column": _LABELS[table.name], "sort": "n"}
    if table.name in SEARCHED:
        found |= {"fts_table": f"{table.name}_fts", "fts_pk": "n"}
    return found


def _shown(name: str, doc: str) -> dict[str, Any]:
    found: dict[str, Any] = {"description": _unmarked(doc)}
    if name in _FACETS:
        found |= {"facets": _FACETS[name], "facet_size": 10}
    if name in _SORTED:
        way = "sort_desc" if _SORTED[name].startswith("-") else "sort"
        found[way] = _SORTED[name].removeprefix("-")
    return found


def _unmarked(doc: str) -> str:
    return doc.replace("`", "")
