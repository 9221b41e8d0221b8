"""The views that print answers, each loaded only when its table is asked for."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from explore.records import Record
from explore.screen import Screen

if TYPE_CHECKING:
    from explore.index.ask import Index


def actors(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print actors."""
    from explore.views.actors import show

    return show(index, found, screen)


def claims(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print claims."""
    from explore.views.claims import show

    return show(index, found, screen)


def responses(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print responses beside what they answer."""
    from explore.views.responses import show

    return show(index, found, screen)


def branches(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print the tree of an argument."""
    from explore.views.branches import show

    return show(index, found, screen)


def findings(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print what an audit found."""
    from explore.views.findings import show

    return show(index, found, screen)


def hits(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print the hits of a search."""
    from explore.views.hits import show

    return show(index, found, screen)


def events(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print dated facts by year."""
    from explore.views.chronicle import show

    return show(index, found, screen)


def comparison(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print two actors side by side."""
    from explore.views.comparison import show

    return show(index, found, screen)


def topics(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print topics."""
    from explore.views.listing import topics as show

    return show(index, found, screen)


def sources(index: "Index", found: list[Record], screen: Screen) -> Iterable[str]:
    """Print sources."""
    from explore.views.listing import sources as show

    return show(index, found, screen)
