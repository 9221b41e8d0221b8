"""The rows of a table, whatever file it comes in: CSV, TSV, JSON, JSON Lines or a spreadsheet."""

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from explore.errors import UsageError
from explore.extras import need

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
# A cell of a table may be as long as a text.
_LONGEST_CELL = 2**31 - 1


class Row(NamedTuple):
    """A row as it came.

    Attributes:
        number: where people find it: the line of a spreadsheet, the header being 1, or the
            place in a list.
        cells: text, lists and mappings by column; what is empty is not there.
        fault: what keeps it from being read at all.
        empty: the columns that say nothing in it.
    """

    number: int
    cells: dict[str, Any]
    fault: str = ""
    empty: tuple[str, ...] = ()


def format_of(path: Path) -> TableFormat:
    """Give the format that a file's suffix tells.

    Raises:
        UsageError: if it tells none.
    """
    found = _SUFFIXES.get(path.suffix.lower())
    if found is None:
        known = ", ".join(_SUFFIXES)
        raise UsageError(f"{path}: what is it? Name it {known}, or say --as")
    return found


def rows_of(path: Path, form: TableFormat, *, header: bool = True) -> Iterator[Row]:
    """Yield the rows of a table; without a header its columns are called 1, 2, 3 and so on.

    CSV is as RFC 4180 has it, or with `;` where the first line has no comma, as spreadsheets of
    many countries write it. TSV has no quotes, so a `"` in it is a `"`.

    Raises:
        UsageError: if the file is none of its format.
    """
    readers: dict[TableFormat, Callable[[Path], Iterator[Row]]] = {
        "csv": lambda path: _table(
            _separated(path, _between(path), csv.QUOTE_MINIMAL), header=header
        ),
        "tsv": lambda path: _table(_separated(path, "\t", csv.QUOTE_NONE), header=header),
        "xlsx": lambda path: _table(_sheet(path), header=header),
        "json": _json,
        "jsonl": _lines,
    }
    try:
        yield from readers[form](path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8 and try again") from error
    except csv.Error as error:
        raise UsageError(f"{path} is no {form.upper()}: {error}") from error


def _between(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        first = file.readline()
    return ";" if ";" in first and "," not in first else ","


def _separated(path: Path, separator: str, quoting: Any) -> Iterator[list[Any]]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter=separator, quoting=quoting)


def _sheet(path: Path) -> Iterator[list[Any]]:
    openpyxl = need("openpyxl", "reading a spreadsheet")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        # openpyxl lets whatever it meets inside through: zip, XML and key errors.
        raise UsageError(f"{path} is no XLSX spreadsheet: {error}") from error
    try:
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield list(cells)
    finally:
        book.close()


def _table(lines: Iterable[list[Any]], *, header: bool) -> Iterator[Row]:
    names: list[str] = []
    for number, cells in enumerate(lines, 1):
        texts = [text_of(cell) for cell in cells]
        if header and not names:
            names = [name.strip() or str(n) for n, name in enumerate(texts, 1)]
            twice = [name for name in names if names.count(name) > 1]
            if twice:
                raise UsageError(f"two columns are called '{twice[0]}'; give each its own name")
            continue
        if not any(texts):
            continue
        if not header:
            names = [str(n) for n in range(1, len(texts) + 1)]
        while len(texts) > len(names) and not texts[-1]:
            texts.pop()
        if len(texts) > len(names):
            yield Row(number, {}, f"it has {len(texts)} cells, the header {len(names)}")
            continue
        filled = {name: text for name, text in zip(names, texts, strict=False) if text}
        yield Row(number, filled, "", tuple(name for name in names if name not in filled))


def _json(path: Path) -> Iterator[Row]:
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else None
    if not isinstance(found, list):
        raise UsageError(f"{path} holds no list of records")
    for number, value in enumerate(found, 1):
        yield _object(number, value)


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Row(number, {}, f"it is no JSON: {error}")
            else:
                yield _object(number, value)


def _object(number: int, value: Any) -> Row:
    if not isinstance(value, dict):
        return Row(number, {}, "it is no record, with fields by name")
    filled = {name: _plain(part) for name, part in value.items() if _filled(part)}
    return Row(number, filled, "", tuple(name for name in value if name not in filled))


def _filled(value: Any) -> bool:
    return value not in (None, "", [], {})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items() if _filled(part)}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return text_of(value)


def text_of(value: Any) -> str:
    """Give a cell as the text that a person sees in it."""
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
