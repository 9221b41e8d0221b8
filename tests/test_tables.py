"""The tables of an export: as declared, read back whole, with views that answer as commands do."""

import json
import runpy
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NotRequired, get_args, get_origin

import pytest
from conftest import Run
from indexing import index_of
from reading_tables import READERS, differences, read_sqlite, write_to

from explore.corpus.files import shipped
from explore.corpus.load import Corpus, load
from explore.exporting import tables
from explore.exporting.columns import days
from explore.exporting.table_views import VIEWS
from explore.exporting.tables import TABLES, batches
from explore.index.queries import Index
from explore.model.fields import Id
from explore.model.query import Query
from explore.model.records import RECORD_TYPES, CorpusInfo, declaration

Ask = Callable[[str], list[tuple[Any, ...]]]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def index() -> Index:
    """Give the index of the corpus that ships."""
    return index_of(load(shipped()))


@pytest.fixture(scope="module")
def made(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the corpus that ships in every format of tables, by its name."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("sqlite", "datasette", "csv", "parquet"):
        write_to(index, name, folder / name)
    return folder


@pytest.mark.parametrize("kind", [*RECORD_TYPES, None])
def test_every_field_is_a_column(kind: str | None) -> None:
    """No declared field is left out, and no two columns differ in case alone."""
    declared = declaration(kind) if kind else CorpusInfo
    (table,) = (table for table in TABLES if table.name == (f"{kind}s" if kind else "corpus"))
    names = [column.name for column in table.columns]
    assert {name.replace("-", "_") for name in declared.__annotations__} <= set(names)
    assert len({name.casefold() for name in names}) == len(names)
    required = {column.name for column in table.columns if column.required}
    assert declared.__required_keys__ <= required


@pytest.mark.parametrize("kind", ["actor", "claim"])
def test_every_id_refers(kind: str) -> None:
    """A field that holds the id of another record is a foreign key."""
    refers = {c.name for t in TABLES if t.name == f"{kind}s" for c in t.columns if c.refers}
    for name, hint in declaration(kind).__annotations__.items():
        inner = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
        if getattr(inner, "__metadata__", ())[:1] == get_args(Id)[1:] and name != "id":
            assert name in refers


def test_schema_page_is_true() -> None:
    """The page of the schema is what the declaration gives: `python tools/tables.py` writes it."""
    page = runpy.run_path(str(ROOT / "tools" / "tables.py"))["page"]()
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == page
    for named in (*TABLES, *VIEWS):
        assert f"\n### {named.name}\n" in page


@pytest.mark.parametrize("name", READERS)
def test_shipped_corpus_comes_back(index: Index, made: Path, name: str) -> None:
    """Every record, list and link is read back, in the order of the corpus."""
    rows = READERS[name](made / name)
    assert differences(index, rows) == []
    assert {kind: len(rows[kind]) for kind in ("actors", "claims", "sources")} == {
        kind: count for kind, count in index.counts().items() if kind != "responses"
    }
    (info,) = rows["corpus"]
    assert {key: value for key, value in info.items() if value} == index.info()


def test_links_both_ways(index: Index, made: Path) -> None:
    """What the tables say against a claim is what `explore` says."""
    rows = read_sqlite(made / "sqlite")["links"]
    for claim in index.claims(Query(disputed=True)):
        disputing = [
            row["claim"]
            for row in rows
            if row["type"] == "disputes" and row["target"] == claim["id"]
        ]
        assert sorted(disputing) == sorted(claim["disputed_by"])


@pytest.mark.parametrize("name", ["sqlite", "datasette", "csv", "parquet"])
def test_same_corpus_same_bytes(index: Index, made: Path, tmp_path: Path, name: str) -> None:
    """An export written again has the same bytes."""
    again = write_to(index, name, tmp_path / name)
    first = made / name
    files = [path for path in (first, *first.rglob("*")) if path.is_file()]
    assert files
    for file in files:
        assert file.read_bytes() == (again / file.relative_to(first)).read_bytes(), file.name


@pytest.mark.parametrize("name", READERS)
def test_few_rows_at_a_time(
    index: Index, made: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are written in batches, and batches change nothing."""
    monkeypatch.setattr(tables, "_BATCH", 100)
    assert max(len(rows) for _, rows in batches(index)) < 200
    assert READERS[name](write_to(index, name, tmp_path / name)) == READERS[name](made / name)
    if name == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        file = parquet.ParquetFile(tmp_path / name / "claims.parquet")
        assert file.num_row_groups == -(-index.counts()["claims"] // 100)


def test_sqlite_is_sound(made: Path) -> None:
    """Keys hold, every view answers, and the schema tells its version and its columns."""
    with closing(sqlite3.connect(made / "sqlite")) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA user_version").fetchone() == (tables.VERSION,)
        assert db.execute("SELECT licence FROM corpus").fetchone() == ("CC-BY-4.0",)
        keys = {row[2:5] for row in db.execute("PRAGMA foreign_key_list(claims)")}
        assert {("actors", "subject", "id"), ("sources", "source", "id")} <= keys
        (schema,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'claims'").fetchone()
        assert "-- The statement, in the curator's words." in schema
        db.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("UPDATE claims SET source = 'nowhere'")


def test_sqlite_searches(index: Index, made: Path) -> None:
    """Full-text search finds what `explore search` finds, and forms of a word."""
    sql = (
        "SELECT claims.id FROM claims_fts JOIN claims ON claims.n = claims_fts.rowid"
        " WHERE claims_fts MATCH ? ORDER BY rank"
    )
    with closing(sqlite3.connect(made / "sqlite")) as db:
        found = {row[0] for row in db.execute(sql, ["centrality"])}
        assert found == {claim["id"] for claim in index.claims(Query(search="centrality"))}
        threats = {row[0] for row in db.execute(sql, ["threatening"])}
        assert "pivot-threatens-centrality" in threats
        actors = "SELECT id FROM actors_fts WHERE actors_fts MATCH ?"
        assert ("asean",) in db.execute(actors, ["东盟"]).fetchall()


def test_sqlite_without_search(index: Index, tmp_path: Path) -> None:
    """Where SQLite has no FTS5 the tables come without search."""
    small = index_of(Corpus({}, {kind: list(index.kept(kind)) for kind in RECORD_TYPES}))
    small.db.execute("DROP TABLE vocabulary")
    rows = read_sqlite(write_to(small, "sqlite", tmp_path / "corpus.db"))
    assert rows["claims"] == read_sqlite(write_to(index, "sqlite", tmp_path / "full.db"))["claims"]
    assert rows["corpus"] == []


ASKED: dict[str, tuple[str, Query]] = {
    "about": (
        "SELECT id FROM claims_about WHERE actor = 'asean' ORDER BY n",
        Query(about=("asean",)),
    ),
    "by": ("SELECT id FROM claims_by WHERE actor = 'nato' ORDER BY n", Query(by=("nato",))),
    "topic": (
        "SELECT id FROM claims_on WHERE topic = 'asean-centrality' ORDER BY n",
        Query(topic=("asean-centrality",)),
    ),
    "disputed": ("SELECT id FROM disputed_claims ORDER BY n", Query(disputed=True)),
    "unanswered": ("SELECT id FROM unanswered_threats ORDER BY n", Query(unanswered=True)),
    "events": (
        "SELECT id FROM events ORDER BY first_day, n",
        Query(kind=("fact",), dated=True, sort="date"),
    ),
    "since": (
        (
            "SELECT id FROM events WHERE last_day >= '2022-06-30' AND first_day <= '2023-02-28'"
            " ORDER BY n"
        ),
        Query(kind=("fact",), dated=True, since="2022-06-30", until="2023-02-28"),
    ),
    "responses": (
        (
            "SELECT id FROM claims WHERE id IN"
            " (SELECT claim FROM responses WHERE subject = 'asean') ORDER BY n"
        ),
        Query(responses=True, subject=("asean",)),
    ),
}


@pytest.fixture(scope="module")
def engines(made: Path) -> dict[str, Ask]:
    """Give what asks SQLite, and DuckDB over the Parquet files and `views.sql`."""
    duck = pytest.importorskip("duckdb").connect()
    for file in (made / "parquet").glob("*.parquet"):
        duck.execute(f"CREATE VIEW {file.stem} AS FROM '{file}'")
    duck.execute((made / "parquet" / "views.sql").read_text(encoding="utf-8"))
    lite = sqlite3.connect(made / "sqlite")
    return {
        "sqlite": lambda sql: lite.execute(sql).fetchall(),
        "duckdb": lambda sql: duck.execute(sql).fetchall(),
    }


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("asked", ASKED)
def test_views_answer_as_the_commands_do(
    index: Index,
    engines: dict[str, Ask],
    engine: str,
    asked: str,
) -> None:
    """A view and the filter that it is named after give the same claims."""
    sql, query = ASKED[asked]
    found = [row[0] for row in engines[engine](sql)]
    assert found == [claim["id"] for claim in index.claims(query)]
    assert found


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_views_count_as_the_commands_do(run: Run, engines: dict[str, Ask], engine: str) -> None:
    """Topics, speakers and sources have the counts of `topics` and `stats`."""
    ask = engines[engine]
    topics = json.loads(run("topics", "--format", "json").out)
    assert dict(ask("SELECT topic, claims FROM topics")) == {
        row["topic"]: row["claims"] for row in topics
    }
    stats = json.loads(run("stats", "--format", "json").out)
    for view, column, count in (
        ("speakers", "actor", "speaker"),
        ("bibliography", "id", "source"),
    ):
        rows = ask(f"SELECT {column}, claims FROM {view} WHERE claims > 0")
        assert dict(rows) == {row["name"]: row["claims"] for row in stats if row["count"] == count}


def test_disputes_name_both_speakers(index: Index, made: Path) -> None:
    """Neither claim of a dispute stands without who says it."""
    with closing(sqlite3.connect(made / "sqlite")) as db:
        db.row_factory = sqlite3.Row
        rows = db.execute("SELECT * FROM disputes").fetchall()
    assert rows
    for row in rows:
        assert json.loads(row["by"]) == index.record(row["claim"])[1]["by"]
        assert json.loads(row["target_by"]) == index.record(row["target"])[1]["by"]
        assert row["target_text"] == index.text(row["target"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02-03", "2023-02-03", "2023-02-03"),
        ("2022-06/2023-04", "2022-06-01", "2023-04-30"),
        ("summer", None, None),
        (None, None, None),
    ],
)
def test_days_exist(text: str | None, first: str | None, last: str | None) -> None:
    """The first and last day of a date are days of the calendar."""
    assert days(text) == (first, last)
