"""Names of people in BibTeX and biblatex as CSL's."""

import re
from functools import lru_cache

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from explore.importing.latex import decoded

CslName = dict[str, str]
# What most lists of names are: no braces, no commands, nothing that binds words together.
_SIMPLE = re.compile(r"[^{}\\~]*")
_BLANKS = re.compile(r"[ \t\r\n]+")
_AND = re.compile(r" and ", re.IGNORECASE)
# "Last, First", where no word of Last is small and so belongs to "von".
_PLAIN = re.compile(r"((?:[^\W\d_a-z][^\s,]*)(?: (?:[^\W\d_a-z][^\s,]*))*), ?([^\s,][^,]*)(?<! )")
# biblatex's other form: family=Berg, given=Anna, prefix=van der.
_NAMED = re.compile(r"\s*(?:family|given|prefix|suffix)\s*=")
_PART = re.compile(
    r"([a-z-]+)\s*=\s*(\"[^\"]*\"|(?:[^{},]|\{(?:[^{}]|\{[^{}]*\})*\})*)\s*(?:,|$)", re.DOTALL
)
_PARTS = {"family": "family", "given": "given", "suffix": "suffix"}


def names_of(value: str, particle: str) -> tuple[list[CslName], bool]:
    """Return the names of a list, and whether "and others" ends it.

    Args:
        value: the names as the file has them, without the braces around all.
        particle: the CSL part that a "von" becomes.
    """
    if _SIMPLE.fullmatch(value):
        parts = _AND.split(_BLANKS.sub(" ", value).strip(" "))
    else:
        parts = split_multiple_persons_names(value)
    others = bool(parts) and parts[-1].strip() == "others"
    written = [part for part in (parts[:-1] if others else parts) if part.strip()]
    return [dict(_name(part, particle)) for part in written], others


# The same people write most of a library.
@lru_cache(maxsize=50_000)
def _name(text: str, particle: str) -> tuple[tuple[str, str], ...]:
    if plain := _PLAIN.fullmatch(text):
        family, given = plain.groups()
        if "{" not in text and "\\" not in text and "~" not in text and "=" not in text:
            return ("family", family), ("given", given)
    if _NAMED.match(text):
        return _extended(text, particle)
    if _is_braced(text.strip()):
        return (("literal", decoded(text)),)
    # Names with more commas than BibTeX knows keep all their words.
    parts = parse_single_name_into_parts(text, strict=False)
    found = {
        particle: _joined(parts.von),
        "family": _joined(parts.last),
        "suffix": _joined(parts.jr),
        "given": _joined(parts.first),
    }
    return tuple((name, part) for name, part in found.items() if part)


def _joined(words: list[str]) -> str:
    return decoded(" ".join(words))


def _extended(text: str, particle: str) -> tuple[tuple[str, str], ...]:
    found = {}
    written = {name: part.strip().strip('"') for name, part in _PART.findall(text.strip())}
    dropping = written.get("useprefix", "").lower()
    if dropping:
        particle = "dropping-particle" if dropping == "false" else "non-dropping-particle"
    for name, part in written.items():
        label = particle if name == "prefix" else _PARTS.get(name)
        if label:
            found[label] = decoded(part)
    return tuple((name, part) for name, part in found.items() if part)


def _is_braced(text: str) -> bool:
    """Whether one pair of braces holds all of a text."""
    if text[:1] != "{" or text[-1:] != "}":
        return False
    depth = 0
    for at, char in enumerate(text):
        if char in "{}" and text[at - 1 : at] != "\\":
            depth += 1 if char == "{" else -1
            if not depth:
                return at == len(text) - 1
    return False
