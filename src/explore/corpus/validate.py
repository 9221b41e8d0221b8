"""Validate values against the declared record types, with every issue at its place."""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, NotRequired, get_args, get_origin, is_typeddict

import msgspec

from explore.corpus.problems import MAX_SHOWN, short
from explore.corpus.shape import Shape, bare, dates_in, fits, is_union, with_numbers
from explore.model.dates import is_date
from explore.model.fields import ID_PATTERN, Field, is_range
from explore.model.names import Suggestions
from explore.model.records import Record

Path = list[str | int]

# Of the unknown fields of a record, so many are named and the rest are counted.
_MAX_UNKNOWN_SHOWN = 5
# Two numbers, as people write a range.
_TWO = re.compile(
    r"(?:paras?\.?|paragraphs?|¶+)?\s*(\d{1,9})\s*(?:[-\u2010-\u2015\u2212]+|to|,|and|&)\s*(\d{1,9})"
)


class ValidationIssue(NamedTuple):
    """Why a value is not a record of its declared type.

    Attributes:
        path: the steps to the part of the value that is wrong.
        rule: the name of the rule that it breaks.
        message: what is wrong and what to do.
    """

    path: Path
    rule: str
    message: str


def fit(shape: Shape, value: Any) -> tuple[Record | None, list[ValidationIssue]]:
    """Return the record that a value is, or None and every reason why it is not one."""
    if not isinstance(value, dict):
        message = "expected a record, one field per line: 'name: value'"
        return None, [ValidationIssue([], "wrong-value", message)]
    hints = shape.declared.__annotations__
    misdated = list(_misdated(shape, value))
    try:
        record = msgspec.to_builtins(msgspec.convert(value, shape.closed_type, strict=False))
        for name in shape.ranged & record.keys():
            record[name] = with_numbers(record[name], hints[name])
    except ValueError:
        return None, [*issues(value, shape.declared, names=shape.names), *misdated]
    return (None, misdated) if misdated else (record, [])


def _misdated(shape: Shape, value: dict[str, Any]) -> Iterator[ValidationIssue]:
    for path, date in dates_in(value, shape.declared):
        if not is_date(date):
            name = ".".join(step for step in path if isinstance(step, str))
            message = f"{name}: '{short(date)}' is not a date; use 2022, 2022-06 or 2022-06-29"
            yield ValidationIssue(path, "date", message)


def issues(
    value: Any, declared: Any, path: Path | None = None, *, names: bool = True
) -> Iterator[ValidationIssue]:
    """Yield every issue of a value that is not of its declared type.

    Args:
        value: dictionaries, lists and text.
        declared: the type of a record or of a part of one.
        path: the steps from the record to the value.
        names: whether the form of the ids of other records is checked.
    """
    path = path or []
    if path and fits(value, declared, names=names or path == ["id"]):
        return
    hint = _intended(bare(declared), value)
    if is_typeddict(hint) and isinstance(value, dict):
        yield from _field_issues(value, hint, path, names=names)
    elif get_origin(hint) is list and isinstance(value, list) and value:
        for n, part in enumerate(value):
            yield from issues(part, get_args(hint)[0], [*path, n], names=names)
    elif get_origin(hint) is dict and isinstance(value, dict) and value:
        for key, part in value.items():
            yield from issues(part, get_args(hint)[1], [*path, key], names=names)
    else:
        name = ".".join(step for step in path if isinstance(step, str))
        yield ValidationIssue(path, "wrong-value", f"{name}: {_expected(value, hint, declared)}")


def _field_issues(
    value: dict[str, Any], declared: Any, path: Path, *, names: bool
) -> Iterator[ValidationIssue]:
    hints = declared.__annotations__
    unknown = [name for name in value if name not in hints]
    spaced = {name.strip("\xa0\u202f ") for name in unknown}
    for name in sorted(declared.__required_keys__ - value.keys() - spaced):
        doc = described(hints[name]).doc
        remedy = f"add it: {doc[:1].lower()}{doc[1:].rstrip('.')}"
        yield ValidationIssue(path, "missing-field", f"missing field '{name}'; {remedy}")
    likely = Suggestions(hints).of
    for name in unknown[:_MAX_UNKNOWN_SHOWN]:
        meant = likely(name)
        hint = f"did you mean '{meant}'?" if meant else "correct its name or remove it"
        message = f"unknown field '{short(name)}'; {hint}"
        if name.strip("\xa0\u202f ") in hints:
            message = "no-break space in the indentation; use plain spaces"
        yield ValidationIssue([*path, name], "unknown-field", message)
    if len(unknown) > _MAX_UNKNOWN_SHOWN:
        message = f"and {len(unknown) - _MAX_UNKNOWN_SHOWN:,} more unknown fields"
        yield ValidationIssue([*path, unknown[_MAX_UNKNOWN_SHOWN]], "unknown-field", message)
    for name, part in value.items():
        if name in hints:
            yield from issues(part, hints[name], [*path, name], names=names)


def _expected(value: Any, hint: Any, declared: Any) -> str:
    values = _literals(hint)
    if values:
        return f"'{short(str(value))}' is not one of {', '.join(values)}"
    if get_origin(hint) is list:
        return _expected_list(value)
    if is_typeddict(hint):
        return f"expected fields, such as {{{next(iter(hint.__annotations__))}: …}}"
    if is_range(declared):
        return _expected_range(value)
    if hint is int:
        return "expected a whole number, 0 or greater"
    return _expected_text(value, declared)


def _expected_text(value: Any, declared: Any) -> str:
    if not isinstance(value, str):
        return "expected text"
    if ID_PATTERN in str(declared):
        return (
            f"'{short(str(value))}' is not a valid id; use lowercase letters, digits and hyphens"
        )
    if not value.strip():
        return "empty; add text or remove the field"
    field = described(declared)
    wanted = f"{field.doc[:1].lower()}{field.doc[1:].rstrip('.')}"
    example = f", such as {field.example}" if field.example else ""
    return f"'{short(str(value))}' is not valid; expected {wanted}{example}"


def _expected_list(value: Any) -> str:
    if value == []:
        return "expected a list that is not empty, such as [a, b]"
    if isinstance(value, str) and value.strip() and len(value) <= MAX_SHOWN:
        return f"expected a list; write [{value}]"
    return "expected a list such as [a, b]"


def _expected_range(value: Any) -> str:
    text = str(value).strip()
    two = _TWO.fullmatch(text) if len(text) <= MAX_SHOWN else None
    if two:
        first, last = sorted(map(int, two.groups()))
        return f"'{text}' is not a range; write {f'{first}-{last}' if first < last else first}"
    return "expected the number of a paragraph such as 8, or a range such as 3-4"


def described(hint: Any) -> Field:
    """Return what a field is declared with."""
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    return next(part for part in reversed(hint.__metadata__) if isinstance(part, Field))


def _intended(hint: Any, value: Any) -> Any:
    """Return the part of `A | B` that a value was meant to be."""
    if not is_union(hint):
        return hint
    parts = [bare(part) for part in get_args(hint)]
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
