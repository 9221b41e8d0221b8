"""Open the files of a corpus, and explain why one cannot be read.

A pipe, a device or a folder in place of a file is found before it is opened: a pipe would wait
for a writer, and a device has no end.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from explore.errors import CorpusFileError

# What may be in place of a file, by the test of `stat` that recognizes it.
_OTHER_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# Neither waits for a writer of a pipe nor makes a terminal this process's own.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def obstacle(path: str) -> str | None:
    """Return what keeps a path from being a file to read, and what to do; None if nothing does.

    Raises:
        FileNotFoundError: if nothing has this name.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a folder may have thousands of files
    except OSError as error:
        return _explain(path, error)
    return None if stat.S_ISREG(mode) else _kind(path, mode)


def folder_obstacle(path: str, error: OSError) -> str | None:
    """Return why a folder of a corpus could not be listed; None if nothing has its name."""
    try:
        return _explain(path, error)
    except FileNotFoundError:
        return None


def open_file(path: Path) -> BinaryIO:
    """Open a file of a corpus to read its bytes.

    Raises:
        FileNotFoundError: if nothing has this name.
        CorpusFileError: if it is not a regular file, or cannot be opened.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise CorpusFileError(str(path), _explain(str(path), error)) from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise CorpusFileError(str(path), _kind(str(path), mode))


def _kind(path: str, mode: int) -> str:
    """Return what is in place of a file, by its mode, and what to do."""
    if stat.S_ISDIR(mode):
        plain = os.path.splitext(os.path.basename(path))[0]  # noqa: PTH119, PTH122 - as above
        return f"a folder, not a file; rename it to '{plain}', or put a file in its place"
    kind = next((name for test, name in _OTHER_KINDS if test(mode)), "not a regular file")
    return f"{kind}, not a file; put a regular file in its place"


def _explain(path: str, error: OSError) -> str:
    if error.errno == errno.ENXIO:
        return "a socket or a device, not a file; put a regular file in its place"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself; remove it or link to a file"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if not os.path.islink(path):  # noqa: PTH114 - as above
            raise FileNotFoundError(error.errno, error.strerror, path) from error
        target = os.readlink(path)  # noqa: PTH115 - as above
        return f"a link to '{target}', which does not exist; remove it or link to a file"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied; change its permissions or those of its folder"
    return f"cannot be read: {error.strerror}; put a readable file in its place"
