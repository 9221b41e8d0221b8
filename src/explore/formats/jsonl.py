"""JSON Lines: the records of the JSON list, one a line."""

import json
from collections.abc import Iterable, Iterator, Sequence

from explore.escaping import json_safe
from explore.model.records import Record


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield a line a record; JSON always has every field."""
    del fields
    for record in records:
        yield json_safe(json.dumps(record, ensure_ascii=False)) + "\n"
