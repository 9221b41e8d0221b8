"""The brief as one page: no script, nothing from the network, for a browser or the printer."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from explore.exporting import Options
from explore.exporting.brief import BESIDE, Actor, Brief, Part, Said, brief
from explore.index.ask import Index
from explore.visible import one_line


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield the page."""
    del options
    found = brief(index)
    yield from _head(found)
    yield '<main id="content">\n'
    yield from _overview(found)
    if found.parts:
        yield f'<h2 id="argument">The argument, according to {_text(found.according_to)}</h2>\n'
    for number, part in enumerate(found.parts):
        yield from _part(number, part)
    if found.events:
        yield '<h2 id="time">In order of time</h2>\n<ol class="events">\n'
        for event in found.events:
            yield f"<li>{_text(event.date)}: {_text(event.text)} {_whence(event)}</li>\n"
        yield "</ol>\n"
    yield '<h2 id="actors">Actors</h2>\n<ul class="list">\n'
    yield from map(_actor, found.actors)
    yield '</ul>\n<h2 id="sources">Sources</h2>\n<ul class="list">\n'
    for name, told in found.sources.items():
        yield f'<li id="source-{name}">{name}: {_text(told)}</li>\n'
    yield "</ul>\n</main>\n</body>\n</html>\n"


def _head(found: Brief) -> Iterator[str]:
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    language = escape(found.info.get("language", "en"))
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="UTF-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{_text(found.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#content">Skip to the brief</a>\n'


def _overview(found: Brief) -> Iterator[str]:
    yield f"<h1>{_text(found.title)}</h1>\n"
    if found.info.get("description"):
        yield f"<p>{_text(found.info['description'])}</p>\n"
    day = f" As of {_text(found.info['as_of'])}." if found.info.get("as_of") else ""
    yield f'<p class="quiet">Holds {found.counts}.{day} The words are the curators’;'
    yield " what is claimed is the speakers’.</p>\n"
    yield '<nav aria-label="Contents">\n<ul>\n'
    for number, part in enumerate(found.parts):
        yield f'<li><a href="#part-{number}">{_text(part.heading)}</a></li>\n'
    if found.events:
        yield '<li><a href="#time">In order of time</a></li>\n'
    yield '<li><a href="#actors">Actors</a></li>\n<li><a href="#sources">Sources</a></li>\n'
    yield "</ul>\n</nav>\n"


def _part(number: int, part: Part) -> Iterator[str]:
    yield f'<h3 id="part-{number}">{_text(part.heading)}</h3>\n<ul class="claims">\n'
    for point in part.points:
        yield f'<li><p class="text">{_text(point.claim.text)}</p>\n'
        yield f'<p class="who">{_whence(point.claim)}</p>\n'
        if point.beside:
            yield '<ul class="beside">\n'
            for kind, group in point.beside.items():
                for one in group:
                    yield _beside(kind, one)
            yield "</ul>\n"
        yield "</li>\n"
    yield "</ul>\n"


def _beside(kind: str, said: Said) -> str:
    how = f'<span class="kind {kind}">{BESIDE[kind]} by {_text(said.who)}:</span>'
    return f"<li>{how} {_text(said.text)} {_where(said)}</li>\n"


def _whence(said: Said) -> str:
    quote = f", <q>{_text(said.quote)}</q>" if said.quote else ""
    return f"— {_text(said.who)}{quote} {_where(said)}"


def _where(said: Said) -> str:
    link = f'<a href="#source-{said.source}">{said.source}</a>'
    return f"({link}{f', {_text(said.where)}' if said.where else ''})"


def _actor(actor: Actor) -> str:
    short = f" ({_text(actor.short)})" if actor.short and actor.short != actor.name else ""
    told = f": {_text(actor.description)}" if actor.description else ""
    return f"<li><strong>{_text(actor.name)}</strong>{short}, {actor.kind}{told}</li>\n"


def _text(text: str) -> str:
    return escape(one_line(text))
