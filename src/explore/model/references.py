"""Which fields of a record name other records, and which fields are filters.

Both are read off the declarations in `explore.model.records` and `explore.model.csl`.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, NotRequired, get_args, get_origin, is_typeddict

from explore.model.fields import Field, RecordType
from explore.model.records import Record, declaration

Path = tuple[str | int, ...]


class Reference(NamedTuple):
    """A mention of a record in another.

    Attributes:
        field: the field that holds it, such as `by`; of a part of an entry with its name behind
            a dot, such as `member_of.source`.
        type: the type that the record must have.
        id: its id.
        path: where in the record it is.
    """

    field: str
    type: RecordType
    id: str
    path: Path


class Filter(NamedTuple):
    """A field by which records are filtered.

    Attributes:
        field: the field.
        option: its name on the command line and in Python, such as `topic` for `topics`.
        doc: what the option shows, such as "Claims on this topic".
        refers: the type of the record that it names; None for text.
        choices: all values that there can be, if they are declared.
    """

    field: str
    option: str
    doc: str
    refers: RecordType | None
    choices: tuple[str, ...]


@cache
def filters(kind: RecordType) -> dict[str, Filter]:
    """Return the filters of a record type by their options, in the order of the fields."""
    found = {}
    for name, hint in declaration(kind).__annotations__.items():
        inner, field = _declared(hint)
        if field and field.filter:
            choices = get_args(inner) if get_origin(inner) is Literal else ()
            option = field.option or name
            found[option] = Filter(name, option, field.filter, field.refers, choices)
    return found


@cache
def searched(kind: RecordType) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the fields that full-text search reads: what a record says, its notes, and names."""
    weights: dict[str, list[str]] = {"text": [], "notes": [], "names": []}
    for name, hint in declaration(kind).__annotations__.items():
        _, field = _declared(hint)
        if field and field.search:
            weights[field.search].append(name)
    return tuple(weights["text"]), tuple(weights["notes"]), tuple(weights["names"])


def references(kind: RecordType, record: Record) -> Iterator[Reference]:
    """Yield every mention of another record in a record, in the order of the fields.

    Args:
        kind: the type of the record.
        record: the record; parts that do not have their declared shape are passed over.
    """
    for name, (type_, parts) in _plan(kind).items():
        value = record.get(name)
        if value is None:
            continue
        entries = enumerate(value) if isinstance(value, list) else [(None, value)]
        for n, entry in entries:
            path: Path = (name,) if n is None else (name, n)
            if isinstance(entry, str) and type_:
                yield Reference(name, type_, entry, path)
            elif isinstance(entry, dict):
                for part, (part_type, own) in parts.items():
                    if isinstance(entry.get(part), str):
                        field = name if own else f"{name}.{part}"
                        yield Reference(field, part_type, entry[part], (*path, part))


def named(kind: RecordType, record: Record) -> list[tuple[str, str]]:
    """Return what `references` finds, only field and id, several times as fast.

    Args:
        kind: the type of the record.
        record: a record that has its declared shape.
    """
    found: list[tuple[str, str]] = []
    for name, (_, parts) in _plan(kind).items():
        value = record.get(name)
        if value is None:
            continue
        if value.__class__ is str:
            found.append((name, value))
            continue
        for entry in value if value.__class__ is list else (value,):
            if entry.__class__ is str:
                found.append((name, entry))
            else:
                found += [
                    (name if own else f"{name}.{part}", entry[part])
                    for part, (_, own) in parts.items()
                    if part in entry
                ]
    return found


@cache
def reference_types(kind: RecordType) -> dict[str, RecordType]:
    """Return the type that each reference must have, by the field as in `Reference`."""
    found: dict[str, RecordType] = {}
    for name, (type_, parts) in _plan(kind).items():
        if type_:
            found[name] = type_
        found |= {f"{name}.{part}": type_ for part, (type_, own) in parts.items() if not own}
    return found


# By field: the type that its plain entries name, if they name a record; and for entries that are
# mappings, the type that each part names, and whether that part is the reference of the field.
_Plan = dict[str, tuple[RecordType | None, dict[str, tuple[RecordType, bool]]]]


@cache
def _plan(kind: RecordType) -> _Plan:
    plan: _Plan = {}
    for name, hint in declaration(kind).__annotations__.items():
        inner, field = _declared(hint)
        refers = field.refers if field else None
        parts: dict[str, tuple[RecordType, bool]] = {}
        for entry in _entries(inner):
            for n, (part, part_hint) in enumerate(entry.__annotations__.items()):
                _, part_field = _declared(part_hint)
                # The first part of a link, tie or citation is the record that it is about.
                own = n == 0 and refers is not None
                type_ = refers if own else part_field.refers if part_field else None
                if type_:
                    parts[part] = type_, own
        if refers or parts:
            plan[name] = refers, parts
    return plan


def _declared(hint: Any) -> tuple[Any, Field | None]:
    """Return the bare type of a field, and the declaration nearest to it."""
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    metadata = [part for part in getattr(hint, "__metadata__", ()) if isinstance(part, Field)]
    return getattr(hint, "__origin__", hint), metadata[-1] if metadata else None


def _entries(hint: Any) -> Iterator[Any]:
    """Yield the mappings that a field may have, in a list or alone."""
    if is_typeddict(hint):
        yield hint
    else:
        for part in get_args(hint):
            yield from _entries(part)
