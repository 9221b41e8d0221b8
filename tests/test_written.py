"""YAML that the program writes is read again as the same, by itself and by other readers."""

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import hostile
import pytest
import yaml
from bibtexparser.entrypoint import parse_string
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from running import invoke

from explore.corpus.events import values_of
from explore.corpus.files import shipped
from explore.corpus.quick import values
from explore.corpus.write import dumped, mapping

# Whatever text a record may hold; a file is UTF-8, so it has no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NASTY = st.sampled_from(
    [
        "no",
        "1.10",
        "12:30",
        "~",
        "",
        " a ",
        "a: b",
        "a #b",
        "- a",
        "a\n- b",
        "a\n\n b\n",
        "'",
        '"',
        "\x85",
        "\u2028",
        "\ufeff",
        "\x1b[0m",
        "\x00",
        "=1",
        "[a",
        "{a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "2024-07-11",
        "2024",
        "0o7",
        "0x1f",
        "1e3",
        "<<",
        "---",
        "...",
        "😀",
        "北约",
        "\u202e",
        "a\r\nb",
    ]
)
TEXTS = TEXT | NASTY
CLAIM = st.fixed_dictionaries(
    {"id": TEXTS, "text": TEXTS, "by": st.lists(TEXTS, max_size=3)},
    optional={
        "date": TEXTS,
        "locator": st.dictionaries(st.sampled_from(["page", "section"]), TEXTS, max_size=2),
        "supports": st.lists(
            TEXTS | st.fixed_dictionaries({"claim": TEXTS, "note": TEXTS}), max_size=3
        ),
    },
)


@settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CLAIM, min_size=1, max_size=3))
def test_read_again(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    """Any records are the same when they are read again, by either way of reading."""
    path = tmp_path / "claims.yaml"
    path.write_text("".join(dumped("claim", records)), encoding="utf-8", newline="")
    assert list(values_of(path)) == records
    assert list(values(path)) == records


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_text_to_others(text: str) -> None:
    """Text is text to PyYAML and ruamel.yaml too."""
    written = "".join(dumped("claim", [{"id": "a", "text": text}]))
    assert yaml.safe_load(written)[0]["text"] == text
    assert YAML(typ="safe", pure=True).load(written)[0]["text"] == text


def test_as_curators_write() -> None:
    """Fields stand in the order of the declaration, short lists in brackets, dates plain."""
    record = {
        "date": "2024-07-11",
        "by": ["a", "b"],
        "supports": ["x", {"claim": "y", "note": "why"}],
        "id": "one",
        "locator": {"paragraph": 8},
        "text": "Said.",
    }
    assert "".join(dumped("claim", [record, {"id": "two"}])) == (
        "- id: one\n  text: Said.\n  by: [a, b]\n  locator: {paragraph: 8}\n  date: 2024-07-11\n"
        "  supports:\n    - x\n    - {claim: y, note: why}\n\n- id: two\n"
    )
    assert "".join(dumped("claim", [])) == "[]\n"
    assert mapping({"title": "T: t", "as_of": "2024-01"}) == "title: 'T: t'\nas_of: 2024-01\n"


def test_shipped_corpus_again(run: Run, tmp_path: Path) -> None:
    """The corpus that ships, exported and exported again, is the same and answers the same."""
    folders = [shipped(), tmp_path / "once", tmp_path / "twice"]
    for before, after in itertools.pairwise(folders):
        result = run("--corpus", str(before), "export", "yaml", "-o", str(after))
        assert result.status == 0, result.err
    for path in folders[1].iterdir():
        assert path.read_bytes() == (folders[2] / path.name).read_bytes()
    assert run("check", str(folders[1]), "--strict").status == 0
    for words in (["claims"], ["actors"], ["sources"], ["summary"], ["timeline"]):
        first, second = (
            json.loads(run("--corpus", str(folder), *words, "--format", "json").out)
            for folder in folders[:2]
        )
        # Files of one kind become one, so records of several files may change places.
        assert sorted(first, key=str) == sorted(second, key=str)


def test_jsonl(run: Run, tmp_path: Path) -> None:
    """JSON Lines has every record, as the corpus has it."""
    path = tmp_path / "all.jsonl"
    assert run("export", "jsonl", "-o", str(path)).status == 0
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    claims = json.loads(run("claims", "--format", "json").out)
    told = {line["id"]: line for line in lines if line["record"] == "claim"}
    assert [claim["id"] for claim in claims] == list(told)
    for claim in claims:
        assert all(
            claim[name] == value for name, value in told[claim["id"]].items() if name != "record"
        )


@pytest.mark.parametrize("form", ["yaml", "sqlite", "csv"])
def test_nothing_is_written_over(run: Run, tmp_path: Path, form: str) -> None:
    """What is there stays unless --force says otherwise, and files need a place."""
    assert run("export", form).status == 2
    path = tmp_path / "there"
    path.write_text("mine")
    assert run("export", form, "-o", str(path)).status == 2
    assert path.read_text() == "mine"
    assert run("export", form, "-o", str(path), "--force").status == 0
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("words", "library"),
    [
        (("export", "parquet", "-o", "{}"), "pyarrow"),
        (("import", "t.xlsx", "--into", "{}"), "openpyxl"),
    ],
)
def test_library_that_is_missing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    library: str,
) -> None:
    """An optional library that is missing is asked for by name, in one line."""
    monkeypatch.chdir(tmp_path)
    for name in [*sys.modules, library]:
        if name.partition(".")[0] == library:
            monkeypatch.setitem(sys.modules, name, None)
    Path("t.xlsx").write_text("")
    result = invoke(*(word.format("out") for word in words))
    assert result.status == 2
    assert len(result.err.splitlines()) == 1
    assert f"needs {library}; to install it: {sys.executable} -m pip" in result.err
    assert result.err.endswith(f"install {library}\n")
    assert not Path("out").exists()


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hostile.ANY_TEXTS)
def test_any_text_elsewhere(tmp_path: Path, texts: list[str]) -> None:
    """JSON Lines, CSL-JSON and BibTeX of any texts are read by their own libraries."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    words = ("--corpus", str(folder), "export")
    lines = invoke(*words, "jsonl").out.splitlines()
    claims = [json.loads(line) for line in lines if json.loads(line)["record"] == "claim"]
    assert [claim["text"] for claim in claims] == texts
    assert [item["title"] for item in json.loads(invoke(*words, "csl-json").out)] == texts
    library = parse_string(invoke(*words, "bibtex").out)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [f"s{n}" for n in range(len(texts))]
