"""What the files of a corpus hold, as rows that are ready to be written, a batch at a time.

Reading knows nothing of the database, so that it can go on in another process.
"""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from explore.index import fresh
from explore.index.layout import numbers
from explore.index.rows import Flat, no_rows
from explore.records import Record, RecordType

# Rows wait for each other, so that each table takes many at a time.
_BATCH = 2_000


class Piece(NamedTuple):
    """A part of a file.

    Attributes:
        rank: the place of the file among all.
        digest: what tells that the file holds something else.
        info: what the corpus says of itself, in JSON, if this file is about that.
        rows: the rows of some of its records.
        records: of how many.
    """

    rank: int
    digest: str
    info: str
    rows: Flat
    records: int


class Feed(NamedTuple):
    """A corpus as it is read.

    Attributes:
        built: when its files were looked at, in nanoseconds.
        stamps: how they looked.
        pieces: what they hold, in their order; each has one piece at least.
    """

    built: int
    stamps: list[fresh.Stamp]
    pieces: Iterator[Piece]


def feed(folder: Path) -> Feed:
    """Look at the files of a corpus now, and read them when the pieces are asked for.

    Asking for pieces raises:
        UnreadableError: if a file holds something else than the records it should.
        UnsoundError: if a record links to itself, or both ways to another.
    """
    # Taken before reading, so that an edit while we read is seen as one next time.
    built = time.time_ns()
    stamps = fresh.stamps(folder)
    return Feed(built, stamps, _pieces(stamps))


def _pieces(stamps: list[fresh.Stamp]) -> Iterator[Piece]:
    # Loaded by whoever reads, not by whoever only writes what another process reads.
    from explore.corpus.stream import info_of, records_of
    from explore.index.derive import written

    for rank, (kind, name, *_) in enumerate(stamps):
        path = Path(name)
        digest = fresh.digest(name)
        if kind == fresh.INFO:
            yield Piece(rank, digest, written(info_of(path)), {}, 1)
            continue
        for rows, records in batches(kind, rank, records_of(kind, path)):
            yield Piece(rank, digest, "", rows, records)


def batches(kind: RecordType, rank: int, records: Iterable[Record]) -> Iterator[tuple[Flat, int]]:
    """Give the rows of a file's records, some at a time, and of how many these are.

    Raises:
        UnsoundError: if a record links to itself, or both ways to another.
    """
    from explore.index.derive import completed, derive

    rows, count = no_rows(), 0
    for n, record in enumerate(records, numbers(rank)[0] + 1):
        derive(rows, kind, n, completed(kind, record))
        count += 1
        if count == _BATCH:
            yield rows, count
            rows, count = no_rows(), 0
    yield rows, count
