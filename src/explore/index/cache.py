"""Where the index of a corpus lies, and whether what lies there may be trusted."""

import os
import re
import stat
from binascii import crc32
from contextlib import suppress
from pathlib import Path

_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_INDEX, _LOCK = ".sqlite", ".lock"
# What this program writes there, and SQLite beside it.
_NAME = re.compile(r"[0-9a-f]{16}\.(sqlite|lock|\d+\.part)(-journal|-wal|-shm)?")


def cache_path(folder: Path) -> Path:
    """Return the file that the index of a corpus is kept in."""
    name = os.fsencode(os.path.realpath(folder))
    # An index names its files, so two folders with one key cost time and never a wrong result;
    # `hashlib` would cost its import at every start.
    return cache_folder() / f"{crc32(name):08x}{crc32(name[::-1]):08x}{_INDEX}"


def cache_folder() -> Path:
    """Return the folder that indexes are kept in (XDG base directories)."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):  # noqa: PTH117 - as below
        return Path(named, "explore")
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib raises where there is no home
    # Whoever has no home has no cache: nothing can be created below a file.
    return Path(home, ".cache", "explore") if home != "~" else Path(os.devnull, "explore")


def is_ours(path: Path) -> bool:
    """Return whether a file and its folder are ours, and nobody else could have written there."""
    if not hasattr(os, "getuid"):
        return path.is_file()
    try:
        found, folder = path.lstat(), path.parent.stat()
    except OSError:
        return False
    mine = found.st_uid == folder.st_uid == os.getuid()
    closed = not (found.st_mode | folder.st_mode) & _OTHERS_MAY_WRITE
    return stat.S_ISREG(found.st_mode) and mine and closed


def prepared(folder: Path) -> bool:
    """Make the folder of the indexes if need be; return whether it may be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS_MAY_WRITE


def all_indexes() -> tuple[int, int]:
    """Count the indexes in the cache, and their bytes."""
    sizes = [path.lstat().st_size for path in _ours() if path.suffix == _INDEX]
    return len(sizes), sum(sizes)


def cleared(folder: Path | None) -> int:
    """Remove the index of a corpus, or of all, and what was left beside; return how many.

    An index that is being made meanwhile is waited for. Who asks at the same time keeps what is
    open there, and makes a new one.

    Raises:
        OSError: if one cannot be removed.
    """
    from explore.index.lock import alone

    stem = cache_path(folder).stem if folder else None
    found = [path for path in _ours() if stem in {None, path.name.partition(".")[0]}]
    count = 0
    for name in {path.name.partition(".")[0] for path in found}:
        lock = cache_folder() / f"{name}{_LOCK}"
        with alone(lock):
            mine = [path for path in _ours() if path.name.partition(".")[0] == name]
            count += sum(path.suffix == _INDEX for path in mine)
            # The lock goes last, while it is held.
            for path in sorted(mine, key=lambda path: path == lock):
                path.unlink(missing_ok=True)
    return count


def _ours() -> list[Path]:
    """Return the files in the cache that are named as ours, belong to us, and are no folders."""
    found = []
    folder = cache_folder()
    for path in folder.iterdir() if folder.is_dir() else ():
        if not _NAME.fullmatch(path.name):
            continue
        with suppress(FileNotFoundError):
            seen = path.lstat()
            mine = not hasattr(os, "getuid") or seen.st_uid == os.getuid()
            if mine and not stat.S_ISDIR(seen.st_mode):
                found.append(path)
    return found
