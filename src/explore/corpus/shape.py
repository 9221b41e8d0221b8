"""From plain values to records: the shape that the declaration asks for, with every misfit."""

import re
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    is_typeddict,
)

import msgspec

from explore.dates import is_date
from explore.fields import EdtfDate, Field
from explore.names import nearest
from explore.records import Record

if TYPE_CHECKING:
    from explore.corpus.read import Item

Misfit = tuple[list[str | int], str]

_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]|\[\.\.\.\]")


class Shape:
    """One declared record type, compiled for checking."""

    def __init__(self, declared: Any) -> None:
        """Compile the `TypedDict` of a record type."""
        hints = declared.__annotations__
        self.fields = {name: _compiled(hint) for name, hint in hints.items()}
        self.numbered = [name for name, hint in hints.items() if _holds_numbers(hint)]
        self.required = declared.__required_keys__
        self.dates = [name for name, hint in hints.items() if _is_date(hint)]
        self.whole = _closed(declared)

    def record(self, value: Any) -> Record | None:
        """Give the record that a value is, or None if it is none."""
        try:
            fitted = msgspec.convert(value, self.whole, strict=False)
        except msgspec.ValidationError:
            return None
        for name in self.dates:
            date = value.get(name)
            if date is not None and isinstance(date, str) and not is_date(date):
                return None
        # All that was read is text; only what holds numbers is another thing now.
        for name in self.numbered:
            if name in value:
                value[name] = msgspec.to_builtins(getattr(fitted, name.replace("-", "_")))
        found: Record = value
        return found

    def fit(self, item: "Item") -> tuple[Record | None, list[Misfit]]:
        """Give the record that an item is, or else everything that keeps it from being one."""
        value = item.value
        if not isinstance(value, dict):
            return None, [([], "expected a record, with a field a line: 'name: value'")]
        try:
            fitted = msgspec.convert(value, self.whole, strict=False)
        except msgspec.ValidationError:
            return None, self._misfits(value)
        misfits = self._misdated(value)
        return (None, misfits) if misfits else (msgspec.to_builtins(fitted), [])

    def _misfits(self, value: dict[str, Any]) -> list[Misfit]:
        found: list[Misfit] = [
            ([], f"the field '{name}' is missing") for name in sorted(self.required - value.keys())
        ]
        for name, part in value.items():
            if name not in self.fields:
                guess = nearest(name, list(self.fields), most=1)[0]
                found.append(([name], f"there is no field '{name}'; did you mean '{guess}'?"))
                continue
            try:
                msgspec.convert(part, self.fields[name], strict=False)
            except msgspec.ValidationError as error:
                found.append(_misfit(name, str(error)))
        return found + self._misdated(value)

    def _misdated(self, value: dict[str, Any]) -> list[Misfit]:
        return [
            ([name], f"'{value[name]}' is no date; write 2022, 2022-06 or 2022-06-29")
            for name in self.dates
            if isinstance(value.get(name), str) and not is_date(value[name])
        ]


def _misfit(name: str, message: str) -> Misfit:
    """Turn msgspec's message and JSON path into ours."""
    text, _, where = message.partition(" - at `$")
    path: list[str | int] = [name]
    for key, index in _STEP.findall(where):
        path.append(key or int(index or 0))
    return path, f"{name}: {_plainer(text)}"


def _plainer(text: str) -> str:
    text = text[:1].lower() + text[1:]
    return (
        text.replace("`", "'")
        .replace("expected 'array'", "expected a list, as [a, b]")
        .replace("expected 'str' matching regex '\\\\S'", "expected text, found none;")
        .replace(" of length >= 1", ", not an empty one")
    )


def _is_date(hint: Any) -> bool:
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    declared = getattr(hint, "__metadata__", ())[:1]
    return declared == EdtfDate.__metadata__ or (is_union(hint) and EdtfDate in get_args(hint))  # type: ignore[attr-defined]


def _holds_numbers(hint: Any) -> bool:
    """Tell whether a value of a type may hold a number, however deep."""
    if is_typeddict(hint):
        return any(map(_holds_numbers, hint.__annotations__.values()))
    return hint is int or any(map(_holds_numbers, get_args(hint)))


def is_union(hint: Any) -> bool:
    """Tell whether a type is written `A | B`."""
    return get_origin(hint) in (UnionType, Union)


def _compiled(hint: Any) -> Any:
    """Translate a declared type to one that msgspec checks, with its patterns."""
    origin = get_origin(hint)
    if origin is NotRequired:
        return _compiled(get_args(hint)[0])
    if origin is Annotated:
        inner = _compiled(hint.__origin__)
        declared = [part for part in hint.__metadata__ if isinstance(part, Field)]
        pattern = next((part.pattern for part in reversed(declared) if part.pattern), None)
        least = next((part.least for part in declared if part.least), None)
        if pattern or least:
            return Annotated[inner, msgspec.Meta(pattern=pattern, min_length=least)]
        return inner
    if is_typeddict(hint):
        return _closed(hint)
    if origin is list:
        return list[_compiled(get_args(hint)[0])]  # type: ignore[misc]
    if is_union(hint):
        left, right = (_compiled(arg) for arg in get_args(hint))
        return left | right
    return hint


def _closed(declared: Any) -> Any:
    """Make a type that refuses unknown fields, which a plain `TypedDict` lets pass."""
    required = declared.__required_keys__
    parts: list[Any] = []
    for name, hint in declared.__annotations__.items():
        inner = _compiled(hint)
        attribute = name.replace("-", "_")
        if name in required:
            parts.append((attribute, inner))
        else:
            unset = inner | msgspec.UnsetType
            parts.append((attribute, unset, msgspec.UNSET))
    renamed = {name.replace("-", "_"): name for name in declared.__annotations__}
    return msgspec.defstruct(
        declared.__name__, parts, rename=renamed, forbid_unknown_fields=True, kw_only=True
    )
