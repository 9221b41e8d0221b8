"""What the program writes, it reads back equal."""

import json
import shutil
from pathlib import Path
from typing import Any

import hostile
import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from running import invoke

from explore.corpus.files import shipped
from explore.formats import cells
from explore.importing.rows import Reading, rows_of
from explore.model.fields import RecordType
from explore.model.links import INVERSE
from explore.model.records import fields


def answers(run: Run, folder: Path, kind: str) -> Any:
    """Return all records of a type."""
    return json.loads(run("--corpus", str(folder), kind, "--format", "json").out)


def without(folder: Path, kind: str) -> Path:
    """Copy the bundled corpus without the records of a type."""
    shutil.copytree(shipped(), folder)
    for path in [folder / f"{kind}.yaml", folder / kind]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return folder


@pytest.mark.parametrize("corpus", ["bundled", "hostile"])
def test_export_jsonl(run: Run, tmp_path: Path, corpus: str) -> None:
    """The export of all records makes the same corpus again."""
    own = shipped()
    if corpus == "hostile":
        own = hostile.corpus(tmp_path / "own", hostile.TEXTS)
    text = run("--corpus", str(own), "export", "jsonl").out
    path = tmp_path / "t.jsonl"
    path.write_text(text, encoding="utf-8", newline="")
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 0, result.err[:2_000]
    assert run("--corpus", str(tmp_path / "c"), "export", "jsonl").out == text


def test_export_jsonl_of_one_type(run: Run, tmp_path: Path) -> None:
    """With --kind the records of other types are left out, and counted."""
    path = tmp_path / "t.jsonl"
    path.write_text(run("export", "jsonl").out, encoding="utf-8")
    result = run("import", str(path), "--kind", "sources", "--into", str(tmp_path / "c"))
    assert result.status == 0
    assert "records are of other types than --kind sources: not imported" in result.err
    assert answers(run, tmp_path / "c", "sources") == answers(run, shipped(), "sources")
    result = run("import", str(path), "--map", "text=note", "--into", str(tmp_path / "c"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("kind", ["claims", "actors"])
def test_answers(run: Run, tmp_path: Path, kind: str, form: str) -> None:
    """An answer of all claims or actors makes the same records again; nothing is left over."""
    path = tmp_path / f"t.{form}"
    path.write_text(run(kind, "--format", form).out, encoding="utf-8")
    folder = without(tmp_path / "c", kind)
    if kind == "actors":
        shutil.rmtree(folder)
    result = run("import", str(path), "--kind", kind, "--into", str(folder))
    if kind == "claims":
        assert "not imported" not in result.err
        assert result.status == 0, result.err[:2_000]
        assert answers(run, folder, kind) == answers(run, shipped(), kind)
    else:
        # Their sources are missing, and told.
        assert result.status == 1


def table(kind: RecordType, records: list[dict[str, Any]], *, raw: bool = False) -> str:
    """Return records as the program writes them in CSV."""
    guarded = str if raw else cells.guarded
    names = fields(kind)
    return cells.line(names) + "".join(
        cells.line(guarded(cells.flat(record.get(name))) for name in names) for record in records
    )


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("corpus", ["bundled", "hostile"])
def test_csv(run: Run, tmp_path: Path, corpus: str, raw: bool) -> None:
    """Claims in CSV come back with their lists, places and notes of links, guarded or not."""
    folder = tmp_path / "c"
    if corpus == "hostile":
        hostile.corpus(folder, hostile.TEXTS)
    else:
        shutil.copytree(shipped(), folder)
    wanted = answers(run, folder, "claims")
    path = tmp_path / "t.csv"
    path.write_text(table("claim", wanted, raw=raw), encoding="utf-8", newline="")
    for part in (folder / "claims.yaml", folder / "claims"):
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
    result = run("import", str(path), "--into", str(folder))
    assert result.status == 0, result.err[:2_000]
    assert answers(run, folder, "claims") == wanted


def test_a_part_of_an_answer(run: Run, tmp_path: Path) -> None:
    """What an answer has beside the fields is not told as left out, however short it is."""
    path = tmp_path / "t.json"
    text = run("claims", "pivot-is-interference", "--format", "json").out
    path.write_text(text, encoding="utf-8")
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert "not imported" not in result.err
    (claim,) = answers(run, tmp_path / "c", "claims")
    (wanted,) = json.loads(text)
    derived = set(INVERSE.values())
    assert {name: claim[name] for name in claim if name not in derived} == {
        name: wanted[name] for name in wanted if name not in derived
    }
    assert "about" not in (tmp_path / "c" / "claims" / "t.yaml").read_text()


def test_csv_of_sources(run: Run, tmp_path: Path) -> None:
    """Sources in CSV come back with their names and dates."""
    wanted = answers(run, shipped(), "sources")
    path = tmp_path / "t.csv"
    path.write_text(table("source", wanted), encoding="utf-8", newline="")
    result = run("import", str(path), "--kind", "sources", "--into", str(tmp_path / "c"))
    assert result.status == 0, result.err[:2_000]
    assert answers(run, tmp_path / "c", "sources") == wanted


def always(_: list[str]) -> bool:
    """Return that a table is of this program."""
    return True


def never(_: list[str]) -> bool:
    """Return that a table is somebody else's."""
    return False


def test_guard_of_others_stays(tmp_path: Path) -> None:
    """A `'` is taken off only in a table of this program that has one before all such cells."""
    said: list[str] = []
    path = tmp_path / "t.csv"
    for is_own, row, wanted in (
        (True, "'=a,b", "=a"),
        (True, "'=a,=b", "'=a"),
        (False, "'=a,b", "'=a"),
    ):
        path.write_text(f"x,y\n{row}\n")
        how = Reading(said.append, is_own=always if is_own else never)
        (found,) = rows_of(path, "csv", how)
        assert found.cells["x"] == wanted
    assert said == ["the ' that keeps a spreadsheet from running a cell is taken off 1 cells"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=hostile.ANY_TEXTS)
def test_any_texts(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever the texts, the export of all records makes the same corpus again."""
    folder = tmp_path_factory.mktemp("own")
    text = invoke("--corpus", str(hostile.corpus(folder / "own", texts)), "export", "jsonl").out
    path = folder / "t.jsonl"
    path.write_text(text, encoding="utf-8", newline="")
    result = invoke("import", str(path), "--into", str(folder / "c"))
    assert result.status == 0, result.err
    again = invoke("--corpus", str(folder / "c"), "export", "jsonl").out
    assert [json.loads(line) for line in again.splitlines()] == [
        json.loads(line) for line in text.splitlines()
    ]
