"""A value of a record as the text of one cell."""

from typing import Any

from explore.visible import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def flat(value: Any) -> str:
    """Give a cell: lists joined by `;`, places as `paragraph 8`, links as their id."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(flat, value))
    if isinstance(value, dict):
        return _mapping(value)
    return visible(str(value))


def guarded(cell: str) -> str:
    """Give a cell that no spreadsheet runs as a formula: one that would be gets a `'` in front.

    The characters are those that OWASP names for CSV injection.
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _mapping(value: dict[str, Any]) -> str:
    if "claim" in value:
        return flat(value["claim"])
    if "source" in value:
        return " ".join(filter(None, (flat(value["source"]), flat(value.get("locator")))))
    if "family" in value or "literal" in value:
        names = (value.get("literal"), value.get("family"), value.get("given"))
        return ", ".join(flat(name) for name in names if name)
    return ", ".join(f"{label} {flat(part)}" for label, part in value.items())
