"""Ids made from text, the same each time, and readable whatever script the text is in."""

import re
import unicodedata
from zlib import crc32

from explore.model.fields import ID_PATTERN

_GAPS = re.compile(r"[^a-z0-9]+")
_SIGNLESS = re.compile(r"[\W_]+")
_LONGEST = 48
# The first words of a text are in its first so many characters.
_BEGINNING = 2_000
# Signs that tell names apart, as people say them; others by their names in Unicode.
_SPOKEN = {
    "+": "plus",
    "#": "sharp",
    "&": "and",
    "%": "percent",
    "@": "at",
    "=": "equals",
    "<": "less",
    ">": "greater",
    "*": "star",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "©": "c",
    "®": "r",
}
_TABLE = {ord(char): f" {word} " for char, word in _SPOKEN.items()}
# Accents and quotes written as signs of their own tell nothing apart.
_SILENT = frozenset("^`´¨¯¸°|~'\u2019\u02bc")
_SIGNS = frozenset(("Sm", "Sc", "So", "Sk"))
# What stands before a number is a minus if nothing, or a blank, stands before it.
_MINUS = re.compile(r"(?<!\S)[-\u2212](?=\d)")
# Accents of Latin, Greek and Cyrillic, vowel signs of Arabic, and the look of an emoji. The vowel
# signs of other scripts tell names apart as letters do.
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652\u1ab0-\u1aff\u1dc0-\u1dff\ufe00-\ufe0f]")


def as_id(name: str, otherwise: str) -> str:
    """Return what serves as an id elsewhere as an id, however long; an id stays as it is."""
    if re.fullmatch(ID_PATTERN, name):
        return name
    return slug(name, otherwise, longest=max(len(name), _LONGEST))


def slug(text: str, otherwise: str, longest: int = _LONGEST) -> str:
    """Return the first words of a text as an id, signs and other scripts spelled out.

    The id of a claim without Latin letters or digits begins with `claim`. A text in which nothing
    can be spelled gets `otherwise` and a checksum of it.
    """
    text = text.strip()[: max(longest, _BEGINNING)]
    found = _spelled(text)
    if otherwise == "claim" and not re.search("[a-z0-9]", _plain(text)):
        found = f"{otherwise}-{found}" if found else ""
    if len(found) > longest:
        found = found[: longest + 1].rpartition("-")[0] or found[:longest]
    return found or f"{otherwise}-{_checksum(text)}"


def file_name(stem: str) -> str:
    """Return what the files of an import are called, by the name of the table without its suffix.

    Two names in another script may be spelled alike; their files are distinguished by a checksum.
    """
    name = slug(stem, "import")
    return name if _plain(stem).isascii() else f"{name}-{_checksum(stem)}"


def same(name: str) -> str:
    """Return the form in which two spellings of one name are equal.

    Case, accents and punctuation do not matter; signs do, as `C++` is not `C#`.
    """
    if name.isascii():
        return _SIGNLESS.sub(" ", _said(name).lower()).strip() or name
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _said(name)).casefold())
    kept = "".join(map(_letter, _ACCENTS.sub("", spread)))
    return unicodedata.normalize("NFC", " ".join(kept.split())) or name


def _checksum(text: str) -> str:
    return f"{crc32(text.encode('utf-8', 'replace')):08x}"


def _letter(char: str) -> str:
    if char.isalnum():
        return char
    category = unicodedata.category(char)
    # Joiners are no part of a name.
    return char if category.startswith("M") else "" if category == "Cf" else " "


def _spelled(text: str) -> str:
    plain = _plain(_said(text))
    if not plain.isascii():
        from anyascii import anyascii

        plain = "".join(
            # Each syllable of Chinese begins with a capital letter.
            char if char.isascii() else re.sub("^(?=[A-Z])", " ", anyascii(char)).lower()
            for char in plain
        )
    return _GAPS.sub("-", plain.replace("'", "").replace("\u2019", "")).strip("-")


def _plain(text: str) -> str:
    """Return a text in lower case without accents."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))


def _said(text: str) -> str:
    """Return a text with its signs as words."""
    text = _MINUS.sub(" minus ", text)
    if text.isascii():
        return text.translate(_TABLE)
    return "".join(map(_sign, text))


def _sign(char: str) -> str:
    word = _SPOKEN.get(char)
    is_other = word is None and not char.isascii() and char not in _SILENT
    if is_other and unicodedata.category(char) in _SIGNS:
        word = unicodedata.name(char, "").lower()
    return char if word is None else f" {word} "


class Ids:
    """Finds each record an id of its own; those that are taken get a number."""

    def __init__(self, taken: set[str]) -> None:
        """Know the ids that are taken."""
        self.taken = taken
        self._numbers: dict[str, int] = {}

    def new(self, text: str, otherwise: str) -> str:
        """Return an id for a text, and keep it from others."""
        base = slug(text, otherwise)
        found, number = base, self._numbers.get(base, 1)
        while found in self.taken:
            number += 1
            found = f"{base}-{number}"
        self._numbers[base] = number
        self.taken.add(found)
        return found
