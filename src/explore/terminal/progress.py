"""A progress bar for a long build, on a terminal's standard error."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from explore.escaping import visible


class Building:
    """Shows files, records, rate and time left, and removes them at the end."""

    def __init__(self, started: float, total: int) -> None:
        """Show a bar.

        Args:
            started: when the build did, by the monotonic clock, in seconds.
            total: how many bytes there are to read.
        """
        self._started = started
        columns = (
            TextColumn("indexing {task.description}", markup=False),
            BarColumn(bar_width=20),
            TextColumn("{task.percentage:>3.0f}% {task.fields[speed]}", markup=False),
            TimeRemainingColumn(compact=True),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=total, speed="")

    def __enter__(self) -> Self:
        """Begin."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove what was shown."""
        self._bar.stop()

    def __call__(self, what: str, records: int, done: int) -> None:
        """Show how far the build has come.

        Args:
            what: the file being read, or the step.
            records: how many records have been read.
            done: how many bytes have been read.
        """
        rate = f"{records / (time.monotonic() - self._started):,.0f} a second"
        speed = f"{records:,} records, {rate}"
        self._bar.update(self._task, completed=done, description=visible(what), speed=speed)
