"""Whether an index says what the files say now: which files were added, changed or removed."""

import os
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from explore import __version__
from explore.corpus import place
from explore.index.layout import VERSION
from explore.records import RecordType

if TYPE_CHECKING:
    import sqlite3

# An edit within the tick of a file system's clock leaves size and times as they were.
_TICK_NS = 2_000_000_000

INFO: Final = "info"


class Stamp(NamedTuple):
    """A file as it was seen: what it holds records of, where it is, and what tells it changed."""

    kind: RecordType | Literal["info"]
    path: str
    size: int
    mtime: int
    ctime: int
    inode: int


class Look(NamedTuple):
    """How the files of a corpus look, in their order, and since when, in nanoseconds."""

    since: int
    stamps: list[Stamp]


def look(folder: Path) -> Look:
    """Look at the files of a corpus now."""
    # The time comes first, so that what is edited meanwhile is seen as edited the next time.
    return Look(time.time_ns(), stamps(folder))


def stamps(folder: Path) -> list[Stamp]:
    """Give how the files of a corpus look; `corpus.yaml` comes last."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would follow links
    info = place.info_path(folder)
    found = [_stamp(kind, name) for kind, names in place.names(folder).items() for name in names]
    return [*found, _stamp(INFO, str(info))] if info else found


def _stamp(kind: RecordType | Literal["info"], name: str) -> Stamp:
    seen = os.stat(name)  # noqa: PTH116 - a file may have thousands of fellows
    return Stamp(kind, name, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def version() -> str:
    """Give what an index must have been made by, to be read."""
    return f"{__version__} {VERSION}"


def digest(path: str) -> str:
    """Give two checksums of what a file holds.

    They tell one state of a file from the next, beside its size; who could forge one could write
    to the index as well.
    """
    from zlib import adler32, crc32

    first, second = crc32(b""), adler32(b"")
    with Path(path).open("rb") as file:
        while piece := file.read(1 << 20):
            first, second = crc32(piece, first), adler32(piece, second)
    return f"{first:08x}{second:08x}"


class Difference(NamedTuple):
    """How the files that an index was made of differ from the files that are there.

    Attributes:
        ranks: the files to be read again; None if the index must be made anew, as it is of another
            version or was made of other files.
        hashed: what files hold that could not be told by their looks alone, by their ranks.
        built: when the files that the index was made of were looked at.
    """

    ranks: list[int] | None
    hashed: dict[int, str]
    built: str | None


def difference(db: "sqlite3.Connection", look: Look) -> Difference:
    """Compare an index with the files.

    Files that only look different, as after a checkout, are told by what they hold.

    Raises:
        sqlite3.Error: if the index cannot be read.
    """
    meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('version', 'built')"))
    built = meta.get("built")
    if meta.get("version") != version() or built is None:
        return Difference(None, {}, built)
    known = db.execute(
        "SELECT kind, path, size, mtime, ctime, inode, digest FROM file ORDER BY rank"
    ).fetchall()
    now = look.stamps
    if [row[:2] for row in known] != [(stamp.kind, os.fsencode(stamp.path)) for stamp in now]:
        return Difference(None, {}, built)
    settled = int(built) - _TICK_NS
    unsure = [
        rank
        for rank, (row, stamp) in enumerate(zip(known, now, strict=True))
        if row[2:6] != stamp[2:] or max(stamp.mtime, stamp.ctime) > settled
    ]
    hashed = {rank: digest(now[rank].path) for rank in unsure}
    return Difference([rank for rank in unsure if known[rank][6] != hashed[rank]], hashed, built)


def would_settle(found: Difference, look: Look) -> bool:
    """Tell whether looks alone would do from now on, if this look were written down."""
    youngest = max((max(stamp.mtime, stamp.ctime) for stamp in look.stamps), default=0)
    return found.ranks == [] and bool(found.hashed) and youngest <= look.since - _TICK_NS


def settle(db: "sqlite3.Connection", found: Difference, look: Look) -> None:
    """Write down how the files look that hold what they held.

    Raises:
        sqlite3.Error: if the index cannot be written.
    """
    db.execute("BEGIN IMMEDIATE")
    # Another process may have brought it up to date meanwhile.
    if is_as_found(db, found):
        stamp(db, {rank: look.stamps[rank] for rank in found.hashed})
        seal(db, look.since)
    db.execute("COMMIT")


def is_as_found(db: "sqlite3.Connection", found: Difference) -> bool:
    """Tell whether an index is still the one that was compared."""
    built = db.execute("SELECT value FROM meta WHERE key = 'built'").fetchone()
    return built is not None and built[0] == found.built


def stamp(db: "sqlite3.Connection", seen: dict[int, Stamp]) -> None:
    """Write down how files look that are known already, by their ranks."""
    db.executemany(
        "UPDATE file SET size = ?, mtime = ?, ctime = ?, inode = ? WHERE rank = ?",
        [(*looks[2:], rank) for rank, looks in seen.items()],
    )


def note(db: "sqlite3.Connection", rank: int, stamp: Stamp, hashed: str, checksums: bytes) -> None:
    """Write down how a file was seen, and what it held."""
    db.execute(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        # A path need not be text that SQLite can hold.
        [rank, stamp.kind, os.fsencode(stamp.path), *stamp[2:], hashed, checksums],
    )


def checksums(db: "sqlite3.Connection", rank: int) -> "array[int]":
    """Give the checksums of the texts of a file's records; see `explore.corpus.quick`."""
    found = array("q")
    found.frombytes(db.execute("SELECT checksums FROM file WHERE rank = ?", [rank]).fetchone()[0])
    return found


def seal(db: "sqlite3.Connection", built: int) -> None:
    """Write down by which program the index was made, and since when its files look as noted."""
    db.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [("version", version()), ("built", str(built))],
    )
