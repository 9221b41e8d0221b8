"""Kill exports at random moments, and look after each at what is there.

    python tools/kill_exports.py [HOW MANY]

Exports go into a folder of their own, into one that also holds files of others, and over a file.
An export that dies must leave a whole export, the old one or the new one, and every file of others
where it was; the next one must succeed and leave nothing beside it. Ends with status 1 if ever one
does not. All of it is done in a folder for temporary files.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from explore.exporting import manifest

_CLAIMS = 2_000
_FORMS = ("csv", "yaml", "datasette")
_OTHERS = {"notes.txt": "Mine.", ".git/HEAD": "ref", "static/own.css": "p {}"}


def _corpus(folder: Path) -> None:
    folder.mkdir()
    claims = "".join(
        f"- {{id: claim-{n}, text: Claim {n}., kind: fact, by: [a], source: s}}\n"
        for n in range(_CLAIMS)
    )
    (folder / "actors.yaml").write_text("- {id: a, name: A, kind: state}\n")
    (folder / "sources.yaml").write_text("- {id: s, type: book, title: S}\n")
    (folder / "claims.yaml").write_text(claims)


def _is_whole(path: Path) -> bool:
    if path.is_file():
        return path.read_text("utf-8").endswith("</html>\n")
    names = manifest.loaded(path / manifest.NAME).get("files")
    return bool(names) and len(manifest.written(path)) == len(names) + 1


def _found(place: Path) -> str:
    """Return where a whole export is: at its place, or in the box beside it."""
    box = place.with_name(f".{place.name}.explore-export")
    where = {"place": place, "old": box / "old", "new": box / "new"}
    return next((name for name, path in where.items() if _is_whole(path)), "")


def _command(work: Path, form: str, place: Path) -> list[str]:
    words = ["--corpus", str(work / "corpus"), "export", form, "-o", str(place), "--force"]
    return [sys.executable, "-m", "explore", *words]


def main(times: int) -> int:
    """Kill so many exports; return the exit status."""
    rng = random.Random(13)
    met: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        os.environ |= {"HOME": str(work / "home"), "XDG_CACHE_HOME": str(work / "cache")}
        _corpus(work / "corpus")
        places = [work / "alone", work / "mixed", work / "page.html"]
        longest = 0.0
        for place in places:
            form = "html" if place.suffix else "csv"
            started = time.monotonic()
            subprocess.run(_command(work, form, place), check=True, capture_output=True)
            longest = max(longest, time.monotonic() - started)
        for path, text in _OTHERS.items():
            (work / "mixed" / path).parent.mkdir(exist_ok=True)
            (work / "mixed" / path).write_text(text)
        for n in range(times):
            place = places[n % len(places)]
            form = "html" if place.suffix else rng.choice(_FORMS)
            quiet = subprocess.DEVNULL
            # Most of a run is start and reading; what matters comes last.
            moment = longest * (1 - rng.random() ** 2 * 0.7)
            with subprocess.Popen(_command(work, form, place), stderr=quiet) as process:
                time.sleep(moment)
                process.send_signal(signal.SIGKILL)
            where = _found(place)
            boxes = [path.name for path in work.glob(".*")]
            met[f"whole at {where or 'nowhere'}{', box left' if boxes else ''}"] += 1
            others = {path: (work / "mixed" / path).read_text() for path in _OTHERS}
            if not where or others != _OTHERS:
                sys.stderr.write(f"wrong after a kill at {moment:.3f} s, round {n}: {others}\n")
                return 1
            if n % 4 == 3:
                continue
            subprocess.run(_command(work, form, place), check=True, capture_output=True)
            if _found(place) != "place" or list(work.glob(f".{place.name}*")):
                sys.stderr.write(f"not ended by the next export, round {n}\n")
                return 1
    told = "; ".join(f"{count} {what}" for what, count in met.most_common())
    sys.stdout.write(f"{times} exports killed, nothing lost: {told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
