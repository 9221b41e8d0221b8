"""The command that brings tables and reference libraries into a corpus."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from explore.cli import options as o
from explore.errors import UsageError

if TYPE_CHECKING:
    from explore.importing.claims import Imported, Records
    from explore.importing.into import Change
    from explore.importing.mapping import MappingFile
    from explore.importing.rows import Row
    from explore.records import Record, RecordType
    from explore.screen import Screen

Kind = Literal["actors", "claims", "sources"]
As = Literal["csv", "tsv", "json", "jsonl", "xlsx"]

# Of what stays from an earlier import, as many ids as a person reads.
_SHOWN = 5
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
        bool, typer.Option("--strict", help="Write nothing if any row is rejected.")
    ] = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """A table or a library as records.

    CSV, TSV, JSON, JSON Lines and XLSX of claims or actors; CSL-JSON, CSL-YAML and BibTeX of
    sources. Exit status 1 if a row is rejected; each is told with its number and the reason.
    """
    from explore.importing.into import changes, put
    from explore.screen import Screen

    general = ctx.parent.params if ctx.parent else {}
    screen = Screen(color or general.get("color") or "auto")
    folder = _folder(into, corpus or general.get("corpus"))
    if not file.is_file():
        raise UsageError(f"{file} is no file")
    found = _imported(file, kind, (maps or [], sets or [], mapping, form), folder, screen)
    planned = changes(folder, _name(file), found.records)
    _tell_rejected(found, screen)
    if dry_run:
        for change in planned:
            screen.say([f"# {change.path}", *change.text.removesuffix("\n").split("\n")])
    elif not (strict and found.rejected):
        put(planned)
    _tell(planned, found, screen, written=not dry_run and not (strict and found.rejected))
    if found.rejected:
        raise typer.Exit(1)


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


def _imported(
    file: Path,
    kind: Kind | None,
    how: tuple[list[str], list[str], Path | None, As | None],
    folder: Path,
    screen: "Screen",
) -> "Imported":
    from explore.importing.claims import imported
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
        rows = references.rows
    else:
        understood = Mapping(_TYPES[wanted or "claims"], described, maps, sets)
        rows = list(rows_of(file, form or format_of(file), header=understood.header))
        _tell_columns(rows, understood, screen)
    records, before = _standing(folder, understood.kind, _name(file))
    return imported(
        rows, understood, records, before, lambda drafts: screen.progress(drafts, "rows")
    )


def _standing(folder: Path, kind: "RecordType", name: str) -> tuple["Records", list["Record"]]:
    """Give the records of a corpus, and apart from them those of an earlier import.

    Raises:
        CorpusError: if the corpus has problems.
    """
    from explore.corpus.load import load
    from explore.corpus.stream import records_of
    from explore.importing.into import target

    records = load(folder).records
    path = target(folder, kind, name)
    before = list(records_of(kind, path)) if path.is_file() else []
    own = {record["id"] for record in before}
    records[kind] = [record for record in records[kind] if record["id"] not in own]
    return records, before


def _tell_columns(rows: list["Row"], mapping: Any, screen: "Screen") -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    missing = mapping.unknown(columns)
    if missing and rows:
        raise UsageError(
            f"no row has a column '{missing[0]}'; there are {', '.join(columns) or 'none'}"
        )
    unused = mapping.unused(columns)
    if unused:
        screen.note(f"not imported: {', '.join(unused)}; --map COLUMN=FIELD takes a column in")


def _tell_rejected(found: "Imported", screen: "Screen") -> None:
    for number, reason in found.rejected:
        screen.note(f"row {number}: {reason}")


def _tell(planned: list["Change"], found: "Imported", screen: "Screen", *, written: bool) -> None:
    for change in planned:
        what = f"{change.added} new, {change.changed} changed"
        screen.note(f"{change.path}: {what}{'' if written else ' (not written)'}")
    if not planned:
        screen.note("nothing new")
    if found.left:
        count = len(found.left)
        names = ", ".join(found.left[:_SHOWN]) + (", …" if count > _SHOWN else "")
        screen.note(f"{count} of an earlier import are in no row now, and stay: {names}")
    rows = len({rejection.number for rejection in found.rejected})
    if rows:
        screen.note(f"{rows} row{'' if rows == 1 else 's'} rejected")
