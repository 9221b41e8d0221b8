"""Which corpus a question is about, and which files it is made of."""

import os
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
    if not any(paths(folder).values()):
        raise NoCorpusError(f"{chosen} holds no corpus: no actors.yaml and no claims.yaml")
    return folder


def shipped() -> Path:
    """Give the folder of the corpus that comes with the program."""
    return Path(locations.shipped())


def info_path(folder: Path) -> Path | None:
    """Give the file in which a corpus tells of itself, if it has one."""
    path = folder / "corpus.yaml"
    return path if path.is_file() else None


def paths(folder: Path) -> dict[RecordType, list[Path]]:
    """Give the files of each record type: `claims.yaml`, then those in a folder `claims/`."""
    return {kind: _files(folder, stem) for kind, stem in FILES.items()}


def _files(folder: Path, stem: str) -> list[Path]:
    single = folder / f"{stem}.yaml"
    found = [single] if single.is_file() else []
    inside = folder / stem
    # Every question asks for these, and there may be thousands.
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(inside) as listed:
        names = [entry.name for entry in listed if _is_yaml(entry)]
        found += [inside / name for name in sorted(names)]
    return found


def _is_yaml(entry: os.DirEntry[str]) -> bool:
    stem, dot, ending = entry.name.rpartition(".")
    return bool(stem and dot) and ending in {"yaml", "yml"} and entry.is_file()
