"""The tables of a corpus, declared once: SQLite, Datasette, CSV and Parquet have the same.

`actors`, `claims`, `sources` and `corpus` have a column for each declared field, so that a new
field is a new column. Lists are arrays there, to read and to facet by; those of the corpus's own
fields also have tables with one row per entry, to join by.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from explore.exporting.columns import (
    FIRST_DAY,
    LAST_DAY,
    Column,
    Value,
    date_text,
    days,
    field_columns,
    name_text,
)
from explore.index.queries import Index
from explore.model.actors import Citation, Office, Tie
from explore.model.csl_parts import CslDate, CslName
from explore.model.fields import RecordType
from explore.model.links import LINKS, link_note, link_target
from explore.model.records import (
    RECORD_TYPES,
    CorpusInfo,
    Record,
    declaration,
    is_list,
)

# Rises when a table or a column is removed or changes its meaning.
VERSION = 2

Row = tuple[Value, ...]

# So many rows of a table are in memory at a time.
_BATCH = 4_096
_TIES = ("member_of", "partner_of")
_NAMES = tuple(name for name in declaration("source").__annotations__ if is_list("source", name))
_DATES = tuple(
    name for name, hint in declaration("source").__annotations__.items() if "CslDate" in str(hint)
)
_PLACE = Column("place", "Its position in the list, from 1.", "integer", required=True)
_SAID = Column("said", "When it was made: the date of its source.")


class Table(NamedTuple):
    """A table, and how its rows come from the records of a type.

    Attributes:
        name: its name.
        doc: what a row is, in a sentence.
        of: the type of the records; None for what the corpus says about itself.
        columns: its columns.
        key: the columns that no two rows share.
        rows: returns the rows of a record, from its number in the corpus and the record.
    """

    name: str
    doc: str
    of: RecordType | None
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[int, Record], Iterable[Row]]


def batches(index: Index) -> Iterator[tuple[Table, list[Row]]]:
    """Yield all rows of all tables, some at a time; each record is read once."""
    for kind in (None, *RECORD_TYPES):
        tables = [table for table in TABLES if table.of == kind]
        waiting: dict[str, list[Row]] = {table.name: [] for table in tables}
        for n, record in enumerate(index.stored(kind) if kind else [index.info()], 1):
            if kind == "claim":
                record["said"] = index.said(record)
            for table in tables:
                waiting[table.name] += table.rows(n, record)
                if len(waiting[table.name]) >= _BATCH:
                    yield table, waiting[table.name]
                    waiting[table.name] = []
        yield from ((table, waiting[table.name]) for table in tables if waiting[table.name])


def _corpus() -> Table:
    columns, values = zip(*field_columns(CorpusInfo), strict=True)

    def rows(_: int, info: Record) -> Iterator[Row]:
        # A row of blanks would say nothing, and readers of CSV stumble over it.
        if info:
            yield tuple(value(info) for value in values)

    return Table("corpus", "Information about the corpus, in one row.", None, columns, (), rows)


def _records(kind: RecordType, doc: str) -> Table:
    columns, values = zip(*field_columns(declaration(kind)), strict=True)
    if kind == "claim":
        columns, values = (*columns, _SAID), (*values, lambda claim: claim["said"])
    number = Column("n", "Its position in the corpus, from 1.", "integer", required=True)

    def rows(n: int, record: Record) -> Iterator[Row]:
        yield (*(value(record) for value in values), n)

    return Table(f"{kind}s", doc, kind, (*columns, number), ("id",), rows)


def _owner(kind: RecordType) -> Column:
    return Column(kind, f"The {kind}.", required=True, refers=f"{kind}s")


def _type(doc: str, choices: tuple[str, ...]) -> Column:
    return Column("type", doc, required=True, choices=choices)


def _listed(name: str, field: str, doc: str, column: Column) -> Table:
    """Return the table of a list of ids in claims; who is named twice has one row."""

    def rows(_: int, claim: Record) -> Iterator[Row]:
        for place, entry in enumerate(dict.fromkeys(claim.get(field, ())), 1):
            yield claim["id"], entry, place

    key = ("claim", column.name)
    return Table(name, doc, "claim", (_owner("claim"), column, _PLACE), key, rows)


def _links() -> Table:
    columns = (
        _owner("claim"),
        _type("The type of link.", LINKS),
        Column("target", "The claim at the other end.", required=True, refers="claims"),
        Column("note", "Why the link holds, in the curator's words."),
        _PLACE,
    )

    def rows(_: int, claim: Record) -> Iterator[Row]:
        for kind in LINKS:
            for place, link in enumerate(claim.get(kind, ()), 1):
                yield claim["id"], kind, link_target(link), link_note(link), place

    doc = "A link from one claim to another."
    return Table("links", doc, "claim", columns, ("claim", "type", "place"), rows)


def _actor_names() -> Table:
    columns = (
        _owner("actor"),
        _type("The type of name.", ("name", "short", "alias")),
        Column("name", "The name.", required=True),
        _PLACE,
    )

    def rows(_: int, actor: Record) -> Iterator[Row]:
        spelled = [("name", actor["name"])]
        if "short" in actor:
            spelled.append(("short", actor["short"]))
        spelled += [("alias", alias) for alias in actor.get("aliases", ())]
        for place, (kind, name) in enumerate(spelled, 1):
            yield actor["id"], kind, name, place

    doc = "A name of an actor: full name, short name or alias."
    return Table("actor_names", doc, "actor", columns, ("actor", "place"), rows)


def _actor_ties() -> Table:
    declared = list(field_columns(Tie))
    values = [part.value for part in declared]
    target, *rest = (part.column for part in declared)
    columns = (
        _owner("actor"),
        _type("The type of tie.", _TIES),
        target._replace(name="target", doc="The actor that it belongs to or is a partner of."),
        *rest,
        _PLACE,
    )

    def rows(_: int, actor: Record) -> Iterator[Row]:
        for kind in _TIES:
            for place, tie in enumerate(actor.get(kind, ()), 1):
                parts = tie if isinstance(tie, dict) else {"actor": tie}
                yield actor["id"], kind, *(value(parts) for value in values), place

    doc = "A tie of an actor to an actor, with its time if that is known."
    return Table("actor_ties", doc, "actor", columns, ("actor", "type", "place"), rows)


def _actor_entries(name: str, field: str, doc: str, declared: Any) -> Table:
    """Return the table of a list of mappings in actors, with a column for each part."""
    columns, values = zip(*field_columns(declared), strict=True)

    def rows(_: int, actor: Record) -> Iterator[Row]:
        for place, entry in enumerate(actor.get(field, ()), 1):
            yield (actor["id"], place, *(value(entry) for value in values))

    columns = (_owner("actor"), _PLACE, *columns)
    return Table(name, doc, "actor", columns, ("actor", "place"), rows)


def _source_names() -> Table:
    named, values = zip(*field_columns(CslName), strict=True)
    columns = (
        _owner("source"),
        _type("Their role (a CSL name variable).", _NAMES),
        _PLACE,
        Column("name", "The display name: the literal name, or family and given names."),
        *named,
    )

    def rows(_: int, source: Record) -> Iterator[Row]:
        for kind in _NAMES:
            for place, name in enumerate(source.get(kind, ()), 1):
                rest = (value(name) for value in values)
                yield source["id"], kind, place, name_text(name), *rest

    doc = "A person or organization behind a source: author, editor and so on."
    return Table("source_names", doc, "source", columns, ("source", "type", "place"), rows)


def _source_dates() -> Table:
    declared = [part for part in field_columns(CslDate) if part.column.name != "date_parts"]
    structured, values = zip(*declared, strict=True)
    columns = (
        _owner("source"),
        _type("Which date it is (a CSL date variable).", _DATES),
        Column("date", "The date as text, such as `2024-08-07`, `2024-08` or `2023/2024`."),
        FIRST_DAY,
        LAST_DAY,
        *structured,
    )

    def rows(_: int, source: Record) -> Iterator[Row]:
        for kind in _DATES:
            if kind in source:
                date: Any = source[kind]
                text = date_text(date)
                rest = date if isinstance(date, dict) else {}
                yield source["id"], kind, text, *days(text), *(value(rest) for value in values)

    doc = "A date of a source: when it was issued, accessed and so on."
    return Table("source_dates", doc, "source", columns, ("source", "type"), rows)


_ACTOR = Column("actor", "The actor.", required=True, refers="actors")
_TOPIC = Column("topic", "The topic.", required=True)

TABLES = (
    _corpus(),
    _records("actor", "A state, alliance, organization, group, institution or person."),
    _actor_names(),
    _actor_ties(),
    _actor_entries("actor_offices", "offices", "An office that a person holds or held.", Office),
    _actor_entries(
        "actor_sources",
        "sources",
        "A source for what the corpus says of an actor, and where in it.",
        Citation,
    ),
    _records("claim", "One statement that could be contested, in the curator's own words."),
    _listed("claim_speakers", "by", "An actor who makes a claim.", _ACTOR),
    _listed(
        "claim_about", "about", "An actor that a claim concerns, including its subject.", _ACTOR
    ),
    _listed("claim_topics", "topics", "A topic of a claim.", _TOPIC),
    _links(),
    _records("source", "A document, as a CSL 1.0.2 reference."),
    _source_names(),
    _source_dates(),
)
