"""The tree of an argument, a line a claim, deeper ones further in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from explore.index.ask import Index
from explore.records import Record
from explore.screen import Screen
from explore.tree import WORDS
from explore.views import style

if TYPE_CHECKING:
    from rich.console import RenderableType

_STEP = 2
LINK = {
    "supports": "green",
    "disputes": "red",
    "qualifies": "yellow",
    "background_to": "blue",
    "responds_to": "magenta",
}


def show(index: Index, branches: list[Record], screen: Screen) -> Iterator["RenderableType"]:
    """Yield a line a branch: its link, text and id, and who says it where that changes."""
    deepest = screen.width // (2 * _STEP)
    speakers: dict[str, list[str]] = {}
    for branch in branches:
        speakers[branch["claim"]] = branch["by"]
        claim = index.record(branch["claim"])[1]
        text = Text()
        if branch["depth"] > deepest:
            text.append(f"(level {branch['depth']}) ", style.QUIET)
        if branch["link"]:
            text.append(f"{WORDS[branch['link']]}: ", LINK[branch["link"]])
        text.append_text(Text.assemble(style.plain(branch["text"]), " ", style.claim_id(claim)))
        if branch["by"] != speakers.get(branch["parent"]):
            who = style.actors(index, branch["by"])
            text.append_text(Text.assemble(" said by ", who, ", ", style.whence(claim)))
        if branch["again"]:
            text.append(" (followed above)", style.QUIET)
        if branch["note"]:
            text.append(" ").append_text(style.plain(f"note: {branch['note']}", style.QUIET))
        yield Padding(text, (0, 0, 0, _STEP * min(branch["depth"], deepest)))
