"""Records are data: what could steer a terminal is shown as visible text instead."""

from collections.abc import Callable
from functools import cache
from re import Match, Pattern

# C0 and C1 controls but newline; zero-width, bidirectional and other invisible format
# characters; separators that some terminals break lines at; lone surrogates.
_UNSAFE = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)

# The hexadecimal digits that the two shorter escapes have.
_SHORT, _MIDDLE = 2, 4

_NON_JOINER, _JOINER = "\u200c", "\u200d"
# Scripts whose letters join or stack: Arabic, Syriac, N'Ko, Mandaic; those of India, Sri Lanka,
# Tibet, Myanmar and Cambodia; Mongolian, Phags-pa, Adlam.
_JOINING = (
    (0x0600, 0x0DFF),
    (0x0F00, 0x109F),
    (0x1780, 0x18AF),
    (0x1CD0, 0x1CFF),
    (0xA840, 0xA8FF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAAFF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),
    (0x10D00, 0x10FFF),
    (0x11000, 0x11FFF),
    (0x1E900, 0x1E95F),
)
# The combining class of what takes the vowel from a consonant.
_VIRAMA = 9
_EMOJI = ((0x2190, 0x2BFF), (0x1F000, 0x1FAFF))
_EMOJI_STYLE = "\ufe0f"


def visible(text: str) -> str:
    r"""Return `text` with unsafe characters as `\x1b` or `\u202e`; newlines stay.

    So do joiners between letters or emoji that need them.
    """
    return _escaped(text, _shown)


def one_line(text: str) -> str:
    """Return the same as `visible`, with every run of white space folded into one space."""
    return visible(" ".join(text.split()))


def log_line(text: str) -> str:
    r"""Return `text` as one visible line, newlines as `\x0a`, and no command to a CI service."""
    return no_command(visible(text).replace("\n", r"\x0a"))


def no_command(line: str) -> str:
    """Return a line that GitHub's runner does not take for a workflow command.

    A command begins with `::`, behind blanks as well; those of the first kind with `##[` anywhere.
    """
    line = line.replace("##[", r"\x23#[")
    return line.replace(":", r"\x3a", 1) if line.lstrip().startswith("::") else line


def json_safe(text: str) -> str:
    r"""Return serialized JSON with unsafe characters as `\u…`, which means the same.

    Joiners stay: they are letters' in Persian, Hindi and emoji.
    """
    return _escaped(text, _json_escape)


def _escaped(text: str, escape: Callable[[Match[str]], str]) -> str:
    # None of them is printable, and nearly all text is; the pattern takes long to compile.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _unsafe().sub(escape, text)


@cache
def _unsafe() -> Pattern[str]:
    import re

    return re.compile(_UNSAFE)


def _shown(found: Match[str]) -> str:
    char = found[0]
    if char in (_NON_JOINER, _JOINER) and _is_needed(found):
        return char
    code = ord(char)
    digits = len(f"{code:x}")
    if digits <= _SHORT:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if digits <= _MIDDLE else f"\\U{code:08x}"


def _is_needed(found: Match[str]) -> bool:
    """Whether what is written looks otherwise without this joiner.

    As for names of hosts (RFC 5892, appendix A): after a virama, or between two letters of a
    script that joins them; and between two emoji.
    """
    import unicodedata

    start, end = found.span()
    before, after = found.string[max(start - 1, 0) : start], found.string[end : end + 1]
    if before and unicodedata.combining(before) == _VIRAMA:
        return True
    if not (before and after):
        return False
    if all(_is_in(c, _JOINING) and unicodedata.category(c)[0] in "LM" for c in before + after):
        return True
    emoji = before == _EMOJI_STYLE or _is_in(before, _EMOJI)
    return found[0] == _JOINER and emoji and _is_in(after, _EMOJI)


def _is_in(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(char) <= last for first, last in ranges)


def _json_escape(found: Match[str]) -> str:
    if found[0] in "\u200c\u200d":
        return found[0]
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join("\\u" + units[i : i + 4] for i in range(0, len(units), 4))
