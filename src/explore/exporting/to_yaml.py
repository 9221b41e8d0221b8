"""The corpus as YAML again, in one file for each type: what `explore` reads."""

from pathlib import Path

from explore.corpus.files import FILES as FILES_OF
from explore.corpus.write import dumped, mapping
from explore.exporting import Options
from explore.index.queries import Index

FILES = ("corpus.yaml", *(f"{stem}.yaml" for stem in FILES_OF.values()))


def write(index: Index, options: Options, path: Path) -> None:
    """Make the folder of a corpus."""
    del options
    path.mkdir()
    info = index.info()
    if info:
        (path / "corpus.yaml").write_text(mapping(info), encoding="utf-8", newline="")
    for kind, stem in FILES_OF.items():
        with (path / f"{stem}.yaml").open("w", encoding="utf-8", newline="") as file:
            file.writelines(dumped(kind, index.stored(kind)))
