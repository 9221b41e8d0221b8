"""The argument as a brief in Markdown."""

from collections.abc import Iterator

from explore.argument import ORDER, Section
from explore.citation import place, reference
from explore.formats.as_md import escape
from explore.formats.flat import flat
from explore.index.ask import Index
from explore.visible import one_line


def write(index: Index, sections: list[Section]) -> Iterator[str]:
    """Yield the brief: a heading a section, a line a claim, the speaker at every line."""
    yield f"# {_text(index.title())}\n"
    for section in sections:
        who = f": {_text(index.short(section.subject))}" if section.subject else ""
        yield f"\n## {ORDER[section.role]}{who}\n\n"
        for line in section.lines:
            claim = line.claim
            said = ", ".join(map(index.short, claim["by"]))
            where = ", ".join(filter(None, (claim["source"], place(claim["locator"]))))
            mark = "  " * line.depth + "-"
            told = f"{_text(said)}; {_text(where)}; `{flat(claim['id'])}`"
            yield f"{mark} {_text(claim['text'])} ({told})\n"
    lines = [line for section in sections for line in section.lines]
    yield "\n## Sources\n\n"
    for source in dict.fromkeys(line.claim["source"] for line in lines):
        yield f"- {_text(reference(index.record(source)[1]))}\n"


def _text(text: str) -> str:
    return escape(one_line(text))
