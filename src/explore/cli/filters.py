"""From options as typed to one resolved query."""

from typing import TYPE_CHECKING, Any, NamedTuple

from explore.errors import UsageError
from explore.model.query import SORT_KEYS, Query

if TYPE_CHECKING:
    from explore.index.queries import Index


class Understood(NamedTuple):
    """A query, and what to tell the reader about how it was understood."""

    query: Query
    header: list[str]


def understand(index: "Index", *, members: bool = False, **typed: Any) -> Understood:
    """Resolve every name that was typed.

    Args:
        index: the corpus that the names are of.
        members: whether `about` takes in the members of its actors.
        typed: fields of `Query`, with names as typed.

    Raises:
        UnknownNameError: if no record has a name, with the nearest ones.
        AmbiguousNameError: if several have.
        UsageError: if a date or a sort key is none.
    """
    from explore.model.dates import is_date
    from explore.index import lookup as resolve

    ways = {
        "ids": resolve.claim,
        "about": resolve.actor,
        "by": resolve.actor,
        "subject": resolve.actor,
        "topic": resolve.topic,
        "source": resolve.source,
        "to": resolve.claim,
    }
    found = {name: value for name, value in typed.items() if value not in (None, [], False)}
    if typed.get("disputed") is not None:
        found["disputed"] = typed["disputed"]
    for name, value in found.items():
        if name in ways:
            found[name] = tuple(dict.fromkeys(ways[name](index.db, each) for each in value))
        elif isinstance(value, list):
            found[name] = tuple(value)
    for name in ("since", "until"):
        if name in found and not is_date(found[name]):
            raise UsageError(
                f"--{name}: '{found[name]}' is no date; write 2022, 2022-06 or 2022-06-29"
            )
    if found.get("sort", "order").removeprefix("-") not in SORT_KEYS:
        raise UsageError(f"--sort: '{found['sort']}' is none of {', '.join(SORT_KEYS)}")
    header = _header(index, found.get("about", ()), members=members)
    if members:
        found["about"] = _widened(index, found.get("about", ()))
    return Understood(Query(**found), header)


def _widened(index: "Index", actors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for actor in actors for name in (actor, *index.members(actor)))
    )


def _header(index: "Index", actors: tuple[str, ...], *, members: bool) -> list[str]:
    """Say of each group, or of each actor that is widened, which actors it stands for."""
    lines = []
    for actor in actors:
        inside = index.members(actor)
        if not members and (index.actor_kind(actor) != "group" or not inside):
            continue
        stands = ", ".join(map(index.short, inside)) or "no actor of this corpus"
        if members:
            lines.append(f"{index.short(actor)} with its members: {stands}")
        else:
            lines.append(f"{index.short(actor)} stands for {stands}; --members takes them in")
    return lines
