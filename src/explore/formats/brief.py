"""The argument as a brief in Markdown."""

from collections.abc import Iterator

from explore.analysis.outline import ORDER, Section
from explore.model.citation import place, reference
from explore.formats.md import escape
from explore.index.queries import Index


def write(index: Index, sections: list[Section]) -> Iterator[str]:
    """Yield the brief: a heading a section, a line a claim, the speaker at every line."""
    yield f"# {escape(index.title())}\n"
    for section in sections:
        who = f": {escape(index.short(section.subject))}" if section.subject else ""
        yield f"\n## {ORDER[section.role]}{who}\n\n"
        for line in section.lines:
            claim = line.claim
            said = ", ".join(map(index.short, claim["by"]))
            where = ", ".join(filter(None, (claim["source"], place(claim["locator"]))))
            mark = "  " * line.depth + "-"
            told = f"{escape(said)}; {escape(where)}; `{claim['id']}`"
            yield f"{mark} {escape(claim['text'])} ({told})\n"
    lines = [line for section in sections for line in section.lines]
    yield "\n## Sources\n\n"
    for source in dict.fromkeys(line.claim["source"] for line in lines):
        yield f"- {escape(reference(index.record(source)[1]))}\n"
