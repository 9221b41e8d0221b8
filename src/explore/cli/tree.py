"""`explore tree`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.filters import MAX_LIMIT, Output, output_options
from explore.model.links import LINKS


def _check_links(typed: list[str] | None) -> list[str] | None:
    for value in typed or ():
        if value not in LINKS:
            raise typer.BadParameter(f"'{value}' is not one of {', '.join(LINKS)}")
    return typed


def _complete_links(incomplete: str) -> list[str]:
    return [link for link in LINKS if link.startswith(incomplete)]


@output_options()
def tree(
    ctx: typer.Context,
    output: Output,
    claim: Annotated[
        str | None,
        typer.Argument(
            metavar="[CLAIM]",
            help="Claim to start from. [default: the thesis]",
            autocompletion=completion.claim,
        ),
    ] = None,
    depth: Annotated[
        int | None,
        typer.Option(min=0, max=MAX_LIMIT, help="Number of levels to follow. [default: all]"),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LINK",
            help=f"Follow only these links: {', '.join(LINKS)}.",
            callback=_check_links,
            autocompletion=_complete_links,
        ),
    ] = None,
) -> None:
    """Show the argument as a tree.

    Under each claim are those that support it (+), dispute it (−), qualify it (~), give it
    background (·) or respond to it (>).
    """
    from explore.analysis.tree import FIELDS
    from explore.analysis.tree import tree as grow
    from explore.cli.session import Answer, Session
    from explore.index import lookup

    session = Session(ctx, output)
    top = lookup.claim(session.index.db, claim) if claim else None
    nodes, total = grow(session.index, top, depth, only or (), session.limit)

    def table() -> Iterable[str]:
        from explore.terminal.tree import show

        return show(nodes, session.screen)

    records = [node.record() for node in nodes]
    session.print_answer(Answer("lines", records, FIELDS, table, len(nodes), total))
