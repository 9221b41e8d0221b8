"""One record in full: a claim with what others say to it, an actor, a source."""

from collections.abc import Iterator, Sequence

from explore.analysis.cards import ActorCard, Card, ClaimCard, SourceCard, Voice
from explore.model.citation import place, reference
from explore.model.links import LINK_TYPE, LINKS, READING_ORDER
from explore.model.records import Record
from explore.terminal import theme
from explore.terminal.listings import reading
from explore.terminal.screen import Screen
from explore.terminal.table import Column, Text, assembled, block, grid, joined, lines

Rows = list[tuple[str, Text]]

# So many claims are shown for each link.
_VOICES = 2
# Fields of a source that have a line of their own.
_SHOWN_FIRST = ("id", "type", "title", "author", "issued", "URL", "note")


def stack(cards: Sequence[Card], limit: int | None, screen: Screen) -> Iterator[str]:
    """Yield the cards of records, with a blank line between them.

    Args:
        cards: the records.
        limit: maximum number of voices for each link of a claim; 0 for all, None for a few.
        screen: where they are shown.
    """
    for number, card in enumerate(cards):
        if number:
            yield "\n"
        if isinstance(card, ClaimCard):
            yield from claim(card, limit, screen)
        elif isinstance(card, ActorCard):
            yield from actor(card, screen)
        else:
            yield from source(card, screen)


def claim(card: ClaimCard, limit: int | None, screen: Screen) -> Iterator[str]:
    """Yield a claim: the sentence, who says it and where, and what others say to it."""
    record = card.summary.claim
    yield block(theme.heading(theme.plain(record["text"]).plain), screen)
    yield "\n"
    yield from _facts(card, screen)
    max_voices = _VOICES if limit is None else limit
    command = f"explore show {record['id']} --limit 0"
    is_linked = False
    for link in READING_ORDER:
        voices = card.others[link.field]
        if voices:
            if not is_linked:
                yield "\n"
            is_linked = True
            head = f"{link.inverse_words[:1].upper()}{link.inverse_words[1:]} others"
            yield from _voices(
                f"{head}: {len(voices)}", link.field, voices, max_voices, command, screen
            )
    main = card.thesis.source
    if not is_linked and main and record["source"] == main["id"]:
        yield block(Text("\nNo claim from another source is linked to it.", theme.QUIET), screen)
    yield from _links(card, max_voices, command, screen)
    yield from _own(card, limit, command, screen)
    yield "\n"
    yield block(theme.plain(reference(card.summary.source)), screen)
    if card.via:
        quoted = theme.plain(reference(card.via))
        yield block(
            assembled(theme.quiet("Not seen in the original; quoted in:"), " ", quoted), screen
        )
    yield block(theme.quiet(f"{record['id']} · explore show {record['id']} --cite bibtex"), screen)


def _facts(card: ClaimCard, screen: Screen) -> Iterator[str]:
    summary = card.summary
    record = summary.claim
    said = theme.actors(summary.speakers)
    place_ = theme.where(summary.source, record)
    yield block(assembled(said, ", in ", theme.plain(place_)), screen)
    if record["quote"]:
        yield block(theme.plain(f'"{record["quote"]}"'), screen)
    acts = f"acts: {theme.actors([summary.subject]).plain}" if summary.subject else ""
    concerns = theme.actors(summary.about).plain
    parts = (
        theme.when(summary),
        "later than the thesis" if summary.is_later else "",
        theme.kind(record),
        record["instrument"] or "",
        record["status"] or "",
        acts,
        f"concerns: {concerns}" if concerns else "",
        ", ".join(record["topics"]),
    )
    yield block(theme.quiet(" · ".join(filter(None, parts))), screen)
    if record["note"]:
        yield block(theme.quiet(f"note: {record['note']}"), screen)


def _links(card: ClaimCard, max_voices: int, command: str, screen: Screen) -> Iterator[str]:
    """Yield the claims that a claim links to."""
    found = [field for field in LINKS if card.links[field]]
    if found:
        yield "\n"
    for field in found:
        words = LINK_TYPE[field].words
        head = f"{words[:1].upper()}{words[1:]}: {len(card.links[field])}"
        yield from _voices(head, field, card.links[field], max_voices, command, screen)


