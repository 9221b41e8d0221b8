"""CSL-JSON, as Zotero, Pandoc and citeproc read it (CSL 1.0.2, csl-data.json)."""

import json
from collections.abc import Iterable
from typing import Any

from explore.dates import is_date
from explore.records import Record

_DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")


def write(sources: Iterable[Record]) -> str:
    """Give the sources as a CSL-JSON list."""
    return json.dumps([item(source) for source in sources], ensure_ascii=False, indent=2) + "\n"


def item(source: Record) -> dict[str, Any]:
    """Give a source as a CSL-JSON item, without the fields it leaves out."""
    return {
        name: _date(value) if name in _DATES else value for name, value in source.items() if value
    }


def _date(value: Any) -> Any:
    """Give an EDTF date as CSL-JSON's date-parts."""
    if not isinstance(value, str):
        return value
    if not is_date(value):
        return {"literal": value}
    return {"date-parts": [[int(part) for part in day.split("-")] for day in value.split("/")]}
