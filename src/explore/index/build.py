"""From the files of a corpus to a filled index."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from explore.corpus.integrity import circles, contradictions
from explore.corpus.problems import UnsoundError
from explore.corpus.stream import info_of, records_of
from explore.index import freshness
from explore.index.former_ids import present_ids, resolve
from explore.index.retry import BROKEN, report, steadily
from explore.index.rows import Rows, completed, insert, mentioned, no_rows, to_json
from explore.index.tables import INDEXES, create, is_searchable, numbers, run
from explore.index.update import reread
from explore.model.fields import RecordType
from explore.model.links import link_target
from explore.model.records import RECORD_TYPES, Record

# Called with the name of the file that is read, how many records there are so far, and how many
# bytes of how many have been read.
Progress = Callable[[str, int, int, int], None]

# So many records are written together.
_BATCH = 2_000
# What is not whole is thrown away, so nothing need be safe from a crash.
_PRIVATE = (
    "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA cache_size = -24000; PRAGMA temp_store = FILE; PRAGMA locking_mode = EXCLUSIVE"
)


def build(
    folder: Path, path: Path | None = None, progress: Progress | None = None
) -> sqlite3.Connection:
    """Return a new index of the corpus in a folder.

    Args:
        folder: the corpus.
        path: a file that nothing else uses; in memory if None.
        progress: is called on the way.

    Raises:
        CorpusError: if the corpus has problems.
        sqlite3.Error, OSError: if it cannot be written.
    """
    return steadily(folder, lambda: _build(folder, path, progress))


def _build(folder: Path, path: Path | None, progress: Progress | None) -> sqlite3.Connection:
    if path:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
    db = sqlite3.connect(path or ":memory:", isolation_level=None)
    try:
        run(db, _PRIVATE)
        db.execute("BEGIN")
        _fill(db, folder, freshness.look(folder), progress)
        db.execute("COMMIT")
        reread(db, folder)
    except BROKEN:
        db.close()
        report(folder)
        raise
    except BaseException:
        db.close()
        raise
    return db


def from_records(info: Record, records: dict[RecordType, list[Record]]) -> sqlite3.Connection:
    """Return an index in memory of records that are sound; they are not changed."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    create(db)
    db.execute("UPDATE meta SET value = ? WHERE key = 'info'", [to_json(info)])
    for rank, (kind, group) in enumerate(records.items()):
        db.execute("INSERT INTO file (rank, type) VALUES (?, ?)", [rank, kind])
        rows = no_rows()
        for n, record in enumerate(group, numbers(rank)[0] + 1):
            rows.add(kind, n, completed(kind, dict(record)))
        insert(db, rows, searchable=is_searchable(db))
    run(db, INDEXES)
    resolve(db, present_ids(db))
    return db


def _fill(
    db: sqlite3.Connection, folder: Path, look: freshness.Look, progress: Progress | None
) -> None:
    create(db)
    known = _Known()
    total = sum(stamp.size for stamp in look.stamps)
    before = list(accumulate((stamp.size for stamp in look.stamps), initial=0))
    for rank, stamp in enumerate(look.stamps):
        path = Path(look.where(stamp))
        digest = freshness.digest(str(path))
        if stamp.type == freshness.INFO:
            db.execute("UPDATE meta SET value = ? WHERE key = 'info'", [to_json(info_of(path))])
        else:
            for rows in _batches(stamp.type, rank, path, known):
                insert(db, rows, searchable=is_searchable(db))
                if progress:
                    progress(Path(stamp.path).name, len(known.types), before[rank], total)
        freshness.note(db, look, rank, digest)
    if progress:
        progress("and sorting", len(known.types), total, total)
    run(db, INDEXES)
    known.replace(resolve(db, present_ids(db)))
    known.verify(db)
    if not freshness.is_steady(folder, look):
        raise UnsoundError
    freshness.seal(db, look.since)


def _batches(kind: RecordType, rank: int, path: Path, known: "_Known") -> Iterator[Rows]:
    """Yield the rows of the records of a file, some at a time."""
    rows = no_rows()
    for n, record in enumerate(records_of(kind, path), numbers(rank)[0] + 1):
        full = completed(kind, record)
        known.add(kind, full, rows.add(kind, n, full))
        if len(rows.record) == _BATCH:
            yield rows
            rows = no_rows()
    yield rows


class _Known:
    """What the rules of a corpus need to know about all of its records.

    Attributes:
        types: the type of each record, by its id.
    """

    def __init__(self) -> None:
        self.types: dict[str, RecordType] = {}
        self._supports: dict[str, list[str]] = {}

    def add(self, kind: RecordType, record: Record, names: list[tuple[str, str]]) -> None:
        """Take in a record and the records that it names.

        Raises:
            UnsoundError: if it contradicts itself.
        """
        if next(contradictions(kind, record, names), None):
            raise UnsoundError
        self.types[record["id"]] = kind
        if "supports" in record:
            self._supports[record["id"]] = [link_target(link) for link in record["supports"]]

    def replace(self, records: dict[str, Record]) -> None:
        """Take in what records say with present ids in place of former ones."""
        for name, record in records.items():
            if "supports" in record:
                self._supports[name] = [link_target(link) for link in record["supports"]]

    def verify(self, db: sqlite3.Connection) -> None:
        """Check what no record shows alone.

        Args:
            db: the index that they were all written to.

        Raises:
            UnsoundError: if a record names another that is not there, or supports form a circle.
        """
        named = "SELECT DISTINCT value FROM mention WHERE field = ?"
        for owner in RECORD_TYPES:
            for field, type_ in mentioned(owner).items():
                if any(self.types.get(name) != type_ for (name,) in db.execute(named, [field])):
                    raise UnsoundError
        linked = "SELECT DISTINCT target FROM link"
        if any(self.types.get(name) != "claim" for (name,) in db.execute(linked)):
            raise UnsoundError
        if next(circles(self._supports, lambda name: self._supports.get(name, ())), None):
            raise UnsoundError