def _own(card: ClaimCard, limit: int | None, command: str, screen: Screen) -> Iterator[str]:
    """Yield the claims of its own source that link to a claim; only their number without limit."""
    found = [link for link in READING_ORDER if card.own[link.field]]
    if not found:
        return
    yield "\n"
    if limit is None:
        counts = [
            Text(f"{link.inverse_words} {len(card.own[link.field])}", link.color) for link in found
        ]
        start = theme.heading("Within its own source:")
        rest = theme.quiet("(all: --limit 0)")
        yield block(assembled(start, " ", joined(", ", counts), " ", rest), screen)
        return
    for link in found:
        voices = card.own[link.field]
        head = f"Within its own source, {link.inverse_words}: {len(voices)}"
        yield from _voices(head, link.field, voices, limit, command, screen)


def _voices(
    head: str, field: str, voices: list[Voice], max_voices: int, command: str, screen: Screen
) -> Iterator[str]:
    yield block(theme.heading(head), screen)
    shown = voices[: max_voices or None]
    rows = []
    for voice in shown:
        summary = voice.summary
        later = "  later than the thesis" if summary.is_later else ""
        note = theme.quiet(f"note: {voice.note}" if voice.note else "")
        line = assembled(
            theme.plain(summary.claim["text"]),
            "  ",
            theme.attribution(summary),
            Text(later, theme.QUIET),
            "  ",
            theme.quiet(summary.claim["id"]),
        )
        rows.append([theme.marked(field, screen.plain_ascii), lines(line, note)])
    yield from grid([Column("", 1), Column("")], rows, screen, gap=1)
    rest = theme.more(len(voices) - len(shown), command)
    if rest.plain:
        yield block([(2, rest)], screen)


def actor(card: ActorCard, screen: Screen) -> Iterator[str]:
    """Yield an actor: what it is, its ties, and the sources for that."""
    record = card.actor
    cited = [
        lines(theme.plain(reference(source)), theme.quiet(place(citation.get("locator"))))
        for citation, source in card.sources
    ]
    counts = (
        f"makes {card.says:,}, is the subject of {card.does:,}, is concerned by {card.about:,}"
    )
    offices = [_office(office) for office in record["offices"]]
    rows: Rows = [
        ("", theme.plain(record["description"] or "")),
        ("kind", theme.plain(record["kind"])),
        (
            "also called",
            theme.plain(", ".join(filter(None, [record["short"], *record["aliases"]]))),
        ),
        ("founded", theme.plain(record["date"] or "")),
        ("offices", lines(*offices)),
        ("member of", theme.actors(card.member_of)),
        ("partner of", theme.actors(card.partner_of)),
        ("members", theme.actors(card.members)),
        ("partners", theme.actors(card.partners)),
        ("claims", Text(counts)),
        ("Wikidata", _wikidata(record["wikidata"])),
        ("sources", lines(*cited)),
        ("id", theme.quiet(record["id"])),
    ]
    yield block(theme.heading(theme.plain(record["name"]).plain), screen)
    yield from _rows(rows, screen)


def _office(office: Record) -> Text:
    span = " to ".join(filter(None, (office.get("since"), office.get("until"))))
    return theme.plain(", ".join(filter(None, (office["title"], office.get("of"), span))))


def _wikidata(item: str | None) -> Text:
    return theme.link(f"https://www.wikidata.org/wiki/{item}") if item else Text()


def source(card: SourceCard, screen: Screen) -> Iterator[str]:
    """Yield a source: its reference, its other fields, and what rests on it."""
    record, usage = card
    rest = [
        (name, theme.plain(value))
        for name, value in record.items()
        if value and name not in _SHOWN_FIRST and not isinstance(value, list)
    ]
    rows: Rows = [
        ("reference", theme.plain(reference(record))),
        ("type", theme.plain(record["type"])),
        *rest,
        ("note", theme.plain(record["note"] or "")),
        ("address", theme.link(record["URL"]) if record["URL"] else Text()),
        (
            "cited by",
            Text(
                f"{theme.numbered(usage['claims'], 'claim')},"
                f" {theme.numbered(usage['actors'], 'actor')}"
            ),
        ),
        ("read", theme.plain(reading(usage))),
        ("id", theme.quiet(record["id"])),
    ]
    yield block(theme.heading(theme.plain(record["title"]).plain), screen)
    yield from _rows(rows, screen)


def _rows(rows: Rows, screen: Screen) -> Iterator[str]:
    shown = [(label, value) for label, value in rows if value.plain]
    width = max((len(label) for label, _ in shown), default=0)
    cells = ([theme.label(label), value] for label, value in shown)
    yield from grid([Column("", width), Column("")], cells, screen)
