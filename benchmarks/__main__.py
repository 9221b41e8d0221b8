"""Measure and write `docs/performance.md`: `python -m benchmarks [--quick] [--work DIR]`."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks import corpus, report
from benchmarks.measure import Measured, Run, side_by_side
from benchmarks.peers import peers
from explore.corpus.files import bundled_corpus
from explore.index.cache import cache_path

_HERE = Path(__file__).parent
_EXPLORE = [str(Path(sys.executable).with_name("explore"))]
_FLOOR = [sys.executable, str(_HERE / "floor.py")]
_DRAIN = (
    "import gc, sys, yaml; gc.disable()\n"
    "for name in sys.argv[1:]:\n"
    "    with open(name, 'rb') as file:\n"
    "        take = yaml.CSafeLoader(file).get_event\n"
    "        while take() is not None: pass"
)
_RICH = (
    "import json, sys\nfrom rich.console import Console\nfrom rich.table import Table\n"
    "table = Table('id', 'claim', 'kind', 'said by', 'source')\n"
    "for r in json.load(open(sys.argv[1])):\n"
    "    table.add_row(r['id'], r['text'], r['kind'], ', '.join(r['by']), r['source'])\n"
    "Console(width=100).print(table)"
)
_PARSE_BIBTEX = (
    "import sys\nfrom bibtexparser.entrypoint import parse_string\n"
    "parse_string(open(sys.argv[1], encoding='utf-8').read(), parse_stack=[])"
)
# A question that costs little beside the build which it asks for.
_CHEAP = ("claims", "--limit", "1")

PARTS = ("bundled", "flat", "build", "edit", "many_rows", "library")


class Bench:
    """One run of all measurements."""

    def __init__(self, work: Path, *, quick: bool) -> None:
        """Use a folder for generated corpora and indexes."""
        self.work = work
        self.quick = quick
        self.rounds = 3 if quick else 15
        self.large = 2_000 if quick else 50_000
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        os.environ["COLUMNS"] = "100"
        # Programs are measured as they are installed, with their bytecode.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        self.rows: list[report.Row] = []

    def corpus(self, claims: int, files: int = 1) -> Path:
        """Return a generated corpus."""
        print(f"corpus of {claims:,} claims in {files} file(s)", flush=True)
        return corpus.write(self.work / f"{claims}x{files}", claims, files)

    def ask(self, folder: Path | None, *words: str) -> list[str]:
        """Return the command line of a question."""
        return [*_EXPLORE, *(["--corpus", str(folder)] if folder else []), *words]

    def ratio(
        self, what: str, goal: float, run: Run, floor: Run, rounds: int | None = None
    ) -> tuple[Measured, Measured]:
        """Measure one against the other, and note it beside its goal."""
        found = side_by_side([run, floor], rounds or self.rounds)
        ours, theirs = found[run.name], found[floor.name]
        self.note(what, goal, ours.over(theirs), f"{ours.told()} to {theirs.told()}")
        return ours, theirs

    def note(self, what: str, goal: float, value: float, detail: str) -> None:
        """Note a ratio or a size beside its goal."""
        print(f"{what}: {value:.2f} (goal {goal}), {detail}", flush=True)
        self.rows.append(report.Row(what, goal, value, detail))

    def run(self, parts: list[str]) -> None:
        """Measure the parts asked for, all if none."""
        for name in parts or PARTS:
            getattr(self, name)()

    def bundled(self) -> None:
        """The bundled corpus against the floor program."""
        rows = self.work / "rows.json"
        words = ("claims", "--about", "asean", "--limit", "0")
        answer = self.ask(None, *words, "--format", "json")
        rows.write_bytes(subprocess.run(answer, check=True, capture_output=True).stdout)
        floor = Run("floor", [*_FLOOR, "show", str(rows)])
        table = Run("explore", self.ask(None, *words))
        ours, theirs = self.ratio("claims --about asean, a table / floor", 0.45, table, floor)
        self.note("its memory / floor", 1.2, ours.memory / theirs.memory, _memory(ours, theirs))
        for form in ("json", "csv"):
            run = Run("explore", self.ask(None, *words, "--format", form))
            self.ratio(f"the same as {form} / floor", 0.40, run, floor)
        for word, goal in (("--help", 0.35), ("--version", 0.30)):
            self.ratio(f"{word} / floor", goal, Run("explore", self.ask(None, word)), floor)
        env = [
            "env",
            "_EXPLORE_COMPLETE=complete_zsh",
            "_TYPER_COMPLETE_ARGS=explore show pivot-th",
        ]
        self.ratio(
            "completion of a claim id / floor", 0.55, Run("explore", [*env, *_EXPLORE]), floor
        )
        first = Run("first", self.ask(None, *words), self.forget)
        self.ratio("the very first answer / floor", 1.0, first, floor)
        self.peers(table)

    def peers(self, table: Run) -> None:
        """What a user would pick instead, on the same rows."""
        self.forget()
        subprocess.run(table.command, check=True, capture_output=True)
        index = cache_path(bundled_corpus())
        claims = subprocess.run(
            self.ask(None, "claims", "--format", "json"), check=True, capture_output=True
        ).stdout
        for name, _, run in peers(index, claims, self.work):
            self.ratio(f"claims --about asean / {name}", 1.0, table, run)

    def forget(self) -> None:
        """Remove the indexes of small corpora."""
        for path in (self.work / "cache" / "explore").glob("*.sqlite"):
            if path.stat().st_size < 5_000_000:
                path.unlink()

    def flat(self) -> None:
        """A large corpus against one of 60 claims."""
        small, large = self.corpus(60), self.corpus(self.large)
        for folder in (small, large):
            subprocess.run(self.ask(folder, *_CHEAP), check=True, capture_output=True)
        limit = ("--limit", "5")
        questions = {
            "claims --about": (1.15, ("claims", "--about", "actor-3", *limit)),
            "show": (1.15, ("show", "claim-7")),
            "tree": (1.15, ("tree", "claim-7", "--depth", "1", *limit)),
            "timeline --about": (1.15, ("timeline", "--about", "actor-0", "--limit", "3")),
            "search, a rare word": (1.15, ("search", "quixotic", *limit)),
            "search, a word in 30 % of the claims": (2.0, ("search", "order", *limit)),
            "stats": (2.0, ("stats",)),
            "compare of the two loudest": (2.0, ("compare", "actor-0", "actor-1")),
        }
        for name, (goal, words) in questions.items():
            runs = [Run(str(folder), self.ask(folder, *words)) for folder in (large, small)]
            self.ratio(f"{name}: {self.large:,} / 60 claims", goal, *runs)
        about = Run("explore", self.ask(large, "claims", "--about", "actor-3", *limit))
        if shutil.which("rg"):
            files = str(large / "claims")
            search = Run("rg", ["rg", "-c", r"about: \[.*actor-3\b", files])
            self.ratio(f"claims --about / rg -c, {self.large:,} claims", 1.0, about, search)

    def build(self) -> None:
        """Building an index, against libyaml alone."""
        folder = self.corpus(self.large, 100)
        files = [str(path) for path in sorted(folder.rglob("*.yaml"))]
        build = Run("build", self.ask(folder, *_CHEAP), lambda: self.drop(folder))
        drain = Run("drain", [sys.executable, "-c", _DRAIN, *files])
        ours, _ = self.ratio(f"building {self.large:,} claims / events", 2.8, build, drain, 5)
        self.note("memory of that, MB", 100, ours.memory, "")

    def edit(self) -> None:
        """The next answer after an edit, against a warm one."""
        claims = self.large
        folder = self.corpus(claims, 100)
        edited = folder / "claims" / "part-0050.yaml"
        text = edited.read_text()
        ask = self.ask(folder, "claims", "--about", "actor-3", "--limit", "5")
        subprocess.run(ask, check=True, capture_output=True)
        os.sync()

        def change() -> None:
            edited.write_text(text.replace("text: ", f"text: {os.urandom(4).hex()} ", 1))

        what = f"after an edit in one of 100 files of {claims:,} / warm"
        self.ratio(what, 2.5, Run("edit", ask, change), Run("warm", ask))

    def drop(self, folder: Path) -> None:
        """Remove the index of a corpus."""
        subprocess.run(self.ask(folder, "cache", "--clear"), check=True, capture_output=True)

    def many_rows(self) -> None:
        """Ten thousand rows as a table."""
        folder = self.corpus(self.large)
        count = str(min(10_000, self.large))
        words = ("claims", "--limit", count)
        rows = self.work / "many.json"
        answer = self.ask(folder, *words, "--format", "json")
        rows.write_bytes(subprocess.run(answer, check=True, capture_output=True).stdout)
        plain = Run("rich", [sys.executable, "-c", _RICH, str(rows)])
        ours = Run("explore", self.ask(folder, *words))
        mine, theirs = self.ratio(f"{count} rows as a table / plain Rich", 0.4, ours, plain, 3)
        self.note(
            "memory of that / plain Rich", 1.0, mine.memory / theirs.memory, _memory(mine, theirs)
        )

    def library(self) -> None:
        """A library of references, against its parser alone."""
        count = 500 if self.quick else 7_000
        file = self.work / f"{count}.bib"
        file.write_text(corpus.bibtex(count), encoding="utf-8")
        into = self.work / "library"
        parse = Run("parse", [sys.executable, "-c", _PARSE_BIBTEX, str(file)])
        words = ("import", str(file), "--into", str(into))
        ours = Run("import", self.ask(None, *words), lambda: shutil.rmtree(into, True))
        found, _ = self.ratio(f"importing {count:,} BibTeX entries / bibtexparser", 3, ours, parse)
        self.note(f"memory of importing {count:,} BibTeX entries, MB", 200, found.memory, "")


def _memory(ours: Measured, theirs: Measured) -> str:
    return f"{ours.memory:.0f} MB to {theirs.memory:.0f} MB"


def main() -> None:
    """Parse the command line, measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small corpora and few rounds")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this; again for more")
    parser.add_argument("--work", type=Path, default=_HERE / "work", help="where corpora lie")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.work.resolve(), quick=options.quick)
    bench.run(options.part or [])
    results = options.work / "results.json"
    known = json.loads(results.read_text()) if options.part and results.is_file() else []
    rows = {row["what"]: report.Row(**row) for row in known}
    rows |= {row.what: row for row in bench.rows}
    results.write_text(json.dumps([row._asdict() for row in rows.values()]))
    if not options.quick:
        machine = f"CPython {platform.python_version()}, {os.cpu_count()} cores"
        report.write(_HERE.parent / "docs" / "performance.md", list(rows.values()), machine)


if __name__ == "__main__":
    main()
