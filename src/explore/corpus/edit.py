"""Changing fields of records in a YAML file; comments, order and style stay."""

import io
import itertools
import re
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

import yaml
from yaml import events

from explore.corpus.events import Parser, values_in
from explore.corpus.write import dumped
from explore.errors import ExploreError
from explore.model.records import Record

_NESTED = re.compile(r"^    - ", re.MULTILINE)
# Where a record of a list that is not set in begins.
_RECORD = re.compile(r"^- ", re.MULTILINE)
_COMMENT = re.compile(r"(?:(?<=\s)|^)#.*", re.MULTILINE)
_HARM = "the file cannot be changed without harm; change it by hand"
# How deep the fields of a record are: in a mapping, in the list.
_IN_RECORD = 2
_WORD = re.compile(r"[a-z0-9-]+")
# Blank lines and comments behind a record belong to what follows.
_TAIL = re.compile(r"(?:^(?:#.*)?\n)*\Z", re.MULTILINE)

# Fields by the id of their record; None takes one away.
Fields = dict[str, Record]


def edited(text: str, different: Fields) -> str:
    """Return a text in which fields of records say something else.

    Args:
        text: a list of records.
        different: what they are to say.

    Raises:
        ExploreError: if the text would say anything else than it should, or lose a comment.
    """
    try:
        return _tried(text, different)
    except (yaml.YAMLError, ExploreError):
        # Comments inside a value are in the way of another; without it they are lines.
        without: Fields = {name: dict.fromkeys(fields) for name, fields in different.items()}
        try:
            return _tried(_tried(text, without), different)
        except yaml.YAMLError as error:
            raise ExploreError(_HARM) from error


def _tried(text: str, different: Fields) -> str:
    from ruamel.yaml.error import YAMLError

    try:
        found = "".join(_part(part, different) for part in _parts(text))
    except (YAMLError, yaml.YAMLError):
        # A text may have a line that looks like the begin of a record.
        found = _part(text, different)
    _verify(text, found, different)
    return found


def _parts(text: str) -> list[str]:
    """Take a text apart before each record: the library is too slow for all of a long file."""
    starts = [0, *(match.start() for match in _RECORD.finditer(text)), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(starts)]


def _part(text: str, different: Fields) -> str:
    # An id stands in its record as it is, with quotes or without.
    if different.keys().isdisjoint(_WORD.findall(text)):
        return text
    gone = {name: [key for key in part if part[key] is None] for name, part in different.items()}
    text = _without(text, gone)
    tail = _TAIL.search(text)
    end = tail.start() if tail else len(text)
    body = _with(text[:end], different)
    # What the library loses, such as comments in a list that becomes another.
    lost = _lost(text[:end], body)
    return "".join(f"{comment}\n" for comment in lost) + body + text[end:]


def _with(text: str, different: Fields) -> str:
    """Return a text in which records have other values; ruamel.yaml keeps what is around them."""
    nested = _NESTED.search(text) is not None
    round_trip = _round_trip(nested=nested)
    # Where lists in records are set in by four, the library sets the records in by two.
    found = round_trip.load(re.sub(r"^(?=.)", "  ", text, flags=re.MULTILINE) if nested else text)
    parts = [(record, different.get(str(record["id"]), {})) for record in found or []]
    if all(value is None for _, part in parts for value in part.values()):
        return text
    for record, part in parts:
        for name, value in part.items():
            if value is not None:
                record[name] = _written(value)
    out = io.StringIO()
    round_trip.dump(found, out)
    return re.sub(r"^  ", "", out.getvalue(), flags=re.MULTILINE) if nested else out.getvalue()


class _Place(NamedTuple):
    """Where a field of a record is in a text, and where the next begins, if there is one."""

    start: int
    end: int
    following: int | None


def _without(text: str, gone: dict[str, list[str]]) -> str:
    """Return a text whose records lack fields, by their ids; comments on them stay."""
    for name, keys in gone.items():
        for key in keys:
            for value, fields in zip(values_in(text), _places(text), strict=True):
                if value["id"] == name and key in fields:
                    text = _cut(text, fields[key])
                    break
    return text


def _cut(text: str, place: _Place) -> str:
    """Return a text without a field; its comments become lines of their own."""
    line = text.rfind("\n", 0, place.start) + 1
    before = text[line : place.start]
    ending = (text.find("\n", place.end) + 1) or len(text)
    comments = _comments(text)
    if not before.strip():
        # A field on lines of its own.
        kept = [f"{before}{found}\n" for at, found in comments if place.start < at < ending]
        return text[:line] + "".join(kept) + text[ending:]
    if before == "- " and place.following and place.following >= ending:
        # The first of a record gives its dash to the next.
        kept = [f"{found}\n" for at, found in comments if place.start < at < place.following]
        return text[:line] + "".join(kept) + before + text[place.following :]
    # Between braces.
    if place.following:
        return text[: place.start] + text[place.following :]
    return text[: text.rindex(",", 0, place.start)] + text[place.end :]


