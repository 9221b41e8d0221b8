"""What colour means, and the small parts that every view is made of.

Colour is never the only carrier: the kind, the role and the speaker are always written too.
The sixteen standard colours follow the theme of the reader's terminal.
"""

from functools import cache
from typing import Any

from explore.model.citation import place
from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.text import Text, assembled, joined
from explore.escaping import one_line, visible

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
    """Give an id."""
    return Text(visible(name), style)


def claim_id(claim: Record) -> Text:
    """Give the id of a claim in the colour of its kind."""
    return record_id(claim["id"], f"bold {KIND[claim['kind']]}")


def sort_of(claim: Record) -> Text:
    """Give what sort of claim it is: its role and its kind."""
    return _sort(claim["role"], claim["kind"])


@cache
def _sort(role: str | None, kind: str) -> Text:
    before = Text(f"{role}, " if role else "", QUIET)
    return assembled(before, Text(kind, f"{QUIET} {KIND[kind]}"))


def actors(index: Index, ids: list[str]) -> Text:
    """Give actors by their short names, each in the colour of its kind."""
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
    safe = url == shown and url.startswith(("http://", "https://")) and url.split() == [url]
    return Text(shown, f"underline link {url}" if safe else "underline")
