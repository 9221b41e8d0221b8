"""Write files of a corpus: all of a run or none, whenever the process or the power ends.

Copies of the existing files and the new ones are made durable first; then the journal is
opened, the new files are renamed into their places, and the journal is closed. A process that
finds it open holds the lock, so no other is at work: what was renamed is put back.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from explore.corpus import journal
from explore.corpus.lock import locked
from explore.errors import ExploreError

# The files of the folder that are of no use in another clone.
_IGNORED = f"/lock\n/{journal.STATE}\n/{journal.COPIES}/\n"
_STAGED = re.compile(r"\d+\.(old|new)|back|opened|closed")


class Write(NamedTuple):
    """A file to be written.

    Attributes:
        path: its path from the folder of the corpus, with `/`.
        old: its contents when it was read; None if it did not exist.
        new: its new contents.
    """

    path: str
    old: bytes | None
    new: bytes


@contextmanager
def writing(folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Keep other processes from writing a corpus, and undo what one has left half-written.

    Args:
        folder: the corpus; it is created if needed.
        waiting: called once, with a message, if another process writes.

    Raises:
        ExploreError: if another writes for too long, or the journal is damaged.
        OSError: if the folder cannot be written to.
    """
    with locked(folder, waiting):
        recover(folder)
        yield


def write(folder: Path, writes: Sequence[Write]) -> None:
    """Write all files or none; the caller is in `writing`.

    Raises:
        ExploreError: if a file has changed since it was read, or is not a plain file.
        OSError: if they cannot be written.
    """
    ignored = f"{journal.FOLDER}/.gitignore"
    if not os.path.lexists(folder / ignored):
        writes = [*writes, Write(ignored, None, _IGNORED.encode())]
    state_folder = folder / journal.FOLDER
    state = state_folder / journal.STATE
    staged = state_folder / journal.COPIES
    try:
        _stage(folder, writes, staged)
        (staged / "opened").replace(state)
        _sync(state_folder)
        for n, one in enumerate(writes):
            path = folder / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            _check_unchanged(path, one.old)
            (staged / f"{n}.new").replace(path)
        for parent in _touched(folder, [one.path for one in writes]):
            _sync(parent)
        with suppress(OSError):
            # It may be new itself, in a folder that may not be opened.
            _sync(folder.parent)
        (staged / "closed").replace(state)
    except BaseException:
        # What cannot be undone now, the next writer undoes.
        with suppress(OSError, ExploreError):
            recover(folder)
        raise
    _sync(state_folder)
    with suppress(OSError):
        _clear(staged)


def recover(folder: Path) -> None:
    """Undo what an unfinished run has written; the caller holds the lock.

    What a person has edited since stays.

    Raises:
        ExploreError: if the journal is damaged.
        OSError: if the files cannot be written.
    """
    state_folder = folder / journal.FOLDER
    state = state_folder / journal.STATE
    found = journal.read(folder)
    if found.act is None or (os.path.lexists(state) and not found.raw):
        raise ExploreError(
            f"{state} is damaged; look at the copies in {state_folder / journal.COPIES},"
            " then remove both"
        )
    staged = state_folder / journal.COPIES
    if not journal.is_plain(folder, f"{journal.FOLDER}/{journal.COPIES}/back"):
        raise ExploreError(f"{staged} is not a plain folder; remove it")
    if found.entries:
        for n, entry in enumerate(found.entries):
            path = folder / entry.path
            if journal.digest(path) != entry.new or entry.new == entry.old:
                continue
            if entry.old is None:
                path.unlink()
            else:
                copy = journal.copy_of(folder, n)
                _put(staged / "back", copy.read_bytes(), copy)
                (staged / "back").replace(path)
        for parent in _touched(folder, [entry.path for entry in found.entries]):
            _sync(parent)
        for name in reversed(found.folders):
            with suppress(OSError):
                (folder / name).rmdir()
        _put(staged / "closed", _closed(found.act))
        (staged / "closed").replace(state)
        _sync(state_folder)
    with suppress(OSError):
        _clear(staged)


def _stage(folder: Path, writes: Sequence[Write], staged: Path) -> None:
    """Make copies, new files and both journals durable next to the corpus."""
    _clear(staged)
    staged.mkdir(exist_ok=True)
    # A journal that is lost while its renames are not would be of no use.
    _sync(folder)
    files = []
    for n, one in enumerate(writes):
        path = folder / one.path
        if not journal.belongs(one.path) or not journal.is_plain(folder, one.path):
            raise ExploreError(f"{path} is not a plain file in the corpus; move it away")
        _check_unchanged(path, one.old)
        like = None if one.old is None else path
        if one.old is not None:
            _put(journal.copy_of(folder, n), one.old, like)
        _put(staged / f"{n}.new", one.new, like)
        files.append({"path": one.path, "old": _hash(one.old), "new": _hash(one.new)})
    every = dict.fromkeys(name for one in writes for name in journal.parents(one.path))
    folders = [name for name in every if not (folder / name).is_dir()]
    act = (journal.read(folder).act or 0) + 1
    opened = {"act": act, "folders": folders, "files": files}
    _put(staged / "opened", json.dumps(opened, indent=1).encode())
    _put(staged / "closed", _closed(act))
    _sync(staged)


def _closed(act: int) -> bytes:
    return json.dumps({"act": act}).encode()


def _hash(data: bytes | None) -> str | None:
    import hashlib

    return None if data is None else hashlib.sha256(data).hexdigest()


def _check_unchanged(path: Path, old: bytes | None) -> None:
    """Check that a file has not changed since it was read.

    Raises:
        ExploreError: if it has.
    """
    if (path.read_bytes() if os.path.lexists(path) else None) != old:
        raise ExploreError(f"{path} was edited meanwhile; nothing was written, try again")


def _put(path: Path, data: bytes, like: Path | None = None) -> None:
    """Make a new file durable, with the permissions of another if one is named."""
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        if like:
            shutil.copymode(like, path)
        os.fsync(file.fileno())


def _touched(folder: Path, paths: list[str]) -> list[Path]:
    """Return the folders whose lists of names change with these files."""
    names = {name for path in paths for name in ["", *journal.parents(path)]}
    return [path for name in sorted(names) if (path := folder / name).is_dir()]


def _sync(folder: Path) -> None:
    """Make the names in a folder durable, where a system can."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _clear(staged: Path) -> None:
    """Remove what runs of this program have left, and nothing else."""
    if not staged.is_dir():
        return
    for path in staged.iterdir():
        if _STAGED.fullmatch(path.name):
            path.unlink()
    with suppress(OSError):
        staged.rmdir()
