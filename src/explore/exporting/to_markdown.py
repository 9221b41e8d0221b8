"""The brief in Markdown (CommonMark); what a record holds is text in it and never markup."""

from collections.abc import Iterator

from explore.exporting import Options
from explore.exporting.brief import BESIDE, Point, Said, brief
from explore.formats.md import escape
from explore.index.queries import Index


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the brief, a paragraph at a time."""
    del options
    found = brief(index)
    yield f"# {escape(found.title)}\n\n"
    if found.info.get("description"):
        yield f"{escape(found.info['description'])}\n\n"
    yield f"Holds {found.counts}."
    if found.info.get("as_of"):
        yield f" As of {escape(found.info['as_of'])}."
    yield " The words are the curators'; what is claimed is the speakers'.\n"
    for chapter in found.chapters:
        yield f"\n## {escape(chapter.heading)}\n"
        for part in chapter.parts:
            yield f"\n### {escape(part.heading)}\n\n"
            for point in part.points:
                yield from _point(point, 0)
    if found.events:
        yield "\n## In order of time\n\n"
        for event in found.events:
            yield f"- {escape(event.date)}: {_link(event.id)}, {escape(event.who)}\n"
    yield "\n## Actors\n\n"
    for actor in found.actors:
        short = f" ({escape(actor.short)})" if actor.short and actor.short != actor.name else ""
        told = f": {escape(actor.description)}" if actor.description else ""
        yield f"- **{escape(actor.name)}**{short}, {actor.kind}{told}\n"
    yield "\n## Sources\n\n"
    for name, told in found.sources.items():
        yield f"- {_anchor(name)}{name}: {escape(told)}\n"


def _point(point: Point, level: int) -> Iterator[str]:
    how = f"{BESIDE[point.kind]} by " if point.kind else ""
    said = point.claim
    yield f"{'  ' * level}- {_anchor(said.id)}{how}{_said(said, led=bool(how))}\n"
    for told, names in point.elsewhere.items():
        links = ", ".join(map(_link, names))
        yield f"{'  ' * level}  - {told}: {links}\n"
    for below in point.beside:
        yield from _point(below, level + 1)


def _said(said: Said, *, led: bool) -> str:
    quote = f", “{escape(said.quote)}”" if said.quote else ""
    where = f", {escape(said.where)}" if said.where else ""
    if led:
        return f"{escape(said.who)}: {escape(said.text)}{quote} ({_link(said.source)}{where})"
    who = escape(said.who)
    return f"**{escape(said.text)}** — {who}{quote} ({_link(said.source)}{where})"


def _anchor(name: str) -> str:
    return f'<a id="{name}"></a>'


def _link(name: str) -> str:
    return f"[{name}](#{name})"
