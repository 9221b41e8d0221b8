"""RIS, as EndNote, Mendeley and Zotero read it; rispy writes the lines.

A value of RIS is one line and has no escapes, so line ends become blanks, and controls are written
as visible text.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import rispy
from rispy.config import TAG_KEY_MAPPING

from explore.escaping import visible
from explore.formats.citations import ris_tags as table
from explore.formats.citations.edtf import text_of_date, words_of_date
from explore.model.csl import name_fields, renewed
from explore.model.records import Record

# The tags that rispy does not know are tags all the same.
_TAGS = {*table.FIELDS.values(), *table.NAMES.values(), *table.DATES.values(), *TAG_KEY_MAPPING}
_MAPPING = {tag: tag.lower() for tag in _TAGS} | {"TY": "type_of_reference"}
_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CARRIED = re.compile("([\t\u200c\u200d])")
_PAGES = re.compile(r"([^-]+)-([^-]+)")


def write(sources: Iterable[Record], left: Counter[str]) -> str:
    """Return the sources as RIS entries.

    Args:
        sources: the sources.
        left: counts the fields that RIS has no place for.
    """
    entries = [_entry(source, left) for source in sources]
    text: str = rispy.dumps(
        entries, mapping=_MAPPING, list_tags=sorted(_TAGS - {"TY"}), delimiter_tags_mapping={}
    )
    return text


def _entry(source: Record, left: Counter[str]) -> dict[str, Any]:
    """Return the texts of each tag."""
    kind = table.TYPES.get(source["type"], "GEN")
    if source["type"] not in table.TYPES:
        left["type"] += 1
    found: dict[str, list[str]] = {"ID": [source["id"]]}
    filled = renewed(source)
    for name, value in filled.items():
        if name in ("id", "type"):
            continue
        tags = _tags(kind, name, value, filled)
        if not tags:
            left[name] += 1
        found |= tags
    lines: dict[str, Any] = {
        tag.lower(): [text for one in texts if (text := _line(one))]
        for tag, texts in found.items()
    }
    return {"type_of_reference": kind} | lines


def _tags(kind: str, name: str, value: Any, source: Record) -> dict[str, list[str]]:
    """Return what a field is in RIS; nothing where it has no place there."""
    if name in table.DATES:
        return _dates(name, value)
    if name in name_fields():
        tag = table.NAMES.get(name)
        return {tag: [_name(one) for one in value]} if tag else {}
    if name in ("page", "number-of-pages"):
        return _pages(kind, name, value, source)
    if name in ("ISBN", "ISSN"):
        return _standard_number(kind, name, value, source)
    if name == "keyword":
        return {table.FIELDS[name]: value.split(", ")}
    tag = table.FIELDS.get(name)
    if not tag or (name == "PMCID" and not value.upper().startswith("PMC")):
        return {}
    return {tag: [value]}


def _dates(name: str, value: Any) -> dict[str, list[str]]:
    date = _date(value)
    year = date.partition("/")[0]
    found = {table.DATES[name]: [date]} if date else {}
    return {table.YEAR: [year]} | found if year and name == "issued" else found


def _pages(kind: str, name: str, value: str, source: Record) -> dict[str, list[str]]:
    """Return the first and last page; where an entry is a whole, the first is their number."""
    if name == "number-of-pages":
        alone = kind in table.WHOLES and not source.get("page") and value.isdigit()
        return {table.FIRST_PAGE: [value]} if alone else {}
    pages = _PAGES.fullmatch(value)
    if not pages:
        return {table.FIRST_PAGE: [value]}
    return {table.FIRST_PAGE: [pages[1]], table.LAST_PAGE: [pages[2]]}


def _standard_number(kind: str, name: str, value: str, source: Record) -> dict[str, list[str]]:
    """Return the tag of an ISBN or ISSN, which has room for one and does not say which it is."""
    known = table.standard_field(kind, value) == name
    taken = name == "ISSN" and source.get("ISBN")
    return {table.STANDARD_NUMBER: [value]} if known and not taken else {}


def _date(value: Any) -> str:
    """Return a date as RIS has it, year/month/day/other; of a span, the end is the other."""
    text = text_of_date(value)
    start, _, end = text.partition("/")
    if text and not text.endswith("~") and (end or not isinstance(value, dict)):
        parts = [*start.split("-"), "", "", ""][:3]
        return "/".join([*parts, end]) if end or parts[1] else start
    if isinstance(value, dict) and value.keys() == {"date-parts", "season"}:
        days = value["date-parts"]
        if len(days) == 1 and len(days[0]) == 1:
            return f"{days[0][0]:04}///{value['season']}"
    words = words_of_date(value)
    if words or not isinstance(value, dict):
        return f"///{words}" if words else ""
    return f"///{text}" if text else ""


def _name(name: dict[str, str]) -> str:
    """Return a name: "Last, First, Suffix", its particles with the last name."""
    if "literal" in name:
        return name["literal"]
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    family = " ".join(part for part in (*particles, name.get("family")) if part)
    given, suffix = name.get("given", ""), name.get("suffix", "")
    return ", ".join([family, given, suffix] if suffix else [family, given])


def _line(text: str) -> str:
    """Return a text on one line; the tab and joiners of letters are no controls here."""
    folded = _BREAKS.sub(" ", text)
    return "".join(
        part if _CARRIED.fullmatch(part) else visible(part) for part in _CARRIED.split(folded)
    )
