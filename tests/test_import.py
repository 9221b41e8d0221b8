"""Tables and libraries of references become records of a corpus."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explore.importing.ids import slug

HEAD = ["text", "by", "kind", "about", "topics", "source", "locator.page", "date"]
ROWS = [
    ["First thing, said.", "Ann;Bob", "fact", "Town", "Cars;Trade", "Minutes", "1", "2024-01-02"],
    ["Zweitens: «nein»", "Zoë", "value", "Town", "Cars", "Minutes", "2", ""],
    ["北约东进", "Bob", "policy", "", "Trade", "Minutes", "3", ""],
]


def table(path: Path, rows: list[list[str]], head: list[str] = HEAD) -> Path:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def claims(run: Run, folder: Path) -> list[dict[str, Any]]:
    """Give the claims of a corpus."""
    found: list[dict[str, Any]] = json.loads(
        run("--corpus", str(folder), "claims", "--format", "json").out
    )
    return found


def objects() -> list[dict[str, Any]]:
    """Give the rows as JSON has them."""
    lists = {"by", "about", "topics"}
    return [
        {
            name: value.split(";") if name in lists else value
            for name, value in zip(HEAD, row, strict=True)
            if value
        }
        for row in ROWS
    ]


def written(form: str, folder: Path) -> Path:
    """Write the rows in a format."""
    path = folder / f"t.{form}"
    if form == "csv":
        return table(path, ROWS)
    if form == "tsv":
        path.write_text("\n".join("\t".join(row) for row in [HEAD, *ROWS]), encoding="utf-8")
    elif form == "json":
        path.write_text(json.dumps(objects()))
    elif form == "jsonl":
        path.write_text("\n".join(map(json.dumps, objects())))
    else:
        book = openpyxl.Workbook()
        for row in [HEAD, *ROWS]:
            book.worksheets[0].append(row)
        book.save(path)
    return path


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "xlsx"])
def test_formats(run: Run, tmp_path: Path, form: str) -> None:
    """Each format gives the same corpus, which passes `check` and answers."""
    folder = tmp_path / "corpus"
    result = run("import", str(written(form, tmp_path)), "--into", str(folder))
    assert result.status == 0, result.err
    assert run("check", str(folder)).status == 0
    found = claims(run, folder)
    assert [claim["text"] for claim in found] == [row[0] for row in ROWS]
    assert [claim["by"] for claim in found] == [["ann", "bob"], ["zoe"], ["bob"]]
    assert found[0]["id"] == "first-thing-said"
    assert found[2]["id"].startswith("claim-")
    assert found[0]["topics"] == ["cars", "trade"]
    assert found[0]["date"] == "2024-01-02"
    assert found[1]["locator"] == {"page": "2"}
    actors = json.loads(run("--corpus", str(folder), "actors", "--format", "json").out)
    assert [actor["name"] for actor in actors] == ["Ann", "Bob", "Town", "Zoë"]


def test_known_names_are_found(run: Run, tmp_path: Path) -> None:
    """A name that an actor or source of the corpus has, makes no new one."""
    folder = tmp_path / "corpus"
    run("init", str(folder))
    rows = [["T", "the TOWN", "fact", "shopkeepers", "", "Shops fear for trade", "1", ""]]
    assert run("import", str(table(tmp_path / "t.csv", rows)), "--into", str(folder)).status == 0
    assert not (folder / "actors").exists()
    assert not (folder / "sources").exists()
    (claim,) = [claim for claim in claims(run, folder) if claim["id"] == "t"]
    assert (claim["by"], claim["about"]) == (["town-council"], ["shopkeepers"])
    assert claim["source"] == "herald-2025"


def test_actors(run: Run, tmp_path: Path) -> None:
    """A table of actors becomes actors, with members and aliases by name."""
    path = tmp_path / "people.csv"
    head = ["name", "short", "kind", "aliases", "member_of", "wikidata"]
    rows = [
        ["Association of Towns", "AoT", "organization", "", "", "Q1"],
        ["Zoë Müller", "", "person", "Zoe;Z. Müller", "AoT", ""],
        ["Nobody", "", "ghost", "", "", "x"],
    ]
    folder = tmp_path / "corpus"
    result = run("import", str(table(path, rows, head)), "--kind", "actors", "--into", str(folder))
    assert result.status == 1
    (told,) = [line for line in result.err.splitlines() if line.startswith("row 4: ")]
    assert "kind: 'ghost' is not one of alliance" in told
    assert "wikidata: 'x' is not valid" in told
    first, second = json.loads(run("--corpus", str(folder), "actors", "--format", "json").out)
    assert (first["id"], first["wikidata"]) == ("association-of-towns", "Q1")
    assert second["aliases"] == ["Zoe", "Z. Müller"]
    assert second["member_of"] == ["association-of-towns"]


def test_rejected_rows(run: Run, tmp_path: Path) -> None:
    """Every row that fits no record is told with its number and why; the others come in."""
    rows = [
        *ROWS,
        ["Bad kind", "Ann", "guess", "", "", "Minutes", "1", ""],
        ["Bad date", "Ann", "fact", "", "", "Minutes", "1", "2024-13"],
        ["No speaker", "", "fact", "", "", "Minutes", "1", ""],
        ["a", "b", "fact", "", "", "s", "1", "", "too much"],
    ]
    path = table(tmp_path / "t.csv", rows)
    folder = tmp_path / "corpus"
    strict = run("import", str(path), "--into", str(folder), "--strict")
    assert strict.status == 1
    assert not folder.exists()
    result = run("import", str(path), "--into", str(folder))
    assert result.status == 1
    assert "row 5: kind: 'guess' is not one of fact" in result.err
    assert "row 6: date: '2024-13' is not a date" in result.err
    assert "row 7: missing field 'by'" in result.err
    assert "row 8: it has 9 cells, the header 8" in result.err
    assert "4 rows rejected" in result.err
    assert len(claims(run, folder)) == 3


def test_dry_run(run: Run, tmp_path: Path) -> None:
    """A dry run prints what would be written, and writes nothing."""
    folder = tmp_path / "corpus"
    result = run(
        "import", str(table(tmp_path / "t.csv", ROWS)), "--into", str(folder), "--dry-run"
    )
    assert result.status == 0
    assert f"# {folder / 'claims' / 't.yaml'}\n- id: first-thing-said\n" in result.out
    assert not folder.exists()


def test_ids_stay(run: Run, tmp_path: Path) -> None:
    """Rows in another order, and new ones between, change no id that was given."""
    folder = tmp_path / "corpus"
    rows = [["Same text", "Ann", kind, "", "", "Minutes", "1", ""] for kind in ("fact", "value")]
    path = table(tmp_path / "t.csv", [*ROWS, *rows])
    run("import", str(path), "--into", str(folder))
    before = {(claim["text"], claim["kind"]): claim["id"] for claim in claims(run, folder)}
    assert sorted(before.values())[-2:] == ["same-text", "same-text-2"] or len(before) == 5
    new = [["Brand new", "Ann", "fact", "", "", "Minutes", "1", ""]]
    table(path, [*new, *reversed(ROWS), *rows])
    result = run("import", str(path), "--into", str(folder))
    assert "1 new, 0 changed" in result.err
    after = {(claim["text"], claim["kind"]): claim["id"] for claim in claims(run, folder)}
    assert {text: after[text] for text in before} == before
    assert run("import", str(path), "--into", str(folder)).err.startswith("nothing to import")


def test_comments_and_order_stay(run: Run, tmp_path: Path) -> None:
    """A record that says something else is changed in its place; what people wrote stays."""
    folder = tmp_path / "corpus"
    path = table(tmp_path / "t.csv", [["one", *ROWS[0]], ["two", *ROWS[1]]], ["id", *HEAD])
    run("import", str(path), "--into", str(folder))
    file = folder / "claims" / "t.yaml"
    text = file.read_text("utf-8")
    own = "# mine\n" + text.replace("- id: two", "# about two\n- id: two  # here").replace(
        "  kind: fact\n", "  kind: fact\n  supports:\n    - {claim: two, note: 'no: 1'}\n"
    )
    file.write_text(own, "utf-8")
    table(path, [["one", "Said anew: no", *ROWS[0][1:]], ["two", *ROWS[1]]], ["id", *HEAD])
    result = run("import", str(path), "--into", str(folder))
    assert "0 new, 1 changed" in result.err
    assert file.read_text("utf-8") == own.replace("First thing, said.", '"Said anew: no"')


def test_mapping_by_options(run: Run, tmp_path: Path) -> None:
    """Columns of other names are taken in by --map, and --set gives what all have."""
    rows = [["It rains.", "Ann"], ["It snows.", "Bob"]]
    path = table(tmp_path / "t.csv", rows, ["Was sagt er = x", "Wer"])
    words = ["--map", "Was sagt er = x=text", "--map", "Wer=by", "--set", "kind=fact"]
    folder = tmp_path / "corpus"
    result = run("import", str(path), "--into", str(folder), *words, "--set", "source=Diary")
    assert result.status == 0, result.err
    assert [claim["by"] for claim in claims(run, folder)] == [["ann"], ["bob"]]
    for wrong in (["--map", "x"], ["--map", "Wer=bye"], ["--map", "Wo=by"], ["--set", "=x"]):
        failed = run("import", str(path), "--into", str(folder), *wrong)
        assert (failed.status, len(failed.err.splitlines())) == (2, 1)


DOCS = Path(__file__).parents[1] / "docs" / "your-own-corpus.md"
_BLOCK = re.compile(r"^```yaml\n(kind: claims\n.*?)^```", re.MULTILINE | re.DOTALL)
(LIAR,) = _BLOCK.findall(DOCS.read_text("utf-8"))


def test_mapping_file(run: Run, tmp_path: Path) -> None:
    """A table without a header, as the LIAR data set is, comes in by the docs' mapping."""
    rows = [
        [
            "1.json",
            "half-true",
            'He said "no" to it.',
            "economy,taxes",
            "jane-doe",
            "Senator",
            "Ohio",
            "none",
            "1",
            "2",
            "3",
            "4",
            "5",
            "a debate",
        ],
        [
            "2.json",
            "pants-fire",
            "Crime doubled.",
            "crime",
            "john-roe",
            "",
            "",
            "",
            *"12345",
            "an interview",
        ],
        # In TSV a quotation mark is one, also where it opens a field and nothing closes it.
        ["3.json", "true", '"Taxes rose. ', "taxes", "jane-doe", "", "", "", *"12345", 'her "ad'],
    ]
    table_ = tmp_path / "train.tsv"
    table_.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    how = tmp_path / "liar.yaml"
    how.write_text(LIAR)
    folder = tmp_path / "corpus"
    result = run("import", str(table_), "--mapping", str(how), "--into", str(folder))
    assert result.status == 0, result.err
    first, second, third = claims(run, folder)
    assert first["text"] == 'He said "no" to it.'
    assert (third["text"], third["note"]) == ('"Taxes rose.', 'her "ad')
    assert first["topics"] == ["verdict-half-true", "economy", "taxes"]
    assert (first["id"], first["by"], first["note"]) == ("1-json", ["jane-doe"], "a debate")
    assert second["topics"] == ["verdict-pants-fire", "crime"]
    assert run("check", str(folder)).status == 0
    # What a claim is about is no person, as its speaker is.
    found = json.loads(run("--corpus", str(folder), "actors", "--format", "json").out)
    assert {actor["id"]: actor["kind"] for actor in found} == {
        "jane-doe": "person",
        "john-roe": "person",
        "economy": "group",
        "taxes": "group",
        "crime": "group",
    }
    about = run("--corpus", str(folder), "claims", "--about", "taxes", "--format", "csv")
    assert [line.partition(",")[0] for line in about.out.splitlines()[1:]] == ["1-json", "3-json"]
    assert about.err == ""


