"""Write an export in its place: all of it or nothing, and never over other people's files."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from explore.errors import UsageError
from explore.exporting import manifest, places
from explore.exporting.box import Box


class Place(NamedTuple):
    """A place to write to, as `places.place_for` returns it, and whether it may be replaced."""

    path: Path
    force: bool


def file_of(text: Iterable[str], place: Place) -> None:
    """Write a text to a file.

    Raises:
        UsageError: if something is there that may not be replaced.
        OSError: if it cannot be written; what was there is as before.
    """

    def write(part: Path) -> None:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(text)

    made(write, place)


def made(write: Callable[[Path], None], place: Place, names: Iterable[str] = ()) -> None:
    """Write a file or a folder beside its place, and move it there when it is finished.

    Args:
        write: writes it at a path where nothing is.
        place: where it goes.
        names: the files that it may have, with `/` between folders, if it is a folder.

    Raises:
        UsageError: if something is there that may not be replaced.
        OSError: if it cannot be written; what was there is as before.
    """
    files = [*names, manifest.NAME] if names else []
    with _parents(place.path.parent), _alone(place.path.parent) as alone:
        box = Box(place.path)
        box.settle(alone=alone)
        old = _replaceable(place, files)
        with box.opened([f"new/{name}" for name in files] or ["new"]):
            write(box.new)
            if files:
                box.put(_sealed(box.new, place.path), old)
            else:
                _synced(box.new)
                _put_file(box.new, place)


def _replaceable(place: Place, names: list[str]) -> manifest.Files:
    """Return the files that a folder replaces; "" is a file in the place of the folder.

    Args:
        place: where it goes.
        names: the files that it may have; none for what is a file itself.

    Raises:
        UsageError: if something is there that may not be replaced.
    """
    path, kind = place.path, places.kind_of(place.path)
    if not kind:
        return {}
    if kind not in {"a file", "a folder"}:
        raise UsageError(f"{path} is {kind}, which no export replaces; name another file")
    if kind == "a folder" and not names:
        raise UsageError(f"{path} is a folder; name a file, such as {path / 'export'}")
    if not place.force:
        raise UsageError(f"{path} already exists; --force replaces an earlier export")
    if kind == "a file":
        return {"": manifest.digest(path)} if names else {}
    own = manifest.written(path)
    if not own and any(path.iterdir()):
        raise UsageError(
            f"{path} holds files of others; name a new folder, such as {path / 'export'}"
        )
    for name in names:
        if name not in own:
            _refuse_foreign(path, name)
    return own


def _refuse_foreign(folder: Path, name: str) -> None:
    """Refuse to write where something is already, or through what is not a folder."""
    path = folder
    for step in Path(name).parts:
        path /= step
        kind = places.kind_of(path)
        if kind and (kind != "a folder" or path == folder / name):
            raise UsageError(
                f"{path} was not written by an export or has changed since;"
                " move it away or name another folder"
            )


def _sealed(new: Path, place: Path) -> manifest.Files:
    """Return the files of a folder that was made; their manifest is added to it, as the last."""
    files = {
        path.relative_to(new).as_posix(): _synced(path)
        for path in sorted(new.rglob("*"))
        if not path.is_dir()
    }
    earlier = manifest.made(place)
    folders = [
        name
        for name in manifest.folders_of(files)
        if name in earlier or not (place / name).is_dir()
    ]
    path = new / manifest.NAME
    path.write_text(manifest.text_of(files, folders), encoding="utf-8", newline="")
    return {**files, manifest.NAME: _synced(path)}


def _synced(path: Path) -> str:
    """Return the sha256 of a file that a crash does not take any more."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return manifest.digest(path)


def _put_file(new: Path, place: Place) -> None:
    if places.kind_of(place.path):
        shutil.copymode(place.path, new)
        new.replace(place.path)
        return
    try:
        # Unlike a renamed file, a link never takes the place of what has come there meanwhile.
        os.link(new, place.path)
    except FileExistsError as error:
        raise UsageError(f"{place.path} already exists; name another file") from error
    except OSError:
        new.rename(place.path)


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """Have a folder, and if nothing came to be in it, not have it any more."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        raise


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Have no other export write to a folder meanwhile; yield whether that is sure."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            # Some file systems have no locks for folders.
            yield False
        else:
            yield True
            with suppress(OSError):
                os.fsync(handle)
    finally:
        os.close(handle)
