"""One record of YAML as plain as curators mostly write it, read by one regular expression a field.

Plain are `field: text`, `field: 'text'`, `field: [a, {b: [c]}]`, `field: {a: b}`, a list with an
entry a line, and text folded with `>-`. Where a text is anything else, or may be, it is not read.
"""

import re
from functools import cache
from typing import Any

# Characters that the parser refuses or takes for line breaks, besides those with a meaning.
# Nothing here holds for a text with one of them; the patterns below rely on it.
_ODD = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
_COMMON = b"\n" + bytes(range(0x20, 0x7F))
_BETWEEN = re.compile(r"(?:#[^\n]*\n|\n)*")

_SCALAR = r"[^\W_][^:#\n]*(?:(?::(?=[^ \n])|(?<! )#)[^:#\n]*)*(?<! )"
_QUOTED = r"'[^'\n]*(?:''[^'\n]*)*'|\"[^\"\\\n]*\""
# Inside brackets a plain text has no comma and no bracket.
_ATOM = rf"[^\W_][^,\[\]{{}}:#\n]*(?<! )|{_QUOTED}"
_NAMES = "[a-z0-9][a-z0-9-]*(?:, [a-z0-9][a-z0-9-]*)*"
_KEY = "[A-Za-z][A-Za-z_-]{0,50}"
# Each pattern is used once inside the next, as what repeats is compiled again each time.
_FLAT = rf"\{{(?:{_KEY}: (?:{_ATOM})(?:, (?!\}})|(?=\}})))+\}}"
_LIST = rf"\[(?:(?:{_ATOM})(?:, (?!\])|(?=\])))*\]"
_MAP = rf"\{{(?:{_KEY}: (?:{_ATOM}|{_FLAT}|{_LIST})(?:, (?!\}})|(?=\}})))+\}}"
_FLOW = rf"\[(?:(?:{_ATOM}|{_MAP})(?:, (?!\])|(?=\])))*\]|{_FLAT}"
_FIELD = re.compile(
    rf"(?m:^)(?:- |  )([A-Za-z][A-Za-z0-9_-]{{0,50}}):(?: ({_SCALAR})\n| \[({_NAMES})\]\n"
    rf"| ({_QUOTED})\n| ({_FLOW})\n"
    r"| >-\n((?:    [^ \n](?:[^\n]*[^ \n])?\n)+)"
    r"|\n((?:    - [^\n]+\n)+))"
)


class _TwiceError(Exception):
    """A field that stands twice."""


def next_record(text: str, at: int) -> int:
    """Give where comments and blank lines end that begin at a place in a text."""
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def is_odd(text: str) -> bool:
    """Tell whether a text has a character because of which nothing here holds for it."""
    # A search through all of it would take as long as reading the fields.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _COMMON)
    # No odd character is printable, and few others are not.
    beyond = rest.decode("utf-8", "surrogatepass")
    return not beyond.isprintable() and re.search(_ODD, beyond) is not None


def record(text: str) -> dict[str, Any] | None:
    """Read the text of one record, without odd characters; None if it is not plain."""
    try:
        # A record may stand on one line, in braces.
        if text.startswith("- {"):
            whole = _whole().match(text)
            found, after = (_flow(whole[1]), whole.end()) if whole else ({}, 0)
        else:
            found, after = _fields(text)
    except _TwiceError:
        return None
    # What follows must be nothing but comments and blank lines.
    return found if found and next_record(text, after) >= len(text) else None


# Not every file has what these match, and a pattern takes a while to compile.
@cache
def _whole() -> re.Pattern[str]:
    """Give the pattern of a record in braces."""
    return re.compile(rf"- ({_MAP})\n")


@cache
def _entry() -> re.Pattern[str]:
    """Give the pattern of what stands between commas in brackets."""
    return re.compile(rf"(?:({_KEY}): )?({_ATOM}|{_MAP}|{_LIST})(?:, |$)")


@cache
def _entries() -> re.Pattern[str]:
    """Give the pattern of a list with an entry a line."""
    return re.compile(rf"(?:    - (?:{_SCALAR}|{_QUOTED}|{_LIST}|{_MAP})\n)+")


def _fields(text: str) -> tuple[dict[str, Any], int]:
    """Give the fields with which a text begins, and where they end."""
    found: dict[str, Any] = {}
    fields = _FIELD.findall(text)
    lines = len(fields)
    # All at once is quicker than one by one; what was passed over shows in the count of lines.
    for key, scalar, names, quoted, flow, folded, listed in fields:
        if scalar:
            found[key] = scalar
        elif names:
            found[key] = names.split(", ")
        elif flow:
            found[key] = _flow(flow)
        elif quoted:
            found[key] = _value(quoted)
        elif folded:
            found[key] = folded[4:-1].replace("\n    ", " ")
            lines += folded.count("\n")
        elif _entries().fullmatch(listed):
            entries = listed[6:-1].split("\n    - ")
            found[key] = [_value(entry) for entry in entries]
            lines += len(entries)
    if len(found) < len(fields):
        raise _TwiceError
    return found, _after(text, lines)


def _after(text: str, lines: int) -> int:
    """Give where so many lines of a text end.

    If these are not the lines that were read, one of those is behind them, as no other.
    """
    if text.count("\n") == lines:
        return text.rfind("\n") + 1
    at = 0
    for _ in range(lines):
        at = text.find("\n", at) + 1
    return at


def _value(text: str) -> Any:
    if text[0] in "[{":
        return _flow(text)
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    return text[1:-1] if text[0] == '"' else text


def _flow(text: str) -> Any:
    inner = text[1:-1]
    if text[0] == "[" and "{" not in text and "'" not in text and '"' not in text:
        return inner.split(", ") if inner else []
    if text[0] == "{" and not any(mark in inner for mark in "[{'\""):
        # A plain text in braces has no comma and no colon.
        fields = inner.split(", ")
        found: dict[str, Any] = dict(field.split(": ") for field in fields)
        if len(found) < len(fields):
            raise _TwiceError
        return found
    entries = _entry().findall(inner)
    if text[0] == "[":
        return [_value(entry) for _, entry in entries]
    found = {key: _value(entry) for key, entry in entries}
    if len(found) < len(entries):
        raise _TwiceError
    return found
