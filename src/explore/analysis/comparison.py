"""Two actors side by side, topic by topic."""

from collections.abc import Iterable
from typing import Any

from explore.index.queries import Index

FIELDS = (
    "topic",
    "first",
    "first_says_of_itself",
    "said_of_first",
    "second",
    "second_says_of_itself",
    "said_of_second",
)
COUNTED = "count_of_"


def compare(
    index: Index, first: str, second: str, topics: Iterable[str] = (), most: int = 0
) -> list[dict[str, Any]]:
    """Give a row a topic on which both actors do something, with the claims that tell it.

    Topics that an argument itself sets up as a contrast come first, then the most told ones.
    Beside each list of ids, `count_of_…` tells how many there are.

    Args:
        index: the corpus.
        first: id of an actor.
        second: id of another.
        topics: only these; all if empty.
        most: how many ids a list has at most; 0 for all.
    """
    wanted = set(topics)
    deeds = [index.deeds(actor) for actor in (first, second)]
    shared = [topic for topic in deeds[0] if topic in deeds[1] and (not wanted or topic in wanted)]
    order = {topic: _weight(index, topic, (first, second), deeds) for topic in shared}
    return [
        {
            "topic": topic,
            "first": first,
            **_side(index, first, topic, "first", deeds[0], most),
            "second": second,
            **_side(index, second, topic, "second", deeds[1], most),
        }
        for topic in sorted(shared, key=lambda topic: order[topic])
    ]


def _weight(
    index: Index, topic: str, actors: tuple[str, str], deeds: list[dict[str, dict[bool, int]]]
) -> tuple[int, int, str]:
    """Put contrasts before the rest and in the order in which they are argued."""
    told = [index.told(actor, topic, own=False, most=1) for actor in actors]
    if all(found and found[0][1] for found in told):
        return 0, index.place(told[0][0][0]), topic
    return 1, -sum(sum(side[topic].values()) for side in deeds), topic


def _side(
    index: Index,
    actor: str,
    topic: str,
    which: str,
    deeds: dict[str, dict[bool, int]],
    most: int,
) -> dict[str, Any]:
    """Tell apart what an actor says of itself and what others say."""
    found: dict[str, Any] = {}
    for own, name in ((True, f"{which}_says_of_itself"), (False, f"said_of_{which}")):
        found[name] = [claim for claim, _ in index.told(actor, topic, own, most)]
        found[COUNTED + name] = deeds[topic][own]
    return found
