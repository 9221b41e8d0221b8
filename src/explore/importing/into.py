"""Where imported records go: new files, or files that are there, whose comments and order stay."""

import io
import itertools
import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from explore.corpus.place import FILES
from explore.corpus.stream import records_of
from explore.corpus.write import dumped
from explore.errors import ExploreError
from explore.importing.claims import Records
from explore.records import Record, RecordType

_NESTED = re.compile(r"^    - ", re.MULTILINE)
# Where a record of a list that is not set in begins.
_RECORD = re.compile(r"^- ", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9-]+")


class Change(NamedTuple):
    """A file that is to be written.

    Attributes:
        path: the file.
        text: all of its text.
        added: how many records are new in it.
        changed: how many of its records say something else now.
    """

    path: Path
    text: str
    added: int
    changed: int


def target(folder: Path, kind: RecordType, name: str) -> Path:
    """Give the file of a corpus that the records of an import go to."""
    return folder / FILES[kind] / f"{name}.yaml"


def changes(folder: Path, name: str, records: Records) -> list[Change]:
    """Give what is to be written for records to be in a corpus."""
    found = []
    for kind, group in records.items():
        path = target(folder, kind, name)
        if not group:
            continue
        if not path.exists():
            found.append(Change(path, "".join(dumped(kind, group)), len(group), 0))
            continue
        change = _merged(kind, path, group)
        if change.added or change.changed:
            found.append(change)
    return found


def put(planned: Sequence[Change]) -> None:
    """Write all files or none: each beside its place first, then all in one go."""
    parts = []
    try:
        for change in planned:
            change.path.parent.mkdir(parents=True, exist_ok=True)
            part = change.path.with_name(f".{change.path.name}.{os.getpid()}.part")
            parts.append(part)
            part.write_text(change.text, encoding="utf-8", newline="")
        for change, part in zip(planned, parts, strict=True):
            part.replace(change.path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _merged(kind: RecordType, path: Path, group: list[Record]) -> Change:
    """Put records into a file that is there."""
    text = path.read_text("utf-8-sig")
    old = {record["id"]: record for record in records_of(kind, path)}
    different = {
        record["id"]: {
            name: part for name, part in record.items() if old[record["id"]].get(name) != part
        }
        for record in group
        if record["id"] in old
    }
    different = {name: parts for name, parts in different.items() if parts}
    if different:
        text = _edited(text, different)
    new = [record for record in group if record["id"] not in old]
    if new:
        start = "" if text.strip() in {"", "[]"} else text.rstrip("\n") + "\n\n"
        text = start + "".join(dumped(kind, new))
    return Change(path, text, len(new), len(different))


def _edited(text: str, different: dict[str, Record]) -> str:
    """Change fields of records in a text; ruamel.yaml keeps the comments and the order.

    Raises:
        ExploreError: if the text says anything else afterwards than it should.
    """
    from ruamel.yaml.error import YAMLError

    try:
        edited = "".join(_edited_part(part, different) for part in _parts(text))
    except YAMLError:
        # A text may have a line that looks like the begin of a record.
        edited = _edited_part(text, different)
    _verify(text, edited, different)
    return edited


def _parts(text: str) -> list[str]:
    """Take a text apart before each record: the library is too slow for all of a long file."""
    starts = [0, *(match.start() for match in _RECORD.finditer(text)), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(starts)]


def _edited_part(text: str, different: dict[str, Record]) -> str:
    # An id stands in its record as it is, with quotes or without.
    if different.keys().isdisjoint(_WORD.findall(text)):
        return text
    nested = _NESTED.search(text) is not None
    yaml = _round_trip(nested=nested)
    # Where lists in records are set in by four, the library sets the records in by two.
    found = yaml.load(re.sub(r"^(?=.)", "  ", text, flags=re.MULTILINE) if nested else text)
    parts = [(record, different.get(str(record["id"]), {})) for record in found or []]
    if not any(part for _, part in parts):
        return text
    for record, part in parts:
        for name, value in part.items():
            record[name] = _written(value)
    out = io.StringIO()
    yaml.dump(found, out)
    return re.sub(r"^  ", "", out.getvalue(), flags=re.MULTILINE) if nested else out.getvalue()


@cache
def _round_trip(*, nested: bool) -> Any:
    """Give ruamel.yaml's reader and writer, for which every scalar is text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class Untyped(VersionedResolver):
        """Takes no scalar for anything but text, as the corpus does."""

        @property
        def versioned_resolver(self) -> dict[Any, Any]:
            """Give no rule for any scalar."""
            return {}

    yaml = YAML()
    yaml.Resolver = Untyped
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.width = 2**31 - 1
    yaml.indent(mapping=2, sequence=4 if nested else 2, offset=2 if nested else 0)
    return yaml


def _written(part: Any) -> Any:
    """Give a value as ruamel.yaml writes it in the style of the corpus."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(part, dict):
        fields = CommentedMap({name: _written(value) for name, value in part.items()})
        fields.fa.set_flow_style()
        return fields
    if isinstance(part, list):
        entries = CommentedSeq([_written(value) for value in part])
        if not any(isinstance(value, dict) for value in part):
            entries.fa.set_flow_style()
        return entries
    return DoubleQuotedScalarString(part) if _needs_quotes(str(part)) else str(part)


def _needs_quotes(text: str) -> bool:
    """Tell whether another reader would take a plain scalar for something else than text."""
    (line,) = dumped("claim", [{"text": text}])
    return not line.startswith(f"- text: {text}\n")


def _verify(text: str, edited: str, different: dict[str, Record]) -> None:
    """Hold the edited text against what it should say, with the corpus's own reader."""
    from explore.corpus.read import values_in

    wanted = list(values_in(text))
    for record in wanted:
        record.update(different.get(record["id"], {}))
    if _texts(list(values_in(edited))) != _texts(wanted):
        raise ExploreError("the file cannot be changed without harm; change it by hand")


def _texts(value: Any) -> Any:
    """Give a value with all that is no text as text, as it stands in YAML."""
    if isinstance(value, dict):
        return {name: _texts(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_texts(part) for part in value]
    return str(value)
