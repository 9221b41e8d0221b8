"""Responses, each with what it responds to, by who responds and in whose account."""

from collections.abc import Iterator, Sequence

from explore.analysis.listings import Answered, Group, Response
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Cell, Text, assembled, block, joined


def show(groups: Sequence[Group], screen: Screen) -> Iterator[str]:
    """Yield a block for each actor who responds, and each account of it."""
    for number, group in enumerate(groups):
        yield block(theme.heading(("\n" if number else "") + _head(group)), screen)
        for place, response in enumerate(group.responses):
            yield ("\n" if place else "") + block(_response(response, screen), screen)


def _head(group: Group) -> str:
    """Return who responds and in whose account, in words that fit one actor and several."""
    who = theme.actors([group.actor] if group.actor else []).plain or "No actor named"
    account = "proposed by" if group.status == "proposed" else "in the account of"
    speakers = theme.actors(group.speakers).plain
    return f"{who}: {theme.numbered(len(group.responses), 'response')} {account} {speakers}"


def _response(response: Response, screen: Screen) -> Cell:
    summary = response.summary
    claim = summary.claim
    manner = ", ".join(filter(None, (claim["instrument"], claim["status"])))
    aside = [
        theme.quiet(manner),
        theme.quiet(theme.where(summary.source, claim)),
        theme.counts(summary, screen.plain_ascii),
        theme.quiet(claim["id"]),
    ]
    return [
        (2, theme.plain(claim["text"])),
        *((2, _answered(each, response, screen)) for each in response.answered),
        (2, joined(" · ", [text for text in aside if text.plain])),
    ]


def _answered(answered: Answered, response: Response, screen: Screen) -> Text:
    parts: list[Text | str] = [
        theme.marked("responds_to", screen.plain_ascii),
        " ",
        theme.plain(answered.summary.claim["text"]),
    ]
    if answered.summary.speakers != response.summary.speakers:
        parts += ["  ", theme.quiet("said by"), " ", theme.actors(answered.summary.speakers)]
    if answered.note:
        parts += ["  ", theme.quiet(f"note: {answered.note}")]
    return assembled(*parts)
