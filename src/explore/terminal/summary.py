"""The argument on one page, and the first screen."""

from collections.abc import Iterator

from explore.analysis.outline import HEADINGS, Line, Outline
from explore.analysis.overview import Overview
from explore.analysis.summaries import ClaimSummary
from explore.model.citation import place, reference
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Column, Text, assembled, block, grid, lines

# So many lines of a section are shown.
_LINES = 8


def show(outline: Outline, screen: Screen) -> Iterator[str]:
    """Yield the argument in order, the speaker at every line that needs one."""
    yield block(theme.heading(theme.plain(outline.title).plain), screen)
    if outline.speakers:
        who = theme.actors(outline.speakers).plain
        sources = outline.sources
        where = theme.plain(reference(sources[0])) if len(sources) == 1 else Text()
        yield block(lines(theme.heading(f"According to {who}"), where), screen)
    yield block(
        theme.quiet("The wording is the curators'; what is claimed is the authors'."), screen
    )
    for section in outline.sections:
        who = f": {theme.actors([section.actor]).plain}" if section.actor else ""
        yield block(theme.heading(f"\n{HEADINGS[section.role]}{who}"), screen)
        shown = section.lines[:_LINES]
        for line in shown:
            # The bullet keeps to the right of a column that is as wide as the line is deep.
            columns = [Column("", 2 * line.depth + 1, right=True), Column("")]
            row = [Text("-"), _line(line, outline, screen)]
            yield from grid(columns, [row], screen, gap=1)
        command = f"explore claims --role {section.role}"
        rest = theme.more(len(section.lines) - len(shown), command)
        if rest.plain:
            yield block([(2, rest)], screen)


def _line(line: Line, outline: Outline, screen: Screen) -> Text:
    summary = line.summary
    parts: list[Text | str] = [theme.plain(summary.claim["text"]), " "]
    if summary.speakers != outline.speakers:
        parts += ["said by ", theme.actors(summary.speakers), " "]
    below = f"{line.below} more below it" if line.below else ""
    where = ", ".join(filter(None, (place(summary.claim["locator"]), below)))
    parts.append(theme.quiet(f"({where}) {summary.claim['id']}" if where else summary.claim["id"]))
    counted = theme.counts(summary, screen.plain_ascii)
    return assembled(*parts, "  ", counted) if counted.plain else assembled(*parts)


def overview(found: Overview, screen: Screen) -> Iterator[str]:
    """Yield what the corpus is, its thesis, its size, and where to go next."""
    yield block(theme.heading(theme.plain(found.title).plain), screen)
    if found.description:
        yield block(theme.plain(found.description), screen)
    for summary in found.theses:
        yield block(theme.heading("\nThesis"), screen)
        yield block([(2, _thesis(summary))], screen)
    counts = ", ".join(
        f"{count:,} {what[:-1] if count == 1 else what}" for what, count in found.counts.items()
    )
    as_of = f"; as of {found.as_of}" if found.as_of else ""
    yield block(assembled(theme.heading("\nContains "), theme.plain(counts + as_of)), screen)
    yield block(theme.heading("\nWhere to go next"), screen)
    width = max(len(step.command) for step in found.steps)
    for step in found.steps:
        line = assembled(f"{step.command:<{width}}  ", theme.quiet(step.purpose))
        yield block([(2, line)], screen)


def _thesis(summary: ClaimSummary) -> Text:
    said = assembled(
        "said by ",
        theme.actors(summary.speakers),
        ", ",
        theme.plain(theme.where(summary.source, summary.claim)),
    )
    return lines(theme.plain(summary.claim["text"]), said, theme.quiet(summary.claim["id"]))
