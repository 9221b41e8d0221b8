"""What tables and libraries bring along: names, ids and dates of any kind."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from test_import import claims, table

HEAD = ["text", "by", "kind", "source"]


def actors(run: Run, folder: Path) -> dict[str, dict[str, Any]]:
    """Give the actors of a corpus by their ids."""
    found = json.loads(run("--corpus", str(folder), "actors", "--format", "json").out)
    return {actor["id"]: actor for actor in found}


def sources(run: Run, folder: Path) -> list[dict[str, Any]]:
    """Give the sources of a corpus."""
    found: list[dict[str, Any]] = json.loads(
        run("--corpus", str(folder), "sources", "--format", "json").out
    )
    return found


def test_actors_of_one_table(run: Run, tmp_path: Path) -> None:
    """A row may name an actor of a later row by any of its names, now and the next time."""
    head = ["name", "kind", "short", "member_of"]
    rows = [["Indonesia", "state", "", "SEA"], ["South-East Asia", "organization", "SEA", "UN"]]
    path = table(tmp_path / "t.csv", rows, head)
    words = ("import", str(path), "--kind", "actors", "--into", str(tmp_path / "c"))
    assert run(*words).status == 0
    found = actors(run, tmp_path / "c")
    assert set(found) == {"indonesia", "south-east-asia", "un"}
    assert found["indonesia"]["member_of"] == ["south-east-asia"]
    assert run(*words).err == "nothing to import\n"


def test_ambiguous_name(run: Run, tmp_path: Path) -> None:
    """A name of two actors is told, not guessed; an id is an id, whoever else is called so."""
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "actors.yaml").write_text(
        "- {id: a, name: A, kind: state, aliases: [The Body]}\n"
        "- {id: b, name: B, kind: state, aliases: [the body, a]}\n"
    )
    rows = [["One", "the body", "fact", "S"], ["Two", "a", "fact", "S"]]
    result = run("import", str(table(tmp_path / "t.csv", rows, HEAD)), "--into", str(folder))
    assert result.status == 1
    assert "row 2: 'the body' matches a, b; use an id" in result.err
    assert [claim["by"] for claim in claims(run, folder)] == [["a"]]


def test_ids_from_elsewhere(run: Run, tmp_path: Path) -> None:
    """Links follow ids that are made fit; a long id stays; a speaker may be called as an id."""
    long = "-".join(["word"] * 20)
    rows = [
        ["One", "two", "fact", "S", "1.json", ""],
        ["Two", "x", "fact", "S", "two", f"1.json;{long}"],
        ["Three", "x", "fact", "S", long, ""],
    ]
    path = table(tmp_path / "t.csv", rows, [*HEAD, "id", "supports"])
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 0, result.err
    found = {claim["id"]: claim for claim in claims(run, tmp_path / "c")}
    assert set(found) == {"1-json", "two", long}
    assert found["two"]["supports"] == ["1-json", long]
    assert found["1-json"]["by"] == ["two-2"]


def test_all_rejected_rows_are_told(run: Run, tmp_path: Path) -> None:
    """However many they are, each is one line; a lacking text is told, not the id made of it."""
    rows = [["", "A", "guess", "S"] for _ in range(30)]
    result = run("import", str(table(tmp_path / "t.csv", rows, HEAD)), "--into", str(tmp_path))
    told = [line for line in result.err.splitlines() if line.startswith("row ")]
    assert len(told) == 30
    assert all("missing field 'text'" in line and "'guess'" in line for line in told)
    assert "'id'" not in result.err


def test_same_texts_change_places(run: Run, tmp_path: Path) -> None:
    """Of rows with one text, each keeps the id of the record that is most like it."""
    rows = [["Same", "Ann", "fact", "S"], ["Same", "Bob", "value", "S"]]
    words = ("import", str(table(tmp_path / "t.csv", rows, HEAD)), "--into", str(tmp_path / "c"))
    assert run(*words).status == 0
    table(tmp_path / "t.csv", rows[::-1], HEAD)
    assert run(*words).err == "nothing to import\n"


def test_what_no_row_has_now(run: Run, tmp_path: Path) -> None:
    """A text that changes is a new claim, and the one that stays behind is told."""
    rows = [["The councl met", "A", "fact", "S"], ["Two", "A", "fact", "S"]]
    words = ("import", str(table(tmp_path / "t.csv", rows, HEAD)), "--into", str(tmp_path / "c"))
    assert "in no row" not in run(*words).err
    table(tmp_path / "t.csv", [["The council met", *rows[0][1:]], rows[1]], HEAD)
    assert "1 of an earlier import are in no row now, and stay: the-councl-met" in run(*words).err


@pytest.mark.parametrize(
    "text", ["Text,BY,kind ,Source\na,b,fact,s\n", "text;by;kind;source\na;b;fact;s\n"]
)
def test_heads(run: Run, tmp_path: Path, text: str) -> None:
    """Case and blanks in the head do not matter, and `;` may stand between cells."""
    path = tmp_path / "t.csv"
    path.write_text(text)
    assert run("import", str(path), "--into", str(tmp_path / "c")).status == 0
    assert [claim["by"] for claim in claims(run, tmp_path / "c")] == [["b"]]


def test_two_columns_of_one_name(run: Run, tmp_path: Path) -> None:
    """Which of two columns is meant is not guessed."""
    path = table(tmp_path / "t.csv", [["a", "b", "fact", "s", "c"]], [*HEAD, "by"])
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)


def test_half_a_character(run: Run, tmp_path: Path) -> None:
    """JSON can hold what no file can; such a row is rejected, the others come in."""
    path = tmp_path / "t.json"
    rows = [{"text": "a", "by": "x\udfff"}, {"text": "\ud800"}, {"text": "b", "by": "x"}]
    rows = [{"kind": "fact", "source": "s", **row} for row in rows]
    path.write_text(json.dumps(rows))
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 1
    assert "row 1: broken character '\\udfff'" in result.err
    assert [claim["text"] for claim in claims(run, tmp_path / "c")] == ["b"]


@pytest.mark.parametrize("odd", ["Text 7.", '"Text\n- 7."'])
def test_one_record_of_many_changes(run: Run, tmp_path: Path, odd: str) -> None:
    """A change touches its record alone; a text with a line like a record does no harm."""
    folder = tmp_path / "c"
    rows = [[f"id-{n}", f"Text {n}.", "A", "fact", "S"] for n in range(300)]
    path = table(tmp_path / "t.csv", rows, ["id", *HEAD])
    run("import", str(path), "--into", str(folder))
    file = folder / "claims" / "t.yaml"
    own = "# mine\n" + file.read_text().replace("Text 7.", odd)
    file.write_text(own)
    rows[7][1] = odd.strip('"').replace("\n", " ")
    rows[200][1] = "Anew."
    table(path, rows, ["id", *HEAD])
    result = run("import", str(path), "--into", str(folder))
    assert "0 new, 1 changed" in result.err, result.err
    assert [claim["text"] for claim in claims(run, folder)] == [row[1] for row in rows]
    if odd == "Text 7.":
        assert file.read_text() == own.replace("Text 200.", "Anew.")


DATES = [
    ([[2024, 8, 1]], "2024-08-01"),
    ([["2024", "8"]], "2024-08"),
    ([[2023], [2024, 1]], "2023/2024-01"),
    ([[]], None),
    ([[-44, 3]], {"date-parts": [[-44, 3]]}),
]


def test_dates_of_csl(run: Run, tmp_path: Path) -> None:
    """A date is text where that says it all; none is lost, and what is none is told."""
    head = {"type": "report", "title": "A"}
    items = [{**head, "issued": {"date-parts": parts}} for parts, _ in DATES]
    wrong: list[Any] = [[[None]], [["x"]], [2024], [[1e99]], {}]
    items += [{**head, "issued": {"date-parts": parts}} for parts in wrong]
    path = tmp_path / "t.json"
    path.write_text(json.dumps(items))
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 1
    assert f"{len(wrong)} rows rejected" in result.err
    found = {source["id"]: source["issued"] for source in sources(run, tmp_path / "c")}
    ids = ["a", *(f"a-{n}" for n in range(2, 9))]
    assert [found[name] for name in ids[: len(DATES)]] == [date for _, date in DATES]


BIB = r"""
@techreport{rep, title={R}, number=7, author={{\"O}zg{\"u}r Ko{\c c} and {World Bank} and others},
  year={c. 380}}
@misc{web, title={W}, howpublished={\url{https://e.org/a_b}}, year=2020, month={8}}
@article{rep, title={B}}
@article{two, title={B}, title={C}}
@article{broken, title={A
@online{after, title={After}, month=jan}
"""


def test_bibtex_as_it_is_met(run: Run, tmp_path: Path) -> None:
    """Accents in names are decoded, dates in words kept, and each fault told at its entry."""
    path = tmp_path / "t.bib"
    path.write_text(BIB)
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert "row 3: line 5: duplicate key 'rep'" in result.err
    assert "row 4: line 6: it has the field 'title' twice" in result.err
    assert "row 5: line 7: not valid BibTeX: " in result.err
    first, second, third = sources(run, tmp_path / "c")
    assert first["author"] == [{"family": "Koç", "given": "Özgür"}, {"literal": "World Bank"}]
    assert (first["number"], first["issued"]) == ("7", {"literal": "c. 380"})
    assert (second["URL"], second["issued"]) == ("https://e.org/a_b", "2020-08")
    assert (third["id"], third["issued"]) == ("after", None)


def test_sources_of_a_table(run: Run, tmp_path: Path) -> None:
    """A table of sources needs no ids."""
    path = table(
        tmp_path / "t.csv", [["The Report", "report", "2024-01"]], ["title", "type", "issued"]
    )
    assert run("import", str(path), "--kind", "sources", "--into", str(tmp_path / "c")).status == 0
    assert [source["id"] for source in sources(run, tmp_path / "c")] == ["the-report"]
