"""The command that brings tables and reference libraries into a corpus."""

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from explore.cli import options as o
from explore.errors import UsageError

if TYPE_CHECKING:
    from explore.importing.claims import Imported, Records
    from explore.importing.into import Change
    from explore.importing.mapping import Mapping, MappingFile
    from explore.importing.references import References
    from explore.importing.rows import Row
    from explore.records import Record, RecordType
    from explore.screen import Screen

Kind = Literal["actors", "claims", "sources"]
As = Literal["csv", "tsv", "json", "jsonl", "xlsx"]

# Of what stays from an earlier import, and of columns, as many as a person reads.
_SHOWN, _SHOWN_COLUMNS = 5, 50
_TYPES: dict[str, "RecordType"] = {"actors": "actor", "claims": "claim", "sources": "source"}


class _How(NamedTuple):
    """How a person says that a file is to be read."""

    maps: list[str]
    sets: list[str]
    mapping: Path | None
    form: As | None
    encoding: str | None
    sheet: str | None


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
        typer.Option("--map", metavar="COLUMN=FIELD", help="Field that a column becomes."),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="Value of a field where a row has none."
        ),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file that says both, and more.")
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

    CSV, TSV, JSON, JSON Lines and XLSX of claims or actors; BibTeX, RIS, CSL-JSON and CSL-YAML of
    sources. Exit status 1 if a row is rejected; each is told with its number and the reason.
    """
    from explore.importing.into import changes, put
    from explore.screen import Screen

    general = ctx.parent.params if ctx.parent else {}
    screen = Screen(color or general.get("color") or "auto")
    folder = _folder(into, corpus or general.get("corpus"))
    if not file.is_file():
        raise UsageError(f"{file} is not a file; name a table or a library of references")
    how = _How(maps or [], sets or [], mapping, form, encoding, sheet)
    found = _imported(file, kind, how, folder, screen)
    planned = changes(folder, _name(file), found.records)
    _tell_rejected(found, screen)
    if dry_run:
        screen.write(f"# {change.path}\n{change.text}" for change in planned)
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
    from explore.importing.ids import file_name

    return file_name(file.stem)


def _imported(
    file: Path, kind: Kind | None, how: _How, folder: Path, screen: "Screen"
) -> "Imported":
    from explore.importing.decoding import bounded
    from explore.importing.json_rows import measure
    from explore.importing.mapping import Mapping, read
    from explore.importing.references import are_references, references_of

    if bounded(file).suffix.lower() == ".json":
        # Before anybody makes values of it.
        measure(file, file.read_bytes())
    described: MappingFile = read(how.mapping) if how.mapping else {}
    wanted = kind or described.get("kind")
    if how.form is None and wanted in (None, "sources") and are_references(file):
        references = references_of(file, how.encoding)
        _tell_left(references, screen)
        understood = Mapping("source", described, how.maps, how.sets)
        return _records(references.rows, understood, *_standing(folder, "source", file), screen)
    understood = Mapping(_TYPES[wanted or "claims"], described, how.maps, how.sets)
    rows = _rows(file, how, understood, screen)
    types = _by_type(rows, wanted, how, screen)
    if types:
        return _all_types(types, file, how, folder, screen)
    _tell_columns(rows, understood, screen)
    return _records(rows, understood, *_standing(folder, understood.kind, file), screen)


def _rows(file: Path, how: _How, mapping: "Mapping", screen: "Screen") -> list["Row"]:
    from explore.importing.rows import Reading, format_of, rows_of

    reading = Reading(screen.note, mapping.header, how.encoding, how.sheet, mapping.is_own)
    return list(rows_of(file, how.form or format_of(file), reading))


def _by_type(
    rows: list["Row"], wanted: str | None, how: _How, screen: "Screen"
) -> dict["RecordType", list["Row"]] | None:
    """Return the rows by the types that they state, if they do; of one type if that is wanted."""
    from explore.importing.by_type import by_type

    types = by_type(rows)
    if types and wanted:
        kind = _TYPES[wanted]
        taken = [row for group in types.values() for row in group if row.fault]
        taken += [row for row in types.get(kind, []) if not row.fault]
        others = sum(map(len, types.values())) - len(taken)
        if others:
            screen.note(f"{others} records are of other types than --kind {wanted}: not imported")
        return {kind: taken}
    if types and len(types) > 1 and (how.maps or how.sets or how.mapping):
        raise UsageError("the file has records of several types; say which one by --kind")
    return types


def _all_types(
    types: dict["RecordType", list["Row"]],
    file: Path,
    how: _How,
    folder: Path,
    screen: "Screen",
) -> "Imported":
    from explore.importing.by_type import completed, joined
    from explore.importing.mapping import Mapping, read

    found: dict[RecordType, Imported] = {}
    for kind, rows in types.items():
        understood = Mapping(kind, read(how.mapping) if how.mapping else {}, how.maps, how.sets)
        _tell_columns(rows, understood, screen)
        corpus, before = _standing(folder, kind, file)
        for part in found.values():
            corpus = completed(corpus, part)
        found[kind] = _records(rows, understood, corpus, before, screen)
    return joined(found)


def _records(
    rows: list["Row"],
    mapping: "Mapping",
    corpus: "Records",
    before: list["Record"],
    screen: "Screen",
) -> "Imported":
    from explore.importing.claims import imported

    return imported(rows, mapping, corpus, before, lambda drafts: screen.progress(drafts, "rows"))


def _standing(folder: Path, kind: "RecordType", file: Path) -> tuple["Records", list["Record"]]:
    """Return the records of a corpus, and apart from them those of an earlier import.

    Raises:
        CorpusError: if the corpus has problems.
    """
    from explore.corpus.load import load
    from explore.corpus.stream import records_of
    from explore.importing.into import target

    records = load(folder).records
    path = target(folder, kind, _name(file))
    before = list(records_of(kind, path)) if path.is_file() else []
    own = {record["id"] for record in before}
    records[kind] = [record for record in records[kind] if record["id"] not in own]
    return records, before


def _tell_columns(rows: list["Row"], mapping: "Mapping", screen: "Screen") -> None:
    columns = list(dict.fromkeys(name for row in rows for name in (*row.cells, *row.empty)))
    missing = mapping.unknown(columns)
    if missing and rows:
        there = _listed(columns, _SHOWN_COLUMNS) or "none"
        raise UsageError(f"no column is called '{missing[0]}'; the columns are {there}")
    filled = {name for row in rows for name in row.cells}
    unused = [name for name in mapping.unused(columns) if name in filled]
    if unused:
        screen.note(
            f"columns not imported: {_listed(unused, _SHOWN_COLUMNS)};"
            " --map COLUMN=FIELD imports one"
        )


def _listed(names: list[str], most: int) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _tell_left(found: "References", screen: "Screen") -> None:
    """Name what was left out with its entries, and then each field with how many had it."""
    for place, names in found.left:
        screen.note(f"{place}: left out: {', '.join(names)}")
    counts = Counter(name for _, names in found.left for name in names if " " not in name)
    for name, count in sorted(counts.items()):
        screen.note(f"the field '{name}' of {count} sources is not kept")


def _tell_rejected(found: "Imported", screen: "Screen") -> None:
    for note in found.notes:
        screen.note(note)
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
