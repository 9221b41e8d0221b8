"""What stands in a file, going on after each fault, so that all faults come at once.

Only a corpus that is checked is read this way; queries take `explore.corpus.stream`.
"""

import re
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import yaml

from explore.corpus.advice import MERGE, fault
from explore.corpus.encoding import decoded
from explore.corpus.items import Complain, ForgottenDashError, Item, Items
from explore.corpus.problem import YamlError

# A file with more faults than this is something else than a corpus.
_MOST_FAULTS = 200
# The rule under which it is told that a file was not read to its end.
UNREAD = "unread"
_CONFLICT = "unresolved merge conflict; keep one side and remove the lines that mark it"
_BROKEN = (YamlError, yaml.YAMLError)
# A line at which a record begins, or was meant to.
_BEGINS = re.compile(r"-(?!-)|[\u2010-\u2015\u2212]\s*[\w-]+:|id\s*:")
_INDENTED = re.compile(r"\s+- *[\w-]+:")
_DASH = re.compile(r"[-\u2010-\u2015\u2212]?[^\S\n]*(?=[\w-]+:)")
_ID = re.compile(r"(?:^\W*|[{,]\s*)id\s*:\s*['\"]?([a-z0-9-]+)")


def records(path: Path, complain: Complain) -> Iterator[Item]:
    """Yield the items of the list that a file holds; `complain` is told of each fault.

    Raises:
        CorpusFileError: if the file cannot be read.
    """
    lines = decoded(path, complain).splitlines(keepends=True)
    start = 0
    for faults in count(1):
        items = Items(lines, start, complain)
        # An item is held back until what follows shows that it was all of it.
        held: Item | None = None
        try:
            for item in items:
                if held:
                    yield held
                held = item
        except _BROKEN as error:
            if faults > _MOST_FAULTS:
                message = "too many errors; the rest of the file was not checked"
                complain((start + 1, 1), UNREAD, message)
                return
            start = yield from _mended(error, items, held, complain)
            if start < len(lines):
                continue
            return
        if held:
            yield held
        return


def _mended(
    error: Exception, items: Items, held: Item | None, complain: Complain
) -> Generator[Item, None, int]:
    """Tell of a fault, and yield what can be kept of the records around it.

    Returns the line, from 0, from which on there is more to read.
    """
    lines = items.lines
    last = items.open or (held.mark if held else (items.before + 1, 3))
    found = fault(error, lines, items.before, items.last, last[1] - 1)
    first = last[0] - 1
    conflict = _conflict(lines, first, found.line + 2)
    if conflict is not None:
        complain((conflict + 1, 1), "yaml", _CONFLICT)
        if held and items.open:
            yield held
        yield from _resolved(lines, conflict)
        return first
    complain(found.mark, "yaml", found.message)
    if isinstance(error, ForgottenDashError):
        if held:
            yield held
        yield from Items(lines, first, lambda *_: None, found.line)
        broken = found.line
    elif items.open:
        if held:
            yield held
        rest = _until(lines, first, found.line)
        begins = _begins(lines, found.line)
        yield from (item._replace(whole=item.whole and begins) for item in rest)
        broken = found.line if rest else first
    elif _begins(lines, found.line):
        if held:
            yield held
        broken = found.line
    else:
        # What belongs to the record before cannot be read.
        if held:
            yield held._replace(whole=False)
        return _next_record(lines, found.line)
    if broken == found.line and _put_dash(lines, broken):
        return broken
    following = _next_record(lines, broken)
    yield from _named(lines, broken, following)
    return following


def _begins(lines: list[str], line: int) -> bool:
    """Whether a record was meant to begin at a line, rather than to go on there."""
    text = lines[line] if line < len(lines) else ""
    return bool(_BEGINS.match(text) or _INDENTED.match(text))


def _until(lines: list[str], first: int, line: int) -> list[Item]:
    """Return the record that begins at a line if the next one, which is broken, ends it."""
    if line >= len(lines) or lines[line][0].isspace():
        return []
    try:
        return list(Items(lines, first, lambda *_: None, line))
    except _BROKEN:
        return []


def _next_record(lines: list[str], line: int) -> int:
    """Return the first line after one at which a record begins, or the end."""
    at = line + 1
    while at < len(lines) and not _BEGINS.match(lines[at]):
        at += 1
    return at


def _put_dash(lines: list[str], line: int) -> bool:
    """Put a dash before the first field of a record, if the next line shows that it lacks one."""
    if (
        not _begins(lines, line)
        or line + 1 >= len(lines)
        or not re.match(r"  [\w-]+:", lines[line + 1])
    ):
        return False
    mended = _DASH.sub("- ", lines[line], count=1)
    is_other = mended != lines[line]
    lines[line] = mended
    return is_other


def _named(lines: list[str], line: int, end: int) -> Iterator[Item]:
    """Yield of a record that cannot be read its id, which others may name."""
    for text in lines[line:end]:
        found = _ID.search(text)
        if found:
            yield _id_only(found[1], line)
            return


def _resolved(lines: list[str], conflict: int) -> Iterator[Item]:
    """Keep one side of a merge conflict, and yield the ids that only the other side has."""
    if not lines[conflict].startswith("<"):
        # The rest of a conflict, whose beginning was removed.
        lines[conflict] = "\n"
        return
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    keep = True
    for n in range(conflict, len(lines)):
        mark = lines[n][0] if MERGE.match(lines[n]) else ""
        named = _ID.search(lines[n])
        if mark:
            keep = mark == "<"
        elif named:
            sides[keep].add(named[1])
        if mark or not keep:
            lines[n] = "\n"
        if mark == ">":
            break
    for name in sorted(sides[False] - sides[True]):
        yield _id_only(name, conflict)


def _id_only(name: str, line: int) -> Item:
    """Return a record of which no more is known than that it is there."""
    return Item({"id": name}, (line + 1, 1), {}, [], [], whole=False)


def _conflict(lines: list[str], first: int, end: int) -> int | None:
    """Return the first line of a merge conflict among some lines, if there is one."""
    return next((n for n in range(first, min(end, len(lines))) if MERGE.match(lines[n])), None)


def fields(path: Path, complain: Complain) -> Item | None:
    """Return the mapping that a file holds; None if it cannot be read as one."""
    lines = decoded(path, complain).splitlines(keepends=True)
    items = Items(lines, 0, complain)
    try:
        return items.mapping()
    except _BROKEN as error:
        found = fault(error, lines, 0, items.last, 0)
        conflict = _conflict(lines, 0, found.line + 2)
        if conflict is None:
            complain(found.mark, "yaml", found.message)
        else:
            complain((conflict + 1, 1), "yaml", _CONFLICT)
        return None
