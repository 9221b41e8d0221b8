"""The argument as a brief, and the corpus on one screen."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from explore.argument import ORDER, Line, Section
from explore.citation import place, reference
from explore.index.ask import Index
from explore.query import Query
from explore.records import Record
from explore.screen import Screen
from explore.views import claims, style

if TYPE_CHECKING:
    from rich.console import RenderableType

_LINES = 10


def brief(index: Index, sections: list[Section], screen: Screen) -> Iterator["RenderableType"]:
    """Yield the argument in order; who says it stands above, and at each line said by others."""
    del screen
    said = [line.claim for section in sections for line in section.lines]
    speakers = said[0]["by"] if said else []
    for source in dict.fromkeys(claim["source"] for claim in said if claim["by"] == speakers):
        who = Text.assemble("According to ", style.actors(index, speakers), style=style.HEAD)
        yield Text.assemble(who, ", in ", style.plain(reference(index.record(source)[1])))
    yield Text("The words are the curators'; what is claimed is the authors'.", style.QUIET)
    for section in sections:
        head = Text(f"\n{ORDER[section.role]}", style.HEAD)
        if section.subject:
            head.append(": ").append_text(style.actors(index, [section.subject]))
        yield head
        shown = section.lines[:_LINES]
        for line in shown:
            yield Padding(_bullet(_line(index, line, speakers)), (0, 0, 0, 2 * line.depth))
        if len(section.lines) > len(shown):
            more = (
                f"  {len(section.lines) - len(shown)} more: explore claims --role {section.role}"
            )
            yield Text(more, style.QUIET)


def overview(index: Index, screen: Screen) -> Iterator["RenderableType"]:
    """Yield what the corpus is, its thesis, its size, and where to go next."""
    del screen
    info = index.info()
    yield style.plain(index.title(), style.HEAD)
    if info.get("description"):
        yield style.plain(info["description"])
    for thesis in index.claims(Query(role=("thesis",), limit=3)):
        yield Text("\nThesis", style.HEAD)
        yield Padding(style.lines(style.plain(thesis["text"]), _said(index, thesis)), (0, 0, 0, 2))
    counts = ", ".join(
        f"{count} {what[:-1] if count == 1 else what}" for what, count in index.counts().items()
    )
    yield Text.assemble(
        ("\nHolds ", style.HEAD), counts, f"; as of {info['as_of']}" if info.get("as_of") else ""
    )
    yield Text("\nWhere to go next", style.HEAD)
    steps = _next(index)
    width = max(len(command) for command, _ in steps)
    for command, purpose in steps:
        yield Text.assemble(f"  {command:<{width}}  ", (purpose, style.QUIET))


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
    parts = [Text.assemble("said by ", style.actors(index, claim["by"])), whence]
    return Text.assemble(Text(", ").join(parts), "  ", style.claim_id(claim))


def _line(index: Index, line: Line, speakers: list[str]) -> Text:
    claim = line.claim
    text = Text.assemble(style.plain(claim["text"]), " ")
    if claim["by"] != speakers:
        text.append_text(Text.assemble("said by ", style.actors(index, claim["by"]), "; "))
    below = f", {line.below} more beneath it" if line.below else ""
    text.append_text(style.plain(f"({place(claim['locator'])}{below})", style.QUIET))
    text.append_text(Text.assemble(" ", style.claim_id(claim)))
    weighed = claims.standing(index, claim)
    if weighed.plain:
        text.append_text(Text.assemble(" ", weighed))
    return text


def _bullet(text: Text) -> Table:
    """Hang text beside a bullet."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=1)
    table.add_column(overflow="fold")
    table.add_row("-", text)
    return table
