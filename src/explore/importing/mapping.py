"""Which column of a table becomes which field of a record, and what else each record has."""

from pathlib import Path
from typing import Annotated, Literal, NotRequired, TypedDict

import msgspec

from explore.corpus.events import mapping_of
from explore.corpus.problems import YamlError
from explore.corpus.shape import Shape
from explore.corpus.validate import fit
from explore.errors import UsageError
from explore.importing.drafts import Column, Draft, Writing, parts_of, unread
from explore.importing.names import ACTORS
from explore.importing.rows import Row
from explore.model.fields import Field, RecordType
from explore.model.names import nearest
from explore.model.records import DERIVED, Record, declaration, is_list

# What commands and exports write besides the declared fields, and the corpus does not store.
_DERIVED = frozenset((*DERIVED, "n", "first_day", "last_day"))


class MappingFile(TypedDict):
    """A mapping, as its file has it."""

    kind: NotRequired[
        Annotated[Literal["actors", "claims", "sources"], Field("The record type of the rows.")]
    ]
    header: NotRequired[Annotated[bool, Field("Whether the first row names the columns.")]]
    columns: NotRequired[
        Annotated[dict[str, Column | list[Column] | str], Field("Fields by column.")]
    ]
    set: NotRequired[Annotated[dict[str, str], Field("Fields set in every record.")]]
    actors: NotRequired[
        Annotated[
            dict[str, str | dict[str, str]],
            Field("Fields of newly created actors; under `about`, of those named there."),
        ]
    ]
    sources: NotRequired[Annotated[dict[str, str], Field("Fields of newly created sources.")]]


class Mapping:
    """How rows become records of one type."""

    def __init__(
        self, kind: RecordType, file: MappingFile, maps: list[str], sets: list[str]
    ) -> None:
        """Put a mapping file and options together; options come before the file.

        Raises:
            UsageError: if a field is unknown, or an option is not of the form `column=field`.
        """
        self.kind = kind
        self.header = file.get("header", True)
        self.columns = {name: _all(part) for name, part in file.get("columns", {}).items()}
        typed: dict[str, list[Column]] = {}
        for name, field in (_pair(text, "--map", "column=field") for text in maps):
            first = self.columns.get(name, [{"field": field}])[0]
            typed.setdefault(name, []).append({**first, "field": field})
        self.columns |= typed
        self._targets = {column["field"] for parts in self.columns.values() for column in parts}
        self._fields = _spellings(kind)
        self.constants = list(file.get("set", {}).items())
        own = [_pair(text, "--set", "field=value") for text in sets]
        self.constants = [pair for pair in self.constants if pair[0] not in dict(own)] + own
        self.new_actors: Record = {"kind": "person"} | dict(file.get("actors", {}))
        self.new_sources: Record = {"type": "document"} | dict(file.get("sources", {}))
        _tried("actor", "name", self.new_actors)
        _tried("source", "title", self.new_sources)
        self._check()

    def _check(self) -> None:
        known = list(declaration(self.kind).__annotations__)
        for field in [*self._targets, *dict(self.constants)]:
            if field.partition(".")[0] not in known:
                guess = nearest(field, known, limit=1)
                hint = f"did you mean '{guess[0]}'?" if guess else f"it has {', '.join(known)}"
                raise UsageError(f"a {self.kind} has no field '{field}'; {hint}")
        for field, value in self.constants:
            others = {part for name, part in self.constants if name == field} - {value}
            if others and not is_list(self.kind, field.partition(".")[0]):
                raise UsageError(f"--set gives '{field}' two values: '{value}', '{others.pop()}'")

    def unknown(self, columns: list[str]) -> list[str]:
        """Return the columns that are mapped but not there.

        A column that is called as a field is needs no mapping.
        """
        there = set(columns)
        return [name for name in self.columns if name not in there]

    def unused(self, columns: list[str]) -> list[str]:
        """Return the columns that become nothing, but for those of an own export."""
        derived = _DERIVED if self.is_own(columns) else ()
        return [
            name
            for name in columns
            if name not in self.columns and not self._field(name) and name not in derived
        ]

    def is_own(self, columns: list[str]) -> bool:
        """Whether a table has the columns of an own export: every field, and none of others'."""
        known = self._fields.keys() | _DERIVED
        there = set(map(_plain, columns))
        return there <= known and there >= set(map(_plain, declaration(self.kind).__annotations__))

    def fields_of(self, columns: list[str]) -> dict[str, list[str]]:
        """Return the fields that each column becomes; those that all records have are under ""."""
        found = {name: [column["field"] for column in self._becomes(name)] for name in columns}
        found[""] = list(dict(self.constants))
        return {name: fields for name, fields in found.items() if fields}

    def draft(self, row: Row) -> Draft:
        """Return a row as a record, lists as lists, names not yet looked up."""
        writing = Writing(self.kind, row)
        for field, text in self.constants:
            # What all records have is put before the entries of a list, and where nothing is.
            if is_list(self.kind, field.partition(".")[0]):
                writing.put("", {"field": field}, text)
        for name, value in row.cells.items():
            reason = unread(value)
            for column in self._becomes(name):
                if reason:
                    writing.faults.append(f"column '{name}': {reason}")
                else:
                    writing.put(name, column, value)
        for field, text in self.constants:
            if not is_list(self.kind, field.partition(".")[0]):
                writing.put("", {"field": field}, text)
        return Draft(row, writing.record, list(dict.fromkeys(writing.faults)))

    def _becomes(self, name: str) -> list[Column]:
        own = self._field(name)
        return self.columns.get(name, [{"field": own}] if own else [])

    def _field(self, name: str) -> str:
        """Return the field that a column is called as, whatever its case; "" if none.

        A field that another column is mapped to is that column's, unless it is a list.
        """
        top, dot, inner = name.partition(".")
        found = self._fields.get(_plain(top), "")
        if not found:
            return ""
        field = found + dot + inner.strip().lower()
        taken = field in self._targets and not is_list(self.kind, found.partition(".")[0])
        return "" if taken else field


