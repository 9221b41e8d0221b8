"""The records of one file, checked one by one and let go, without their places.

What is wrong is only found here; `explore.corpus.load` reads the files again to say where.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from explore.corpus.problems import UnreadableError, YamlError
from explore.corpus.quick import Entry, entries, mapping
from explore.corpus.shape import Shape
from explore.model.records import CorpusInfo, Record, RecordType, declaration, is_list, repeats


def records_of(kind: RecordType, path: Path) -> Iterator[Record]:
    """Yield the records of a file; whether names are known, or can be names, is not looked at.

    Raises:
        UnreadableError: at the first thing that is wrong.
    """
    return (record for *_, record in entries_of(kind, path, {}))


def entries_of(kind: RecordType, path: Path, known: dict[int, int]) -> Iterator[Entry]:
    """Yield the records of a file as `records_of`, but those whose text is known.

    Each comes with its place and its checksum; see `explore.corpus.quick.entries`.
    """
    shape = _shape(kind)
    try:
        for place, checksum, value in entries(path, known):
            record = shape.record(value)
            if record is None:
                raise UnreadableError
            _without_repeats(kind, record)
            yield place, checksum, record
    except YamlError as error:
        raise UnreadableError from error


def info_of(path: Path) -> Record:
    """Give what a corpus says of itself in a file; errors as `records_of`."""
    try:
        record = Shape(CorpusInfo).record(mapping(path))
    except YamlError as error:
        raise UnreadableError from error
    if record is None:
        raise UnreadableError
    return record


def _without_repeats(kind: RecordType, record: Record) -> None:
    """Count what a list holds twice once; `check` tells of it."""
    for name in _lists(kind):
        entries = record.get(name)
        if entries and (again := set(repeats(entries))):
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
    # Names are looked up when all records are there; `explore.index.sound` finds what is none.
    return Shape(declaration(kind), names=False)
