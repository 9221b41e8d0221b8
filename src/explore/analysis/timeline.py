"""Dated facts in order, with the day on which the source of the thesis appeared."""

from typing import NamedTuple

from explore.analysis.summaries import ClaimSummary, Thesis, summaries, thesis
from explore.index.queries import Index
from explore.model.query import Query


class Timeline(NamedTuple):
    """Events in order.

    Attributes:
        events: the events, by date.
        thesis: what the corpus starts from; later events are marked.
    """

    events: list[ClaimSummary]
    thesis: Thesis


def timeline(index: Index, query: Query) -> Timeline:
    """Return the events of a query.

    Args:
        index: the corpus.
        query: which claims; only those that are dated facts are events.
    """
    start = thesis(index)
    events = index.claims(event_query(query), inverse=False)
    return Timeline(summaries(index, events, start.appeared), start)


def event_query(query: Query) -> Query:
    """Return a query for the events among the claims of another, in the order of their dates.

    Unless it says otherwise, it is about when they happened, whoever says so.
    """
    return query._replace(
        where={**query.where, "kind": ("fact",)},
        dated=True,
        dates=query.dates or "event",
        sort="date",
    )
