"""Which corpus a question is about, and which files it is made of."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from explore import locations
from explore.errors import NoCorpusError
from explore.records import RecordType

FILES: dict[RecordType, str] = {"actor": "actors", "claim": "claims", "source": "sources"}


def find(named: str | None) -> Path:
    """Give the folder of the corpus: `named`, else `$EXPLORE_CORPUS`, else the shipped one.

    Raises:
        NoCorpusError: if the folder is none, or holds no file of a corpus.
    """
    chosen = named or os.environ.get("EXPLORE_CORPUS")
    if not chosen:
        return shipped()
    folder = Path(chosen)
    if not folder.is_dir():
        raise NoCorpusError(f"{chosen} is no folder; a corpus is a folder of YAML files")
    if not any(_holds(folder, stem) for stem in FILES.values()):
        raise NoCorpusError(f"{chosen} holds no corpus: no actors.yaml and no claims.yaml")
    return folder


def _holds(folder: Path, stem: str) -> bool:
    """Tell whether there is any file of records of a type."""
    return (folder / f"{stem}.yaml").is_file() or any(_inside(f"{folder / stem}"))


def shipped() -> Path:
    """Give the folder of the corpus that comes with the program."""
    return Path(locations.shipped())


def info_path(folder: Path) -> Path | None:
    """Give the file in which a corpus tells of itself, if it has one."""
    path = folder / "corpus.yaml"
    return path if path.is_file() else None


def paths(folder: Path) -> dict[RecordType, list[Path]]:
    """Give the files of each record type: `claims.yaml`, then those in a folder `claims/`."""
    return {kind: list(map(Path, found)) for kind, found in names(folder).items()}


def names(folder: Path) -> dict[RecordType, list[str]]:
    """Give the same as text: every question asks for all, and there may be thousands."""
    found: dict[RecordType, list[str]] = {}
    for kind, stem in FILES.items():
        single = folder / f"{stem}.yaml"
        inside = f"{folder / stem}{os.sep}"
        found[kind] = [str(single)] if single.is_file() else []
        found[kind] += [inside + name for name in sorted(_inside(inside))]
    return found


def _inside(folder: str) -> Iterator[str]:
    """Yield the names of the files of records in a folder, which need not be there."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as listed:
        for entry in listed:
            stem, dot, ending = entry.name.rpartition(".")
            if stem and dot and ending in {"yaml", "yml"} and entry.is_file():
                yield entry.name
