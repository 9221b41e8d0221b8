"""The one place that knows the terminal: width, colour, links, pager; everything else asks it."""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TextIO, TypeVar

from explore.errors import ClosedPipeError
from explore.visible import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

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
        self._console: Console | None = None

    def show(self, renderables: "Iterable[RenderableType]") -> None:
        """Print what Rich renders; through the pager if it is wanted and the text is long."""
        if not (self.is_terminal and _pager()):
            self.write(map(self.render, renderables))
            return
        text = "".join(map(self.render, renderables))
        if text.count("\n") < self.height:
            self.write([text])
        else:
            _page(text)

    def render(self, renderable: "RenderableType") -> str:
        """Render to text: without styles no control codes, and no blanks at line ends.

        Text that comes ready for this screen stays as it is.
        """
        if isinstance(renderable, str):
            return renderable
        console = self.console()
        with console.capture() as capture:
            console.print(renderable)
        text = capture.get()
        if self.styled:
            return text
        return "\n".join(line.rstrip() for line in text.split("\n"))

    def write(self, chunks: Iterable[str]) -> None:
        """Write text to standard output as it is.

        Raises:
            ClosedPipeError: if the reader has gone.
        """
        try:
            for chunk in chunks:
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

    def console(self, *, record: bool = False) -> "Console":
        """Give the Rich console, made from what was decided here and nothing else."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(
                file=io.StringIO(),
                width=self.width,
                force_terminal=self.styled,
                color_system="standard" if self.styled else None,
                no_color=not self.styled,
                markup=False,
                emoji=False,
                highlight=False,
                legacy_windows=False,
                record=record,
                _environ={},
            )
        return self._console


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
