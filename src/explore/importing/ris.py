"""RIS as CSL: as Zotero, EndNote, Mendeley, Citavi and databases write it.

rispy keeps no places, overwrites tags that come again, and loses an entry whose end is missing; a
line of RIS is a tag and a text, so it is read here.
"""

import re
from collections.abc import Iterator
from typing import Any

from explore.formats.citations import ris_tags as table
from explore.formats.citations.edtf import date_of_text
from explore.importing.item import Gathered, Item
from explore.model.csl import name_fields

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_DATE = re.compile(r"(\d{1,4})?(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?", re.DOTALL)
_TIME = re.compile(r"(?<=\d)/(\d\d:\d\d(?::\d\d)?)$")
_FIELDS = {tag: field for field, tag in (table.FIELDS | table.NAMES).items()}
_FIELDS |= table.READ_FIELDS | table.READ_NAMES

# A tag with its text; the line that it stands in is its entry's business.
_Line = tuple[str, str]


def items(text: str) -> Iterator[Item]:
    """Yield the entries of a RIS file; what is none comes with what is wrong."""
    for line, kind, lines in _entries(text):
        key = next((value for tag, value in lines if tag == "ID"), "")
        if not kind:
            yield Item(f"line {line}", key, {}, [], "an entry begins with its type, 'TY  - JOUR'")
        else:
            found = _gathered(kind, lines)
            yield Item(f"line {line}", key, found.fields, found.left)


def _entries(text: str) -> Iterator[tuple[int, str, list[_Line]]]:
    """Yield each entry's line, type and lines; a type "" for what stands outside of entries."""
    start, kind, lines = 0, "", list[_Line]()
    for number, ended in enumerate(text.split("\n"), 1):
        raw = ended.rstrip("\r \t").lstrip("\ufeff")
        found = _LINE.fullmatch(raw)
        tag, value = (found[1], found[2].strip(" \t")) if found else ("", raw.strip(" \t"))
        if tag == "TY":
            if start:
                yield start, kind, lines
            start, kind, lines = number, value or "GEN", []
        elif tag == "ER":
            if start:
                yield start, kind, lines
            start, kind, lines = 0, "", []
        elif start and tag:
            lines.append((tag, value))
        elif start and lines and value:
            # A text may go on in the next lines.
            last, before = lines[-1]
            lines[-1] = last, f"{before} {value}" if before else value
        elif start and value:
            lines.append(("TY", value))
        elif tag:
            # A tag outside of all entries begins one whose type is missing.
            start, lines = number, [(tag, value)]
    if start:
        yield start, kind, lines


def _gathered(kind: str, lines: list[_Line]) -> Gathered:
    found = Gathered()
    kind = kind.upper()
    if kind not in table.CSL_TYPES:
        found.left.append(f"TY {kind} (kept as a document)")
    found.put("type", table.CSL_TYPES.get(kind, "document"), "TY")
    by_tag: dict[str, list[str]] = {}
    for tag, value in lines:
        if value:
            by_tag.setdefault(tag, []).append(value)
    if "ID" in by_tag:
        key, *others = by_tag.pop("ID")
        found.put("id", key, "ID")
        found.drop("ID" for _ in others)
    _put_dates(by_tag, found)
    _put_pages(kind, by_tag, found)
    for value in by_tag.pop(table.STANDARD_NUMBER, []):
        _put_standard_number(kind, value, found)
    # What is only read comes last, so that it stands in for nothing.
    late = table.READ_FIELDS.keys()
    for tag, values in sorted(by_tag.items(), key=lambda pair: pair[0] in late):
        field = _FIELDS.get(tag)
        if field is None or (field == "PMCID" and not values[0].upper().startswith("PMC")):
            found.left.append(tag)
            continue
        for value in values:
            known = found.fields.get(field)
            if field == "container-title" and known not in (None, value):
                # What names the journal again is mostly its short title.
                field = "container-title-short"
            found.put(field, [_name(value)] if field in name_fields() else value, tag)
    return found


def _put_dates(by_tag: dict[str, list[str]], found: Gathered) -> None:
    for tag in (table.YEAR, table.OTHER_YEAR, table.DATES["issued"]):
        for value in by_tag.pop(tag, []):
            date, known = _date(value), found.fields.get("issued")
            if not isinstance(known, str) or known[:4] not in value:
                if isinstance(known, str) and isinstance(date, dict) and "literal" in date:
                    # "Aug 7" beside the year.
                    year = {"date-parts": [[int(part) for part in known.split("-")]]}
                    found.fields["issued"] = year | date
                else:
                    found.put("issued", date, tag)
            elif isinstance(date, dict) or len(date) > len(known):
                found.fields["issued"] = date
    tag = table.DATES["accessed"]
    for value in by_tag.pop(tag, []):
        # Zotero adds the time.
        if time := _TIME.search(value):
            found.left.append(f"{tag} (the time {time[1]})")
        found.put("accessed", _date(_TIME.sub("", value)), tag)


def _date(value: str) -> Any:
    """Return a date of RIS: year/month/day/other, of which any may be empty."""
    parts = _DATE.fullmatch(value)
    if not parts or not any(parts.groups()):
        return date_of_text(value)
    year, month, day, other = (part or "" for part in parts.groups())
    other = other.strip()
    numbers = [year, f"{month:0>2}" if month else "", f"{day:0>2}" if day else ""]
    text = "-".join(part for part in numbers if part)
    if other:
        whole = date_of_text(f"{text}/{other}") if text else other
        if isinstance(whole, str) and text:
            return whole
        if year and not month:
            return {"date-parts": [[int(year)]], "season": other}
        return {"literal": f"{text} {other}".strip()}
    gap = day and not month
    return {"literal": value} if gap or not year else date_of_text(text)


def _put_pages(kind: str, by_tag: dict[str, list[str]], found: Gathered) -> None:
    first, last = by_tag.pop(table.FIRST_PAGE, []), by_tag.pop(table.LAST_PAGE, [])
    for tag, rest in ((table.FIRST_PAGE, first[1:]), (table.LAST_PAGE, last[1:])):
        found.drop(tag for _ in rest)
    if first and not last and kind in table.WHOLES and first[0].isdigit():
        found.put("number-of-pages", first[0], table.FIRST_PAGE)
    else:
        found.put("page", "-".join(dict.fromkeys(first[:1] + last[:1])), table.FIRST_PAGE)


def _put_standard_number(kind: str, value: str, found: Gathered) -> None:
    field = table.standard_field(kind, value)
    known = found.fields.get(field)
    found.fields[field] = f"{known}, {value}" if known else value


def _name(value: str) -> dict[str, str]:
    """Return a name: "Last, First, Suffix"; one without a comma is not taken apart."""
    family, *rest = (part.strip() for part in value.split(","))
    given = rest[0] if rest else ""
    suffix = ", ".join(part for part in rest[1:] if part)
    if not rest:
        return {"literal": value}
    found = {"family": family, "given": given, "suffix": suffix}
    return {label: part for label, part in found.items() if part} or {"literal": value}
