"""A row as the draft of a record: each cell in the field that it becomes, or named as left out."""

import json
from typing import Annotated, Any, NamedTuple, NotRequired, TypedDict, get_args, is_typeddict

from explore.formats.cells import citation_of, link_of, place_of, place_text, split
from explore.importing.rows import Row, Unread
from explore.model.fields import Field, RecordType, Text
from explore.model.links import LINKS
from explore.model.records import Record, declaration, is_list


class Column(TypedDict):
    """What becomes of a column."""

    field: Annotated[Text, Field("The field, or a part of one such as `locator.page`.")]
    split: NotRequired[Annotated[str, Field("The text between entries.", r"(?s).", example=",")]]
    prefix: NotRequired[Annotated[str, Field("A prefix for each entry.", example="verdict-")]]
    values: NotRequired[Annotated[dict[str, str], Field("What to write for each value.")]]


class Draft(NamedTuple):
    """A row as a record, before names are looked up.

    Attributes:
        row: the row.
        record: its fields.
        faults: values of the row that are in no field, each with its column and the reason.
    """

    row: Row
    record: Record
    faults: list[str]


class Writing:
    """A record while the cells of a row are put into it."""

    def __init__(self, kind: RecordType, row: Row) -> None:
        self.record: Record = {}
        self.faults: list[str] = []
        self._kind = kind
        self._row = row
        # The column that gave each field or part of one.
        self._given: dict[str, str] = {}

    def put(self, name: str, column: Column, value: Any) -> None:
        """Put what a column says into its field; a constant has no column."""
        top, _, inner = column["field"].partition(".")
        if not inner and is_list(self._kind, top):
            self._add(column, top, value)
            return
        value = self._typed(top, inner, _written(column, value))
        parts = value if isinstance(value, dict) and not inner else {inner: value}
        for label, part in parts.items():
            path = f"{top}.{label}" if label else top
            given = self._given.get(path)
            if part == "" or (given is not None and not name):
                continue
            if given is not None and self._at(top, label) != part:
                self.faults.append(f"columns '{given}' and '{name}' give '{path}' two values")
            elif given is None and self._set(top, label, part):
                self._given[path] = name
            elif given is None:
                self.faults.append(f"column '{name}': '{top}' has a value already")

    def _at(self, top: str, label: str) -> Any:
        return self.record[top][label] if label else self.record[top]

    def _set(self, top: str, label: str, part: Any) -> bool:
        """Set a field or a part of one; False if it is both whole and in parts."""
        if not label:
            return self.record.setdefault(top, part) is part
        parts = self.record.setdefault(top, {})
        if isinstance(parts, dict):
            parts[label] = part
        return isinstance(parts, dict)

    def _add(self, column: Column, field: str, value: Any) -> None:
        """Put entries into a list; several columns may add to one."""
        entries = value if isinstance(value, list) else self._entries(column, value)
        known = self.record.setdefault(field, [])
        there = set(map(repr, known))
        for entry in entries:
            part = self._entry(field, _written(column, entry))
            # Two people may have one name.
            is_new = repr(part) not in there or self._kind == "source"
            if part != "" and is_new:
                known.append(part)

    def _entries(self, column: Column, value: Any) -> list[Any]:
        if not isinstance(value, str):
            return [value]
        # Lists are joined by `;` in CSV, as it is written here; a name may hold a comma.
        parts = value.split(column["split"]) if "split" in column else split(value)
        return parts if self._row.exact else [part.strip() for part in parts]

    def _entry(self, field: str, entry: Any) -> Any:
        """Return an entry of a list in the form that its field has."""
        if not isinstance(entry, str):
            return entry
        if field in LINKS:
            return link_of(entry)
        if self._kind == "source" and field != "references":
            return _name(entry)
        if self._kind == "actor" and field == "sources":
            return citation_of(entry) or entry
        if has_mappings(declaration(self._kind).__annotations__[field]):
            return _mapping_of(entry) or entry
        return entry

    def _typed(self, top: str, inner: str, value: Any) -> Any:
        """Return a text in the form that its field has: a place in parts, a date of CSL whole."""
        if inner or not isinstance(value, str):
            return value
        hint = declaration(self._kind).__annotations__[top]
        if parts_of(hint):
            found = place_of(value)
            # A label that is there twice would be there once.
            return found if found and place_text(found) == value else value
        if self._row.exact and "CslDate" in str(hint):
            return _mapping_of(value) or value
        return value


def parts_of(hint: Any) -> tuple[str, ...]:
    """Return the names of the parts of a declared field that has parts, such as a locator."""
    inner = get_args(hint)[0] if get_args(hint) else hint
    inner = getattr(inner, "__origin__", inner)
    return tuple(inner.__annotations__) if is_typeddict(inner) else ()


def has_mappings(hint: Any) -> bool:
    """Whether a declared list may have mappings as entries, such as a tie or an office."""
    if is_typeddict(hint):
        return True
    return any(map(has_mappings, get_args(hint)))


def _written(column: Column, value: Any) -> Any:
    """Return a value as a mapping has it written; "" if it is to be left out."""
    if not isinstance(value, str):
        return value
    text = column.get("values", {}).get(value, value)
    return column.get("prefix", "") + text if text else ""


def _name(text: str) -> Any:
    """Return a name of CSL: `Family, Given`, or in one piece, or a mapping in JSON."""
    found = _mapping_of(text)
    family, comma, given = (part.strip() for part in text.partition(","))
    if found is None and comma and family and given and "," not in given:
        return {"family": family, "given": given}
    return found or {"literal": text}


def _mapping_of(text: str) -> dict[str, Any] | None:
    """Return the mapping that a text is in JSON, or None."""
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def unread(value: Any) -> str:
    """Return why a value, or a part of one, cannot be read; "" if it can."""
    if isinstance(value, Unread):
        return value.reason
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return next(filter(None, map(unread, parts)), "")
    return ""
