"""Which filters emptied an answer, and what there is without them."""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

# These widen an answer, order it, or say what other options mean.
_NO_FILTERS = frozenset(("dates", "groups", "members", "sort"))


def emptied(
    noun: str,
    options: Mapping[str, Any],
    count: Callable[[Mapping[str, Any]], int],
    named: Mapping[str, str] | None = None,
) -> str:
    """Return the line that says which filters emptied an answer, or nothing if none did.

    One filter is left out at a time, then two, then all of them.

    Args:
        noun: what was asked for, in the plural.
        options: what the filters were given; `ids` are arguments.
        count: counts what there is under some of the options.
        named: other names that the command has for filters.
    """
    given = [
        name
        for name, value in options.items()
        if name not in _NO_FILTERS and value not in (None, "", [], (), "any")
    ]
    for size in dict.fromkeys((1, 2, len(given))):
        found = []
        for group in combinations(given, size):
            there = count({name: options[name] for name in options if name not in group})
            if there:
                typed = " ".join(_typed(name, options[name], named or {}) for name in group)
                found.append((typed, there))
        if found:
            (first, there), *others = found
            verb = "is" if there == 1 else "are"
            rest = "".join(f", without `{typed}` {number:,}" for typed, number in others)
            return f"No {noun} match. Without `{first}` there {verb} {there:,}{rest}."
    return ""


def _typed(name: str, value: Any, named: Mapping[str, str]) -> str:
    """Return an option as it is typed."""
    import shlex

    if name == "ids":
        return shlex.join(value)
    if name == "disputed":
        return "--disputed" if value else "--undisputed"
    flag = f"--{named.get(name, name).replace('_', '-')}"
    values = [value] if isinstance(value, str) else value
    return " ".join(f"{flag} {shlex.quote(each)}" for each in values)
