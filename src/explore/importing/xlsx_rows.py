"""The rows of a sheet of a spreadsheet, each cell as it is shown.

openpyxl's parts read the package and its cells. Its own way through a sheet is not taken: that
believes the size which a sheet claims, and makes every empty row up to the last.
"""

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from explore.errors import ExploreError, UsageError
from explore.importing.decoding import Note, bounded
from explore.importing.number_formats import shown_date, shown_number
from explore.importing.rows import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Line, Unread

# The parts of a spreadsheet are packed; unpacked they stay below this together.
_MOST_UNPACKED = 250_000_000
# Parts other than sheets and texts are read whole.
_MOST_ASIDE = 5_000_000
# So many elements of a row or a text are never there in earnest.
_MOST_INSIDE, _DEEPEST = 500_000, 100
# And so many of a sheet; a cell has two or three.
_MOST_ELEMENTS = 10_000_000
# What Excel makes of its older files, and of those with a password.
_COMPOUND = b"\xd0\xcf\x11\xe0"
# Of merged cells, as many as a person reads.
_SHOWN = 5
# What may be large: sheets, their texts, and what is not read.
_LARGE = re.compile("worksheets/|sharedStrings|comments|drawing|media|pivot|external|chart|table")
_ROW, _STRING, _VALUE, _FORMULA, _MERGED, _LINK, _COLUMN = (
    f"{{{SHEET_MAIN_NS}}}{name}"
    for name in ("row", "si", "v", "f", "mergeCell", "hyperlink", "col")
)


class _Sheet(NamedTuple):
    """A sheet, and the part of the package that it is in."""

    name: str
    part: str
    visible: bool


def lines_of(path: Path, sheet: str | None, note: Note) -> list[Line]:
    """Return the rows of a sheet that hold anything.

    Args:
        path: the file.
        sheet: the name of the sheet; None for the first that is visible.
        note: called with what else is in the file, and of what is lost.

    Raises:
        UsageError: if the file is not a sound spreadsheet, is too large, or has no such sheet.
    """
    try:
        # openpyxl warns of what it does not keep, such as rules for colors.
        with warnings.catch_warnings(action="ignore"), bounded(path).open("rb") as file:
            _measure(path, file)
            package = _Package(file, read_only=True, data_only=True, keep_links=False)
            return package.lines(path, sheet, note)
    except (ExploreError, OSError):
        raise
    except Exception as error:
        # openpyxl lets through whatever it meets inside: errors of zip, XML, keys and types.
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(f"{path} is not a sound XLSX spreadsheet: {reason}") from error


def _measure(path: Path, file: IO[bytes]) -> None:
    """Refuse a package that is too large once unpacked, by the sizes that it states.

    A size that is stated too small cuts its part there: zipfile unpacks no more than that.
    """
    if file.read(len(_COMPOUND)) == _COMPOUND:
        raise UsageError(f"{path} is an .xls file or has a password; save it as .xlsx without one")
    with ZipFile(file) as package:
        parts = package.infolist()
    size = sum(part.file_size for part in parts)
    if size > _MOST_UNPACKED:
        raise UsageError(
            f"{path} has {size / 1_000_000:,.0f} MB unpacked;"
            f" {_MOST_UNPACKED / 1_000_000:,.0f} MB are the most"
        )
    for part in parts:
        aside = part.filename.endswith((".xml", ".rels")) and not _LARGE.search(part.filename)
        if aside and part.file_size > _MOST_ASIDE:
            raise UsageError(
                f"{path}: {part.filename} has {part.file_size / 1_000_000:,.0f} MB;"
                f" {_MOST_ASIDE / 1_000_000:,.0f} MB are the most"
            )
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise UsageError(f"{path} is packed in a way that no spreadsheet program uses")


