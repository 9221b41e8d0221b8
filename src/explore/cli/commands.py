"""The commands: each turns its options into a question and hands on the answer."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from explore.cli import options as o
from explore.cli import tables
from explore.cli.session import Answer, Session, cut, limit_for
from explore.formats import Format
from explore.model.records import Record, fields, rests_on

if TYPE_CHECKING:
    from explore.cli.filters import Understood
    from explore.index.queries import Index
    from explore.terminal.screen import Screen

_CLAIM_BRIEF = ("id", "text", "kind", "role", "by", "source", "locator")
_ACTOR_BRIEF = ("id", "name", "kind", "member_of", "partner_of", "description")
_RESPONSE_BRIEF = ("id", "text", "subject", "instrument", "status", "responds_to", "by", "source")
_SOURCE_BRIEF = ("id", "title", "container-title", "issued", "URL")


def actors(
    ctx: typer.Context,
    names: o.ActorNames = None,
    kind: o.ActorKinds = None,
    member_of: o.MemberOf = None,
    partner_of: o.PartnerOf = None,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Who is who.

    With one actor named, its profile: who it is, what it says, does and answers.
    """
    from explore.index import lookup as resolve

    session = Session(ctx, corpus, color, raw=raw)
    db = session.index.db
    ids = list(dict.fromkeys(resolve.actor(db, name) for name in names or []))
    found = session.index.actors(
        ids,
        kind or (),
        [resolve.actor(db, name) for name in member_of or []],
        [resolve.actor(db, name) for name in partner_of or []],
    )
    found.sort(key=lambda actor: ids.index(actor["id"]) if ids else 0)
    if form == "table" and len(found) == len(ids) == 1:
        from explore.terminal import actors as view

        session.screen.show(view.profile(session.index, found[0], session.screen))
        return
    shown = list(cut(found, limit_for(form, limit)))
    session.give(
        Answer("actors", shown, fields("actor"), tables.actors, _ACTOR_BRIEF, len(found)), form
    )


def claims(
    ctx: typer.Context,
    ids: o.ClaimNames = None,
    about: o.About = None,
    by: o.By = None,
    subject: o.Subject = None,
    kind: o.Kinds = None,
    role: o.Roles = None,
    topic: o.Topic = None,
    source: o.Source = None,
    disputed: o.Disputed = None,
    since: o.Since = None,
    until: o.Until = None,
    search: o.Search = None,
    members: o.Members = False,
    sort: o.Sort = None,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """What is claimed, by whom and where.

    Options of one name widen the answer (or), different ones narrow it (and).
    """
    from explore.cli.filters import understand

    session = Session(ctx, corpus, color, raw=raw)
    understood = understand(
        session.index,
        members=members,
        ids=ids,
        about=about,
        by=by,
        subject=subject,
        kind=kind,
        role=role,
        topic=topic,
        source=source,
        disputed=disputed,
        since=since,
        until=until,
        search=search,
        sort=sort,
    )
    _give_claims(session, understood, form, limit, "claims")


def responses(
    ctx: typer.Context,
    by: o.Responder = None,
    to: o.To = None,
    instrument: o.Instruments = None,
    status: o.Statuses = None,
    unanswered: o.Unanswered = False,
    about: o.About = None,
    said_by: o.By = None,
    kind: o.Kinds = None,
    role: o.Roles = None,
    topic: o.Topic = None,
    source: o.Source = None,
    disputed: o.Disputed = None,
    since: o.Since = None,
    until: o.Until = None,
    search: o.Search = None,
    members: o.Members = False,
    sort: o.Sort = None,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Who answers what, and how.

    Each response stands beside the claims that it answers, grouped by who responds.
    """
    from explore.cli.filters import understand

    session = Session(ctx, corpus, color, raw=raw)
    understood = understand(
        session.index,
        members=members,
        subject=by,
        to=to,
        instrument=instrument,
        status=status,
        responses=not unanswered,
        unanswered=unanswered,
        about=about,
        by=said_by,
        kind=kind,
        role=role,
        topic=topic,
        source=source,
        disputed=disputed,
        since=since,
        until=until,
        search=search,
        sort=sort,
    )
    _give_claims(session, understood, form, limit, "claims" if unanswered else "responses")


def _give_claims(
    session: Session, understood: "Understood", form: Format, limit: int | None, noun: str
) -> None:
    query = understood.query._replace(limit=limit_for(form, limit))
    answer = Answer(
        noun,
        session.index.claims(query, inverse=form != "table"),
        fields("claim"),
        tables.responses if noun == "responses" else tables.claims,
        _RESPONSE_BRIEF if noun == "responses" else _CLAIM_BRIEF,
        session.index.count(query),
        understood.header,
        "no threat is without an answer" if query.unanswered else "",
    )
    session.give(answer, form)


def show(
    ctx: typer.Context,
    ids: o.RecordNames,
    cite: o.Cite = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Any record whole.

    With its links both ways and its citation; claims, actors and sources alike. Of a claim,
    what other sources say against it, in limit of it and for it comes first.
    """
    from explore.index import lookup as resolve

    session = Session(ctx, corpus, color, raw=raw)
    names = dict.fromkeys(resolve.anything(session.index.db, name) for name in ids)
    found = [session.index.record(name) for name in names]
    if cite:
        from explore.formats.citations import writer

        cited = dict.fromkeys(
            source for kind, record in found for source in rests_on(kind, record)
        )
        sources = [session.index.record(name)[1] for name in cited]
        session.screen.write([writer(cite)(sources, session.screen.note)])
        return
    columns = list(dict.fromkeys(name for kind, _ in found for name in fields(kind)))

    def cards(index: "Index", _: list[Record], screen: "Screen") -> Iterable[str]:
        from explore.terminal import card

        return card.stack(index, found, screen)

    records = [record for _, record in found]
    session.give(Answer("records", records, columns, cards, columns, len(found)), form)


def summary(
    ctx: typer.Context,
    source: o.OneSource = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """The argument in order, as a brief.

    Thesis, background, drivers, means, contrasts, constraints, threats, responses and
    recommendations; each line is a claim with its id.
    """
    from explore.analysis.outline import told
    from explore.index import lookup as resolve

    session = Session(ctx, corpus, color, raw=raw)
    index = session.index
    sections = told(index, resolve.source(index.db, source) if source else None)
    records = [line.claim for section in sections for line in section.lines]
    if form == "md":
        from explore.formats.brief import write

        session.screen.write(write(index, sections))
        return

    def table(index: "Index", _: list[Record], screen: "Screen") -> Iterable[str]:
        from explore.terminal.summary import brief

        return brief(index, sections, screen)

    total = len(records)
    session.give(Answer("claims", records, fields("claim"), table, _CLAIM_BRIEF, total), form)


def topics(
    ctx: typer.Context,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    limit: o.Limit = None,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """The topics, with how many claims each has.

    And the actors that the claims on it concern most.
    """
    session = Session(ctx, corpus, color, raw=raw)
    found = session.index.topics()
    columns = ("topic", "claims", "about")
    shown = list(cut(found, limit_for(form, limit)))
    session.give(Answer("topics", shown, columns, tables.topics, columns, len(found)), form)


def sources(
    ctx: typer.Context,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    limit: o.Limit = None,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """The sources as references.

    With how many claims and actors rest on each, and through which others it was read.
    """
    session = Session(ctx, corpus, color, raw=raw)
    found = session.index.sources(limit_for(form, limit))
    total = session.index.counts()["sources"]
    session.give(
        Answer("sources", found, fields("source"), tables.sources, _SOURCE_BRIEF, total), form
    )
