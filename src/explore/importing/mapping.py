"""Which column of a table becomes which field of a record, and what else each record has."""

from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import msgspec

from explore.corpus.problem import YamlError
from explore.corpus.quick import mapping
from explore.corpus.shape import Shape
from explore.errors import UsageError
from explore.fields import Field, Text
from explore.importing.names import ACTORS
from explore.names import nearest
from explore.records import Record, RecordType, declaration, is_list


class Column(TypedDict):
    """What becomes of a column."""

    field: Annotated[Text, Field("The field; `locator.page` is a part of one.")]
    split: NotRequired[Annotated[str, Field("What stands between entries.", example=",")]]
    prefix: NotRequired[Annotated[str, Field("What is put before each.", example="verdict-")]]
    values: NotRequired[Annotated[dict[str, str], Field("What to write for what is there.")]]


class MappingFile(TypedDict):
    """A mapping, as its file has it."""

    kind: NotRequired[Annotated[Literal["actors", "claims", "sources"], Field("What rows are.")]]
    header: NotRequired[Annotated[bool, Field("Whether the first row names the columns.")]]
    columns: NotRequired[
        Annotated[dict[str, Column | list[Column] | str], Field("Fields by column.")]
    ]
    set: NotRequired[Annotated[dict[str, str], Field("Fields that all records have.")]]
    actors: NotRequired[
        Annotated[
            dict[str, str | dict[str, str]],
            Field("Fields of actors that are new; under `about`, of those named there."),
        ]
    ]
    sources: NotRequired[Annotated[dict[str, str], Field("Fields of sources that are new.")]]


class Mapping:
    """How rows become records of one type."""

    def __init__(
        self, kind: RecordType, file: MappingFile, maps: list[str], sets: list[str]
    ) -> None:
        """Put a mapping file and options together; options come before the file.

        Raises:
            UsageError: if a field is none, or an option is no `column=field`.
        """
        self.kind = kind
        self.header = file.get("header", True)
        self.columns = {name: _all(part) for name, part in file.get("columns", {}).items()}
        for typed in maps:
            name, field = _pair(typed, "--map", "column=field")
            first = self.columns.get(name, [{"field": field}])[0]
            self.columns[name] = [{**first, "field": field}]
        self._fields = {_plain(name): name for name in declaration(kind).__annotations__}
        self.constants = dict(file.get("set", {}))
        self.constants |= dict(_pair(typed, "--set", "field=value") for typed in sets)
        self.new_actors: Record = {"kind": "person"} | dict(file.get("actors", {}))
        self.new_sources: Record = {"type": "document"} | dict(file.get("sources", {}))
        _tried("actor", "name", self.new_actors)
        _tried("source", "title", self.new_sources)
        known = list(declaration(kind).__annotations__)
        for field in [*self._mapped(), *self.constants]:
            if field.partition(".")[0] not in known:
                guess = nearest(field, known, most=1)[0]
                raise UsageError(f"a {kind} has no field '{field}'; did you mean '{guess}'?")

    def unknown(self, columns: list[str]) -> list[str]:
        """Give the columns that are mapped but not there.

        A column that is called as a field is needs no mapping.
        """
        return [name for name in self.columns if name not in columns]

    def unused(self, columns: list[str]) -> list[str]:
        """Give the columns that become nothing."""
        return [name for name in columns if name not in self.columns and not self._field(name)]

    def fields_of(self, columns: list[str]) -> dict[str, list[str]]:
        """Return the fields that each column becomes; those that all records have are under ""."""
        found = {"": list(self.constants)}
        for name in columns:
            own = self._field(name)
            parts = self.columns.get(name, [{"field": own}] if own else [])
            found[name] = [column["field"] for column in parts]
        return {name: fields for name, fields in found.items() if fields}

    def record(self, cells: dict[str, Any]) -> dict[str, Any]:
        """Give the fields of a row, lists as lists, names not yet looked up."""
        found: dict[str, Any] = {}
        for field, value in self.constants.items():
            self._put(found, {"field": field}, value)
        for name, value in cells.items():
            own = self._field(name)
            for column in self.columns.get(name, [{"field": own}] if own else []):
                self._put(found, column, value)
        return found

    def _mapped(self) -> list[str]:
        return [column["field"] for parts in self.columns.values() for column in parts]

    def _field(self, name: str) -> str:
        """Give the field that a column is called as, whatever its case; "" if none."""
        top, dot, inner = name.partition(".")
        if top in declaration(self.kind).__annotations__:
            return name
        found = self._fields.get(_plain(top), "")
        mapped = any(field.partition(".")[0] == found for field in self._mapped())
        return "" if mapped or not found else found + dot + inner.strip().lower()

    def _put(self, found: dict[str, Any], column: Column, value: Any) -> None:
        top, _, inner = column["field"].partition(".")
        if inner:
            part = found.setdefault(top, {})
            if isinstance(part, dict):
                part[inner] = self._written(column, value)
        elif is_list(self.kind, top):
            entries = value if isinstance(value, list) else self._entries(column, top, value)
            known = found.setdefault(top, [])
            # Several columns may add to one list.
            known += [entry for entry in entries if entry not in known]
        else:
            found[top] = self._written(column, value)

    def _entries(self, column: Column, field: str, value: Any) -> list[Any]:
        if not isinstance(value, str):
            return [value]
        # As CSV is written here, lists are joined by `;`; a name may hold a comma.
        between = column.get("split", ";" if field != "author" else "\0")
        parts = [part.strip() for part in value.split(between)]
        return [self._written(column, part) for part in parts if part]

    @staticmethod
    def _written(column: Column, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return column.get("prefix", "") + column.get("values", {}).get(value, value)


def read(path: Path) -> MappingFile:
    """Read a mapping file.

    Raises:
        UsageError: if it is none.
    """
    try:
        found = mapping(path)
    except YamlError as error:
        raise UsageError(f"{path}:{error.mark[0]}:{error.mark[1]}: {error.message}") from error
    record, misfits = Shape(MappingFile).fit(found)
    if misfits:
        raise UsageError(f"{path}: {'; '.join(message for *_, message in misfits)}")
    return msgspec.convert(record, MappingFile)


def _all(part: Column | list[Column] | str) -> list[Column]:
    """Give what becomes of a column, which may be several things."""
    if isinstance(part, list):
        return part
    return [{"field": part} if isinstance(part, str) else part]


def _tried(kind: RecordType, title: str, new: Record) -> None:
    """Try what new records are to have.

    Raises:
        UsageError: if no record can have it.
    """
    named = {key: part for key, part in new.items() if isinstance(part, dict) and key in ACTORS}
    own = {key: part for key, part in new.items() if key not in named}
    for where, part in {"": {}, **named}.items():
        _, misfits = Shape(declaration(kind)).fit({"id": "new", title: "New"} | own | part)
        if misfits:
            place = f"{kind}s.{where}: " if where else f"{kind}s: "
            raise UsageError(place + "; ".join(message for *_, message in misfits))


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def _pair(typed: str, option: str, form: str) -> tuple[str, str]:
    # A column may hold a `=`, a field cannot.
    left, mark, right = typed.rpartition("=") if option == "--map" else typed.partition("=")
    if not mark or not left or not right:
        raise UsageError(f"{option}: '{typed}' is no {form}")
    return left, right
