"""The exports of tables in Datasette and Frictionless, as their users open them."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from indexing import index_of
from reading_tables import read_csv, read_frictionless, read_parquet, read_sqlite, write_to
from running import LIMIT

from explore.corpus.files import shipped
from explore.corpus.load import load
from explore.exporting.table_views import VIEWS
from explore.exporting.tables import TABLES
from explore.index.queries import Index
from explore.model.query import Query


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


def test_formats_agree(made: Path) -> None:
    """The four have the same rows, and Frictionless reads the CSV as that too."""
    rows = read_sqlite(made / "sqlite")
    assert read_sqlite(made / "datasette" / "corpus.db") == rows
    assert read_csv(made / "csv") == rows
    assert read_frictionless(made / "csv") == rows
    assert read_parquet(made / "parquet") == rows


def test_datasette_has_facets_and_search(index: Index, made: Path) -> None:
    """Datasette serves the folder with its title, facets, search and what columns hold."""
    app = pytest.importorskip("datasette.app")
    datasette = app.Datasette([], config_dir=made / "datasette")

    async def got(*paths: str) -> list[Any]:
        return [await datasette.client.get(path) for path in paths]

    paths = (
        "/",
        "/static/corpus.css",
        "/corpus/claims.json?_size=1",
        "/corpus/claims.json?_search=centrality&_shape=objects&_size=max",
        "/corpus/claims.json?_facet_array=by&_size=0&about__arraycontains=asean",
        "/corpus/claims",
        "/corpus/events.json?_shape=array&_size=2",
        "/corpus/claims/pivot-threatens-centrality.json?_shape=objects",
        *(f"/corpus/{named.name}" for named in (*TABLES, *VIEWS)),
    )
    home, style, faceted, searched, narrowed, page, events, one, *pages = asyncio.run(got(*paths))
    assert "NATO&#39;s turn to the Asia-Pacific" in home.text
    assert "CC-BY-4.0" in home.text
    assert "/static/corpus.css" in home.text
    assert "column-descriptions" in style.text
    facets = faceted.json()["facet_results"]
    assert set(facets) == {"kind", "role", "by", "about", "topics"}
    assert sum(each["count"] for each in facets["kind"]["results"]) == index.counts()["claims"]
    found = {row["id"] for row in searched.json()["rows"]}
    assert found == {claim["id"] for claim in index.claims(Query(search="centrality"))}
    assert narrowed.json()["filtered_table_rows_count"] == index.count(Query(about=("asean",)))
    assert "The statement, in the curator&#39;s words." in page.text
    told = index.claims(Query(kind=("fact",), dated=True, sort="date", limit=2))
    assert [row["date"] for row in events.json()] == [claim["date"] for claim in told]
    assert one.json()["rows"][0]["subject"] == "nato"
    assert [each.status_code for each in pages] == [200] * len(pages)


def test_datasette_takes_the_folder(made: Path) -> None:
    """`datasette FOLDER` finds database and metadata by itself."""
    pytest.importorskip("datasette")
    words = ["datasette", str(made / "datasette"), "--get", "/corpus/topics.json?_shape=array"]
    done = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, check=True, timeout=LIMIT
    )
    rows = json.loads(done.stdout)
    assert rows[0]["claims"] == max(row["claims"] for row in rows)


def test_frictionless_finds_it_valid(made: Path) -> None:
    """Frictionless validates types, keys and what is required; every text is quoted where due."""
    frictionless = pytest.importorskip("frictionless")
    assert frictionless.validate(str(made / "csv" / "datapackage.json")).valid
    text = (made / "csv" / "claims.csv").read_bytes()
    assert b"\r" not in text
    assert not text.startswith(b"\xef\xbb\xbf")


def test_frictionless_finds_a_fault(index: Index, tmp_path: Path) -> None:
    """A key that leads nowhere makes the package invalid, so its keys are checked."""
    frictionless = pytest.importorskip("frictionless")
    folder = write_to(index, "csv", tmp_path / "csv")
    file = folder / "claim_speakers.csv"
    file.write_text(file.read_text(encoding="utf-8") + "nowhere,nato,1\n", encoding="utf-8")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert [error.type for task in report.tasks for error in task.errors] == ["foreign-key"]


def test_missing_library_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Arrow one line says what to install, and nothing is left behind."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = run("export", "parquet", "-o", str(tmp_path / "out"))
    assert result.status == 2
    assert "parquet needs pyarrow; to install it: " in result.err
    assert not (tmp_path / "out").exists()
