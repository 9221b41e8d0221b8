"""The rows of the index that a record becomes."""

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.json import encode

from explore.index.search_terms import spaced
from explore.model.citation import issued
from explore.model.dates import is_date, span
from explore.model.fields import RecordType
from explore.model.links import LINK_TYPE
from explore.model.names import fold
from explore.model.records import Record, fields
from explore.model.references import filters, named, reference_types, searched

if TYPE_CHECKING:
    import sqlite3

# The columns of each table that a record has rows in.
_COLUMNS = {
    "record": 6,
    "mention": 3,
    "link": 4,
    "name": 4,
    "former": 2,
    "words": 5,
}
# Most of what SQLite takes for a short row is the call, so rows go in some at a time.
_TOGETHER = 100
_DELETE = {
    "record": "DELETE FROM record WHERE n = ? AND id = ?",
    "mention": "DELETE FROM mention WHERE field = ? AND value = ? AND n = ?",
    "link": "DELETE FROM link WHERE target = ? AND type = ? AND n = ?",
    "name": "DELETE FROM name WHERE folded = ? AND actor = ? AND spelling = ?",
    "former": "DELETE FROM former WHERE id = ? AND record = ?",
    # A contentless FTS5 table forgets a row when it is told what was in it.
    "words": "INSERT INTO words (words, rowid, id, text, notes, names)"
    " VALUES ('delete', ?, ?, ?, ?, ?)",
}


class Rows(NamedTuple):
    """Rows of each table, of any number of records."""

    record: list[tuple[Any, ...]]
    mention: list[tuple[Any, ...]]
    link: list[tuple[Any, ...]]
    name: list[tuple[Any, ...]]
    former: list[tuple[Any, ...]]
    words: list[tuple[Any, ...]]

    def add(self, kind: RecordType, n: int, record: Record) -> list[tuple[str, str]]:
        """Add the rows of a record, and return the records that it names, as `named` does.

        Args:
            kind: its type.
            n: its number.
            record: the record, as `completed` returns it.
        """
        name = record["id"]
        self.record.append((n, name, kind, *_days(kind, record), to_json(record)))
        source = record.get("source")
        names = named(kind, record)
        for field, other in names:
            if field in LINK_TYPE:
                self.link.append((other, field, n, source))
            else:
                self.mention.append((_keys(kind)[field], other, n))
        for field in _plain_filters(kind):
            value = record.get(field, ())
            key = f"{kind}.{field}"
            if value.__class__ is str:
                self.mention.append((key, value, n))
            else:
                self.mention.extend((key, entry, n) for entry in value)
        self.words.append((n, name, *_searched(kind, record)))
        self.former.extend((former, name) for former in record.get("former_ids", ()))
        if kind == "actor":
            spellings = [name, record["name"], record.get("short"), *record.get("aliases", ())]
            self.name.extend((fold(text), name, text, n) for text in spellings if text)
        return names


def no_rows() -> Rows:
    """Return no rows of each table."""
    return Rows([], [], [], [], [], [])


def insert(db: "sqlite3.Connection", rows: Rows, *, searchable: bool) -> None:
    """Write rows into their tables.

    Args:
        db: the index.
        rows: the rows.
        searchable: whether the index has full-text search.

    Raises:
        sqlite3.IntegrityError: if an id is taken.
    """
    for table, columns in _COLUMNS.items():
        if table == "words" and not searchable:
            continue
        # What is near in a table is written together; the order of records is that already.
        waiting = getattr(rows, table)
        if table in {"mention", "link"}:
            waiting.sort()
        whole = len(waiting) - len(waiting) % _TOGETHER
        for start in range(0, whole, _TOGETHER):
            together = chain.from_iterable(waiting[start : start + _TOGETHER])
            db.execute(_insert(table, columns, _TOGETHER), list(together))
        db.executemany(_insert(table, columns, 1), waiting[whole:])


@cache
def _insert(table: str, columns: int, rows: int) -> str:
    # A list may name a record twice; it has one row.
    ignored = "" if table in {"record", "words"} else "OR IGNORE "
    # The table of full-text search has columns of its own besides.
    named = "words (rowid, id, text, notes, names)" if table == "words" else table
    values = ",".join([f"({','.join('?' * columns)})"] * rows)
    return f"INSERT {ignored}INTO {named} VALUES {values}"


def delete(db: "sqlite3.Connection", rows: Rows, *, searchable: bool) -> None:
    """Take rows out of their tables; arguments as `insert`."""
    shortened = rows._replace(
        record=[row[:2] for row in rows.record],
        link=[row[:3] for row in rows.link],
        name=[row[:3] for row in rows.name],
    )
    for table, statement in _DELETE.items():
        if searchable or table != "words":
            db.executemany(statement, getattr(shortened, table))


def completed(kind: RecordType, record: Record) -> Record:
    """Return a record as the index stores it: fields in order, a claim's subject in `about`."""
    if kind == "claim":
        subject = [record["subject"]] if "subject" in record else []
        record["about"] = list(dict.fromkeys([*subject, *record.get("about", ())]))
    return {name: record[name] for name in fields(kind) if name in record}


def to_json(record: Record) -> str:
    """Return a record as the index stores it, in JSON."""
    return encode(record).decode()


def mentioned(kind: RecordType) -> dict[str, RecordType]:
    """Return the fields of `mention` that name records, and the type that these must have."""
    return {
        f"{kind}.{field}": refers
        for field, refers in reference_types(kind).items()
        if field not in LINK_TYPE
    }


@cache
def _keys(kind: RecordType) -> dict[str, str]:
    """Return what a field that names records is called in `mention`."""
    return {field: f"{kind}.{field}" for field in reference_types(kind)}


@cache
def _plain_filters(kind: RecordType) -> tuple[str, ...]:
    return tuple(entry.field for entry in filters(kind).values() if not entry.refers)


def _days(kind: RecordType, record: Record) -> tuple[str | None, str | None]:
    """Return the first and last day of a claim's date, or of that on which a source appeared."""
    date = {"claim": record.get("date"), "source": issued(record)}.get(kind)
    return span(date) if date and is_date(date) else (None, None)


def _searched(kind: RecordType, record: Record) -> tuple[str, ...]:
    return tuple(_text(record, names) for names in searched(kind))


def _text(record: Record, names: tuple[str, ...]) -> str:
    values = [record[name] for name in names if name in record]
    texts = [value if isinstance(value, str) else " ; ".join(value) for value in values]
    return spaced(" ".join(texts))
