"""CSV with a header; lists are joined by `;`."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from explore.formats.flat import flat, guarded
from explore.records import Record


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the header and a row a record; no cell runs as a formula in a spreadsheet."""
    return _rows(records, fields, guarded)


def write_raw(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the same with every cell as it is."""
    return _rows(records, fields, str)


def _rows(
    records: Iterable[Record], fields: Sequence[str], cell: Callable[[str], str]
) -> Iterator[str]:
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(fields)
    for record in records:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        rows.writerow([cell(flat(record.get(field))) for field in fields])
    yield buffer.getvalue()
