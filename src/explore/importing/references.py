"""Sources from a library of references: BibTeX, RIS, CSL-JSON or CSL-YAML.

Every value of every entry is in its source, or named as left out.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

from explore.errors import UsageError
from explore.escaping import one_line
from explore.importing.csl_dates import as_date
from explore.importing.ids import as_id
from explore.importing.item import Item
from explore.importing.rows import Row, text_of
from explore.model.csl import date_fields, name_fields
from explore.model.csl_parts import CslName, SourceType
from explore.model.fields import ID_PATTERN
from explore.model.records import declaration

_SUFFIXES = (".bib", ".bibtex", ".ris", ".json", ".yaml", ".yml")
# Names of older versions of CSL, and what they are called now.
_RENAMED = {"event": "event-title"}
_NAME = frozenset(CslName.__annotations__)
# JabRef says in the first lines of a file how it is encoded.
_DECLARED = re.compile(rb"^% ?Encoding: ?([\w-]+)", re.MULTILINE)
_HEAD = 1_000


class References(NamedTuple):
    """The sources of a library.

    Attributes:
        rows: a row for each source.
        left: what was left out: the place of an entry, and names of its fields.
    """

    rows: list[Row]
    left: list[tuple[str, list[str]]]


def references_of(path: Path, encoding: str | None = None) -> References:
    """Read a library of references.

    Args:
        path: the file, whose suffix tells the format.
        encoding: how its text is encoded; UTF-8 if nothing is said.

    Raises:
        UsageError: if it is not a library, or has another encoding.
    """
    found = References([], [])
    items = list(_items(path, _text(path, encoding)))
    # A key that is an id stays one, whatever comes before it.
    keys = {item.key: item.key for item in items if re.fullmatch(ID_PATTERN, item.key)}
    for item in items:
        left = list(item.left)
        fields = {} if item.fault else _kept(item.fields, left)
        _identify(fields, keys, left)
        if left:
            place = f"{item.place} ({item.key})" if item.key else item.place
            found.left.append((one_line(place), list(dict.fromkeys(map(one_line, left)))))
        if fields or item.fault or item.fields:
            number = len(found.rows) + 1
            found.rows.append(Row(number, fields, item.fault, (), item.place, exact=True))
    return found


def are_references(path: Path) -> bool:
    """Whether a file is a library of references, by its suffix or by what it holds."""
    suffix = path.suffix.lower()
    if suffix != ".json":
        return suffix in _SUFFIXES
    from explore.importing.csl import list_in

    try:
        listed = list_in(json.loads(path.read_text("utf-8-sig")))
    except (ValueError, RecursionError):
        return False
    if listed is None:
        return False
    typed = [item for item in listed if isinstance(item, dict) and _is_type(item.get("type"))]
    return 2 * len(typed) >= len(listed)


def _items(path: Path, text: str) -> Iterator[Item]:
    suffix = path.suffix.lower()
    if suffix in (".bib", ".bibtex"):
        from explore.importing import bibtex

        return bibtex.items(text)
    if suffix == ".ris":
        from explore.importing import ris

        return ris.items(text)
    from explore.importing.csl import items_of_json, items_of_yaml

    read: Callable[[Path, str], Iterator[Item]] = (
        items_of_json if suffix == ".json" else items_of_yaml
    )
    return read(path, text)


def _text(path: Path, encoding: str | None) -> str:
    data = path.read_bytes()
    if encoding is None and data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    declared = _DECLARED.search(data[:_HEAD]) if path.suffix.lower() == ".bib" else None
    wanted = encoding or "utf-8-sig"
    try:
        return data.decode(wanted)
    except UnicodeDecodeError as error:
        if encoding is None and declared:
            return _text(path, declared[1].decode())
        line = data[: error.start].count(b"\n") + 1
        named = encoding or "UTF-8"
        raise UsageError(
            f"{path}:{line}: not {named}; save it as UTF-8, or name its encoding with --encoding"
        ) from error
    except LookupError as error:
        raise UsageError(f"'{wanted}' is not an encoding; try utf-8, cp1252 or utf-16") from error


def _is_type(value: Any) -> bool:
    return isinstance(value, str) and value in get_args(SourceType)


def _kept(item: dict[str, Any], left: list[str]) -> dict[str, Any]:
    """Return the fields that a corpus keeps, in its form, and name the others."""
    known = declaration("source").__annotations__
    dates, people = date_fields(), name_fields()
    found: dict[str, Any] = {}
    for name, value in item.items():
        if value is None or value in ("", [], {}):
            continue
        field = _RENAMED.get(name, name)
        if field not in known or (field != name and field in item):
            left.append(str(name))
            continue
        if field in dates:
            kept: Any = as_date(field, value, left)
        elif field in people:
            kept = _names(field, value, left)
        else:
            kept = _plain(field, value, left)
        if kept:
            found[field] = kept
    if "type" in found and not _is_type(found["type"]):
        left.append(f"type ({found['type']}, kept as a document)")
        found["type"] = "document"
    if found:
        found.setdefault("type", "document")
    return found


def _plain(name: str, value: Any, left: list[str]) -> str:
    """Return a text; a list of texts is joined."""
    if isinstance(value, str):
        return value if value and not value.isspace() else ""
    if isinstance(value, list) and name != "id":
        parts = [_plain(name, part, left) for part in value if not isinstance(part, (list, dict))]
        if any(isinstance(part, (list, dict)) for part in value):
            left.append(f"{name} (expected text)")
        return ", ".join(part for part in parts if part)
    if isinstance(value, (list, dict)):
        left.append(f"{name} (expected text)")
        return ""
    return text_of(value)


def _names(name: str, value: Any, left: list[str]) -> list[dict[str, str]]:
    names = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            left += [f"{name}.{label}" for label, text in part.items() if _is_lost(label, text)]
            kept = {
                label: _plain(f"{name}.{label}", text, left)
                for label, text in part.items()
                if label in _NAME and text is not None
            }
            names.append({label: text for label, text in kept.items() if text})
        else:
            literal = _plain(name, part, left)
            names.append({"literal": literal} if literal else {})
    return [one for one in names if one]


def _is_lost(label: str, value: Any) -> bool:
    return label not in _NAME and value not in (None, "", [], {})


def _identify(fields: dict[str, Any], keys: dict[str, str], left: list[str]) -> None:
    """Make an id of the key that an entry has, different for different keys.

    The key itself stays as `citation-key` where it had to change.
    """
    key = fields.get("id")
    if not isinstance(key, str):
        return
    found = base = as_id(key, "source")
    number = 1
    while keys.setdefault(found, key) != key:
        number += 1
        found = f"{base}-{number}"
    fields["id"] = found
    if found == key:
        return
    if fields.setdefault("citation-key", key) != key:
        left.append(f"id ({key})")
