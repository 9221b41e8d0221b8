"""What a long build tells while it runs, on a terminal's standard error."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# A shorter build is over before anybody wonders.
_PATIENCE = 0.5


class Building:
    """Shows files, records, rate and time left, once a build has taken a while."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._started = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take what was shown away again."""
        if self._bar:
            self._bar.stop()

    def __call__(self, what: str, records: int, done: int, total: int) -> None:
        """Tell how far the build has come.

        Args:
            what: the file being read, or the step.
            records: how many records have been read.
            done: how many bytes have been read.
            total: of how many.
        """
        passed = time.monotonic() - self._started
        if passed < _PATIENCE or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._begin(total)
        if self._bar is not None and self._task is not None:
            rate = f"{records / passed:,.0f} a second"
            told = f"{records:,} records, {rate}"
            self._bar.update(self._task, completed=done, description=what, told=told)

    def _begin(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("indexing {task.description}", markup=False),
            BarColumn(bar_width=20),
            TextColumn("{task.percentage:>3.0f}% {task.fields[told]}", markup=False),
            TimeRemainingColumn(compact=True),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=total, told="")
        self._bar.start()
