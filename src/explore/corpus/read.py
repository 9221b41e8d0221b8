"""YAML to plain values with their places, from the parser's events; scalars stay text.

Walking events refuses deep nesting before anything recurses (libyaml's composer crashes the
process on it) and keeps `no`, `1.10` and `2024-07-11` what the curator typed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import yaml
from yaml import events

from explore.corpus.problem import Mark, YamlError

MAX_DEPTH = 64

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Item(NamedTuple):
    """A value read from a file, and where its parts stand.

    Attributes:
        value: dictionaries, lists and text.
        mark: line and column of the value, both from 1.
        marks: for the `id` of each dictionary or list in it, the marks of what it holds.
    """

    value: Any
    mark: Mark
    marks: dict[int, dict[Any, Mark]]

    def locate(self, path: list[str | int]) -> Mark:
        """Give the mark of the part that `path` leads to, or of the nearest part above it."""
        value, mark = self.value, self.mark
        for step in path:
            found = self.marks.get(id(value), {}).get(step)
            if found is None:
                break
            value, mark = value[step], found
        return mark


def read_list(path: Path) -> Iterator[Item]:
    """Yield the items of the list that a YAML file holds, one by one.

    Raises:
        YamlError: at the first place that is not YAML, or YAML that a corpus does not use.
    """
    for event, stream in _content(path):
        if not isinstance(event, events.SequenceStartEvent):
            raise YamlError(_mark(event), "expected a list: each record starts with '- '")
        for item_event in stream:
            if isinstance(item_event, events.SequenceEndEvent):
                break
            yield _build(item_event, stream)


def values_of(path: Path) -> Iterator[Any]:
    """Yield the values of the list in a file as `read_list` does, quicker, without places."""
    _refuse_utf16(path)
    with path.open("rb") as file, _faults(path):
        yield from values_in(file)


def values_in(text: str | BinaryIO) -> Iterator[Any]:
    """Yield the values of the list in a text or an open file.

    Raises:
        YamlError: as `read_list`.
        yaml.YAMLError: where the text is no YAML at all.
    """
    take = _Parser(text).get_event
    take()
    if isinstance(take(), events.StreamEndEvent):
        raise YamlError((1, 1), "the file is empty; write [] for an empty list")
    first = take()
    if not isinstance(first, events.SequenceStartEvent):
        raise YamlError(_mark(first), "expected a list: each record starts with '- '")
    _refuse(first)
    while not isinstance(event := take(), events.SequenceEndEvent):
        yield _plain(event, take)
    take()
    extra = take()
    if not isinstance(extra, events.StreamEndEvent):
        raise YamlError(_mark(extra), "a second document begins here; keep one a file")


def mapping_of(path: Path) -> Any:
    """Give the mapping in a file, without places."""
    return read_mapping(path).value


def read_mapping(path: Path) -> Item:
    """Give the mapping that a YAML file holds.

    Raises:
        YamlError: as `read_list`.
    """
    item = None
    for event, stream in _content(path):
        if not isinstance(event, events.MappingStartEvent):
            raise YamlError(_mark(event), "expected fields, each as 'name: value'")
        item = _build(event, stream)
    assert item is not None  # noqa: S101 - _content yields once or raises
    return item


def _content(path: Path) -> Iterator[tuple[Any, Iterator[Any]]]:
    """Yield the first event of the one document in a file, with the events that follow it.

    Resuming the generator checks that the document ends the file.
    """
    stream = _events(path)
    next(stream)
    if isinstance(next(stream), events.StreamEndEvent):
        raise YamlError((1, 1), "the file is empty; write [] for an empty list")
    yield next(stream), stream
    next(stream)
    extra = next(stream)
    if not isinstance(extra, events.StreamEndEvent):
        raise YamlError(_mark(extra), "a second document begins here; keep one a file")


def _events(path: Path) -> Iterator[Any]:
    """Yield the parser's events, every fault of the file as a `YamlError`."""
    _refuse_utf16(path)
    with path.open(encoding="utf-8-sig", newline="") as text, _faults(path):
        yield from yaml.parse(text, Loader=_Parser)


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
        raise YamlError(_error_mark(error), _error_text(error)) from error
    except yaml.YAMLError as error:
        raise YamlError((1, 1), f"not YAML: {error}".replace("\n", " ")) from error
    except UnicodeDecodeError as error:
        raise YamlError(_byte_mark(path), "not UTF-8; save the file as UTF-8") from error


