"""The argument as a brief in Markdown."""

from collections.abc import Iterator

from explore.analysis.outline import HEADINGS, Line, Outline
from explore.formats.md import escape
from explore.model.citation import place, reference


def write(outline: Outline) -> Iterator[str]:
    """Yield the brief: a heading for each section, a line for each claim with its speaker."""
    yield f"# {_text(outline.title)}\n"
    for section in outline.sections:
        who = f": {_text(section.actor.short)}" if section.actor else ""
        yield f"\n## {HEADINGS[section.role]}{who}\n\n"
        for line in section.lines:
            yield f"{'  ' * line.depth}- {_claim(line)}\n"
    yield "\n## Sources\n\n"
    for source in outline.sources:
        yield f"- {_text(reference(source))}\n"


def _claim(line: Line) -> str:
    claim = line.summary.claim
    speakers = ", ".join(label.short for label in line.summary.speakers)
    where = ", ".join(filter(None, (claim["source"], place(claim["locator"]))))
    return f"{_text(claim['text'])} ({_text(speakers)}; {_text(where)}; `{claim['id']}`)"


def _text(text: str) -> str:
    return escape(" ".join(text.split()))
