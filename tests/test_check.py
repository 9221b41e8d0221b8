"""`explore check` tells every problem in one run, each on its line, and never fails itself."""

import json
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ACTORS, CLAIMS, SOURCES, Run, Write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import LIMIT

from explore.corpus.files import bundled_corpus
from explore.corpus.load import examine

CLAIM = """\
- id: {id}
  text: {text}
  kind: fact
  by: [nato]
  topics: [one-topic, other-topic]
  source: paper
  locator: {{page: "1"}}
"""
PAIR = CLAIM.format(id="one", text="First claim of all.") + CLAIM.format(
    id="two", text="Another thing was said elsewhere."
)

REMARKS = {
    "long quote": (
        PAIR + CLAIM.format(id="three", text="T") + "  quote: a b c d e f g h i\n",
        "22:10",
        "the quote has 9 words",
    ),
    "no locator": (
        PAIR.replace('  locator: {page: "1"}\n', "", 1),
        "6:11",
        "no locator for 'paper'; add one",
    ),
    "lone topic": (
        PAIR.replace("other-topic", "othr-topic", 1),
        "5:23",
        "did you mean 'other-topic'?",
    ),
    "near duplicate": (
        PAIR + CLAIM.format(id="three", text="Another thing was said, elsewhere!"),
        "16:9",
        "nearly the same text as 'two'",
    ),
    "false to others": (
        PAIR.replace("First claim of all.", "no"),
        "2:9",
        "do not read no as text",
    ),
    "zeros that are lost": (PAIR.replace('"1"', "1.10", 1), "7:19", "do not read 1.10 as text"),
}


@pytest.mark.parametrize(("claims", "where", "said"), REMARKS.values(), ids=REMARKS)
def test_remark(run: Run, write: Write, claims: str, where: str, said: str) -> None:
    """Each remark on curation is a warning on its line; only --strict fails on it."""
    folder = write(claims=claims)
    result = run("check", str(folder))
    told = [line for line in result.out.splitlines() if f"claims.yaml:{where}: warning: " in line]
    assert said in told[0]
    assert result.status == 0
    assert run("check", str(folder), "--strict").status == 1


def test_remarks_on_actors_and_sources(run: Run, write: Write) -> None:
    """An actor with two ids, an idle source and a file that is not read are told too."""
    folder = write(
        actors=ACTORS + "- {id: otan, name: Otan, aliases: [Nato], kind: alliance}\n",
        sources=SOURCES + "- {id: idle, type: book, title: Idle}\n",
    )
    (folder / "claim.yaml").write_text("[]")
    told = run("check", str(folder)).out
    assert "actors.yaml:3:36: warning: 'Nato' is also a name of 'nato'" in told
    assert "sources.yaml:2:8: warning: source 'idle' is never cited" in told
    assert "claim.yaml:1:1: warning: not read" in told


def test_date_of_a_source(run: Run, write: Write) -> None:
    """A date of a source that is none is an error; CSL's own structure is one."""
    sources = SOURCES.replace("}", ", issued: c. 380}")
    told = run("check", str(write(sources=sources))).out
    assert "sources.yaml:1:64: error: issued: 'c. 380' is not a date" in told
    sources = SOURCES.replace("}", ", issued: {literal: c. 380}}")
    assert run("check", str(write(sources=sources))).status == 0


def test_dates_inside_entries(run: Run, write: Write) -> None:
    """A date in a membership or an office is checked as any other is, at its place."""
    tied = (
        "kind: alliance, member_of: [asean, {actor: asean, since: 1967-08-08, until: later}],"
        " offices: [{title: Chair, since: 2014-13}]"
    )
    found = run("check", str(write(actors=ACTORS.replace("kind: alliance", tied)))).out
    assert "error: member_of.until: 'later' is not a date; use 2022, 2022-06 or" in found
    assert "error: offices.since: '2014-13' is not a date" in found
    assert "1967" not in found


