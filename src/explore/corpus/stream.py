"""The records of one file, checked one by one and let go, without their places.

What is wrong is only found here; `explore.corpus.load` reads the files again to say where.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from explore.corpus.events import mapping_of, values_of
from explore.corpus.problems import UnreadableError, YamlError
from explore.corpus.shape import Shape
from explore.model.fields import RecordType
from explore.model.records import CorpusInfo, Record, declaration, is_list, repeats


def records_of(kind: RecordType, path: Path) -> Iterator[Record]:
    """Yield the records of a file; whether the records that they name exist is not checked.

    Raises:
        UnreadableError: at the first thing that is wrong.
    """
    shape = _shape(kind)
    try:
        for value in values_of(path):
            record = shape.record(value)
            if record is None:
                raise UnreadableError
            drop_repeats(kind, record)
            yield record
    except YamlError as error:
        raise UnreadableError from error


def info_of(path: Path) -> Record:
    """Return what a corpus says about itself in a file; errors as `records_of`."""
    try:
        record = Shape(CorpusInfo).record(mapping_of(path))
    except YamlError as error:
        raise UnreadableError from error
    if record is None:
        raise UnreadableError
    return record


def drop_repeats(kind: RecordType, record: Record) -> None:
    """Leave out what a list has a second time; `check` warns about it."""
    for name in _lists(kind):
        entries = record.get(name)
        if entries and len(entries) > 1 and (again := set(repeats(entries))):
            record[name] = [entry for n, entry in enumerate(entries) if n not in again]


@cache
def _lists(kind: RecordType) -> list[str]:
    """Return the fields of a record type that list something once."""
    # Two authors of a source may have one name.
    if kind == "source":
        return []
    return [name for name in declaration(kind).__annotations__ if is_list(kind, name)]


@cache
def _shape(kind: RecordType) -> Shape:
    return Shape(declaration(kind))
