"""The commands that set claims against each other."""

import typer

from explore.cli import options as o
from explore.cli import tables
from explore.cli.session import Answer, Session, cut, limit_for


def tree(
    ctx: typer.Context,
    claim: o.Top = None,
    depth: o.Depth = None,
    only: o.Only = None,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """The argument as a tree.

    From the thesis down, or from one claim: under each claim those that support, dispute or
    qualify it, give it background, or answer it.
    """
    from explore.index import resolve
    from explore.tree import FIELDS, grown, roots

    session = Session(ctx, corpus, color)
    index = session.index
    tops = [resolve.claim(index.db, claim)] if claim else roots(index)
    found = list(grown(index, tops, depth, only or ()))
    shown = list(cut(found, limit_for(form, limit)))
    session.give(Answer("lines", shown, FIELDS, tables.branches, FIELDS, len(found)), form)
