"""What colour means, and the small parts that every view is made of.

Colour is never the only carrier: the kind, the role and the speaker are always written too.
The sixteen standard colours follow the theme of the reader's terminal.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from rich.style import Style
from rich.text import Span, Text

from explore.citation import place
from explore.index.ask import Index
from explore.records import Record
from explore.visible import one_line, visible

KIND = {
    "fact": "cyan",
    "definition": "blue",
    "cause": "magenta",
    "value": "yellow",
    "policy": "green",
}
ACTOR = {
    "alliance": "blue",
    "organization": "green",
    "state": "yellow",
    "group": "cyan",
    "institution": "magenta",
    "person": "bright_cyan",
}
HEAD = "bold"
QUIET = "dim"


def plain(value: Any, style: str = "") -> Text:
    """Give data as text on one line, whatever it holds."""
    return Text(one_line(str(value)), style)


def record_id(name: str, style: str = HEAD) -> Text:
    """Give an id, which is never broken if there is room for it."""
    return Text(visible(name), style, overflow="fold")


def claim_id(claim: Record) -> Text:
    """Give the id of a claim in the colour of its kind."""
    return record_id(claim["id"], f"bold {KIND[claim['kind']]}")


def sort_of(claim: Record) -> Text:
    """Give what sort of claim it is: its role and its kind; not to be changed."""
    return _sort(claim["role"], claim["kind"])


@cache
def _sort(role: str | None, kind: str) -> Text:
    before = f"{role}, " if role else ""
    text = before + kind
    return Text(text, QUIET, spans=[Span(len(before), len(text), KIND[kind])])


def actors(index: Index, ids: list[str]) -> Text:
    """Give actors by their short names, each in the colour of its kind; not to be changed."""
    return joined(", ", [_actor(index.short(name), index.actor_kind(name)) for name in ids])


@cache
def _actor(short: str, kind: str) -> Text:
    return plain(short, ACTOR[kind])


def whence(record: Record) -> Text:
    """Give source and place of a claim or a citation."""
    where = " ".join(filter(None, (record["source"], place(record.get("locator")))))
    via = f" (via {record['via']})" if record.get("via") else ""
    return plain(where + via, QUIET)


def link(url: str) -> Text:
    """Give an address, as a link where terminals know links and it is safe to follow."""
    shown = visible(url)
    safe = url == shown and url.startswith(("http://", "https://")) and " " not in url
    style = Style(link=url, underline=True) if safe else Style(underline=True)
    return Text(shown, style, overflow="fold")


def lines(*parts: Text | str) -> Text:
    """Set parts under each other, leaving out the empty ones."""
    texts = [Text(part) if isinstance(part, str) else part for part in parts]
    return joined("\n", [text for text in texts if text.plain])


def joined(separator: str, texts: Sequence[Text]) -> Text:
    """Put texts after each other; `Text.join` copies each several times, which a table feels."""
    if len(texts) == 1:
        return texts[0]
    spans = []
    at = 0
    for text in texts:
        size = len(text.plain)
        if text.style:
            spans.append(Span(at, at + size, text.style))
        spans += [Span(start + at, end + at, style) for start, end, style in text.spans]
        at += size + len(separator)
    return Text(separator.join([text.plain for text in texts]), spans=spans)
