"""The views that print answers, each loaded only when its table is asked for."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from explore.model.records import Record
from explore.terminal.screen import Screen

if TYPE_CHECKING:
    from explore.index.queries import Index


def actors(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print actors."""
    from explore.terminal.actors import show

    return show(index, found, screen)


def claims(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print claims."""
    from explore.terminal.claims import show

    return show(index, found, screen)


def responses(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print responses beside what they answer."""
    from explore.terminal.responses import show

    return show(index, found, screen)


def branches(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print the tree of an argument."""
    from explore.terminal.tree import show

    return show(index, found, screen)


def findings(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print what an audit found."""
    from explore.terminal.audit import show

    return show(index, found, screen)


def hits(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print the hits of a search."""
    from explore.terminal.search import show

    return show(index, found, screen)


def events(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print dated facts by year."""
    from explore.terminal.timeline import show

    return show(index, found, screen)


def comparison(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print two actors side by side."""
    from explore.terminal.compare import show

    return show(index, found, screen)


def topics(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print topics."""
    from explore.terminal.listings import topics as show

    return show(index, found, screen)


def sources(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print sources."""
    from explore.terminal.listings import sources as show

    return show(index, found, screen)
