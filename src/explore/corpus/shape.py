"""From plain values to records: the shape that the declaration asks for, with every misfit."""

from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    is_typeddict,
)

import msgspec

from explore.model.dates import is_date
from explore.model.fields import ID_PATTERN, EdtfDate, Field, is_range, strict
from explore.model.records import Record

# Where in a record, the rule that is offended, and what is wrong.
Misfit = tuple[list[str | int], str, str]

# What any database and language can hold, and no document has more paragraphs.
_MOST = 2**31 - 1
# What a field that holds a date is annotated with.
_DATED = get_args(EdtfDate)[1:]
_DATES = "2022, 2022-06 or 2022-06-29"


class Shape:
    """One declared record type, compiled for checking."""

    def __init__(self, declared: Any, *, names: bool = True) -> None:
        """Compile the `TypedDict` of a record type.

        Args:
            declared: the record type.
            names: whether the form of names is checked, other than a record's own id; whoever
                looks all names up need not, and it takes longer than all else.
        """
        self.declared = declared
        self.names = names
        hints = declared.__annotations__
        self.numbered = [
            (name, _attribute(name)) for name, hint in hints.items() if _holds_numbers(hint)
        ]
        self.dates = [name for name, hint in hints.items() if _is_date(hint)]
        self.ranged = {name for name, hint in hints.items() if _holds_ranges(hint)}
        self.whole = _closed(declared, names=names)

    def record(self, value: Any) -> Record | None:
        """Return the record that a value is, or None if it is none."""
        try:
            fitted = msgspec.convert(value, self.whole, strict=False)
        except msgspec.ValidationError:
            return None
        for name in self.dates:
            date = value.get(name)
            if date is not None and isinstance(date, str) and not is_date(date):
                return None
        # All that was read is text; only what holds numbers is another thing now.
        for name, attribute in self.numbered:
            if name in value:
                part = msgspec.to_builtins(getattr(fitted, attribute))
                try:
                    value[name] = settled(part, self.declared.__annotations__[name])
                except ValueError:
                    return None
        found: Record = value
        return found

    def fit(self, value: Any) -> tuple[Record | None, list[Misfit]]:
        """Return the record that a value is, or else everything that keeps it from being one."""
        if not isinstance(value, dict):
            message = "expected a record, one field per line: 'name: value'"
            return None, [([], "wrong-value", message)]
        misfits = self._misdated(value)
        try:
            fitted = msgspec.convert(value, self.whole, strict=False)
            record = msgspec.to_builtins(fitted)
            for name in self.ranged & record.keys():
                record[name] = settled(record[name], self.declared.__annotations__[name])
        except ValueError:
            from explore.corpus.validate import misfits_of

            return None, [*misfits_of(value, self.declared, names=self.names), *misfits]
        return (None, misfits) if misfits else (record, [])

    def _misdated(self, value: dict[str, Any]) -> list[Misfit]:
        return [
            (
                [name],
                "date",
                f"{name}: '{value[name]}' is not a date; write 2022, 2022-06 or 2022-06-29",
            )
            for name in self.dates
            if isinstance(value.get(name), str) and not is_date(value[name])
        ]


def _is_date(hint: Any) -> bool:
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    declared = getattr(hint, "__metadata__", ())[:1]
    # Annotated, a union is one step further in.
    inner = hint.__origin__ if get_origin(hint) is Annotated else hint
    return declared == _DATED or (is_union(inner) and EdtfDate in get_args(inner))


@cache
def _holds_numbers(hint: Any) -> bool:
    """Return whether a value of a type may hold a number, however deep."""
    if is_typeddict(hint):
        return any(map(_holds_numbers, hint.__annotations__.values()))
    return hint is int or any(map(_holds_numbers, get_args(hint)))


@cache
def _holds_ranges(hint: Any) -> bool:
    if is_typeddict(hint):
        return any(map(_holds_ranges, hint.__annotations__.values()))
    return is_range(hint) or any(map(_holds_ranges, get_args(hint)))


