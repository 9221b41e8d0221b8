"""Libraries of references as people have them: every value is in a source, or named."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from explore.importing.references import are_references, references_of

LIBRARIES = Path(__file__).parent / "libraries"
EXPECTED: dict[str, Any] = json.loads((LIBRARIES / "expected.json").read_text("utf-8"))


def read(path: Path, text: str | bytes, encoding: str | None = None) -> Any:
    """Read a library from its text; its only entry where it has one."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return references_of(path, encoding)


def bibtex(path: Path, fields: str, kind: str = "article") -> dict[str, Any]:
    """Return what the fields of one entry become."""
    (row,) = read(path / "t.bib", f"@{kind}{{k,\n title = {{T}},\n {fields}\n}}\n").rows
    assert not row.fault
    found: dict[str, Any] = row.cells
    return found


def imported(run: Run, path: Path, into: Path) -> tuple[list[dict[str, Any]], str, int]:
    """Import a library, and return its sources, what was said, and the exit status."""
    result = run("import", str(path), "--into", str(into))
    assert "Traceback" not in result.err
    found = (
        run("--corpus", str(into), "sources", "--format", "json").out if into.exists() else "[]"
    )
    return json.loads(found), result.err, result.status


@pytest.mark.parametrize("name", EXPECTED)
def test_every_value_is_kept_or_named(run: Run, tmp_path: Path, name: str) -> None:
    """Input and corpus agree value by value; what has no place is named with its entry."""
    wanted = EXPECTED[name]
    path = LIBRARIES / name
    found = references_of(path)
    assert [row.cells for row in found.rows if not row.fault] == wanted["records"]
    left = [[place.replace(str(path), name), names] for place, names in found.left]
    assert left == wanted["left"]
    assert [[row.place, row.fault] for row in found.rows if row.fault] == (wanted["faults"])
    sources, told, status = imported(run, path, tmp_path / "c")
    assert status == bool(wanted["faults"])
    for place, names in found.left:
        assert f"{place}: left out: {', '.join(names)}\n" in told
    for record, source in zip(wanted["records"], sources, strict=True):
        kept = {key: value for key, value in source.items() if value}
        assert kept | {"id": ""} == record | {"id": ""}


def test_capital_fields(tmp_path: Path) -> None:
    """Names of fields and types have no case."""
    text = "@ARTICLE{a1, AUTHOR = {Anna Smith}, Title = {Cars}, YEAR = {2020}, Journal = {J}}"
    (row,) = read(tmp_path / "t.bib", text).rows
    assert row.cells == {
        "id": "a1",
        "type": "article-journal",
        "title": "Cars",
        "author": [{"family": "Smith", "given": "Anna"}],
        "issued": "2020",
        "container-title": "J",
    }


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("https://example.org/~u/a%20b?x=1&y=2#z_1", None),
        (
            r"https://example.org/\~{}u/a\%20b?x=1\&y=2\#z\_1",
            "https://example.org/~u/a%20b?x=1&y=2#z_1",
        ),
        (r"\url{https://example.org/a_b%20c~d}", "https://example.org/a_b%20c~d"),
        ("{https://example.org/{a}{b}}", "https://example.org/{a}{b}"),
        (r"https://example.org/{\_}x$\sim$y", "https://example.org/_x~y"),
        ("10.1000/abc%3C1::AID>3.0.CO;2-#", None),
    ],
)
@pytest.mark.parametrize("field", ["url", "doi"])
def test_no_latex_in_addresses(tmp_path: Path, field: str, written: str, wanted: str) -> None:
    """What holds no LaTeX stays, but for the escapes that programs put there."""
    found = bibtex(tmp_path, f"{field} = {{{written}}}")
    assert found[field.upper()] == (wanted or written)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("100% of {NATO} members & 5\\% more", "100% of NATO members & 5% more"),
        (
            r"M{\"u}ller {\'E}tude na{\"\i}ve {\v S}koda {\o}re stra{\ss}e",
            "Müller Étude naïve Škoda øre straße",
        ),
        ("A--B---C ``q'' it's", "A–B—C “q” it's"),
        (r"\textit{New} \emph{{NATO}} H$_2$O $x^2$ $\alpha$", "New NATO H₂O x² α"),
        ("US$5 and US$10; C# and F_1", "US$5 and US$10; C# and F_1"),
        ("a~b\n\t c", "a b c"),
        (r"see \url{http://a.org/~b_c%20d} now", "see http://a.org/~b_c%20d now"),
        (r"\unknown{kept} \textbackslash", "\\unknown kept \\"),
    ],
)
def test_latex(tmp_path: Path, written: str, wanted: str) -> None:
    """LaTeX becomes the text that it stands for, and nothing is cut."""
    assert bibtex(tmp_path, f"abstract = {{{written}}}")["abstract"] == wanted


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("year = 2020, month = jun", "2020-06"),
        ("year = {2020}, month = {6}, day = {7}", "2020-06-07"),
        ("year = {2020}, month = {Sept.}", "2020-09"),
        ('year = 2020, month = jan # "~7"', "2020-01-07"),
        ("year = {forthcoming}", {"literal": "forthcoming"}),
        ("year = {c. 380}, month = may", {"literal": "May c. 380"}),
        ("year = {2020}, month = {Spring}", {"date-parts": [[2020]], "season": "Spring"}),
        ("date = {2020-05/2020-06}, year = 2020", "2020-05/2020-06"),
        ("date = {2020~}", {"date-parts": [[2020]], "circa": "true"}),
        ("date = {2020-23}", {"date-parts": [[2020]], "season": "3"}),
    ],
)
def test_dates(tmp_path: Path, fields: str, wanted: Any) -> None:
    """Dates in all the forms that people write."""
    assert bibtex(tmp_path, fields)["issued"] == wanted


