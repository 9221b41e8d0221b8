"""Wall time and peak memory of whole processes, side by side."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """What to run.

    Attributes:
        name: what it is called in the table.
        command: the words of it.
        before: called before each run, outside the time.
    """

    name: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None


class Measured(NamedTuple):
    """The seconds of each round, and the peak memory in MB."""

    seconds: list[float]
    memory: float

    def told(self) -> str:
        """Give the median and the spread (10th and 90th percentile), in milliseconds."""
        ordered = sorted(self.seconds)
        low, high = (ordered[min(int(p * len(ordered)), len(ordered) - 1)] for p in (0.1, 0.9))
        middle = statistics.median(ordered)
        return f"{middle * 1000:,.0f} ms ({low * 1000:,.0f} to {high * 1000:,.0f})"

    def over(self, other: "Measured") -> float:
        """Give the median of the rounds' ratios: both of a round meet the same busy moment."""
        pairs = zip(self.seconds, other.seconds, strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)


def side_by_side(runs: Sequence[Run], rounds: int) -> dict[str, Measured]:
    """Run all in turn, round after round, so that a busy moment falls on all alike."""
    seconds: dict[str, list[float]] = {run.name: [] for run in runs}
    memory: dict[str, float] = {}
    for number in range(rounds + (rounds > 1)):
        for run in runs:
            run.before()
            taken, peak = _once(run.command)
            # The first round warms files and caches.
            if number or rounds == 1:
                seconds[run.name].append(taken)
            memory[run.name] = max(memory.get(run.name, 0), peak)
    return {name: Measured(found, memory[name]) for name, found in seconds.items()}


def _once(command: Sequence[str]) -> tuple[float, float]:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return taken, usage.ru_maxrss / 1024
