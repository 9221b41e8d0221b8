"""The commands that hold a corpus against its rules, and against the world outside it."""

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from explore.cli import options as o
from explore.cli import tables
from explore.cli.session import Answer, Session
from explore.errors import CorpusFileError, UsageError
from explore.reports import ReportFormat

if TYPE_CHECKING:
    from explore.corpus.load import Examined
    from explore.index.ask import Index
    from explore.screen import Screen

# How often a watched corpus is looked at, in seconds.
_GLANCE = 0.3


def check(
    ctx: typer.Context,
    folder: Annotated[
        str | None, typer.Argument(metavar="[DIR]", help="The corpus; else as --corpus.")
    ] = None,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How to write the problems.")
    ] = "text",
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail on warnings as well as on errors.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again on every save.")] = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Every problem in a corpus.

    Each with file, line and column: errors, which keep it from answering, and warnings, which a
    curator should look at. Exit status 1 on errors; with --strict on warnings too.
    """
    from explore.corpus.place import find
    from explore.screen import Screen

    general = ctx.parent.params if ctx.parent else {}
    screen = Screen(color or general.get("color") or "auto")
    place = find(folder or corpus or general.get("corpus"))
    if watch:
        _watch(place, form, screen, strict)
    elif _checked(place, form, screen, strict):
        raise typer.Exit(1)


def _checked(folder: Path, form: ReportFormat, screen: "Screen", strict: bool) -> bool:
    from explore.corpus.load import examine
    from explore.reports import writer

    found = examine(folder)
    problems = [problem._replace(path=_near(problem.path)) for problem in found.problems]
    screen.write(writer(form)(problems))
    screen.note(_told(found))
    return any(strict or problem.severity == "error" for problem in found.problems)


def _near(path: Path) -> Path:
    try:
        here = Path.cwd()
    except OSError:
        # The working folder has been removed.
        return path
    return path.relative_to(here) if path.is_relative_to(here) else path


def _told(found: "Examined") -> str:
    times: Counter[str] = Counter()
    for problem in found.problems:
        times[problem.severity] += problem.times
    errors, warnings = times["error"], times["warning"]
    counts = {kind: len(records) for kind, records in found.records.items()}
    what = ", ".join(_counted(count, kind) for kind, count in counts.items())
    told = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    return f"{told} in {what} ({_counted(found.files, 'file')})"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _watch(folder: Path, form: ReportFormat, screen: "Screen", strict: bool) -> None:
    """Check now, and again whenever the files have changed, until the user ends it."""

    def check() -> None:
        try:
            _checked(folder, form, screen, strict)
        except OSError as error:
            where = error.filename or folder
            screen.note(f"{where}: {error.strerror}; it is checked when it is back")

    checked = before = _seen(folder)
    check()
    screen.note("watching; Ctrl-C ends it")
    while True:
        time.sleep(_GLANCE)
        now = _seen(folder)
        # A file that is being saved may be away for a moment, and a checkout takes several: what
        # looks the same twice is whole.
        if now == before and now not in (None, checked):
            checked = now
            screen.note("")
            check()
        before = now


def _seen(folder: Path) -> object:
    """Return how the files of a corpus look; nothing while any is away."""
    from explore.index.fresh import stamps

    try:
        return stamps(folder) if folder.is_dir() else None
    except CorpusFileError as error:
        return str(error)
    except OSError:
        return None


def audit(
    ctx: typer.Context,
    text: o.Texts,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Whether each quote stands where it should.

    In your own copy of its source: at its place, elsewhere, or nowhere. Curly quotes, dashes
    and line breaks do not matter. Exit status 1 if a quote is nowhere.
    """
    from explore.audit import FIELDS

    session = Session(ctx, corpus, color, raw=raw)
    findings = [
        found
        for pair in session.screen.progress(text, "sources")
        for found in _audited(session, pair)
    ]
    answer = Answer("quotes", findings, FIELDS, tables.findings, FIELDS, len(findings))
    session.give(answer, form)
    if any(finding["finding"] == "nowhere" for finding in findings):
        raise typer.Exit(1)


def _audited(session: Session, pair: str) -> list[dict[str, Any]]:
    from explore.audit import USUAL_HEAD, audit, counted
    from explore.query import Query
    from explore.reading import paragraphs

    source, path = _named(session.index, pair)
    claims = list(session.index.claims(Query(source=(source,))))
    copy = counted(paragraphs(path), claims)
    if copy.head != USUAL_HEAD:
        session.screen.note(
            f"{source}: in this copy paragraph 1 is block {copy.head + 1}, not {USUAL_HEAD + 1};"
            " counted from there"
        )
    return list(audit(copy, claims))


def _named(index: "Index", pair: str) -> tuple[str, Path]:
    from explore.index import resolve

    name, _, path = pair.partition("=")
    if not path:
        raise UsageError(f"--text: '{pair}' is no SOURCE=FILE")
    if not Path(path).is_file():
        raise UsageError(f"--text: {path} is no file")
    return resolve.source(index.db, name), Path(path)
