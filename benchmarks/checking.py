"""What `check` costs beside reading: `python -m benchmarks.checking [NAME…]`.

Prints for each hostile file of the tests the processor seconds that taking libyaml's events of it
takes, those that checking and reporting it takes, and how many times the former the latter is.
A file that is broken is taken up again at its next record, as `check` does.
"""

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from yaml import events

from explore.corpus.load import examine
from explore.formats.problems.as_text import write

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

GOAL = 10
# Below so many seconds the ratio is one of fixed costs.
LEAST = 0.01
_MOST_FAULTS = 200


def main() -> None:
    """Measure the files that are named, or all."""
    from conftest import ACTORS, SOURCES
    from hostile_files import FILES, MANY

    parser = argparse.ArgumentParser(prog="python -m benchmarks.checking", description=__doc__)
    parser.add_argument("name", nargs="*", help="a file of tests/hostile_files.py")
    names = parser.parse_args().name
    # As in the program.
    gc.disable()
    worst = 0.0
    for name, data in (FILES | MANY).items():
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder)
            (corpus / "actors.yaml").write_text(ACTORS)
            (corpus / "sources.yaml").write_text(SOURCES)
            (corpus / "claims.yaml").write_bytes(data)
            reading = _seconds(lambda: _drain(data))  # noqa: B023 - called before it changes
            checking = _seconds(lambda: sum(map(len, write(examine(corpus).problems))))  # noqa: B023
        gc.collect()
        told = f"{name:30}{len(data):>12,} bytes  read {reading:7.3f} s  check {checking:7.3f} s"
        if checking < LEAST:
            print(f"{told}  (too short to compare)", flush=True)
            continue
        ratio = checking / max(reading, LEAST)
        worst = max(worst, ratio)
        print(f"{told}  {ratio:5.1f} times", flush=True)
    print(f"worst: {worst:.1f} times (goal {GOAL})")


def _drain(data: bytes) -> None:
    """Take all events of a file, from one record on after each fault."""
    at = 0
    for _ in range(_MOST_FAULTS):
        loader = yaml.CSafeLoader(data[at:])
        try:
            while not isinstance(loader.get_event(), events.StreamEndEvent):
                pass
        except yaml.MarkedYAMLError as error:
            mark = error.context_mark or error.problem_mark
            begun = at + (mark.index if mark else 0)
            at = data.find(b"\n- ", begun) + 1
            if not at:
                return
        except yaml.YAMLError:
            return
        else:
            return


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
