"""One claim whole, on one screen: who says what and where, and how the record stands to it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from explore.analysis.timeline import Chronology
from explore.model.citation import place, reference
from explore.index.queries import Index
from explore.model.records import Record, link_note, link_target
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Column, block, grid
from explore.terminal.text import Text, assembled, joined, lines

# What other sources say comes first: against before for, as the claim has spoken already.
_RECORD = (
    ("disputes", "against", "red"),
    ("qualifies", "limits", "yellow"),
    ("supports", "for", "green"),
    ("background_to", "background", "blue"),
    ("responds_to", "answers", "magenta"),
)
_FORWARD = {
    "supports": "supports",
    "disputes": "disputes",
    "qualifies": "qualifies",
    "background_to": "background to",
    "responds_to": "responds to",
}
_BACKWARD = {
    "supports": "supported by",
    "disputes": "disputed by",
    "qualifies": "qualified by",
    "background_to": "background in",
    "responds_to": "answered by",
}
# So few voices are told in full; of more, each has one line, so that all fits one screen.
_FEW = 3
_MOST = 6
_LABEL = 13

Rows = list[tuple[Text, Text]]
Link = tuple[str, str | None]


def show(index: Index, claim: Record, screen: Screen) -> Iterator[str]:
    """Yield the card of a claim."""
    yield block(style.plain(claim["text"], style.HEAD), screen)
    said, rest = _said(index, claim)
    rows = [
        *said,
        *_from_elsewhere(index, claim),
        *rest,
        *_links(index, claim),
        (_label("source"), style.plain(reference(index.record(claim["source"])[1]))),
    ]
    if claim["via"]:
        via = style.plain(reference(index.record(claim["via"])[1]))
        rows.append((_label("read in"), via))
    columns = [Column("", _LABEL), Column("")]
    yield from grid(columns, ([label, value] for label, value in rows if value.plain), screen)


def _label(word: str) -> Text:
    return Text(word, style.QUIET)


def _said(index: Index, claim: Record) -> tuple[Rows, Rows]:
    """Say who says it, where and when, and then whom and what it is about."""
    times = Chronology(index)
    about = [actor for actor in claim["about"] if actor != claim["subject"]]
    others = style.actors(index, about)
    subject = style.actors(index, [claim["subject"]] if claim["subject"] else [])
    who = joined("; about ", [part for part in (subject, others) if part.plain])
    quote = f': "{claim["quote"]}"' if claim["quote"] else ""
    where = ", ".join(filter(None, (claim["source"], place(claim["locator"]))))
    date = claim["date"] or ""
    if times.is_later(claim):
        date = f"{times.when(claim)}, later than {times.source_id}"
    said = assembled(style.actors(index, claim["by"]), "  ", style.sort_of(claim))
    response = ", ".join(filter(None, (claim["instrument"], claim["status"])))
    first: Rows = [
        (_label("claim"), style.claim_id(claim)),
        (_label("said by"), said),
        (_label("where"), style.plain(where + quote)),
        (_label("date"), style.plain(date)),
        (_label("note"), style.plain(claim["note"] or "")),
    ]
    return first, [
        (_label("who does it" if claim["subject"] else "about"), who),
        (_label("topics"), style.plain(", ".join(claim["topics"]))),
        (_label("response"), style.plain(response)),
    ]


def _from_elsewhere(index: Index, claim: Record) -> Rows:
    """Tell what claims of other sources say to this one, or that none says anything."""
    incoming = index.incoming(claim["id"])
    found = {
        kind: [
            (other, note)
            for name, note in incoming.get(kind, [])
            if (other := index.record(name)[1])["source"] != claim["source"]
        ]
        for kind, _, _ in _RECORD
    }
    voices = sum(map(len, found.values()))
    times = Chronology(index)
    if not voices:
        alone = "nothing from another source" if claim["source"] == times.source_id else ""
        return [(_label("elsewhere"), Text(alone))]
    rows: Rows = []
    for kind, word, color in _RECORD:
        if found[kind]:
            told = [_voice(index, other, times) for other, _ in found[kind][:_MOST]]
            if voices <= _FEW:
                pairs = zip(told, found[kind], strict=False)
                told = [
                    lines(line, style.plain(other["text"]), _noted(note))
                    for line, (other, note) in pairs
                ]
            if (rest := len(found[kind]) - _MOST) > 0:
                told.append(Text(f"and {rest} more", style.QUIET))
            rows.append((Text(f"{word} {len(found[kind])}", color), lines(*told)))
    if voices > _FEW:
        more = f"in full: explore tree {claim['id']} --depth 1"
        rows.append((Text(), Text(more, style.QUIET)))
    return rows


def _voice(index: Index, other: Record, times: Chronology) -> Text:
    """Say who speaks, when and where, in a line."""
    date = times.when(other)
    at = place({k: v for k, v in (other["locator"] or {}).items() if k != "section"})
    later = "later" if times.is_later(other) else ""
    mark = ", ".join(filter(None, (date, at, later)))
    said = assembled(style.actors(index, other["by"]), " ", style.plain(mark, style.QUIET))
    return assembled(style.claim_id(other), "  ", said)


def _noted(note: str | None) -> Text:
    return style.plain(f"note: {note}" if note else "", style.QUIET)


def _links(index: Index, claim: Record) -> Rows:
    """Name the claims that this one links to, and those of its own source that link to it."""
    rows: Rows = []
    for field, word in _FORWARD.items():
        links = [(link_target(link), link_note(link)) for link in claim[field]]
        rows.append((_label(word), _named(index, links)))
    incoming = index.incoming(claim["id"])
    for field, word in _BACKWARD.items():
        own = [
            (name, None)
            for name, _ in incoming.get(field, [])
            if index.record(name)[1]["source"] == claim["source"]
        ]
        rows.append((_label(word), _named(index, own)))
    return rows


def _named(index: Index, links: Sequence[Link]) -> Text:
    """Name claims in a row; those with a note stand alone, with it."""
    parts = []
    for noted, group in groupby(links, key=lambda link: link[1] is not None):
        ids = [(style.claim_id(index.record(name)[1]), note) for name, note in group]
        if noted:
            parts += [assembled(name, " ", _noted(note)) for name, note in ids]
        else:
            names = [name for name, _ in ids]
            rest = len(names) - _MOST
            if rest > 1:
                names[_MOST:] = [Text(f"and {rest} more", style.QUIET)]
            parts.append(joined(", ", names))
    return lines(*parts)
