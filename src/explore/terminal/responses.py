"""Responses, each with what it responds to, by who responds and in whose account."""

from collections.abc import Iterator, Sequence

from explore.analysis.listings import Group, Response
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Cell, Column, Text, assembled, block, grid, lines

_VERBS = {"reported": "responds", "proposed": "should respond", None: "responds"}


def show(groups: Sequence[Group], screen: Screen) -> Iterator[str]:
    """Yield a block for each actor who responds, and each account of it."""
    for number, group in enumerate(groups):
        if number:
            yield "\n"
        yield block(_head(group), screen)
        columns = [Column(""), Column("", min(30, screen.width // 3))]
        rows = ([_response(each, screen), _aside(each, screen)] for each in group.responses)
        yield from grid(columns, rows, screen, spaced=True)


def _head(group: Group) -> Text:
    who = theme.actors([group.actor] if group.actor else []).plain or "An actor not named"
    verb = _VERBS[group.status]
    speakers = theme.actors(group.speakers).plain
    if group.is_own:
        account = "in its own words"
    elif group.status == "proposed":
        account = f"as {speakers} propose" + ("s" if len(group.speakers) == 1 else "")
    else:
        account = f"in the account of {speakers}"
    return theme.heading(f"{who} {verb}, {account}: {len(group.responses)}")


def _response(response: Response, screen: Screen) -> Cell:
    entries: list[tuple[int, Text]] = [(2, theme.plain(response.summary.claim["text"]))]
    mark = theme.marked("responds_to", screen.plain_ascii)
    for answered in response.answered:
        note = theme.quiet(f"note: {answered.note}") if answered.note else Text()
        text = theme.plain(answered.summary.claim["text"])
        said_by = Text()
        if answered.summary.speakers != response.summary.speakers:
            said_by = assembled(
                Text(" said by ", theme.QUIET), theme.actors(answered.summary.speakers)
            )
        entries.append(
            (2, assembled(mark, " ", text, said_by, " " if answered.note else "", note))
        )
    return entries


def _aside(response: Response, screen: Screen) -> Cell:
    claim = response.summary.claim
    manner = ", ".join(filter(None, (claim["instrument"], claim["status"])))
    return lines(
        theme.quiet(manner),
        theme.quiet(theme.where(response.summary.source, claim)),
        theme.counts(response.summary, screen.plain_ascii),
        theme.quiet(claim["id"]),
    )
