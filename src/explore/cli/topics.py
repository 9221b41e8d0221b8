"""`explore topics`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.filters import Output, output_options


@output_options()
def topics(
    ctx: typer.Context,
    output: Output,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]...", help="Topics to open.", autocompletion=completion.topic
        ),
    ] = None,
) -> None:
    """List topics with their number of claims, or the claims of a topic.

    Also shows the actors that these claims concern most.
    """
    from explore.analysis.listings import topic_rows
    from explore.cli.session import Answer, Session

    session = Session(ctx, output)
    if names:
        from explore.cli.claims import print_claims

        print_claims(session, {"topic": names})
        return
    rows = topic_rows(session.index)
    shown = rows[: session.limit or None]

    def table() -> Iterable[str]:
        from explore.terminal.listings import topics as show

        return show(shown, session.screen)

    columns = ("topic", "claims", "about")
    records = [row.record() for row in shown]
    session.print_answer(Answer("topics", records, columns, table, len(shown), len(rows)))
