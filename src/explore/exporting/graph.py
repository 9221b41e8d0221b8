"""A corpus as nodes and edges, for the formats that draw them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from explore.analysis.outline import HEADINGS
from explore.exporting import Options
from explore.index.queries import Index
from explore.model.citation import place
from explore.model.labels import ActorLabel
from explore.model.links import LINK_TYPES, LINKS, READING_ORDER, link_note, link_target
from explore.model.query import Query
from explore.model.records import Record, tie_target

# What an edge says, read from its start to its end.
VERBS = {
    **{link.field: link.words for link in LINK_TYPES},
    "member_of": "member of",
    "partner_of": "partner of",
    "speaks_of": "speaks of",
}
# A picture with more nodes than this is no longer legible.
LEGIBLE = 60
_PAIRS = 15


class Node(NamedTuple):
    """A claim or an actor.

    Attributes:
        id: its id.
        text: what it says, or its name.
        attribution: who says it and where; of an actor, its kind.
        kind: its kind.
        group: the heading that it is under.
    """

    id: str
    text: str
    attribution: str
    kind: str
    group: str


class Edge(NamedTuple):
    """A link from one node to another.

    Attributes:
        start: the id of the node that it comes from.
        end: the id of the node that it leads to.
        kind: one of `VERBS`.
        note: why it holds, or how many claims it counts.
    """

    start: str
    end: str
    kind: str
    note: str


class Graph(NamedTuple):
    """Nodes and edges, in a fixed order.

    Attributes:
        title: what it shows, and what it leaves out.
        nodes: the nodes, those of one group after each other.
        edges: the edges between them.
    """

    title: str
    nodes: list[Node]
    edges: list[Edge]

    def groups(self) -> dict[str, list[Node]]:
        """Return the nodes by their groups, in order."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.group, []).append(node)
        return found


def graph(index: Index, options: Options, limit: int = LEGIBLE) -> Graph:
    """Return the graph of a corpus.

    Args:
        index: the corpus.
        options: what it shows, and the maximum number of nodes if the user sets one.
        limit: the maximum otherwise; 0 for all.
    """
    limit = limit if options.limit is None else options.limit
    if options.of == "actors":
        nodes, edges = _actors(index)
    else:
        nodes, edges = _claims(index, answers_only=options.of == "responses")
    ends = {end for edge in edges for end in (edge.start, edge.end)}
    linked = [node for node in nodes if node.id in ends]
    ids = set(_chosen(linked, edges, limit)) if limit and len(linked) > limit else ends
    shown = [node for node in linked if node.id in ids]
    noun = "actors" if options.of == "actors" else "claims"
    title = f"{index.title()}: {options.of}, {len(shown)} {noun}"
    if len(shown) < len(nodes):
        title += f" of {len(nodes)}: those with "
        title += "links" if shown == linked else "most links, and what disputes or qualifies them"
    if options.of == "actors":
        title += f", and the {_PAIRS} pairs in which one speaks most often of the other"
    return Graph(title, shown, [edge for edge in edges if {edge.start, edge.end} <= ids])


def _chosen(nodes: list[Node], edges: list[Edge], limit: int) -> Iterator[str]:
    """Yield the nodes that a picture shows where it cannot show all.

    Half of them are those with most links; then what links to each of these, in turn, disputes
    first, so that no picture has one side alone; then again those with most links.
    """
    counts = Counter(end for edge in edges for end in (edge.start, edge.end))
    ranked = sorted((node.id for node in nodes), key=lambda name: -counts[name])
    core = ranked[: limit // 2]
    waiting: dict[str, list[str]] = {name: [] for name in core}
    for link in READING_ORDER:
        for edge in edges:
            if edge.kind == link.field and edge.end in waiting:
                waiting[edge.end].append(edge.start)
    turns = zip_longest(*waiting.values())
    beside = [name for turn in turns for name in turn if name]
    yield from list(dict.fromkeys([*core, *beside, *ranked]))[:limit]


def _claims(index: Index, *, answers_only: bool) -> tuple[list[Node], list[Edge]]:
    claims = list(index.claims(Query()))
    edges = [
        Edge(claim["id"], link_target(link), kind, link_note(link) or "")
        for claim in claims
        for kind in LINKS
        for link in claim[kind]
        if kind == "responds_to" or not answers_only
    ]
    labels = index.labels()
    answers = {edge.start for edge in edges if edge.kind == "responds_to"}

    def group(claim: Record) -> str:
        if not answers_only:
            return HEADINGS.get(claim["role"], "No role")
        if claim["id"] not in answers:
            return "What they respond to"
        return f"{labels[claim['subject']].short} responds" if claim["subject"] else "Responses"

    nodes = [
        Node(claim["id"], claim["text"], _attribution(labels, claim), claim["kind"], group(claim))
        for claim in claims
    ]
    headings = [*HEADINGS.values(), "No role"]
    if answers_only:
        headings = list(dict.fromkeys(node.group for node in nodes))
    return sorted(nodes, key=lambda node: headings.index(node.group)), edges


def _attribution(labels: Mapping[str, ActorLabel], claim: Record) -> str:
    who = ", ".join(labels[name].short for name in claim["by"])
    where = place(claim["locator"])
    return f"{who}, {claim['source']}{f' {where}' if where else ''}"


def _actors(index: Index) -> tuple[list[Node], list[Edge]]:
    actors = index.actors()
    nodes = [
        Node(actor["id"], actor["short"] or actor["name"], *[actor["kind"]] * 3)
        for actor in sorted(actors, key=lambda actor: actor["kind"])
    ]
    return nodes, [*_ties(actors), *_pairs(index)]


def _ties(actors: Iterable[Record]) -> Iterator[Edge]:
    for actor in actors:
        for kind in ("member_of", "partner_of"):
            for tie in actor[kind]:
                yield Edge(actor["id"], tie_target(tie), kind, "")


def _frequent_pairs(index: Index) -> list[tuple[str, str, int]]:
    """Return speaker, actor spoken of and number of claims of the most frequent pairs."""
    counts = index.co_occurrences("claim.by", "claim.about")
    pairs = [(*pair, claims) for pair, claims in counts.items() if pair[0] != pair[1]]
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))[:_PAIRS]


def _pairs(index: Index) -> Iterator[Edge]:
    """Yield who speaks of whom, the most frequent pairs first."""
    for speaker, about, claims in _frequent_pairs(index):
        yield Edge(speaker, about, "speaks_of", f"{claims} claim{'' if claims == 1 else 's'}")