def test_goes_on_after_a_fault(run: Run, write: Write) -> None:
    """A fault in one record hides none in the next, and no id that others name is missed."""
    claims = (
        '- id: torn\n  text: "not closed\n  by: [nato]\n'
        "- id: good\n  text: T\n  kind: fact\n  by: [nato]\n  source: paper\n  supports: [torn]\n"
        "- id: two\n  kind: guess\n  kind: fact\n  by: [nata]\n"
        "stray\n- {id: three, sorce: paper}\n"
    )
    told = run("check", str(write(claims=claims))).out
    lines = [re.sub(r".*claims.yaml:", "", line) for line in told.splitlines() if "error" in line]
    starts = [line.split(": error: ")[0] for line in lines]
    assert "unknown claim 'torn'" not in told
    assert {"2:9", "12:3", "14:1"} <= set(starts)
    assert any(line.startswith("15:22: error: unknown field 'sorce'") for line in lines)
    assert any("unknown actor 'nata'; did you mean 'nato'?" in line for line in lines)


def test_bundled_corpus_is_clean(run: Run) -> None:
    """The bundled corpus has neither errors nor warnings."""
    result = run("check", "--strict")
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("0 errors, 0 warnings in 175 actors, 434 claims")


def test_json(run: Run, write: Write) -> None:
    """JSON has the parts of each line."""
    folder = write(claims=CLAIMS.replace("[nato]", "[nata]"))
    (found,) = [
        problem
        for problem in json.loads(run("check", str(folder), "--format", "json").out)
        if problem["severity"] == "error"
    ]
    assert found == {
        "file": str(folder / "claims.yaml"),
        "line": 1,
        "column": 50,
        "severity": "error",
        "rule": "unknown-id",
        "message": "unknown actor 'nata'; did you mean 'nato'?",
    }


def test_github(run: Run, write: Write) -> None:
    """A workflow command escapes what would end it."""
    folder = write(claims=CLAIMS.replace("id: one", "id: '50%,x:y'"))
    told = run("check", str(folder), "--format", "github").out
    assert re.search(
        r"^::error file=\S+claims.yaml,line=1,col=8,title=wrong-value::", told, re.MULTILINE
    )
    assert "50%25,x:y" in told


