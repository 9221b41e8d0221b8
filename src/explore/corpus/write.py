"""Records as YAML, as curators write it here: a field a line, short lists in brackets.

What is written is read again as the same text, by this program and by other readers of YAML.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import yaml

from explore.corpus.located import LOSSY
from explore.model.fields import RecordType
from explore.model.records import Record, fields

# PyYAML quotes what it would take for another type, but for these.
_STAMP = re.compile(r"\d{4}-\d\d?-\d\d?.*", re.DOTALL)
_STRING = "tag:yaml.org,2002:str"
_DATES = frozenset(
    ("date", "as_of", "issued", "accessed", "available-date", "event-date", "original-date")
)
# A text that any reader of YAML takes for itself without quotes, between brackets too (the names
# of people) or only alone; what is not surely one is left to PyYAML, which takes far longer.
_LETTERS = "A-Za-z\u00c0-\u024f\u4e00-\u9fff"
_SIGNS = "0-9 .;()/_~%?&=+'\"!*$@<>|\u2013\u2014\u2018\u2019\u201c\u201d-"
_BARE = re.compile(rf"(?:[{_LETTERS}]|10\.\d+/)(?:[{_LETTERS},{_SIGNS}]|:(?=[^ ]))*(?<! )")
_COLONS = re.compile(rf"[{_LETTERS}][{_LETTERS},:{_SIGNS}]*(?<! )")
_BARE_INSIDE = re.compile(rf"[{_LETTERS}][{_LETTERS}{_SIGNS}]*(?<! )")
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
        yield between + (
            _plainly(ordered) or _dump([_Whole(_dated(ordered))]).replace("\n  - ", "\n    - ")
        )
        between = "\n"
    if not between:
        yield "[]\n"


def _plainly(record: Record) -> str:
    """Return a record of texts and names of people, as PyYAML writes it; "" for any other."""
    lines = []
    for name, value in record.items():
        if isinstance(value, str):
            text = _scalar(value, name in _DATES)
            if "\n" in text:
                return ""
            lines.append(f"{name}: {text}\n")
            continue
        entries = [_flat(part) for part in value] if isinstance(value, list) else []
        if not entries or not all(entries):
            return ""
        lines.append(f"{name}:\n" + "".join(f"    - {entry}\n" for entry in entries))
    return "- " + "  ".join(lines) if lines else ""


def _flat(part: Any) -> str:
    """Return a mapping of plain texts in braces; "" for anything else."""
    if not isinstance(part, dict) or not all(
        _is_bare(text, _BARE_INSIDE) for text in part.values()
    ):
        return ""
    return "{" + ", ".join(f"{label}: {text}" for label, text in part.items()) + "}"


# Years, languages and journals come again and again.
@lru_cache(maxsize=4_096)
def _scalar(text: str, is_date: bool) -> str:
    if _is_bare(text, _BARE):
        return text
    if _COLONS.fullmatch(text) and ":" in text:
        return "'" + text.replace("'", "''") + "'"
    found = _dump(_Whole({"a": _Day(text) if is_date and text else text}))
    return found.removeprefix("a: ").removesuffix("\n")


def _is_bare(text: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(text, str) and bool(pattern.fullmatch(text)) and not LOSSY.fullmatch(text)


def mapping(info: Record) -> str:
    """Return what a corpus says of itself as YAML."""
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
