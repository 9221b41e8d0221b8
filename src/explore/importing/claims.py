"""Rows of a table as actors or claims that fit the corpus, each or a reason why not."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from explore.corpus.check import check
from explore.corpus.problem import Problem
from explore.corpus.shape import Shape
from explore.importing.ids import Ids, slug
from explore.importing.mapping import Mapping
from explore.importing.names import Names
from explore.importing.rows import Row
from explore.names import fold
from explore.records import Record, RecordType, declaration

Records = dict[RecordType, list[Record]]

_ACTORS = ("by", "subject", "about", "member_of", "partner_of")
_SOURCES = ("source", "via")


class Rejected(NamedTuple):
    """A row that becomes no record, and why."""

    number: int
    reason: str


class Imported(NamedTuple):
    """What rows became.

    Attributes:
        records: the records, those that were made for names among them.
        rejected: the rows that became none.
    """

    records: Records
    rejected: list[Rejected]


class _Made(NamedTuple):
    """A row and the record that it becomes, with those made for names in it."""

    row: int
    record: Record
    needs: set[str]


def imported(
    rows: Iterable[Row], mapping: Mapping, corpus: Records, before: list[Record]
) -> Imported:
    """Make records of rows.

    Args:
        rows: the rows.
        mapping: what becomes of their columns.
        corpus: the records that the corpus has, in other files.
        before: the records that an earlier import of the same table made, whose ids are kept.
    """
    taken = {record["id"] for group in corpus.values() for record in group}
    kept = _Kept(before)
    ids = Ids(taken | {record["id"] for record in before})
    actors = Names(corpus["actor"], mapping.new_actors, "name", ids)
    sources = Names(corpus["source"], mapping.new_sources, "title", ids)
    shape = Shape(declaration(mapping.kind))
    made: list[_Made] = []
    rejected: list[Rejected] = []
    seen: dict[str, int] = {}
    read = []
    for row in rows:
        if row.fault:
            rejected.append(Rejected(row.number, row.fault))
            continue
        record = mapping.record(row.cells)
        _identified(record, mapping.kind, kept, ids)
        if mapping.kind == "actor" and isinstance(record.get("id"), str):
            # Actors of a table may be members of each other.
            actors.know(record)
        read.append((row, record))
    for row, record in read:
        needs = _looked_up(record, actors, sources)
        found, misfits = shape.fit(record)
        if found is None:
            rejected += [Rejected(row.number, message) for *_, message in misfits]
        elif found["id"] in seen or found["id"] in taken:
            where = f"by row {seen[found['id']]}" if found["id"] in seen else "in the corpus"
            rejected.append(Rejected(row.number, f"the id '{found['id']}' is taken {where}"))
        else:
            seen[found["id"]] = row.number
            made.append(_Made(row.number, found, needs))
    made, unsound = _sound(made, mapping.kind, corpus, actors, sources)
    needed = {name for one in made for name in one.needs}
    records: Records = {
        "actor": [record for name, record in actors.made.items() if name in needed],
        "source": [record for name, record in sources.made.items() if name in needed],
        "claim": [],
    }
    records[mapping.kind] = records[mapping.kind] + [one.record for one in made]
    return Imported(records, sorted(rejected + unsound))


class _Kept:
    """The ids of an earlier import, by the text that they were made from."""

    def __init__(self, before: list[Record]) -> None:
        self._by_text: dict[str, list[str]] = defaultdict(list)
        for record in before:
            self._by_text[fold(_told(record))].append(record["id"])

    def id_of(self, record: Record) -> str | None:
        """Give the id that a record had; the first of several with one text goes first."""
        waiting = self._by_text.get(fold(_told(record)))
        return waiting.pop(0) if waiting else None


def _told(record: Record) -> str:
    return str(record.get("text") or record.get("name") or "")


def _looked_up(record: Record, actors: Names, sources: Names) -> set[str]:
    """Put ids in place of names, and give those of records that are made for them."""
    found: set[str] = set()

    def replaced(value: Any, look: Callable[[str], str]) -> Any:
        if isinstance(value, list):
            return [replaced(part, look) for part in value]
        if not isinstance(value, str) or not value:
            return value
        name = look(value)
        found.add(name)
        return name

    for field in (*_ACTORS, *_SOURCES):
        if field in record:
            look = sources.id_of if field in _SOURCES else actors.id_of
            record[field] = replaced(record[field], look)
    if isinstance(record.get("topics"), list):
        topics = [slug(topic, "topic") for topic in record["topics"] if isinstance(topic, str)]
        record["topics"] = list(dict.fromkeys(topics))
    return found


def _identified(record: Record, kind: RecordType, kept: _Kept, ids: Ids) -> None:
    """Give a record the id that it comes with, that it had before, or one from its text."""
    if "id" in record:
        if isinstance(record["id"], str):
            record["id"] = slug(record["id"], kind)
    elif _told(record):
        record["id"] = kept.id_of(record) or ids.new(_told(record), kind)


def _sound(
    made: list[_Made], kind: RecordType, corpus: Records, actors: Names, sources: Names
) -> tuple[list[_Made], list[Rejected]]:
    """Leave out the rows whose records name others that are not there, until all fit."""
    rejected: list[Rejected] = []
    while True:
        whole = {name: list(group) for name, group in corpus.items()}
        whole["actor"] += actors.made.values()
        whole["source"] += sources.made.values()
        whole[kind] += [one.record for one in made]
        rows = {id(one.record): one.row for one in made}
        found = [
            Rejected(problem.line, problem.message)
            for problem in check(whole, _at_row(rows))
            if problem.line
        ]
        if not found:
            return made, rejected
        rejected += found
        broken = {rejection.number for rejection in found}
        made = [one for one in made if one.row not in broken]


def _at_row(rows: dict[int, int]) -> Any:
    def place(record: Record, path: list[str | int], rule: str, message: str) -> Problem:
        del path
        return Problem(Path(), rows.get(id(record), 0), 0, message, rule)

    return place
