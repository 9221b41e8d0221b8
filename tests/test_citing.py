"""Sources as BibTeX, RIS and CSL-JSON: one record in, one entry out, read back equal."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any, get_args

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from running import invoke

from explore.corpus.write import dumped
from explore.formats.citations import ReferenceFormat, writer
from explore.formats.citations.edtf import date_of_text
from explore.importing.references import References, references_of
from explore.model.csl import Source, date_fields, name_fields
from explore.model.csl_parts import SourceType

# What ends a value, an entry or a line in one of the formats, or steers a terminal.
PIECES = [
    *(
        "{",
        "}",
        "\\",
        "\\\\",
        "\\}",
        "\n",
        "\r\n",
        "\t",
        ",",
        "%",
        "&",
        "~",
        "#",
        "_",
        "$",
        "^",
        "=",
    ),
    *("--", "---", "''", "``", '"', "'", " ", "  ", "-", ":", "/", "?`", "$x^2$", "\\textit{x}"),
    *(" and ", "and", "others", "van", "B", "é", "东", "2020", "\\symbol{10}", "@article{x,\n"),
    *("\x1b]0;x\x07", "\x9b31m", "\x85", "\x00", "\u202e", "\u2028", "\ufeff", "\u200d", "\u200c"),
    *("\nER  - \nTY  - JOUR", "ER  - ", "}\n@book{z, title={Z}}", "\n\n", "\xa0"),
]
TEXTS = (
    st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=6)
    .map("".join)
    .filter(lambda text: bool(text.strip()))
)
NAMES = st.fixed_dictionaries({"literal": TEXTS}) | st.fixed_dictionaries(
    {"family": TEXTS},
    optional={
        "given": TEXTS,
        "suffix": TEXTS,
        "non-dropping-particle": st.sampled_from(["van", "de la", "'t"]),
    },
)
DATES = st.sampled_from(["2020", "2020-05", "2020-05-06", "2019/2020-05"]) | st.fixed_dictionaries(
    {"literal": TEXTS}
)


def _values(field: str) -> st.SearchStrategy[Any]:
    if field in name_fields():
        return st.lists(NAMES, min_size=1, max_size=3)
    return DATES if field in date_fields() else TEXTS


FIELDS = [
    name for name in Source.__annotations__ if name not in ("id", "type", "title", "former_ids")
]
SOURCES = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(get_args(SourceType)), "title": TEXTS},
        optional={name: _values(name) for name in FIELDS},
    ),
    min_size=1,
    max_size=3,
).map(lambda sources: [{"id": f"s{n}"} | source for n, source in enumerate(sources)])
# BibTeX and RIS have one field for what CSL has two.
OLDER = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def written(form: ReferenceFormat, sources: list[dict[str, Any]]) -> tuple[str, set[str]]:
    """Return sources in a format, and the fields that were named as left out."""
    told: list[str] = []
    text = writer(form)(sources, told.append)
    return text, {
        part.partition(" (")[0] for line in told for part in line.partition(": ")[2].split(", ")
    }


def read(text: str, suffix: str) -> References:
    """Read a library from its text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"t{suffix}"
        path.write_text(text, encoding="utf-8", newline="")
        return references_of(path)


def plain(value: Any) -> Any:
    """Return a date in words as it is read: words may be those of a date."""
    return date_of_text(value["literal"]) if isinstance(value, dict) else value


@settings(max_examples=60, deadline=None)
@given(SOURCES)
def test_bibtex(sources: list[dict[str, Any]]) -> None:
    """Every value that is written is read back equal; the others are named."""
    text, left = written("bibtex", sources)
    library = parse_string(text)
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [source["id"] for source in sources]
    assert not STEERING.search(text.replace("\n", ""))
    found = read(text, ".bib")
    assert [row.fault for row in found.rows] == [""] * len(sources)
    for source, row in zip(sources, found.rows, strict=True):
        for name, value in source.items():
            if name not in left:
                assert row.cells.get(OLDER.get(name, name)) == plain(value)


@settings(max_examples=60, deadline=None)
@given(SOURCES)
def test_csl_json(sources: list[dict[str, Any]]) -> None:
    """CSL-JSON holds everything, and is read back equal."""
    text, left = written("csl-json", sources)
    assert not left
    assert not STEERING.search(text.replace("\n", ""))
    found = read(text, ".json")
    assert [row.cells for row in found.rows] == sources
    assert found.left == []


@settings(max_examples=60, deadline=None)
@given(SOURCES)
def test_ris(sources: list[dict[str, Any]]) -> None:
    """RIS has one entry for each source, whatever stands in it."""
    text, left = written("ris", sources)
    entries = rispy.loads(text)
    assert [entry["id"] for entry in entries] == [source["id"] for source in sources]
    assert not STEERING.search(text.replace("\n", ""))
    found = read(text, ".ris")
    assert [row.cells["id"] for row in found.rows] == [source["id"] for source in sources]
    for source, row in zip(sources, found.rows, strict=True):
        carried = {OLDER.get(name, name) for name in source.keys() - left}
        assert carried <= row.cells.keys() | {"type"}


