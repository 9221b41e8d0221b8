"""Questions to the index and their answers, as records ready for any format."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from explore.index.select import claims_of, is_tallied, select
from explore.model.query import Query
from explore.model.records import INVERSE, Record, RecordType, blanks

# Counting stops here, so that a broad question costs no more than a narrow one.
COUNTED = 10_000
# Whom topics concern is told from so many of their first claims together; all would take long.
_CONCERNED = 20_000


class Index:
    """An opened index, and all that can be asked of it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Ask an index opened by `explore.index.store`."""
        self.db = db
        self._shorts: dict[str, tuple[str, str]] = {}

    def info(self) -> Record:
        """Give what the corpus says of itself."""
        found: Record = json.loads(self._value("SELECT value FROM meta WHERE key = 'info'"))
        return found

    def title(self) -> str:
        """Give the title of the corpus, or a word for one without."""
        return str(self.info().get("title", "untitled corpus"))

    def claims(self, query: Query, *, inverse: bool = True) -> Iterator[Record]:
        """Yield the claims that a query asks for, in its order.

        Without `inverse`, the fields that say which claims link to each are blank.
        """
        part = select(self.db, query)
        sql = (
            f"SELECT claim.n FROM {part.tables} WHERE {part.condition}"
            f" ORDER BY {part.order} LIMIT ?"
        )
        # The numbers come first and the records after the cut, so that no more is read.
        numbers = self.db.execute(sql, [*part.values, *part.ranked, query.limit or -1])
        for number in numbers:
            (text,) = self.db.execute("SELECT json FROM record WHERE n = ?", number).fetchone()
            yield self._full("claim", json.loads(text), inverse=inverse)

    def count(self, query: Query) -> int:
        """Count the claims that a query asks for, whatever its limit; up to `COUNTED`."""
        tallied = is_tallied(query)
        if tallied:
            return claims_of(self.db, *tallied)
        part = select(self.db, query._replace(sort="order"))
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {part.tables} WHERE {part.condition} LIMIT ?)"
        return int(self._value(sql, [*part.values, COUNTED]))

    def record(self, name: str) -> tuple[RecordType, Record]:
        """Give any record by its id, with its type."""
        sql = "SELECT type, json FROM record WHERE id = ?"
        kind, text = self.db.execute(sql, [name]).fetchone()
        return kind, self._full(kind, json.loads(text))

    def actors(
        self,
        ids: Iterable[str] = (),
        kinds: Iterable[str] = (),
        member_of: Iterable[str] = (),
        partner_of: Iterable[str] = (),
    ) -> list[Record]:
        """Give the actors of certain kinds and ties, or those named, in the order of the files."""
        parts, values = ["1"], []
        for column, wanted in (("id", list(ids)), ("kind", list(kinds))):
            if wanted:
                parts.append(f"actor.{column} IN ({','.join('?' * len(wanted))})")
                values += wanted
        for tie, wanted in (("member_of", list(member_of)), ("partner_of", list(partner_of))):
            if wanted:
                marks = ",".join("?" * len(wanted))
                parts.append(
                    f"actor.id IN (SELECT actor FROM tie WHERE type = '{tie}'"
                    f" AND target IN ({marks}))"
                )
                values += wanted
        sql = (
            "SELECT record.json FROM actor JOIN record USING (n)"
            f" WHERE {' AND '.join(parts)} ORDER BY n"
        )
        return [self._full("actor", json.loads(row[0])) for row in self.db.execute(sql, values)]

    def actor_counts(self, name: str) -> dict[str, int]:
        """Count the claims that an actor makes, is the subject of, and is concerned by."""
        return {
            "says": claims_of(self.db, "speaker", name),
            "does": claims_of(self.db, "subject", name),
            "about": claims_of(self.db, "about", name),
        }

    def members(self, name: str) -> list[str]:
        """Give the ids of the actors that are members of an actor."""
        sql = (
            "SELECT tie.actor FROM tie JOIN actor ON actor.id = tie.actor"
            " WHERE target = ? AND type = 'member_of' ORDER BY actor.n"
        )
        return [row[0] for row in self.db.execute(sql, [name])]

    def partners(self, name: str) -> list[str]:
        """Give the ids of the actors that are partners of an actor."""
        sql = (
            "SELECT tie.actor FROM tie JOIN actor ON actor.id = tie.actor"
            " WHERE target = ? AND type = 'partner_of' ORDER BY actor.n"
        )
        return [row[0] for row in self.db.execute(sql, [name])]

    def place(self, name: str) -> int:
        """Give the number of a record, which grows in the order of the files."""
        return int(self._value("SELECT n FROM record WHERE id = ?", [name]))

    def actor_kind(self, name: str) -> str:
        """Give the kind of an actor."""
        return self._label(name)[1]

    def short(self, name: str) -> str:
        """Give the name that tables print for an actor."""
        return self._label(name)[0]

    def incoming(self, name: str) -> dict[str, list[tuple[str, str | None]]]:
        """Give the claims that link to a claim, with their notes, by the type of link."""
        found: dict[str, list[tuple[str, str | None]]] = {}
        sql = "SELECT type, source, note FROM link WHERE target = ? ORDER BY n"
        for kind, claim, note in self.db.execute(sql, [name]):
            found.setdefault(kind, []).append((claim, note))
        return found

    def weight(self, name: str, source: str) -> dict[str, int]:
        """Count the claims of other sources that link to a claim of a source, by link."""
        sql = (
            "SELECT link.type, count(*) FROM link JOIN claim ON claim.n = link.n"
            " WHERE target = ? AND claim.source <> ? GROUP BY link.type"
        )
        return dict(self.db.execute(sql, [name, source]).fetchall())

    def text(self, name: str) -> str:
        """Give the text of a claim."""
        return str(self.record(name)[1]["text"])

    def deeds(self, actor: str) -> dict[str, dict[bool, int]]:
        """Count the claims of what an actor does by topic: its own (True), others' (False)."""
        sql = (
            "SELECT value, sum(claims) FROM tally WHERE field = 'deed'"
            " AND value >= ? AND value < ? GROUP BY value"
        )
        found: dict[str, dict[bool, int]] = {}
        for value, count in self.db.execute(sql, [f"{actor}\t", f"{actor}\t\U0010ffff"]):
            _, topic, own = value.split("\t")
            found.setdefault(topic, {True: 0, False: 0})[own == "1"] += count
        return found

    def told(self, actor: str, topic: str, own: bool, most: int = 0) -> list[tuple[str, bool]]:
        """Give the ids of claims of what an actor does, contrasts first, and whether they are one.

        Args:
            actor: who does it.
            topic: on which topic.
            own: what it says itself, or what others say of it.
            most: how many; 0 for all.
        """
        sql = (
            "SELECT record.id, NOT plain FROM deed JOIN record ON record.n = deed.claim"
            " WHERE deed = ? ORDER BY plain, claim LIMIT ?"
        )
        rows = self.db.execute(sql, [f"{actor}\t{topic}\t{own:d}", most or -1])
        return [(name, bool(contrast)) for name, contrast in rows]

    def topics(self) -> list[Record]:
        """Give every topic with its number of claims and the actors most concerned."""
        sql = (
            "SELECT value, sum(claims) FROM tally WHERE field = 'topic'"
            " GROUP BY value ORDER BY sum(claims) DESC, value"
        )
        topics = self.db.execute(sql).fetchall()
        most = _CONCERNED // (len(topics) or 1) + 1
        concerned = (
            "SELECT each.value FROM"
            " (SELECT claim FROM topic WHERE topic = ? ORDER BY claim LIMIT ?) AS first"
            " JOIN record ON record.n = first.claim, json_each(record.json, '$.about') AS each"
            " GROUP BY each.value ORDER BY count(*) DESC, each.value LIMIT 4"
        )
        return [
            {
                "topic": topic,
                "claims": count,
                "about": [row[0] for row in self.db.execute(concerned, [topic, most])],
            }
            for topic, count in topics
        ]

    def sources(self, most: int = 0) -> list[Record]:
        """Give the first sources in the order of the files; all of them if `most` is 0."""
        sql = "SELECT json FROM source JOIN record USING (n) ORDER BY n LIMIT ?"
        rows = self.db.execute(sql, [most or -1])
        return [self._full("source", json.loads(row[0])) for row in rows]

    def spoken_of(self, most: int) -> list[tuple[str, str, int]]:
        """Give the pairs of speaker and actor spoken of in most claims, with how many."""
        sql = (
            "SELECT said.actor, about.actor, count(*) FROM said JOIN about USING (claim)"
            " WHERE said.actor <> about.actor GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?"
        )
        return self.db.execute(sql, [most]).fetchall()

    def kept(self, kind: RecordType) -> Iterator[Record]:
        """Yield the records of a type as the corpus has them, in the order of the files.

        A claim's subject is among its `about`.
        """
        sql = "SELECT json FROM record WHERE type = ? ORDER BY n"
        return (json.loads(row[0]) for row in self.db.execute(sql, [kind]))

    def rests_on(self, source: str) -> Record:
        """Count what rests on a source.

        Gives `claims` and `actors` that cite it, `firsthand` for the claims read in it itself,
        `through` for the sources in which the others were read, and `carries` for the claims
        of other sources that were read in it.
        """
        through = (
            "SELECT DISTINCT via FROM claim WHERE source = ? AND via IS NOT NULL ORDER BY via"
        )
        second = "SELECT count(*) FROM claim WHERE source = ? AND via IS NOT NULL"
        claims = claims_of(self.db, "source", source)
        return {
            "claims": claims,
            "firsthand": claims - self._value(second, [source]),
            "through": [row[0] for row in self.db.execute(through, [source])],
            "carries": claims_of(self.db, "via", source),
            "actors": claims_of(self.db, "cited", source),
        }

    def hands(self) -> tuple[int, int]:
        """Count the claims read in their own source, and those read through another."""
        return claims_of(self.db, "hand", "first"), claims_of(self.db, "hand", "through")

    def counts(self) -> dict[str, int]:
        """Count actors, claims, responses and sources."""
        return {
            "actors": claims_of(self.db, "type", "actor"),
            "claims": claims_of(self.db, "type", "claim"),
            "responses": claims_of(self.db, "responses", ""),
            "sources": claims_of(self.db, "type", "source"),
        }

    def _label(self, name: str) -> tuple[str, str]:
        if name not in self._shorts:
            sql = "SELECT short, kind FROM actor WHERE id = ?"
            self._shorts[name] = self.db.execute(sql, [name]).fetchone()
        return self._shorts[name]

    def _full(self, kind: RecordType, record: Record, *, inverse: bool = True) -> Record:
        """Add what other records say of this one, and a blank for each field it leaves out."""
        if inverse and kind == "claim":
            incoming = self.incoming(record["id"])
            for forward, backward in INVERSE.items():
                record[backward] = [claim for claim, _ in incoming.get(forward, [])]
        return {
            name: record.get(name, [] if listed else None) for name, listed in blanks(kind).items()
        }

    def _value(self, sql: str, values: Iterable[Any] = ()) -> Any:
        return self.db.execute(sql, list(values)).fetchone()[0]
