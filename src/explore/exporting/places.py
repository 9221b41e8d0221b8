"""Where an export may go: never over what holds more than an export, and through no link."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import explore
from explore.corpus.files import FILES, bundled_corpus, info_path, paths
from explore.errors import UsageError
from explore.index.cache import cache_folder

# A file or folder, whatever it is called and by whichever mount it is reached.
_Identity = tuple[int, int]

_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFREG: "a file",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}
_DATA = {*FILES.values(), "corpus"}


def place_for(typed: Path, corpus: Path) -> Path:
    """Return the place that a user names, with no link on the way to it.

    Args:
        typed: the file or folder to write.
        corpus: the folder of the corpus that is exported.

    Raises:
        UsageError: if no export may ever be written there.
    """
    try:
        if typed.is_symlink():
            _refuse(typed, "is a link", "name the file or folder itself, or a new one")
        plain = typed.name not in {"", ".."}
        real = Path(os.path.realpath(typed.parent if plain else typed))
    except ValueError as error:
        raise UsageError(f"{typed} is not a path: {error}") from error
    place = real / typed.name if plain else real
    for around in place.parents:
        if kind_of(around) not in {"", "a folder"}:
            _refuse(typed, f"is inside {around}, {kind_of(around)}", "name another place")
    if place.parent == place or os.path.ismount(place):
        _refuse(typed, "is the root of a file system", "name a new file or folder")
    for what, kept in _kept(corpus):
        _refuse_over(typed, place, what, kept)
    for what, folder in (("the cache", _cache()), ("the program", _program())):
        if _identity(folder) in _ancestors(place):
            _refuse(typed, f"is inside {what}'s folder", "name a place outside it")
    for folder in (corpus, bundled_corpus()):
        _refuse_data(typed, place, folder)
    return place


def kind_of(place: Path) -> str:
    """Return what is at a place, such as `a folder`, or "" if there is nothing."""
    try:
        mode = place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return _KINDS.get(stat.S_IFMT(mode), "a device")


def _refuse(typed: Path, why: str, instead: str) -> NoReturn:
    raise UsageError(f"cannot export to {typed}: it {why}; {instead}")


def _refuse_over(typed: Path, place: Path, what: str, kept: Path) -> None:
    """Refuse a place that is a folder which is kept, or a folder around it."""
    real = Path(os.path.realpath(kept))
    here = _identity(place)
    for around in (real, *real.parents):
        if around == place or (here is not None and here == _identity(around)):
            _refuse(
                typed,
                f"is {what}" if around == real else f"contains {what} ({kept})",
                "name a new file or folder",
            )


def _refuse_data(typed: Path, place: Path, folder: Path) -> None:
    """Refuse a place that is read as records of a corpus, or would be."""
    files = [path for found in paths(folder).values() for path in found]
    info = info_path(folder)
    here = _identity(place)
    data = {_identity(path) for path in (*files, *([info] if info else []))}
    inside = {_identity(folder / stem) for stem in FILES.values()} - {None}
    if (here is not None and here in data) or inside & {here, *_ancestors(place)}:
        _refuse(typed, f"belongs to the corpus {folder}", "name another file or folder")
    # What is new is read, too, if it is called as the corpus's own are.
    corpus = _identity(folder)
    for step, around in pairwise((place, *place.parents)):
        if _stem(step) in _DATA and corpus is not None and _identity(around) == corpus:
            _refuse(typed, f"would be read as part of the corpus {folder}", "name it otherwise")


def _stem(place: Path) -> str:
    name = place.name.casefold()
    return name.removesuffix(".yaml").removesuffix(".yml")


def _kept(corpus: Path) -> Iterator[tuple[str, Path]]:
    """Yield the folders over which nothing is written, and what each is."""
    with suppress(OSError):
        yield "the working folder", Path.cwd()
    with suppress(RuntimeError):
        yield "your home folder", Path.home()
    yield "the corpus", corpus
    yield "the bundled corpus", bundled_corpus()
    yield "the cache", _cache()
    yield "the program", _program()
    try:
        import pwd
    except ImportError:
        return
    for user in pwd.getpwall():
        home = Path(user.pw_dir)
        if home.is_absolute():
            yield f"the home folder of {user.pw_name}", home


def _cache() -> Path:
    return cache_folder()


def _program() -> Path:
    return Path(explore.__file__).parent


def _ancestors(place: Path) -> list[_Identity]:
    """Return the identities of the folders around a place, the nearest first."""
    return [found for around in place.parents if (found := _identity(around))]


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
