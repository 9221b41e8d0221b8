"""Find files in a corpus that are not read, though they look as if they should be."""

import os
from collections.abc import Iterator
from pathlib import Path

from explore.corpus.files import FILES, INFO, FileProblem, is_record_file

# Endings that people, editors and browsers give to a file that was meant to end in `.yaml`.
_NEAR = {"", "yaml", "yml", "yaml.txt", "yml.txt", "yaml.yaml", "yaml.yml", "json"}
_YAML = (".yaml", ".yml")
_MEANT = (*_YAML, ".yaml.txt", ".yml.txt", ".json")
_STEMS = (INFO, *FILES.values())


def strays(folder: Path) -> Iterator[FileProblem]:
    """Yield every file that looks as if it should be read and is not, and what to do."""
    for stem in _STEMS:
        yield from strays_of(folder, stem)
    known = ", ".join(f"{stem}.yaml" for stem in _STEMS)
    for entry in _entries(str(folder)):
        if entry.name.casefold().endswith(_YAML) and not any(
            _is_near(entry.name, stem) for stem in _STEMS
        ):
            yield entry.path, f"not read; a corpus has {known} and folders of the same names"


def strays_of(folder: Path, stem: str) -> Iterator[FileProblem]:
    """Yield the same for what looks like one file of a corpus, or is in its folder."""
    for entry in _entries(str(folder)):
        if _is_stray(entry, folder, stem):
            yield entry.path, f"not read; {_remedy(entry, stem)}"
    if stem == INFO:
        return
    for entry in _entries(f"{folder / stem}"):
        if _holds_yaml(entry):
            yield entry.path, f"not read; move its files into the folder '{stem}'"
        elif not is_record_file(entry.name) and entry.name.casefold().endswith(_MEANT):
            yield entry.path, f"not read; {_renamed(entry)}"


def _is_stray(entry: "os.DirEntry[str]", folder: Path, stem: str) -> bool:
    if entry.name == f"{stem}.yaml" or not _is_near(entry.name, stem):
        return False
    if _is_folder(entry) and not _holds_yaml(entry):
        return False
    # Where capitals do not matter to the file system, this may be the very file.
    meant = folder / (stem if _is_folder(entry) else f"{stem}.yaml")
    if not os.path.lexists(meant):
        return True
    return not os.path.samestat(meant.lstat(), entry.stat(follow_symlinks=False))


def _is_near(name: str, stem: str) -> bool:
    base, _, ending = name.strip().casefold().partition(".")
    return base in {stem, stem.removesuffix("s")} and ending in _NEAR


def _remedy(entry: "os.DirEntry[str]", stem: str) -> str:
    if _is_folder(entry):
        return f"rename the folder to '{stem}'"
    if entry.name.casefold().endswith(".json"):
        return f"a corpus is written in YAML: write {stem}.yaml; 'explore import' reads JSON"
    return f"rename it to '{stem}.yaml'"


def _renamed(entry: "os.DirEntry[str]") -> str:
    if entry.name.casefold().endswith(".json"):
        return "a corpus is written in YAML; 'explore import' reads JSON"
    return f"rename it to '{entry.name.lstrip('.').partition('.')[0] or 'more'}.yaml'"


def _holds_yaml(entry: "os.DirEntry[str]") -> bool:
    return _is_folder(entry) and any(
        inner.name.casefold().endswith(_YAML) for inner in _entries(entry.path)
    )


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    """Return what is in a folder, in order; nothing if it cannot be listed."""
    try:
        with os.scandir(folder) as listed:
            # Names that begin like this are locks of editors.
            named = (entry for entry in listed if not entry.name.startswith(".#"))
            return sorted(named, key=lambda entry: entry.name)
    except OSError:
        return []
