r"""Text as LaTeX has it in the fields of BibTeX; `explore.importing.latex` reads it again.

Braces are commands, so that a value holds only pairs of them, however BibTeX counts those behind a
backslash. Controls, and what turns the direction of text, are written by their number.
"""

import re

# Controls but the tab, C1, what turns the direction of text, separators, and no characters.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\n": r"\newline{}",
} | {char: f"\\{char}" for char in "&%$#_"}
_ACTIVE = re.compile(r"[\\{}~^&%$#_\n]|(?<=-)-|(?<=`)`|(?<=')'|(?<=[?!])`")
# What has to stand by its number where nothing is LaTeX.
_NOT_VERBATIM = re.compile(r"[\\\n\t]|^\s|\s\Z")
_ANY_BRACE = re.compile(_NOT_VERBATIM.pattern + "|[{}]")
_PARTICLE = re.compile(r"[^\w\s]?[^\W\d_A-Z][^\s,{}~=]*(?: [^\w\s]?[^\W\d_A-Z][^\s,{}~=]*)*")
# What keeps a part of a name from being taken apart.
_PART = re.compile(r"[^\W\d_][^\s,{}~=]*(?: [^\W\d_][^\s,{}~=]*)*")


def escaped(text: str) -> str:
    """Return a text as LaTeX; blanks at its ends stand in braces, as BibTeX cuts bare ones."""
    found = _ACTIVE.sub(lambda char: _COMMANDS.get(char[0]) or "{}" + char[0], text)
    found = _CONTROL.sub(_number, found)
    start = len(found) - len(found.lstrip(" \t"))
    if start:
        found = "{" + found[:start] + "}" + found[start:]
    end = len(found.rstrip(" \t"))
    return found if end == len(found) else found[:end] + "{" + found[end:] + "}"


def verbatim(text: str) -> str:
    """Return an address, an identifier or a path as it is, but for what would end the field."""
    braces = "{" in text or "}" in text
    numbered = (
        _ANY_BRACE if braces and (text[0] == "{" or not _is_balanced(text)) else _NOT_VERBATIM
    )
    return _CONTROL.sub(_number, numbered.sub(_number, text))


def in_name(text: str, *, first: bool = False) -> str:
    """Return a part of a name, in braces where it would be taken apart.

    Args:
        text: the part.
        first: whether it begins a name, where a small word would be a particle.
    """
    words = text.split(" ")
    small = any(word[:1].islower() for word in words)
    whole = _PART.fullmatch(text) and escaped(text) == text and "and" not in text.lower().split()
    return text if not text or (whole and not (first and small)) else "{" + escaped(text) + "}"


def in_particle(text: str) -> str:
    """Return the particle of a name; small words stand bare, as that makes them one."""
    whole = _PARTICLE.fullmatch(text) and escaped(text) == text and "and" not in text.split()
    return text if whole else in_name(text, first=True)


def _number(char: re.Match[str]) -> str:
    return f"\\symbol{{{ord(char[0])}}}"


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return not depth
