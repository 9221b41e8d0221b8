"""`explore show`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.filters import Output, output_options
from explore.formats.citations import ReferenceFormat


@output_options()
def show(
    ctx: typer.Context,
    output: Output,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="Records of any type.", autocompletion=completion.record
        ),
    ],
    cite: Annotated[
        ReferenceFormat | None,
        typer.Option("--cite", help="Print only the cited references, in this format."),
    ] = None,
) -> None:
    """Show one or more records in full.

    Of a claim: who says it and where, then what claims of other sources say to it, those that
    dispute it first.
    """
    from explore.analysis.cards import card
    from explore.cli.session import Answer, Session
    from explore.index import lookup
    from explore.model.records import fields

    session = Session(ctx, output)
    ids = dict.fromkeys(lookup.anything(session.index.db, name) for name in names)
    found = [session.index.record(name) for name in ids]
    if cite:
        from explore.formats.citations import writer
        from explore.model.records import sources_of

        cited = dict.fromkeys(name for kind, each in found for name in sources_of(kind, each))
        sources = [session.index.record(name)[1] for name in cited]
        session.screen.write([writer(cite)(sources, session.screen.note)])
        return
    columns = list(dict.fromkeys(name for kind, _ in found for name in fields(kind)))

    def table() -> Iterable[str]:
        from explore.terminal.cards import stack

        cards = [card(session.index, kind, record) for kind, record in found]
        return stack(cards, output.limit, session.screen)

    records = [record for _, record in found]
    session.print_answer(Answer("records", records, columns, table, len(found), len(found)))
