"""Records are data: what could steer a terminal is shown as visible text instead."""

from collections.abc import Callable
from functools import cache
from re import Pattern

# C0 and C1 controls but newline; zero-width, bidirectional and other invisible format
# characters; separators that some terminals break lines at; lone surrogates.
_UNSAFE = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)

# The hexadecimal digits that the two shorter escapes have.
_SHORT, _MIDDLE = 2, 4


def visible(text: str) -> str:
    r"""Write each unsafe character of `text` as `\x1b` or `\u202e`; keep newlines."""
    return _escaped(text, _escape)


def one_line(text: str) -> str:
    """Do as `visible`, and fold every run of white space into one space."""
    return visible(" ".join(text.split()))


def json_safe(text: str) -> str:
    r"""Escape unsafe characters of serialized JSON as `\u…`, which means the same.

    Joiners stay: they are letters' in Persian, Hindi and emoji.
    """
    return _escaped(text, _json_escape)


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    # None of them is printable, and nearly all text is; the pattern takes long to compile.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _unsafe().sub(lambda match: escape(match[0]), text)


@cache
def _unsafe() -> Pattern[str]:
    import re

    return re.compile(_UNSAFE)


def _escape(char: str) -> str:
    code = ord(char)
    digits = len(f"{code:x}")
    if digits <= _SHORT:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if digits <= _MIDDLE else f"\\U{code:08x}"


def _json_escape(char: str) -> str:
    if char in "\u200c\u200d":
        return char
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join("\\u" + units[i : i + 4] for i in range(0, len(units), 4))
