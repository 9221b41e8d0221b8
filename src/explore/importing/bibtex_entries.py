r"""The entries of a BibTeX file with their values whole: strings put in, other entries followed.

bibtexparser takes the file apart. It counts a brace behind `\\` as escaped, which it is not, so
that pair gets a blank.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bibtexparser.splitter import Splitter

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)+)(?=[{}])")
# What may be an entry that is written wrongly, outside of all entries.
_ENTRY_LIKE = re.compile(r"@\s*[^\s@{(,]+\s*[{(]")
# What biblatex does not take over from another entry.
_OWN = frozenset(
    (
        *("ids", "crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label"),
        *("options", "presort", "related", "relatedoptions", "relatedstring", "relatedtype"),
        *("shorthand", "shorthandintro", "sortkey"),
    )
)
_TITLES = ("title", "subtitle", "titleaddon")
_WHOLES = ("mvbook", "mvcollection", "mvproceedings", "mvreference")
_PARTS = (
    *("inbook", "bookinbook", "suppbook", "incollection", "suppcollection"),
    *("inproceedings", "conference", "inreference"),
)


class Entry(NamedTuple):
    """An entry of the file, or what cannot be one.

    Attributes:
        line: where it begins, from 1.
        kind: its entry type, small.
        key: its key.
        fields: its fields in their order, names small, values without what encloses them.
        left: what of it is not to be kept, or could not be followed.
        fault: why it is none.
    """

    line: int
    kind: str
    key: str
    fields: list[tuple[str, str]]
    left: list[str]
    fault: str = ""


def entries_of(text: str) -> Iterator[Entry]:
    """Yield everything in a file but its strings, in order."""
    # What the library logs is the error of its entry.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    blocks: list[Any] = Splitter(_ESCAPED.sub(r"\1 ", text)).split().blocks
    strings = {name[:3].lower(): name for name in MONTHS}
    for block in blocks:
        found = getattr(block, "ignore_error_block", None) or block
        if type(found).__name__ == "String":
            strings[found.key.lower()] = _value(found.value, strings)[0]
    read = [entry for block in blocks if (entry := _entry(block, strings))]
    by_key: dict[str, Entry] = {}
    for entry in read:
        if not entry.fault and entry.key:
            by_key.setdefault(entry.key.lower(), entry)
    for entry in read:
        yield _whole(entry, by_key)


def _entry(block: Any, strings: dict[str, str]) -> Entry | None:
    line = (block.start_line or 0) + 1
    kind = type(block).__name__
    found = getattr(block, "ignore_error_block", None) or block
    if type(found).__name__ == "String":
        return None
    if kind in ("ExplicitComment", "Preamble"):
        return Entry(line, "", "", [], ["@comment" if kind == "ExplicitComment" else "@preamble"])
    if kind == "ImplicitComment":
        lost = _ENTRY_LIKE.search(block.comment)
        fault = "not valid BibTeX: write an entry as @type{key, field = {value}}"
        return Entry(line, "", "", [], [], fault) if lost else None
    if kind == "DuplicateBlockKeyBlock":
        first = block.previous_block.start_line + 1
        fault = f"duplicate key '{block.key}', first in line {first}"
        return Entry(line, "", found.key, [], [], fault)
    if not hasattr(found, "entry_type"):
        reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split())
        return Entry(line, "", "", [], [], f"not valid BibTeX: {reason}")
    fields, left = [], []
    for field in found.fields:
        name = field.key.lower()
        value, unknown = _value(field.value, strings)
        fields.append((name, value))
        left += [f"{name} (the string '{word}' is not defined)" for word in unknown]
    return Entry(line, found.entry_type.lower(), found.key, fields, left)


def _value(raw: str, strings: dict[str, str]) -> tuple[str, list[str]]:
    """Return a value without what encloses it, and the strings in it that are not defined.

    What is joined by `#` is joined, and a string that is not defined stays as its name.
    """
    inner = raw[1:-1]
    if raw[:1] == "{" and raw[-1:] == "}" and "#" not in inner:
        # Nothing is joined, and the parser has counted the braces.
        return inner, []
    if raw.isdigit():
        return raw, []
    found, unknown = [], []
    for part in _parts(raw):
        if part[:1] in ("{", '"'):
            found.append(part[1:-1])
        elif part.isdigit() or part.lower() in strings:
            found.append(strings.get(part.lower(), part))
        else:
            found.append(part)
            unknown.append(part)
    return "".join(found), unknown


def _parts(raw: str) -> Iterator[str]:
    """Yield what `#` joins; a `#` inside braces or quotes joins nothing."""
    depth, quoted, start = 0, False, 0
    for at, char in enumerate(raw):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == '"' and not depth:
            quoted = not quoted
        elif char == "#" and not depth and not quoted:
            yield raw[start:at].strip()
            start = at + 1
    if raw[start:].strip():
        yield raw[start:].strip()


def _whole(entry: Entry, by_key: dict[str, Entry]) -> Entry:
    """Return an entry with what it takes over from those that its `crossref` and `xdata` name."""
    if all(name not in ("crossref", "xdata") for name, _ in entry.fields):
        return entry
    left = list(entry.left)
    return entry._replace(fields=_followed(entry, by_key, left, {entry.key.lower()}), left=left)


def _followed(
    entry: Entry, by_key: dict[str, Entry], left: list[str], seen: set[str]
) -> list[tuple[str, str]]:
    fields = [field for field in entry.fields if field[0] not in ("crossref", "xdata")]
    known = {name for name, value in fields if value.strip()}
    for name, value in entry.fields:
        if name not in ("crossref", "xdata"):
            continue
        for key in value.split(","):
            wanted = key.strip().lower()
            parent = by_key.get(wanted)
            if parent is None or wanted in seen:
                left.append(f"{name} ({key.strip()} is not another entry of the file)")
                continue
            theirs = _followed(parent, by_key, left, seen | {wanted})
            for field, text in theirs:
                own = _renamed(entry.kind, parent.kind, field)
                if own and own not in known and field not in _OWN:
                    fields.append((own, text))
            known |= {name for name, _ in fields}
    return fields


def _renamed(kind: str, parent: str, field: str) -> str:
    """Return what a field of a parent is to a child, as biblatex has it; "" if nothing."""
    if field in ("shorttitle", "sorttitle", "indextitle") and parent != "xdata":
        return ""
    if parent == "xdata":
        return field
    if field in _TITLES:
        if parent in _WHOLES:
            return f"main{field}"
        if parent == "periodical":
            return f"journal{field}"
        return f"book{field}" if kind in _PARTS else field
    if field == "author" and parent in ("book", "mvbook") and kind in _PARTS:
        return field if kind == "inbook" else "bookauthor"
    # A book that BibTeX knows as a parent has its title twice.
    return field
