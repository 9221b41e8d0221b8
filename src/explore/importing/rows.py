"""The rows of a table, whatever file it comes in: CSV, TSV, JSON, JSON Lines or a spreadsheet."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from explore.errors import UsageError
from explore.extras import need
from explore.formats.cells import is_bare, unguarded
from explore.importing.decoding import Note, decoded

TableFormat = Literal["csv", "tsv", "json", "jsonl", "xlsx"]

_SUFFIXES: dict[str, TableFormat] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
}
# What a sheet of Excel holds is the most for every table.
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
# A wide table of many rows takes its time even where it is empty.
MOST_CELLS = 10_000_000


class Unread(NamedTuple):
    """A cell whose value cannot be read, and why not."""

    reason: str


class Row(NamedTuple):
    """A row as it came.

    Attributes:
        number: where people find it: the row of a spreadsheet, the header being 1, or the
            place in a list.
        cells: text, lists, mappings and `Unread` by column; what is empty is not there.
        fault: what keeps it from being read at all.
        empty: the columns that say nothing in it.
        place: where in the file it is, if the number does not say so, as `line 7`.
        exact: whether its texts are as this program wrote them, blanks around them and all.
    """

    number: int
    cells: dict[str, Any]
    fault: str = ""
    empty: tuple[str, ...] = ()
    place: str = ""
    exact: bool = False


class Line(NamedTuple):
    """A row of a table before its columns have names.

    Attributes:
        number: the row, from 1, blank ones counted.
        cells: text and `Unread` by column, from 1; a blank one may be left out.
        fault: what keeps it from being read at all.
        place: as in `Row`.
    """

    number: int
    cells: dict[int, Any]
    fault: str = ""
    place: str = ""


class Reading(NamedTuple):
    """How a table is to be read.

    Attributes:
        note: called with what a person should know about how it was read.
        header: whether its first row names the columns.
        encoding: the encoding of its text; without one it is found out.
        sheet: the sheet of a spreadsheet; without one the first that is visible.
        is_own: whether columns of these names are those of an own export.
    """

    note: Note
    header: bool = True
    encoding: str | None = None
    sheet: str | None = None
    is_own: Callable[[list[str]], bool] = lambda _: False


def format_of(path: Path) -> TableFormat:
    """Return the format that the suffix of a file's name stands for.

    Raises:
        UsageError: if it stands for none.
    """
    found = _SUFFIXES.get(path.suffix.lower())
    if found is None:
        known = ", ".join(_SUFFIXES)
        raise UsageError(f"{path}: unknown kind of file; name it {known}, or use --as")
    return found


def rows_of(path: Path, form: TableFormat, how: Reading) -> Iterator[Row]:
    """Yield the rows of a table; without a header its columns are called 1, 2, 3 and so on.

    Raises:
        UsageError: if the file is not of its format, or too large.
    """
    if form == "xlsx":
        if how.encoding:
            raise UsageError("--encoding is for text; a spreadsheet knows its own encoding")
        need("openpyxl", "reading a spreadsheet")
        from explore.importing.xlsx_rows import lines_of as lines_of_sheet

        yield from _table(path, lines_of_sheet(path, how.sheet, how.note), how)
        return
    if how.sheet:
        raise UsageError(f"--sheet is for spreadsheets; {path} has no sheets")
    text = decoded(path, how.encoding, how.note)
    if form in {"csv", "tsv"}:
        from explore.importing.csv_rows import lines_of

        separator = "\t" if form == "tsv" else None
        yield from _table(path, lines_of(text, separator, header=how.header), how)
    else:
        from explore.importing.json_rows import objects_of, objects_of_lines

        yield from (objects_of if form == "json" else objects_of_lines)(path, text, how)


def _table(path: Path, lines: Iterable[Line], how: Reading) -> Iterator[Row]:
    """Yield the rows of lines, whose cells have the names of the columns now.

    Raises:
        UsageError: if there are too many rows or columns, or two columns have one name.
    """
    lines = iter(lines)
    names = _names(path, lines) if how.header else []
    taken: Callable[[str], str] = str.strip
    if names and how.is_own(names):
        lines = list(_bounded(path, lines, len(names)))
        taken = _as_written(lines, how.note)
    width = len(names) if how.header else MOST_COLUMNS
    for line in _bounded(path, lines, len(names)):
        found = {
            n: taken(cell) if isinstance(cell, str) else cell for n, cell in line.cells.items()
        }
        cells = {n: cell for n, cell in found.items() if cell != ""}
        if line.fault:
            yield Row(line.number, {}, line.fault, (), line.place)
        elif cells and max(cells) > width:
            most = f"the header {width}" if how.header else f"{width:,} are the most"
            fault = f"it has {max(cells)} cells, {most}"
            yield Row(line.number, {}, fault, (), line.place)
        elif cells:
            named = {names[n - 1] if how.header else str(n): cell for n, cell in cells.items()}
            empty = tuple(name for name in names if name not in named)
            yield Row(line.number, named, "", empty, line.place, taken is not str.strip)


def _bounded(path: Path, lines: Iterable[Line], columns: int) -> Iterator[Line]:
    """Yield lines as long as they are not too many.

    Raises:
        UsageError: if they are.
    """
    cells = 0
    for line in lines:
        cells += max(columns, len(line.cells))
        if line.number > MOST_ROWS:
            raise UsageError(f"{path} has more than {MOST_ROWS:,} rows, the most that are read")
        if cells > MOST_CELLS:
            raise UsageError(f"{path} has more than {MOST_CELLS:,} cells, the most that are read")
        yield line


def _as_written(lines: list[Line], note: Note) -> Callable[[str], str]:
    """Return how the texts of an own export are read: without the `'` that guards formulas.

    Where any cell is not guarded, the table was written raw.
    """
    texts = [cell for line in lines for cell in line.cells.values() if isinstance(cell, str)]
    if any(map(is_bare, texts)):
        return str
    guarded = sum(unguarded(text) != text for text in texts)
    if guarded:
        note(f"the ' that keeps a spreadsheet from running a cell is taken off {guarded} cells")
    return unguarded


def _names(path: Path, lines: Iterator[Line]) -> list[str]:
    """Return the names of columns from the first line that holds any.

    One without a name is called by its number.
    """
    for line in lines:
        if line.fault:
            raise UsageError(f"{path}: row {line.number}, the header: {line.fault}")
        # A name that is broken over lines is one name.
        found = {n: " ".join(str(cell).split()) for n, cell in line.cells.items()}
        found = {n: name for n, name in found.items() if name}
        if not found:
            continue
        names = [found.get(n, str(n)) for n in range(1, max(found) + 1)]
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise UsageError(f"duplicate column '{twice[0]}'; rename one")
        return names
    return []


def text_of(value: Any) -> str:
    """Return a value of JSON or YAML as the text that a person sees in it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
