"""What color means, and the small parts that every view uses.

Color tells the five links apart and nothing else; their marks or words are always written too.
Words name kinds, roles and actors, ids are quiet, and the sentence stands out. The sixteen
standard colors follow the theme of the reader's terminal.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from explore.analysis.summaries import ClaimSummary
from explore.escaping import one_line, visible
from explore.model.citation import place
from explore.model.labels import ActorLabel
from explore.model.links import LINK_TYPE, LINK_TYPES, READING_ORDER
from explore.model.records import Record
from explore.terminal.table import HEAD, Text, assembled, joined, lines

QUIET = "dim"
# What replaces the mark of a link where the output can only take ASCII.
_ASCII_MARKS = {"−": "-", "·": "."}


def plain(value: Any, style: str = "") -> Text:
    """Return data as text on one line, whatever it contains."""
    return Text(one_line(str(value)), style)


def quiet(value: Any) -> Text:
    """Return data as dim text on one line."""
    return plain(value, QUIET)


def actors(labels: Sequence[ActorLabel], style: str = "") -> Text:
    """Return actors by their short names."""
    return plain(", ".join(label.short for label in labels), style)


def kind(claim: Record) -> str:
    """Return the role and the kind of a claim."""
    return ", ".join(filter(None, (claim["role"], claim["kind"])))


def where(source: Record, citation: Record) -> str:
    """Return a source as people name it, and the place in it.

    Args:
        source: the record of the source.
        citation: what has a `locator`, and may have a `via`.
    """
    name = source.get("container-title") or source.get("publisher") or source["title"]
    named = ", ".join(filter(None, (name, place(citation.get("locator")))))
    return f"{named} (quoted in {citation['via']})" if citation.get("via") else named


def when(summary: ClaimSummary) -> str:
    """Return the date of a claim, and whether it is that of the event or of the statement."""
    if not summary.date:
        return ""
    return f"{summary.date} {'event' if summary.is_event else 'said'}"


def counts(summary: ClaimSummary, screen_ascii: bool = False, per_line: int = 5) -> Text:
    """Return how many claims of other sources link to a claim, with the mark of each link.

    Args:
        summary: the claim.
        screen_ascii: whether the output can only take ASCII.
        per_line: maximum number of links on one line.
    """
    found = [
        Text(f"{mark(link.field, screen_ascii)} {summary.others[link.field].claims}", link.color)
        for link in READING_ORDER
        if link.field in summary.others
    ]
    return lines(
        *(joined("  ", found[at : at + per_line]) for at in range(0, len(found), per_line))
    )


def counts_in_words(others: Mapping[str, int]) -> str:
    """Return how many claims link to one, in words."""
    found = [
        link.count_in_words(others[link.field]) for link in LINK_TYPES if others.get(link.field)
    ]
    return ", ".join(found)


def mark(field: str, screen_ascii: bool = False) -> str:
    """Return the mark of a link; one of ASCII where the output takes no other."""
    found = LINK_TYPE[field].mark
    return _ASCII_MARKS.get(found, found) if screen_ascii else found


def marked(field: str, screen_ascii: bool = False) -> Text:
    """Return the mark of a link in its color."""
    return Text(mark(field, screen_ascii), LINK_TYPE[field].color)


def sentence(summary: ClaimSummary) -> Text:
    """Return what a claim says, over its id, role and kind."""
    claim = summary.claim
    return lines(plain(claim["text"]), quiet(f"{claim['id']} · {kind(claim)}"))


def speaker(summary: ClaimSummary) -> Text:
    """Return who says a claim, over where."""
    return lines(actors(summary.speakers), quiet(where(summary.source, summary.claim)))


def attribution(summary: ClaimSummary) -> Text:
    """Return who says a claim and in which year, on one line."""
    year = summary.date[:4]
    return (
        assembled(actors(summary.speakers), " ", quiet(year)) if year else actors(summary.speakers)
    )


def link(url: str) -> Text:
    """Return an address, as a link where terminals know links and it is safe to follow."""
    shown = visible(url)
    safe = url == shown and url.startswith(("http://", "https://")) and url.split() == [url]
    return Text(shown, f"underline link {url}" if safe else "underline")


def numbered(number: int, noun: str) -> str:
    """Return a number with what is counted: `1 claim`, `2 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def label(word: str) -> Text:
    """Return the name of a field of a card."""
    return Text(word, QUIET)


def heading(text: str) -> Text:
    """Return a heading."""
    return Text(text, HEAD)


def more(rest: int, command: str) -> Text:
    """Return how many are not shown, and what shows them; nothing if there are none."""
    return Text(f"{rest:,} more: {command}", QUIET) if rest > 0 else Text()
