"""The one place that knows the terminal: width, colour, links, pager; everything else asks it."""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TextIO, TypeVar

from explore.errors import ClosedPipeError
from explore.held import held
from explore.visible import visible

T = TypeVar("T")
ColorChoice = Literal["auto", "always", "never"]
_PIPE_WIDTH = 80
# Narrower, words fall apart; wider, nobody reads.
_NARROWEST, _WIDEST = 20, 1000
# From here on a reader wants to see how far the work has come.
_MANY = 3


class Screen:
    """Standard output and standard error, and how they want to be written to.

    Attributes:
        width: columns to fill.
        styled: whether colour and links may be used.
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
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def show(self, chunks: Iterable[str]) -> None:
        """Print what is laid out for this screen; through the pager if one is wanted."""
        if not (self.is_terminal and _pager()):
            self.write(chunks)
            return
        text = "".join(chunks)
        if text.count("\n") < self.height:
            self.write([text])
        else:
            _page(text)

    def write(self, chunks: Iterable[str]) -> None:
        """Write text to standard output as it is.

        Raises:
            ClosedPipeError: if the reader has gone.
        """
        try:
            for chunk in held(chunks):
                self.out.write(chunk)
            self.out.flush()
        except BrokenPipeError as error:
            # What is still buffered must not raise again when Python closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())
            raise ClosedPipeError from error

    def progress(self, steps: Sequence[T], noun: str) -> Iterator[T]:
        """Yield steps; over many of them a bar on a terminal's standard error tells how far."""
        if len(steps) < _MANY or not sys.stderr.isatty():
            yield from steps
            return
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True, no_color=not self.styled)
        yield from track(steps, f"{len(steps)} {noun}", console=console, transient=True)

    def note(self, message: str) -> None:
        """Say something beside the answer, on standard error."""
        self.out.flush()
        sys.stderr.write(visible(message) + "\n")
        sys.stderr.flush()


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
    """Give the pager that the user asked for; without PAGER there is none."""
    pager = os.environ.get("PAGER", "")
    return "" if pager == "cat" else pager


def _page(text: str) -> None:
    import subprocess

    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    # The user's own words for their own shell, as git and man take them.
    subprocess.run(_pager(), shell=True, input=text.encode(), env=environment, check=False)  # noqa: S602
