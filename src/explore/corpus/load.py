"""A folder of YAML files as a checked corpus."""

from pathlib import Path
from typing import NamedTuple

from explore.corpus.check import check
from explore.corpus.place import info_path, paths
from explore.corpus.problem import Problem, YamlError
from explore.corpus.read import Item, read_list, read_mapping
from explore.corpus.shape import Shape
from explore.errors import CorpusError
from explore.records import DECLARED, CorpusInfo, Record, RecordType


class Corpus(NamedTuple):
    """All records of a corpus, known to be sound.

    Attributes:
        info: what it says of itself.
        records: its records by type, in the order of the files.
    """

    info: Record
    records: dict[RecordType, list[Record]]


def load(folder: Path) -> Corpus:
    """Read and check the corpus in a folder.

    Raises:
        CorpusError: with every problem that was found.
    """
    loader = _Loader()
    info = loader.info(folder)
    for kind, files in paths(folder).items():
        for path in files:
            loader.read(kind, path)
    # A record that was lost above would only be reported again wherever it is named.
    if not loader.problems:
        loader.problems += check(loader.records, loader.place)
    if loader.problems:
        raise CorpusError([str(problem) for problem in sorted(loader.problems)])
    return Corpus(info, loader.records)


class _Loader:
    """Collects records and problems, and remembers where each record stands."""

    def __init__(self) -> None:
        self.records: dict[RecordType, list[Record]] = {kind: [] for kind in DECLARED}
        self.problems: list[Problem] = []
        self.places: dict[int, tuple[Path, Item]] = {}

    def info(self, folder: Path) -> Record:
        path = info_path(folder)
        if path is None:
            return {}
        try:
            item = read_mapping(path)
        except YamlError as error:
            self.problems.append(Problem(path, *error.mark, error.message))
            return {}
        return self._fit(Shape(CorpusInfo), path, item) or {}

    def read(self, kind: RecordType, path: Path) -> None:
        shape = Shape(DECLARED[kind])
        try:
            for item in read_list(path):
                record = self._fit(shape, path, item)
                if record is not None:
                    self.places[id(record)] = path, item
                    self.records[kind].append(record)
        except YamlError as error:
            self.problems.append(Problem(path, *error.mark, error.message))

    def place(self, record: Record, path: list[str | int], message: str) -> Problem:
        file, item = self.places[id(record)]
        return Problem(file, *item.locate(path), message)

    def _fit(self, shape: Shape, path: Path, item: Item) -> Record | None:
        record, misfits = shape.fit(item)
        for where, message in misfits:
            self.problems.append(Problem(path, *item.locate(where), message))
        return record
