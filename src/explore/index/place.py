"""Where the index of a corpus lies, and whether what lies there may be trusted."""

import os
import stat
from pathlib import Path

from explore import locations

_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def cache_path(folder: Path) -> Path:
    """Give the file that the index of a corpus is kept in."""
    return Path(locations.cache_file(str(folder)))


def cache_folder() -> Path:
    """Give the folder that indexes are kept in."""
    return Path(locations.cache_folder())


def is_ours(path: Path) -> bool:
    """Tell whether a file and its folder are ours, and nobody else could have written there."""
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
    """Make the folder of the indexes if need be; tell whether it may be written to."""
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
    sizes = [path.stat().st_size for path in cache_folder().glob("*.sqlite")]
    return len(sizes), sum(sizes)


def cleared(folder: Path | None) -> int:
    """Remove the index of a corpus, or of all; give how many were there.

    Raises:
        OSError: if one cannot be removed.
    """
    if folder is None:
        found = list(cache_folder().glob("*.sqlite"))
        aside = [path for kind in ("lock", "part") for path in cache_folder().glob(f"*.{kind}")]
    else:
        path = cache_path(folder)
        found = [path] if path.is_file() else []
        aside = [*path.parent.glob(f"{path.stem}.*")] if path.parent.is_dir() else []
    for path in {*found, *aside}:
        path.unlink(missing_ok=True)
    return len(found)
