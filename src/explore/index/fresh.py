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
    name = str(path)
    seen = os.stat(name)  # noqa: PTH116 - a path may have thousands of fellows
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
    """

    ranks: list[int] | None
    hashed: dict[int, str]


def difference(db: "sqlite3.Connection", now: list[Stamp]) -> Difference:
    """Compare an index with the files.

    Files that only look different, as after a checkout, are told by what they hold.

    Raises:
        sqlite3.Error: if the index cannot be read.
    """
    meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('version', 'built')"))
    if meta.get("version") != version():
        return Difference(None, {})
    known = db.execute(
        "SELECT kind, path, size, mtime, ctime, inode, digest FROM file ORDER BY rank"
    ).fetchall()
    if [row[:2] for row in known] != [stamp[:2] for stamp in now]:
        return Difference(None, {})
    settled = int(meta["built"]) - _TICK_NS
    unsure = [
        rank
        for rank, (row, stamp) in enumerate(zip(known, now, strict=True))
        if row[2:6] != stamp[2:] or max(stamp.mtime, stamp.ctime) > settled
    ]
    hashed = {rank: digest(now[rank].path) for rank in unsure}
    return Difference([rank for rank in unsure if known[rank][6] != hashed[rank]], hashed)


def would_settle(found: Difference, now: list[Stamp], looked: int) -> bool:
    """Tell whether looks alone would do from now on, if those of `now` were written down.

    Args:
        found: how the files differ.
        now: how they look.
        looked: when they were looked at, in nanoseconds.
    """
    youngest = max((max(stamp.mtime, stamp.ctime) for stamp in now), default=0)
    return found.ranks == [] and bool(found.hashed) and youngest <= looked - _TICK_NS


def settle(db: "sqlite3.Connection", found: Difference, now: list[Stamp], looked: int) -> None:
    """Write down how the files look that hold what they held; arguments as `would_settle`.

    Raises:
        sqlite3.Error: if the index cannot be written.
    """
    db.execute("BEGIN IMMEDIATE")
    # Another process may have brought it up to date meanwhile.
    held = dict(db.execute("SELECT rank, digest FROM file"))
    if found.hashed.items() <= held.items() and len(held) == len(now):
        stamp(db, now)
        seal(db, looked)
    db.execute("COMMIT")


def stamp(db: "sqlite3.Connection", now: list[Stamp]) -> None:
    """Write down how files look that are known already."""
    db.executemany(
        "UPDATE file SET size = ?, mtime = ?, ctime = ?, inode = ? WHERE rank = ?"
        " AND (size, mtime, ctime, inode) <> (?, ?, ?, ?)",
        [(*seen[2:], rank, *seen[2:]) for rank, seen in enumerate(now)],
    )


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
