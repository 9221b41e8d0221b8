"""`explore import`."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from explore.cli.filters import Color, Corpus
from explore.errors import UsageError

if TYPE_CHECKING:
    from explore.corpus.journal import View
    from explore.importing.claims import Imported
    from explore.importing.into import Plan
    from explore.importing.source_file import SourceFile
    from explore.model.fields import RecordType
    from explore.model.records import Record
    from explore.terminal.screen import Screen

Kind = Literal["actors", "claims", "sources"]
As = Literal["csv", "tsv", "json", "jsonl", "xlsx"]

# Of what stays from an earlier import, as many ids as a person reads.
_SHOWN = 5
# Of a value in a conflict, as much as is needed to know it.
_LONGEST = 60


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Table or reference library to import.")
    ],
    kind: Annotated[
        Kind | None,
        typer.Option(help="What its rows are. [default: claims, if nothing else tells]"),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="Map a column to a field."),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Set a field of all records."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="YAML file with these mappings and more.")
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Encoding of the text, such as windows-1252. [default: UTF-8, else a guess]",
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Sheet of a spreadsheet. [default: the first that is visible]"
        ),
    ] = None,
    form: Annotated[
        As | None, typer.Option("--as", help="The format, if the file's name does not tell.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Corpus to import into. [default: --corpus, then this folder]"
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be written without writing it.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if a row is rejected or in conflict.")
    ] = False,
    corpus: Corpus = None,
    color: Color = None,
) -> None:
    """Import records from a table or a reference library.

    CSV, TSV, JSON, JSON Lines and XLSX of claims or actors; BibTeX, RIS, CSL-JSON and CSL-YAML of
    sources. Exit status 1 if a row is rejected or in conflict; each is reported with its number
    and the reason.
    """
    from explore.corpus.journal import steady
    from explore.corpus.transaction import write, writing
    from explore.importing.ids import file_name
    from explore.importing.source_file import How, read_file
    from explore.terminal.screen import Screen

    general = ctx.parent.params if ctx.parent else {}
    screen = Screen(color or general.get("color") or "auto")
    folder = _folder(into, corpus or general.get("corpus"))
    if not file.is_file():
        raise UsageError(f"{file} is not a file; name a table or a library of references")
    how = How(kind, maps or [], sets or [], mapping, form, encoding, sheet)
    source = read_file(file, file_name(file.stem), how, screen.note)
    if dry_run:
        # Nobody is kept waiting, and nobody waits.
        outcome = steady(folder, lambda view: _planned(folder, view, source, screen))
        is_written = False
    else:
        with writing(folder, screen.note):
            outcome = steady(folder, lambda view: _planned(folder, view, source, screen))
            is_written = not (strict and (outcome.found.rejected or outcome.plan.conflicts))
            if is_written and outcome.plan.writes:
                _refuse_edited(folder, outcome)
                write(folder, outcome.plan.writes)
    _report_rows(outcome.found, screen)
    if dry_run:
        for change in outcome.plan.changes:
            screen.say([f"# {change.path}", *change.text.removesuffix("\n").split("\n")])
    _report(outcome, screen, is_written=is_written)
    if outcome.found.rejected or outcome.plan.conflicts:
        raise typer.Exit(1)


class _Outcome(NamedTuple):
    """What comes of an import, and how the files of the corpus looked before."""

    found: "Imported"
    plan: "Plan"
    before: list[Any]


def _planned(folder: Path, view: "View", source: "SourceFile", screen: "Screen") -> _Outcome:
    from explore.corpus.load import load
    from explore.importing.by_type import completed, joined
    from explore.importing.claims import imported
    from explore.importing.into import plan, remembered, standing
    from explore.index.freshness import stamps

    stamped = stamps(folder)
    name = source.table.name
    corpus = load(folder).records
    known = remembered(folder, view, name)
    found: dict[RecordType, Imported] = {}
    for mapping, rows in source.parts:
        kind = mapping.kind
        before = standing(folder, view, kind, name)
        own = {record["id"] for record in before}
        others = dict(corpus)
        others[kind] = [record for record in corpus[kind] if record["id"] not in own]
        for part in found.values():
            others = completed(others, part)
        written = known.written[kind] if known else {}

        def steps(drafts: Any) -> Iterable[Any]:
            return screen.progress(drafts, "rows")

        found[kind] = imported(rows, mapping, others, before, written, steps)
    whole = joined(found)
    return _Outcome(whole, plan(folder, view, source.table, whole.records, corpus), stamped)


def _refuse_edited(folder: Path, outcome: _Outcome) -> None:
    """Make sure that nobody has edited the corpus while it was read.

    Raises:
        ExploreError: if somebody has.
    """
    from explore.errors import ExploreError
    from explore.index.freshness import stamps

    if stamps(folder) != outcome.before:
        raise ExploreError(f"{folder} was edited meanwhile; nothing is written, try again")


def _folder(into: Path | None, corpus: str | None) -> Path:
    from explore.corpus.files import bundled_corpus

    folder = into or Path(corpus or os.environ.get("EXPLORE_CORPUS") or ".")
    if folder.resolve() == bundled_corpus().resolve():
        raise UsageError("the bundled corpus cannot be written to; name yours with --into")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    return folder


def _report_rows(found: "Imported", screen: "Screen") -> None:
    for note in found.notes:
        screen.note(note)
    for number, reason in found.rejected:
        screen.note(f"row {number}: {reason}")


def _report(outcome: _Outcome, screen: "Screen", *, is_written: bool) -> None:
    found, plan, _ = outcome
    if plan.doubt:
        screen.note(f"{plan.doubt}: what differs from the table is not overwritten")
    for change in plan.changes:
        what = f"{change.added} new, {len(change.changed)} changed"
        how = _listed([_changed(name, fields) for name, fields in change.changed.items()], "; ")
        what += f" ({how})" if how else ""
        screen.note(f"{change.path}: {what}{'' if is_written else ' (not written)'}")
    if not plan.changes and not plan.conflicts:
        screen.note("nothing to import")
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
