"""An item of a library of references, as its format's reader hands it on."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple


class Item(NamedTuple):
    """One reference, in CSL's words.

    Attributes:
        place: where people find it: its line or number.
        key: the key that it has there.
        fields: its values by CSL field; the values may still be of any shape.
        left: what of it has no place in a source, by the names that its format has for them.
        fault: why it is not a reference; "" if it is one.
    """

    place: str
    key: str
    fields: dict[str, Any]
    left: list[str]
    fault: str = ""


# Between values of several fields that become one.
_JOINED = {
    "abstract": "\n\n",
    "annote": "; ",
    "authority": "; ",
    "call-number": "; ",
    "collection-title": "; ",
    "container-title": "; ",
    "genre": "; ",
    "issue": ", ",
    "keyword": ", ",
    "note": "; ",
    "number": "; ",
    "publisher": "; ",
    "publisher-place": "; ",
}


class Gathered:
    """The fields of one item, to which several fields of its format may add."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.fields: dict[str, Any] = {}
        self.left: list[str] = []

    def put(self, field: str, value: Any, name: str) -> None:
        """Add a value; where it cannot stand beside what is there, it is left out.

        Args:
            field: the CSL field.
            value: a text, a date, or a list of names.
            name: what the format calls the field.
        """
        if value in (None, "", [], {}):
            return
        known = self.fields.get(field)
        if known is None:
            self.fields[field] = value
        elif isinstance(known, list) and isinstance(value, list):
            known += value
        elif _same(known, value) or (field == "keyword" and _words(value) <= _words(known)):
            return
        elif field in _JOINED and isinstance(known, str):
            self.fields[field] = known + _JOINED[field] + value
        else:
            self.left.append(name)

    def drop(self, names: Iterable[str]) -> None:
        """Note what has no place in a source."""
        self.left.extend(names)


def _words(keywords: str) -> set[str]:
    return {word.strip().casefold() for word in re.split("[,;]", keywords)}


def _same(known: Any, value: Any) -> bool:
    if isinstance(known, str) and isinstance(value, str):
        return known.casefold() == value.casefold()
    return bool(known == value)
