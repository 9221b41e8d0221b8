"""What an import has written last, remembered in the corpus for the next import of the table.

A file a table: a line of what its columns became, then a line a record. It is text, in a fixed
order, so that it can be kept in git beside the records.
"""

import json
from typing import NamedTuple

from explore.corpus.journal import FOLDER
from explore.model.fields import RecordType
from explore.model.records import RECORD_TYPES, Record

# The field of a column, or several.
Columns = dict[str, list[str]]
Written = dict[RecordType, dict[str, Record]]


class Memory(NamedTuple):
    """What an import has written.

    Attributes:
        columns: the fields that each column of the table became.
        written: the fields of each record, by type and id.
    """

    columns: Columns
    written: Written


def nothing() -> Memory:
    """Return the memory of a table that was never imported."""
    return Memory({}, {kind: {} for kind in RECORD_TYPES})


def path_of(name: str) -> str:
    """Return where in a corpus the memory of an import is."""
    return f"{FOLDER}/imports/{name}.jsonl"


def understood(data: bytes) -> Memory | None:
    """Return the memory in a file; None if it is damaged."""
    try:
        first, *lines = [json.loads(line) for line in data.decode().split("\n") if line]
        found = nothing()
        for column, fields in first["columns"].items():
            found.columns[column] = list(map(str, fields))
        for kind, record in lines:
            found.written[kind][str(record["id"])] = dict(record)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return found


def dumped(memory: Memory) -> bytes:
    """Return the file of a memory."""
    records = [[kind, one] for kind, group in memory.written.items() for one in group.values()]
    lines = [{"columns": memory.columns}, *records]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
