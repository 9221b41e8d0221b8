"""The tree of an argument, a line a claim, deeper ones further in."""

from collections.abc import Iterator

from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.analysis.tree import WORDS
from explore.terminal import theme as style
from explore.terminal.grid import block
from explore.terminal.text import Text, assembled

_STEP = 2
LINK = {
    "supports": "green",
    "disputes": "red",
    "qualifies": "yellow",
    "background_to": "blue",
    "responds_to": "magenta",
}


def show(index: Index, branches: list[Record], screen: Screen) -> Iterator[str]:
    """Yield a line a branch: its link, text and id, and who says it where that changes."""
    deepest = screen.width // (2 * _STEP)
    speakers: dict[str, list[str]] = {}
    for branch in branches:
        speakers[branch["claim"]] = branch["by"]
        claim = index.record(branch["claim"])[1]
        parts: list[Text | str] = []
        if branch["depth"] > deepest:
            parts.append(Text(f"(level {branch['depth']}) ", style.QUIET))
        if branch["link"]:
            parts.append(Text(f"{WORDS[branch['link']]}: ", LINK[branch["link"]]))
        parts += [style.plain(branch["text"]), " ", style.claim_id(claim)]
        if branch["by"] != speakers.get(branch["parent"]):
            parts += [" said by ", style.actors(index, branch["by"]), ", ", style.whence(claim)]
        if branch["again"]:
            parts.append(Text(" (followed above)", style.QUIET))
        if branch["note"]:
            parts += [" ", style.plain(f"note: {branch['note']}", style.QUIET)]
        yield block([(_STEP * min(branch["depth"], deepest), assembled(*parts))], screen)
