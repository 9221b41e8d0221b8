"""How actors are shown."""

from typing import NamedTuple


class ActorLabel(NamedTuple):
    """How an actor is shown: the name that tables print, and its kind."""

    short: str
    kind: str
