"""The text of a file in whatever encoding people have it; what is guessed is said."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from explore.errors import UsageError

# Called with what a person should know of how a file is read.
Note = Callable[[str], None]

# A table of claims is far smaller; whatever is larger is refused before it costs anything.
MOST_BYTES = 100_000_000
_BOMS = (
    # The mark of UTF-32 begins as that of UTF-16 does.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A guess from fewer bytes than this takes no time, and from more is no better.
_SAMPLE = 100_000
# Below this the detector knows nothing, and the most common encoding is the best guess.
_SURE = 0.1
_COMMON = "windows-1252"


def bounded(path: Path, most: int = MOST_BYTES) -> Path:
    """Return a path to a file of at most `most` bytes.

    Raises:
        UsageError: if it is larger.
    """
    size = path.stat().st_size
    if size > most:
        raise UsageError(f"{path} has {_mb(size)}; files of up to {_mb(most)} are read")
    return path


def decoded(path: Path, encoding: str | None, note: Note) -> str:
    """Return the text of a file, without a byte order mark.

    The encoding is the one named, else that of the byte order mark, else UTF-8, else a guess,
    which is said.

    Args:
        path: the file.
        encoding: the name of an encoding, as Python knows it.
        note: called with a guess.

    Raises:
        UsageError: if the encoding is unknown, or the file is not in it.
    """
    data = bounded(path).read_bytes()
    name = known(encoding) if encoding else _marked(data) or _unmarked(path, data, note)
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeError as error:
        place = ""
        if isinstance(error, UnicodeDecodeError):
            line = data.count(b"\n", 0, error.start) + 1
            place = f": byte 0x{data[error.start]:02x} in line {line}"
        raise UsageError(
            f"{path} is not {name}{place}; name its encoding by --encoding"
        ) from error


def known(encoding: str) -> str:
    """Return the name of an encoding of text as Python has it.

    Raises:
        UsageError: if no encoding has this name.
    """
    try:
        found = codecs.lookup(encoding)
        "".encode(found.name)
    except (LookupError, ValueError) as error:
        raise UsageError(
            f"unknown encoding '{encoding}'; use a name such as utf-8, utf-16, windows-1252,"
            " gb18030, big5 or shift_jis"
        ) from error
    return found.name


def _marked(data: bytes) -> str:
    return next((name for mark, name in _BOMS if data.startswith(mark)), "")


def _unmarked(path: Path, data: bytes, note: Note) -> str:
    """Return UTF-8 if it is that, else the most likely encoding.

    Raises:
        UsageError: if it is UTF-8 but for a few bytes.
    """
    sample = data[:_SAMPLE]
    # In UTF-16 a good part of all bytes is zero.
    if sample.count(0) * 5 <= len(sample):
        try:
            data.decode()
        except UnicodeDecodeError as error:
            _refuse_broken(path, data, error.start)
        else:
            return "utf-8"
    name = _guess(data)
    if name != "utf-8":
        note(f"{path}: read as {name}; --encoding names another")
    return name


def _refuse_broken(path: Path, data: bytes, first: int) -> None:
    """Refuse what is UTF-8 but for a few bytes, of which the first has a place."""
    text = data.decode(errors="surrogateescape")
    faults = len(re.findall("[\udc80-\udcff]", text))
    if faults < len(re.findall(r"[^\x00-\x7f]", text)) - faults:
        line = data.count(b"\n", 0, first) + 1
        raise UsageError(
            f"{path} is UTF-8 except in line {line}; correct that line, or name the encoding"
            " by --encoding"
        )


def _guess(data: bytes) -> str:
    from chardet import detect

    # Lines of ASCII say nothing, and may be most of a file.
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    found = detect((data if 0 in data[:_SAMPLE] else b"".join(lines))[:_SAMPLE])
    name = found["encoding"]
    if not name or found["confidence"] < _SURE:
        return "utf-8" if data.isascii() else _COMMON
    return name.lower()


def _mb(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
