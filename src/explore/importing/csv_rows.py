"""The rows of CSV and TSV as people have them; quoting is decided cell by cell."""

import re
from collections.abc import Iterator
from re import Pattern
from typing import NamedTuple

from explore.importing.rows import MOST_COLUMNS, Line

_SEPARATORS = ",;\t|"
# What Excel writes into a first line of its own.
_SEPARATOR = re.compile(r'"?sep=([^\w\r\n"])"?(?:\r\n?|\n|\Z)', re.IGNORECASE)
_END = re.compile(r"\r\n?|\n")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
# So far a table shows by what its cells are separated.
_SAMPLE, _SAMPLE_LINES = 100_000, 10
# With fewer columns than this, a line of prose may look like a row.
_NARROWEST = 3
_UNCLOSED = (
    "the quotation mark that opens cell {} is not closed properly;"
    " close it, and double those inside the cell"
)
_TOO_WIDE = f"it has {{}} cells; {MOST_COLUMNS:,} are the most"


def lines_of(text: str, separator: str | None, *, header: bool) -> Iterator[Line]:
    """Yield the rows of a text whose cells are separated.

    A cell is quoted if it begins and ends with `"` and every `"` inside is doubled. In TSV any
    other cell is taken as it is. In CSV one that begins with `"` cannot be right: its row is a
    fault, and reading goes on at the next line.

    Args:
        text: the text of the file.
        separator: a tab for TSV; None finds out which character separates the cells of CSV.
        header: whether the first row names the columns.
    """
    start, line = 0, 1
    if separator is None:
        found = _SEPARATOR.match(text)
        if found:
            separator, start, line = found[1], found.end(), 2
        else:
            separator = _separator(text[:_SAMPLE], header=header)
        yield from _Reader(text, separator, lenient=False).lines(start, line)
    else:
        yield from _Reader(text, separator, lenient=True).lines(start, line)


def _separator(sample: str, *, header: bool) -> str:
    """Return what separates cells: what the header, or else every line, has most of."""
    plain = _END.split(_QUOTED.sub("", sample).strip("\r\n"))[:_SAMPLE_LINES]
    lines = [line for line in plain if line.strip()] or [""]
    rated = lines[:1] if header else lines

    def weight(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in rated]
        return min(counts), min(line.count(separator) for line in lines)

    return max(_SEPARATORS, key=weight)


class _Found(NamedTuple):
    """A row as it stands in the text.

    Attributes:
        cells: its cells.
        end: where its last cell ends.
        fault: what keeps it from being read.
    """

    cells: list[str]
    end: int
    fault: str = ""


class _Reader:
    """Reads the rows of a text."""

    def __init__(self, text: str, separator: str, *, lenient: bool) -> None:
        self.text = text
        self.separator = separator
        self.lenient = lenient
        escaped = re.escape(separator)
        blanks = "[ ]*" if separator == "\t" else r"[ \t]*"
        self.quoted: Pattern[str] = re.compile(
            rf'{blanks}"((?:[^"]++|"")*+)"{blanks}(?={escaped}|[\r\n]|\Z)'
        )
        self.plain: Pattern[str] = re.compile(rf"(?:(?!{escaped})[^\r\n])*+")
        # How many columns the table has, once its first row is read.
        self.width = 0

    def lines(self, start: int, line: int) -> Iterator[Line]:
        """Yield the rows from a place in the text on, where the line of that number begins."""
        number = 0
        while start < len(self.text):
            number += 1
            found = self._row(start)
            last = line + len(_END.findall(self.text, start, found.end))
            place = f"line {line}" if line == last else f"lines {line} to {last}"
            if line == last == number and not found.fault:
                place = ""
            cells = {n: cell for n, cell in enumerate(found.cells, 1) if cell}
            if not self.width and any(map(str.strip, cells.values())):
                self.width = len(found.cells)
            yield Line(number, cells, found.fault, place)
            end = _END.match(self.text, found.end)
            start, line = end.end() if end else found.end, last + 1

    def _row(self, start: int) -> _Found:
        """Return the row that begins at a place."""
        end = _END.search(self.text, start)
        stop = end.start() if end else len(self.text)
        plain = self.text[start:stop]
        if '"' not in plain:
            width = plain.count(self.separator) + 1
            if width > MOST_COLUMNS:
                return _Found([], stop, _TOO_WIDE.format(f"{width:,}"))
            return _Found(plain.split(self.separator), stop)
        found = self._quoted_row(start, len(self.text))
        if found.end > stop and not found.fault and self._doubtful(start, found):
            if self.lenient:
                found = self._quoted_row(start, stop)
            else:
                # The first cell that goes on behind the line is the one that is not closed.
                inside = self._quoted_row(start, stop)
                found = _Found([], stop, inside.fault or _UNCLOSED.format(len(inside.cells)))
        if found.fault:
            return _Found([], stop, found.fault)
        cells = plain.split(self.separator)
        if self.lenient and found.end == stop and len(found.cells) < self.width == len(cells):
            # Stray marks, one in each of two cells, look as if all between were quoted.
            return _Found(cells, stop)
        return found

    def _quoted_row(self, start: int, stop: int) -> _Found:
        """Return the row that begins at a place and ends before another, cell by cell."""
        cells: list[str] = []
        while True:
            match = self.quoted.match(self.text, start, stop)
            if match:
                cells.append(match[1].replace('""', '"'))
            else:
                match = self.plain.match(self.text, start, stop)
                cell = match[0] if match else ""
                if cell.startswith('"') and not self.lenient:
                    return _Found([], start, _UNCLOSED.format(len(cells) + 1))
                cells.append(cell)
            if len(cells) > MOST_COLUMNS:
                return _Found([], start, _TOO_WIDE.format(f"more than {MOST_COLUMNS:,}"))
            end = match.end() if match else start
            if end >= stop or self.text[end] != self.separator:
                return _Found(cells, end)
            start = end + 1

    def _doubtful(self, start: int, found: _Found) -> bool:
        """Whether a row of several lines is rather several rows, with a stray mark in the first.

        It is if it has more cells than the table has columns, or if each of its lines has as
        many cells as those.
        """
        full = len(found.cells)
        while full and not found.cells[full - 1].strip():
            full -= 1
        if self.width and full > self.width:
            return True
        first, *others = _END.split(self.text[start : found.end])
        return (
            self.width >= _NARROWEST
            and first.count(self.separator) + 1 >= self.width
            and all(line.count(self.separator) + 1 == self.width for line in others)
        )
