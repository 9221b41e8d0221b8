"""Read a folder of YAML files as a checked corpus, with everything that is wrong in it."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from explore.corpus.comments import CUT, cuts
from explore.corpus.files import survey
from explore.corpus.journal import UNFINISHED, View, steady
from explore.corpus.located import Complain, LocatedValue
from explore.corpus.problems import Position, Problem, UnreadFields, few
from explore.corpus.recovery import UNREAD, fields, records
from explore.corpus.references import check
from explore.corpus.shape import Shape
from explore.corpus.validate import fit
from explore.errors import CorpusError, CorpusFileError, NoCorpusError
from explore.model.fields import RecordType
from explore.model.records import RECORD_TYPES, CorpusInfo, Record, declaration

# After this many invalid records in a file, the reasons for others are not listed.
_MAX_FAULTY = 100
_UNREAD = (CorpusFileError, FileNotFoundError)
# The rule that a file breaks which cannot be read at all.
_UNREADABLE = "unreadable"


class Corpus(NamedTuple):
    """All records of a corpus, without errors.

    Attributes:
        info: what it says about itself.
        records: its records by type, in the order of the files.
    """

    info: Record
    records: dict[RecordType, list[Record]]


class Examined(NamedTuple):
    """What was found in a corpus, with or without errors.

    Attributes:
        records: what could be read of its records; invalid fields are left out.
        problems: what is wrong, in order of file and line; of many that are alike, the
            first ones, and one that counts the rest.
        files: the number of files that were read.
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
    """Read the corpus in a folder and find every error and warning.

    Raises:
        NoCorpusError: if it is still being created.
    """
    from explore.corpus.lint import warnings
    from explore.corpus.strays import strays

    reader, _ = _read(folder)
    if reader.view.instead and not reader.files:
        raise NoCorpusError(UNFINISHED.format(folder))
    if reader.complete:
        reader.problems += warnings(reader.records, reader.unread, reader.place)
    reported = {problem.path for problem in reader.problems}
    for path, what in strays(folder):
        if Path(path) not in reported:
            reader.problems.append(Problem(Path(path), 1, 1, what, "stray-file", "warning"))
    return Examined(reader.records, few(set(reader.problems)), reader.files)


def _read(folder: Path) -> tuple["_Reader", Record]:
    """Return a reader that has read a corpus at one moment, and what it says about itself."""

    def reading(view: View) -> tuple[_Reader, Record]:
        reader = _Reader(view)
        return reader, reader.all(folder)

    return steady(folder, reading)


class _Reader:
    """Collects records and problems, and remembers the place of each record.

    Attributes:
        records: what could be read, by type.
        problems: what was found.
        unread: by the `id` of each record that could not be read in full, the fields without a
            value; those of a broken record are unknown, which `*` stands for.
        complete: whether every file could be read to its end.
        faulty: the number of invalid records of each file.
        files: the number of files read.
        view: the state of the files that is read.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.records: dict[RecordType, list[Record]] = {kind: [] for kind in RECORD_TYPES}
        self.problems: list[Problem] = []
        self.unread: UnreadFields = {}
        self.places: dict[int, tuple[Path, LocatedValue]] = {}
        self.complete = True
        self.faulty: Counter[Path] = Counter()
        self.files = 0

    def all(self, folder: Path) -> Record:
        """Read all files, and check how their records name each other.

        Returns what the corpus says about itself.
        """
        found = survey(folder)
        for path, what in found.problems:
            self._unreadable(path, what)
        info = self._info(Path(found.info)) if found.info else {}
        for kind, files in found.records.items():
            for path in files:
                self._file(kind, Path(path))
        if not found.records["claim"] and self.complete:
            message = "no claims: claims.yaml is missing; create it"
            self.problems.append(Problem(folder, 1, 1, message, "no-claims", "warning"))
        # A file that cannot be read may contain what others refer to.
        if self.complete:
            self.problems += check(self.records, self.place)
        return info

    def place(self, record: Record, path: list[str | int], rule: str, message: str) -> Problem:
        """Return a problem at a part of a record."""
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
        def complain(position: Position, rule: str, message: str) -> None:
            self.complete = self.complete and rule != UNREAD
            self.problems.append(Problem(path, *position, message, rule))

        return complain

    def _fit(self, shape: Shape, path: Path, item: LocatedValue) -> Record:
        """Return the valid part of a record."""
        odd = [(position, "unquoted", _lossy(text)) for position, text in item.lossy]
        odd += [(position, "comment", CUT) for position in cuts(item)]
        self.problems += [
            Problem(path, *position, message, rule, "warning") for position, rule, message in odd
        ]
        if self.faulty[path] >= _MAX_FAULTY:
            return self._fit_or_count(shape, path, item)
        record, issues = fit(shape, item.value)
        if record is not None and item.complete:
            return record
        self.faulty[path] += 1
        if item.complete:
            for where, rule, message in issues:
                self.problems.append(Problem(path, *item.locate(where), message, rule))
        if not isinstance(item.value, dict):
            return {}
        wrong = {str(where[0]) for where, *_ in issues if where}
        found = {name: part for name, part in item.value.items() if name not in wrong}
        return self._partial(found, wrong if item.complete else {"*"})

    def _fit_or_count(self, shape: Shape, path: Path, item: LocatedValue) -> Record:
        """Return a valid record; an invalid one is only reported as such."""
        name = item.value.get("id") if isinstance(item.value, dict) else None
        record = shape.record(item.value) if item.complete else None
        if record is not None:
            return record
        message = "invalid record; correct the errors above first"
        self.problems.append(Problem(path, *item.position, message, "faulty-record"))
        return self._partial({"id": name} if isinstance(name, str) else {}, {"*"})

    def _partial(self, record: Record, unread: set[str]) -> Record:
        """Return what could be read of a record, and note which fields could not."""
        # A record without an id is dropped, and Python may reuse its `id` for another.
        key = id(record) if "id" in record else 0
        self.unread[key] = self.unread.get(key, set()) | unread
        return record


def _why(error: Exception) -> str:
    if isinstance(error, CorpusFileError):
        return error.what
    return "gone before it could be read; check again"


def _lossy(text: str) -> str:
    return f"other YAML parsers do not read {text} as text; quote it: '{text}'"