class _Package(ExcelReader):
    """The parts of a spreadsheet that its cells need."""

    package: Any
    parser: Any
    shared_strings: list[str]

    def lines(self, path: Path, sheet: str | None, note: Note) -> list[Line]:
        """Return the rows of a sheet, and say what is not read."""
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        sheets = [
            _Sheet(found.name, rel.target, found.state not in {"hidden", "veryHidden"})
            for found, rel in self.parser.find_sheets()
            if "chartsheet" not in rel.Type
        ]
        taken = _taken(path, sheets, sheet)
        found = self._cells(taken)
        lines = list(found.lines(path))
        for message in found.notes():
            note(f"sheet '{taken.name}': {message}")
        for other in sheets:
            if other != taken and any(line.cells for line in self._cells(other).lines(path)):
                hidden = "" if other.visible else " (hidden)"
                note(f"sheet '{other.name}'{hidden} is not read; --sheet takes one by its name")
        return lines

    def read_strings(self) -> None:
        """Read the texts of cells; openpyxl's own way leaves escaped characters as they are."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for element in _elements(source, {_STRING}):
                text: Any = Text.from_tree(element)
                self.shared_strings.append(unescape(text.content))
                if len(self.shared_strings) > MOST_CELLS:
                    raise UsageError(f"it has more than {MOST_CELLS:,} texts")

    def _cells(self, sheet: _Sheet) -> "_Cells":
        book: Any = self.wb
        return _Cells(
            self.archive.open(sheet.part),
            self.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - as openpyxl passes it
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - as openpyxl passes it
        ).of(book)


def _taken(path: Path, sheets: list[_Sheet], name: str | None) -> _Sheet:
    """Return the sheet of a name, or the first that is visible."""
    if not sheets:
        raise UsageError(f"{path} has no sheets")
    if name is None:
        return next((sheet for sheet in sheets if sheet.visible), sheets[0])
    for sheet in sheets:
        if sheet.name == name:
            return sheet
    names = ", ".join(f"'{sheet.name}'" for sheet in sheets)
    raise UsageError(f"{path} has no sheet '{name}'; there are {names}")


def _elements(source: Any, wanted: set[str]) -> Iterator[Any]:
    """Yield elements of some names, and keep nothing of what has been read before.

    Raises:
        ValueError: if there are too many, or one of them has too much inside.
    """
    above: list[Any] = []
    inside = count = total = 0
    for event, element in iterparse(source, ("start", "end")):
        if event == "start":
            above.append(element)
            inside += element.tag in wanted
            count = count + 1 if inside else 0
            total += 1
            if count > _MOST_INSIDE or len(above) > _DEEPEST or total > _MOST_ELEMENTS:
                raise ValueError(
                    f"it has more than {_MOST_ELEMENTS:,} elements, {_MOST_INSIDE:,} in a row,"
                    f" or {_DEEPEST} in each other"
                )
            continue
        above.pop()
        if element.tag in wanted:
            inside -= 1
            if not inside:
                yield element
        if not inside and above:
            del above[-1][:]


class _Cells(WorkSheetParser):
    """The cells of a sheet, without what lies around them."""

    def of(self, book: Any) -> "_Cells":
        """Return itself, knowing the workbook whose number formats the cells have."""
        self.owner: Any = SimpleNamespace(parent=book)
        self.merged: list[str] = []
        self.links = 0
        self.hidden_rows = 0
        self.hidden_columns = 0
        return self

    def lines(self, path: Path) -> Iterator[Line]:
        """Yield the rows that hold anything."""
        for element in _elements(self.source, {_ROW, _MERGED, _LINK, _COLUMN}):
            if element.tag == _ROW:
                line = self._line(path, element)
                if line.cells:
                    yield line
            elif element.tag == _MERGED:
                self.merged.append(str(element.get("ref")))
            elif element.tag == _LINK:
                self.links += 1
            elif element.get("hidden") in {"1", "true"}:
                self.hidden_columns += int(element.get("max", 0)) - int(element.get("min", 0)) + 1

    def notes(self) -> Iterator[str]:
        """Yield what a person should know of a sheet that has been read."""
        if self.merged:
            shown = ", ".join(self.merged[:_SHOWN]) + (", …" if len(self.merged) > _SHOWN else "")
            yield f"of merged cells only the first has the value: {shown}"
        if self.links:
            yield f"targets of links that are not kept: {self.links}; their texts are"
        if self.hidden_rows or self.hidden_columns:
            yield (
                f"hidden rows: {self.hidden_rows}, hidden columns: {self.hidden_columns};"
                " they are read as well"
            )

    def _line(self, path: Path, row: Any) -> Line:
        number, cells = self.parse_row(row)
        if not 1 <= number <= MOST_ROWS:
            raise UsageError(f"{path} has a row {number:,}; {MOST_ROWS:,} is the last that exists")
        found: dict[int, Any] = {}
        for cell in cells:
            column = cell["column"]
            if not 1 <= column <= MOST_COLUMNS:
                raise UsageError(
                    f"{path} has a column {column:,}; {MOST_COLUMNS:,} is the last that exists"
                )
            value = self._shown(cell)
            if column in found:
                value = Unread("its cell is there twice")
            if value:
                found[column] = value
        if found and row.get("hidden") in {"1", "true"}:
            self.hidden_rows += 1
        return Line(number, found)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return a cell, whose value is `Unread` if it is an error, or a formula without one."""
        found: dict[str, Any] = super().parse_cell(element)
        if found["data_type"] == "e":
            found["value"] = Unread(f"its cell shows the error {found['value']}")
        elif (
            found["value"] is None
            and element.find(_FORMULA) is not None
            # A formula may well give an empty text, but no number that is not there.
            and (element.get("t") != "str" or element.find(_VALUE) is None)
        ):
            found["value"] = Unread(
                "its formula has no stored value; open the file in a spreadsheet program and"
                " save it"
            )
        elif element.get("t") in {"inlineStr", "str"} and found["value"]:
            found["value"] = unescape(found["value"])
        return found

    def _shown(self, cell: dict[str, Any]) -> Any:
        """Return what a person sees in a cell: text, or why it cannot be read."""
        value = cell["value"]
        if value is None or isinstance(value, Unread):
            return value
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        form = ReadOnlyCell(self.owner, **cell).number_format
        if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
            return shown_date(value, form)
        return shown_number(value, form)
