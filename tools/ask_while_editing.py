"""Ask and edit a corpus from many processes at once, and look at each answer.

    python tools/ask_while_editing.py [--askers N] [--editors M] [--seconds S] [--own] [--claims C]

Each editor writes one file again and again, in turn by renaming and in place, with a number that
grows. An answer is right if it has for each editor a number that was in the file when the question
began, or came until it ended. With `--own` each process has a corpus of its own; without either,
both ways are run, and the slowest of a hundred compared. Ends with status 1 if an answer is wrong.
"""

import argparse
import csv
import io
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

_EXPLORE = [sys.executable, "-m", "explore"]
# What an editor does between two edits, in seconds.
_PAUSE = 0.2


class Told(NamedTuple):
    """What an asker saw: how long each answer took, in seconds, and what was wrong."""

    seconds: list[float]
    wrong: list[str]


class Edited(NamedTuple):
    """The numbers of one editor: that of the last edit that began, and that ended."""

    begun: "Synchronized[int]"
    done: "Synchronized[int]"


def write(folder: Path, editors: int, claims: int) -> None:
    """Write a corpus with a file for each editor, and one that nobody edits."""
    (folder / "claims").mkdir(parents=True)
    (folder / "actors.yaml").write_text("- {id: a, name: A, kind: state}\n")
    (folder / "sources.yaml").write_text("- {id: s, type: book, title: S}\n")
    (folder / "claims.yaml").write_text(_file("still", 0, claims))
    for n in range(editors):
        (folder / "claims" / f"e{n}.yaml").write_text(_file(f"e{n}", 0, claims))


def _file(name: str, number: int, claims: int) -> str:
    first = f"- {{id: {name}, text: Number {number}., kind: fact, by: [a], source: s}}\n"
    return first + "".join(
        f"- {{id: {name}-{n}, text: Claim {n}., kind: fact, by: [a], source: s}}\n"
        for n in range(claims)
    )


def edit(path: Path, edited: Edited, claims: int, end: Event) -> None:
    """Edit a file until the end."""
    rng = random.Random(path.stem)
    number = 0
    while not end.wait(_PAUSE * rng.uniform(0.5, 1.5)):
        number += 1
        text = _file(path.stem, number, claims)
        edited.begun.value = number
        if number % 2:
            new = path.with_suffix(".new")
            new.write_text(text)
            new.replace(path)
        else:
            path.write_text(text)
        edited.done.value = number


def ask(
    folder: Path, all_edited: list[Edited], end: Event, out: "multiprocessing.Queue[Told]"
) -> None:
    """Ask until the end."""
    names = [f"e{n}" for n in range(len(all_edited))]
    command = [*_EXPLORE, "--corpus", str(folder), "claims", *names, "--format", "csv"]
    seconds, wrong = [], []
    while not end.is_set():
        least = [edited.done.value for edited in all_edited]
        began = time.perf_counter()
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds.append(time.perf_counter() - began)
        most = [edited.begun.value for edited in all_edited]
        told = {row["id"]: row["text"] for row in csv.DictReader(io.StringIO(found.stdout))}
        for name, low, high in zip(names, least, most, strict=True):
            text = told.get(name, "")
            number = int(text.removeprefix("Number ").removesuffix(".") or -1)
            if found.returncode or not low <= number <= high:
                wrong.append(f"{name}: {text!r}, not {low} to {high}; {found.stderr}")
    out.put(Told(seconds, wrong))


def run(askers: int, editors: int, seconds: float, claims: int, *, own: bool) -> Told:
    """Run askers and editors side by side; return what all askers saw."""
    end = multiprocessing.Event()
    out: multiprocessing.Queue[Told] = multiprocessing.Queue()
    with tempfile.TemporaryDirectory() as work:
        os.environ["XDG_CACHE_HOME"] = str(Path(work, "cache"))
        folders = [Path(work, f"corpus{n}") for n in range(askers + editors if own else 1)]
        for folder in folders:
            write(folder, editors, claims)
            ask_once = [*_EXPLORE, "--corpus", str(folder), "topics"]
            subprocess.run(ask_once, check=True, capture_output=True)
        edited = [
            Edited(multiprocessing.Value("q", 0), multiprocessing.Value("q", 0))
            for _ in range(editors)
        ]
        # Of a corpus of its own nobody has edited what an asker asks for.
        still = [
            Edited(multiprocessing.Value("q", 0), multiprocessing.Value("q", 0))
            for _ in range(editors)
        ]
        processes = [
            multiprocessing.Process(
                target=ask, args=(folders[n if own else 0], still if own else edited, end, out)
            )
            for n in range(askers)
        ]
        for n in range(editors):
            folder = folders[askers + n if own else 0]
            path = folder / "claims" / f"e{n}.yaml"
            processes.append(
                multiprocessing.Process(target=edit, args=(path, edited[n], claims, end))
            )
        for process in processes:
            process.start()
        time.sleep(seconds)
        end.set()
        all_told = [out.get() for _ in range(askers)]
        for process in processes:
            process.join()
    edits = sum(each.done.value for each in edited)
    told = Told(
        sorted(taken for told in all_told for taken in told.seconds),
        [line for told in all_told for line in told.wrong],
    )
    what = "corpora of their own" if own else "one corpus"
    sys.stdout.write(
        f"{what}: {len(told.seconds)} answers, {edits} edits, {len(told.wrong)} wrong; "
        + ", ".join(f"{share:.0%} within {at(told, share):.3f} s" for share in (0.5, 0.9, 0.99))
        + f", the slowest {told.seconds[-1]:.3f} s\n"
    )
    sys.stdout.flush()
    return told


def at(told: Told, share: float) -> float:
    """Return the seconds within which a share of the answers came."""
    return told.seconds[min(int(share * len(told.seconds)), len(told.seconds) - 1)]


def main() -> int:
    """Run as asked; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--askers", type=int, default=20)
    parser.add_argument("--editors", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--claims", type=int, default=200, help="claims in each file")
    parser.add_argument("--own", action="store_true", help="only with corpora of their own")
    parser.add_argument("--shared", action="store_true", help="only with one corpus")
    given = parser.parse_args()
    both = given.own == given.shared
    told = {
        own: run(given.askers, given.editors, given.seconds, given.claims, own=own)
        for own in (False, True)
        if both or own == given.own
    }
    if both:
        ratio = at(told[False], 0.99) / at(told[True], 0.99)
        sys.stdout.write(f"the slowest of a hundred, one corpus to own corpora: {ratio:.2f}\n")
    wrong = [line for each in told.values() for line in each.wrong]
    sys.stderr.write("\n".join(wrong[:10]) + "\n" * bool(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
