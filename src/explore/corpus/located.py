"""Read the entries of a file, each part with its line and column, from the parser's events."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from yaml import events

from explore.corpus.events import (
    EMPTY,
    ENDS,
    MAX_DEPTH,
    NO_LIST,
    NO_MAPPING,
    SECOND,
    TOO_DEEP,
    Parser,
    mark_of,
    misnamed,
    refused,
)
from explore.corpus.problems import Position, YamlError

# Called with a position, the rule that is broken, and what is wrong.
Complain = Callable[[Position, str, str], None]

# Without quotes, other YAML parsers read these as something other than text.
LOSSY = re.compile(
    r"(?i:yes|no|on|off|true|false|null|~)|[-+]?0\d+|\d[\d_]*_\d*|\d+(?::[0-5]?\d)+|[-+]?\d+\.\d*0"
    r"|[-+]?\.(?i:inf)|\.(?i:nan)|[-+]?\d+(?:\.\d*)?[eE][-+]?\d+|0x[\da-fA-F]+|0o[0-7]+"
)
# No record has fewer fields; if its first one comes again then, it is that of the next record.
_LEAST_FIELDS = 3
_COMMENT = re.compile(r"([ \t]+)#([^\r\n]*)")


class Comment(NamedTuple):
    """A comment in the line in which a text without quotes ends.

    Attributes:
        owner: the `id` of the dictionary or list that holds the text.
        key: the text's key or index in it.
        position: where the comment begins.
        gap: the spaces before it.
        said: its text, without its `#`.
    """

    owner: int
    key: str | int
    position: Position
    gap: str
    said: str


class LocatedValue(NamedTuple):
    """A value read from a file, with the positions of its parts.

    Attributes:
        value: dictionaries, lists and text.
        position: line and column of the value, both from 1.
        positions: by the `id` of each dictionary or list in it, the positions of its entries.
        lossy: positions of texts that other YAML parsers read as something else.
        comments: comments that may have cut off a text.
        complete: whether it could be read in full.
    """

    value: Any
    position: Position
    positions: dict[int, dict[Any, Position]]
    lossy: list[tuple[Position, str]]
    comments: list[Comment]
    complete: bool

    def locate(self, path: list[str | int]) -> Position:
        """Return the position of the part at `path`, or of the nearest part above it."""
        value, position = self.value, self.position
        for step in path:
            found = self.positions.get(id(value), {}).get(step)
            if found is None:
                break
            value, position = value[step], found
        return position


class ForgottenDashError(YamlError):
    """The first field of a record is repeated: the next record has no dash."""


class _Text:
    """Some lines of a file, read by the parser only as far as it needs."""

    def __init__(self, lines: Sequence[str], begin: int, end: int) -> None:
        self.lines = lines
        self.at = begin
        self.end = end

    def read(self, size: int) -> str:
        """Return the next lines, of `size` characters at least if there are so many."""
        begin, found = self.at, 0
        while self.at < self.end and found < size:
            found += len(self.lines[self.at])
            self.at += 1
        return "".join(self.lines[begin : self.at])


class ListReader:
    """Reads the entries of the list in some lines of a file, in order.

    Attributes:
        open: the position of the entry that is being read.
        last: the last scalar that was read, as an event.
    """

    def __init__(
        self, lines: list[str], before: int, complain: Complain, end: int | None = None
    ) -> None:
        """Prepare to read.

        Args:
            lines: the lines of the file.
            before: how many of these come before those that are read.
            complain: called for YAML that a corpus may not use.
            end: the line before which to end; None reads to the end of the file.
        """
        self.lines = lines
        self.before = before
        self.complain = complain
        self.parse = Parser(_Text(lines, before, len(lines) if end is None else end)).get_event  # type: ignore[arg-type] # reads text
        self.open: Position | None = None
        self.last: Any = None
        self.complete = True
        self.positions: dict[int, dict[Any, Position]] = {}
        self.lossy: list[tuple[Position, str]] = []
        self.comments: list[Comment] = []

    def __iter__(self) -> Iterator[LocatedValue]:
        """Yield the entries.

        Raises:
            YamlError: at what cannot be part of a list of records.
            yaml.YAMLError: at what is not YAML.
        """
        self.take()
        if isinstance(self.take(), events.StreamEndEvent):
            if not self.before:
                self.complain((1, 1), "yaml", EMPTY)
            return
        first = self.take()
        if not isinstance(first, events.SequenceStartEvent):
            raise YamlError(mark_of(first), NO_LIST)
        self.refuse(first)
        while not isinstance(event := self.take(), events.SequenceEndEvent):
            yield self.item(event)
        self.end()

    def mapping(self) -> LocatedValue:
        """Return the one mapping in the lines; errors as for entries."""
        self.take()
        if isinstance(self.take(), events.StreamEndEvent):
            raise YamlError((1, 1), "the file is empty; add a title or remove it")
        first = self.take()
        if not isinstance(first, events.MappingStartEvent):
            raise YamlError(mark_of(first), NO_MAPPING)
        item = self.item(first)
        self.end()
        return item

    def take(self) -> Any:
        """Return the next event."""
        event = self.parse()
        if type(event) is events.ScalarEvent:
            self.last = event
        return event

    def end(self) -> None:
        """Read to the end of the document, which must be the end of the file."""
        self.take()
        extra = self.take()
        if not isinstance(extra, events.StreamEndEvent):
            raise YamlError(mark_of(extra), SECOND)

    def refuse(self, event: Any) -> None:
        """Complain of an anchor, a tag or an alias."""
        message = refused(event)
        if message:
            self._report(event, message)

    def item(self, first: Any) -> LocatedValue:
        """Return the value that begins with an event.

        Raises:
            YamlError: if it is nested too deep, or the dash of the next record is missing.
        """
        self.positions, self.lossy, self.comments, self.complete = {}, [], [], True
        self.open = self._later(mark_of(first))
        root: list[Any] = []
        stack: list[tuple[Any, Any]] = []
        top, key, event = root, None, first
        while True:
            if type(event) in ENDS:
                top, key = stack.pop()
            else:
                value = self._value(event)
                if isinstance(top, dict) and key is None:
                    key = self._key(event, top, is_record=top is root[0])
                    if isinstance(value, str):
                        event = self.take()
                        continue
                    # A list or mapping in place of a name is read and forgotten.
                    stack.append((top, _IGNORED))
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
        position, self.open = self.open, None
        return LocatedValue(
            root[0], position, self.positions, self.lossy, self.comments, self.complete
        )

    def _put(self, top: Any, key: Any, value: Any, event: Any) -> None:
        position = self._later(mark_of(event))
        if isinstance(top, dict):
            if key is _IGNORED:
                return
            top[key] = value
        else:
            key = len(top)
            top.append(value)
        self.positions.setdefault(id(top), {})[key] = position
        if type(event) is events.ScalarEvent and not event.style:
            if LOSSY.fullmatch(value):
                self.lossy.append((position, value))
            end: Any = event.end_mark
            line, column = end.line + self.before, end.column
            behind = line < len(self.lines) and _COMMENT.match(self.lines[line], column)
            if behind:
                begins = line + 1, behind.end(1) + 1
                self.comments.append(Comment(id(top), key, begins, behind[1], behind[2]))

    def _key(self, event: Any, mapping: dict[str, Any], *, is_record: bool) -> Any:
        message = misnamed(event, mapping)
        if message is None:
            return event.value
        is_first = isinstance(event, events.ScalarEvent) and event.value == next(iter(mapping))
        if is_record and is_first and len(mapping) >= _LEAST_FIELDS:
            raise ForgottenDashError(mark_of(event), message)
        self._report(event, message)
        return _IGNORED

    def _value(self, event: Any) -> Any:
        kind = type(event)
        if kind is events.AliasEvent or event.anchor or event.tag:
            self.refuse(event)
        if kind is events.ScalarEvent:
            return event.value
        if kind is events.AliasEvent:
            return ""
        return {} if kind is events.MappingStartEvent else []

    def _report(self, event: Any, message: str) -> None:
        self.complete = False
        self.complain(self._later(mark_of(event)), "yaml", message)

    def _later(self, position: Position) -> Position:
        return position[0] + self.before, position[1]


# Stands for the name of a field that is ignored.
_IGNORED = object()
