"""Ids made from text, the same each time."""

import re
import unicodedata
from zlib import crc32

from explore.fields import ID_PATTERN

_GAPS = re.compile(r"[^a-z0-9]+")
_LONGEST = 48


def as_id(name: str, otherwise: str) -> str:
    """Give what stands for an id elsewhere as an id, however long; an id stays as it is."""
    return name if re.fullmatch(ID_PATTERN, name) else slug(name, otherwise, longest=len(name))


def slug(text: str, otherwise: str, longest: int = _LONGEST) -> str:
    """Give the first words of a text as an id.

    A text without Latin letters or digits gets `otherwise` and a checksum of it.
    """
    spread = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in spread if not unicodedata.combining(char))
    found = _GAPS.sub("-", plain.replace("'", "").replace("\u2019", "")).strip("-")
    if len(found) > longest:
        found = found[: longest + 1].rpartition("-")[0] or found[:longest]
    return found or f"{otherwise}-{crc32(text.encode('utf-8', 'replace')):08x}"


class Ids:
    """Gives each record an id of its own; those that are taken get a number."""

    def __init__(self, taken: set[str]) -> None:
        """Know the ids that are taken."""
        self.taken = taken

    def new(self, text: str, otherwise: str) -> str:
        """Give an id for a text, and keep it from others."""
        base = slug(text, otherwise)
        found, number = base, 1
        while found in self.taken:
            number += 1
            found = f"{base}-{number}"
        self.taken.add(found)
        return found
