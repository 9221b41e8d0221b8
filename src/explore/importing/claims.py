"""Rows of a table as actors or claims that fit the corpus, each or a reason why not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from explore.corpus.problems import Problem
from explore.corpus.references import check
from explore.corpus.shape import Shape
from explore.corpus.validate import fit
from explore.importing.drafts import Draft
from explore.importing.ids import Ids, as_id, same, slug
from explore.importing.mapping import Mapping
from explore.importing.names import AmbiguousError, Names, Topics
from explore.importing.rows import Row
from explore.model.fields import RecordType
from explore.model.links import LINKS
from explore.model.records import Record, declaration
from explore.model.references import references

Records = dict[RecordType, list[Record]]


class Rejected(NamedTuple):
    """A row that becomes no record, and why."""

    number: int
    reason: str

    @classmethod
    def of(cls, row: Row, reason: str) -> "Rejected":
        """Return the rejection of a row, which says where in its file the row is."""
        return cls(row.number, f"{row.place}: {reason}" if row.place else reason)


class Imported(NamedTuple):
    """What rows became.

    Attributes:
        records: the records, those that were made for names among them.
        rejected: the rows that became none.
        left: ids that an earlier import of the table gave, and that no row has now.
        notes: names that are written in another way, or had to be told apart.
    """

    records: Records
    rejected: list[Rejected]
    left: list[str]
    notes: list[str]


class _Built(NamedTuple):
    """A row and the record that it becomes, with those made for names in it."""

    row: Row
    record: Record
    needs: set[str]


def imported(
    rows: Iterable[Row],
    mapping: Mapping,
    corpus: Records,
    before: list[Record],
    written: dict[str, Record],
    steps: Callable[[list[Draft]], Iterable[Draft]] = iter,
) -> Imported:
    """Make records of rows.

    Args:
        rows: the rows.
        mapping: what becomes of their columns.
        corpus: the records that the corpus has, in other files.
        before: the records that an earlier import of the same table made, whose ids are kept.
        written: what it wrote of them, by their ids; a person may have edited them since.
        steps: goes through the rows, and may tell how far it is.
    """
    taken = {record["id"] for group in corpus.values() for record in group}
    kept = _EarlierIds(before, written)
    ids = Ids(taken | {record["id"] for record in before})
    drafts = [mapping.draft(row) for row in rows]
    ids.taken |= {as_id(name, mapping.kind) for name in _texts(drafts, "id")}
    actors = Names(corpus["actor"], mapping.new_actors, "name", ids)
    sources = Names(corpus["source"], mapping.new_sources, "title", ids)
    topics = Topics()
    shape = Shape(declaration(mapping.kind))
    made: list[_Built] = []
    rejected: list[Rejected] = []
    seen: dict[str, int] = {}
    if mapping.kind == "actor":
        # Actors name each other, also those that come further down.
        for draft in drafts:
            _identified(draft.record, mapping.kind, kept, ids)
        named = [one.record for one in drafts if not one.row.fault and _named(one.record)]
        for record in [*named, *before]:
            actors.know(record)
    for row, record, faults in steps(drafts):
        fault = row.fault or "; ".join(faults) or _unwritable(record)
        needs: set[str] = set()
        if not fault:
            try:
                needs = _looked_up(record, mapping.kind, actors, sources, topics)
            except AmbiguousError as error:
                fault = str(error)
        if fault:
            rejected.append(Rejected.of(row, fault))
            continue
        if mapping.kind != "actor":
            _identified(record, mapping.kind, kept, ids)
        found, issues = fit(shape, record)
        if found is None:
            reasons = dict.fromkeys(message for *_, message in issues)
            rejected.append(Rejected.of(row, "; ".join(reasons)))
        elif found["id"] in seen or found["id"] in taken:
            where = f"by row {seen[found['id']]}" if found["id"] in seen else "in the corpus"
            rejected.append(
                Rejected.of(row, f"duplicate id '{found['id']}', already used {where}")
            )
        else:
            seen[found["id"]] = row.number
            made.append(_Built(row, found, needs))
    left = [record for record in before if record["id"] not in seen]
    whole = {**corpus, mapping.kind: corpus[mapping.kind] + left}
    made, unsound = _fitting(made, mapping.kind, whole, actors, sources)
    needed = {name for one in made for name in one.needs}
    records: Records = {
        "actor": [record for name, record in actors.made.items() if name in needed],
        "source": [record for name, record in sources.made.items() if name in needed],
        "claim": [],
    }
    records[mapping.kind] = records[mapping.kind] + [one.record for one in made]
    tried = {*_texts(drafts, "id"), *needed}
    gone = [record["id"] for record in left if record["id"] not in tried]
    used = {topic for one in made for topic in one.record.get("topics", ())}
    notes = [note for name, note in topics.notes.items() if name in used]
    notes += [note for name, note in (actors.apart | sources.apart).items() if name in needed]
    return Imported(records, sorted(rejected + unsound), gone, notes)


def _texts(drafts: list[Draft], field: str) -> Iterator[str]:
    """Yield what a field of all drafts holds, where it is text."""
    values = (draft.record.get(field) for draft in drafts)
    return (value for value in values if isinstance(value, str))


class _EarlierIds:
    """The ids of an earlier import, by the text that they were made from."""

    def __init__(self, before: list[Record], written: dict[str, Record]) -> None:
        self._by_text: dict[str, list[Record]] = defaultdict(list)
        self._used: set[str] = set()
        for record in before:
            first = written.get(record["id"], record)
            for text in {same(_title(record)), same(_title(first))}:
                self._by_text[text].append(record)

    def id_of(self, record: Record) -> str | None:
        """Return the id that a record had; of several with one text, the most similar one's."""
        known = self._by_text.get(same(_title(record)), [])
        waiting = [old for old in known if old["id"] not in self._used]
        if not waiting:
            return None
        alike = max(waiting, key=lambda old: _similarity(old, record))
        self._used.add(alike["id"])
        return str(alike["id"])


