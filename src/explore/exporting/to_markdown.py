"""The brief in Markdown (CommonMark); texts of records are escaped, never markup."""

from collections.abc import Iterator

from explore.exporting import Options
from explore.exporting.brief import INCOMING, ClaimText, Entry, brief
from explore.formats.md import escape
from explore.index.queries import Index


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the brief, paragraph by paragraph."""
    del options
    found = brief(index)
    yield f"# {escape(found.title)}\n\n"
    if found.info.get("description"):
        yield f"{escape(found.info['description'])}\n\n"
    yield f"Contains {found.counts}."
    if found.info.get("as_of"):
        yield f" As of {escape(found.info['as_of'])}."
    yield " The wording is the curators'; the claims are the speakers'.\n"
    for chapter in found.chapters:
        yield f"\n## {escape(chapter.heading)}\n"
        for section in chapter.sections:
            yield f"\n### {escape(section.heading)}\n\n"
            for entry in section.entries:
                yield from _entry(entry, 0)
    if found.events:
        yield "\n## Timeline\n\n"
        for event in found.events:
            yield f"- {escape(event.date)}: {_link(event.id)}, {escape(event.speakers)}\n"
    yield "\n## Actors\n\n"
    for actor in found.actors:
        short = f" ({escape(actor.short)})" if actor.short and actor.short != actor.name else ""
        description = f": {escape(actor.description)}" if actor.description else ""
        yield f"- **{escape(actor.name)}**{short}, {actor.kind}{description}\n"
    yield "\n## Sources\n\n"
    for name, text in found.sources.items():
        yield f"- {_anchor(name)}{name}: {escape(text)}\n"


def _entry(entry: Entry, level: int) -> Iterator[str]:
    how = f"{INCOMING[entry.link]} by " if entry.link else ""
    claim = entry.claim
    yield f"{'  ' * level}- {_anchor(claim.id)}{how}{_claim(claim, led=bool(how))}\n"
    for heading, names in entry.elsewhere.items():
        links = ", ".join(map(_link, names))
        yield f"{'  ' * level}  - {heading}: {links}\n"
    for below in entry.replies:
        yield from _entry(below, level + 1)


def _claim(claim: ClaimText, *, led: bool) -> str:
    quote = f", “{escape(claim.quote)}”" if claim.quote else ""
    where = f", {escape(claim.locator)}" if claim.locator else ""
    who = escape(claim.speakers)
    if led:
        return (
            f"{escape(claim.speakers)}: {escape(claim.text)}{quote} ({_link(claim.source)}{where})"
        )
    who = escape(claim.speakers)
    return f"**{escape(claim.text)}** — {who}{quote} ({_link(claim.source)}{where})"


def _anchor(name: str) -> str:
    return f'<a id="{name}"></a>'


def _link(name: str) -> str:
    return f"[{name}](#{name})"