def test_fields_that_become_one(tmp_path: Path) -> None:
    """Two fields for one are joined or named, and never does the last win."""
    path = tmp_path / "t.bib"
    text = (
        "@article{k, title={T}, journal={A}, journaltitle={B}, note={One}, addendum={Two},\n"
        "keywords={a}, keywords={b}, language={en}, langid={german}, url={http://a.org},\n"
        "howpublished={\\url{http://b.org}}, organization={O}, publisher={P},\n"
        "date={2020}, year=1999}"
    )
    found = read(path, text)
    cells = found.rows[0].cells
    assert (cells["container-title"], cells["note"], cells["keyword"]) == (
        "A; B",
        "One; Two",
        "a, b",
    )
    assert (cells["language"], cells["URL"], cells["publisher"]) == ("en", "http://a.org", "P; O")
    assert cells["issued"] == "2020"
    ((place, left),) = found.left
    assert (place, sorted(left)) == ("line 1 (k)", ["howpublished", "langid", "year"])


def test_crossref_and_xdata(tmp_path: Path) -> None:
    """What a parent says is said of its children, as biblatex has it."""
    text = """
@incollection{a, author={A, B}, title={Part}, crossref={Book1}, xdata={common}}
@inproceedings{b, title={Talk}, crossref={missing}}
@book{book1, author={E, F}, title={Whole}, subtitle={All of it}, date={2001}, booktitle={Whole}}
@xdata{common, publisher={P}, location={L}}
"""
    found = read(tmp_path / "t.bib", text)
    first, second, third = (row.cells for row in found.rows)
    assert first == {
        "id": "a",
        "type": "chapter",
        "title": "Part",
        "author": [{"family": "A", "given": "B"}],
        "container-author": [{"family": "E", "given": "F"}],
        "container-title": "Whole: All of it",
        "issued": "2001",
        "publisher": "P",
        "publisher-place": "L",
    }
    assert second["title"] == "Talk"
    assert third["title"] == "Whole: All of it"
    told = dict(found.left)
    assert told["line 3 (b)"] == ["crossref (missing is not another entry of the file)"]


def test_no_entry_vanishes(tmp_path: Path) -> None:
    """What cannot be read as an entry is told with its line."""
    text = """@article{a, title={A}}
@article
{b, title={B}}
@in-book{c, title={C}}
@article{a, title={D}}
@misc{e, title={E \\\\}}
@set{f, entryset={a,b}}
@article{A, title={G}}
@article{, title={H}}
"""
    found = read(tmp_path / "t.bib", text)
    assert [row.cells.get("title", row.place) for row in found.rows] == [
        "A",
        "line 2",
        "line 5",
        "E \n",
        "line 7",
        "G",
        "H",
    ]
    assert [row.cells.get("id") for row in found.rows if row.cells] == ["a", "e", "a-2", None]


def test_keys_lead_to_sources(run: Run, tmp_path: Path) -> None:
    """A source is found by the key that its library knows it by."""
    into = tmp_path / "c"
    sources, _, status = imported(run, LIBRARIES / "zotero.bib", into)
    assert (status, sources[0]["citation-key"]) == (0, "mueller_nato_2023")
    shown = run("--corpus", str(into), "show", "mueller_nato_2023", "--format", "json")
    assert json.loads(shown.out)[0]["id"] == "mueller-nato-2023"


def test_encodings(tmp_path: Path) -> None:
    """UTF-8 with a mark and UTF-16 are known; others are named, or told with their line."""
    text = "@article{a, title={Études}}\n"
    assert read(tmp_path / "a.bib", text.encode("utf-8-sig")).rows[0].cells["title"] == "Études"
    assert read(tmp_path / "b.bib", text.encode("utf-16")).rows[0].cells["title"] == "Études"
    latin = f"% a line\n{text}".encode("latin-1")
    assert read(tmp_path / "c.bib", latin, "latin-1").rows[0].cells["title"] == "Études"
    with pytest.raises(Exception, match=r"c\.bib:2: not UTF-8"):
        references_of(tmp_path / "c.bib")
    with pytest.raises(Exception, match="not an encoding"):
        references_of(tmp_path / "c.bib", "nosuch")
    declared = b"% Encoding: ISO8859_1\n" + latin
    assert read(tmp_path / "d.bib", declared).rows[0].cells["title"] == "Études"


def test_deep_json(run: Run, tmp_path: Path) -> None:
    """What is nested 600 deep is named, wherever it stands."""
    deep: Any = "x"
    for _ in range(600):
        deep = [deep]
    item = {"type": "book", "title": "T"}
    fields = ("id", "note", "author", "issued", "custom")
    path = tmp_path / "t.json"
    path.write_text(json.dumps([item | {field: deep} for field in fields]))
    sources, told, _ = imported(run, path, tmp_path / "c")
    assert len(sources) + told.count("row ") >= len(fields)
    assert all(field in told for field in fields)


@pytest.mark.parametrize("wrapper", ["items", "references"])
def test_wrapped_lists(tmp_path: Path, wrapper: str) -> None:
    """A list may be inside of a mapping; a table of claims is none."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps({wrapper: [{"id": "a", "type": "book", "title": "T"}]}))
    assert are_references(path)
    assert references_of(path).rows[0].cells["title"] == "T"
    path.write_text(json.dumps([{"id": "a", "text": "T", "kind": "fact"}]))
    assert not are_references(path)


def test_damaged_libraries() -> None:
    """Whatever bytes a library is made of, it comes in or is refused in one line."""
    script = Path(__file__).parents[1] / "tools" / "fuzz_libraries.py"
    ended = subprocess.run(
        [sys.executable, script, "200"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout[:13]) == (0, "200 libraries"), ended.stderr