def test_bad_mapping_file(run: Run, tmp_path: Path) -> None:
    """A mapping that is none is one line."""
    how = tmp_path / "m.yaml"
    for text in (
        "[a]",
        "columms: {}",
        "a: [",
        "columns: {a: {feld: b}}",
        "columns: {a: {field: text, splt: x}}",
        "columns: {a: [text]}",
        "actors: {kind: grup}",
        "actors: {about: {kind: grup}}",
        "actors: {aboot: {kind: group}}",
        "sources: {typ: book}",
    ):
        how.write_text(text)
        path = table(tmp_path / "t.csv", ROWS)
        result = run("import", str(path), "--mapping", str(how), "--into", str(tmp_path / "c"))
        assert (result.status, len(result.err.splitlines())) == (2, 1), result.err


BIB = r"""
@article{Sun_2024, author = {Sun, Chenghao and {ASEAN Secretariat}}, title = {The {NATO} Turn},
  journal = {Journal f{\"u}r Asien}, year = 2024, month = aug, pages = {1--12}, doi = {10.1/x},
  file = {local.pdf}}
@techreport{rep, title = {A Report}, institution = {ASEAN}, year = {2023},
  author = {van der Berg, J. P.}}
"""


def test_bibtex(run: Run, tmp_path: Path) -> None:
    """BibTeX becomes sources; what is not kept is said."""
    path = tmp_path / "library.bib"
    path.write_text(BIB, encoding="utf-8")
    folder = tmp_path / "corpus"
    result = run("import", str(path), "--into", str(folder))
    assert result.status == 0, result.err
    assert "line 2 (Sun_2024): left out: file\n" in result.err
    assert "dropped the field 'file' from 1 sources" in result.err
    first, second = json.loads(run("--corpus", str(folder), "sources", "--format", "json").out)
    assert first["id"] == "sun-2024"
    assert first["author"] == [
        {"family": "Sun", "given": "Chenghao"},
        {"literal": "ASEAN Secretariat"},
    ]
    assert first["container-title"] == "Journal für Asien"
    assert (first["issued"], first["page"], first["DOI"]) == ("2024-08", "1-12", "10.1/x")
    assert (second["type"], second["publisher"]) == ("report", "ASEAN")


