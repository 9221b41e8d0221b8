"""A table that is imported again: what it withdraws goes, what people wrote stays."""

import csv
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from running import invoke

from explore.corpus.edit import edited
from explore.importing.merge import merged

HEAD = ["id", "text", "by", "kind", "source", "note", "disputes", "topics", "locator.page"]
FIRST = [
    ["c1", "Cars kill", "Anna", "fact", "Report", "Wrong", "c2", "safety;streets", "4"],
    ["c2", "Cars save lives", "Ben", "fact", "Report", "", "", "", ""],
]
BARE = ["c1", "Cars kill", "Anna", "fact", "Report", "", "", "", ""]


def table(path: Path, rows: list[list[str]], head: list[str] = HEAD) -> Path:
    """Write a table in the format that its name tells."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return path
    records = [{name: cell for name, cell in zip(head, row, strict=True) if cell} for row in rows]
    lines = [json.dumps(record) for record in records]
    path.write_text("\n".join(lines) if path.suffix == ".jsonl" else json.dumps(records))
    return path


def read(folder: Path, name: str = "claims/t.yaml") -> dict[str, dict[str, Any]]:
    """Return the records of a file by their ids, as another library reads them."""
    found = yaml.load((folder / name).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - all is text
    return {record["id"]: record for record in found}


def edit(folder: Path, old: str, new: str) -> None:
    """Edit the claims by hand."""
    path = folder / "claims" / "t.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(params=["csv", "json", "jsonl"])
def words(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """Return the command that imports the first table, which has been done."""
    path = table(tmp_path / f"t.{request.param}", FIRST)
    found = ("import", str(path), "--into", str(tmp_path / "c"))
    assert invoke(*found).status == 0
    return found


def again(words: tuple[str, ...], rows: list[list[str]], head: list[str] = HEAD) -> Any:
    """Import other rows of the same table."""
    table(Path(words[1]), rows, head)
    return invoke(*words)


def test_emptied_cells(run: Run, words: tuple[str, ...]) -> None:
    """What a table withdraws is withdrawn, and told."""
    folder = Path(words[3])
    result = again(words, [BARE, FIRST[1]])
    assert result.status == 0
    assert "1 changed (c1: " in result.err
    for field in ("note", "disputes", "topics", "locator"):
        assert f"{field} removed" in result.err
        assert field not in read(folder)["c1"]
    assert run(*words).err == "nothing to import\n"
    assert run("check", str(folder)).status == 0


def test_one_entry_is_withdrawn(words: tuple[str, ...]) -> None:
    """Entries of lists go one by one."""
    result = again(words, [[*FIRST[0][:7], "streets", "4"], FIRST[1]])
    assert "(c1: topics changed)" in result.err
    assert read(Path(words[3]))["c1"]["topics"] == ["streets"]


def test_what_people_wrote_stays(run: Run, words: tuple[str, ...]) -> None:
    """Fields and entries that were added by hand, and comments, are not the table's."""
    folder = Path(words[3])
    edit(folder, "topics: [safety, streets]", "topics: [safety, mine, streets]  # mine")
    edit(folder, "  note: Wrong\n", "  # why\n  note: Wrong  # really\n  role: threat\n")
    edit(folder, 'locator: {page: "4"}', 'locator: {page: "4", section: Two}') if (
        'locator: {page: "4"}' in (folder / "claims" / "t.yaml").read_text()
    ) else edit(folder, "locator: {page: '4'}", "locator: {page: '4', section: Two}")
    result = again(words, [BARE, FIRST[1]])
    assert result.status == 0, result.err
    found = read(folder)["c1"]
    assert found["topics"] == ["mine"]
    assert found["role"] == "threat"
    assert found["locator"] == {"section": "Two"}
    assert "note" not in found
    text = (folder / "claims" / "t.yaml").read_text()
    assert [text.count(comment) for comment in ("# mine", "# why", "# really")] == [1, 1, 1]
    assert run(*words).err == "nothing to import\n"


