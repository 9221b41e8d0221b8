"""YAML to plain values, from the parser's events; scalars stay text.

Walking events refuses deep nesting before it is followed (libyaml's composer crashes the process
on it) and keeps `no`, `1.10` and `2024-07-11` what the curator typed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from yaml import events

from explore.corpus.problems import Position, YamlError

MAX_DEPTH = 64

NO_LIST = "expected a list: each record starts with '- '"
NO_MAPPING = "expected fields, each as 'name: value'"
EMPTY = "the file is empty; write [] for an empty list"
SECOND = "second document in this file; keep one document per file"
TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep; flatten it"
# What libyaml 0.2.6 and newer say of 1,000 levels, which they read before the first event.
_PARSER_TOO_DEEP = "exceeded maximum nesting depth"

ENDS = (events.MappingEndEvent, events.SequenceEndEvent)
Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def values_of(path: Path) -> Iterator[Any]:
    """Yield the values of the list that a file holds, one by one.

    Raises:
        YamlError: at the first place that is not YAML, or YAML that a corpus does not use.
    """
    _refuse_utf16(path)
    with path.open("rb") as file, _faults(path):
        yield from values_in(file)


def values_in(text: str | BinaryIO) -> Iterator[Any]:
    """Yield the values of the list in a text or an open file.

    Raises:
        YamlError: as `values_of`.
        yaml.YAMLError: where the text is not YAML at all.
    """
    take = Parser(text).get_event
    first = _first(take)
    if not isinstance(first, events.SequenceStartEvent):
        raise YamlError(mark_of(first), NO_LIST)
    _refuse(first)
    while not isinstance(event := take(), events.SequenceEndEvent):
        yield _plain(event, take)
    _end(take)


def _first(take: Callable[[], Any]) -> Any:
    """Return the first event of what a file holds."""
    take()
    if isinstance(take(), events.StreamEndEvent):
        raise YamlError((1, 1), EMPTY)
    return take()


def _end(take: Callable[[], Any]) -> None:
    """Go to the end of the document, which must be the end of the file."""
    take()
    extra = take()
    if not isinstance(extra, events.StreamEndEvent):
        raise YamlError(mark_of(extra), SECOND)


def mapping_of(path: Path) -> Any:
    """Return the mapping in a file, without places.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    _refuse_utf16(path)
    with path.open("rb") as file, _faults(path):
        take = Parser(file).get_event
        first = _first(take)
        if not isinstance(first, events.MappingStartEvent):
            raise YamlError(mark_of(first), NO_MAPPING)
        found = _plain(first, take)
        _end(take)
    return found


def document_in(text: str) -> Any:
    """Return the one value, a list or a mapping, in a text.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    with _faults(Path()):
        take = Parser(text).get_event
        first = _first(take)
        found = _plain(first, take)
        _end(take)
    return found


def _refuse_utf16(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(2)
    if head in (b"\xff\xfe", b"\xfe\xff"):
        raise YamlError((1, 1), "the file is UTF-16; save it as UTF-8")


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Turn every fault that the parser finds into a `YamlError`."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        raise YamlError(_error_mark(error), fault_of(error)) from error
    except yaml.YAMLError as error:
        raise YamlError((1, 1), f"invalid YAML: {error}".replace("\n", " ")) from error
    except UnicodeDecodeError as error:
        raise YamlError(_byte_mark(path), "not UTF-8; save the file as UTF-8") from error


def _plain(event: Any, take: Callable[[], Any], depth: int = 0) -> Any:
    """Return the value that an event begins.

    Args:
        event: the first event of the value.
        take: returns the next event of the parser.
        depth: how many lists and mappings the value is in.
    """
    if event.__class__ is events.AliasEvent or event.anchor or event.tag:
        _refuse(event)
    if event.__class__ is events.ScalarEvent:
        return event.value
    if depth >= MAX_DEPTH:
        raise YamlError(mark_of(event), TOO_DEEP)
    if event.__class__ is events.MappingStartEvent:
        return _mapping(take, depth + 1)
    found = []
    while (event := take()).__class__ is not events.SequenceEndEvent:
        found.append(_plain(event, take, depth + 1))
    return found


def _mapping(take: Callable[[], Any], depth: int) -> dict[str, Any]:
    """Return the rest of a mapping that has begun; arguments as `_plain`."""
    # Nearly all of a corpus is fields of text, so these are read without a further call.
    scalar, end = events.ScalarEvent, events.MappingEndEvent
    found: dict[str, Any] = {}
    while (event := take()).__class__ is not end:
        if event.__class__ is not scalar or event.anchor or event.tag:
            _refuse(event)
            _refuse_name(event, found)
        name: str = event.value
        if name in found or name == "<<":
            _refuse_name(event, found)
        event = take()
        if event.__class__ is scalar and not event.anchor and not event.tag:
            found[name] = event.value
        else:
            found[name] = _plain(event, take, depth)
    return found


def _refuse(event: Any) -> None:
    message = refused(event)
    if message:
        raise YamlError(mark_of(event), message)


def _refuse_name(event: Any, mapping: dict[str, Any]) -> None:
    message = misnamed(event, mapping)
    if message:
        raise YamlError(mark_of(event), message)


def refused(event: Any) -> str | None:
    """Return what of YAML is not used in a corpus, where an event begins it."""
    if isinstance(event, events.AliasEvent):
        return "aliases (*name) are not supported; write the value out, or put the text in quotes"
    if event.anchor:
        return f"anchors (&{event.anchor}) are not supported; remove it, or put the text in quotes"
    if event.tag:
        return f"tags ({event.tag}) are not supported; remove it, or put the text in quotes"
    return None


def misnamed(event: Any, mapping: dict[str, Any]) -> str | None:
    """Return why an event cannot be the name of another field of a mapping, if it cannot."""
    if not isinstance(event, events.ScalarEvent):
        return "field names must be plain text"
    if event.value in mapping:
        return f"duplicate field '{event.value}'; keep one"
    if event.value == "<<" and not event.style:
        return "merge keys (<<) are not supported; write the fields out"
    return None


def mark_of(event: Any) -> Position:
    """Return line and column of where an event begins, both from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _error_mark(error: yaml.MarkedYAMLError) -> Position:
    mark = error.problem_mark or error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def fault_of(error: yaml.MarkedYAMLError) -> str:
    """Return what the parser found wrong."""
    if error.problem == _PARSER_TOO_DEEP:
        return TOO_DEEP
    return ", ".join(part for part in (error.problem, error.context) if part)


def _byte_mark(path: Path) -> Position:
    data = path.read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.rpartition(b"\n")[2].decode(errors="replace")
        return before.count(b"\n") + 1, len(line) + 1
    return 1, 1