def test_csl(run: Run, tmp_path: Path) -> None:
    """CSL-JSON and CSL-YAML become the same sources; ours come back as they went."""
    text = run("export", "csl-json").out
    first, second = tmp_path / "one.json", tmp_path / "two.yaml"
    first.write_text(text, encoding="utf-8")
    second.write_text(
        "references:\n" + "".join(f"- {json.dumps(item)}\n" for item in json.loads(text))
    )
    wanted = json.loads(run("sources", "--format", "json").out)
    for path in (first, second):
        folder = tmp_path / path.stem
        assert run("import", str(path), "--into", str(folder)).status == 0
        found = json.loads(run("--corpus", str(folder), "sources", "--format", "json").out)
        assert found == wanted


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", b"\xff\xfe\x00"),
        ("t.json", b"{"),
        ("t.json", b"[" * 100_000),
        ("t.json", b'"text"'),
        ("t.xlsx", b"no zip"),
        ("t.bin", b""),
        ("t.yaml", b"a: ["),
        ("t.yaml", b"- a"),
        ("t.bib", b"\xff"),
    ],
)
def test_no_table(run: Run, tmp_path: Path, name: str, data: bytes) -> None:
    """A file that is no table is one line and exit status 2."""
    path = tmp_path / name
    path.write_bytes(data)
    result = run("import", str(path), "--into", str(tmp_path / "corpus"))
    assert (result.status, len(result.err.splitlines())) == (2, 1), result.err


def test_not_into_what_ships(run: Run, tmp_path: Path) -> None:
    """The corpus that ships is never written to."""
    from explore.corpus.files import bundled_corpus

    path = table(tmp_path / "t.csv", ROWS)
    assert run("import", str(path), "--into", str(bundled_corpus())).status == 2


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_slug_is_an_id(text: str) -> None:
    """Any text gives an id, the same each time."""
    import re

    from explore.model.fields import ID_PATTERN

    found = slug(text, "claim")
    assert re.fullmatch(ID_PATTERN, found)
    assert found == slug(text, "claim")


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=4))
def test_any_cells(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever stands in the cells, it comes in as it is, or is told."""
    from running import invoke

    folder = tmp_path_factory.mktemp("any")
    rows = [[text, "Ann", "fact", "", "", "Minutes", "1", ""] for text in texts]
    result = invoke("import", str(table(folder / "t.csv", rows)), "--into", str(folder / "c"))
    assert result.status in (0, 1)
    if (folder / "c" / "claims").exists():
        found = claims(invoke, folder / "c")
        assert {claim["text"] for claim in found} <= {text.strip() for text in texts}
