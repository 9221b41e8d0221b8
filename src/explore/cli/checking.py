"""The commands that hold a corpus against the world outside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from explore.cli import options as o
from explore.cli import tables
from explore.cli.session import Answer, Session
from explore.errors import UsageError

if TYPE_CHECKING:
    from explore.index.ask import Index


def audit(
    ctx: typer.Context,
    text: o.Texts,
    form: o.OutputFormat = "table",
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Whether each quote stands where it should.

    In your own copy of its source: at its place, elsewhere, or nowhere. Curly quotes, dashes
    and line breaks do not matter. Exit status 1 if a quote is nowhere.
    """
    from explore.audit import FIELDS

    session = Session(ctx, corpus, color)
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
