"""What the files of a corpus hold, as rows that are ready to be written, a batch at a time.

Reading knows nothing of the database, so that it can go on in another process.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from explore.index import freshness as fresh
from explore.index.tables import numbers
from explore.index.rows import Counts, Flat, count, no_rows, tallied
from explore.model.records import RecordType

if TYPE_CHECKING:
    from explore.corpus.quick import Entry

# Rows wait for each other, so that each table takes many at a time; of a small file they do not
# wait long, as somebody else waits for them.
_FIRST_BATCH = 60
_BATCH = 2_000


class Piece(NamedTuple):
    """A part of a file.

    Attributes:
        rank: the place of the file among all.
        digest: what tells that the file holds something else.
        info: what the corpus says of itself, in JSON, if this file is about that.
        rows: the rows of some of its records, or what is counted of all.
        records: of how many.
        checksums: of the texts of all, 64 bits each, in the last piece.
    """

    rank: int
    digest: str
    info: str
    rows: Flat
    records: int
    checksums: bytes


class Feed(NamedTuple):
    """A corpus as it is read.

    Attributes:
        look: how its files looked before they were read.
        pieces: what they hold, in their order; each has one piece at least.
    """

    look: fresh.Look
    pieces: Iterator[Piece]


def feed(folder: Path) -> Feed:
    """Look at the files of a corpus now, and read them when the pieces are asked for.

    Asking for pieces raises:
        UnreadableError: if a file holds something else than the records it should.
        UnsoundError: if a record links to itself, or both ways to another.
    """
    look = fresh.look(folder)
    return Feed(look, _pieces(look))


def _pieces(look: fresh.Look) -> Iterator[Piece]:
    # Loaded by whoever reads, not by whoever only writes what another process reads.
    from explore.corpus.stream import entries_of, info_of
    from explore.index.derive import written

    for rank, stamp in enumerate(look.stamps):
        kind, path = stamp.kind, Path(look.where(stamp))
        digest = fresh.digest(str(path))
        if kind == fresh.INFO:
            yield Piece(rank, digest, written(info_of(path)), {}, 1, b"")
            continue
        for batch in batches(kind, rank, entries_of(kind, path, {})):
            yield Piece(rank, digest, "", *batch)


def batches(
    kind: RecordType, rank: int, entries: "Iterable[Entry]"
) -> Iterator[tuple[Flat, int, bytes]]:
    """Give the rows of a file's records, some at a time, and of how many these are.

    The last rows are what is counted of all, and come with their checksums.

    Raises:
        UnsoundError: if a record links to itself, or both ways to another.
    """
    from explore.index.derive import completed, derive

    counts, checksums = Counts(Counter), array("q")
    rows, records, size = no_rows(), 0, _FIRST_BATCH
    first = numbers(rank)[0] + 1
    for place, checksum, record in entries:
        checksums.append(checksum)
        derive(rows, kind, first + place, completed(kind, record))
        records += 1
        if records == size:
            count(rows, counts)
            yield rows, records, b""
            rows, records, size = no_rows(), 0, min(2 * size, _BATCH)
    count(rows, counts)
    yield rows, records, b""
    yield tallied(rank, counts), 0, checksums.tobytes()
