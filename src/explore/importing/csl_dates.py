"""Dates of CSL in all the forms in which programs write them."""

import re
from typing import Any

from explore.formats.citations.edtf import date_of_text
from explore.importing.rows import text_of
from explore.model.csl_parts import CslDate
from explore.model.dates import is_date

_KNOWN = frozenset(CslDate.__annotations__)
_PARTS = ("year", "month", "day")
# Stands for what is not there to be kept, and does not fit a source.
_UNREADABLE = "no numbers"
_NUMBER = re.compile(r"\s*(-?\d{1,9})(?:\.0*)?\s*")


def as_date(name: str, value: Any, left: list[str]) -> Any:
    """Return a date as a corpus has it: text where that says it all, else CSL's structure.

    Args:
        name: the field, for what is left out.
        value: text, a mapping with `date-parts`, or a mapping or list of `year`, `month`, `day`.
        left: takes what cannot be kept.
    """
    if isinstance(value, list):
        value = _of_list(name, value, left)
    if not isinstance(value, dict):
        text = _exact(value)
        return date_of_text(text) if text else ""
    if value.keys() & set(_PARTS):
        value = _of_list(name, [value], left)
    found: dict[str, Any] = {}
    for label, part in value.items():
        if label == "date-parts":
            _put_parts(found, part)
        elif part in (None, "", [], {}, False):
            continue
        elif label not in _KNOWN:
            left.append(f"{name}.{label}")
        elif isinstance(part, (list, dict)):
            left.append(f"{name}.{label} (expected text)")
        else:
            found[label] = _said(label, _exact(part))
    parts = found.get("date-parts")
    if found.keys() == {"date-parts"} and isinstance(parts, list):
        text = "/".join("-".join(f"{part:02}" for part in day) for day in parts)
        return text if is_date(text) else found
    return found


def _exact(value: Any) -> str:
    return value if isinstance(value, str) else text_of(value)


def _said(label: str, text: str) -> str:
    # CSL has "circa": 1 as well.
    return "true" if label == "circa" and text == "1" else text


def _put_parts(found: dict[str, Any], days: Any) -> None:
    """Put the parts of one or two days; any other shape rejects the item."""
    if days in (None, [], [[]]):
        return
    found["date-parts"] = _UNREADABLE
    if not isinstance(days, list) or not all(isinstance(day, list) for day in days):
        return
    written = [[part for part in day if part not in (None, "")] for day in days]
    read = [[_NUMBER.fullmatch(str(part)) for part in day if _is_flat(part)] for day in written]
    if all(day and len(day) == len(parts) for day, parts in zip(read, written, strict=True)):
        numbers = [[int(part[1]) for part in day if part] for day in read]
        if all(len(day) == len(parts) for day, parts in zip(numbers, read, strict=True)):
            found["date-parts"] = numbers


def _is_flat(part: Any) -> bool:
    return not isinstance(part, (list, dict))


def _of_list(name: str, days: list[Any], left: list[str]) -> Any:
    """Return what Pandoc's older form says, one or two mappings of year, month and day."""
    if not days or not all(isinstance(day, dict) for day in days):
        if days and not any(isinstance(day, (list, dict)) for day in days):
            return "/".join(text_of(day) for day in days)
        return {"date-parts": days}
    found: dict[str, Any] = {}
    parts = []
    for day in days:
        written = [day.get(part) for part in _PARTS]
        if written[0] in (None, "") and any(part not in (None, "") for part in written):
            left += [f"{name}.{part}" for part in _PARTS if day.get(part) not in (None, "")]
        elif written[1] in (None, "") and written[2] not in (None, ""):
            left.append(f"{name}.day")
            parts.append(written[:1])
        else:
            parts.append([part for part in written if part not in (None, "")])
        for label, part in day.items():
            if label in _PARTS:
                continue
            own = {"other": "season"}.get(label, label)
            if own in found and found[own] != part:
                left.append(f"{name}.{label}")
            found.setdefault(own, part)
    if any(parts):
        found["date-parts"] = parts
    return found