def settled(value: Any, hint: Any) -> Any:
    """Return a value of a declared type with numbers as numbers where a range may stand.

    Raises:
        ValueError: if a range has no second number, greater than the first.
    """
    if not _holds_ranges(hint):
        return value
    if is_range(hint):
        return _number_or_range(value)
    while not is_typeddict(hint) and get_origin(hint) is not list:
        hint = hint.__origin__ if hasattr(hint, "__metadata__") else get_args(hint)[0]
    if is_typeddict(hint):
        hints = hint.__annotations__
        return {name: settled(part, hints[name]) for name, part in value.items()}
    return [settled(part, get_args(hint)[0]) for part in value]


def _number_or_range(value: int | str) -> int | str:
    first, _, last = str(value).partition("-")
    if not last and int(first) <= _MOST:
        return int(first)
    if not int(first) < int(last) <= _MOST:
        raise ValueError(value)
    return f"{int(first)}-{int(last)}"


def fits(value: Any, hint: Any, *, names: bool) -> bool:
    """Whether a value is of a declared type, with or without the form of names."""
    try:
        settled(
            msgspec.to_builtins(msgspec.convert(value, compiled(hint, names=names), strict=False)),
            hint,
        )
    except ValueError:
        return False
    return True


def is_union(hint: Any) -> bool:
    """Return whether a type is written `A | B`."""
    return get_origin(hint) in (UnionType, Union)


@cache
def compiled(hint: Any, *, names: bool = True) -> Any:
    """Return the type that msgspec checks for a declared one, with its patterns."""
    origin = get_origin(hint)
    if origin is NotRequired:
        return compiled(get_args(hint)[0], names=names)
    if origin is Annotated:
        return _annotated(hint, names=names)
    if is_typeddict(hint):
        return _closed(hint, names=names)
    if is_union(hint):
        return reduce(or_, (compiled(arg, names=names) for arg in get_args(hint)))
    if origin in (list, dict):
        return origin[tuple(compiled(arg, names=names) for arg in get_args(hint))]
    return hint


def _annotated(hint: Any, *, names: bool) -> Any:
    """Return the type that msgspec checks for one that is declared with a `Field`."""
    inner = compiled(hint.__origin__, names=names)
    declared = [part for part in hint.__metadata__ if isinstance(part, Field)]
    pattern = next((part.pattern for part in reversed(declared) if part.pattern), None)
    least = next((part.least for part in declared if part.least is not None), None)
    if is_range(hint):
        text = Annotated[str, msgspec.Meta(pattern=pattern and strict(pattern), max_length=21)]
        return Annotated[int, msgspec.Meta(ge=least, le=_MOST)] | text
    if hint.__origin__ is int:
        return Annotated[int, msgspec.Meta(ge=least, le=_MOST)]
    if pattern == ID_PATTERN and not names:
        pattern = None
    whole = pattern and strict(pattern)
    if not whole and not least:
        return inner
    return Annotated[inner, msgspec.Meta(pattern=whole, min_length=least)]


def _attribute(name: str) -> str:
    """Return the name that a field has in Python."""
    return name.replace("-", "_")


def _closed(declared: Any, *, names: bool) -> Any:
    """Make a type that refuses unknown fields, which a plain `TypedDict` lets pass."""
    required = declared.__required_keys__
    parts: list[Any] = []
    for name, hint in declared.__annotations__.items():
        inner = compiled(hint, names=names or name == "id")
        if name in required:
            parts.append((_attribute(name), inner))
        else:
            unset = inner | msgspec.UnsetType
            parts.append((_attribute(name), unset, msgspec.UNSET))
    renamed = {_attribute(name): name for name in declared.__annotations__}
    return msgspec.defstruct(
        declared.__name__, parts, rename=renamed, forbid_unknown_fields=True, kw_only=True
    )
