"""What the missed goals are made of: `python -m benchmarks.bounds [--work DIR]`.

Prints, for a build and for a table, the part that no other code of ours could save: what SQLite,
the YAML expression, the type check and the imports take by themselves, each alone.
"""

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import corpus
from benchmarks.measure import Run, side_by_side
from explore.corpus.files import bundled_corpus, paths
from explore.corpus.quick import values
from explore.corpus.stream import records_of
from explore.index import compile as compiler

_TYPER = (
    "import gc, os; gc.disable()\n"
    "import typer\n"
    "def claims(about: str = '', kind: str = '', limit: int = 0, form: str = 'table'):\n"
    "    {}\n"
    "try: typer.run(claims)\n"
    "except SystemExit: os._exit(0)"
)
_NOTHING = {
    "a Typer program that does nothing": "pass",
    "the same, with SQLite and JSON": "import sqlite3, json, pathlib",
}
# What a first run loads and a warm one does not: SQLite is there already.
_BUILDER = (
    "import gc, sys, time; gc.disable()\n"
    "import typer, explore.index.ask, explore.index.store\n"
    "started = time.perf_counter()\n"
    "import explore.index.compile, explore.corpus.stream, explore.index.derive\n"
    "from explore.corpus.shape import Shape\n"
    "from explore.records import RECORD_TYPES, declaration\n"
    "for kind in RECORD_TYPES: Shape(declaration(kind), names=False)\n"
    "print(time.perf_counter() - started)"
)
_TIMES = 9
_spent: Counter[str] = Counter()


class _Watched(sqlite3.Connection):
    """Adds up what SQLite's own work takes."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        return _timed(super().execute, *arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        return _timed(super().executemany, *arguments)


def _timed(call: Callable[..., sqlite3.Cursor], *arguments: Any) -> sqlite3.Cursor:
    # Rows are made while SQLite takes them, so they must be there before.
    if len(arguments) > 1:
        arguments = (arguments[0], list(arguments[1]))
    started = time.perf_counter()
    found = call(*arguments)
    _spent["SQLite"] += time.perf_counter() - started
    return found


def build(folder: Path, target: Path) -> dict[str, float]:
    """Give the seconds that a build spends in each of its parts, in one process."""
    # With one processor there is no second process, whose work could not be told apart.
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    connect = sqlite3.connect
    sqlite3.connect = lambda *a, **k: connect(*a, factory=_Watched, **k)  # type: ignore[assignment]
    _spent.clear()
    try:
        whole = _seconds(lambda: compiler.anew(target, folder))
    finally:
        sqlite3.connect = connect
        os.sched_setaffinity(0, processors)
    files = [(kind, path) for kind, group in paths(folder).items() for path in group]
    reading = _seconds(lambda: [sum(1 for _ in values(path)) for _, path in files])
    both = _seconds(lambda: [sum(1 for _ in records_of(kind, path)) for kind, path in files])
    checking = max(both - reading, 0)
    rest = whole - _spent["SQLite"] - both
    return {
        "SQLite itself": _spent["SQLite"],
        "reading YAML": reading,
        "checking types": checking,
        "making rows, checking links": rest,
        "in all": whole,
    }


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bounds", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / "work")
    work = parser.parse_args().work
    work.mkdir(parents=True, exist_ok=True)
    large = corpus.write(work / "100000x1", 100_000, 1)
    # Once for nothing, so that all is imported and every file is in memory.
    build(bundled_corpus(), work / "bounds.sqlite")
    for name, folder, times in (
        ("the bundled corpus", bundled_corpus(), 31),
        ("100,000 claims", large, 3),
    ):
        print(f"building {name}")
        built = [build(folder, work / "bounds.sqlite") for _ in range(times)]
        for part in built[0]:
            seconds = statistics.median(parts[part] for parts in built)
            print(f"  {part:<28} {seconds * 1000:>8,.1f} ms")
    loading = [
        float(
            subprocess.run(
                [sys.executable, "-c", _BUILDER], check=True, capture_output=True
            ).stdout
        )
        for _ in range(_TIMES)
    ]
    print(f"loading the builder, once a first run {statistics.median(loading) * 1000:>8,.1f} ms")
    explore = str(Path(sys.executable).with_name("explore"))
    words = ["claims", "--about", "asean", "--limit", "0"]
    subprocess.run([explore, *words], check=True, capture_output=True)
    runs = [
        Run(name, [sys.executable, "-c", _TYPER.format(does)]) for name, does in _NOTHING.items()
    ]
    runs.append(Run("claims --about asean, a table", [explore, *words]))
    print("whole processes")
    for name, found in side_by_side(runs, _TIMES).items():
        print(f"  {name:<36} {found.told()}")


if __name__ == "__main__":
    main()
