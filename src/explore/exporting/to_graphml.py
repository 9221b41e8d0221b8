"""A graph in GraphML, which NetworkX, Gephi and yEd read (http://graphml.graphdrawing.org)."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from explore.escaping import visible
from explore.exporting import Options
from explore.exporting.graph import VERBS, graph
from explore.formats.references import hidden_by_number
from explore.index.queries import Index

_NODE = ("label", "text", "attribution", "kind", "group")
_EDGE = ("label", "kind", "note")
# What XML 1.0 cannot hold, not even by number.
_BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the graph, all of it unless the user sets a limit."""
    found = graph(index, options, limit=0)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for what, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            yield (
                f'  <key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="string"/>\n'
            )
    yield '  <key id="graph-title" for="graph" attr.name="title" attr.type="string"/>\n'
    yield '  <graph id="explore" edgedefault="directed">\n'
    yield f'    <data key="graph-title">{_text(found.title)}</data>\n'
    for node in found.nodes:
        yield f"    <node id={quoteattr(node.id)}>\n"
        yield from _data("node", dict(zip(_NODE, (node.id, *node[1:]), strict=True)))
        yield "    </node>\n"
    for number, edge in enumerate(found.edges):
        ends = f"source={quoteattr(edge.start)} target={quoteattr(edge.end)}"
        yield f'    <edge id="e{number}" {ends}>\n'
        values = (VERBS[edge.kind], edge.kind, edge.note)
        yield from _data("edge", dict(zip(_EDGE, values, strict=True)))
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(what: str, values: dict[str, str]) -> Iterator[str]:
    for name, value in values.items():
        if value:
            yield f'      <data key="{what}-{name}">{_text(value)}</data>\n'


def _text(text: str) -> str:
    """Return a text as XML 1.0 can hold it: hidden characters by number, barred ones visibly."""
    held = _BARRED.sub(lambda found: visible(found[0]), text)
    return hidden_by_number(escape(held)).replace("\t", "&#9;")