def test_sarif(run: Run, write: Write) -> None:
    """SARIF has a run with rules, levels and places."""
    folder = write(claims=CLAIMS.replace("[nato]", "[nata]"))
    log = json.loads(run("check", str(folder), "--format", "sarif").out)
    (run_,) = log["runs"]
    rules = [rule["id"] for rule in run_["tool"]["driver"]["rules"]]
    for result in run_["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
    assert {result["level"] for result in run_["results"]} == {"error", "warning"}


def test_watch(write: Write) -> None:
    """A save is checked again; Ctrl-C ends it with 130."""
    folder = write()
    command = [sys.executable, "-m", "explore", "check", str(folder), "--watch"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        late = threading.Timer(LIMIT, process.kill)
        late.start()
        seen = ""
        while "watching" not in seen and process.poll() is None:
            seen += process.stdout.readline()
        (folder / "claims.yaml").write_text(CLAIMS.replace("[nato]", "[nata]"))
        seen = ""
        while "nata" not in seen and process.poll() is None:
            seen += process.stdout.readline()
        process.send_signal(2)
        assert process.wait(LIMIT) == 130
        late.cancel()
    assert "unknown actor 'nata'" in seen


def test_watch_outlives_what_vanishes(write: Write) -> None:
    """A file, then the whole folder, goes and comes back: the next save is checked as before."""
    folder = write()
    away = folder.with_name("away")
    command = [sys.executable, "-m", "explore", "check", str(folder), "--watch"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        late = threading.Timer(300, process.kill)
        late.start()

        def read_until(wanted: str) -> str:
            seen = ""
            while wanted not in seen and process.poll() is None:
                seen += process.stdout.readline() if process.stdout else ""
            return seen

        read_until("watching")
        (folder / "sources.yaml").rename(away)
        assert read_until("error: ")
        away.rename(folder / "sources.yaml")
        read_until("0 errors")
        folder.rename(away)
        time.sleep(1)
        away.rename(folder)
        # As editors save: under another name, which is then given to it.
        (folder / "new").write_text(CLAIMS.replace("[nato]", "[nata]"))
        (folder / "new").replace(folder / "claims.yaml")
        assert "unknown actor 'nata'" in read_until("nata")
        process.send_signal(2)
        assert process.wait(300) == 130
        late.cancel()


def _replaced(pattern: str, new: str) -> Callable[[list[str], int], tuple[list[str], int] | None]:
    """Return a mutation of a line that matches: its new text, and the line of the problem."""

    def mutate(lines: list[str], at: int) -> tuple[list[str], int] | None:
        changed, count = re.subn(pattern, new, lines[at])
        return ([*lines[:at], changed, *lines[at + 1 :]], at + 1) if count else None

    return mutate


def _doubled(lines: list[str], at: int) -> tuple[list[str], int] | None:
    if not re.match(r"  (kind|source|text): ", lines[at]):
        return None
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]], at + 2


def _dropped(lines: list[str], at: int) -> tuple[list[str], int] | None:
    if not re.match(r"  (kind|source|by): ", lines[at]):
        return None
    start = next(n for n in range(at, -1, -1) if lines[n].startswith("- "))
    return [*lines[:at], *lines[at + 1 :]], start + 1


MUTATIONS = {
    "unknown field": _replaced(r"^  kind: ", "  knid: "),
    "unknown kind": _replaced(r"^  kind: .*", "  kind: guess"),
    "unknown role": _replaced(r"^  role: .*", "  role: villain"),
    "unknown actor": _replaced(r"^  by: \[", "  by: [nobody-at-all, "),
    "unknown source": _replaced(r"^  source: .*", "  source: no-such-source"),
    "wrong type": _replaced(r"^  by: .*", "  by: nato"),
    "empty list": _replaced(r"^  by: .*", "  by: []"),
    "bad date": _replaced(r"^  date: .*", "  date: 2022-13-01"),
    "bad id": _replaced(r"^- id: (\S)", r"- id: Bad_\1"),
    "no number": _replaced(r"paragraph: \d+", "paragraph: eight"),
    "anchor": _replaced(r"^  text: ", "  text: &a "),
    "alias": _replaced(r"^  text: .*", "  text: *a"),
    "tag": _replaced(r"^  text: ", "  text: !!str "),
    "merge key": _replaced(r"^  text: .*", "  <<: {a: b}"),
    "tab": _replaced(r"^  text: ", "\ttext: "),
    "control": _replaced(r"^  text: ", "  text: \x07"),
    "quote": _replaced(r"^  quote: .*", "  quote: one two three four five six seven eight nine"),
    "false to others": _replaced(r"^  text: .*", "  text: no"),
    "doubled field": _doubled,
    "missing field": _dropped,
}


@pytest.mark.slow
def test_mutations(tmp_path: Path) -> None:
    """A hundred random ways to break a rule in the corpus are each told on their line."""
    folder = tmp_path / "corpus"
    shutil.copytree(bundled_corpus(), folder)
    files = sorted(folder.glob("claims.yaml")) + sorted(folder.glob("claims/*.yaml"))
    rng = random.Random(7)
    names = list(MUTATIONS)
    for number in range(100):
        name = names[number % len(names)]
        found = None
        while found is None:
            path = rng.choice(files)
            text = path.read_text("utf-8")
            lines = text.split("\n")
            found = MUTATIONS[name](lines, rng.randrange(len(lines)))
        changed, line = found
        path.write_text("\n".join(changed), "utf-8")
        problems = examine(folder).problems
        path.write_text(text, "utf-8")
        told = {(problem.path, problem.line) for problem in problems}
        assert (path, line) in told, (name, path, line, problems[:5])


@pytest.mark.slow
@settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_arbitrary_bytes(tmp_path: Path, data: bytes) -> None:
    """Whatever stands in a file, it is checked; what cannot be read is a problem."""
    folder = tmp_path / "corpus"
    folder.mkdir(exist_ok=True)
    (folder / "actors.yaml").write_text(ACTORS)
    (folder / "sources.yaml").write_text(SOURCES)
    for name in ("claims.yaml", "corpus.yaml"):
        (folder / name).write_bytes(data)
    for problem in examine(folder).problems:
        assert problem.line >= 1
        assert problem.column >= 1