def _places(text: str) -> list[dict[str, _Place]]:
    """Return where the fields of each record of a list stand."""
    found: list[dict[str, _Place]] = []
    fields: dict[str, tuple[int, int]] = {}
    depth = 0
    key: str | None = None
    take = Parser(text).get_event
    while not isinstance(event := take(), events.StreamEndEvent):
        start, end = event.start_mark.index, event.end_mark.index
        depth -= isinstance(event, events.CollectionEndEvent)
        if depth == 1 and isinstance(event, events.CollectionEndEvent):
            found.append(_placed(text, fields))
            fields, key = {}, None
        elif depth > 1 and key is None:
            key = str(event.value)
            fields[key] = start, end
        elif key is not None:
            # A collection without brackets ends where the next thing begins, by an empty event.
            fields[key] = fields[key][0], end if start < end else fields[key][1]
            if depth == _IN_RECORD and not isinstance(event, events.CollectionStartEvent):
                key = None
        depth += isinstance(event, events.CollectionStartEvent)
    return found


def _placed(text: str, fields: dict[str, tuple[int, int]]) -> dict[str, _Place]:
    """Return where fields stand, in their order, without line ends that a text may take in."""
    starts = [start for start, _ in fields.values()]
    return {
        name: _Place(start, start + len(text[start:end].rstrip("\n ")), following)
        for (name, (start, end)), following in zip(
            fields.items(), [*starts[1:], None], strict=True
        )
    }


def _comments(text: str) -> list[tuple[int, str]]:
    """Return the comments of a text and where they begin."""
    pieces, at = [], 0
    for event in yaml.parse(text, Loader=Parser):
        if isinstance(event, events.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            # What is a value is none, whatever it looks like.
            pieces += [text[at:start], re.sub(r"[^\n]", "x", text[start:end])]
            at = end
    rest = "".join([*pieces, text[at:]])
    return [
        (match.start(), text[match.start() : match.end()].rstrip())
        for match in _COMMENT.finditer(rest)
    ]


def _lost(text: str, found: str) -> list[str]:
    """Return the comments of a text that another lacks."""
    kept = Counter(comment for _, comment in _comments(found))
    return list((Counter(comment for _, comment in _comments(text)) - kept).elements())


@cache
def _round_trip(*, nested: bool) -> Any:
    """Return ruamel.yaml's reader and writer, for which every scalar is text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class Untyped(VersionedResolver):
        """Takes no scalar for anything but text, as the corpus does."""

        @property
        def versioned_resolver(self) -> dict[Any, Any]:
            """Return no rule for any scalar."""
            return {}

    round_trip = YAML()
    round_trip.Resolver = Untyped
    round_trip.preserve_quotes = True
    round_trip.allow_unicode = True
    round_trip.width = 2**31 - 1
    round_trip.indent(mapping=2, sequence=4 if nested else 2, offset=2 if nested else 0)
    return round_trip


def _written(part: Any) -> Any:
    """Return a value as ruamel.yaml writes it in the style of the corpus."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(part, dict):
        fields = CommentedMap({name: _written(value) for name, value in part.items()})
        fields.fa.set_flow_style()
        return fields
    if isinstance(part, list):
        entries = CommentedSeq([_written(value) for value in part])
        if not any(isinstance(value, dict) for value in part):
            entries.fa.set_flow_style()
        return entries
    return DoubleQuotedScalarString(part) if _needs_quotes(str(part)) else str(part)


def _needs_quotes(text: str) -> bool:
    """Whether another reader would take a plain scalar for something else than text."""
    (line,) = dumped("claim", [{"text": text}])
    return not line.startswith(f"- text: {text}\n")


def _verify(text: str, found: str, different: Fields) -> None:
    """Hold the edited text against what it should say, with the corpus's own reader."""
    wanted = list(values_in(text))
    for record in wanted:
        for name, value in different.get(record["id"], {}).items():
            if value is None:
                record.pop(name, None)
            else:
                record[name] = value
    if _lost(text, found) or _texts(list(values_in(found))) != _texts(wanted):
        raise ExploreError(_HARM)


def _texts(value: Any) -> Any:
    """Return a value with all that is no text as text, as it stands in YAML."""
    if isinstance(value, dict):
        return {name: _texts(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_texts(part) for part in value]
    return str(value)