FULL: dict[str, Any] = {
    "id": "s1",
    "type": "chapter",
    "title": "100% of {NATO} & C#",
    "author": [
        {"family": "King", "given": "M. L.", "suffix": "Jr."},
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
        {"family": "de Gaulle", "given": "Charles"},
        {"literal": "Simon and Schuster, Inc."},
    ],
    "editor": [{"family": "Doe", "given": "Jane"}],
    "translator": [{"family": "Roe", "given": "Ann"}],
    "illustrator": [{"family": "Poe", "given": "Ed"}],
    "issued": "2020-05-06",
    "accessed": "2024-01-02",
    "abstract": "One.\n\nTwo -- with\ta tab and می‌خواهم.",
    "note": "My doubt.",
    "container-title": "The Whole",
    "collection-title": "A Series",
    "collection-number": "12",
    "edition": "2",
    "publisher": "OUP",
    "publisher-place": "Oxford",
    "page": "12-15",
    "number-of-volumes": "3",
    "volume": "2",
    "ISBN": "978-0-19-879721-1",
    "DOI": "10.1000/abc%3C1_{x}~#&",
    "URL": "https://example.org/~u/a%20b?x=1&y={2}#_z",
    "language": "en",
    "genre": "Essay",
    "event-title": "A Conference",
    "event-place": "Rome",
    "keyword": "a, b",
    "archive": "arXiv",
    "archive_location": "2001.00001",
    "citation-key": "King_2020",
    "title-short": "NATO",
}


def test_all_that_bibtex_can_carry(tmp_path: Path) -> None:
    """What is exported as BibTeX is imported as it was."""
    text, left = written("bibtex", [FULL])
    assert left == set()
    (row,) = read(text, ".bib").rows
    assert row.cells == FULL


def test_ris_tags() -> None:
    """The abstract is AB and notes are N1; names keep their suffix, and editors theirs."""
    text, left = written("ris", [FULL | {"annote": "For me alone."}])
    lines = set(text.splitlines())
    assert {
        "TY  - CHAP",
        "AB  - One. Two -- with\ta tab and می‌خواهم.",
        "N1  - My doubt.",
        "AU  - King, M. L., Jr.",
        "AU  - van der Berg, Anna",
        "A2  - Doe, Jane",
        "A4  - Roe, Ann",
        "SP  - 12",
        "EP  - 15",
        "SN  - 978-0-19-879721-1",
        "DA  - 2020/05/06/",
        "Y2  - 2024/01/02/",
        "ET  - 2",
        "LA  - en",
        "KW  - a",
        "KW  - b",
    } <= lines
    assert left == {"annote", "illustrator", "collection-number"}
    assert "For me alone" not in text


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json", "text"])
def test_nothing_steers_a_terminal(run: Run, tmp_path: Path, form: str) -> None:
    """What is hostile in any field reaches standard output as text, and forges nothing."""
    hostile = "x\x1b]0;t\x07\x9b31m\u202e}\n@book{z, title={Z}}\nER  - \nTY  - JOUR\nTI  - Z"
    source: dict[str, Any] = {"id": "s1", "type": "book", "title": "T"}
    source |= {"issued": {"literal": hostile}}
    source |= dict.fromkeys(("DOI", "URL", "ISBN", "publisher", "citation-key"), hostile)
    source |= {"author": [{"family": hostile, "given": hostile}]}
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "sources.yaml").write_text("".join(dumped("source", [source])), encoding="utf-8")
    for words in (("show", "s1", "--cite", form), ("export", form)):
        if words[0] == "export" and form == "text":
            continue
        out = run("--corpus", str(folder), *words).out
        assert not STEERING.search(out.replace("\n", ""))
        if form == "bibtex":
            assert len(parse_string(out).blocks) == 1
        elif form == "ris":
            assert len(rispy.loads(out)) == 1
        elif form == "csl-json":
            assert len(json.loads(out)) == 1
        else:
            assert len(out.splitlines()) == 1


def test_what_is_left_out_is_named(tmp_path: Path) -> None:
    """Standard error names each field that a format has no place for, once."""
    sources = [
        {"id": f"s{n}", "type": "book", "title": "T", "section": "S", "medium": "Print"}
        for n in range(2)
    ]
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "sources.yaml").write_text("".join(dumped("source", sources)), encoding="utf-8")
    result = invoke("--corpus", str(folder), "export", "bibtex")
    assert result.err == "left out of BibTeX: section (2)\n"
    assert "howpublished = {Print}" in result.out
    assert invoke("--corpus", str(folder), "export", "csl-json").err == ""


@pytest.mark.parametrize("form", ["bibtex", "csl-json"])
def test_shipped_sources_again(run: Run, tmp_path: Path, form: str) -> None:
    """The sources that ship are the same after a way out and in, but for what was named."""
    path = tmp_path / ("t.bib" if form == "bibtex" else "t.json")
    told = run("export", form, "-o", str(path)).err
    left = set(re.findall(r"([\w-]+) \(\d+\)", told))
    assert left <= {"section"}
    before = json.loads(run("sources", "--format", "json").out)
    assert run("import", str(path), "--into", str(tmp_path / "c")).err.endswith("0 changed\n")
    after = json.loads(run("--corpus", str(tmp_path / "c"), "sources", "--format", "json").out)
    wanted = [source | dict.fromkeys(left) for source in before]
    assert sorted(after, key=str) == sorted(wanted, key=str)
