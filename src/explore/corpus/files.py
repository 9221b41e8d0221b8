"""Find the folder and the files of a corpus."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from explore.corpus.file_access import folder_obstacle, obstacle
from explore.errors import CorpusFileError, NoCorpusError
from explore.model.fields import RecordType

FILES: dict[RecordType, str] = {"actor": "actors", "claim": "claims", "source": "sources"}
INFO = "corpus"

# The path of a file or folder, and what is wrong with it and what to do.
FileProblem = tuple[str, str]


class CorpusFiles(NamedTuple):
    """The files of a corpus.

    Attributes:
        records: those of each record type: `claims.yaml`, then those in a folder `claims/`.
        info: `corpus.yaml`, if it exists.
        problems: what cannot be read, or was meant to be read and is not.
    """

    records: dict[RecordType, list[str]]
    info: str | None
    problems: list[FileProblem]


def find(named: str | None) -> Path:
    """Return the folder of the corpus: `named`, else `$EXPLORE_CORPUS`, else the bundled one.

    Raises:
        NoCorpusError: if it is not a folder, or has no file of a corpus.
    """
    chosen = named or os.environ.get("EXPLORE_CORPUS")
    if not chosen:
        return bundled_corpus()
    folder = Path(chosen)
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"{chosen} is not a folder ({reason}); a corpus is a folder of YAML files"
        raise NoCorpusError(message) from error
    if not is_folder:
        raise NoCorpusError(f"{chosen} is not a folder; a corpus is a folder of YAML files")
    if any(os.path.lexists(f"{folder / stem}.yaml") for stem in FILES.values()):
        return folder
    # Files that cannot be read are reported when they are read.
    found = survey(folder)
    if not any(found.records.values()) and not found.problems:
        missing = "actors.yaml and claims.yaml are missing"
        raise NoCorpusError(
            f"no corpus in {chosen}: {missing}; 'explore init {chosen}' creates one"
        )
    return folder


def bundled_corpus() -> Path:
    """Return the folder of the bundled corpus.

    A wheel has it inside the package; a checkout has it at the top.
    """
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - pathlib takes longer to load
    inside = os.path.join(package, "data")  # noqa: PTH118 - as above
    if os.path.isdir(inside):  # noqa: PTH112 - as above
        return Path(inside)
    return Path(package).parent.parent / "data"


def info_path(folder: Path) -> Path | None:
    """Return the path of `corpus.yaml`, if it exists."""
    path = folder / f"{INFO}.yaml"
    return path if path.is_file() else None


def paths(folder: Path) -> dict[RecordType, list[Path]]:
    """Return the files of each record type: `claims.yaml`, then those in a folder `claims/`.

    Raises:
        CorpusFileError: at the first file that cannot be read.
    """
    return {kind: list(map(Path, found)) for kind, found in names(folder).items()}


def names(folder: Path) -> dict[RecordType, list[str]]:
    """Return the same as text, which is faster: every query needs all, and there may be thousands.

    Raises:
        CorpusFileError: at the first file that cannot be read, `corpus.yaml` among them.
    """
    found = survey(folder)
    for problem in found.problems:
        raise CorpusFileError(*problem)
    return found.records


def survey(folder: Path) -> CorpusFiles:
    """Return the files of a corpus, and what keeps any of them from being read."""
    records: dict[RecordType, list[str]] = {}
    problems: list[FileProblem] = []
    for kind, stem in FILES.items():
        before = len(problems)
        records[kind] = _single(folder, stem, problems)
        records[kind] += _inside(f"{folder / stem}{os.sep}", problems)
        if not records[kind] and len(problems) == before:
            problems += _instead(folder, stem)
    before = len(problems)
    info = _single(folder, INFO, problems)
    if not info and len(problems) == before:
        problems += _instead(folder, INFO)
    return CorpusFiles(records, info[0] if info else None, problems)


def _single(folder: Path, stem: str, problems: list[FileProblem]) -> list[str]:
    """Return the one file of this name, if it is there and can be read."""
    path = f"{folder / stem}.yaml"
    try:
        why = obstacle(path)
    except FileNotFoundError:
        return []
    if why is None:
        return [path]
    problems.append((path, why))
    return []


def _inside(folder: str, problems: list[FileProblem]) -> list[str]:
    """Return the files of records in a folder, which need not be there, in order."""
    found = []
    try:
        with os.scandir(folder) as listed:
            for entry in listed:
                if not is_record_file(entry.name):
                    continue
                # Most are no links, and need no further look.
                why = None if entry.is_file(follow_symlinks=False) else obstacle(entry.path)
                if why is None:
                    found.append(entry.path)
                else:
                    problems.append((entry.path, why))
    except NotADirectoryError:
        # A file `claims` is reported with those that only look as if they were read.
        return []
    except OSError as error:
        path = folder.rstrip(os.sep)
        why = folder_obstacle(path, error)
        if why:
            problems.append((path, why))
    return sorted(found)


def is_record_file(name: str) -> bool:
    """Whether a file in `claims/` is read; names that begin with a dot are an editor's."""
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def _instead(folder: Path, stem: str) -> list[FileProblem]:
    """Return files that somebody took for those of this name, none of which exists."""
    from explore.corpus.strays import strays_of

    return list(strays_of(folder, stem))
