"""The values of a file of records, quicker where the YAML is as plain as it mostly is.

A record of nothing but `field: plain text`, `field: [a, b]` and `field: {label: value}` is read by
one regular expression; any other goes to the parser by itself, and a file that does not fall
into records at `- ` in its first column goes there whole. The result is the parser's, always.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import yaml

from explore.corpus.problem import YamlError
from explore.corpus.read import values_in, values_of

_BLOCK = 1 << 20
# Characters that the parser refuses or takes for line breaks, besides those with a meaning.
_ODD = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_SCALAR = rf"[A-Za-z0-9][^:#{_ODD}]*(?:(?::(?=[^ {_ODD}])|(?<! )#)[^:#{_ODD}]*)*(?<! )"
_QUOTED = rf"'[^'{_ODD}]*'|\"[^\"\\{_ODD}]*\""
# Inside brackets a plain text has no comma and no bracket.
_INNER = rf"[A-Za-z0-9][^,\[\]{{}}:#{_ODD}]*(?<! )"
_PAIR = f"[a-z]+: {_INNER}"
_PAIRS = rf"\{{{_PAIR}(?:, {_PAIR})*\}}"
_LINE = re.compile(
    rf"(- |  )([A-Za-z][A-Za-z0-9_-]*): (?:({_SCALAR})|({_QUOTED})|\[({_INNER}(?:, {_INNER})*)\]"
    rf"|({_PAIRS})|\[({_PAIRS}(?:, {_PAIRS})*)\])\n"
)
_BETWEEN = re.compile(r"(?:#[^\n\r\u0085\u2028\u2029]*\n|\n)*")
_ITEM = "\n- "
# What may stand outside a record ends it, such as a second document; other line breaks hide it.
_OUTSIDE = re.compile("\n[^ \n#]|[\r\u0085\u2028\u2029]")


class _NotPlainError(Exception):
    """A file that does not fall into records."""


def values(path: Path) -> Iterator[Any]:
    """Yield the values of the list in a file, as `explore.corpus.read.values_of` does.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    given = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            for value in _records(text):
                yield value
                given += 1
    except (_NotPlainError, YamlError, UnicodeError):
        # What is behind a fault may be no fault of the whole.
        for n, value in enumerate(values_of(path)):
            if n >= given:
                yield value


def _records(text: TextIO) -> Iterator[Any]:
    buffer = ""
    seen = False
    while True:
        block = text.read(_BLOCK)
        buffer += block
        # The last record may go on in the next block.
        end = buffer.rfind(_ITEM) + 1 if block else len(buffer)
        at = 0
        while at < end:
            at = _BETWEEN.match(buffer, at).end()  # type: ignore[union-attr]
            if at >= end:
                break
            if not buffer.startswith("- ", at):
                raise _NotPlainError
            record, after = _record(buffer, at)
            if record is None:
                after = buffer.find(_ITEM, at) + 1 or len(buffer)
                (record,) = _parsed(buffer[at:after])
            seen = True
            yield record
            at = after
        buffer = buffer[max(at, 0) :]
        if not block:
            break
    if not seen:
        raise _NotPlainError


def _record(buffer: str, at: int) -> tuple[dict[str, Any] | None, int]:
    """Read a plain record, and give where it ends; None if it is not plain to its end."""
    found: dict[str, Any] = {}
    lead = "- "
    while line := _LINE.match(buffer, at):
        start, key, scalar, quoted, names, pairs, maps = line.groups()
        if start != lead:
            break
        if key in found:
            return None, at
        if scalar:
            found[key] = scalar
        elif quoted:
            found[key] = quoted[1:-1]
        elif names:
            found[key] = names.split(", ")
        else:
            listed = [_mapping(part) for part in (pairs or maps)[1:-1].split("}, {")]
            if None in listed:
                return None, at
            found[key] = listed if maps else listed[0]
        at, lead = line.end(), "  "
    # What follows must be another record, or nothing but comments and blank lines before it.
    follows = _BETWEEN.match(buffer, at).end()  # type: ignore[union-attr]
    if not found or (follows < len(buffer) and not buffer.startswith("- ", follows)):
        return None, at
    return found, at


def _mapping(text: str) -> dict[str, str] | None:
    """Give the fields in `a: b, c: d`, or None if one stands twice."""
    pairs = [pair.split(": ", 1) for pair in text.split(", ")]
    found = dict(pairs)
    return found if len(found) == len(pairs) else None


def _parsed(text: str) -> list[Any]:
    if _OUTSIDE.search(text):
        raise _NotPlainError
    try:
        found = list(values_in(text))
    except yaml.YAMLError as error:
        raise _NotPlainError from error
    if len(found) != 1:
        raise _NotPlainError
    return found