@pytest.mark.parametrize(
    ("field", "old", "new", "row"),
    [
        ("note", "note: Wrong", "note: Doubtful", [*BARE[:5], "Refuted", *FIRST[0][6:]]),
        ("note", "note: Wrong", "note: Doubtful", [*BARE[:5], "", *FIRST[0][6:]]),
        ("note", "  note: Wrong\n", "", [*BARE[:5], "Refuted", *FIRST[0][6:]]),
        ("text", "Cars kill", "Cars maim", ["c1", "Cars kill people", *FIRST[0][2:]]),
        ("topics", "[safety, streets]", "[danger, streets]", [*FIRST[0][:7], "risk;streets", "4"]),
    ],
)
def test_conflict(
    run: Run, words: tuple[str, ...], field: str, old: str, new: str, row: list[str]
) -> None:
    """Where a person and the table say different things, the person's stays, and both are told."""
    folder = Path(words[3])
    edit(folder, old, new)
    before = (folder / "claims" / "t.yaml").read_bytes()
    for _ in range(2):
        result = again(words, [row, FIRST[1]])
        assert result.status == 1
        assert f"conflict: c1 {field}: " in result.err
        assert "1 conflict" in result.err
        assert (folder / "claims" / "t.yaml").read_bytes() == before
    # A new row comes in all the same, but not with --strict.
    rows = [row, FIRST[1], ["c3", "New", *FIRST[1][2:]]]
    table(Path(words[1]), rows)
    assert run(*words, "--strict").status == 1
    assert "c3" not in read(folder)
    assert run(*words).status == 1
    assert "c3" in read(folder)
    # Who writes what the table says has resolved it.
    table(Path(words[1]), [FIRST[0], *rows[1:]])
    assert run(*words).status == 0


def test_an_edit_is_told_where_the_table_is_left_out(run: Run, words: tuple[str, ...]) -> None:
    """A correction by hand is no conflict as long as the table stays; it is named."""
    folder = Path(words[3])
    edit(folder, "note: Wrong", "note: Right")
    result = run(*words)
    assert result.status == 0
    assert "kept: c1 note" in result.err
    assert read(folder)["c1"]["note"] == "Right"


def test_text_corrected_by_hand(run: Run, tmp_path: Path) -> None:
    """A row without an id finds its record, though its text has been corrected since."""
    head, rows = HEAD[1:5], [FIRST[0][1:5], FIRST[1][1:5]]
    path = table(tmp_path / "t.csv", rows, head)
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    run(*words)
    edit(tmp_path / "c", "Cars kill", "Cars kill people")
    assert "kept: cars-kill text" in run(*words).err
    assert len(read(tmp_path / "c")) == 2


def test_column_that_is_gone(run: Run, tmp_path: Path) -> None:
    """A table that lacks a whole column says nothing of it; that is told."""
    path = table(tmp_path / "t.csv", FIRST)
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    run(*words)
    result = again(words, [row[:5] for row in FIRST], HEAD[:5])
    assert result.status == 0
    assert "no column for" in result.err
    assert read(tmp_path / "c")["c1"]["note"] == "Wrong"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_mapping_that_is_forgotten(run: Run, tmp_path: Path, form: str) -> None:
    """Who leaves out a --map does not withdraw what the column gave."""
    head = [*HEAD[:5], "Remark"]
    path = table(tmp_path / f"t.{form}", [row[:6] for row in FIRST], head)
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    run(*words, "--map", "Remark=note", "--set", "role=threat")
    assert run(*words).status == 0
    found = read(tmp_path / "c")["c1"]
    assert (found["note"], found["role"]) == ("Wrong", "threat")
    table(path, [[*row[:5], ""] for row in FIRST], head)
    assert run(*words, "--map", "Remark=note").status == (0 if form == "csv" else 2)
    assert ("note" in read(tmp_path / "c")["c1"]) == (form == "json")


