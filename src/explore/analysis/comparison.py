"""Two actors side by side, topic by topic."""

from collections.abc import Collection
from typing import NamedTuple

from explore.analysis.summaries import ClaimSummary, by_id, thesis
from explore.index.queries import Index
from explore.model.labels import ActorLabel
from explore.model.records import Record

FIELDS = (
    "topic",
    "first",
    "first_says_of_itself",
    "said_of_first",
    "second",
    "second_says_of_itself",
    "said_of_second",
)


class Side(NamedTuple):
    """What is said about an actor's conduct on a topic: ids of claims in order, and summaries.

    Attributes:
        own: ids of the claims that it makes itself.
        others: ids of the claims that others make.
        shown: the summaries of the first of both, by their ids.
    """

    own: list[str]
    others: list[str]
    shown: dict[str, ClaimSummary]


class Row(NamedTuple):
    """A topic on which both actors do something."""

    topic: str
    first: Side
    second: Side


class Comparison(NamedTuple):
    """Two actors, and a row for each topic on which both do something.

    Attributes:
        ids: the ids of the two.
        actors: how they are shown.
        rows: the topics; those that an argument sets up as a contrast first.
    """

    ids: tuple[str, str]
    actors: tuple[ActorLabel, ActorLabel]
    rows: list[Row]

    def records(self) -> list[Record]:
        """Return the rows as records with `FIELDS`."""
        first, second = self.ids
        return [
            {
                "topic": row.topic,
                "first": first,
                "first_says_of_itself": row.first.own,
                "said_of_first": row.first.others,
                "second": second,
                "second_says_of_itself": row.second.own,
                "said_of_second": row.second.others,
            }
            for row in self.rows
        ]


class _Conduct(NamedTuple):
    """The claims about what an actor does, by number: on each topic its own and others'."""

    own: dict[str, list[int]]
    others: dict[str, list[int]]

    def on(self, topic: str) -> list[int]:
        return [*self.others.get(topic, ()), *self.own.get(topic, ())]


def compare(
    index: Index,
    first: str,
    second: str,
    topics: Collection[str] = (),
    shown: int = 0,
) -> Comparison:
    """Return two actors side by side.

    Args:
        index: the corpus.
        first: id of an actor.
        second: id of another.
        topics: only these; all if empty.
        shown: how many claims of each list have summaries.
    """
    contrasts = index.numbers("claim.role", "contrast")
    start = thesis(index)
    main = index.numbers("claim.source", start.source["id"]) if start.source else set()
    sides = [_conduct(index, actor, contrasts, main) for actor in (first, second)]
    shared = [
        topic
        for topic in sorted({*sides[0].own, *sides[0].others} & {*sides[1].own, *sides[1].others})
        if not topics or topic in topics
    ]

    def order(topic: str) -> tuple[int, int, str]:
        """Put contrasts first, in the order in which they are argued, then the most frequent."""
        opposed = [[n for n in side.on(topic) if n in contrasts] for side in sides]
        if all(opposed):
            return 0, min(opposed[0]), topic
        return 1, -sum(len(side.on(topic)) for side in sides), topic

    shared.sort(key=order)
    names = _names(index, sides, shared)
    seen = [
        name
        for topic in shared
        for side in sides
        for group in (side.own, side.others)
        for name in names(group.get(topic, []))[:shown]
    ]
    found = by_id(index, seen, start.appeared)
    rows = [Row(topic, *(_side(side, topic, names, found) for side in sides)) for topic in shared]
    labels = index.labels()
    return Comparison((first, second), (labels[first], labels[second]), rows)


def _conduct(index: Index, actor: str, contrasts: set[int], main: set[int]) -> _Conduct:
    """Return what an actor does, contrasts first, then other speakers than the thesis's own."""
    does = index.numbers("claim.subject", actor)
    says = index.numbers("claim.by", actor)
    conduct = _Conduct({}, {})
    for topic, n in index.mentioned_by("claim.topics", does):
        (conduct.own if n in says else conduct.others).setdefault(topic, []).append(n)
    for group in conduct:
        for numbers in group.values():
            numbers.sort(key=lambda n: (n not in contrasts, n in main, n))
    return conduct


class _Names:
    """The ids of claims by their numbers, looked up at once."""

    def __init__(self, index: Index, numbers: set[int]) -> None:
        self._ids = index.ids(numbers)

    def __call__(self, numbers: list[int]) -> list[str]:
        return [self._ids[n] for n in numbers]


def _names(index: Index, sides: list[_Conduct], topics: list[str]) -> _Names:
    return _Names(index, {n for side in sides for topic in topics for n in side.on(topic)})


def _side(side: _Conduct, topic: str, names: _Names, found: dict[str, ClaimSummary]) -> Side:
    own, others = names(side.own.get(topic, [])), names(side.others.get(topic, []))
    return Side(own, others, {name: found[name] for name in (*own, *others) if name in found})
