"""CSL-JSON, as Zotero, Pandoc and citeproc read it (CSL 1.0.2, csl-data.json)."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from explore.escaping import json_safe
from explore.model.csl import date_fields
from explore.model.dates import is_date
from explore.model.records import Record


def write(sources: Iterable[Record], left: Counter[str]) -> str:
    """Return the sources as a CSL-JSON list, which has room for every field."""
    del left
    text = json.dumps([item(source) for source in sources], ensure_ascii=False, indent=2)
    return json_safe(text) + "\n"


def item(source: Record) -> dict[str, Any]:
    """Return a source as a CSL-JSON item, without the fields it leaves out."""
    return {
        name: _date(value) if name in date_fields() else value
        for name, value in source.items()
        # CSL allows no field of another name.
        if value and name != "former_ids"
    }


def _date(value: Any) -> Any:
    """Return an EDTF date as CSL-JSON's date-parts."""
    if not isinstance(value, str):
        return value
    if not is_date(value):
        return {"literal": value}
    return {"date-parts": [[int(part) for part in day.split("-")] for day in value.split("/")]}