@pytest.mark.parametrize("kind", ["bib", "json"])
def test_library_again(run: Run, tmp_path: Path, kind: str) -> None:
    """A field that an entry has lost goes."""
    path = tmp_path / f"lib.{kind}"
    item = {"id": "a", "type": "book", "title": "A", "note": "B", "publisher": "C"}
    bib = "@book{{a, title={{A}}, {}publisher={{C}}}}"
    path.write_text(json.dumps([item]) if kind == "json" else bib.format("note={B}, "))
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    run(*words)
    del item["note"]
    path.write_text(json.dumps([item]) if kind == "json" else bib.format(""))
    assert "a: note removed" in run(*words).err
    found = read(tmp_path / "c", "sources/lib.yaml")["a"]
    assert (found["title"], found["publisher"], "note" in found) == ("A", "C", False)


MEMORIES = [
    None,
    b"",
    b"\xff\xfe",
    b"[]\n",
    b"{}\n",
    b'{"columns": []}\n',
    b'{"columns": {"note": null}}\n',
    b'{"columns": {}}\n["claim", []]\n',
    b'{"columns": {}}\n["nothing", {"id": "c1"}]\n',
    b'{"columns": {}}\n["claim", {"id": "c1", "text": ' + b"[" * 100_000,
    b'{"columns": {}}\n<<<<<<< ours\n["claim", {"id": "c1"}]\n=======\n>>>>>>> theirs\n',
]


@pytest.mark.parametrize("memory", MEMORIES)
def test_memory_is_gone(run: Run, tmp_path: Path, memory: bytes | None) -> None:
    """Without what import remembers nothing is emptied or written over; one line says so."""
    path = table(tmp_path / "t.csv", FIRST)
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    run(*words)
    place = tmp_path / "c" / ".explore" / "imports" / "t.jsonl"
    place.unlink()
    if memory is not None:
        place.write_bytes(memory)
    before = read(tmp_path / "c")["c1"]
    result = again(words, [["c1", "Cars hurt", *BARE[2:]], FIRST[1]])
    assert result.status == 1
    assert result.err.count(str(place)) == 1
    assert "conflict: c1 text: " in result.err
    assert read(tmp_path / "c")["c1"] == before
    # What agrees is remembered from now on.
    again(words, FIRST)
    assert again(words, [BARE, FIRST[1]]).status == 0
    assert "note" not in read(tmp_path / "c")["c1"]


def test_hostile_memory(run: Run, tmp_path: Path) -> None:
    """A memory that claims what was never written touches no field that the table has not."""
    path = table(tmp_path / "t.csv", FIRST)
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    run(*words)
    edit(tmp_path / "c", "  kind: fact\n", "  kind: fact\n  quote: by hand\n")
    place = tmp_path / "c" / ".explore" / "imports" / "t.jsonl"
    odd = {"id": "c1", "quote": {"a": [1]}, "nonsense": 7, "topics": 3, "locator": [], "by": {}}
    text = place.read_text()
    place.write_text(text + json.dumps(["claim", odd]) + "\n")
    result = run(*words)
    assert result.status in {0, 1}
    assert read(tmp_path / "c")["c1"]["quote"] == "by hand"
    assert run("check", str(tmp_path / "c")).status == 0


def test_what_is_joined_must_fit(run: Run, tmp_path: Path) -> None:
    """An import that would leave a corpus that does not answer writes nothing."""
    path = table(tmp_path / "t.csv", FIRST)
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    run(*words)
    edit(tmp_path / "c", "- id: c2\n", "- id: c2\n  supports: [c1]\n")
    head = [*HEAD, "supports"]
    before = (tmp_path / "c" / "claims" / "t.yaml").read_bytes()
    result = again(words, [[*FIRST[0], ""], [*FIRST[1][:6], "c1", "", "", ""]], head)
    assert (result.status, len(result.err.splitlines())) == (1, 1)
    assert "c2: " in result.err
    assert (tmp_path / "c" / "claims" / "t.yaml").read_bytes() == before


