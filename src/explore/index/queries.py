"""Queries to the index and their results, as records and counts ready for any format."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from explore.index.select import select
from explore.model.citation import issued
from explore.model.fields import RecordType
from explore.model.labels import ActorLabel
from explore.model.links import INVERSE
from explore.model.query import Query
from explore.model.records import Record, blanks
from explore.model.references import filters

# So many records are read together; SQLite binds at least 999 values in a statement.
_BATCH = 500
T = TypeVar("T")


class Incoming(NamedTuple):
    """A link to a claim, as seen from there.

    Attributes:
        type: the field that links, such as `supports`.
        claim: the id of the claim that links.
        source: the id of its source.
    """

    type: str
    claim: str
    source: str


class Index:
    """An opened index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Query an index opened by `explore.index.store`."""
        self.db = db
        self._labels: dict[str, ActorLabel] | None = None
        self._dates: dict[str, str | None] = {}

    # The corpus

    def info(self) -> Record:
        """Return what the corpus says about itself."""
        found: Record = json.loads(self._value("SELECT value FROM meta WHERE key = 'info'"))
        return found

    def title(self) -> str:
        """Return the title of the corpus, or a word for one without."""
        return str(self.info().get("title", "untitled corpus"))

    def counts(self) -> dict[str, int]:
        """Count actors, claims, responses and sources."""
        rows = dict(self.db.execute("SELECT type, count(*) FROM record GROUP BY type").fetchall())
        responses = "SELECT count(DISTINCT n) FROM link WHERE type = 'responds_to'"
        return {
            "actors": rows.get("actor", 0),
            "claims": rows.get("claim", 0),
            "responses": self._value(responses),
            "sources": rows.get("source", 0),
        }

    def stored(self, kind: RecordType) -> Iterator[Record]:
        """Yield the records of a type as the corpus has them, in the order of the files.

        A claim's subject is in its `about`.
        """
        sql = "SELECT json FROM record WHERE type = ? ORDER BY n"
        return (json.loads(row[0]) for row in self.db.execute(sql, [kind]))

    # Records

    def record(self, name: str) -> tuple[RecordType, Record]:
        """Return any record by its id, with its type."""
        kind, text = self.db.execute(
            "SELECT type, json FROM record WHERE id = ?", [name]
        ).fetchone()
        return kind, next(self._complete(kind, [json.loads(text)]))

    def records(self, names: Iterable[str]) -> dict[str, Record]:
        """Return records of one type by their ids, without what other records say of them."""
        found: dict[str, Record] = {}
        for group in _batches(dict.fromkeys(names)):
            sql = f"SELECT id, type, json FROM record WHERE id IN ({_marks(group)})"
            for name, kind, text in self.db.execute(sql, group):
                found[name] = _filled(kind, json.loads(text))
        return found

    def claims(self, query: Query, *, inverse: bool = True) -> Iterator[Record]:
        """Yield the claims of a query, in its order.

        Args:
            query: what to look for.
            inverse: whether the fields that say which claims link to each are filled; else they
                are empty.
        """
        part = select(self.db, query)
        sql = (
            f"SELECT record.n FROM {part.tables} WHERE {part.condition}"
            f" ORDER BY {part.order} LIMIT ?"
        )
        # The numbers come first and the records after the cut, so that no more is read.
        numbers = self.db.execute(sql, [*part.values, query.limit or -1])
        text = "SELECT json FROM record WHERE n = ?"
        read = (json.loads(self.db.execute(text, number).fetchone()[0]) for number in numbers)
        yield from self._complete("claim", read, inverse=inverse)

    def count(self, query: Query) -> int:
        """Count the claims of a query, whatever its limit."""
        part = select(self.db, query._replace(sort="order"))
        sql = f"SELECT count(*) FROM {part.tables} WHERE {part.condition}"
        return int(self._value(sql, part.values))

    def actors(
        self, ids: Sequence[str] = (), where: dict[str, tuple[str, ...]] | None = None
    ) -> list[Record]:
        """Return the actors of a filter, or those named, in the order of the files.

        Args:
            ids: the actors themselves; all if empty.
            where: values by the options in `filters("actor")`.
        """
        parts, values = ["type = 'actor'"], list[str]()
        if ids:
            parts.append(f"id IN ({_marks(ids)})")
            values += ids
        for option, wanted in (where or {}).items():
            if wanted:
                parts.append(
                    f"n IN (SELECT n FROM mention WHERE field = ? AND value IN ({_marks(wanted)}))"
                )
                values += [f"actor.{filters('actor')[option].field}", *wanted]
        sql = f"SELECT json FROM record WHERE {' AND '.join(parts)} ORDER BY n"
        return [_filled("actor", json.loads(row[0])) for row in self.db.execute(sql, values)]

    def sources(self, limit: int = 0) -> list[Record]:
        """Return the first sources in the order of the files; all of them for 0."""
        sql = "SELECT json FROM record WHERE type = 'source' ORDER BY n LIMIT ?"
        rows = self.db.execute(sql, [limit or -1])
        return [_filled("source", json.loads(row[0])) for row in rows]

    # What records say of each other

    def labels(self) -> dict[str, ActorLabel]:
        """Return how each actor is shown, by its id; raises an error if the index is damaged."""
        if self._labels is None:
            sql = (
                "SELECT id, coalesce(json ->> '$.short', json ->> '$.name'), json ->> '$.kind'"
                " FROM record WHERE type = 'actor'"
            )
            self._labels = {name: ActorLabel(*label) for name, *label in self.db.execute(sql)}
            if any(None in label for label in self._labels.values()):
                raise sqlite3.DatabaseError("an actor without a name")
        return self._labels

    def incoming(self, names: Iterable[str]) -> dict[str, list[Incoming]]:
        """Return the links to each of some claims, in the order of the files."""
        found: dict[str, list[Incoming]] = defaultdict(list)
        for group in _batches(dict.fromkeys(names)):
            sql = (
                "SELECT link.target, link.type, record.id, link.source"
                f" FROM link JOIN record USING (n) WHERE link.target IN ({_marks(group)})"
                " ORDER BY link.n"
            )
            for target, *link in self.db.execute(sql, group):
                found[target].append(Incoming(*link))
        return found

    def related(self, name: str, tie: str) -> list[str]:
        """Return the ids of the actors with a tie to an actor, in the order of the files.

        Args:
            name: the actor.
            tie: `member_of` for its members, `partner_of` for its partners.
        """
        sql = (
            "SELECT record.id FROM mention JOIN record USING (n)"
            " WHERE field = ? AND value = ? ORDER BY n"
        )
        return [row[0] for row in self.db.execute(sql, [f"actor.{tie}", name])]

    def mentions(self, field: str, value: str | None = None) -> int:
        """Count the records that mention a value in a field, or anything at all.

        Args:
            field: a field with its record type, such as `claim.by`.
            value: the value; None for any.
        """
        sql = "SELECT count(*) FROM mention WHERE field = ?"
        if value is None:
            return int(self._value(sql.replace("*", "DISTINCT n"), [field]))
        return int(self._value(f"{sql} AND value = ?", [field, value]))

    def frequencies(self, field: str) -> Counter[str]:
        """Count the records that mention each value in a field, such as `claim.by`."""
        sql = "SELECT value, count(*) FROM mention WHERE field = ? GROUP BY value"
        return Counter(dict(self.db.execute(sql, [field]).fetchall()))

    def co_occurrences(self, field: str, other: str) -> Counter[tuple[str, str]]:
        """Count the claims that mention each pair of values in two fields."""
        sql = (
            "SELECT a.value, b.value FROM mention AS a JOIN mention AS b USING (n)"
            " WHERE a.field = ? AND b.field = ?"
        )
        return Counter(self.db.execute(sql, [field, other]).fetchall())

    def numbers(self, field: str, value: str) -> set[int]:
        """Return the numbers of the records that mention a value in a field."""
        sql = "SELECT n FROM mention WHERE field = ? AND value = ?"
        return {row[0] for row in self.db.execute(sql, [field, value])}

    def mentioned_by(self, field: str, numbers: set[int]) -> Iterator[tuple[str, int]]:
        """Yield each value that some records mention in a field, with the number of the record."""
        sql = "SELECT value, n FROM mention WHERE field = ?"
        return ((value, n) for value, n in self.db.execute(sql, [field]) if n in numbers)

    def ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the ids of records by their numbers."""
        found: dict[int, str] = {}
        for group in _batches(numbers):
            sql = f"SELECT n, id FROM record WHERE n IN ({_marks(group)})"
            found |= dict(self.db.execute(sql, group).fetchall())
        return found

    def usage(self, source: str) -> Record:
        """Return what rests on a source.

        Has `claims` and `actors` that cite it, `original` for the claims read in it itself,
        `through` for the sources in which the others were read, and `quotes` for the number of
        claims of other sources that were read in it.
        """
        through = (
            "SELECT DISTINCT json ->> '$.via' FROM record JOIN mention USING (n)"
            " WHERE field = 'claim.source' AND value = ? AND json ->> '$.via' IS NOT NULL"
            " ORDER BY 1"
        )
        quoted = (
            "SELECT count(*) FROM mention WHERE field = 'claim.source' AND value = ?"
            " AND n IN (SELECT n FROM mention WHERE field = 'claim.via')"
        )
        claims = self.mentions("claim.source", source)
        return {
            "claims": claims,
            "original": claims - int(self._value(quoted, [source])),
            "through": [row[0] for row in self.db.execute(through, [source])],
            "quotes": self.mentions("claim.via", source),
            "actors": self.mentions("actor.sources", source),
        }

    def said(self, claim: Record) -> str | None:
        """Return when a claim was made: the date of its source as written, if it has one."""
        source = claim["source"]
        if source not in self._dates:
            sql = "SELECT json FROM record WHERE id = ?"
            self._dates[source] = issued(json.loads(self._value(sql, [source]))) or None
        return self._dates[source]

    def _complete(
        self, kind: RecordType, records: Iterable[Record], *, inverse: bool = True
    ) -> Iterator[Record]:
        """Yield records with all their fields, and of claims what other records say of them."""
        if kind != "claim":
            yield from (_filled(kind, record) for record in records)
            return
        for group in _batches(records):
            links = self.incoming(record["id"] for record in group) if inverse else {}
            for record in group:
                found: dict[str, list[str]] = defaultdict(list)
                for link in links.get(record["id"], ()):
                    found[INVERSE[link.type]].append(link.claim)
                yield _filled(kind, record | found | {"said": self.said(record)})

    def _value(self, sql: str, values: Iterable[Any] = ()) -> Any:
        return self.db.execute(sql, list(values)).fetchone()[0]


def _filled(kind: RecordType, record: Record) -> Record:
    """Return a record with an empty value for each field that it leaves out."""
    return {
        name: record.get(name, [] if listed else None) for name, listed in blanks(kind).items()
    }


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


def _batches(values: Iterable[T]) -> Iterator[tuple[T, ...]]:
    rest = iter(values)
    while batch := tuple(islice(rest, _BATCH)):
        yield batch
