"""Dates of CSL in all the forms in which programs write them."""

import re
from typing import Any

from explore.csl import CslDate
from explore.dates import is_date
from explore.importing.rows import text_of
from explore.references.edtf import date_of_text

_KNOWN = frozenset(CslDate.__annotations__)
_PARTS = ("year", "month", "day")
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
        if part in (None, "", [], {}, False):
            continue
        if label not in _KNOWN:
            left.append(f"{name}.{label}")
        elif label == "date-parts":
            _put_parts(found, name, part, left)
        elif isinstance(part, (list, dict)):
            left.append(f"{name}.{label} (expected text)")
        else:
            found[label] = _said(label, _exact(part))
    parts = found.get("date-parts")
    if found.keys() == {"date-parts"} and parts:
        text = "/".join("-".join(f"{part:02}" for part in day) for day in parts)
        return text if is_date(text) else found
    return found


def _exact(value: Any) -> str:
    return value if isinstance(value, str) else text_of(value)


def _said(label: str, text: str) -> str:
    # CSL has "circa": 1 as well.
    return "true" if label == "circa" and text == "1" else text


def _put_parts(found: dict[str, Any], name: str, value: Any, left: list[str]) -> None:
    """Put the parts of one or two days; what is no number makes them a date in words."""
    days = value if isinstance(value, list) else [[value]]
    if days and not any(isinstance(day, list) for day in days):
        # A day that is not in a list of days.
        days = [days]
    numbers: list[list[int]] = []
    for day in days:
        parts = [part for part in (day if isinstance(day, list) else [day])]
        while parts and parts[-1] in (None, ""):
            parts.pop()
        read = [_NUMBER.fullmatch(str(part)) for part in parts]
        if not all(read):
            if any(isinstance(part, (list, dict)) for part in parts):
                left.append(f"{name}.date-parts")
            else:
                words = " ".join(text_of(part) for one in days for part in _flat(one))
                found.setdefault("literal", words)
            return
        if parts:
            numbers.append([int(part[1]) for part in read if part])
    if numbers:
        found["date-parts"] = numbers


def _flat(day: Any) -> list[Any]:
    parts = day if isinstance(day, list) else [day]
    return [part for part in parts if part not in (None, "") and not isinstance(part, (list, dict))]


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
