"""The commands that set claims against each other."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from explore.cli import options as o
from explore.cli import tables
from explore.cli.session import Answer, Session, cut, limit_for
from explore.model.records import Record, fields

if TYPE_CHECKING:
    from explore.index.queries import Index
    from explore.terminal.screen import Screen

# So many names stand in each count of a table; the other formats have all.
_NAMES = 12
# So many claims stand in each cell of a comparison; the other formats have all.
_TOLD = 3
_EVENT_BRIEF = ("date", "text", "id", "by", "source")


def tree(
    ctx: typer.Context,
    claim: o.Top = None,
    depth: o.Depth = None,
    only: o.Only = None,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """The argument as a tree.

    From the thesis down, or from one claim: under each claim those that support, dispute or
    qualify it, give it background, or answer it.
    """
    from explore.index import lookup as resolve
    from explore.analysis.tree import FIELDS, grown, roots

    session = Session(ctx, corpus, color, raw=raw)
    index = session.index
    tops = [resolve.claim(index.db, claim)] if claim else roots(index)
    found = list(grown(index, tops, depth, only or ()))
    shown = list(cut(found, limit_for(form, limit)))
    session.give(Answer("lines", shown, FIELDS, tables.branches, FIELDS, len(found)), form)


def timeline(
    ctx: typer.Context,
    about: o.About = None,
    by: o.By = None,
    topic: o.Topic = None,
    source: o.Source = None,
    since: o.Since = None,
    until: o.Until = None,
    search: o.Search = None,
    members: o.Members = False,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Dated facts in order, by year.

    With dates as precise as they were written, and a mark where the source of the thesis
    appeared: its authors could not know what follows.
    """
    from explore.cli.filters import understand

    session = Session(ctx, corpus, color, raw=raw)
    understood = understand(
        session.index,
        members=members,
        about=about,
        by=by,
        kind=["fact"],
        topic=topic,
        source=source,
        since=since,
        until=until,
        search=search,
        sort="date",
        dated=True,
    )
    query = understood.query._replace(limit=limit_for(form, limit))
    found = session.index.claims(query)
    total = session.index.count(query)
    session.give(
        Answer(
            "events",
            found,
            fields("claim"),
            tables.events,
            _EVENT_BRIEF,
            total,
            understood.header,
        ),
        form,
    )


def compare(
    ctx: typer.Context,
    first: o.First,
    second: o.Second,
    topic: o.Topic = None,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Two actors side by side.

    Topic by topic: what each is said to do, and what it says of itself. Topics that the
    argument sets up as a contrast come first.
    """
    from explore.analysis import comparison as contrast
    from explore.index import lookup as resolve

    session = Session(ctx, corpus, color, raw=raw)
    index = session.index
    actors = [resolve.actor(index.db, name) for name in (first, second)]
    topics = tuple(resolve.topic(index.db, name) for name in topic or ())
    most = _TOLD if form == "table" else 0
    found = contrast.compare(index, actors[0], actors[1], topics, most)
    shown = list(cut(found, limit_for(form, limit)))
    columns = contrast.FIELDS
    session.give(Answer("topics", shown, columns, tables.comparison, columns, len(found)), form)


def stats(
    ctx: typer.Context,
    source: o.OneSource = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """How lopsided the corpus is.

    Who speaks how often about whom, and which claims of the source of the thesis, or of
    another, have nothing from other sources for, against or in limit of them.
    """
    from explore.analysis.timeline import Chronology
    from explore.index import lookup as resolve
    from explore.index.stats import tally, weighed

    session = Session(ctx, corpus, color, raw=raw)
    index = session.index
    main = resolve.source(index.db, source) if source else Chronology(index).source_id
    said = weighed(index, main) if main else []
    found = tally(index, main, said, _NAMES if form == "table" else 0)
    columns = ("count", "name", "claims", "share")

    def table(index: "Index", rows: list[Record], screen: "Screen") -> Iterable[str]:
        from explore.terminal.stats import show

        return show(index, rows, screen, main, said)

    session.give(Answer("counts", found, columns, table, columns, len(found)), form)
