"""A JSON list of records, keys as in the YAML."""

import json
from collections.abc import Iterable, Iterator, Sequence

from explore.escaping import json_safe
from explore.model.records import Record


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the list, a record at a time; JSON always has every field."""
    del fields
    start = "["
    for record in records:
        text = json.dumps(record, ensure_ascii=False, indent=2)
        yield f"{start}\n" + "\n".join("  " + json_safe(line) for line in text.split("\n"))
        start = ","
    yield "[]\n" if start == "[" else "\n]\n"
