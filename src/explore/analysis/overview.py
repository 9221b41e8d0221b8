"""What a corpus is, in a few lines, and where to go next."""

from typing import NamedTuple

from explore.analysis.summaries import ClaimSummary, summaries, thesis
from explore.index.queries import Index

_MAX_THESES = 3


class Step(NamedTuple):
    """A command to go on with, and what it shows."""

    command: str
    purpose: str


class Overview(NamedTuple):
    """What a corpus is.

    Attributes:
        title, description, as_of: what it says about itself; empty if it does not.
        theses: the first of its theses.
        counts: how many actors, claims, responses and sources it has.
        steps: where to go next.
    """

    title: str
    description: str
    as_of: str
    theses: list[ClaimSummary]
    counts: dict[str, int]
    steps: list[Step]


def overview(index: Index) -> Overview:
    """Return what a corpus is."""
    info = index.info()
    start = thesis(index)
    theses = summaries(index, start.claims[:_MAX_THESES], start.appeared)
    steps = [
        Step("explore summary", "the argument in order"),
        Step("explore actors", "who is who"),
    ]
    concerned = index.frequencies("claim.about")
    if concerned:
        actor = max(sorted(concerned), key=concerned.__getitem__)
        steps.append(Step(f"explore claims --about {actor}", "what is claimed, and by whom"))
    steps.append(Step("explore responses", "who responds to what, and how"))
    if theses:
        first = theses[0].claim["id"]
        steps.append(Step(f"explore show {first}", "one claim in full, with its citation"))
    steps.append(Step("explore --help", "all commands"))
    return Overview(
        index.title(),
        info.get("description", ""),
        info.get("as_of", ""),
        theses,
        index.counts(),
        steps,
    )
