"""`explore summary`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.claims import COLUMNS
from explore.cli.filters import Output, output_options


@output_options("limit")
def summary(
    ctx: typer.Context,
    output: Output,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="SOURCE",
            help="The argument of this source. [default: of whoever makes the thesis]",
            autocompletion=completion.source,
        ),
    ] = None,
) -> None:
    """Summarize the argument in order.

    Thesis, background, drivers, means, contrasts, constraints, threats, responses and
    recommendations. With --format md it is a page to hand in.
    """
    from explore.analysis.outline import outline
    from explore.cli.session import Answer, Session
    from explore.index import lookup
    from explore.model.records import fields

    session = Session(ctx, output)
    main = lookup.source(session.index.db, source) if source else None
    found = outline(session.index, main)
    if output.form == "md":
        from explore.formats.brief import write

        session.screen.write(write(found))
        return

    def table() -> Iterable[str]:
        from explore.terminal.summary import show

        return show(found, session.screen)

    records = [line.summary.claim for line in found.lines()]
    session.print_answer(
        Answer("claims", records, fields("claim"), table, len(records), len(records), COLUMNS)
    )
