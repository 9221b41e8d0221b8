"""Whether an index says what the files say now: which files were added, changed or removed."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from explore import __version__
from explore.corpus import files, journal
from explore.corpus.file_access import open_file
from explore.errors import NoCorpusError
from explore.index.tables import VERSION
from explore.model.fields import RecordType

if TYPE_CHECKING:
    import sqlite3

# An edit within the tick of a file system's clock leaves size and times as they were. Most clocks
# tick every few milliseconds; those of FAT and some others show by their round times.
_FINE_NS, _COARSE_NS = 100_000_000, 2_000_000_000
_ROUND_NS = 10_000_000
# What no file has: a file that was written to while it was read is read again.
_TORN = -1

INFO: Final = "info"
Kind = RecordType | Literal["info"]


class Stamp(NamedTuple):
    """A file as it was seen: what it holds records of, where it is, and what tells it changed."""

    type: Kind
    path: str
    size: int
    mtime: int
    ctime: int
    inode: int


_INODE = Stamp._fields.index("inode")


class Look(NamedTuple):
    """How the files of a corpus look, in their order, since when, in nanoseconds, and where."""

    since: int
    stamps: list[Stamp]
    view: journal.View = journal.View()

    def where(self, stamp: Stamp) -> str:
        """Return where a file is read; while a corpus is written, that may be a copy."""
        return self.view.where(stamp.path) or stamp.path


def look(folder: Path) -> Look:
    """Look at the files of a corpus now."""
    # The time comes first, so that what is edited meanwhile is seen as edited the next time.
    since = time.time_ns()
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would follow links
    view = journal.view(folder)
    found = stamps(folder, view)
    if view.instead and not found:
        raise NoCorpusError(journal.UNFINISHED.format(folder))
    return Look(since, found, view)


def stamps(folder: Path, view: journal.View | None = None) -> list[Stamp]:
    """Return how the files of a corpus look; `corpus.yaml` comes last."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would follow links
    view = view or journal.view(folder)
    info = files.info_path(folder)
    found: list[tuple[Kind, str]]
    found = [(kind, name) for kind, names in files.names(folder).items() for name in names]
    found += [(INFO, str(info))] if info else []
    places = [(kind, name, view.where(name)) for kind, name in found]
    seen = [stamp_of(kind, name, where) for kind, name, where in places if where]
    return [stamp for stamp in seen if stamp]


def is_steady(folder: Path, look: Look) -> bool:
    """Whether no import has begun or ended since a corpus was looked at."""
    return journal.raw_state(folder) == look.view.raw


def stamp_of(kind: Kind, name: str, where: str) -> Stamp | None:
    """Return how a file looks; nothing if it has gone since it was listed.

    Args:
        kind: what it holds records of.
        name: its path.
        where: the path that it is read at.
    """
    try:
        seen = os.stat(where)  # noqa: PTH116 - a file may have thousands of fellows
    except FileNotFoundError:
        return None
    return Stamp(kind, name, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def _is_young(stamp: Stamp, since: int) -> bool:
    """Whether a file may be changed after a time, in nanoseconds, and look as it did then."""
    changed = max(stamp.mtime, stamp.ctime)
    return changed > since - (_FINE_NS if changed % _ROUND_NS else _COARSE_NS)


def version() -> str:
    """Return what an index must have been made by, to be read."""
    return f"{__version__} {VERSION}"


def digest(path: str) -> str:
    """Return two checksums of what a file holds.

    They tell one state of a file from the next, beside its size; who could forge one could write
    to the index as well.
    """
    from zlib import adler32, crc32

    first, second = crc32(b""), adler32(b"")
    with open_file(Path(path)) as file:
        while piece := file.read(1 << 20):
            first, second = crc32(piece, first), adler32(piece, second)
    return f"{first:08x}{second:08x}"


class Difference(NamedTuple):
    """How the files that an index was made of differ from the files that are there.

    Attributes:
        ranks: the files to be read again; None if the index must be made from nothing, as it is
            of another version or was made of other files.
        hashed: what files hold that could not be told by their looks alone, by their ranks.
        built: when the files that the index was made of were looked at, in nanoseconds; 0 if the
            index is of another version.
    """

    ranks: list[int] | None
    hashed: dict[int, str]
    built: int


def difference(db: "sqlite3.Connection", look: Look) -> Difference:
    """Compare an index with the files.

    Files that only look different, as after a checkout, are told by what they hold.

    Raises:
        sqlite3.Error, ValueError, TypeError: if the index cannot be read.
    """
    meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('version', 'built')"))
    if meta.get("version") != version():
        return Difference(None, {}, 0)
    built = int(meta["built"])
    known = db.execute(
        "SELECT type, path, size, mtime, ctime, inode, digest FROM file ORDER BY rank"
    ).fetchall()
    now = look.stamps
    if [row[:2] for row in known] != [(stamp.type, os.fsencode(stamp.path)) for stamp in now]:
        return Difference(None, {}, built)
    unsure = [
        rank
        for rank, (row, stamp) in enumerate(zip(known, now, strict=True))
        if row[2:6] != stamp[2:] or _is_young(stamp, built)
    ]
    hashed = {rank: _digest_now(look.where(now[rank])) for rank in unsure}
    return Difference([rank for rank in unsure if known[rank][6] != hashed[rank]], hashed, built)


def _digest_now(path: str) -> str:
    # Whoever reads it will see that it has gone.
    try:
        return digest(path)
    except FileNotFoundError:
        return "gone"


def would_settle(found: Difference, look: Look) -> bool:
    """Whether looks alone would do from now on, if this look were written down.

    That costs a copy of the index, so it waits until the files have been still for a while.
    """
    youngest = max((max(stamp.mtime, stamp.ctime) for stamp in look.stamps), default=0)
    return found.ranks == [] and bool(found.hashed) and youngest <= look.since - _COARSE_NS


def stamp(db: "sqlite3.Connection", seen: dict[int, Stamp]) -> None:
    """Write down how files look that are known already, by their ranks."""
    db.executemany(
        "UPDATE file SET size = ?, mtime = ?, ctime = ?, inode = ? WHERE rank = ?",
        [(*looks[2:], rank) for rank, looks in seen.items()],
    )


def note(db: "sqlite3.Connection", look: Look, rank: int, hashed: str) -> None:
    """Write down how a file was seen before it was read, and what it held.

    If it looks different now, what was read may be half of this and half of that; see `torn`.
    """
    stamp = look.stamps[rank]
    now = stamp_of(stamp.type, stamp.path, look.where(stamp))
    # Some file systems number a file anew each time.
    if not now or now[:_INODE] != stamp[:_INODE]:
        stamp, hashed = stamp._replace(size=_TORN), ""
    db.execute(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        # A path need not be text that SQLite can hold.
        [rank, stamp.type, os.fsencode(stamp.path), *stamp[2:], hashed],
    )


def torn(db: "sqlite3.Connection") -> bool:
    """Whether a file was written to while it was read."""
    return db.execute("SELECT 1 FROM file WHERE size = ?", [_TORN]).fetchone() is not None


def seal(db: "sqlite3.Connection", built: int) -> None:
    """Write down by which program the index was made, and since when its files look as noted."""
    db.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [("version", version()), ("built", str(built))],
    )


def written_at(built: int) -> int:
    """Return the time that a finished index has as that of its last change, in nanoseconds.

    Whatever is written to it later shows by another. Every file system can hold this one.
    """
    return built - built % _COARSE_NS
