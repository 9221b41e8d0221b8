"""The installed program, in a process of its own and on a real terminal."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import LIMIT, wait_until

EXPLORE = [sys.executable, "-m", "explore"]
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def environment(**more: str) -> dict[str, str]:
    """Give the environment of the test, with more in it."""
    return {**os.environ, **more}


def explore(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the program with its output in pipes."""
    return subprocess.run(
        [*EXPLORE, *words],
        capture_output=True,
        encoding="utf-8",
        env=environment(**more),
        timeout=LIMIT,
        check=False,
    )


def on_terminal(*words: str, **more: str) -> str:
    """Run the program with its output on a pseudo-terminal of 100 columns."""
    ours, theirs = pty.openpty()
    os.environ.pop("COLUMNS", None)
    subprocess.run(["stty", "cols", "100", "rows", "50"], stdin=theirs, check=True)
    with subprocess.Popen(
        [*EXPLORE, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**more)
    ) as process:
        os.close(theirs)
        found = b""
        while select.select([ours], [], [], LIMIT)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            found += piece
        process.wait(LIMIT)
    os.close(ours)
    assert process.returncode == 0
    return found.decode()


def test_console_script() -> None:
    """The script that pip installs answers like the module."""
    script = Path(sys.executable).with_name("explore")
    found = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert found.stdout == explore("--version").stdout


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_reader_closes_the_pipe(form: str) -> None:
    """`explore claims | head -1` ends quietly, with exit status 0."""
    command = [*EXPLORE, "claims", "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait(LIMIT) == 0
    assert "Error" not in told
    assert "Traceback" not in told


def test_no_colour_in_a_pipe() -> None:
    """In a pipe there are no control codes, and 80 columns."""
    found = explore("claims", "--about", "asean")
    assert not CONTROL.search(found.stdout)
    assert max(map(len, found.stdout.splitlines())) == 80
    assert max(map(len, explore("claims", COLUMNS="64").stdout.splitlines())) == 64


def test_colour_decisions() -> None:
    """An explicit choice comes first, then NO_COLOR, then FORCE_COLOR."""
    assert "\x1b[" in explore("actors", "--color", "always", NO_COLOR="1").stdout
    assert "\x1b[" in explore("--color", "always", "actors").stdout
    assert "\x1b[" in explore("actors", FORCE_COLOR="1").stdout
    assert "\x1b" not in explore("actors", NO_COLOR="1", FORCE_COLOR="1").stdout
    assert "\x1b" not in explore("actors", "--color", "never", FORCE_COLOR="1").stdout


def test_on_a_terminal() -> None:
    """On a terminal the table is coloured and as wide as the terminal."""
    found = on_terminal("claims", "--about", "asean", TERM="xterm-256color")
    assert "\x1b[32m+ " in found
    assert "─" * 100 in found
    assert "from NATO's turn" in found


def test_terminal_without_colour() -> None:
    """NO_COLOR and a dumb terminal leave no escape sequence."""
    # So that no progress of a build is shown.
    explore("topics")
    assert "\x1b" not in on_terminal("show", "nato", TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in on_terminal("show", "nato", TERM="dumb")


def test_links_on_a_terminal() -> None:
    """An address can be clicked on a terminal and is plain text elsewhere."""
    assert "\x1b]8;" in on_terminal("show", "asean-declaration", TERM="xterm")
    assert "https://asean.or.id" in explore("show", "asean-declaration").stdout


def test_pager(tmp_path: Path) -> None:
    """A long answer goes through PAGER where it is set, a short one does not."""
    pager = f"cat > {tmp_path / 'paged'}"
    assert "centrality" not in on_terminal("claims", TERM="xterm", PAGER=pager)
    assert "centrality" in (tmp_path / "paged").read_text(encoding="utf-8")
    assert "North Atlantic" in on_terminal("actors", "--kind", "alliance", PAGER=pager)


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
@pytest.mark.parametrize("width", [80, 120])
def test_in_tmux(width: int, tmp_path: Path) -> None:
    """What a person sees in a terminal has whole lines and whole ids."""
    tmux = ["tmux", "-S", str(tmp_path / "socket")]
    command = f"{' '.join(EXPLORE)} responses --by china; sleep {LIMIT}"
    size = ["-x", str(width), "-y", "200"]
    subprocess.run([*tmux, "new-session", "-d", *size, command], check=True, env=environment())
    try:
        captured = [*tmux, "capture-pane", "-p"]

        def screen() -> str:
            return subprocess.run(captured, capture_output=True, text=True, check=True).stdout

        wait_until(lambda: "13 responses from" in screen())
        seen = screen()
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    assert "China: 13 responses" in seen
    assert max(map(len, seen.splitlines())) <= width
    assert "china-join-asean-mechanisms" in seen


@pytest.mark.parametrize("words", ["claims --about", "show", "claims --search", "--corpus"])
def test_bytes_of_no_text(words: str) -> None:
    """What is no text on the command line is an answer or one line, never a traceback."""
    command = [os.fsencode(word) for word in [*EXPLORE, *words.split()]]
    found = subprocess.run([*command, b"\xff\x1b"], capture_output=True, check=False)
    assert found.returncode in {0, 2}
    assert b"Traceback" not in found.stderr
    assert b"\x1b" not in found.stderr


@pytest.mark.parametrize("columns", ["0", "1", "5", "-3", "9" * 5000, "wide"])
def test_any_width(columns: str) -> None:
    """Whatever COLUMNS says, there is an answer."""
    found = explore("claims", "--limit", "2", COLUMNS=columns)
    assert found.returncode == 0
    assert "interfere" in found.stdout


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams(redirection: str) -> None:
    """A stream that was closed before the start is no error."""
    command = f"{' '.join(EXPLORE)} claims --limit 1 {redirection}"
    found = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert found.returncode == 0
    assert "Traceback" not in found.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize("words", ["--help", "--version", "claims", "claims --format json"])
def test_full_disk(words: str) -> None:
    """What can't be written is one line on standard error and an exit status of 1."""
    command = f"{' '.join(EXPLORE)} {words} > /dev/full"
    found = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert found.stderr == "explore: No space left on device\n"


def test_ascii_output() -> None:
    """Where only ASCII can be written, the rest is escaped and nothing fails."""
    found = explore("actors", "asean", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert found.returncode == 0
    assert found.stdout.isascii()
    assert "\\u4e1c\\u76df" in found.stdout
    assert "----" in found.stdout


def imported(*words: str) -> set[str]:
    """Name the modules that a warm run imports."""
    explore(*words)
    command = [sys.executable, "-X", "importtime", "-m", "explore", *words]
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
    lines = [line for line in found.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize(
    "words",
    [
        "",
        "summary",
        "actors nato",
        "claims",
        "responses",
        "show nato",
        "topics",
        "sources",
        "search asean",
        "tree",
        "timeline",
        "stats",
        "compare nato asean",
    ],
)
def test_warm_question_loads_little(words: str) -> None:
    """A warm question loads no YAML reader, no validator, no Markdown and no highlighting."""
    names = imported(*words.split())
    assert "sqlite3" in names
    assert not names & {"yaml", "msgspec", "pydantic", "rich.markdown", "pygments", "asyncio"}


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md"])
@pytest.mark.parametrize(
    "words", ["actors", "claims", "responses", "show nato", "summary", "search nato", "stats"]
)
def test_other_formats_load_no_rich(words: str, form: str) -> None:
    """Only tables need Rich."""
    assert "rich.console" not in imported(*words.split(), "--format", form)


def complete(shell: str, line: str) -> str:
    """Ask for what a shell would offer at the end of a line."""
    words = line.split(" ")
    more = {"_EXPLORE_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line}
    if shell == "bash":
        more |= {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        more |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    found = subprocess.run(
        EXPLORE, capture_output=True, text=True, env=environment(**more), check=False
    )
    assert found.stderr == ""
    return found.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("explore cl", "claims"),
        ("explore claims --ab", "--about"),
        ("explore claims --about ase", "asean"),
        ("explore claims --about eu", "eu"),
        ("explore claims --kind d", "definition"),
        ("explore claims --role thr", "threat"),
        ("explore claims --topic asean-c", "asean-centrality"),
        ("explore show pivot-th", "pivot-threatens-centrality"),
        ("explore responses --to pivot-th", "pivot-threatens-security-order"),
        ("explore claims --source china", "china-watch-2024"),
        ("explore claims --format j", "jsonl"),
    ],
)
def test_completion(shell: str, line: str, offered: str) -> None:
    """Commands, options, actors, claims, kinds, roles, topics and sources are completed."""
    assert offered in complete(shell, line)


def test_completion_asks_the_corpus_in_use(tmp_path: Path) -> None:
    """A corpus named on the command line is the one that completes; a missing one offers none."""
    assert complete("bash", f"explore claims --corpus {tmp_path} --about ase").strip() == ""
    assert "republic-of-korea" in complete("bash", "explore claims --about rep")
