"""The tree of an argument: rails, the mark of each link, a sentence and who says it."""

from collections.abc import Iterator, Sequence

from explore.analysis.tree import Node
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Text, assembled, hanging

_STEP = 3
_RAILS = {"through": "│  ", "branch": "├─ ", "last": "└─ ", "none": "   "}
_ASCII_RAILS = {"through": "|  ", "branch": "|- ", "last": "`- ", "none": "   "}


def show(nodes: Sequence[Node], screen: Screen) -> Iterator[str]:
    """Yield the lines of a tree; levels deeper than fit are numbered."""
    rails = _ASCII_RAILS if screen.plain_ascii else _RAILS
    deepest = screen.width // (2 * _STEP)
    for node in nodes:
        parts: list[Text | str] = []
        if node.link:
            parts += [theme.marked(node.link, screen.plain_ascii), " "]
        if node.depth > deepest:
            parts.append(Text(f"(level {node.depth}) ", theme.QUIET))
        parts += [
            theme.plain(node.summary.claim["text"]),
            "  ",
            theme.attribution(node.summary),
            "  ",
            theme.quiet(node.summary.claim["id"]),
        ]
        if node.again:
            parts.append(Text("  (followed above)", theme.QUIET))
        if node.note:
            parts += ["  ", theme.quiet(f"note: {node.note}")]
        last = node.last[-deepest:] if node.depth > deepest else node.last
        before = "".join(rails["none" if ended else "through"] for ended in last[:-1])
        first = before + (rails["last" if last[-1] else "branch"] if last else "")
        rest = before + (rails["none" if last[-1] else "through"] if last else "")
        yield hanging(first, rest, assembled(*parts), screen)
