"""Run what is drawn, in a folder of its own, and say what went wrong."""

import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from random import Random

from drawn import command_line, environment, file_name, prepare
from running import invoke

from explore.escaping import visible

_STATUSES = {0, 1, 2, 130}


def fault(words: list[str], more: dict[str, str]) -> str | None:
    """Run a command line with some variables set; return what should not have happened."""
    before = dict(os.environ)
    os.environ.update(more)
    try:
        result = invoke(*words)
    except Exception:  # noqa: BLE001 - any at all is what is looked for
        return traceback.format_exc()
    finally:
        os.environ.clear()
        os.environ.update(before)
    if result.status not in _STATUSES:
        return f"exit status {result.status}"
    if visible(result.err) != result.err:
        return f"unsafe on standard error: {result.err!r}"
    if any(line.lstrip().startswith("::") for line in result.err.splitlines()):
        return f"a command to a CI service: {result.err!r}"
    return None


def command_lines(seed: int, times: int, folder: Path) -> Iterator[str]:
    """Run command lines that are drawn; yield each that went wrong, and how.

    Whatever they write or remove is below the folder.
    """
    random = Random(seed)
    here = folder / "deep" / "deeper"
    here.mkdir(parents=True)
    prepare(here)
    for _ in range(times):
        words, more = command_line(random), environment(random, folder)
        here.mkdir(parents=True, exist_ok=True)
        os.chdir(here)
        if found := fault(words, more):
            yield f"{more} explore {words!r}\n{found}"


def file_names(seed: int, times: int, folder: Path) -> Iterator[str]:
    """Name files and folders of a corpus, of an import and of exports as drawn; yield as above."""
    random = Random(seed)
    for number in range(times):
        here = folder / str(number)
        here.mkdir()
        os.chdir(here)
        name, other = file_name(random), file_name(random)
        prepare(here)
        (here / "corpus").rename(here / f"c{name}")
        corpus = f"c{name}"
        inside = here / corpus / "claims"
        inside.mkdir()
        (inside / f"{other}.yaml").write_text(random.choice(["[]", "- {id: x}", "- {", "\x1b"]))
        (here / f"i{other}.csv").write_text("text,by,source,kind\nA claim.,nato,s,fact\n")
        for words in [
            ["check", corpus, "--format", random.choice(["text", "json", "github", "sarif"])],
            ["--corpus", corpus, "claims"],
            ["--corpus", corpus, "export", random.choice(["html", "sqlite", "csv"]), "-o", other],
            ["import", f"i{other}.csv", "--into", corpus, *random.choice([["--dry-run"], []])],
            ["cache", "--corpus", corpus],
            ["init", other],
            ["audit", "--text", f"s={other}", "--corpus", corpus],
        ]:
            if found := fault(words, {}):
                yield f"{words!r}\n{found}"
