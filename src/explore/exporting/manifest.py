"""Which files an export wrote: the proof without which none is ever replaced or removed."""

import json
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import Any

NAME = ".explore-export.json"
_VERSION = 1
# No export writes so many files that their list is longer, in bytes.
_LONGEST = 1_000_000
_HASH_LENGTH = 64

# The sha256 of each file by its path in the folder, with `/` between folders.
Files = dict[str, str]


def text_of(files: Mapping[str, str], folders: Iterable[str]) -> str:
    """Return the manifest of files, and of folders that are made for them, as it is written."""
    found = {
        "explore-export": _VERSION,
        "files": dict(sorted(files.items())),
        "folders": sorted(folders),
    }
    return json.dumps(found, indent=2) + "\n"


def folders_of(names: Iterable[str]) -> set[str]:
    """Return the folders on the way to the named files."""
    steps = {step for name in names for step in PurePosixPath(name).parents}
    return {str(step) for step in steps if step.parts}


def made(folder: Path) -> set[str]:
    """Return the folders in a folder that its manifest says were made for the files of an export.

    A folder that was there before, or is somewhere else, is not among them.
    """
    found = loaded(folder / NAME).get("folders")
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    return {name for name in names if is_inside(name) and not _through_link(folder, name)}


def written(folder: Path) -> Files:
    """Return the files in a folder that an export wrote and that are as it left them.

    The manifest is one of them. One that is damaged, or names what no export can have written,
    counts for nothing.
    """
    path = folder / NAME
    found = loaded(path)
    files = found.get("files") if found.get("explore-export") == _VERSION else None
    own = digest(path)
    if not isinstance(files, dict) or not own:
        return {}
    if not all(_is_entry(name, sha) for name, sha in files.items()):
        return {}
    if any(_through_link(folder, name) for name in files):
        return {}
    return {name: sha for name, sha in files.items() if digest(folder / name) == sha} | {NAME: own}


def _is_entry(name: str, sha: Any) -> bool:
    return isinstance(sha, str) and len(sha) == _HASH_LENGTH and is_inside(name) and name != NAME


def is_inside(name: Any) -> bool:
    """Whether a value is a relative path to a file below its folder, by its words alone."""
    if not isinstance(name, str):
        return False
    path = PurePosixPath(name)
    plain = str(path) == name and not path.is_absolute() and not set("\\\0:") & set(name)
    return plain and bool(path.parts) and not {".", ".."} & set(path.parts)


def _through_link(folder: Path, name: str) -> bool:
    path = PurePosixPath(name)
    steps = [*reversed(path.parents), path]
    return any((folder / step).is_symlink() for step in steps if step.parts)


def loaded(path: Path) -> dict[str, Any]:
    """Return the JSON object in a plain file, or {} if there is none."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.stat().st_size > _LONGEST:
            return {}
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def digest(path: Path) -> str:
    """Return the sha256 of a plain file in hexadecimal digits, or "" if there is none."""
    try:
        # Whatever else is there might never end, or wait for somebody.
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def remove(folder: Path, files: Mapping[str, str | None]) -> None:
    """Remove the named files from a folder, and the folders on the way that are empty then.

    What is not as its sha256 says stays, and so does the folder that it is in; without a sha256
    the name alone must do.
    """
    for name, sha in files.items():
        path = folder / name
        if _through_link(folder, name) or not stat.S_ISREG(_mode(path)):
            continue
        if sha is None or digest(path) == sha:
            path.unlink()
    prune(folder, folders_of(files))


def prune(folder: Path, names: Iterable[str]) -> None:
    """Remove the named folders in a folder, as far as they are empty."""
    for name in sorted(names, key=len, reverse=True):
        if not _through_link(folder, name):
            with suppress(OSError):
                (folder / name).rmdir()


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return 0
