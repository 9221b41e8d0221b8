"""JSON Lines: every record as the corpus has it, with its type, actors first."""

import json
from collections.abc import Iterator

from explore.escaping import json_safe
from explore.exporting import Options
from explore.index.queries import Index
from explore.model.records import RECORD_TYPES


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield a line a record: its fields, after `record`, which says of what type it is."""
    del options
    for kind in RECORD_TYPES:
        for record in index.stored(kind):
            yield json_safe(json.dumps({"record": kind} | record, ensure_ascii=False)) + "\n"
