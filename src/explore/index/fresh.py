"""Whether an index says what the files say now: which files were added, changed or removed."""

import os
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


def stamps(folder: Path) -> list[Stamp]:
    """Look at the files of a corpus, in their order; `corpus.yaml` comes last."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would follow links
    info = place.info_path(folder)
    found = [_stamp(kind, path) for kind, paths in place.paths(folder).items() for path in paths]
    return [*found, _stamp(INFO, info)] if info else found


def _stamp(kind: RecordType | Literal["info"], path: Path) -> Stamp:
    seen = path.stat()
    return Stamp(kind, str(path), seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


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


def changed(db: "sqlite3.Connection", now: list[Stamp]) -> list[int] | None:
    """Give the ranks of the files that an index must read again; none if it is fresh.

    Gives None if it must be made anew: another version, or other files than it was made of.
    Files that only look different, as after a checkout, are told by what they hold.

    Raises:
        sqlite3.Error: if the index cannot be read.
    """
    meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('version', 'built')"))
    if meta.get("version") != version():
        return None
    known = db.execute(
        "SELECT kind, path, size, mtime, ctime, inode, digest FROM file ORDER BY rank"
    ).fetchall()
    if [row[:2] for row in known] != [stamp[:2] for stamp in now]:
        return None
    settled = int(meta["built"]) - _TICK_NS
    found = []
    for rank, (row, stamp) in enumerate(zip(known, now, strict=True)):
        young = max(stamp.mtime, stamp.ctime) > settled
        if (row[2:6] != stamp[2:] or young) and row[6] != digest(stamp.path):
            found.append(rank)
    return found


def looks_different(db: "sqlite3.Connection", now: list[Stamp]) -> bool:
    """Tell whether the next question would have to hash files that have not changed."""
    built = db.execute("SELECT value FROM meta WHERE key = 'built'").fetchone()
    known = db.execute("SELECT kind, path, size, mtime, ctime, inode FROM file ORDER BY rank")
    youngest = max((max(stamp.mtime, stamp.ctime) for stamp in now), default=0)
    return [tuple(row) for row in known] != now or youngest > int(built[0]) - _TICK_NS


def note(db: "sqlite3.Connection", rank: int, stamp: Stamp, hashed: str) -> None:
    """Write down how a file was seen, and what it held."""
    db.execute(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [rank, *stamp, hashed]
    )


def seal(db: "sqlite3.Connection", built: int) -> None:
    """Write down by which program the index was made, and when its files were looked at."""
    db.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [("version", version()), ("built", str(built))],
    )
