"""Every value of every row that is read is in a record, or its row is told by its number."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from running import Result, invoke

from explore.corpus.load import load
from explore.importing.csv_rows import lines_of
from explore.importing.ids import same
from explore.model.records import Record

HEAD = ["id", "text", "by", "kind", "source", "topics", "locator.page", "note", "about", "mine"]
LISTS = ("by", "topics", "about")
# What formats give a meaning to, and letters of some scripts.
ODD = "ab \t\n\r,;|\"'\\=+-@[]{}:#&*!%é北ع\u200d\u00a0\u2028\u0085😀\x1b0"
CELL = st.text(ODD, max_size=8) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
LIST = st.lists(
    st.text(ODD, max_size=4).filter(lambda text: "\\" not in text and ";" not in text), max_size=3
)
ROW = st.fixed_dictionaries(
    {
        "text": CELL,
        "by": LIST,
        "kind": st.sampled_from(["fact", "value", "", "guess"]),
        "source": CELL,
        "topics": LIST,
        "locator.page": CELL,
        "note": CELL,
        "about": LIST,
        "mine": CELL,
    }
)


def flat(row: dict[str, Any]) -> list[str]:
    """Return a row as the texts of its cells."""
    return [";".join(row[name]) if name in LISTS else row[name] for name in HEAD]


def separated(rows: list[dict[str, Any]], delimiter: str) -> bytes:
    """Return rows as Python's own library writes them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows([HEAD, *map(flat, rows)])
    return buffer.getvalue().encode()


def sheet(rows: list[dict[str, Any]]) -> bytes:
    """Return rows as a spreadsheet, without what XML cannot hold."""
    book = openpyxl.Workbook()
    for number, row in enumerate([HEAD, *map(flat, rows)], 1):
        for column, text in enumerate(row, 1):
            cell = book.worksheets[0].cell(number, column)
            cell.value = text
            cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(form: str, rows: list[dict[str, Any]]) -> bytes:
    """Return rows in a format."""
    match form:
        case "csv":
            return separated(rows, ",")
        case "tsv":
            return separated(rows, "\t")
        case "json":
            return json.dumps(rows).encode()
        case "jsonl":
            return "\n".join(json.dumps(row) for row in rows).encode()
        case _:
            return sheet(rows)


def kept(text: str, form: str) -> str:
    """Return a value as it is to come in: without the blanks around it."""
    if form == "xlsx":
        # XML knows one line end.
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def in_record(row: dict[str, Any], record: Record, names: dict[str, str], form: str) -> list[str]:
    """Return the columns whose value is not in a record."""
    wrong = [
        name for name in ("text", "kind", "note") if kept(row[name], form) != record.get(name, "")
    ]
    if kept(row["locator.page"], form) != record.get("locator", {}).get("page", ""):
        wrong.append("locator.page")
    if same(kept(row["source"], form)) != same(names[record["source"]]):
        wrong.append("source")
    for name in ("by", "about"):
        wanted = dict.fromkeys(same(kept(entry, form)) for entry in row[name] if entry.strip())
        if list(wanted) != list(dict.fromkeys(same(names[one]) for one in record.get(name, []))):
            wrong.append(name)
    topics = dict.fromkeys(same(kept(entry, form)) for entry in row["topics"] if entry.strip())
    if len(topics) != len(record.get("topics", [])):
        wrong.append("topics")
    return wrong


def unaccounted(rows: list[dict[str, Any]], form: str, folder: Path, result: Result) -> list[str]:
    """Return what is neither in a record nor told."""
    corpus = load(folder).records if (folder / "claims").is_dir() else None
    claims = {claim["id"]: claim for claim in corpus["claim"]} if corpus else {}
    names = {a["id"]: a["name"] for a in corpus["actor"]} if corpus else {}
    names |= {s["id"]: s["title"] for s in corpus["source"]} if corpus else {}
    wrong = []
    for number, row in enumerate(rows, 1 if form in {"json", "jsonl"} else 2):
        told = re.search(rf"^row {number}: ", result.err, re.MULTILINE)
        if told and row["id"] not in claims:
            continue
        found = claims.get(row["id"])
        wrong += in_record(row, found, names, form) if found and not told else [f"row {number}"]
    if (
        any(kept(row["mine"], form) for row in rows)
        and "columns not imported: mine" not in result.err
    ):
        wrong.append("mine")
    return wrong


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "xlsx"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(ROW, min_size=1, max_size=4))
def test_every_value(
    tmp_path_factory: pytest.TempPathFactory, form: str, drawn: list[dict[str, Any]]
) -> None:
    """What stands in the cells comes in as it is, or its row is told."""
    rows = [{"id": f"r-{n}", **row} for n, row in enumerate(drawn)]
    if form == "xlsx" and any(ILLEGAL_CHARACTERS_RE.search("".join(flat(row))) for row in rows):
        return
    folder = tmp_path_factory.mktemp("any")
    path = folder / f"t.{form}"
    path.write_bytes(written(form, rows))
    result = invoke("import", str(path), "--into", str(folder / "c"))
    assert result.status in (0, 1), result.err
    assert unaccounted(rows, form, folder / "c", result) == []


@settings(max_examples=1_000, deadline=None)
@given(st.text('ab,"\n\r', max_size=60), st.sampled_from([None, "\t"]), st.booleans())
def test_no_line_vanishes(text: str, separator: str | None, header: bool) -> None:
    """However marks stand in a text, each of its lines is in one row, in order."""
    lines = list(re.split(r"\r\n?|\n", text))
    if not lines[-1]:
        lines.pop()
    at = 0
    for found in lines_of(text, separator, header=header):
        numbers = [int(number) for number in re.findall(r"\d+", found.place)] or [found.number]
        assert numbers[0] == at + 1
        at = numbers[-1]
        if not found.fault:
            # Nothing is in the cells that is not in the lines, and the other way round.
            inside = "".join(found.cells.values())
            assert sorted(re.sub(r'[",\t\r\n ]', "", inside)) == sorted(
                re.sub(r'[",\t\r\n ]', "", "".join(lines[numbers[0] - 1 : at]))
            )
    assert at == len(lines)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=5))
def test_what_is_quoted_rightly(rows: list[list[str]]) -> None:
    """What Python's own library writes is read cell by cell, or told as doubtful."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["a", "b", "c", "d"], *rows])
    found = list(lines_of(buffer.getvalue(), None, header=True))[1:]
    if not any(line.fault for line in found):
        assert [[line.cells.get(n, "") for n in range(1, 5)] for line in found] == rows
