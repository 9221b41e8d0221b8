"""Read a file to its end past every error, so that all errors are reported at once.

Only `explore check` reads this way; queries use `explore.corpus.stream`.
"""

import re
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import yaml

from explore.corpus.advice import MERGE, explain
from explore.corpus.encoding import decoded
from explore.corpus.located import Complain, ForgottenDashError, ListReader, LocatedValue
from explore.corpus.problems import YamlError

# A file with more errors than this is not a file of a corpus.
_MAX_ERRORS = 200
# The rule that says that a file was not read to its end.
UNREAD = "unread"
_CONFLICT = "unresolved merge conflict; keep one side and remove the lines that mark it"
_BROKEN = (YamlError, yaml.YAMLError)
# A line at which a record begins, or was meant to.
_BEGINS = re.compile(r"-(?!-)|[\u2010-\u2015\u2212]\s*[\w-]+:|id\s*:")
_INDENTED = re.compile(r"\s+- *[\w-]+:")
_DASH = re.compile(r"[-\u2010-\u2015\u2212]?[^\S\n]*(?=[\w-]+:)")
_ID = re.compile(r"(?:^\W*|[{,]\s*)id\s*:\s*['\"]?([a-z0-9-]+)")


def records(path: Path, complain: Complain) -> Iterator[LocatedValue]:
    """Yield the entries of the list in a file; `complain` is called for each error.

    Raises:
        CorpusFileError: if the file cannot be read.
    """
    lines = decoded(path, complain).splitlines(keepends=True)
    start = 0
    for errors in count(1):
        reader = ListReader(lines, start, complain)
        # A record is held back until what follows shows that it is complete.
        held: LocatedValue | None = None
        try:
            for item in reader:
                if held:
                    yield held
                held = item
        except _BROKEN as error:
            if errors > _MAX_ERRORS:
                message = "too many errors; the rest of the file was not checked"
                complain((start + 1, 1), UNREAD, message)
                return
            start = yield from _recovered(error, reader, held, complain)
            if start < len(lines):
                continue
            return
        if held:
            yield held
        return


def _recovered(
    error: Exception, reader: ListReader, held: LocatedValue | None, complain: Complain
) -> Generator[LocatedValue, None, int]:
    """Report an error, and yield what can be saved of the records around it.

    Returns the line, from 0, at which reading goes on.
    """
    lines = reader.lines
    last = reader.open or (held.position if held else (reader.before + 1, 3))
    found = explain(error, lines, reader.before, reader.last, last[1] - 1)
    first = last[0] - 1
    conflict = _conflict(lines, first, found.line + 2)
    if conflict is not None:
        complain((conflict + 1, 1), "yaml", _CONFLICT)
        if held and reader.open:
            yield held
        yield from _resolved(lines, conflict)
        return first
    complain(found.position, "yaml", found.message)
    if isinstance(error, ForgottenDashError):
        if held:
            yield held
        yield from ListReader(lines, first, lambda *_: None, found.line)
        broken = found.line
    elif reader.open:
        if held:
            yield held
        rest = _until(lines, first, found.line)
        begins = _begins(lines, found.line)
        yield from (item._replace(complete=item.complete and begins) for item in rest)
        broken = found.line if rest else first
    elif _begins(lines, found.line):
        if held:
            yield held
        broken = found.line
    else:
        # What belongs to the record before cannot be read.
        if held:
            yield held._replace(complete=False)
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


def _until(lines: list[str], first: int, line: int) -> list[LocatedValue]:
    """Return the record that begins at a line if the next one, which is broken, ends it."""
    if line >= len(lines) or lines[line][0].isspace():
        return []
    try:
        return list(ListReader(lines, first, lambda *_: None, line))
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


def _named(lines: list[str], line: int, end: int) -> Iterator[LocatedValue]:
    """Yield the id of a record that cannot be read, as others may refer to it."""
    for text in lines[line:end]:
        found = _ID.search(text)
        if found:
            yield _id_only(found[1], line)
            return


def _resolved(lines: list[str], conflict: int) -> Iterator[LocatedValue]:
    """Keep one side of a merge conflict, and yield the ids that only the other side has."""
    if not lines[conflict].startswith("<"):
        # The rest of a conflict, whose beginning was removed.
        lines[conflict] = "\n"
        return
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    keep = True
    for n in range(conflict, len(lines)):
        marker = lines[n][0] if MERGE.match(lines[n]) else ""
        named = _ID.search(lines[n])
        if marker:
            keep = marker == "<"
        elif named:
            sides[keep].add(named[1])
        if marker or not keep:
            lines[n] = "\n"
        if marker == ">":
            break
    for name in sorted(sides[False] - sides[True]):
        yield _id_only(name, conflict)


def _id_only(name: str, line: int) -> LocatedValue:
    """Return a record of which only the id is known."""
    return LocatedValue({"id": name}, (line + 1, 1), {}, [], [], complete=False)


def _conflict(lines: list[str], first: int, end: int) -> int | None:
    """Return the first line of a merge conflict among some lines, if there is one."""
    return next((n for n in range(first, min(end, len(lines))) if MERGE.match(lines[n])), None)


def fields(path: Path, complain: Complain) -> LocatedValue | None:
    """Return the mapping in a file; None if the file cannot be read as one."""
    lines = decoded(path, complain).splitlines(keepends=True)
    reader = ListReader(lines, 0, complain)
    try:
        return reader.mapping()
    except _BROKEN as error:
        found = explain(error, lines, 0, reader.last, 0)
        conflict = _conflict(lines, 0, found.line + 2)
        if conflict is None:
            complain(found.position, "yaml", found.message)
        else:
            complain((conflict + 1, 1), "yaml", _CONFLICT)
        return None
