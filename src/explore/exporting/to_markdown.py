"""The brief in Markdown (CommonMark); what a record holds is text in it and never markup."""

from collections.abc import Iterator

from explore.exporting import Options
from explore.exporting.brief import BESIDE, Point, Said, brief
from explore.formats.as_md import escape
from explore.index.ask import Index
from explore.visible import one_line


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the brief, a paragraph at a time."""
    del options
    found = brief(index)
    yield f"# {_text(found.title)}\n\n"
    if found.info.get("description"):
        yield f"{_text(found.info['description'])}\n\n"
    yield f"Holds {found.counts}."
    if found.info.get("as_of"):
        yield f" As of {_text(found.info['as_of'])}."
    yield " The words are the curators'; what is claimed is the speakers'.\n"
    if found.parts:
        yield f"\n## The argument, according to {_text(found.according_to)}\n"
    for part in found.parts:
        yield f"\n### {_text(part.heading)}\n\n"
        for point in part.points:
            yield from _point(point)
    if found.events:
        yield "\n## In order of time\n\n"
        for event in found.events:
            yield f"- {_text(event.date)}: {_said(event)}\n"
    yield "\n## Actors\n\n"
    for actor in found.actors:
        short = f" ({_text(actor.short)})" if actor.short and actor.short != actor.name else ""
        told = f": {_text(actor.description)}" if actor.description else ""
        yield f"- **{_text(actor.name)}**{short}, {actor.kind}{told}\n"
    yield "\n## Sources\n\n"
    for name, told in found.sources.items():
        yield f"- {name}: {_text(told)}\n"


def _point(point: Point) -> Iterator[str]:
    yield f"- **{_text(point.claim.text)}** {_whence(point.claim)}\n"
    for kind, group in point.beside.items():
        for one in group:
            yield f"  - {BESIDE[kind]} by {_text(one.who)}: {_text(one.text)} {_where(one)}\n"


def _said(said: Said) -> str:
    return f"{_text(said.text)} {_whence(said)}"


def _whence(said: Said) -> str:
    quote = f", “{_text(said.quote)}”" if said.quote else ""
    return f"— {_text(said.who)}{quote} {_where(said)}"


def _where(said: Said) -> str:
    return f"({said.source}{f', {_text(said.where)}' if said.where else ''})"


def _text(text: str) -> str:
    r"""Escape what Markdown would take for its own, entities and addresses among it."""
    return escape(one_line(text)).replace("&", "\\&").replace("$", "\\$")
