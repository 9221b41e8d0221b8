"""Where an export goes: all of it, or nothing of it."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from explore.errors import UsageError


def file_of(text: Iterable[str], path: Path, *, force: bool) -> None:
    """Write a text to a file.

    Raises:
        UsageError: if the file is there and may not be replaced.
    """

    def write(part: Path) -> None:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(text)

    made(write, path, force=force)


def made(write: Callable[[Path], None], path: Path, *, force: bool) -> None:
    """Have a file or a folder made beside its place, and put it there when it is whole.

    Raises:
        UsageError: if something is there and may not be replaced.
    """
    if not force and (path.is_symlink() or path.exists()):
        raise UsageError(f"{path} is there already; --force replaces it")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif part.is_dir():
            path.unlink(missing_ok=True)
        part.replace(path)
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
