"""What stands in a file and where, going on after each fault, so that all faults come at once.

Only a corpus that is checked is read this way; questions take `explore.corpus.quick`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml import events

from explore.corpus.encoding import decoded
from explore.corpus.problem import Mark, YamlError
from explore.corpus.read import (
    EMPTY,
    MAX_DEPTH,
    NO_LIST,
    NO_MAPPING,
    SECOND,
    TOO_DEEP,
    Parser,
    fault_of,
    mark_of,
    misnamed,
    refused,
)

# Called with a place, the rule that is offended, and what is wrong.
Complain = Callable[[Mark, str, str], None]

# A file with more faults than this is something else than a corpus.
_MOST_FAULTS = 200
# Typed without quotes, these are something else than text to other readers of YAML.
LOSSY = re.compile(
    r"(?i:yes|no|on|off|true|false|null|~)|[-+]?0\d+|\d[\d_]*_\d*|\d+(?::[0-5]?\d)+|[-+]?\d+\.\d*0"
    r"|[-+]?\.(?i:inf)|\.(?i:nan)|[-+]?\d+(?:\.\d*)?[eE][-+]?\d+|0x[\da-fA-F]+|0o[0-7]+"
)


class Item(NamedTuple):
    """A value read from a file, and where its parts stand.

    Attributes:
        value: dictionaries, lists and text.
        mark: line and column of the value, both from 1.
        marks: for the `id` of each dictionary or list in it, the marks of what it holds.
        lossy: marks of texts that other readers of YAML take for something else.
        whole: whether all of it could be read.
    """

    value: Any
    mark: Mark
    marks: dict[int, dict[Any, Mark]]
    lossy: list[tuple[Mark, str]]
    whole: bool

    def locate(self, path: list[str | int]) -> Mark:
        """Give the mark of the part that `path` leads to, or of the nearest part above it."""
        value, mark = self.value, self.mark
        for step in path:
            found = self.marks.get(id(value), {}).get(step)
            if found is None:
                break
            value, mark = value[step], found
        return mark


def records(path: Path, complain: Complain) -> Iterator[Item]:
    """Yield the items of the list that a file holds; `complain` is told of each fault."""
    lines = decoded(path, complain).splitlines(keepends=True)
    start, last = 0, -1
    for faults in count(1):
        try:
            for item in _listed("".join(lines[start:]), start, complain):
                last = item.mark[0] - 1
                yield item
        except (YamlError, yaml.YAMLError) as error:
            begun, mark, message = _told(error, lines, start)
            complain(mark, "yaml", message)
            broken = max(_last_record(lines, begun), last, start)
            if broken > last:
                yield from _salvaged(lines[broken : min(begun, mark[0] - 1)], broken)
            last = broken
            start = _next_record(lines, broken)
            if faults == _MOST_FAULTS:
                complain((start + 1, 1), "yaml", "too many faults; the rest is not read")
            elif start < len(lines):
                continue
        return


def _salvaged(lines: list[str], before: int) -> Iterator[Item]:
    """Yield what of a broken record stands before the fault, for its id and what it names."""
    try:
        for item in _listed("".join(lines), before, lambda *_: None):
            yield item._replace(whole=False)
    except (YamlError, yaml.YAMLError):
        return


def fields(path: Path, complain: Complain) -> Item | None:
    """Give the mapping that a file holds; None if it holds none."""
    text = decoded(path, complain)
    try:
        take = Parser(text).get_event
        take()
        if isinstance(take(), events.StreamEndEvent):
            complain((1, 1), "yaml", "the file is empty; remove it or write a title")
            return None
        first = take()
        if not isinstance(first, events.MappingStartEvent):
            complain(mark_of(first), "yaml", NO_MAPPING)
            return None
        item = _Builder(take, 0, complain).item(first)
        _ended(take, 0, complain)
    except (YamlError, yaml.YAMLError) as error:
        _, mark, message = _told(error, text.splitlines(keepends=True), 0)
        complain(mark, "yaml", message)
        return None
    return item


def _listed(text: str, before: int, complain: Complain) -> Iterator[Item]:
    """Yield the items in a text; `before` tells how many lines of the file come before it."""
    take = Parser(text).get_event
    take()
    if isinstance(take(), events.StreamEndEvent):
        if not before:
            complain((1, 1), "yaml", EMPTY)
        return
    builder = _Builder(take, before, complain)
    while True:
        first = take()
        if isinstance(first, events.SequenceStartEvent):
            builder.refuse(first)
            while not isinstance(event := take(), events.SequenceEndEvent):
                yield builder.item(event)
        else:
            complain(_later(mark_of(first), before), "yaml", NO_LIST)
            builder.item(first)
        if _ended(take, before, complain):
            return


def _ended(take: Callable[[], Any], before: int, complain: Complain) -> bool:
    """Go to the end of a document; tell whether it ends the file."""
    take()
    extra = take()
    if isinstance(extra, events.StreamEndEvent):
        return True
    complain(_later(mark_of(extra), before), "yaml", SECOND)
    return False


def _later(mark: Mark, before: int) -> Mark:
    return mark[0] + before, mark[1]


class _Builder:
    """Builds values from events with a stack of its own, and complains of what is not used."""

    def __init__(self, take: Callable[[], Any], before: int, complain: Complain) -> None:
        self.take = take
        self.before = before
        self.complain = complain
        self.whole = True
        self.marks: dict[int, dict[Any, Mark]] = {}
        self.lossy: list[tuple[Mark, str]] = []

    def refuse(self, event: Any) -> None:
        """Complain of an anchor, a tag or an alias."""
        message = refused(event)
        if message:
            self._fault(event, message)

    def item(self, first: Any) -> Item:
        """Give the value that begins with an event.

        Raises:
            YamlError: if it is nested too deep.
        """
        self.marks, self.lossy, self.whole = {}, [], True
        root: list[Any] = []
        stack: list[tuple[Any, Any]] = []
        top, key, event = root, None, first
        while True:
            if isinstance(event, events.MappingEndEvent | events.SequenceEndEvent):
                top, key = stack.pop()
            else:
                value = self._value(event)
                if isinstance(top, dict) and key is None:
                    key = self._key(event, top)
                    if isinstance(value, str):
                        event = self.take()
                        continue
                    # A list or mapping in place of a name is read and forgotten.
                    stack.append((top, _UNKEPT))
                    top, key = value, None
                    event = self.take()
                    continue
                self._put(top, key, value, event)
                if not isinstance(value, str):
                    if len(stack) >= MAX_DEPTH:
                        raise YamlError(mark_of(event), TOO_DEEP)
                    stack.append((top, None))
                    top = value
                key = None
            if top is root and not stack:
                break
            event = self.take()
        mark = _later(mark_of(first), self.before)
        return Item(root[0], mark, self.marks, self.lossy, self.whole)

    def _put(self, top: Any, key: Any, value: Any, event: Any) -> None:
        mark = _later(mark_of(event), self.before)
        if isinstance(top, dict):
            if key is _UNKEPT:
                return
            top[key] = value
        else:
            key = len(top)
            top.append(value)
        self.marks.setdefault(id(top), {})[key] = mark
        if isinstance(event, events.ScalarEvent) and not event.style and LOSSY.fullmatch(value):
            self.lossy.append((mark, value))

    def _key(self, event: Any, mapping: dict[str, Any]) -> Any:
        message = misnamed(event, mapping)
        if message is None:
            return event.value
        self._fault(event, message)
        return _UNKEPT

    def _value(self, event: Any) -> Any:
        self.refuse(event)
        if isinstance(event, events.MappingStartEvent):
            return {}
        if isinstance(event, events.SequenceStartEvent):
            return []
        return event.value if isinstance(event, events.ScalarEvent) else ""

    def _fault(self, event: Any, message: str) -> None:
        self.whole = False
        self.complain(_later(mark_of(event), self.before), "yaml", message)


_PLAINER = {
    "end of stream, while scanning a quoted": "the quote that opens here is not closed; close it",
    "simple key": "no ':' follows; write 'name: value', or indent what goes on",
    "did not find expected key": "neither a field nor a record begins here; look at the indent",
    "mapping values are not allowed": "a second ':' in a line; put the text in quotes",
}

# Stands for the name of a field that is not kept.
_UNKEPT = object()


def _told(error: Exception, lines: list[str], before: int) -> tuple[int, Mark, str]:
    """Give the line in which what is broken begins, the place of the fault, and what it is."""
    if isinstance(error, YamlError):
        mark = _later(error.mark, before)
        return mark[0] - 1, mark, error.message
    at = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if isinstance(error, yaml.MarkedYAMLError) and at:
        since = error.context_mark or at
        message = fault_of(error)
        if "simple key" in message or at.line + before >= len(lines):
            at = since
        message = next((plain for part, plain in _PLAINER.items() if part in message), message)
        line, column = at.line + before, at.column
        if line < len(lines) and lines[line][column : column + 1] == "\t":
            message = "a tab stands where YAML wants blanks; indent with blanks"
        return since.line + before, (line + 1, column + 1), message
    text = " ".join(str(error).split())
    return before, (before + 1, 1), f"not YAML: {text}"


def _last_record(lines: list[str], line: int) -> int:
    """Give the last line up to one at which a record begins, or that line itself."""
    at = min(line, len(lines) - 1)
    while at > 0 and not lines[at].startswith("-"):
        at -= 1
    return max(at, 0)


def _next_record(lines: list[str], line: int) -> int:
    """Give the first line after one at which a record begins, or the end."""
    at = line + 1
    while at < len(lines) and not lines[at].startswith("- "):
        at += 1
    return at
