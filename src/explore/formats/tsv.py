"""Tab-separated values with a header, by the rules of `explore.formats.csv`."""

from collections.abc import Iterable, Iterator, Sequence

from explore.formats.cells import guarded
from explore.formats.csv import rows
from explore.model.records import Record


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the header and a row a record; no spreadsheet runs a part of a cell."""
    return rows(records, fields, guarded, "\t")


def write_raw(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the same with every cell as it is."""
    return rows(records, fields, str, "\t")
