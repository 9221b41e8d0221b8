"""JSON and JSON Lines, however odd: each value is in a record, or its row is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from test_import import claims
from test_import_csv import brought

GOOD = {"text": "It rains.", "by": "Ann", "kind": "fact", "source": "R"}


def of(**parts: Any) -> dict[str, Any]:
    """Return a good row with other parts."""
    return {**GOOD, **parts}


def nested(depth: int) -> str:
    """Return lists and objects inside each other."""
    return '{"a": [' * depth + "1" + "]}" * depth


def row(note: str) -> str:
    """Return a good row whose note is a piece of JSON."""
    return json.dumps(GOOD)[:-1] + f', "note": {note}}}'


ODD = {
    "nested 600 deep": (row(nested(300)), "nested more than 64 levels"),
    "nested beyond any reader": (row("[" * 100_000), "nested too deep"),
    "a key twice": (row('"a", "note": "b"'), "duplicate key 'note'"),
    "a key twice inside": (row('{"a": 1, "a": 2}'), "column 'note': duplicate key 'a'"),
    "not a number": (row("NaN"), "column 'note': NaN is not a value of JSON"),
    "infinity": (row("[-Infinity]"), "column 'note': -Infinity is not a value of JSON"),
    "an object for text": (row('{"a": "b"}'), "note: expected text"),
    "a list for text": (row('["a", "b"]'), "note: expected text"),
    "an id that is a list": (json.dumps(of(id=["a"])), "id: expected text"),
    "an id that is an object": (json.dumps(of(id={"a": 1})), "id: expected text"),
    "a text that is an object": (json.dumps(of(text={"a": 1})), "text: expected text"),
    "a speaker that is an object": (json.dumps(of(by=[{"name": "Ann"}])), "by: expected text"),
    "a topic that is an object": (json.dumps(of(topics=[{"a": 1}])), "topics: expected text"),
    "an unknown part of a place": (json.dumps(of(locator={"pge": 1})), "unknown field 'pge'"),
    "half a character": (row('"\\ud800"'), "broken character"),
    "not an object": ("[1]", "not an object"),
    "no JSON": ("{", "not valid JSON"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_rows(run: Run, tmp_path: Path, name: str) -> None:
    """A row that is odd is told by its line, and the others come in."""
    line, reason = ODD[name]
    told = brought(run, tmp_path, f"\ufeff{json.dumps(GOOD)}\n\n{line}\n", name="t.jsonl")
    assert told.startswith("1\nrow 3: "), told
    assert reason in told
    assert [claim["text"] for claim in claims(run, tmp_path / "c")] == [GOOD["text"]]
    # In JSON what is no JSON is wrong as a whole.
    told = brought(run, tmp_path, f"[{json.dumps(GOOD)}, {line}]", name="t.json")
    assert told[0] in "12"
    assert reason in told or "t.json is not valid JSON" in told
    assert "Traceback" not in told


def test_numbers_stay(run: Run, tmp_path: Path) -> None:
    """Numbers are texts as they are written, however long."""
    numbers = ["1.10", "1e3", "9" * 5_000, "0.30000000000000004", "-0"]
    rows = [row(number).replace("It rains", f"It rains {n}") for n, number in enumerate(numbers)]
    assert brought(run, tmp_path, f"[{','.join(rows)}]", name="t.json").startswith("0\n")
    assert [claim["note"] for claim in claims(run, tmp_path / "c")] == numbers
    told = brought(run, tmp_path, json.dumps([of(id=7, locator={"paragraph": 3})]), name="u.json")
    assert told.startswith("0\n"), told
    assert claims(run, tmp_path / "c")[-1]["locator"] == {"paragraph": 3}


def test_lists_in_an_object(run: Run, tmp_path: Path) -> None:
    """The only list of an object is taken; which of several is not guessed."""
    assert brought(run, tmp_path, json.dumps({"n": 1, "rows": [GOOD]}), name="t.json")[0] == "0"
    told = brought(run, tmp_path, json.dumps({"a": [GOOD], "b": [GOOD]}), name="t.json")
    assert told.startswith("2\n")
    assert "several lists (a, b)" in told


def test_a_field_whole_and_in_parts(run: Run, tmp_path: Path) -> None:
    """A place that is there twice is joined, or told where it differs."""
    rows = [
        of(locator={"section": "A"}, **{"locator.page": "2"}),
        of(text="Two.", locator={"page": "1"}, **{"locator.page": "2"}),
        of(text="Three.", locator="somewhere", **{"locator.page": "2"}),
    ]
    told = brought(run, tmp_path, json.dumps(rows), name="t.json")
    assert "row 2: columns 'locator' and 'locator.page' give 'locator.page' two values" in told
    assert "row 3: " in told
    (claim,) = claims(run, tmp_path / "c")
    assert claim["locator"] == {"page": "2", "section": "A"}


def test_too_many_values(run: Run, tmp_path: Path) -> None:
    """A file of nothing but lists is refused before they are made."""
    told = brought(run, tmp_path, "[" + "[]," * 6_000_000 + "[]]", name="t.json")
    assert told.startswith("2\n")
    assert "10,000,000 values, the most that are read" in told


def test_beside_the_list(run: Run, tmp_path: Path) -> None:
    """What an object has beside its list is named."""
    told = brought(run, tmp_path, json.dumps({"n": 1, "rows": [GOOD]}), name="t.json")
    assert "only the list 'rows' is imported, not n" in told


@pytest.mark.parametrize(
    "text",
    [
        "columns: {a: {field: by, split: ''}}",
        "columns: {a: {field: by, splt: x}}",
        "columns: {a: {field: by, split: [x]}}",
        "columns: {a: {field: [by]}}",
        "columns: {a: {field: ''}}",
        "columns: {a: ''}",
        "columns: {a: {field: by, values: [x]}}",
        "columns: {a: {field: by, values: {x: [y]}}}",
        "columns: [a]",
        "colums: {a: by}",
        "header: perhaps",
        "kind: claim",
        "kind: [claims]",
        "set: {topics: [a]}",
        "set: [a]",
        "set: {nosuch: a}",
        "actors: {kind: {a: b}}",
        "actors: {id: x}",
        "actors: {about: {name: x}}",
        "actors: {about: x}",
        "sources: {title: x}",
        "sources: x",
        "a: " + "{a: " * 600 + "b" + "}" * 600,
        "- a",
        "a: [",
        "\0",
        "",
    ],
)
def test_hostile_mappings(run: Run, tmp_path: Path, text: str) -> None:
    """A mapping that cannot be meant is a wrong use, told in one line."""
    how = tmp_path / "m.yaml"
    how.write_text(text)
    told = brought(run, tmp_path, json.dumps([GOOD]), "--mapping", str(how), name="t.json")
    assert told.startswith("2\n"), told
    assert len(told.splitlines()) == 2, told


def test_values_of_a_mapping(run: Run, tmp_path: Path) -> None:
    """Values and prefixes hold for the entries of a list too; "" leaves a value out."""
    how = tmp_path / "m.yaml"
    how.write_text(
        "columns: {t: {field: topics, prefix: p-, values: {a: b, none: ''}},"
        " n: {field: note, values: {none: ''}}}"
    )
    rows = [of(t=["a", "c"], n="none"), of(text="Two.", t="a;none", n="x")]
    told = brought(run, tmp_path, json.dumps(rows), "--mapping", str(how), name="t.json")
    assert told.startswith("0\n"), told
    found = [(claim["topics"], claim["note"]) for claim in claims(run, tmp_path / "c")]
    assert found == [(["p-b", "p-c"], None), (["p-b"], "x")]