TEXTS = st.sampled_from(["", "a", "b", "no", "1.10", "# c", "x: y", "'", '"', "- a", "ä\u200d"])
LISTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=4)
FIELDS = ("text", "note", "topics", "quote")


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """Return a record; what is empty is not there."""
    found = {"text": draw(TEXTS) or "t", "note": draw(TEXTS), "topics": draw(LISTS)}
    found["quote"] = draw(TEXTS)
    return {name: value for name, value in found.items() if value}


def expected(base: Any, theirs: Any, ours: Any) -> tuple[Any, bool]:
    """Return what the rule of three ways says, and whether it is a conflict."""
    if theirs in (base, ours):
        return ours, False
    if ours == base:
        return theirs, False
    if isinstance(theirs or [], list) and isinstance(ours or [], list):
        b, t, o = (set(part or []) for part in (base, theirs, ours))
        if not ((b - t - o) and (t - b - o) and (o - b - t)):
            found = {x for x in t | o | b if (x in t and x in o) or (x not in b)}
            if found:
                return found, False
    return theirs, True


@settings(max_examples=500, deadline=None)
@given(records(), records(), records())
def test_three_ways(base: dict[str, Any], theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    """Every field is what the rule says."""
    found = merged(base, theirs, ours, lambda _: True)
    conflicts = {conflict.field for conflict in found.conflicts}
    for name in FIELDS:
        value, is_conflict = expected(base.get(name), theirs.get(name), ours.get(name))
        got = found.changed.get(name, theirs.get(name))
        assert (set(got or ()) if isinstance(value, set) else got) == value
        assert (name in conflicts) == is_conflict
        assert found.written.get(name) == (base if is_conflict else ours).get(name)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(records(), records(), records()), min_size=1, max_size=3),
    st.sampled_from(["csv", "jsonl"]),
)
def test_any_tables(three: list[tuple[dict[str, Any], ...]], form: str) -> None:
    """Random tables, edited by hand, imported again: fields are what the rule says."""
    full = {"by": "Ann", "kind": "fact", "source": "Paper"}

    def rows(which: int) -> list[list[str]]:
        head = ["id", *FIELDS, *full]
        return [
            [
                ";".join(cell) if isinstance(cell := one.get(name, ""), list) else cell
                for name in head
            ]
            for one in ({"id": f"c{n}", **full, **part[which]} for n, part in enumerate(three))
        ]

    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "c")
        path = Path(work, f"t.{form}")
        words = ("import", str(path), "--into", str(folder))
        head = ["id", *FIELDS, *full]
        if form == "csv":
            table(path, rows(0), head)
        else:
            write_objects(path, head, rows(0))
        assert invoke(*words).status == 0
        file = folder / "claims" / "t.yaml"
        edits = {
            f"c{n}": {name: part[1].get(name) for name in FIELDS} for n, part in enumerate(three)
        }
        file.write_text(edited(file.read_text("utf-8"), edits), "utf-8")
        if form == "csv":
            table(path, rows(2), head)
        else:
            write_objects(path, head, rows(2))
        result = invoke(*words)
        conflicts = 0
        for n, (base, theirs, ours) in enumerate(three):
            found = read(folder)[f"c{n}"]
            for name in FIELDS:
                value, is_conflict = expected(base.get(name), theirs.get(name), ours.get(name))
                got = found.get(name)
                assert (set(got or ()) if isinstance(value, set) else got) == value
                conflicts += is_conflict
        assert result.status == bool(conflicts)
        assert result.err.count("conflict: ") == conflicts
        assert invoke("check", str(folder)).status == 0


def write_objects(path: Path, head: list[str], rows: list[list[str]]) -> None:
    """Write JSON Lines whose topics are lists."""
    records = [
        {
            name: cell.split(";") if name == "topics" else cell
            for name, cell in zip(head, row, strict=True)
            if cell
        }
        for row in rows
    ]
    path.write_text("\n".join(map(json.dumps, records)))
