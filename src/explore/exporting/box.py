"""The box in which an export is made, and from which it is put in its place.

It is a folder beside that place, called `.NAME.explore-export`: `new` in it is what is made, `old`
what it replaces, and `journal.json` names every file in it that is ours. At each moment `new`,
`old` or the place itself is a whole export. A run that was killed leaves its box, and the next one
to the same place ends what the journal tells, or takes it back.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, cast

from explore.errors import UsageError
from explore.exporting import manifest, places

_MARK = '{"explore-export-journal": 1'
_NAME = "journal.json"


class _Journal(NamedTuple):
    """What is in a box, and what goes where.

    Attributes:
        files: the sha256 of every file of ours by its path in the box; None while it is made.
        new: what goes from `new` to the place, in order; "" is all of it.
        old: what goes before that from the place to `old`.
        folders: the folders at the place that exports made.
    """

    files: dict[str, str | None]
    new: list[str]
    old: list[str]
    folders: list[str]


class Box:
    """The box of a place.

    Attributes:
        new: where the export is made.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._path = place.with_name(f".{place.name}.explore-export")
        self.new = self._path / "new"
        self._old = self._path / "old"

    @contextmanager
    def opened(self, names: Iterable[str]) -> Iterator[None]:
        """Have the box for what has these names in it; nothing of it stays.

        Raises:
            UsageError: if something stays that is not ours.
        """
        self._path.mkdir(mode=0o700)
        try:
            self._note(_Journal(dict.fromkeys(names), [], [], []))
            yield
        finally:
            self.settle(alone=True)

    def put(self, new: manifest.Files, old: manifest.Files) -> None:
        """Put a folder that was made in its place, and aside what it replaces.

        All goes at once where nothing else is in the way; in a folder that also holds files of
        others, these stay where they are, and ours go one by one, manifests last.
        """
        files: dict[str, str | None] = {_within("new", name): sha for name, sha in new.items()}
        files |= {_within("old", name): sha for name, sha in old.items()}
        folders = manifest.made(self._place)
        if not places.kind_of(self._place):
            journal = _Journal(files, [""], [], [])
        elif not self._place.is_dir():
            journal = _Journal(files, [""], [""], [])
        elif _has_only(self._place, old, folders):
            shutil.copymode(self._place, self.new)
            journal = _Journal(files, [""], [""], [])
        else:
            folders |= manifest.made(self.new)
            journal = _Journal(files, list(new), list(old), sorted(folders))
        self._note(journal)
        for name in journal.old:
            _move(self._place / name, self._old / name)
        for name in journal.new:
            _move(self.new / name, self._place / name)

    def settle(self, *, alone: bool) -> None:
        """End what an export left in the box, or take it back, and remove the box.

        Args:
            alone: whether no other export can be using it now.

        Raises:
            UsageError: if it holds what is not ours, or perhaps another's at work.
        """
        kind = places.kind_of(self._path)
        if not kind:
            return
        if not alone:
            raise UsageError(
                f"another export to {self._place} is running or was interrupted;"
                f" if none is running, remove {self._path}"
            )
        journal = self._journal() if kind == "a folder" else None
        if journal is None:
            raise UsageError(f"{self._path} is in the way; move it away or name another place")
        if any(map(os.path.lexists, (self.new / name for name in journal.new))):
            self._take_back(journal)
            self._note(_Journal(journal.files, [], [], []))
        manifest.prune(self._place, journal.folders)
        manifest.remove(self._path, journal.files)
        self._close()

    def _take_back(self, journal: _Journal) -> None:
        for name in journal.new:
            there, here = self._place / name, self.new / name
            sha = journal.files.get(_within("new", name))
            if not os.path.lexists(here) and sha and manifest.digest(there) == sha:
                _move(there, here)
        for name in journal.old:
            if os.path.lexists(self._old / name):
                _move(self._old / name, self._place / name)

    def _close(self) -> None:
        """Remove what is left of an emptied box, the journal last."""
        for path in (self.new, self._old):
            with suppress(OSError):
                path.rmdir()
        left = {path.name for path in self._path.iterdir()} - {_NAME, f"{_NAME}.part"}
        if left:
            raise UsageError(
                f"{self._path / min(left)} holds files that no export wrote; move them away"
            )
        for name in (f"{_NAME}.part", _NAME):
            if _is_journal(self._path / name):
                (self._path / name).unlink()
        self._path.rmdir()

    def _note(self, journal: _Journal) -> None:
        part = self._path / f"{_NAME}.part"
        rest = json.dumps(journal._asdict())[1:]
        with part.open("w", encoding="utf-8") as file:
            file.write(f"{_MARK}, {rest}\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path / _NAME)

    def _journal(self) -> _Journal | None:
        """Return the journal; an empty one if the box was left before its first word."""
        if {path.name for path in self._path.iterdir()} <= {f"{_NAME}.part"}:
            part = self._path / f"{_NAME}.part"
            return _Journal({}, [], [], []) if not part.exists() or _is_journal(part) else None
        found = manifest.loaded(self._path / _NAME)
        files, lists = found.get("files"), [found.get(name) for name in _Journal._fields[1:]]
        if not _is_journal(self._path / _NAME) or not isinstance(files, dict):
            return None
        names = [name for part in lists if isinstance(part, list) for name in part]
        if not all(isinstance(part, list) for part in lists):
            return None
        if not all(manifest.is_inside(name) for name in [*files, *names] if name != ""):
            return None
        return _Journal(files, *cast("list[list[str]]", lists))


def _is_journal(path: Path) -> bool:
    """Whether a file is the beginning of a journal; one that was cut off at once is empty."""
    if places.kind_of(path) != "a file":
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        text = file.read(len(_MARK))
    return _MARK.startswith(text)


def _within(part: str, name: str) -> str:
    return f"{part}/{name}" if name else part


def _has_only(folder: Path, files: Iterable[str], folders: Iterable[str]) -> bool:
    """Whether nothing is in a folder but these files and folders."""
    for at, steps, names in os.walk(folder):
        within = Path(at).relative_to(folder)
        if not {(within / name).as_posix() for name in names} <= set(files):
            return False
        if not {(within / name).as_posix() for name in steps} <= set(folders):
            return False
    return True


def _move(source: Path, target: Path) -> None:
    """Rename a file or folder to where nothing is.

    Raises:
        UsageError: if something is there.
    """
    if os.path.lexists(target):
        raise UsageError(f"{target} is in the way of {source}; move one of them away")
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
