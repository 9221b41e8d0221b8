"""The values of a file of records, quicker where the YAML is as plain as it mostly is.

Plain records are read by `explore.corpus.plain`; any other goes to the parser by itself, and a
file that does not fall into records at `- ` in its first column goes there whole. The result is
the parser's, always; the parser is loaded when the first text needs it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from explore.corpus.plain import is_odd, next_record, record
from explore.corpus.problem import YamlError

_BLOCK = 1 << 20
_ITEM = "\n- "
# What may stand outside a record ends it, such as a second document; other line breaks hide it.
_OUTSIDE = re.compile("\n[^ \n#]|[\r\u0085\u2028\u2029]")


class _NotPlainError(Exception):
    """A file that does not fall into records."""


def values(path: Path) -> Iterator[Any]:
    """Yield the values of the list in a file, as `explore.corpus.read.values_of` does.

    Raises:
        YamlError: at the first thing that is wrong.
    """
    given = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            for value in _records(text):
                yield value
                given += 1
    except (_NotPlainError, YamlError, UnicodeError):
        from explore.corpus.read import values_of

        # What is behind a fault may be no fault of the whole.
        for n, value in enumerate(values_of(path)):
            if n >= given:
                yield value


def mapping(path: Path) -> Any:
    """Give the mapping in a file; errors as `values`."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeError:
        text = ""
    fields = text[next_record(text, 0) :].rstrip("\n")
    # As the one record of a list it may be plain.
    listed = "- " + fields.replace("\n", "\n  ") + "\n"
    found, end = (None, 0) if is_odd(text) else record(listed, 0)
    if found is None or end < len(listed):
        from explore.corpus.read import mapping_of

        return mapping_of(path)
    return found


def _records(text: TextIO) -> Iterator[Any]:
    buffer = ""
    seen = False
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
            found, after = (None, at) if odd else record(buffer, at)
            if found is None:
                after = buffer.find(_ITEM, at) + 1 or len(buffer)
                (found,) = _parsed(buffer[at:after])
            seen = True
            yield found
            at = after
        buffer = buffer[max(at, 0) :]
        if not block:
            break
    if not seen:
        raise _NotPlainError


def _parsed(text: str) -> list[Any]:
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
    return found
