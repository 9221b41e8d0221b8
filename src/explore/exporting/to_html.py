"""The brief as one page: no script, nothing from the network, for a browser or the printer."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from explore.exporting import Options
from explore.exporting.brief import INCOMING, Actor, Brief, Chapter, ClaimText, Entry, brief
from explore.formats.references import hidden_by_number, holdable
from explore.index.queries import Index


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the page.

    The anchors of records are their ids; those of headings begin with a capital, as no id does.
    """
    del options
    found = brief(index)
    yield from _head(found)
    yield '<main id="Content">\n'
    yield from _overview(found)
    for number, chapter in enumerate(found.chapters):
        yield from _chapter(number, chapter)
    if found.events:
        yield '<h2 id="Time">Timeline</h2>\n<ol class="events">\n'
        for event in found.events:
            yield f"<li>{_text(event.date)}: {_link(event.id)}, {_text(event.speakers)}</li>\n"
        yield "</ol>\n"
    yield '<h2 id="Actors">Actors</h2>\n<ul class="list">\n'
    yield from map(_actor, found.actors)
    yield '</ul>\n<h2 id="Sources">Sources</h2>\n<ul class="list">\n'
    for name, text in found.sources.items():
        yield f'<li id="{name}">{name}: {_text(text)}</li>\n'
    yield "</ul>\n</main>\n</body>\n</html>\n"


def _head(found: Brief) -> Iterator[str]:
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    language = _escaped(found.info.get("language", "en"))
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="UTF-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{_escaped(found.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#Content">Skip to the brief</a>\n'


def _overview(found: Brief) -> Iterator[str]:
    yield f"<h1>{_text(found.title)}</h1>\n"
    if found.info.get("description"):
        yield f"<p>{_text(found.info['description'])}</p>\n"
    day = f" As of {_text(found.info['as_of'])}." if found.info.get("as_of") else ""
    yield f'<p class="quiet">Contains {found.counts}.{day} The wording is the curators’;'
    yield " the claims are the speakers’.</p>\n"
    yield '<nav aria-label="Contents">\n<ul>\n'
    for at, chapter in enumerate(found.chapters):
        for number, section in enumerate(chapter.sections):
            yield f'<li><a href="#Part-{at}-{number}">{_text(section.heading)}</a></li>\n'
    if found.events:
        yield '<li><a href="#Time">Timeline</a></li>\n'
    yield '<li><a href="#Actors">Actors</a></li>\n<li><a href="#Sources">Sources</a></li>\n'
    yield "</ul>\n</nav>\n"


def _chapter(at: int, chapter: Chapter) -> Iterator[str]:
    yield f"<h2>{_text(chapter.heading)}</h2>\n"
    for number, section in enumerate(chapter.sections):
        yield f'<h3 id="Part-{at}-{number}">{_text(section.heading)}</h3>\n<ul class="claims">\n'
        for entry in section.entries:
            yield from _entry(entry)
        yield "</ul>\n"


def _entry(entry: Entry) -> Iterator[str]:
    claim = entry.claim
    quote = f", <q>{_text(claim.quote)}</q>" if claim.quote else ""
    if entry.link:
        words = f"{INCOMING[entry.link]} by {_text(claim.speakers)}"
        how = f'<span class="kind {entry.link}">{words}:</span>'
        yield f'<li id="{claim.id}">{how} {_text(claim.text)}{quote} {_where(claim)}\n'
    else:
        yield f'<li id="{claim.id}"><p class="text">{_text(claim.text)}</p>\n'
        yield f'<p class="who">— {_text(claim.speakers)}{quote} {_where(claim)}</p>\n'
    if entry.replies or entry.elsewhere:
        yield '<ul class="beside">\n'
        for heading, names in entry.elsewhere.items():
            yield f'<li class="quiet">{heading}: {", ".join(map(_link, names))}</li>\n'
        for below in entry.replies:
            yield from _entry(below)
        yield "</ul>\n"
    yield "</li>\n"


def _where(claim: ClaimText) -> str:
    return f"({_link(claim.source)}{f', {_text(claim.locator)}' if claim.locator else ''})"


def _link(name: str) -> str:
    return f'<a href="#{name}">{name}</a>'


def _actor(actor: Actor) -> str:
    short = f" ({_text(actor.short)})" if actor.short and actor.short != actor.name else ""
    description = f": {_text(actor.description)}" if actor.description else ""
    return f"<li><strong>{_text(actor.name)}</strong>{short}, {actor.kind}{description}</li>\n"


def _text(text: str) -> str:
    """Return a text for the page; what turns its direction turns nothing beside it."""
    held = _escaped(text)
    return held if text.isascii() else f"<bdi>{held}</bdi>"


def _escaped(text: str) -> str:
    """Return a text as HTML can hold it: line ends as line feeds, what is barred visibly."""
    one_kind = text.replace("\r\n", "\n").replace("\r", "\n")
    return hidden_by_number(escape(holdable(one_kind)))
