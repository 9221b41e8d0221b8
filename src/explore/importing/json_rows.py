"""The rows of JSON and JSON Lines: objects, whose numbers stay as they are written."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explore.errors import UsageError
from explore.importing.rows import MOST_ROWS, Reading, Row, Unread
from explore.model.records import RECORD_TYPES

# As deep as a corpus may be nested.
_DEEPEST = 64
# So many lists, objects and entries take memory, whatever the size of the file.
_MOST_VALUES = 10_000_000


def objects_of(path: Path, text: str, how: Reading) -> Iterator[Row]:
    """Yield the objects of a JSON list, which may be the only list in an object.

    Raises:
        UsageError: if the text is not JSON, or holds no such list.
    """
    measure(path, text)
    try:
        found = _value(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not valid JSON: {_reason(error)}") from error
    if isinstance(found, dict):
        found = _wrapped(path, found, how)
    if not isinstance(found, list):
        raise UsageError(f"{path} has no list of records")
    if len(found) > MOST_ROWS:
        raise UsageError(f"{path} has more records than {MOST_ROWS:,}, the most that are read")
    for number, value in enumerate(found, 1):
        yield _object(number, value, how)


def objects_of_lines(path: Path, text: str, how: Reading) -> Iterator[Row]:
    """Yield the objects of JSON Lines, by the numbers of their lines.

    Raises:
        UsageError: if there are too many.
    """
    measure(path, text)
    # Only these end a line; JSON may hold the other characters that end one for Python.
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if number > MOST_ROWS:
            raise UsageError(f"{path} has more lines than {MOST_ROWS:,}, the most that are read")
        if not line.strip():
            continue
        try:
            value = _value(line)
        except (ValueError, RecursionError) as error:
            yield Row(number, {}, f"it is not valid JSON: {_reason(error)}")
        else:
            yield _object(number, value, how)


def measure(path: Path, text: str | bytes) -> None:
    """Refuse a text of JSON with too many values, before they are made.

    Raises:
        UsageError: if there are too many.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if sum(map(data.count, b",[{")) > _MOST_VALUES:
        raise UsageError(f"{path} has more than {_MOST_VALUES:,} values, the most that are read")


def _value(text: str) -> Any:
    """Return the value of JSON, with numbers as text, so that `1.10` stays `1.10`."""
    return json.loads(
        text,
        parse_int=str,
        parse_float=str,
        parse_constant=lambda name: Unread(f"{name} is not a value of JSON"),
        object_pairs_hook=_once,
    )


def _once(pairs: list[tuple[str, Any]]) -> Any:
    """Return an object, or what is wrong with it if a key is there twice."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            return Unread(f"duplicate key '{name}' in one object")
        found[name] = value
    return found


def _reason(error: Exception) -> str:
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)


def _wrapped(path: Path, found: dict[str, Any], how: Reading) -> Any:
    """Return the list of an object that holds one."""
    lists = [name for name, value in found.items() if isinstance(value, list)]
    if len(lists) > 1:
        raise UsageError(
            f"{path} has several lists ({', '.join(lists)}); leave one of them in the file"
        )
    others = [name for name in found if name not in lists]
    if lists and others:
        how.note(f"{path}: only the list '{lists[0]}' is imported, not {', '.join(others)}")
    return found[lists[0]] if lists else None


def _object(number: int, value: Any, how: Reading) -> Row:
    if isinstance(value, Unread):
        return Row(number, {}, value.reason)
    if not isinstance(value, dict):
        return Row(number, {}, "it is not an object with fields by name")
    if _deeper(value, _DEEPEST):
        return Row(number, {}, f"it is nested more than {_DEEPEST} levels deep")
    exact = value.get("record") in RECORD_TYPES or how.is_own(list(value))
    plain = {name: _plain(part, exact=exact) for name, part in value.items()}
    filled = {name: part for name, part in plain.items() if _filled(part)}
    empty = tuple(name for name in value if name not in filled)
    return Row(number, filled, "", empty, exact=exact)


def _deeper(value: Any, most: int) -> bool:
    """Whether a value is nested deeper than so many levels."""
    level = [value]
    for _ in range(most):
        level = [
            part
            for outer in level
            for part in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(part, dict | list)
        ]
        if not level:
            return False
    return True


def _filled(value: Any) -> bool:
    return value not in (None, "", [], {})


def _plain(value: Any, *, exact: bool) -> Any:
    """Return a value without what is empty in it, numbers and truth values as text."""
    if isinstance(value, dict):
        parts = {name: _plain(part, exact=exact) for name, part in value.items()}
        return {name: part for name, part in parts.items() if _filled(part)}
    if isinstance(value, list):
        return [_plain(part, exact=exact) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strip() if isinstance(value, str) and not exact else value
