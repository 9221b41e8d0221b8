"""The argument in Argdown, which draws and checks argument maps (https://argdown.org/syntax).

Argdown has support and attack; what a claim qualifies, is background to or responds to is in its
data, as Argdown has no relation for that.
"""

import json
import re
from collections.abc import Iterator

from explore.analysis.outline import HEADINGS
from explore.escaping import json_safe
from explore.exporting import Options
from explore.formats.references import holdable
from explore.index.queries import Index
from explore.model.citation import place
from explore.model.links import LINKS, link_target
from explore.model.query import Query
from explore.model.records import Record

_ARROWS = {"supports": "+>", "disputes": "->"}
_IN_DATA = tuple(field for field in LINKS if field not in _ARROWS)
# What Argdown could take for its own; after a backslash it is text.
_SPECIAL = re.compile(r"([\\@#*_\[\]<>/(){}+=|~^`-]|[.:](?=\S))")

_LINE_END = re.compile("[\r\n\u2028\u2029]+")
# Argdown's parser drops a tab behind an escaped character.
_LOST_TAB = re.compile(r"(?<=[^\w\s])\t+")


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield each claim as a statement with who says it, under the heading of its role."""
    del options
    # Argdown ends front matter at the first ===, wherever it is.
    title = json.dumps(index.title()).replace("=", "\\u003d")
    yield f"===\ntitle: {title}\n===\n"
    for role, heading in [*HEADINGS.items(), (None, "No role")]:
        query = Query(where={"role": (role,)}) if role else Query()
        claims = [claim for claim in index.claims(query) if claim["role"] == role]
        if claims:
            yield f"\n# {heading}\n"
        for claim in claims:
            yield f"\n{_statement(index, claim)}"


def _statement(index: Index, claim: Record) -> str:
    where = place(claim["locator"])
    data = {
        "by": [index.labels()[name].short for name in claim["by"]],
        "source": claim["source"] + (f" {where}" if where else ""),
        "kind": claim["kind"],
        **{kind: [*map(link_target, claim[kind])] for kind in _IN_DATA if claim[kind]},
    }
    # Argdown ends data at the first brace, wherever it is.
    fields = json_safe(json.dumps(data, ensure_ascii=False))[1:-1].replace("{", "\\u007b")
    fields = fields.replace("}", "\\u007d")
    lines = [f"[{claim['id']}]: {_escaped(claim['text'])} {{{fields}}}"]
    lines += [
        f"  {arrow} [{link_target(link)}]"
        for kind, arrow in _ARROWS.items()
        for link in claim[kind]
    ]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Return a text as Argdown has it: a statement is one line, and is drawn on a page."""
    return _SPECIAL.sub(r"\\\1", _LOST_TAB.sub(" ", _LINE_END.sub(" ", holdable(text))))
