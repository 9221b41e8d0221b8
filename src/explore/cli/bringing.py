"""The command that brings tables and reference libraries into a corpus."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from explore.cli import options as o
from explore.errors import UsageError

if TYPE_CHECKING:
    from explore.corpus.journal import View
    from explore.importing.claims import Imported
    from explore.importing.into import Plan, Table
    from explore.importing.mapping import Mapping, MappingFile
    from explore.importing.rows import Row
    from explore.records import Record, RecordType
    from explore.screen import Screen

Kind = Literal["actors", "claims", "sources"]
As = Literal["csv", "tsv", "json", "jsonl", "xlsx"]

# Of what stays from an earlier import, as many ids as a person reads.
_SHOWN = 5
# Of a value in a conflict, as much as is needed to know it.
_LONGEST = 60
# In these a row says all that it says by itself; in tables the header does.
_OBJECTS = frozenset(("json", "jsonl"))
_TYPES: dict[str, "RecordType"] = {"actors": "actor", "claims": "claim", "sources": "source"}


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table, or a library of references.")
    ],
    kind: Annotated[
        Kind | None, typer.Option(help="What its rows are; claims, if nothing else tells.")
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What becomes of a column."),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="A field that all records have."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file that says both, and more.")
    ] = None,
    form: Annotated[
        As | None, typer.Option("--as", help="The format, where the name does not tell.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The corpus; else as --corpus, else this folder."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be written, and write nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if a row is rejected or in conflict.")
    ] = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """A table or a library as records.

    CSV, TSV, JSON, JSON Lines and XLSX of claims or actors; CSL-JSON, CSL-YAML and BibTeX of
    sources. Exit status 1 if a row is rejected; each is told with its number and the reason.
    """
    from explore.corpus.journal import steady
    from explore.corpus.transaction import write, writing
    from explore.screen import Screen

    general = ctx.parent.params if ctx.parent else {}
    screen = Screen(color or general.get("color") or "auto")
    folder = _folder(into, corpus or general.get("corpus"))
    if not file.is_file():
        raise UsageError(f"{file} is no file")
    table = _read(file, kind, (maps or [], sets or [], mapping, form), screen)
    if dry_run:
        # Nobody is kept waiting, and nobody waits.
        outcome = steady(folder, lambda view: _planned(folder, view, table, screen))
        is_written = False
    else:
        with writing(folder, screen.note):
            outcome = steady(folder, lambda view: _planned(folder, view, table, screen))
            is_written = not (strict and (outcome.found.rejected or outcome.plan.conflicts))
            if is_written and outcome.plan.writes:
                _refuse_edited(folder, outcome)
                write(folder, outcome.plan.writes)
    _tell_rejected(outcome.found, screen)
    if dry_run:
        screen.write(f"# {change.path}\n{change.text}" for change in outcome.plan.changes)
    _tell(outcome, screen, is_written=is_written)
    if outcome.found.rejected or outcome.plan.conflicts:
        raise typer.Exit(1)


class _Read(NamedTuple):
    """A table as it was read: its rows, what becomes of their columns, and the rest."""

    rows: list["Row"]
    mapping: "Mapping"
    table: "Table"


class _Outcome(NamedTuple):
    """What comes of an import, and how the files of the corpus looked before."""

    found: "Imported"
    plan: "Plan"
    before: list[Any]


def _planned(folder: Path, view: "View", table: _Read, screen: "Screen") -> _Outcome:
    from explore.corpus.load import load
    from explore.importing.claims import imported
    from explore.importing.into import plan, remembered, standing
    from explore.index.fresh import stamps

    stamped = stamps(folder)
    kind = table.mapping.kind
    corpus = load(folder).records
    before = standing(folder, view, kind, table.table.name)
    own = {record["id"] for record in before}
    others = dict(corpus)
    others[kind] = [record for record in corpus[kind] if record["id"] not in own]

    def steps(drafts: Any) -> Any:
        return screen.progress(drafts, "rows")

    known = remembered(folder, view, table.table.name)
    written = known.written[kind] if known else {}
    found = imported(table.rows, table.mapping, others, before, written, steps)
    return _Outcome(found, plan(folder, view, table.table, found.records, corpus), stamped)


def _refuse_edited(folder: Path, outcome: _Outcome) -> None:
    """Make sure that nobody has edited the corpus while it was read.

    Raises:
        ExploreError: if somebody has.
    """
    from explore.errors import ExploreError
    from explore.index.fresh import stamps

    if stamps(folder) != outcome.before:
        raise ExploreError(f"{folder} was edited meanwhile; nothing is written, try again")


def _folder(into: Path | None, corpus: str | None) -> Path:
    from explore.corpus.place import shipped

    folder = into or Path(corpus or os.environ.get("EXPLORE_CORPUS") or ".")
    if folder.resolve() == shipped().resolve():
        raise UsageError("the corpus that ships is not written to; name yours with --into")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder")
    return folder


def _name(file: Path) -> str:
    from explore.importing.ids import slug

    return slug(file.stem, "import")


def _read(
    file: Path,
    kind: Kind | None,
    how: tuple[list[str], list[str], Path | None, As | None],
    screen: "Screen",
) -> _Read:
    from explore.importing.into import Table
    from explore.importing.mapping import Mapping, read
    from explore.importing.references import are_references, references_of
    from explore.importing.rows import format_of, rows_of

    maps, sets, path, form = how
    described: MappingFile = read(path) if path else {}
    wanted = kind or described.get("kind")
    if form is None and wanted in (None, "sources") and are_references(file):
        references = references_of(file)
        for name, count in sorted(references.dropped.items()):
            screen.note(f"the field '{name}' of {count} sources is not kept")
        understood = Mapping("source", described, maps, sets)
        rows, is_whole = references.rows, True
        columns = _columns(rows)
    else:
        understood = Mapping(_TYPES[wanted or "claims"], described, maps, sets)
        form = form or format_of(file)
        rows, is_whole = list(rows_of(file, form, header=understood.header)), form in _OBJECTS
        columns = _columns(rows)
        _tell_columns(columns, understood, screen)
    table = Table(_name(file), understood.fields_of(columns), is_whole, columns)
    return _Read(rows, understood, table)


def _columns(rows: list["Row"]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in (*row.cells, *row.empty)))


def _tell_columns(columns: list[str], mapping: "Mapping", screen: "Screen") -> None:
    missing = mapping.unknown(columns)
    if missing and columns:
        raise UsageError(
            f"no row has a column '{missing[0]}'; there are {', '.join(columns) or 'none'}"
        )
    unused = mapping.unused(columns)
    if unused:
        screen.note(f"not imported: {', '.join(unused)}; --map COLUMN=FIELD takes a column in")


def _tell_rejected(found: "Imported", screen: "Screen") -> None:
    for number, reason in found.rejected:
        screen.note(f"row {number}: {reason}")


def _tell(outcome: _Outcome, screen: "Screen", *, is_written: bool) -> None:
    found, plan, _ = outcome
    if plan.doubt:
        screen.note(f"{plan.doubt}: what differs from the table is not overwritten")
    for change in plan.changes:
        what = f"{change.added} new, {len(change.changed)} changed"
        how = _listed([_changed(name, fields) for name, fields in change.changed.items()], "; ")
        what += f" ({how})" if how else ""
        screen.note(f"{change.path}: {what}{'' if is_written else ' (not written)'}")
    if not plan.changes and not plan.conflicts:
        screen.note("nothing new")
    if plan.silent:
        names = ", ".join(plan.silent)
        screen.note(f"no column for {names} now; what an earlier import took from it stays")
    if plan.kept:
        names = _listed(
            [f"{name} {', '.join(fields)}" for name, fields in plan.kept.items()], "; "
        )
        screen.note(f"edited by hand since the last import, and kept: {names}")
    for name, conflict in plan.conflicts:
        stands, said = _short(conflict.stands), _short(conflict.said)
        screen.note(f"conflict: {name} {conflict.field}: edited to {stands}, the table has {said}")
    if found.left:
        names = _listed(found.left, ", ")
        screen.note(f"{len(found.left)} of an earlier import are in no row now, and stay: {names}")
    rows = len({rejection.number for rejection in found.rejected})
    if rows:
        screen.note(f"{rows} row{'' if rows == 1 else 's'} rejected")
    if plan.conflicts:
        count = len(plan.conflicts)
        screen.note(f"{count} conflict{'' if count == 1 else 's'}; the corpus is left as edited")


def _listed(names: list[str], between: str) -> str:
    return between.join([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])])


def _changed(name: str, fields: "Record") -> str:
    parts = [
        f"{field} {'removed' if value is None else 'changed'}" for field, value in fields.items()
    ]
    return f"{name}: {', '.join(parts)}"


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}'"
