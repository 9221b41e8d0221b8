"""The values of a file of records, quicker where the YAML is as plain as it mostly is.

Plain records are read by `explore.corpus.plain`; any other goes to the parser by itself, and a
file that does not fall into records at `- ` in its first column goes there whole. The result is
the parser's, always; the parser is loaded when the first text needs it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TextIO
from zlib import adler32, crc32

from explore.corpus.plain import is_odd, next_record, record
from explore.corpus.problem import YamlError

_BLOCK = 1 << 20
_ITEM = "\n- "
# What may stand outside a record ends it, such as a second document; other line breaks hide it.
_OUTSIDE = re.compile("\n[^ \n#]|[\r\u0085\u2028\u2029]")


class _NotPlainError(Exception):
    """A file that does not fall into records."""


# An entry of the list in a file: the checksum of its text, 64 bits as SQLite has integers, or None
# if it was not read alone; and what it says, or `SAME`. A class would take as long as reading one.
Entry = tuple[int | None, Any]

# Stands for a value that was not read, as its text is one that is known.
SAME: Final = object()

# Called with the place of an entry in its file, from 0, and its checksum.
IsKnown = Callable[[int, int], bool]


def values(path: Path) -> Iterator[Any]:
    """Yield the values of the list in a file, as `explore.corpus.read.values_of` does.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    return (value for _, value in entries(path))


def entries(path: Path, is_known: IsKnown = lambda *_: False) -> Iterator[Entry]:
    """Yield the entries of the list in a file; those whose text is known are not read.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    given = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            for entry in _entries(text, is_known):
                yield entry
                given += 1
    except (_NotPlainError, YamlError, UnicodeError):
        from explore.corpus.read import values_of

        # What is behind a fault may be no fault of the whole.
        for n, value in enumerate(values_of(path)):
            if n >= given:
                yield None, value


def mapping(path: Path) -> Any:
    """Give the mapping in a file; errors as `values`."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeError:
        text = ""
    fields = text[next_record(text, 0) :].rstrip("\n")
    # As the one record of a list it may be plain.
    listed = "- " + fields.replace("\n", "\n  ") + "\n"
    found = None if is_odd(text) else record(listed)
    if found is None:
        from explore.corpus.read import mapping_of

        return mapping_of(path)
    return found


def _entries(text: TextIO, is_known: IsKnown) -> Iterator[Entry]:
    buffer = ""
    place = 0
    while True:
        # A record longer than a block is waited for in ever longer ones.
        block = text.read(max(_BLOCK, len(buffer)))
        buffer += block
        # The last record may go on in the next block.
        end = buffer.rfind(_ITEM) + 1 if block else len(buffer)
        odd = is_odd(buffer)
        at = 0
        while at < end:
            at = next_record(buffer, at)
            if at >= end:
                break
            if not buffer.startswith("- ", at):
                raise _NotPlainError
            after = buffer.find(_ITEM, at) + 1 or len(buffer)
            one = buffer[at:after]
            checksum = _checksum(one)
            if is_known(place, checksum):
                yield checksum, SAME
            else:
                found = None if odd else record(one)
                yield checksum, _parsed(one) if found is None else found
            place += 1
            at = after
        buffer = buffer[max(at, 0) :]
        if not block:
            break
    if not place:
        raise _NotPlainError


def _checksum(text: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    # SQLite's integers have a sign.
    return (crc32(data) << 32 | adler32(data)) - (1 << 63)


def _parsed(text: str) -> Any:
    import yaml

    from explore.corpus.read import values_in

    if _OUTSIDE.search(text):
        raise _NotPlainError
    try:
        found = list(values_in(text))
    except yaml.YAMLError as error:
        raise _NotPlainError from error
    if len(found) != 1:
        raise _NotPlainError
    return found[0]
