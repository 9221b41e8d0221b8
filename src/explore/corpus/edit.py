"""Change fields of records in a YAML file; comments, order and style stay."""

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
_HARM = "the file cannot be changed safely; change it by hand"
# How deep the fields of a record are: in a mapping, in the list.
_IN_RECORD = 2
_WORD = re.compile(r"[a-z0-9-]+")
# Blank lines and comments behind a record belong to what follows.
_TAIL = re.compile(r"(?:^(?:#.*)?\n)*\Z", re.MULTILINE)

# New values of fields by the id of their record; None removes a field.
Fields = dict[str, Record]


def edited(text: str, different: Fields) -> str:
    """Return a text in which fields of records have other values.

    Args:
        text: a list of records.
        different: their new values.

    Raises:
        ExploreError: if the text would say something else, or lose a comment.
    """
    try:
        return _edited_once(text, different)
    except (yaml.YAMLError, ExploreError):
        # Comments inside a value are in the way of another; without it they are lines.
        without: Fields = {name: dict.fromkeys(fields) for name, fields in different.items()}
        try:
            return _edited_once(_edited_once(text, without), different)
        except yaml.YAMLError as error:
            raise ExploreError(_HARM) from error


def _edited_once(text: str, different: Fields) -> str:
    from ruamel.yaml.error import YAMLError

    try:
        found = "".join(_part(part, different) for part in _parts(text))
    except (YAMLError, yaml.YAMLError):
        # A text may have a line that looks like the begin of a record.
        found = _part(text, different)
    _verify(text, found, different)
    return found


def _parts(text: str) -> list[str]:
    """Split a text before each record: the library is too slow for a long file as one."""
    starts = [0, *(match.start() for match in _RECORD.finditer(text)), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(starts)]


def _part(text: str, different: Fields) -> str:
    # An id is written as it is in its record, with or without quotes.
    if different.keys().isdisjoint(_WORD.findall(text)):
        return text
    gone = {name: [key for key in part if part[key] is None] for name, part in different.items()}
    text = _without(text, gone)
    tail = _TAIL.search(text)
    end = tail.start() if tail else len(text)
    body = _with(text[:end], different)
    # What the library loses, such as comments in a list that becomes another.
    lost = _lost_comments(text[:end], body)
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


class _Span(NamedTuple):
    """Where a field of a record is in a text, and where the next begins, if there is one."""

    start: int
    end: int
    following: int | None


def _without(text: str, gone: dict[str, list[str]]) -> str:
    """Return a text whose records lack fields, by their ids; comments on them stay."""
    for name, keys in gone.items():
        for key in keys:
            for value, fields in zip(values_in(text), _field_spans(text), strict=True):
                if value["id"] == name and key in fields:
                    text = _cut(text, fields[key])
                    break
    return text


def _cut(text: str, span: _Span) -> str:
    """Return a text without a field; its comments become lines of their own."""
    line = text.rfind("\n", 0, span.start) + 1
    before = text[line : span.start]
    ending = (text.find("\n", span.end) + 1) or len(text)
    comments = _comments(text)
    if not before.strip():
        # A field on lines of its own.
        comments_kept = [
            f"{before}{found}\n" for at, found in comments if span.start < at < ending
        ]
        return text[:line] + "".join(comments_kept) + text[ending:]
    if before == "- " and span.following and span.following >= ending:
        # The first of a record gives its dash to the next.
        comments_kept = [
            f"{found}\n" for at, found in comments if span.start < at < span.following
        ]
        return text[:line] + "".join(comments_kept) + before + text[span.following :]
    # Between braces.
    if span.following:
        return text[: span.start] + text[span.following :]
    return text[: text.rindex(",", 0, span.start)] + text[span.end :]


def _field_spans(text: str) -> list[dict[str, _Span]]:
    """Return the places of the fields of each record of a list."""
    found: list[dict[str, _Span]] = []
    fields: dict[str, tuple[int, int]] = {}
    depth = 0
    key: str | None = None
    next_event = Parser(text).get_event
    while not isinstance(event := next_event(), events.StreamEndEvent):
        start, end = event.start_mark.index, event.end_mark.index
        depth -= isinstance(event, events.CollectionEndEvent)
        if depth == 1 and isinstance(event, events.CollectionEndEvent):
            found.append(_trimmed_spans(text, fields))
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


def _trimmed_spans(text: str, fields: dict[str, tuple[int, int]]) -> dict[str, _Span]:
    """Return the places of fields, in order, without line ends that a text may include."""
    starts = [start for start, _ in fields.values()]
    return {
        name: _Span(start, start + len(text[start:end].rstrip("\n ")), following)
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
            # A value is not a comment, whatever it looks like.
            pieces += [text[at:start], re.sub(r"[^\n]", "x", text[start:end])]
            at = end
    rest = "".join([*pieces, text[at:]])
    return [
        (match.start(), text[match.start() : match.end()].rstrip())
        for match in _COMMENT.finditer(rest)
    ]


def _lost_comments(text: str, found: str) -> list[str]:
    """Return the comments of a text that another lacks."""
    kept = Counter(comment for _, comment in _comments(found))
    return list((Counter(comment for _, comment in _comments(text)) - kept).elements())


@cache
def _round_trip(*, nested: bool) -> Any:
    """Return ruamel.yaml's reader and writer, for which every scalar is text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class Untyped(VersionedResolver):
        """Reads every scalar as text, as the corpus does."""

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
    """Whether another parser would read a plain scalar as something other than text."""
    (line,) = dumped("claim", [{"text": text}])
    return not line.startswith(f"- text: {text}\n")


def _verify(text: str, found: str, different: Fields) -> None:
    """Check the edited text against what it should say, with the corpus's own reader."""
    wanted = list(values_in(text))
    for record in wanted:
        for name, value in different.get(record["id"], {}).items():
            if value is None:
                record.pop(name, None)
            else:
                record[name] = value
    if _lost_comments(text, found) or _texts(list(values_in(found))) != _texts(wanted):
        raise ExploreError(_HARM)


def _texts(value: Any) -> Any:
    """Return a value with everything as text, as YAML has it."""
    if isinstance(value, dict):
        return {name: _texts(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_texts(part) for part in value]
    return str(value)
