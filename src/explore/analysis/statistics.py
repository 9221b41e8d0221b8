"""Who speaks about whom, and which main claims no other source addresses."""

from collections.abc import Mapping
from typing import NamedTuple

from explore.analysis.summaries import thesis
from explore.index.queries import Index
from explore.index.stats import addressed_claims, count, unaddressed
from explore.model.labels import ActorLabel
from explore.model.records import Record

FIELDS = ("count", "name", "claims", "share")


class Statistics(NamedTuple):
    """The counts of a corpus.

    Attributes:
        counts: rows of `{count, name, claims, share}`, as `explore.index.stats.count` has them.
        main: the id of the source that the others are set beside; None if there is none.
        addressed: its claims with what claims of other sources say to them.
        alone: the ids of those to which no claim of another source is linked.
        labels: how each actor is shown, by its id.
    """

    counts: list[Record]
    main: str | None
    addressed: list[Record]
    alone: list[str]
    labels: Mapping[str, ActorLabel]


def statistics(index: Index, main: str | None = None, limit: int = 0) -> Statistics:
    """Return the counts of a corpus.

    Args:
        index: the corpus.
        main: the source that the others are set beside; that of the thesis if None.
        limit: maximum number of names in a count; 0 for all.
    """
    if main is None:
        source = thesis(index).source
        main = source["id"] if source else None
    addressed = addressed_claims(index, main) if main else []
    counts = count(index, main, addressed, limit)
    return Statistics(counts, main, addressed, unaddressed(addressed), index.labels())
