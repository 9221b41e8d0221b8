"""Everything that keeps a value from being a record, each at its place, in the corpus's words."""

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, get_args, get_origin, is_typeddict

import msgspec

from explore.corpus.shape import Misfit, compiled, is_union
from explore.fields import ID_PATTERN, Field
from explore.names import nearest

Path = list[str | int]

_MOST_SHOWN = 60


def misfits_of(value: Any, declared: Any, path: Path | None = None) -> Iterator[Misfit]:
    """Yield the misfits of a value that does not fit its declared type.

    Args:
        value: dictionaries, lists and text.
        declared: the type of a record or of a part of one.
        path: where in the record the value stands.
    """
    path = path or []
    if path:
        try:
            msgspec.convert(value, compiled(declared), strict=False)
        except msgspec.ValidationError:
            pass
        else:
            return
    hint = _chosen(_bare(declared), value)
    if is_typeddict(hint) and isinstance(value, dict):
        yield from _of_fields(value, hint, path)
    elif get_origin(hint) is list and isinstance(value, list) and value:
        for n, part in enumerate(value):
            yield from misfits_of(part, get_args(hint)[0], [*path, n])
    elif get_origin(hint) is dict and isinstance(value, dict) and value:
        for key, part in value.items():
            yield from misfits_of(part, get_args(hint)[1], [*path, key])
    else:
        name = ".".join(step for step in path if isinstance(step, str))
        yield path, "wrong-value", f"{name}: {_wanted(value, hint, declared)}"


def _of_fields(value: dict[str, Any], declared: Any, path: Path) -> Iterator[Misfit]:
    hints = declared.__annotations__
    for name in sorted(declared.__required_keys__ - value.keys()):
        doc = described(hints[name]).doc
        told = f"add it: {doc[:1].lower()}{doc[1:].rstrip('.')}"
        yield path, "missing-field", f"the field '{name}' is missing; {told}"
    for name, part in value.items():
        if name in hints:
            yield from misfits_of(part, hints[name], [*path, name])
        else:
            guess = nearest(name, list(hints), most=1)[0]
            message = f"there is no field '{_short(name)}'; did you mean '{guess}'?"
            yield [*path, name], "unknown-field", message


def _wanted(value: Any, hint: Any, declared: Any) -> str:
    values = _literals(hint)
    if values:
        return f"there is no '{_short(value)}'; one of {', '.join(values)}"
    if get_origin(hint) is list:
        return "expected a list, as [a, b]" + ("" if value else " with something in it")
    if is_typeddict(hint):
        return f"expected fields, as {{{next(iter(hint.__annotations__))}: …}}"
    if hint is int:
        return "expected a whole number, from 0"
    if not isinstance(value, str):
        return "expected text"
    if ID_PATTERN in str(declared):
        return f"'{_short(value)}' is no id; use lower-case letters, digits and hyphens"
    if not value.strip():
        return "expected text, found none; write it or remove the field"
    field = described(declared)
    told = f"{field.doc[:1].lower()}{field.doc[1:].rstrip('.')}"
    example = f", as {field.example}" if field.example else ""
    return f"'{_short(value)}' does not fit; expected {told}{example}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def described(hint: Any) -> Field:
    """Give what a field is declared with."""
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    return next(part for part in reversed(hint.__metadata__) if isinstance(part, Field))


def _bare(hint: Any) -> Any:
    """Give a type without what is said beside it."""
    while hasattr(hint, "__metadata__") or get_origin(hint) is NotRequired:
        hint = hint.__origin__ if hasattr(hint, "__metadata__") else get_args(hint)[0]
    return hint


def _chosen(hint: Any, value: Any) -> Any:
    """Give the part of `A | B` that a value was meant to be."""
    if not is_union(hint):
        return hint
    parts = [_bare(part) for part in get_args(hint)]
    meant = [
        part
        for part in parts
        if (isinstance(value, dict) and (is_typeddict(part) or get_origin(part) is dict))
        or (isinstance(value, list) and get_origin(part) is list)
    ]
    return meant[0] if meant else parts[0]


def _literals(hint: Any) -> list[str]:
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    return []
