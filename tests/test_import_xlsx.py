"""Spreadsheets: cells as they are shown, every sheet named, and no size believed."""

import datetime as dt
import io
import runpy
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Run
from test_import import claims

HEAD = ["text", "by", "kind", "source", "note"]


def book(path: Path, rows: list[list[Any]], head: list[str] = HEAD) -> openpyxl.Workbook:
    """Write a spreadsheet of rows, and return it."""
    found = openpyxl.Workbook()
    for row in [head, *rows]:
        found.worksheets[0].append(row)
    found.save(path)
    return found


def edited(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Change the text of a part of a spreadsheet."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


TOOL = Path(__file__).parents[1] / "tools" / "fuzz_imports.py"
SHEET = "xl/worksheets/sheet1.xml"
ROWS = [[f"Claim {n}", "A", "fact", "R", ""] for n in range(5)]


@pytest.mark.parametrize("size", ["A1:D3", "A1", "A1:XFD1048576", "nonsense"])
def test_size_is_not_believed(run: Run, tmp_path: Path, size: str) -> None:
    """Whatever size a sheet states, its rows are those that are in it."""
    path = tmp_path / "t.xlsx"
    book(path, ROWS)
    edited(path, SHEET, lambda text: text.replace('ref="A1:E6"', f'ref="{size}"', 1))
    assert run("import", str(path), "--into", str(tmp_path / "c")).status == 0
    assert len(claims(run, tmp_path / "c")) == 5


def test_last_row(run: Run, tmp_path: Path) -> None:
    """A row at the end of the sheet costs what a row costs, and has its own number."""
    path = tmp_path / "t.xlsx"
    found = book(path, ROWS)
    found.worksheets[0]["A1048576"] = "Last"
    found.save(path)
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert "row 1048576: missing field 'by'" in result.err
    assert len(claims(run, tmp_path / "c")) == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="3"', '<row r="2000000000"'),
        ('<row r="3"', '<row r="1048577"'),
        ('<row r="3"', '<row r="-1"'),
        ('r="A3"', 'r="XFE3"'),
        ('r="A3"', 'r="ZZZZZZ3"'),
    ],
)
def test_places_that_no_sheet_has(run: Run, tmp_path: Path, old: str, new: str) -> None:
    """A row or a column beyond a sheet's last is refused in one line."""
    path = tmp_path / "t.xlsx"
    book(path, ROWS)
    edited(path, SHEET, lambda text: text.replace(old, new, 1))
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)


