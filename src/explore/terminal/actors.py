"""One actor as a profile."""

from collections.abc import Iterator

from explore.analysis.cards import Part, Profile
from explore.terminal import cards, claims, theme
from explore.terminal.screen import Screen
from explore.terminal.table import block


def profile(found: Profile, screen: Screen) -> Iterator[str]:
    """Yield who an actor is, what it says, what is said of it, and how it responds."""
    name = found.card.actor["id"]
    yield from cards.actor(found.card, screen)
    for head, part, command in (
        ("What it says", found.says, f"explore claims --by {name}"),
        ("What it is said to do", found.does, f"explore claims --subject {name}"),
        ("How it is said to respond", found.responds, f"explore responses --by {name}"),
        ("All that concerns it", found.concerns, f"explore claims --about {name}"),
    ):
        yield from _part(head, part, command, screen)


def _part(head: str, part: Part, command: str, screen: Screen) -> Iterator[str]:
    total = f"{part.total:,}" if part.total else "nothing in this corpus"
    yield block(theme.heading(f"\n{head}: {total}"), screen)
    yield from claims.show(part.claims, screen)
    rest = theme.more(part.total - len(part.claims), command)
    if rest.plain:
        yield block([(2, rest)], screen)
