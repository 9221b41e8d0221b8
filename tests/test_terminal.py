"""Every byte that goes to a terminal, or beside an answer, is safe there."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from conftest import Run, Write
from hypothesis import given
from hypothesis import strategies as st
from test_process import EXPLORE, environment, explore, on_terminal

from explore.escaping import log_line, visible
from explore.exporting import FORMATS
from explore.formats import Format
from explore.formats.citations import ReferenceFormat
from explore.terminal.screen import Screen

# ESC, OSC, C1, bidi, a line break and a command to GitHub's runner, as YAML writes them.
HOSTILE = r'"\e[31mred\e]0;owned\a \x9b2J \u202Eright\u200B\tt\n::error::x ##[warning]y\r end"'
# What views style with: colours, and links to addresses.
STYLING = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x00-\x1f\x7f-\x9f]*\x1b\\")


@pytest.fixture
def hostile(write: Write, run: Run) -> str:
    """Give a corpus with hostile text in every field that takes text, and an index."""
    csl = ["DOI", "URL", "publisher", "note", "ISBN", "page", "abstract", "volume"]
    folder = str(
        write(
            actors=f"- {{id: a, name: {HOSTILE}, short: {HOSTILE}, kind: group, aliases:"
            f" [{HOSTILE}], description: {HOSTILE}}}\n"
            "- {id: b, name: B, kind: state, member_of: [a]}\n",
            claims=f"- {{id: c, text: {HOSTILE}, kind: fact, role: thesis, by: [a], source: s,"
            f" subject: a, about: [b], topics: [t], quote: {HOSTILE}, note: {HOSTILE},"
            f" date: 2022, locator: {{section: {HOSTILE}}}}}\n"
            f"- {{id: d, text: {HOSTILE}, kind: fact, by: [a], source: s, supports: [c],"
            f" responds_to: [{{claim: c, note: {HOSTILE}}}]}}\n",
            sources=f"- {{id: s, type: book, title: {HOSTILE}, container-title: {HOSTILE},"
            f" author: [{{literal: {HOSTILE}}}], issued: {{literal: {HOSTILE}}},"
            f" {', '.join(f'{field}: {HOSTILE}' for field in csl)}}}\n",
            info=f"title: {HOSTILE}\ndescription: {HOSTILE}\n",
        )
    )
    # A long build would show a bar, which moves the cursor.
    assert run("--corpus", folder, "claims").status == 0
    return folder


def unsafe(said: str) -> str:
    """Return what a terminal would act on, beyond styling."""
    plain = STYLING.sub("", said.replace("\r\n", "\n"))
    return "".join(char for char in plain if visible(char) != char)


TEXTS = [name for name, form in FORMATS.items() if form.shape == "text"]
LINES = [
    *("", "actors a", "actors", "claims", "responses", "show a c d s", "sources", "summary"),
    *("tree", "timeline", "stats", "compare a b", "topics", "search red", "check {folder}"),
    *("claims --about a", "check {folder} --format github", "cache", "schema actors"),
    *(f"show s --cite {form}" for form in get_args(ReferenceFormat)),
    *(f"show a c s --format {form}" for form in get_args(Format) if form != "table"),
    *(f"export {form}" for form in TEXTS),
]


@pytest.mark.parametrize("line", LINES)
def test_a_terminal_gets_no_control_code_of_the_data(hostile: str, line: str) -> None:
    """Tables, machine formats, references and exports: what a terminal would obey is text."""
    words = line.format(folder=hostile).split()
    said = on_terminal(*words, TERM="xterm-256color", EXPLORE_CORPUS=hostile)
    # Tabs separate the cells of TSV, on a terminal too.
    assert unsafe(said.replace("\t", "") if "tsv" in words else said) == ""
    assert said.strip()


def test_in_a_pipe_a_reference_is_as_it_is(hostile: str, tmp_path: Path) -> None:
    """A format for programs carries characters; only a terminal has them made visible."""
    screen = Screen()
    screen.out = (tmp_path / "out").open("w+", encoding="utf-8", newline="")
    screen.write(["a\u200cb\t\u202e\n"])
    screen.is_terminal = True
    screen.write(["a\u200cb\t\u202e\n"])
    screen.out.seek(0)
    assert screen.out.read() == "a\u200cb\t\u202e\na\\u200cb\\x09\\u202e\n"
    screen.out.close()


@pytest.mark.parametrize(
    "words",
    [
        ["\x1b[31m"],
        ["claims", "--kind", "\x1b]0;x\x07"],
        ["claims", "--\x1b[31m\u202e"],
        ["claims", "--limit", "\x1b\n::error::x"],
        ["export", "\x9b2J\n::error::x"],
        ["show", "\u202ex\n::error::x"],
        ["check", "\x1b[31m\n::error::x"],
        ["--corpus", "::error::x", "claims"],
        ["import", "\x1b\n.csv"],
        ["schema", "\x85::error::"],
        ["audit", "--text", "x\x1b\n::error::x"],
        ["--color", "\x1b[1m"],
        ["stats", "\u2028::error::x"],
    ],
)
def test_messages_about_what_was_typed(run: Run, words: list[str]) -> None:
    """What was typed wrong is named as visible text, on lines that are the program's own."""
    found = run(*words)
    assert found.status == 2
    assert unsafe(found.err + found.out) == ""
    assert not re.search(r"^\s*::|##\[", found.err, re.MULTILINE)
    assert found.err


