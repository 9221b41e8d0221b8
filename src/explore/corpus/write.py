"""Records as YAML, as curators write it here: a field a line, short lists in brackets.

What is written is read again as the same text, by this program and by other readers of YAML.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from explore.corpus.items import LOSSY
from explore.records import Record, RecordType, fields

# PyYAML quotes what it would take for another type, but for these.
_STAMP = re.compile(r"\d{4}-\d\d?-\d\d?.*", re.DOTALL)
_STRING = "tag:yaml.org,2002:str"
_DATES = frozenset(
    ("date", "as_of", "issued", "accessed", "available-date", "event-date", "original-date")
)
# A line is as long as its text: a wrapped one would look like one that goes on.
_ENDLESS = 2**31 - 1


class _Whole(dict[str, Any]):
    """A record, whose fields stand under each other."""


class _Day(str):
    """A date in a field of dates, which needs no quotes."""

    __slots__ = ()


# Whether PyYAML has libyaml is known only when it is there.
class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes records; nothing is an alias, and dates are text."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in _Dumper.yaml_implicit_resolvers.items()
}


def _text(dumper: Any, text: str) -> Any:
    style = "'" if _STAMP.fullmatch(text) or LOSSY.fullmatch(text) else None
    # With its line ends escaped a text stays on one line.
    if "\n" in text:
        style = '"'
    return dumper.represent_scalar(_STRING, text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Day, lambda dumper, day: dumper.represent_scalar(_STRING, str(day)))
_Dumper.add_representer(
    _Whole,
    lambda dumper, record: dumper.represent_mapping(
        "tag:yaml.org,2002:map", record.items(), flow_style=False
    ),
)
_Dumper.add_representer(
    dict,
    lambda dumper, part: dumper.represent_mapping(
        "tag:yaml.org,2002:map", part.items(), flow_style=True
    ),
)
_Dumper.add_representer(
    list,
    lambda dumper, parts: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", parts, flow_style=not any(isinstance(p, dict) for p in parts)
    ),
)


def dumped(kind: RecordType, records: Iterable[Record]) -> Iterator[str]:
    """Yield each record as an item of a list, with a blank line between two.

    A corpus without records is an empty list.
    """
    between = ""
    for record in records:
        ordered = {name: record[name] for name in fields(kind) if name in record}
        text = _dump([_Whole(_dated(ordered))])
        yield between + text.replace("\n  - ", "\n    - ")
        between = "\n"
    if not between:
        yield "[]\n"


def mapping(info: Record) -> str:
    """Give what a corpus says of itself as YAML."""
    return _dump(_Whole(_dated(info)))


def _dated(record: Record) -> Record:
    return {
        name: _Day(value) if name in _DATES and isinstance(value, str) and value else value
        for name, value in record.items()
    }


def _dump(value: Any) -> str:
    found: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_ENDLESS
    )
    return found
