"""The values of a file of records, quicker where the YAML is as plain as it mostly is.

Plain records are read by `explore.corpus.plain`; any other goes to the parser by itself, and a
file that does not fall into records at `- ` in its first column goes there whole. The result is
the parser's, always; the parser is loaded when the first text needs it.
"""

import re
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO
from zlib import adler32, crc32

from explore.corpus.file_access import open_file
from explore.corpus.plain import is_odd, next_record, record
from explore.corpus.problems import YamlError

_BLOCK = 1 << 20
_ITEM = "\n- "
# What may stand outside a record ends it, such as a second document; other line breaks hide it.
_OUTSIDE = re.compile("\n[^ \n#]|[\r\u0085\u2028\u2029]")


class _NotPlainError(Exception):
    """A file that does not fall into records."""


# An entry of the list in a file: its place, from 0; the checksum of its text, 64 bits with a sign,
# or 0 if it was not read alone; and what it says.
Entry = tuple[int, int, Any]


def values(path: Path) -> Iterator[Any]:
    """Yield the values of the list in a file, as `explore.corpus.read.values_of` does.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    return (value for *_, value in entries(path, {}))


def entries(path: Path, known: dict[int, int]) -> Iterator[Entry]:
    """Yield the entries of the list in a file, but those whose text is known.

    Args:
        path: the file.
        known: checksums of texts by their places; those that are found are taken out of it.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    place = 0
    try:
        with TextIOWrapper(open_file(path), encoding="utf-8-sig", newline="") as file:
            near, odd = "", False
            for text, buffer in _texts(file):
                checksum = _checksum(text)
                if known and known.get(place) == checksum:
                    del known[place]
                else:
                    # Of a file that is known already, few records are read.
                    around = text if known else buffer
                    if around is not near:
                        near, odd = around, is_odd(around)
                    found = None if odd else record(text)
                    yield place, checksum, _parsed(text) if found is None else found
                place += 1
    except (_NotPlainError, YamlError, UnicodeError):
        from explore.corpus.events import values_of

        # What is behind a fault may be no fault of the whole.
        for n, value in enumerate(values_of(path)):
            if n >= place:
                yield n, 0, value


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
        from explore.corpus.events import mapping_of

        return mapping_of(path)
    return found


def _texts(file: TextIO) -> Iterator[tuple[str, str]]:
    """Yield the text of each record, and a longer text that it is part of."""
    buffer = ""
    seen = False
    while True:
        # A record longer than a block is waited for in ever longer ones.
        block = file.read(max(_BLOCK, len(buffer)))
        buffer += block
        # The last record may go on in the next block.
        end = buffer.rfind(_ITEM) + 1 if block else len(buffer)
        at = next_record(buffer, 0)
        if at < end and not buffer.startswith("- ", at):
            raise _NotPlainError
        while at < end:
            after = buffer.find(_ITEM, at) + 1 or len(buffer)
            yield buffer[at:after], buffer
            seen = True
            at = after
        buffer = buffer[at:]
        if not block:
            break
    if not seen:
        raise _NotPlainError


def _checksum(text: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    return (crc32(data) << 32 | adler32(data)) - (1 << 63)


def _parsed(text: str) -> Any:
    import yaml

    from explore.corpus.events import values_in

    if _OUTSIDE.search(text):
        raise _NotPlainError
    try:
        found = list(values_in(text))
    except yaml.YAMLError as error:
        raise _NotPlainError from error
    if len(found) != 1:
        raise _NotPlainError
    return found[0]
