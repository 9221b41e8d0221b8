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
            metavar="ID...",
            help="Records of any type; a topic stands for its claims.",
            autocompletion=completion.record,
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
    from explore.cli.claims import print_claims
    from explore.cli.session import Answer, Session
    from explore.index import lookup
    from explore.model.records import fields

    session = Session(ctx, output)
    db = session.index.db
    known = [lookup.named(db, name) for name in names]
    topics = [found[1] for found in known if found and found[0] == "topic"]
    if len(topics) == len(names) and not cite:
        print_claims(session, {"topic": topics})
        return
    ids = dict.fromkeys(found for name in names for found in lookup.opened(db, name))
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
