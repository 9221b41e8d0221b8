"""Two actors side by side, topic by topic."""

from typing import Any

from explore.index.ask import Index
from explore.query import Query
from explore.records import Record

FIELDS = (
    "topic",
    "first",
    "first_says_of_itself",
    "said_of_first",
    "second",
    "second_says_of_itself",
    "said_of_second",
)


def compare(
    index: Index, first: str, second: str, topics: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Give a row a topic on which both actors do something, with the claims that tell it.

    Topics that an argument itself sets up as a contrast come first, then the most told ones.

    Args:
        index: the corpus.
        first: id of an actor.
        second: id of another.
        topics: only these; all if empty.
    """
    sides = [_by_topic(index, actor, topics) for actor in (first, second)]
    shared = [topic for topic in sides[0] if topic in sides[1]]
    rows = sorted(shared, key=lambda topic: _weight(topic, sides))
    return [
        {
            "topic": topic,
            "first": first,
            **_split(sides[0][topic], first, "first"),
            "second": second,
            **_split(sides[1][topic], second, "second"),
        }
        for topic in rows
    ]


def _by_topic(index: Index, actor: str, topics: tuple[str, ...]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for claim in index.claims(Query(subject=(actor,), topic=topics)):
        for topic in claim["topics"]:
            if not topics or topic in topics:
                found.setdefault(topic, []).append(claim)
    return found


def _weight(topic: str, sides: list[dict[str, list[Record]]]) -> tuple[int, int, str]:
    """Put contrasts before the rest and in the order in which they are argued."""
    if all(any(claim["role"] == "contrast" for claim in side[topic]) for side in sides):
        told = [claim["id"] for claims in sides[0].values() for claim in claims]
        first = next(claim["id"] for claim in sides[0][topic] if claim["role"] == "contrast")
        return 0, told.index(first), topic
    return 1, -sum(len(side[topic]) for side in sides), topic


def _split(claims: list[Record], actor: str, which: str) -> dict[str, list[str]]:
    """Tell apart what an actor says of itself and what others say; contrasts come first."""
    claims = sorted(claims, key=lambda claim: claim["role"] != "contrast")
    own = [claim["id"] for claim in claims if actor in claim["by"]]
    others = [claim["id"] for claim in claims if actor not in claim["by"]]
    return {f"{which}_says_of_itself": own, f"said_of_{which}": others}
