"""CSV with a header; lists are joined by `;`."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from explore.formats.flat import flat
from explore.records import Record


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the header and a row a record."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(fields)
    for record in records:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        rows.writerow([flat(record.get(field)) for field in fields])
    yield buffer.getvalue()
