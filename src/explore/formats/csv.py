"""CSV with a header, by the rules of `explore.formats.cells`."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from explore.formats.cells import flat, guarded, line
from explore.model.records import Record


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the header and a row a record; no spreadsheet runs a part of a cell."""
    return rows(records, fields, guarded)


def write_raw(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the same with every cell as it is."""
    return rows(records, fields, str)


def rows(
    records: Iterable[Record],
    fields: Sequence[str],
    cell: Callable[[str], str],
    separator: str = ",",
) -> Iterator[str]:
    """Yield the header and the rows, with the cells as `cell` makes them."""
    yield line(fields, separator)
    for record in records:
        values = (record.get(field) for field in fields)
        # An empty list is an empty cell, as what is not there.
        yield line((cell(flat(value)) or None for value in values), separator)