def _build(first: Any, stream: Iterator[Any]) -> Item:
    """Build one value from its events with a stack of its own."""
    marks: dict[int, dict[Any, Mark]] = {}
    root: list[Any] = []
    stack: list[Any] = [root]
    keys: list[str | None] = [None]
    event = first
    while True:
        value: Any
        if isinstance(event, events.ScalarEvent):
            _refuse(event)
            value = event.value
            if isinstance(stack[-1], dict) and keys[-1] is None:
                _new_key(event, stack[-1])
                keys[-1] = value
                event = next(stream)
                continue
        elif isinstance(event, events.MappingStartEvent | events.SequenceStartEvent):
            _refuse(event)
            value = {} if isinstance(event, events.MappingStartEvent) else []
        elif isinstance(event, events.AliasEvent):
            raise YamlError(_mark(event), "aliases (*name) are not used here; write it out")
        else:
            stack.pop()
            keys.pop()
            if len(stack) == 1:
                break
            event = next(stream)
            continue
        parent = stack[-1]
        if isinstance(parent, dict):
            if keys[-1] is None:
                raise YamlError(_mark(event), "a field name must be plain text")
            parent[keys[-1]] = value
            marks.setdefault(id(parent), {})[keys[-1]] = _mark(event)
            keys[-1] = None
        else:
            marks.setdefault(id(parent), {})[len(parent)] = _mark(event)
            parent.append(value)
        if isinstance(value, str):
            if len(stack) == 1:
                break
        else:
            if len(stack) > MAX_DEPTH:
                raise YamlError(_mark(event), f"nested deeper than {MAX_DEPTH} levels")
            stack.append(value)
            keys.append(None)
        event = next(stream)
    return Item(root[0], _mark(first), marks)


def _plain(first: Any, take: Callable[[], Any]) -> Any:
    """Build one value as `_build` does, without marks: what most of reading a corpus is.

    `take` gives the next event of the parser.
    """
    stack: list[Any] = []
    top: Any = None
    key: Any = None
    event = first
    while True:
        if type(event) in _ENDS:
            value, top, key = top, stack.pop(), None
            if top is None:
                return value
        else:
            value = _value(event)
            if type(top) is list:
                top.append(value)
            elif top is not None and key is None:
                _new_key(event, top)
                key = value
                event = take()
                continue
            elif top is not None:
                top[key] = value
                key = None
            if type(value) is not str:
                if len(stack) >= MAX_DEPTH:
                    raise YamlError(_mark(event), f"nested deeper than {MAX_DEPTH} levels")
                stack.append(top)
                top, key = value, None
            elif top is None:
                return value
        event = take()


_ENDS = (events.MappingEndEvent, events.SequenceEndEvent)


def _value(event: Any) -> Any:
    """Give the value that an event begins: text, or an empty list or dictionary."""
    kind = type(event)
    if kind is events.AliasEvent:
        raise YamlError(_mark(event), "aliases (*name) are not used here; write it out")
    if event.anchor or event.tag:
        _refuse(event)
    if kind is events.ScalarEvent:
        return event.value
    return {} if kind is events.MappingStartEvent else []


def _refuse(event: Any) -> None:
    if event.anchor:
        raise YamlError(_mark(event), f"anchors (&{event.anchor}) are not used here")
    if event.tag and event.tag != "!":
        raise YamlError(_mark(event), f"tags ({event.tag}) are not used here")


def _new_key(event: Any, mapping: dict[str, Any]) -> None:
    if not isinstance(event, events.ScalarEvent):
        raise YamlError(_mark(event), "a field name must be plain text")
    if event.value in mapping:
        raise YamlError(_mark(event), f"the field '{event.value}' stands here twice")
    if event.value == "<<" and not event.style:
        raise YamlError(_mark(event), "merge keys (<<) are not used here; write it out")


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _error_mark(error: yaml.MarkedYAMLError) -> Mark:
    mark = error.problem_mark or error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _error_text(error: yaml.MarkedYAMLError) -> str:
    return ", ".join(part for part in (error.problem, error.context) if part)


def _byte_mark(path: Path) -> Mark:
    data = path.read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.rpartition(b"\n")[2].decode(errors="replace")
        return before.count(b"\n") + 1, len(line) + 1
    return 1, 1
