"""The text of a file, whatever its bytes are; what is not UTF-8 is complained of and read on."""

import re
from collections.abc import Callable
from pathlib import Path

from explore.corpus.file_access import open_file
from explore.corpus.problems import Mark
from explore.escaping import visible

# What YAML does not allow in a text (1.2, 5.1).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_UTF16 = "the file is UTF-16; save it as UTF-8"


def decoded(path: Path, complain: Callable[[Mark, str, str], None]) -> str:
    """Return the text of a file, its line ends as they are, with blanks for what YAML refuses.

    Args:
        path: the file.
        complain: is told of each line that cannot be read as it is, by place, rule and message.
    """
    text = _text(path, complain)
    if not _UNPRINTABLE.search(text):
        return text
    for number, line in enumerate(text.split("\n"), 1):
        found = _UNPRINTABLE.search(line)
        if found:
            message = f"the character {visible(found[0])} is not allowed in YAML; remove it"
            complain((number, found.start() + 1), "encoding", message)
    return _UNPRINTABLE.sub(" ", text)


def _text(path: Path, complain: Callable[[Mark, str, str], None]) -> str:
    with open_file(path) as file:
        data = file.read()
    wide = _wide(data)
    if wide:
        complain((1, 1), "encoding", _UTF16)
        return data.decode(wide, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode()) + 1
            complain((number, column), "encoding", "not UTF-8; save the file as UTF-8")
    return data.decode("utf-8-sig", "replace")


def _wide(data: bytes) -> str | None:
    """Return the encoding of a text in UTF-16, with its mark or without."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:64]
    if len(head) > 1 and head.isascii():
        if head[1::2].count(0) == len(head) // 2:
            return "utf-16-le"
        if head[::2].count(0) == (len(head) + 1) // 2:
            return "utf-16-be"
    return None
