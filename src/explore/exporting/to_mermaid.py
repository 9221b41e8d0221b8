"""A graph as a Mermaid flowchart, which many sites draw (https://mermaid.js.org/syntax/flowchart).

Mermaid draws at most 50,000 characters and 500 edges, and a chart cannot raise that itself: what
is shown by default has less, and all of a large corpus needs a page with its own `maxTextSize`.
"""

import re
from collections.abc import Iterator

from explore.exporting import Options
from explore.exporting.graph import VERBS, Edge, graph
from explore.formats.references import HIDDEN, holdable
from explore.index.queries import Index

_ARROWS = {
    "supports": ("-->", ""),
    "disputes": ("--x", "stroke:#b22222,stroke-dasharray:6 3"),
    "qualifies": ("--o", "stroke:#b8600b,stroke-dasharray:2 3"),
    "background_to": ("---", "stroke:#777777"),
    "responds_to": ("==>", "stroke:#2c4f9e"),
    "member_of": ("-->", ""),
    "partner_of": ("-.->", ""),
    "speaks_of": ("-.->", "stroke:#1b6b2f"),
}
# What Mermaid or the HTML in it could take for its own; as an entity it is text.
_SPECIAL = re.compile(r"[^\w \-.,'!?/+%$=~^*\x80-\U0010ffff]")
# Mermaid makes icons, formulas and line ends of these, entity or not; a place to break parts them.
_JOINED = re.compile(r"(?<=:)(?=fa-)|(?<=\$)(?=\$)|(?<=\\)(?=n)")
_LONGEST = 160


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the flowchart, a node and an edge a line."""
    found = graph(index, options)
    numbers = {node.id: f"n{number}" for number, node in enumerate(found.nodes)}
    yield "flowchart LR\n"
    yield f"  accTitle: {_escaped(found.title)}\n"
    for number, (group, nodes) in enumerate(found.groups().items()):
        yield f'  subgraph g{number} ["{_label(group)}"]\n'
        for node in nodes:
            label = f"{_label(node.text)}<br/>— {_label(node.attribution)}"
            yield f'    {numbers[node.id]}["{label}"]\n'
        yield "  end\n"
    for edge in found.edges:
        yield _edge(edge, numbers)
    for number, edge in enumerate(found.edges):
        style = _ARROWS[edge.kind][1]
        if style:
            yield f"  linkStyle {number} {style}\n"


def _edge(edge: Edge, numbers: dict[str, str]) -> str:
    label = edge.note if edge.kind == "speaks_of" else VERBS[edge.kind]
    arrow = _ARROWS[edge.kind][0]
    return f'  {numbers[edge.start]} {arrow}|"{_escaped(label)}"| {numbers[edge.end]}\n'


def _label(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "<wbr/>".join(map(_escaped, _JOINED.split(shown)))


def _escaped(text: str) -> str:
    special = _SPECIAL.sub(_entity, holdable(text))
    return HIDDEN.sub(_entity, special)


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"
