"""A source as a reference to read: author, date, title, container, address."""

import re
from typing import Any

from explore.model.records import Record

_LABELS = {
    "paragraph": "para.",
    "page": "p.",
    "section": "sec.",
    "article": "art.",
    "chapter": "ch.",
}
# Where a range is cited, with a dash between its ends.
_PLURALS = {"paragraph": "paras.", "page": "pp."}
_RANGE = re.compile(r"\d+[-–]\d+")


def reference(source: Record) -> str:
    """Return the reference of a source, in one line that can be pasted."""
    title = source["title"]
    authors = _names(source.get("author") or [])
    date = f"({issued(source) or 'n.d.'})"
    # Without an author the title stands first, as in most citation styles.
    parts = [
        *([authors, date, _ended(title)] if authors else [title, f"{date}."]),
        f"{source['container-title']}." if source.get("container-title") else "",
        f"{source['publisher']}." if source.get("publisher") else "",
        source.get("URL") or "",
    ]
    return " ".join(part for part in parts if part)


def issued(source: Record) -> str:
    """Return the date of a source as written, or an empty string."""
    date: Any = source.get("issued")
    if isinstance(date, dict):
        parts = [*(date.get("date-parts") or [[]])[0]]
        written = date.get("literal") or date.get("raw") or ""
        return "-".join(f"{part:02}" for part in parts) or str(written)
    return date or ""


def place(locator: dict[str, Any] | None) -> str:
    """Return a locator in short: `para. 8`, `paras. 3–4`, or `art. 10, para. 2`."""
    return ", ".join(_labelled(label, str(value)) for label, value in (locator or {}).items())


def _labelled(label: str, value: str) -> str:
    if label in _PLURALS and _RANGE.fullmatch(value):
        return f"{_PLURALS[label]} {value.replace('-', '–')}"
    return f"{_LABELS[label]} {value}"


def _ended(title: str) -> str:
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def _names(names: list[dict[str, str]]) -> str:
    written = [
        name.get("literal") or ", ".join(filter(None, (_family(name), name.get("given"))))
        for name in names
    ]
    return "; ".join(written)


def _family(name: dict[str, str]) -> str:
    """Return the family name with what belongs to it, such as `van der`."""
    parts = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
    suffix = name.get("suffix")
    return " ".join(filter(None, parts)) + (f" {suffix}" if suffix else "")
