"""Where the index lies, whether it is fresh, and how it is opened: `open_index` does it all."""

import contextlib
import json
import os
import sqlite3
import time
from pathlib import Path

from explore import __version__
from explore.corpus import place
from explore.index.layout import VERSION

# An edit within the tick of a file system's clock leaves size and time as they were.
_TICK_NS = 2_000_000_000


def open_index(folder: Path) -> sqlite3.Connection:
    """Open the index of the corpus in a folder, compiled anew if any file has changed.

    Where the cache cannot be written, the index is built in memory.

    Raises:
        CorpusError: if the corpus has problems.
    """
    stamps = _stamps(folder)
    path = cache_path(folder)
    return _open_fresh(path, stamps) or _rebuild(path, folder, stamps)


def cache_path(folder: Path) -> Path:
    """Give the file that the index of a corpus is kept in (XDG base directories)."""
    from hashlib import sha256

    named = os.environ.get("XDG_CACHE_HOME", "")
    cache = Path(named) if os.path.isabs(named) else Path.home() / ".cache"  # noqa: PTH117
    key = sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return cache / "explore" / f"{key}.sqlite"


Stamp = tuple[str, int, int, int, int]


def _stamps(folder: Path) -> list[Stamp]:
    """Give name, size, times and inode of each file of a corpus."""
    info = place.info_path(folder)
    files = [path for group in place.paths(folder).values() for path in group]
    found = []
    for path in [*files, *([info] if info else [])]:
        stat = path.stat()
        times = stat.st_mtime_ns, stat.st_ctime_ns
        found.append((str(path), stat.st_size, *times, stat.st_ino))
    return found


def _signature(stamps: list[Stamp]) -> str:
    return json.dumps([__version__, VERSION, stamps])


def _digest(stamps: list[Stamp]) -> str:
    from hashlib import blake2b

    digest = blake2b()
    for stamp in stamps:
        digest.update(Path(stamp[0]).read_bytes())
    return digest.hexdigest()


def _open_fresh(path: Path, stamps: list[Stamp]) -> sqlite3.Connection | None:
    """Open the index that is there, if it is whole and says what the files say now."""
    if not path.is_file():
        return None
    try:
        db = sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)
        meta = dict(db.execute("SELECT key, value FROM meta"))
    except sqlite3.Error:
        return None
    settled = int(meta.get("built", 0)) - _TICK_NS
    young = any(max(stamp[2], stamp[3]) > settled for stamp in stamps)
    if meta.get("signature") == _signature(stamps) and (
        not young or meta.get("digest") == _digest(stamps)
    ):
        return db
    db.close()
    return None


def _rebuild(path: Path, folder: Path, stamps: list[Stamp]) -> sqlite3.Connection:
    from explore.corpus.load import load
    from explore.index.build import build

    # Taken before reading, so that an edit while we read is seen as one next time.
    meta = {
        "built": str(time.time_ns()),
        "signature": _signature(stamps),
        "digest": _digest(stamps),
    }
    corpus = load(folder)
    fresh = sqlite3.connect(":memory:")
    build(fresh, corpus)
    fresh.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    fresh.commit()
    _keep(fresh, path)
    return fresh


def _keep(fresh: sqlite3.Connection, path: Path) -> None:
    """Copy an index to its place in one step; a cache that cannot be written is no matter."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with sqlite3.connect(part) as copy:
            fresh.backup(copy)
        copy.close()
        part.replace(path)
    except (OSError, sqlite3.Error):
        with contextlib.suppress(OSError):
            part.unlink()
