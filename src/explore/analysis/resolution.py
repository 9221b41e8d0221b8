"""From filters as people type them to one query, with what there is to say about it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from explore.errors import UsageError
from explore.index import lookup
from explore.index.left_out import left_out
from explore.index.queries import Index
from explore.model.dates import is_date, span
from explore.model.query import DATES, SORT_KEYS, Match, Query
from explore.model.records import tie_target
from explore.model.references import Filter, filters

_LOOKUPS = {"actor": lookup.actor, "claim": lookup.claim, "source": lookup.source}


class Resolved(NamedTuple):
    """A query, and how it was understood.

    Attributes:
        query: the query.
        notes: lines that say how it was understood.
        left_out: the words of a search that are left out, since no record has all of them.
        groups: by the actors in `about`, the groups of each that the query does not take in.
    """

    query: Query
    notes: list[str]
    left_out: list[str]
    groups: Mapping[str, tuple[str, ...]]


def resolve(
    index: Index,
    where: Mapping[str, str | Sequence[str] | None],
    *,
    ids: Sequence[str] = (),
    members: bool = False,
    groups: bool = False,
    match: Match = "any",
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
        groups: whether `about` takes in the groups that its actors belong to.
        match: whether a claim has any of the values of one filter, or all of them.
        since: the earliest date, as typed.
        until: the latest date, as typed.
        dates: which date these look at, one of `DATES`.
        sort: a key of `SORT_KEYS`, with `-` before it for the reverse.
        flags: other fields of `Query`.

    Raises:
        UnknownNameError: if no record has a name, with similar ones.
        AmbiguousNameError: if several have.
        UsageError: if a value, a date, a sort key or `match` is not valid.
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
    if match not in get_args(Match):
        raise UsageError(f"--match: '{match}' is not one of {', '.join(get_args(Match))}")
    if sort and sort.removeprefix("-") not in SORT_KEYS:
        raise UsageError(f"--sort: '{sort}' is not one of {', '.join(SORT_KEYS)}")
    about = found.get("about", ())
    notes = _notes(index, about, members=members)
    belongs = _groups(index, about)
    if groups:
        notes += _group_notes(index, belongs)
    claims = tuple(dict.fromkeys(lookup.claim(index.db, name) for name in ids))
    query = Query(claims, found, since=since, until=until, dates=dates or "", sort=sort or "")
    query = query._replace(**flags)
    if match == "all":
        query = _separated(query)
    if members:
        inside = {actor: tuple(index.related(actor, "member_of")) for actor in about}
        query = _widened(query, inside)
    if groups:
        query = _widened(query, belongs)
    words = _left_out(index, query.search)
    return Resolved(query, notes, words, {} if groups else belongs)


def hints(index: Index, query: Query, groups: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return lines that say what the dates and the groups of a query leave out.

    Args:
        index: the corpus.
        query: a query of `resolve`, or one made from it.
        groups: those of `Resolved`.
    """
    return [*dating(index, query), *_outside(index, query, groups)]


def dating(index: Index, query: Query) -> list[str]:
    """Return the line that says what the dates of a query leave out, if they leave out any."""
    added, undated = left_out(index.db, query)
    by_event = query.reading == "event"
    parts = []
    if added:
        claims = "claim matches" if added == 1 else "claims match"
        other = "statement (--dates said)" if by_event else "event (--dates event)"
        parts.append(f"{added:,} more {claims} by the date of the {other}")
    if undated:
        claims = "claim has" if undated == 1 else "claims have"
        lack = "neither date" if by_event else "a source without a date"
        parts.append(f"{undated:,} {claims} {lack}")
    reading = "the event, else of the statement" if by_event else "the statement"
    return [f"filtered by the date of {reading}; {', '.join(parts)}"] if parts else []


def _outside(index: Index, query: Query, groups: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the line that says how many more claims concern the groups of its actors."""
    if not any(groups.values()):
        return []
    more = index.count(_widened(query, groups)) - index.count(query)
    if not more:
        return []
    labels = index.labels()
    actors = " or ".join(labels[actor].short for actor, inside in groups.items() if inside)
    named = dict.fromkeys(name for inside in groups.values() for name in inside)
    listed = ", ".join(labels[name].short for name in named)
    claims = "claim concerns" if more == 1 else "claims concern"
    said = f"{more:,} more {claims} groups that {actors} belongs to: {listed}"
    return [f"{said}; add --groups to include them"]


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


def _separated(query: Query) -> Query:
    """Return a query in which each value of a filter with several is a filter of its own."""
    several = {option: values for option, values in query.where.items() if len(values) > 1}
    return query._replace(
        where={option: query.where[option] for option in query.where if option not in several},
        each=tuple((option, (value,)) for option, values in several.items() for value in values),
    )


def _widened(query: Query, actors: Mapping[str, tuple[str, ...]]) -> Query:
    """Return a query in which other actors count as well as each that it is about."""

    def wider(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
        if option != "about":
            return values
        return tuple(
            dict.fromkeys(name for actor in values for name in (actor, *actors.get(actor, ())))
        )

    return query._replace(
        where={option: wider(option, values) for option, values in query.where.items()},
        each=tuple((option, wider(option, values)) for option, values in query.each),
    )


def _groups(index: Index, actors: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return what each of some actors is a member of."""
    records = index.records(actors)
    return {
        actor: tuple(tie_target(tie) for tie in records[actor]["member_of"]) for actor in actors
    }


def _group_notes(index: Index, groups: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Say of each actor whose groups count too which these are."""
    labels = index.labels()
    return [
        f"{labels[actor].short} and its groups:"
        f" {', '.join(labels[name].short for name in inside) or 'none in this corpus'}"
        for actor, inside in groups.items()
    ]


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