@pytest.mark.parametrize("name", ["EXPLORE_CORPUS", "XDG_CACHE_HOME"])
def test_messages_about_the_environment(
    run: Run, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A folder that a variable names is shown as visible text on one line."""
    monkeypatch.setenv(name, f"{tmp_path}/\x1b[31m\n::error::\udcff")
    found = run("cache")
    assert unsafe(found.out + found.err) == ""
    assert not re.search(r"^\s*::", found.out + found.err, re.MULTILINE)


def test_messages_of_import(run: Run, tmp_path: Path) -> None:
    """Neither what a table holds nor how its file is called begins a line, or a control code."""
    cell = '"\x1b[31m\n::error::pwned\u202e"'
    table = tmp_path / "::error::\x1b\n.csv"
    table.write_text(
        f"text,by,source,kind,{cell},topics\n{cell},{cell},{cell},{cell},x,{cell}\n"
        f"Text,{cell},{cell},fact,{cell},::error::x\n",
        encoding="utf-8",
        newline="",
    )
    corpus = tmp_path / "::error::\x1b\n"
    for more in (["--dry-run"], ["--set", "note=::error::\x1b[1m"], ["--dry-run"], []):
        found = run("import", str(table), "--into", str(corpus), *more)
        assert unsafe(found.out + found.err) == ""
        assert not re.search(r"^\s*::|##\[", found.out + found.err, re.MULTILINE)
    os.chdir(tmp_path)
    for words in (
        ["init", corpus.name],
        ["check", corpus.name],
        ["cache", "--corpus", corpus.name],
    ):
        found = run(*words)
        assert unsafe(found.out + found.err) == ""
        assert not re.search(r"^\s*::|##\[", found.out + found.err, re.MULTILINE)


def test_check_for_github(run: Run, tmp_path: Path) -> None:
    """A problem is one command, escaped as GitHub says, whatever file and text hold."""
    folder = tmp_path / "a,b:c%\x1b\n::error::x"
    (folder / "claims").mkdir(parents=True)
    (folder / "claims" / "x\ud800\n::warning::y.yaml".replace("\ud800", "\udcff")).write_text(
        '- {id: "a\\e[31m\\n::error::x%0A", "k\\n::error::y": v, text: 1}\n'
    )
    found = run("check", str(folder), "--format", "github")
    assert found.status == 1
    command = re.compile(
        r"::(error|warning) file=([^,:\x00-\x1f]*),line=\d+,col=\d+,title=[^,:]*::.*"
    )
    lines = found.out.splitlines()
    assert lines
    assert unsafe(found.out) == ""
    for line in lines:
        matched = command.fullmatch(line)
        assert matched
        assert "a%2Cb%3Ac%25\\x1b%0A%3A%3Aerror%3A%3Ax" in matched[2]
    assert not any(line.startswith("::error::") for line in found.err.splitlines())


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_check_of_files_with_odd_names(run: Run, tmp_path: Path, form: str) -> None:
    """A path that is not UTF-8, or has a line break, is written in every form."""
    folder = tmp_path / "corpus\udcff"
    (folder / "claims").mkdir(parents=True)
    (folder / "claims" / "\n::error::x\udce9.yaml").write_text("- {\n")
    found = run("check", str(folder), "--format", form)
    assert found.status == 1
    assert unsafe(found.out) == ""
    assert not re.search(r"^\s*::", found.out, re.MULTILINE)


@given(st.text())
def test_any_message_is_one_safe_line(text: str) -> None:
    """A message is one line, begins no command, and is not changed by being shown again."""
    line = log_line(text)
    assert len(line.splitlines()) <= 1
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert log_line(line) == line


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian
        "क्\u200dष क्\u200cष",  # Hindi
        "ശ്രീ അവന്\u200d ",  # Malayalam, at the end of a word
        "ශ්\u200dරී",  # Sinhala
        "👩\u200d👩\u200d👧\u200d👦 👩🏽\u200d💻 ❤️\u200d🔥 🏳️\u200d🌈 🧑\u200d⚕️",
    ],
)
def test_joiners_that_are_needed_stay(text: str) -> None:
    """Where letters or emoji look otherwise without a joiner, it is text."""
    assert visible(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "a\u200db",
        "\u200dabc",
        "می\u200c",
        "\u200c",
        "nato\u200c",
        "a\u200d👩",
        "👩\u200cb",
        "می\u200c\u200cخ",
        "1\u200c2",
        "北\u200d约",
    ],
)
def test_joiners_that_hide_are_shown(text: str) -> None:
    """Where a joiner changes nothing that is seen, it is shown."""
    assert "\u200c" not in visible(text)
    assert "\u200d" not in visible(text)


PAGERS = {
    "missing": "no-such-pager",
    "fails": "exit 3",
    "fails at the end": "cat > /dev/null; false",
    "killed": "kill -9 $$",
    "is no program": "/dev/null",
    "blank": "  ",
}


@pytest.mark.parametrize("pager", PAGERS.values(), ids=PAGERS)
def test_a_pager_that_fails_loses_nothing(pager: str) -> None:
    """The answer is printed where the pager has not shown it."""
    said = on_terminal("claims", TERM="xterm", PAGER=pager)
    assert "pivot-threatens-centrality" in said
    assert said.count("pivot-is-interference") == on_terminal("claims").count(
        "pivot-is-interference"
    )


def test_a_pager_keeps_ctrl_c(tmp_path: Path) -> None:
    """Ctrl-C in a pager is the pager's: the program waits until it has ended."""
    pager = tmp_path / "pager"
    pager.write_text(
        f"#!{sys.executable}\nimport os, sys, time\n"
        # The program is told when it has begun to write, so that it has begun to wait.
        "first = sys.stdin.read(1)\nos.kill(os.getppid(), 2)\ntime.sleep(0.1)\n"
        f"open({str(tmp_path / 'read')!r}, 'w').write(first + sys.stdin.read())\n"
    )
    pager.chmod(0o755)
    on_terminal("claims", TERM="xterm", PAGER=f"exec {pager}")
    assert "pivot-threatens-centrality" in (tmp_path / "read").read_text("utf-8")


@pytest.mark.parametrize("number", ["9223372036854775807", "9223372036854775808", "9" * 5000])
@pytest.mark.parametrize("option", ["claims --limit", "tree --depth", "export dot --limit"])
def test_numbers_beyond_reason(run: Run, option: str, number: str) -> None:
    """An integer that no corpus needs is refused in a sentence."""
    found = run(*option.split(), number)
    assert found.status == 2
    assert "range" in found.err or "valid integer" in found.err


def interrupted_at(module: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program and interrupt it when it begins to load a module."""
    code = f"""
import os, runpy, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), 2)
sys.meta_path.insert(0, Finder())
sys.argv = ["explore", *{words!r}]
runpy.run_module("explore", run_name="__main__", alter_sys=True)
"""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )


def loaded(*words: str) -> list[str]:
    """Return the modules that a run loads once the program has begun, in their order."""
    command = [sys.executable, "-X", "importtime", "-m", "explore", *words]
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
    lines = [line for line in found.stderr.splitlines() if line.startswith("import time:")]
    names = [line.rpartition("|")[2].strip() for line in lines]
    # Modules are named when they have been loaded. `gc` is built in, and the last before the
    # program answers Ctrl-C itself; what Python loads before the program does is Python's.
    return names[names.index("gc") + 1 :]


def test_ctrl_c_while_the_program_starts() -> None:
    """Ctrl-C ends it quietly with 130, whichever module it is about to load."""
    explore("claims", "--limit", "1")
    names = loaded("claims", "--limit", "1")
    assert len(names) > 50
    for name in names[:: len(names) // 20]:
        found = interrupted_at(name, "claims", "--limit", "1")
        assert (found.returncode, found.stderr) == (130, ""), name


def test_ctrl_c_in_the_background_is_ignored() -> None:
    """A shell has a job in the background ignore Ctrl-C; so it does."""
    code = "import os, signal, sys; signal.signal(2, signal.SIG_IGN);"
    code += "os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", code, *EXPLORE, "claims", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        # The answer is longer than a pipe holds, so it is still being written.
        first = process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait() == 0
    assert (first + rest).rstrip().endswith("]")


def test_long_commands_collect_garbage() -> None:
    """Objects in circles are not kept for ever; a short run never looks for any."""
    code = """
import gc, explore.__main__
assert gc.get_stats()[2]["collections"] == 0
gc.callbacks.append(lambda phase, info: seen.append(info))
seen = []
for _ in range(1_000_000):
    circle = []
    circle.append(circle)
assert any(info.get("collected", 0) > 1000 for info in seen)
assert len(gc.get_objects()) < 500_000
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    short = """
import gc, os, sys
import explore.__main__ as program
before = gc.get_stats()[0]["collections"]
end = os._exit
os._exit = lambda status: end(gc.get_stats()[0]["collections"] - before)
sys.argv = ["explore", "claims"]
program.main()
"""
    explore("claims")
    found = subprocess.run(
        [sys.executable, "-c", short], stdout=subprocess.DEVNULL, env=environment(), check=False
    )
    assert found.returncode == 0
