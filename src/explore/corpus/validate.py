"""Everything that keeps a value from being a record, each at its place, in the corpus's words."""

import re
from collections.abc import Iterator
from typing import Any, Literal, NotRequired, get_args, get_origin, is_typeddict

from explore.corpus.problems import MOST_SHOWN, short
from explore.corpus.shape import Misfit, fits, is_union
from explore.model.fields import ID_PATTERN, Field, is_range
from explore.model.names import Suggestions

Path = list[str | int]

# Of the unknown fields of a record, so many are named and the rest are counted.
_MOST_UNKNOWN = 5
# Two numbers, as people write a range.
_TWO = re.compile(
    r"(?:paras?\.?|paragraphs?|¶+)?\s*(\d{1,9})\s*(?:[-\u2010-\u2015\u2212]+|to|,|and|&)\s*(\d{1,9})"
)


def misfits_of(
    value: Any, declared: Any, path: Path | None = None, *, names: bool = True
) -> Iterator[Misfit]:
    """Yield the misfits of a value that does not fit its declared type.

    Args:
        value: dictionaries, lists and text.
        declared: the type of a record or of a part of one.
        path: where in the record the value stands.
        names: whether the form of names is checked, other than a record's own id.
    """
    path = path or []
    if path and fits(value, declared, names=names or path == ["id"]):
        return
    hint = _chosen(_bare(declared), value)
    if is_typeddict(hint) and isinstance(value, dict):
        yield from _of_fields(value, hint, path, names=names)
    elif get_origin(hint) is list and isinstance(value, list) and value:
        for n, part in enumerate(value):
            yield from misfits_of(part, get_args(hint)[0], [*path, n], names=names)
    elif get_origin(hint) is dict and isinstance(value, dict) and value:
        for key, part in value.items():
            yield from misfits_of(part, get_args(hint)[1], [*path, key], names=names)
    else:
        name = ".".join(step for step in path if isinstance(step, str))
        yield path, "wrong-value", f"{name}: {_wanted(value, hint, declared)}"


def _of_fields(
    value: dict[str, Any], declared: Any, path: Path, *, names: bool
) -> Iterator[Misfit]:
    hints = declared.__annotations__
    unknown = [name for name in value if name not in hints]
    spaced = {name.strip("\xa0\u202f ") for name in unknown}
    for name in sorted(declared.__required_keys__ - value.keys() - spaced):
        doc = described(hints[name]).doc
        told = f"add it: {doc[:1].lower()}{doc[1:].rstrip('.')}"
        yield path, "missing-field", f"missing field '{name}'; {told}"
    likely = Suggestions(hints).of
    for name in unknown[:_MOST_UNKNOWN]:
        meant = likely(name)
        hint = f"did you mean '{meant}'?" if meant else "correct its name or remove it"
        message = f"unknown field '{short(name)}'; {hint}"
        if name.strip("\xa0\u202f ") in hints:
            message = "no-break space in the indentation; use plain spaces"
        yield [*path, name], "unknown-field", message
    if len(unknown) > _MOST_UNKNOWN:
        message = f"and {len(unknown) - _MOST_UNKNOWN:,} more unknown fields"
        yield [*path, unknown[_MOST_UNKNOWN]], "unknown-field", message
    for name, part in value.items():
        if name in hints:
            yield from misfits_of(part, hints[name], [*path, name], names=names)


def _wanted(value: Any, hint: Any, declared: Any) -> str:
    values = _literals(hint)
    if values:
        return f"'{short(str(value))}' is not one of {', '.join(values)}"
    if get_origin(hint) is list:
        return _list_wanted(value)
    if is_typeddict(hint):
        return f"expected fields, such as {{{next(iter(hint.__annotations__))}: …}}"
    if is_range(declared):
        return _range_wanted(value)
    if hint is int:
        return "expected a whole number, 0 or greater"
    return _text_wanted(value, declared)


def _text_wanted(value: Any, declared: Any) -> str:
    if not isinstance(value, str):
        return "expected text"
    if ID_PATTERN in str(declared):
        return (
            f"'{short(str(value))}' is not a valid id; use lowercase letters, digits and hyphens"
        )
    if not value.strip():
        return "empty; add text or remove the field"
    field = described(declared)
    told = f"{field.doc[:1].lower()}{field.doc[1:].rstrip('.')}"
    example = f", such as {field.example}" if field.example else ""
    return f"'{short(str(value))}' is not valid; expected {told}{example}"


def _list_wanted(value: Any) -> str:
    if value == []:
        return "expected a list that is not empty, such as [a, b]"
    if isinstance(value, str) and value.strip() and len(value) <= MOST_SHOWN:
        return f"expected a list; write [{value}]"
    return "expected a list such as [a, b]"


def _range_wanted(value: Any) -> str:
    text = str(value).strip()
    two = _TWO.fullmatch(text) if len(text) <= MOST_SHOWN else None
    if two:
        first, last = sorted(map(int, two.groups()))
        return f"'{text}' is not a range; write {f'{first}-{last}' if first < last else first}"
    return "expected the number of a paragraph such as 8, or a range such as 3-4"


def described(hint: Any) -> Field:
    """Return what a field is declared with."""
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    return next(part for part in reversed(hint.__metadata__) if isinstance(part, Field))


def _bare(hint: Any) -> Any:
    """Return a type without what is said beside it."""
    while hasattr(hint, "__metadata__") or get_origin(hint) is NotRequired:
        hint = hint.__origin__ if hasattr(hint, "__metadata__") else get_args(hint)[0]
    return hint


def _chosen(hint: Any, value: Any) -> Any:
    """Return the part of `A | B` that a value was meant to be."""
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
