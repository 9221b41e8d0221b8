"""`explore audit`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from explore.cli.filters import Output, output_options
from explore.errors import UsageError

if TYPE_CHECKING:
    from explore.cli.session import Session


@output_options("limit")
def audit(
    ctx: typer.Context,
    output: Output,
    text: Annotated[
        list[str],
        typer.Option(
            metavar="SOURCE=FILE", help="A source, and your own copy of it as text or HTML."
        ),
    ],
) -> None:
    """Check quotes against your own copy of a source.

    Each is at its place, elsewhere, or nowhere. Curly quotes, dashes and line breaks do not
    matter. Exit status 1 if a quote is nowhere.
    """
    from explore.analysis.audit import FIELDS
    from explore.cli.session import Answer, Session

    session = Session(ctx, output)
    findings = [
        found
        for pair in session.screen.progress(text, "sources")
        for found in _audited(session, pair)
    ]

    def table() -> Iterable[str]:
        from explore.terminal.audit import show

        return show(findings, session.screen)

    total = len(findings)
    session.print_answer(Answer("quotes", findings, FIELDS, table, total, total))
    if any(finding["finding"] == "nowhere" for finding in findings):
        raise typer.Exit(1)


def _audited(session: "Session", pair: str) -> list[dict[str, Any]]:
    from explore.analysis.audit import USUAL_HEAD, audit, numbered
    from explore.analysis.source_copy import paragraphs
    from explore.model.query import Query

    source, path = _source_and_copy(session, pair)
    claims = list(session.index.claims(Query(where={"source": (source,)})))
    copy = numbered(paragraphs(path), claims)
    if copy.head != USUAL_HEAD:
        session.screen.note(
            f"{source}: counting from block {copy.head + 1} of this copy as paragraph 1,"
            f" not from block {USUAL_HEAD + 1}"
        )
    return list(audit(copy, claims))


def _source_and_copy(session: "Session", pair: str) -> tuple[str, Path]:
    from explore.index import lookup

    name, _, path = pair.partition("=")
    if not path:
        raise UsageError(f"--text: '{pair}' is not of the form SOURCE=FILE")
    if not Path(path).is_file():
        raise UsageError(f"--text: {path} is not a file")
    return lookup.source(session.index.db, name), Path(path)
