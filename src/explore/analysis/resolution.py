"""From filters as people type them to one query, with what there is to say about it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from explore.errors import UsageError
from explore.index import lookup
from explore.index.left_out import left_out
from explore.index.queries import Index
from explore.model.dates import is_date, span
from explore.model.query import DATES, SORT_KEYS, Query
from explore.model.references import Filter, filters

_LOOKUPS = {"actor": lookup.actor, "claim": lookup.claim, "source": lookup.source}


class Resolved(NamedTuple):
    """A query, lines that say how it was understood, and the words of a search left out of it."""

    query: Query
    notes: list[str]
    left_out: list[str]


def resolve(
    index: Index,
    where: Mapping[str, str | Sequence[str] | None],
    *,
    ids: Sequence[str] = (),
    members: bool = False,
    since: str | None = None,
    until: str | None = None,
    dates: str | None = None,
    sort: str | None = None,
    **flags: Any,
) -> Resolved:
    """Return the query that some filters ask for.

    Args:
        index: the corpus.
        where: values by the options in `filters("claim")`, as typed; one value or several.
        ids: claims, by their ids or prefixes of them.
        members: whether `about` takes in the members of its actors.
        since: the earliest date, as typed.
        until: the latest date, as typed.
        dates: which date these look at, one of `DATES`.
        sort: a key of `SORT_KEYS`, with `-` before it for the reverse.
        flags: other fields of `Query`.

    Raises:
        UnknownNameError: if no record has a name, with similar ones.
        AmbiguousNameError: if several have.
        UsageError: if a value, a date or a sort key is not valid.
    """
    known = filters("claim")
    found = {
        option: resolve_values(index, known[option], values)
        for option, values in where.items()
        if values
    }
    for option, date in (("since", since), ("until", until)):
        if date and not is_date(date):
            raise UsageError(
                f"--{option}: '{date}' is not a valid date; use 2022, 2022-06 or 2022-06-29"
            )
    if since and until and span(since)[0] > span(until)[1]:
        raise UsageError(f"--since {since} is later than --until {until}; swap the two")
    if dates and dates not in DATES:
        raise UsageError(f"--dates: '{dates}' is not one of {', '.join(DATES)}")
    if sort and sort.removeprefix("-") not in SORT_KEYS:
        raise UsageError(f"--sort: '{sort}' is not one of {', '.join(SORT_KEYS)}")
    notes = _notes(index, found.get("about", ()), members=members)
    if members and "about" in found:
        found["about"] = _with_members(index, found["about"])
    claims = tuple(dict.fromkeys(lookup.claim(index.db, name) for name in ids))
    query = Query(claims, found, since=since, until=until, dates=dates or "", sort=sort or "")
    query = query._replace(**flags)
    return Resolved(query, notes, _left_out(index, query.search))


def dating(index: Index, query: Query) -> list[str]:
    """Return the line that says what the dates of a query leave out, if they leave out any."""
    added, undated = left_out(index.db, query)
    by_event = query.reading == "event"
    parts = []
    if added:
        claims = "claim matches" if added == 1 else "claims match"
        other = "was said (--dates said)" if by_event else "happened (--dates event)"
        parts.append(f"{added:,} more {claims} by when it {other}")
    if undated:
        claims = "claim has" if undated == 1 else "claims have"
        lack = "neither date" if by_event else "a source without a date"
        parts.append(f"{undated:,} {claims} {lack}")
    reading = "when it happened, else when it was said" if by_event else "when it was said"
    return [f"dates tell {reading}; {', '.join(parts)}"] if parts else []


def resolve_values(index: Index, declared: Filter, typed: str | Sequence[str]) -> tuple[str, ...]:
    """Return the values of a filter; errors as `resolve`."""
    values = [typed] if isinstance(typed, str) else typed
    if declared.choices:
        for value in values:
            if value not in declared.choices:
                choices = ", ".join(declared.choices)
                raise UsageError(f"--{declared.option}: '{value}' is not one of {choices}")
        return tuple(dict.fromkeys(values))
    if not declared.refers and declared.field != "topics":
        return tuple(dict.fromkeys(values))
    look_up = _LOOKUPS[declared.refers] if declared.refers else lookup.topic
    return tuple(dict.fromkeys(look_up(index.db, value) for value in values))


def _left_out(index: Index, search: str) -> list[str]:
    if not search:
        return []
    # Its patterns take a moment to compile.
    from explore.index.search_terms import expressions

    return expressions(index.db, search, "claim").left_out


def _with_members(index: Index, actors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name for actor in actors for name in (actor, *index.related(actor, "member_of"))
        )
    )


def _notes(index: Index, actors: tuple[str, ...], *, members: bool) -> list[str]:
    """Say of each group, or of each actor whose members count too, which actors these are."""
    lines = []
    labels = index.labels() if actors else {}
    for actor in actors:
        inside = index.related(actor, "member_of")
        if not members and (labels[actor].kind != "group" or not inside):
            continue
        short = labels[actor].short
        listed = ", ".join(labels[name].short for name in inside) or "none in this corpus"
        if members:
            lines.append(f"{short} and its members: {listed}")
        else:
            lines.append(f"{short} is a group: {listed}; add --members to include them")
    return lines
