"""Hostile texts in the exports of tables: carried as they are, and run by nothing."""

import asyncio
import csv
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import Run, Write
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import index_of
from reading_tables import READERS, differences, write_to

from explore.corpus.load import Corpus
from explore.escaping import json_safe
from explore.model.records import RECORD_TYPES

FORMULA = ("=", "+", "-", "@", "\t", "\r")
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "-1+1",
    "\t=1",
    "\r=1",
    '\x1b[31mred\x07 \u202eright\u200b \x9b2J\u2028 [bold]b[/] "q" & <script>alert(1)</script>',
    "a\r\nb\nc\rd,e;f|g",
    'nul\0 \\ "] --> ``` # ; DROP TABLE claims; --',
    "東南アジア諸国連合 👨‍👩‍👧 ｗｉｄｅ " + "x" * 10_000,
)


def hostile(text: str) -> Corpus:
    """Give a corpus with a text in every field that takes any."""
    actor = {"id": "a", "name": text, "short": text, "kind": "person", "description": text}
    claim = {"text": text, "kind": "fact", "by": ["a", "a"], "source": "s", "topics": ["t", "t"]}
    place = {"paragraph": 1, "page": text, "section": text}
    link = {"claim": "d", "note": text}
    return Corpus(
        {"title": text, "description": text, "licence": text, "curators": [text, text]},
        {
            "actor": [
                actor
                | {"aliases": [text], "sources": [{"source": "s", "locator": {"chapter": text}}]},
            ],
            "claim": [
                {"id": "c"}
                | claim
                | {"locator": place, "quote": text, "note": text, "disputes": [link]},
                {"id": "d"} | claim,
            ],
            "source": [
                {"id": "s", "type": "book", "title": text, "URL": text, "container-title": text}
                | {"author": [{"literal": text}, {"family": text, "given": text}], "DOI": ""}
                | {"issued": {"literal": text}, "accessed": {"date-parts": [[2024, 2], [2024, 3]]}}
            ],
        },
    )


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None)
@given(text=st.text(min_size=1).filter(str.strip))
def test_any_text_comes_back(name: str, text: str) -> None:
    """Whatever stands in a field is read back as it was."""
    index = index_of(hostile(text))
    with TemporaryDirectory() as folder:
        rows = READERS[name](write_to(index, name, Path(folder) / "out", raw=True))
    assert differences(index, rows) == []
    assert [row["date"] for row in rows["source_dates"]] == ["2024-02/2024-03", text]
    assert rows["corpus"][0]["curators"] == [text, text]


@given(st.text(min_size=1).filter(str.strip), st.booleans())
@settings(deadline=None)
def test_no_cell_runs(text: str, led: bool) -> None:
    """No cell of any CSV file begins as a formula does, and `--raw` is how to have it."""
    index = index_of(hostile(f"={text}" if led else text))
    with TemporaryDirectory() as folder:
        out = write_to(index, "csv", Path(folder) / "out")
        cells = [cell for row in every_row(out) for cell in row]
        assert not [cell for cell in cells if cell.startswith(FORMULA)]
        raw = write_to(index, "csv", Path(folder) / "raw", raw=True)
        runs = [cell for row in every_row(raw) for cell in row if cell.startswith(FORMULA)]
    assert bool(runs) == (led or text.startswith(FORMULA))


def every_row(folder: Path) -> Iterator[list[str]]:
    """Yield the rows of all CSV files of a folder."""
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.reader(file, strict=True)


@pytest.fixture
def hostile_folder(write: Write) -> str:
    """Give a corpus on disk in which hostile texts stand in every field that takes text."""
    corpora = [hostile(text) for text in HOSTILE]
    records: dict[str, list[Any]] = {kind: [] for kind in RECORD_TYPES}
    for (place, corpus), kind in product(enumerate(corpora), RECORD_TYPES):
        names = {"a", "c", "d", "s"}
        text = json.dumps(corpus.records[kind], ensure_ascii=False)
        for name in names:
            text = text.replace(f'"{name}"', f'"{name}{place}"')
        records[kind] += json.loads(text)
    yaml = {
        kind: json_safe(json.dumps(group, ensure_ascii=False)) for kind, group in records.items()
    }
    info = json_safe(json.dumps(corpora[5].info, ensure_ascii=False))
    return str(write(yaml["actor"], yaml["claim"], yaml["source"], info))


@pytest.mark.parametrize("name", READERS)
def test_hostile_corpus_through_the_command(
    run: Run, hostile_folder: str, tmp_path: Path, name: str
) -> None:
    """`explore export` carries hostile texts as they are; only CSV guards its cells."""
    out = tmp_path / "out"
    words = ("--raw",) if name == "csv" else ()
    result = run("export", name, "-o", str(out), "--corpus", hostile_folder, *words)
    assert (result.status, result.out) == (0, "")
    rows = READERS[name](out)
    listed = json.loads(run("--corpus", hostile_folder, "claims", "--format", "json").out)
    assert [row["text"] for row in rows["claims"]] == [claim["text"] for claim in listed]
    assert [row["text"] for row in rows["claims"]][::2] == list(HOSTILE)
    assert {row["note"] for row in rows["links"]} == set(HOSTILE)


def test_hostile_corpus_in_the_programs(run: Run, hostile_folder: str, tmp_path: Path) -> None:
    """Frictionless finds the CSV valid, and Datasette and SQLite's search show texts as text."""
    app = pytest.importorskip("datasette.app")
    for name in ("csv", "datasette"):
        run("export", name, "-o", str(tmp_path / name), "--corpus", hostile_folder)
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(tmp_path / "csv" / "datapackage.json"))
    assert report.flatten(["message"]) == []
    metadata = json.loads((tmp_path / "datasette" / "metadata.json").read_text(encoding="utf-8"))
    datasette = app.Datasette([tmp_path / "datasette" / "corpus.db"], metadata=metadata)

    async def got() -> list[str]:
        paths = ("/", "/corpus/claims", "/corpus/claims?_search=script", "/corpus/actors/a5")
        return [(await datasette.client.get(path)).text for path in paths]

    home, *pages = asyncio.run(got())
    assert "\x1b" not in home
    for page in (home, *pages):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_number_too_large_for_a_database(tmp_path: Path) -> None:
    """A paragraph that no database can number stays in the words of the place."""
    corpus = hostile("x")
    corpus.records["claim"][0]["locator"] = {"paragraph": 10**30}
    index = index_of(corpus)
    for name, reader in READERS.items():
        (row, _) = reader(write_to(index, name, tmp_path / name))["claims"]
        assert row["locator_paragraph"] is None
        assert row["locator"] == f"paragraph {10**30}"
