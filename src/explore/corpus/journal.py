"""Whether a corpus is being written, and where its files of before are read meanwhile.

Whoever writes several files saves copies of those that are there, says so in the journal, renames
the new files into their places, and closes the journal (see `explore.corpus.transaction`). While
it is open, readers take the saved copies. Each act has a number of its own, so that who finds the
journal as it was has read one moment of the corpus.

A corpus may come from anybody: a journal that names anything but plain files of the corpus, or
whose copies are not what it says, counts for nothing.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from explore.errors import ExploreError

T = TypeVar("T")

UNFINISHED = "{} holds no corpus yet: its first import has not ended"
FOLDER = ".explore"
# Within that folder: the journal, and the copies and new files of the act under way.
STATE = "journal.json"
COPIES = "journal"
# A closed journal has only a number; an open one names few files.
_CLOSED = 64
_LONGEST = 1 << 20
_TRIES = 50


class Entry(NamedTuple):
    """A file that an act replaces.

    Attributes:
        path: where it is, from the folder of the corpus on, with `/`.
        old: the SHA-256 of what it held; None if it was not there.
        new: the SHA-256 of what it is to hold.
    """

    path: str
    old: str | None
    new: str


class State(NamedTuple):
    """What a journal says.

    Attributes:
        raw: all of it; equal only if no act began or ended between.
        act: the number of its act; None if it counts for nothing.
        entries: the files of an act that has not ended.
        folders: the folders that were made for them.
    """

    raw: bytes
    act: int | None = 0
    entries: tuple[Entry, ...] = ()
    folders: tuple[str, ...] = ()


class View(NamedTuple):
    """Where the files of a corpus are read.

    Attributes:
        raw: the journal, as in `State`.
        instead: the saved copies of files by their paths; None for one that was not there.
    """

    raw: bytes = b""
    instead: dict[str, str | None] = {}  # noqa: RUF012 - never changed

    def where(self, path: str) -> str | None:
        """Return where to read a file; None if it was not there."""
        return self.instead.get(path, path)


def view(folder: Path) -> View:
    """Return where the files of a corpus are read now: in their places, if no act is under way."""
    raw = raw_state(folder)
    if len(raw) <= _CLOSED:
        return View(raw)
    instead: dict[str, str | None] = {}
    for n, entry in enumerate(read(folder).entries):
        path = folder / entry.path
        # What a person has edited since is the person's.
        if digest(path) in {entry.old, entry.new}:
            instead[str(path)] = str(copy_of(folder, n)) if entry.old else None
    return View(raw, instead)


def steady(folder: Path, reading: Callable[[View], T]) -> T:
    """Return what `reading` returns or raise what it raises, of one moment of the corpus.

    Raises:
        ExploreError: if the corpus is written all the time.
    """
    for _ in range(_TRIES):
        seen = view(folder)
        try:
            found = reading(seen)
        except (ExploreError, OSError):
            if raw_state(folder) == seen.raw:
                raise
        else:
            if raw_state(folder) == seen.raw:
                return found
    raise ExploreError(f"{folder} changes all the time; try again when no import is running")


def raw_state(folder: Path) -> bytes:
    """Return the journal of a corpus as it is; empty if there is none that could count."""
    # Nearly always there is none; that costs one call.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        file = os.open(f"{folder}{os.sep}{FOLDER}{os.sep}{STATE}", flags)
    except OSError:
        return b""
    try:
        return os.read(file, _LONGEST)
    except OSError:
        return b""
    finally:
        os.close(file)


def read(folder: Path) -> State:
    """Return what the journal of a corpus says, if it can be true."""
    import json

    raw = raw_state(folder)
    if not raw:
        return State(raw)
    try:
        return _understood(folder, raw, json.loads(raw))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError):
        return State(raw, None)


def _understood(folder: Path, raw: bytes, said: Any) -> State:
    """Return what a journal says.

    Raises:
        ValueError, TypeError, KeyError, AttributeError, OSError: if it counts for nothing.
    """
    entries = tuple(Entry(one["path"], one["old"], one["new"]) for one in said.get("files", []))
    folders = tuple(map(str, said.get("folders", [])))
    paths = [entry.path for entry in entries]
    if type(said["act"]) is not int or len(set(paths)) < len(paths):
        raise ValueError
    for n, entry in enumerate(entries):
        if not belongs(entry.path) or not is_plain(folder, entry.path):
            raise ValueError
        copy = f"{FOLDER}/{COPIES}/{n}.old"
        if entry.old and not (is_plain(folder, copy) and digest(folder / copy) == entry.old):
            raise ValueError
    if not set(folders) <= {parent for path in paths for parent in parents(path)}:
        raise ValueError
    return State(raw, said["act"], entries, folders)


def belongs(path: str) -> bool:
    """Whether a path within a corpus is that of a file that is written there."""
    import re

    pattern = (
        r"(actors|claims|sources|corpus)\.yaml|(actors|claims|sources)/[^/\\\0]+\.ya?ml"
        r"|schema/(actors|claims|sources|corpus)\.json"
        rf"|{re.escape(FOLDER)}/(\.gitignore|imports/[a-z0-9-]+\.jsonl)"
    )
    return re.fullmatch(pattern, path) is not None


def is_plain(folder: Path, path: str) -> bool:
    """Whether a path within a corpus is a plain file in plain folders, or not there."""
    from stat import S_ISDIR, S_ISREG

    places = [(parent, S_ISDIR) for parent in parents(path)] + [(path, S_ISREG)]
    for place, fits in places:
        try:
            mode = (folder / place).lstat().st_mode
        except FileNotFoundError:
            return True
        if not fits(mode):
            return False
    return True


def parents(path: str) -> list[str]:
    """Return the folders that a path within a corpus goes through, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def copy_of(folder: Path, n: int) -> Path:
    """Return the saved copy of the entry with this number."""
    return folder / FOLDER / COPIES / f"{n}.old"


def digest(path: Path) -> str | None:
    """Return the SHA-256 of a plain file; None if there is none."""
    import hashlib

    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