def bomb(path: Path, size: int, stated: int | None = None) -> None:
    """Write a spreadsheet whose shared texts are of a size, and may state another."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in parts.items():
            new.writestr(name, data)
        with new.open("xl/bomb.xml", "w") as file:
            for _ in range(size // 1_000_000):
                file.write(bytes(1_000_000))
    if stated is not None:
        data = path.read_bytes()
        path.write_bytes(data.replace(size.to_bytes(4, "little"), stated.to_bytes(4, "little")))


def test_zip_bomb(run: Run, tmp_path: Path) -> None:
    """What is too large once unpacked is refused by the sizes that are stated."""
    path = tmp_path / "t.xlsx"
    book(path, ROWS)
    bomb(path, 300_000_000)
    assert path.stat().st_size < 1_000_000
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "300 MB unpacked; 250 MB are the most" in result.err


def test_zip_bomb_that_lies(run: Run, tmp_path: Path) -> None:
    """A part that states a size too small is never unpacked beyond it."""
    import tracemalloc

    path = tmp_path / "t.xlsx"
    book(path, ROWS)
    row = b'<row r="9"><c r="A9" t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    large = parts[SHEET].replace(b"</sheetData>", row * 1_000_000 + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**parts, SHEET: large}.items():
            new.writestr(name, data)
    data = path.read_bytes()
    path.write_bytes(data.replace(len(large).to_bytes(4, "little"), (999).to_bytes(4, "little")))
    tracemalloc.start()
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert (result.status, len(result.err.splitlines())) == (2, 1)


def test_entity_bomb(run: Run, tmp_path: Path) -> None:
    """Entities that stand for a thousand million letters are not followed."""
    path = tmp_path / "t.xlsx"
    book(path, ROWS)
    entities = (
        '<!ENTITY a0 "'
        + "x" * 10_000
        + '">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8))
    )
    edited(
        path,
        SHEET,
        lambda text: f"<!DOCTYPE worksheet [{entities}]>" + text.replace("Claim 0", "&a7;"),
    )
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)


# A spreadsheet knows no time zone.
QUARTER_TO_TWO = dt.datetime.combine(dt.date(2024, 8, 7), dt.time(13, 45))


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param("<row/>" * 1_100_000, id="rows"),
        pytest.param("<row>" + "<c/>" * 600_000 + "</row>", id="cells"),
        pytest.param("<x>" * 1_000_000, id="depth"),
        pytest.param('<row r="9"><c r="A9"><v>1</v></c><c r="A9"><v>2</v></c></row>', id="twice"),
    ],
)
def test_hostile_sheets(run: Run, tmp_path: Path, junk: str) -> None:
    """A sheet of nothing costs little, and is told."""
    path = tmp_path / "t.xlsx"
    book(path, ROWS)
    edited(path, SHEET, lambda text: text.replace("</sheetData>", f"{junk}</sheetData>"))
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status in (1, 2)
    assert len(result.err.splitlines()) == 1 or "row 9: column 'text': its cell is" in result.err


def test_large_parts_aside(run: Run, tmp_path: Path) -> None:
    """Parts that are read whole are bounded on their own."""
    path = tmp_path / "t.xlsx"
    book(path, ROWS)
    styles = "<xf/>" * 1_100_000 + "</cellXfs>"
    edited(path, "xl/styles.xml", lambda text: text.replace("</cellXfs>", styles))
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "styles.xml has 6 MB; 5 MB are the most" in result.err


SHOWN: list[tuple[Any, str, str]] = [
    (dt.date(2024, 8, 7), "yyyy-mm-dd", "2024-08-07"),
    (dt.date(2024, 8, 7), "dd.mm.yy", "2024-08-07"),
    (dt.date(2024, 8, 7), "[$-409]mmmm d, yyyy", "2024-08-07"),
    (dt.date(2024, 8, 7), "d mmm", "2024-08-07"),
    (dt.date(2024, 8, 1), "mmm yyyy", "2024-08"),
    (dt.date(2024, 1, 1), "yyyy", "2024"),
    (QUARTER_TO_TWO, "yyyy-mm-dd", "2024-08-07"),
    (QUARTER_TO_TWO, "yyyy-mm-dd hh:mm", "2024-08-07 13:45"),
    (dt.time(12, 30), "h:mm", "12:30"),
    (dt.timedelta(hours=36), "[h]:mm", "36:00"),
    (3.0, "General", "3"),
    (2024, "General", "2024"),
    (0.1 + 0.2, "General", "0.3"),
    (1e21, "General", "1e+21"),
    (0.5, "0%", "50%"),
    (0.125, "0.0%", "12.5%"),
    (1.1, "0.00", "1.10"),
    (2.5, "0", "3"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (1234.5, '#,##0.00 "€"', "1,234.50 €"),
    (-1234.5, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-1,234.50"),
    (-2, "0;(0)", "(2)"),
    (7, "00000", "00007"),
    (12, '"No. "0', "No. 12"),
    (0.000012, "0.00E+00", "1.20E-05"),
    (0.5, "# ?/?", "0.5"),
    (99, ";;;", "99"),
    (-0.001, "0.0", "0.0"),
    (True, "General", "true"),
    ("007", "@", "007"),
    ("a_x000D_b_x005F_x0041_", "General", "a\rb_x0041_"),
]


@pytest.mark.parametrize("form", ["written here", "shared"])
def test_cells_as_they_are_shown(run: Run, tmp_path: Path, form: str) -> None:
    """Dates, numbers and texts are as a person sees them in the sheet."""
    path = tmp_path / "t.xlsx"
    found = book(path, [[f"Claim {n}", "A", "fact", "R", part[0]] for n, part in enumerate(SHOWN)])
    for row, (_, number_format, _) in enumerate(SHOWN, 2):
        found.worksheets[0].cell(row, 5).number_format = number_format
    found.save(path)
    if form == "shared":
        path.write_bytes(runpy.run_path(str(TOOL))["shared"](path.read_bytes()))
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 0, result.err
    found_notes = [claim["note"] for claim in claims(run, tmp_path / "c")]
    assert found_notes == [shown for _, _, shown in SHOWN]


def test_cells_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    """Errors, and formulas without a stored value, are told by row and column."""
    path = tmp_path / "t.xlsx"
    rows: list[list[Any]] = [
        ["One", "A", "fact", "R", "#N/A"],
        ["Two", "A", "fact", "R", "=1+1"],
        ["=A1", "A", "fact", "R", "x"],
        ["Four", "A", "fact", "R", "x"],
    ]
    book(path, rows)
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 1
    assert "row 2: column 'note': its cell shows the error #N/A" in result.err
    assert "row 3: column 'note': its formula has no stored value" in result.err
    assert "row 4: column 'text': its formula has no stored value" in result.err
    assert [claim["text"] for claim in claims(run, tmp_path / "c")] == ["Four"]
    # In a column that becomes nothing they do no harm.
    book(path, rows[:2], [*HEAD[:4], "other"])
    assert run("import", str(path), "--into", str(tmp_path / "d")).status == 0


def test_formula_with_a_value(run: Run, tmp_path: Path) -> None:
    """A formula is read as the value that was stored with it; an empty text is none."""
    path = tmp_path / "t.xlsx"
    book(path, [["One", "A", "fact", "R", "=1+1"], ["Two", "A", "fact", "R", '=""']])
    edited(
        path,
        SHEET,
        lambda text: (
            text.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
            .replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
            .replace('<c r="E3">', '<c r="E3" t="str">')
        ),
    )
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 0, result.err
    assert [claim["note"] for claim in claims(run, tmp_path / "c")] == ["2", None]


def test_sheets(run: Run, tmp_path: Path) -> None:
    """The first sheet that is visible is read, the others are named; --sheet takes one."""
    path = tmp_path / "t.xlsx"
    found = book(path, [["Hidden", "A", "fact", "R"]])
    found.worksheets[0].title = "Old"
    found.worksheets[0].sheet_state = "hidden"
    for name in ("New", "Empty", "Other"):
        found.create_sheet(name)
    for row in (HEAD[:4], ["Visible", "A", "fact", "R"]):
        found["New"].append(row)
        found["Other"].append(row)
    found.save(path)
    words = ("import", str(path), "--into", str(tmp_path / "c"))
    result = run(*words)
    assert "sheet 'Old' (hidden) is not read; --sheet takes one by its name" in result.err
    assert "sheet 'Other' is not read" in result.err
    assert "'Empty'" not in result.err
    assert [claim["text"] for claim in claims(run, tmp_path / "c")] == ["Visible"]
    assert run(*words[:2], "--sheet", "Old", "--into", str(tmp_path / "d")).status == 0
    assert [claim["text"] for claim in claims(run, tmp_path / "d")] == ["Hidden"]
    result = run(*words, "--sheet", "Nope")
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "there are 'Old', 'New', 'Empty', 'Other'" in result.err
    (tmp_path / "t.csv").write_text("text\n")
    assert run("import", str(tmp_path / "t.csv"), "--sheet", "x").status == 2
    assert run(*words, "--encoding", "utf-8").status == 2


def test_what_surrounds_cells(run: Run, tmp_path: Path) -> None:
    """Merged cells, links and what is hidden are read as far as they are cells, and said."""
    path = tmp_path / "t.xlsx"
    found = book(path, [["One", "A", "fact", "R", "x"], ["Two", "A", "fact", "R", None]])
    sheet = found.worksheets[0]
    sheet.merge_cells("E2:E3")
    sheet["A2"].hyperlink = "https://example.org"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    found.save(path)
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert result.status == 0
    assert "of merged cells only the first has the value: E2:E3" in result.err
    assert "links that are not kept: 1" in result.err
    assert "hidden rows: 1, hidden columns: 1" in result.err
    assert [claim["note"] for claim in claims(run, tmp_path / "c")] == ["x", None]


def test_other_files_of_that_name(run: Run, tmp_path: Path) -> None:
    """An old or protected spreadsheet, and an empty zip, are told in one line."""
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    path = tmp_path / "t.xlsx"
    for data in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), buffer.getvalue(), b""):
        path.write_bytes(data)
        result = run("import", str(path), "--into", str(tmp_path / "c"))
        assert (result.status, len(result.err.splitlines())) == (2, 1)
