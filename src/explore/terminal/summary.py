"""The argument as a brief, and the corpus on one screen."""

from collections.abc import Iterator

from explore.analysis.outline import ORDER, Line, Section
from explore.model.citation import place, reference
from explore.index.queries import Index
from explore.model.query import Query
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import claims, theme as style
from explore.terminal.grid import Column, block, grid
from explore.terminal.text import Text, assembled, lines

_LINES = 10


def brief(index: Index, sections: list[Section], screen: Screen) -> Iterator[str]:
    """Yield the argument in order; who says it stands above, and at each line said by others."""
    said = [line.claim for section in sections for line in section.lines]
    speakers = said[0]["by"] if said else []
    for source in dict.fromkeys(claim["source"] for claim in said if claim["by"] == speakers):
        who = assembled("According to ", style.actors(index, speakers)).on(style.HEAD)
        where = style.plain(reference(index.record(source)[1]))
        yield block(assembled(who, ", in ", where), screen)
    whose = Text("The words are the curators'; what is claimed is the authors'.", style.QUIET)
    yield block(whose, screen)
    for section in sections:
        head = Text(f"\n{ORDER[section.role]}")
        if section.subject:
            head = assembled(head, ": ", style.actors(index, [section.subject]))
        yield block(head.on(style.HEAD), screen)
        shown = section.lines[:_LINES]
        for line in shown:
            # The bullet keeps to the right of a column that is as wide as the line is deep.
            columns = [Column("", 2 * line.depth + 1, right=True), Column("")]
            row = [Text("-"), _line(index, line, speakers)]
            yield from grid(columns, [row], screen, gap=1)
        if len(section.lines) > len(shown):
            more = f"{len(section.lines) - len(shown)} more: explore claims --role {section.role}"
            yield block([(2, Text(more, style.QUIET))], screen)


def overview(index: Index, screen: Screen) -> Iterator[str]:
    """Yield what the corpus is, its thesis, its size, and where to go next."""
    info = index.info()
    yield block(style.plain(index.title(), style.HEAD), screen)
    if info.get("description"):
        yield block(style.plain(info["description"]), screen)
    for thesis in index.claims(Query(role=("thesis",), limit=3)):
        yield block(Text("\nThesis", style.HEAD), screen)
        yield block([(2, lines(style.plain(thesis["text"]), _said(index, thesis)))], screen)
    counts = ", ".join(
        f"{count} {what[:-1] if count == 1 else what}" for what, count in index.counts().items()
    )
    as_of = f"; as of {info['as_of']}" if info.get("as_of") else ""
    yield block(assembled(Text("\nHolds ", style.HEAD), counts, as_of), screen)
    yield block(Text("\nWhere to go next", style.HEAD), screen)
    steps = _next(index)
    width = max(len(command) for command, _ in steps)
    for command, purpose in steps:
        step = assembled(f"{command:<{width}}  ", Text(purpose, style.QUIET))
        yield block([(2, step)], screen)


def _next(index: Index) -> list[tuple[str, str]]:
    thesis = next(index.claims(Query(role=("thesis",), limit=1)), None)
    actors = index.actors()
    about = max(actors, key=lambda actor: index.actor_counts(actor["id"])["about"], default=None)
    steps = [("explore summary", "the argument in order"), ("explore actors", "who is who")]
    if about:
        steps.append((f"explore claims --about {about['id']}", "what is claimed, and by whom"))
    steps.append(("explore responses", "who answers what, and how"))
    if thesis:
        steps.append((f"explore show {thesis['id']}", "one claim whole, with its citation"))
    return [*steps, ("explore --help", "all commands")]


def _said(index: Index, claim: Record) -> Text:
    whence = style.whence(claim)
    who = style.actors(index, claim["by"])
    return assembled("said by ", who, ", ", whence, "  ", style.claim_id(claim))


def _line(index: Index, line: Line, speakers: list[str]) -> Text:
    claim = line.claim
    parts: list[Text | str] = [style.plain(claim["text"]), " "]
    if claim["by"] != speakers:
        parts += ["said by ", style.actors(index, claim["by"]), "; "]
    below = f", {line.below} more beneath it" if line.below else ""
    parts.append(style.plain(f"({place(claim['locator'])}{below})", style.QUIET))
    parts += [" ", style.claim_id(claim)]
    weighed = claims.standing(index, claim)
    if weighed.plain:
        parts += [" ", weighed]
    return assembled(*parts)
