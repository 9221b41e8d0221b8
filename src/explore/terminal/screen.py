"""The only module that knows the terminal: width, color, links, pager; all others ask it.

Everything on standard output and standard error is written here, and escaped here.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TextIO, TypeVar

from explore.errors import ClosedPipeError
from explore.escaping import log_line, no_command, visible
from explore.terminal.held import held

T = TypeVar("T")
ColorChoice = Literal["auto", "always", "never"]
_PIPE_WIDTH = 80
# Narrower, words fall apart; wider, nobody reads.
_NARROWEST, _WIDEST = 20, 1000
# From here on a reader wants to see how far the work has come.
_MIN_STEPS = 3
# The control codes that views write: colors, and links to addresses without any.
_STYLING = r"(\x1b\[[0-9;]*m|\x1b\]8;[^\x00-\x1f\x7f-\x9f]*\x1b\\)"


class Screen:
    """Standard output and standard error, and how they want to be written to.

    Attributes:
        width: columns to fill.
        styled: whether color and links may be used.
        plain_ascii: whether the output can only take ASCII.
    """

    def __init__(self, color: ColorChoice = "auto") -> None:
        """Decide once, from `color`, the environment and the streams."""
        self.out = sys.stdout
        self.is_terminal = self.out.isatty()
        self.styled = _styled(color, self.is_terminal)
        size = _terminal_size(self.out) if self.is_terminal else None
        wanted = _columns() or (size[0] if size else _PIPE_WIDTH)
        self.width = min(max(wanted, _NARROWEST), _WIDEST)
        self.height = size[1] if size else 0
        self.plain_ascii = not (self.out.encoding or "ascii").lower().startswith("utf")

    def show(self, chunks: Iterable[str]) -> None:
        """Print what is laid out for this screen; through the pager if one is wanted."""
        safe = map(_safe_view, chunks)
        if not (self.is_terminal and _pager()):
            self._put(safe)
            return
        text = "".join(safe)
        if text.count("\n") < self.height or not _page(text):
            self._put([text])

    def write(self, chunks: Iterable[str], *, keep_tabs: bool = False) -> None:
        """Write what a format makes of data; as it is, but on a terminal as visible text.

        Args:
            chunks: the text.
            keep_tabs: whether tabs are tabs on a terminal too, since the format separates by them.

        Raises:
            ClosedPipeError: if the reader has gone.
        """
        safe = _visible_between_tabs if keep_tabs else visible
        self._put(map(safe, chunks) if self.is_terminal else chunks)

    def say(self, lines: Iterable[str]) -> None:
        """Write lines for people to standard output, each of them visible text on one line.

        Raises:
            ClosedPipeError: if the reader has gone.
        """
        self._put(log_line(line) + "\n" for line in lines)

    def _put(self, chunks: Iterable[str]) -> None:
        try:
            for chunk in held(chunks):
                self.out.write(chunk)
            self.out.flush()
        except BrokenPipeError as error:
            # What is still buffered must not raise again when Python closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())
            raise ClosedPipeError from error

    def progress(self, steps: Sequence[T], noun: str) -> Iterator[T]:
        """Yield steps; over many of them a bar on a terminal's standard error shows how far."""
        if len(steps) < _MIN_STEPS or not sys.stderr.isatty():
            yield from steps
            return
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True, no_color=not self.styled)
        yield from track(steps, f"{len(steps)} {noun}", console=console, transient=True)

    def note(self, message: str) -> None:
        """Write a line that is not part of the answer, on standard error."""
        self.out.flush()
        complain(message)


def _visible_between_tabs(text: str) -> str:
    return "\t".join(map(visible, text.split("\t")))


def complain(message: str) -> None:
    """Write a line to standard error, whatever the message has in it."""
    sys.stderr.write(log_line(message) + "\n")
    sys.stderr.flush()


def take_any_text() -> None:
    """Have both streams escape what their encoding has no bytes for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _safe_view(chunk: str) -> str:
    """Return a chunk of a view with no control code but those that style it."""
    if "\x1b" in chunk:
        import re

        parts = re.split(_STYLING, chunk)
        parts[::2] = map(visible, parts[::2])
        chunk = "".join(parts)
    else:
        chunk = visible(chunk)
    if "::" in chunk or "##[" in chunk:
        chunk = "\n".join(map(no_command, chunk.split("\n")))
    return chunk


def _styled(color: ColorChoice, is_terminal: bool) -> bool:
    """NO_COLOR wins over all but an explicit choice; then FORCE_COLOR, then the terminal."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return is_terminal and os.environ.get("TERM") != "dumb"


def _columns() -> int:
    text = os.environ.get("COLUMNS", "")
    return int(text[:6]) if text.isascii() and text.isdigit() else 0


def _terminal_size(stream: TextIO) -> tuple[int, int] | None:
    try:
        size = os.get_terminal_size(stream.fileno())
    except OSError:
        return None
    return size if size.columns else None


def _pager() -> str:
    """Return the pager that the user asked for; without PAGER there is none."""
    pager = os.environ.get("PAGER", "").strip()
    return "" if pager == "cat" else pager


def _page(text: str) -> bool:
    """Return whether the pager has shown a text, according to its exit status."""
    import signal
    import subprocess

    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    command = _pager()
    try:
        # The user's own words for their own shell, as git and man take them.
        pager = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environment)  # noqa: S602
    except OSError:
        return False
    # In a pager Ctrl-C is the pager's; it would be left behind without a terminal.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode())
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    return pager.returncode == 0
