"""A folder of YAML files as a checked corpus, with everything that is wrong in it."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from explore.corpus.check import check
from explore.corpus.comments import CUT, cuts
from explore.corpus.items import Complain, Item
from explore.corpus.journal import UNFINISHED, View, steady
from explore.corpus.place import survey
from explore.corpus.problem import Lost, Mark, Problem, few
from explore.corpus.recovery import UNREAD, fields, records
from explore.corpus.shape import Shape
from explore.errors import CorpusError, CorpusFileError, NoCorpusError
from explore.records import RECORD_TYPES, CorpusInfo, Record, RecordType, declaration

# After so many records of a file that do not fit their shape, it is not said why others do not.
_MOST_FAULTY = 100
_UNREAD = (CorpusFileError, FileNotFoundError)
# The rule that a file offends which cannot be read at all.
_UNREADABLE = "unreadable"


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
        problems: what is wrong, in the order of files and lines; of many that are alike the
            first, and one that counts the rest.
        files: how many files were read.
    """

    records: dict[RecordType, list[Record]]
    problems: list[Problem]
    files: int


def load(folder: Path) -> Corpus:
    """Read and check the corpus in a folder.

    Raises:
        CorpusError: with every error that was found.
        CorpusFileError: if a file cannot be read.
    """
    reader, info = _read(folder)
    errors = [problem for problem in reader.problems if problem.severity == "error"]
    for problem in errors:
        if problem.rule == _UNREADABLE:
            raise CorpusFileError(str(problem.path), problem.message)
    if errors:
        raise CorpusError(str(folder), [str(problem) for problem in sorted(errors)])
    return Corpus(info, reader.records)


def examine(folder: Path) -> Examined:
    """Read the corpus in a folder and find everything that is wrong or odd in it.

    Raises:
        NoCorpusError: if it is only being made.
    """
    from explore.corpus.curation import remarks
    from explore.corpus.strays import strays

    reader, _ = _read(folder)
    if reader.view.instead and not reader.files:
        raise NoCorpusError(UNFINISHED.format(folder))
    if reader.complete:
        reader.problems += remarks(reader.records, reader.lost, reader.place)
    told = {problem.path for problem in reader.problems}
    for path, what in strays(folder):
        if Path(path) not in told:
            reader.problems.append(Problem(Path(path), 1, 1, what, "stray-file", "warning"))
    return Examined(reader.records, few(set(reader.problems)), reader.files)


def _read(folder: Path) -> tuple["_Reader", Record]:
    """Return a reader that has read a corpus at one moment, and what it says of itself."""

    def reading(view: View) -> tuple[_Reader, Record]:
        reader = _Reader(view)
        return reader, reader.all(folder)

    return steady(folder, reading)


class _Reader:
    """Collects records and problems, and remembers where each record stands.

    Attributes:
        records: what could be read, by type.
        problems: what was found.
        lost: for the `id` of each record of which not all could be read, the fields without a
            value; those of a record that is broken are not known, and stand as `*`.
        complete: whether every file could be read to its end.
        faulty: how many records of each file do not fit their shape.
        files: how many were read.
        view: where they are read.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.records: dict[RecordType, list[Record]] = {kind: [] for kind in RECORD_TYPES}
        self.problems: list[Problem] = []
        self.lost: Lost = {}
        self.places: dict[int, tuple[Path, Item]] = {}
        self.complete = True
        self.faulty: Counter[Path] = Counter()
        self.files = 0

    def all(self, folder: Path) -> Record:
        """Read all files, and check how their records name each other.

        Returns what the corpus says of itself.
        """
        found = survey(folder)
        for path, what in found.faults:
            self._unreadable(path, what)
        info = self._info(Path(found.info)) if found.info else {}
        for kind, files in found.records.items():
            for path in files:
                self._file(kind, Path(path))
        if not found.records["claim"] and self.complete:
            message = "no claims.yaml, so this corpus has no claims; write one"
            self.problems.append(Problem(folder, 1, 1, message, "no-claims", "warning"))
        # What stands in a file that cannot be read may be what others name.
        if self.complete:
            self.problems += check(self.records, self.place)
        return info

    def place(self, record: Record, path: list[str | int], rule: str, message: str) -> Problem:
        """Make a problem of a part of a record."""
        file, item = self.places[id(record)]
        return Problem(file, *item.locate(path), message, rule)

    def _unreadable(self, path: str, what: str) -> None:
        self.problems.append(Problem(Path(path), 1, 1, what, _UNREADABLE))
        self.complete = False

    def _info(self, path: Path) -> Record:
        where = self.view.where(str(path))
        if where is None:
            return {}
        self.files += 1
        try:
            item = fields(Path(where), self._complainer(path))
        except _UNREAD as error:
            self._unreadable(str(path), _why(error))
            return {}
        return self._fit(Shape(CorpusInfo), path, item) if item else {}

    def _file(self, kind: RecordType, path: Path) -> None:
        where = self.view.where(str(path))
        if where is None:
            return
        self.files += 1
        shape = Shape(declaration(kind), names=False)
        try:
            for item in records(Path(where), self._complainer(path)):
                record = self._fit(shape, path, item)
                if "id" in record:
                    self.places[id(record)] = path, item
                    self.records[kind].append(record)
        except _UNREAD as error:
            self._unreadable(str(path), _why(error))

    def _complainer(self, path: Path) -> Complain:
        def complain(mark: Mark, rule: str, message: str) -> None:
            self.complete = self.complete and rule != UNREAD
            self.problems.append(Problem(path, *mark, message, rule))

        return complain

    def _fit(self, shape: Shape, path: Path, item: Item) -> Record:
        """Return what of an item fits the shape of a record."""
        odd = [(mark, "unquoted", _lossy(text)) for mark, text in item.lossy]
        odd += [(mark, "comment", CUT) for mark in cuts(item)]
        self.problems += [
            Problem(path, *mark, message, rule, "warning") for mark, rule, message in odd
        ]
        if self.faulty[path] >= _MOST_FAULTY:
            return self._fit_or_count(shape, path, item)
        record, misfits = shape.fit(item.value)
        if record is not None and item.whole:
            return record
        self.faulty[path] += 1
        if item.whole:
            for where, rule, message in misfits:
                self.problems.append(Problem(path, *item.locate(where), message, rule))
        if not isinstance(item.value, dict):
            return {}
        wrong = {str(where[0]) for where, *_ in misfits if where}
        found = {name: part for name, part in item.value.items() if name not in wrong}
        return self._partial(found, wrong if item.whole else {"*"})

    def _fit_or_count(self, shape: Shape, path: Path, item: Item) -> Record:
        """Return an item if it is a record; of any other only that it is none is told."""
        name = item.value.get("id") if isinstance(item.value, dict) else None
        record = shape.record(item.value) if item.whole else None
        if record is not None:
            return record
        message = "record with errors; correct those above first"
        self.problems.append(Problem(path, *item.mark, message, "faulty-record"))
        return self._partial({"id": name} if isinstance(name, str) else {}, {"*"})

    def _partial(self, record: Record, lost: set[str]) -> Record:
        """Return what could be read of a record, and note which fields could not."""
        # A record without an id is not kept, and its place in memory is another's later.
        key = id(record) if "id" in record else 0
        self.lost[key] = self.lost.get(key, set()) | lost
        return record


def _why(error: Exception) -> str:
    if isinstance(error, CorpusFileError):
        return error.what
    return "gone before it could be read; check again"


def _lossy(text: str) -> str:
    return f"other readers of YAML do not take {text} for text; write '{text}' with quotes"