def _similarity(old: Record, record: Record) -> int:
    return sum(str(old.get(name)) == str(part) for name, part in record.items())


def _title(record: Record) -> str:
    return str(record.get("text") or record.get("name") or record.get("title") or "")


def _named(record: Record) -> bool:
    """Whether a row's names can be looked for, whatever else is wrong with it."""
    names = [record.get("id"), record.get("name"), record.get("short", "")]
    names += [*record.get("aliases", []), *record.get("former_ids", [])]
    return all(isinstance(name, str) for name in names)


def _unwritable(value: Any) -> str:
    """Return why a value cannot be written to a file; "" if it can."""
    if isinstance(value, dict):
        return next(filter(None, map(_unwritable, (*value, *value.values()))), "")
    if isinstance(value, list):
        return next(filter(None, map(_unwritable, value)), "")
    try:
        str(value).encode()
    except UnicodeEncodeError as error:
        return f"broken character {value[error.start : error.end]!r}; replace it"
    return ""


def _looked_up(
    record: Record, kind: RecordType, actors: Names, sources: Names, topics: Topics
) -> set[str]:
    """Replace names by ids, and return the ids of the records they name."""
    found: set[str] = set()
    if kind == "source":
        # A source names no record: CSL's `source` says where the reference came from.
        return found

    # Links are resolved below, and actors cite their sources by id: none is made for a name.
    resolved = ("actor", "source") if kind == "claim" else ("actor",)
    mentions = [mention for mention in references(kind, record) if mention.type in resolved]
    for field in {mention.field.partition(".")[0] for mention in mentions}:
        record[field] = _copied(record[field])
    for mention in mentions:
        if mention.id:
            names = sources if mention.type == "source" else actors
            name = names.id_of(mention.id, mention.field)
            found.add(name)
            _set(record, mention.path, name)
    for field in LINKS:
        if isinstance(record.get(field), list):
            record[field] = [_claim(link) for link in record[field]]
    if isinstance(record.get("topics"), list):
        named = {
            repr(topic): topics.id_of(topic) if isinstance(topic, str) else topic
            for topic in record["topics"]
        }
        record["topics"] = list({repr(topic): topic for topic in named.values()}.values())
    if isinstance(record.get("subject"), str) and isinstance(record.get("about"), list):
        # The subject is always among those that a claim is about; that is not written.
        record["about"] = [name for name in record["about"] if name != record["subject"]]
        if not record["about"]:
            del record["about"]
    return found


def _copied(value: Any) -> Any:
    """Return a list whose entries can be changed and are nobody else's; any other value as is."""
    if not isinstance(value, list):
        return value
    return [dict(entry) if isinstance(entry, dict) else entry for entry in value]


def _set(record: Record, path: Sequence[str | int], value: str) -> None:
    at: Any = record
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value


def _identified(record: Record, kind: RecordType, kept: _EarlierIds, ids: Ids) -> None:
    """Set the id of a record: its own, the one that it had before, or one from its text."""
    if "id" in record:
        if isinstance(record["id"], str):
            record["id"] = as_id(record["id"], kind)
    elif _title(record):
        record["id"] = kept.id_of(record) or ids.new(_title(record), kind)
    else:
        # The row is rejected for the text that it lacks, not for this.
        record["id"] = slug("", kind)


def _claim(link: Any) -> Any:
    """Return a link with the id that its claim gets in this corpus."""
    if isinstance(link, dict) and isinstance(link.get("claim"), str):
        return {**link, "claim": as_id(link["claim"], "claim")}
    return as_id(link, "claim") if isinstance(link, str) else link


def _fitting(
    made: list[_Built], kind: RecordType, corpus: Records, actors: Names, sources: Names
) -> tuple[list[_Built], list[Rejected]]:
    """Leave out the rows whose records name others that are not there, until all fit."""
    rejected: list[Rejected] = []
    while True:
        whole = {name: list(group) for name, group in corpus.items()}
        whole["actor"] += actors.made.values()
        whole["source"] += sources.made.values()
        whole[kind] += [one.record for one in made]
        rows = {id(one.record): n for n, one in enumerate(made, 1)}
        broken: set[int] = set()
        for problem in check(whole, _at_row(rows)):
            if problem.line:
                rejected.append(Rejected.of(made[problem.line - 1].row, problem.message))
                broken.add(problem.line)
        if not broken:
            return made, rejected
        made = [one for n, one in enumerate(made, 1) if n not in broken]


def _at_row(rows: dict[int, int]) -> Any:
    """Return what makes problems whose line is the place of their record in a list, or 0."""

    def place(record: Record, path: list[str | int], rule: str, message: str) -> Problem:
        del path
        return Problem(Path(), rows.get(id(record), 0), 0, message, rule)

    return place
