"""What a field is to say: what import wrote last, what stands there now, and what the table says.

What holds what import wrote last follows the table. What a person has edited since stays: where
the table has changed too, the two are joined if each entry of a list shows whose it is,
and are a conflict if not.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from explore.model.records import Record


class Conflict(NamedTuple):
    """A field that a person and the table have changed, each in another way.

    Attributes:
        field: its name; `locator.page` is a part of one.
        stands: what the corpus says; None if nothing.
        said: what the table says; None if nothing.
    """

    field: str
    stands: Any
    said: Any


class Merged(NamedTuple):
    """A record after an import.

    Attributes:
        changed: fields that say something else now; None takes one away.
        written: what import has written of it, to be remembered.
        conflicts: where a person and the table contradict each other.
        kept: fields whose value in the table was left out, because a person has edited them.
    """

    changed: Record
    written: Record
    conflicts: list[Conflict]
    kept: list[str]


class _Field(NamedTuple):
    """A field after an import: what it says, what import has written, and what contradicts."""

    value: Any
    written: Any
    conflicts: list[Conflict]


def merged(
    written: Record, standing: Record, said: Record, can_empty: Callable[[str], bool]
) -> Merged:
    """Return what comes of a record.

    Args:
        written: the fields that import wrote last.
        standing: the fields that the corpus has.
        said: the fields that the table has.
        can_empty: whether the table says that a field is empty where it says nothing.
    """
    changed: Record = {}
    remembered: Record = {}
    conflicts: list[Conflict] = []
    kept: list[str] = []
    for name in dict.fromkeys([*said, *written]):
        found = _field(name, written.get(name), standing.get(name), said.get(name), can_empty)
        if found.value != standing.get(name):
            changed[name] = found.value
        if found.written is not None:
            remembered[name] = found.written
        conflicts += found.conflicts
        if not found.conflicts and not _holds(found.value, found.written):
            kept.append(name)
    return Merged(changed, remembered, conflicts, kept)


def _field(
    name: str, written: Any, standing: Any, said: Any, can_empty: Callable[[str], bool]
) -> _Field:
    """Return what comes of a field, or of a part of one."""
    parts = [value for value in (written, standing, said) if value is not None]
    if all(_is_flat(value) for value in parts):
        return _by_part(name, [written or {}, standing or {}, said or {}], can_empty)
    if said is None and written is not None and not can_empty(name):
        said = written
    if standing in (written, said):
        return _Field(said, said, [])
    if said == written:
        return _Field(standing, written, [])
    lists = all(isinstance(value, list) for value in parts)
    joined = _joined(written or [], standing or [], said or []) if lists else None
    if joined:
        return _Field(joined, said, [])
    return _Field(standing, written, [Conflict(name, standing, said)])


def _is_flat(value: Any) -> bool:
    """Whether a value is a mapping whose parts can be distinguished, as those of a locator can."""
    return isinstance(value, dict) and not any(
        isinstance(part, (dict, list)) for part in value.values()
    )


def _by_part(name: str, three: list[Record], can_empty: Callable[[str], bool]) -> _Field:
    written, standing, said = three
    found = {
        part: _field(
            f"{name}.{part}", written.get(part), standing.get(part), said.get(part), can_empty
        )
        for part in dict.fromkeys([*standing, *said, *written])
    }
    value = {part: one.value for part, one in found.items() if one.value is not None}
    kept = {part: one.written for part, one in found.items() if one.written is not None}
    conflicts = [conflict for one in found.values() for conflict in one.conflicts]
    return _Field(value or None, kept or None, conflicts)


def _joined(written: list[Any], standing: list[Any], said: list[Any]) -> list[Any] | None:
    """Return a list in which both changed, entry by entry; None if that is not clear.

    An entry that both took out, each for another one, is a contradiction; so are entries without
    a name of their own, whose order may matter, such as the authors of a source.
    """
    wrote, has, says = map(_by_name, (written, standing, said))
    if [*map(len, (wrote, has, says))] != [*map(len, (written, standing, said))]:
        return None
    gone = wrote.keys() - has.keys() - says.keys()
    if (
        gone
        and has.keys() - wrote.keys() - says.keys()
        and says.keys() - wrote.keys() - has.keys()
    ):
        return None
    joined = []
    for name in {**has, **says}:
        one, other, base = has.get(name), says.get(name), wrote.get(name)
        if one not in (base, other) and other != base:
            return None
        joined.append(other if one in (base, other) else one)
    return [entry for entry in joined if entry is not None] or None


def _by_name(entries: list[Any]) -> dict[str, Any]:
    """Return the entries of a list by what names them: themselves, or the claim of a link."""
    named = [
        (entry.get("claim") if isinstance(entry, dict) else entry, entry) for entry in entries
    ]
    return {name: entry for name, entry in named if isinstance(name, str)}


def _holds(value: Any, written: Any) -> bool:
    """Whether a field holds all that import has written of it."""
    if isinstance(written, list) and isinstance(value, list):
        return (
            all(entry in value for entry in written)
            or _by_name(written).keys() <= _by_name(value).keys()
        )
    if isinstance(written, dict) and isinstance(value, dict):
        return all(value.get(name) == part for name, part in written.items())
    return written is None or value == written
