"""A graph in the DOT language, which Graphviz draws (https://graphviz.org/doc/info/lang.html)."""

import re
import textwrap
from collections.abc import Iterator

from explore.exporting import Options
from explore.exporting.graph import LEGIBLE, VERBS, Edge, Node, graph
from explore.formats.references import hidden_by_number, holdable
from explore.index.queries import Index

# Each kind of edge has a line of its own, so that color is never the only carrier.
_LINES = {
    "supports": "color=darkgreen",
    "disputes": "color=firebrick style=dashed arrowhead=tee",
    "qualifies": "color=darkorange3 style=dotted arrowhead=odot penwidth=2",
    "background_to": "color=gray50 arrowhead=open",
    "responds_to": "color=royalblue style=bold arrowhead=vee",
    "member_of": "color=gray30",
    "partner_of": "color=royalblue style=dashed",
    "speaks_of": "color=darkgreen style=dotted penwidth=2 constraint=false",
}
_WIDTH = 34
_LINE_END = re.compile("\r\n|[\r\n]")


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the graph, a node and an edge a line."""
    found = graph(index, options)
    yield "digraph explore {\n"
    yield f"  graph [rankdir=LR ranksep=0.8 nodesep=0.15 label={_quoted(found.title)}\n"
    yield '         labelloc=t fontname="Helvetica,Arial,sans-serif" fontsize=20]\n'
    large = len(found.nodes) > LEGIBLE
    if large:
        # Graphviz loses its way when it bends so many lines around so many boxes and labels.
        yield "  graph [splines=false]\n"
    yield '  node [shape=box style="rounded,filled" fillcolor=white fontsize=11\n'
    yield '        fontname="Helvetica,Arial,sans-serif" margin="0.12,0.06"]\n'
    yield '  edge [fontname="Helvetica,Arial,sans-serif" fontsize=9 fontcolor=gray20]\n'
    for number, (group, nodes) in enumerate(found.groups().items()):
        yield f"  subgraph cluster_{number} {{\n"
        yield f"    label={_quoted(group)} style=filled color=gray95 fontsize=14\n"
        for node in nodes:
            yield f"    {_quoted(node.id)} [{_node(node)}]\n"
        yield "  }\n"
    for edge in found.edges:
        attributes = _edge(edge, "xlabel" if large else "label")
        yield f"  {_quoted(edge.start)} -> {_quoted(edge.end)} [{attributes}]\n"
    yield "}\n"


def _node(node: Node) -> str:
    # An id keeps its hyphens together.
    lines = [*_wrapped(node.text), *_wrapped(f"— {node.attribution}", hyphens=False)]
    # `\l` ends a line and sets it to the left.
    label = "".join(f"{_escaped(line)}\\l" for line in lines)
    return f'label="{label}" tooltip={_quoted(node.id)}'


def _wrapped(text: str, *, hyphens: bool = True) -> list[str]:
    """Return the lines of a label; a text's own lines stay lines, and its tabs tabs."""
    found = [
        textwrap.wrap(
            line, _WIDTH, expand_tabs=False, replace_whitespace=False, break_on_hyphens=hyphens
        )
        for line in _LINE_END.split(text)
    ]
    return [line for lines in found for line in lines or [""]]


def _edge(edge: Edge, place: str) -> str:
    tooltip = f"{VERBS[edge.kind]}: {edge.note}" if edge.note else VERBS[edge.kind]
    label = VERBS[edge.kind] if edge.kind != "speaks_of" else edge.note
    return f"{place}={_quoted(label)} tooltip={_quoted(tooltip)} {_LINES[edge.kind]}"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    # Graphviz draws HTML's entities as what they stand for, in any text.
    held = holdable(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return hidden_by_number(_LINE_END.sub(r"\\n", held))
