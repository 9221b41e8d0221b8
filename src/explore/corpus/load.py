"""A folder of YAML files as a checked corpus, with everything that is wrong in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from explore.corpus.check import check
from explore.corpus.items import Complain, Item, fields, records
from explore.corpus.journal import UNFINISHED, View, steady
from explore.corpus.place import FILES, info_path, paths
from explore.corpus.problem import Mark, Problem
from explore.corpus.shape import Shape
from explore.errors import CorpusError, NoCorpusError
from explore.records import RECORD_TYPES, CorpusInfo, Record, RecordType, declaration


class Corpus(NamedTuple):
    """All records of a corpus, known to be sound.

    Attributes:
        info: what it says of itself.
        records: its records by type, in the order of the files.
    """

    info: Record
    records: dict[RecordType, list[Record]]


class Examined(NamedTuple):
    """What was found in a corpus, sound or not.

    Attributes:
        records: what could be read of its records; a field that is wrong is left out.
        problems: everything that is wrong, in the order of files and lines.
        files: how many files were read.
    """

    records: dict[RecordType, list[Record]]
    problems: list[Problem]
    files: int


def load(folder: Path) -> Corpus:
    """Read and check the corpus in a folder.

    Raises:
        CorpusError: with every error that was found.
    """
    reader, info = _read(folder)
    if reader.problems:
        raise CorpusError(str(folder), [str(problem) for problem in sorted(reader.problems)])
    return Corpus(info, reader.records)


def examine(folder: Path) -> Examined:
    """Read the corpus in a folder and find everything that is wrong or odd in it.

    Raises:
        NoCorpusError: if it is only being made.
    """
    from explore.corpus.curation import remarks

    reader, _ = _read(folder)
    if reader.view.instead and not reader.files:
        raise NoCorpusError(UNFINISHED.format(folder))
    reader.problems += remarks(reader.records, reader.place)
    reader.problems += reader.lossy
    reader.problems += _strays(folder)
    return Examined(reader.records, sorted(set(reader.problems)), reader.files)


def _read(folder: Path) -> tuple["_Reader", Record]:
    """Return a reader that has read a corpus at one moment, and what it says of itself."""

    def reading(view: View) -> tuple[_Reader, Record]:
        reader = _Reader(view)
        info = reader.info(folder)
        reader.all(folder)
        return reader, info

    return steady(folder, reading)


def _strays(folder: Path) -> Iterator[Problem]:
    """Yield a warning for each file beside those of the corpus that looks like one of them."""
    known = {info_path(folder), *(path for group in paths(folder).values() for path in group)}
    for path in sorted(folder.glob("*.y*ml")):
        if path not in known:
            names = ", ".join(f"{stem}.yaml" for stem in ("corpus", *FILES.values()))
            message = f"this file is not read; a corpus has {names} and folders of the same names"
            yield Problem(path, 1, 1, message, "stray-file", "warning")


class _Reader:
    """Collects records and problems, and remembers where each record stands."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.records: dict[RecordType, list[Record]] = {kind: [] for kind in RECORD_TYPES}
        self.problems: list[Problem] = []
        self.lossy: list[Problem] = []
        self.places: dict[int, tuple[Path, Item]] = {}
        self.files = 0

    def all(self, folder: Path) -> None:
        """Read all files, and check how their records name each other."""
        for kind, files in paths(folder).items():
            for path in files:
                self._file(kind, path)
        self.problems += check(self.records, self.place)

    def info(self, folder: Path) -> Record:
        """Give what a corpus says of itself."""
        path = info_path(folder)
        where = path and self.view.where(str(path))
        if path is None or where is None:
            return {}
        self.files += 1
        item = fields(Path(where), self._complainer(path))
        return self._fit(Shape(CorpusInfo), path, item) if item else {}

    def place(self, record: Record, path: list[str | int], rule: str, message: str) -> Problem:
        """Make a problem of a part of a record."""
        file, item = self.places[id(record)]
        return Problem(file, *item.locate(path), message, rule)

    def _file(self, kind: RecordType, path: Path) -> None:
        where = self.view.where(str(path))
        if where is None:
            return
        self.files += 1
        shape = Shape(declaration(kind))
        for item in records(Path(where), self._complainer(path)):
            record = self._fit(shape, path, item)
            if "id" in record:
                self.places[id(record)] = path, item
                self.records[kind].append(record)

    def _complainer(self, path: Path) -> Complain:
        def complain(mark: Mark, rule: str, message: str) -> None:
            self.problems.append(Problem(path, *mark, message, rule))

        return complain

    def _fit(self, shape: Shape, path: Path, item: Item) -> Record:
        """Give what of an item fits the shape of a record."""
        self.lossy += [
            Problem(path, *mark, _lossy(text), "unquoted", "warning") for mark, text in item.lossy
        ]
        record, misfits = shape.fit(item.value)
        if record is not None:
            return record
        if item.whole:
            for where, rule, message in misfits:
                self.problems.append(Problem(path, *item.locate(where), message, rule))
        if not isinstance(item.value, dict):
            return {}
        wrong = {where[0] for where, *_ in misfits if where}
        return {name: part for name, part in item.value.items() if name not in wrong}


def _lossy(text: str) -> str:
    return f"other readers of YAML take {text} for no text; write '{text}' with quotes"