def read(path: Path) -> MappingFile:
    """Return what a mapping file says.

    Raises:
        UsageError: if it is not one.
    """
    try:
        found = mapping_of(path)
    except YamlError as error:
        raise UsageError(
            f"{path}:{error.position[0]}:{error.position[1]}: {error.message}"
        ) from error
    record, issues = fit(Shape(MappingFile), found)
    if issues:
        raise UsageError(f"{path}: {'; '.join(message for *_, message in issues)}")
    return msgspec.convert(record, MappingFile)


def _all(part: Column | list[Column] | str) -> list[Column]:
    """Return what becomes of a column, which may be several things."""
    if isinstance(part, list):
        return part
    return [{"field": part} if isinstance(part, str) else part]


def _spellings(kind: RecordType) -> dict[str, str]:
    """Return the fields, and the parts of those that have parts, by how columns are called."""
    found = {}
    for name, hint in declaration(kind).__annotations__.items():
        found[_plain(name)] = name
        for part in parts_of(hint):
            found[f"{_plain(name)}_{_plain(part)}"] = f"{name}.{part}"
    return found


def _tried(kind: RecordType, title: str, new: Record) -> None:
    """Try what new records are to have.

    Raises:
        UsageError: if no record can have it.
    """
    named = {key: part for key, part in new.items() if isinstance(part, dict) and key in ACTORS}
    own = {key: part for key, part in new.items() if key not in named}
    for where, part in {"": {}, **named}.items():
        place = f"{kind}s.{where}: " if where else f"{kind}s: "
        fixed = sorted({"id", title} & (own | part).keys())
        if fixed:
            raise UsageError(f"{place}'{fixed[0]}' comes from the table; remove it")
        tried = {"id": "new", title: "New"} | own | part
        _, issues = fit(Shape(declaration(kind)), tried)
        if issues:
            raise UsageError(place + "; ".join(message for *_, message in issues))


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def _pair(typed: str, option: str, form: str) -> tuple[str, str]:
    # A column may hold a `=`, a field cannot.
    left, mark, right = typed.rpartition("=") if option == "--map" else typed.partition("=")
    if not mark or not left or not right:
        raise UsageError(f"{option}: '{typed}' is not of the form {form}")
    return left, right
