"""TAB in real shells: what a corpus holds is inert text there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from explore.cli.app import app
from explore.cli.shells import inert
from explore.corpus.write import dumped, mapping
from explore.errors import ExploreError
from explore.index import lookup as resolve
from explore.index.completions import completions
from explore.index.store import open_index

SHELLS = ["bash", "zsh", "fish"]
# What would run if a shell evaluated it; OWNED is a program that leaves a file.
HOSTILE = [
    r"\$(OWNED)",
    "$(OWNED)",
    "`OWNED`",
    r"\`OWNED\`",
    ";OWNED;",
    "nato;OWNED",
    "{a,b}",
    "nato{,;OWNED}",
    "'$(OWNED)'",
    "';OWNED;'",
    '"$(OWNED)"',
    '";OWNED;"',
    '")); OWNED; ((" ',
    "one\n$(OWNED)\nnato",
    "one\ttwo\t(OWNED)",
    "(OWNED)",
    "\x1b[31mred\x1b]0;title\x07 \x9b2J",
    "a:b\\:$(OWNED)",
    "[a]$(OWNED)[b]:x",
    "!OWNED !! !$",
    "~/* ?[a-z] <(OWNED) =(OWNED) >(OWNED)",
    "&& OWNED || OWNED | OWNED &",
    "%F{red}$(OWNED) %(OWNED) %1v",
    "${(e):-$(OWNED)}",
    "$'\\x60OWNED\\x60' \\x24(OWNED)",
    "a\u202eb\u2028$(OWNED)\u200b:smile: [bold]b[/]",
    "n" * 300 + "$(OWNED)",
]
# None of this may be on a line that a shell has completed, or among what it offers.
ACTIVE = re.compile(
    r"\$\(OWNED|`OWNED|[;(&|!] ?OWNED|\{a,b\}|\{,|\$\{|<\(|=\("
    r"|\x1b\]0;title|\x1b\[31mred|\x9b2J|\u202e"
)
STYLE = re.compile(r"\x1b[\[(][0-9;?]*[A-Za-z]")
# Words to complete, at each place of the command line that takes names of a corpus.
LINES = [
    "show ",
    "show h",
    "show c",
    "actors ",
    "claims ",
    "claims h",
    "claims --about ",
    "claims --about n",
    "claims --about=n",
    "claims --about '$(",
    'claims --about "n',
    "claims --topic ",
    "claims --source ",
    "claims --kind ",
    "claims --format ",
    "claims --",
    "responses --to ",
    "tree ",
    "compare ",
    "compare nato ",
    "export ",
    "import ",
    "",
    "--",
    # A folder that is called like that; its path is completed by the shell.
    "--corpus ./od",
    "check ./od",
    "import ./od",
    "--corpus './odd;OWNED;$(OWNED) {a,b}' claims --about n",
    *(f"claims --about q{n}x" for n in range(0, len(HOSTILE), 3)),
]


def hostile_corpus(folder: Path) -> Path:
    """Write a corpus with hostile text in every field that is text."""
    texts = HOSTILE
    folder.mkdir(parents=True)
    actors = [
        {
            "id": f"nato{n}",
            "name": f"{text} {text}",
            "short": text,
            "kind": "person" if n % 2 else "state",
            # Whatever begins with q and its number is the only one that does.
            "aliases": [f"n{text}", f"h{text}", f"q{n}x{text}"],
            "description": text,
        }
        for n, text in enumerate(texts)
    ]
    sources = [
        {"id": f"h{n}", "type": "book", "title": text, "author": [{"literal": text}]}
        for n, text in enumerate(texts)
    ]
    claims = [
        {
            "id": f"c{n}",
            "text": text,
            "kind": "fact",
            "by": [f"nato{n}"],
            "topics": [f"t{n}"],
            "source": f"h{n}",
            "quote": text,
            "note": text,
            **({"responds_to": [{"claim": "c0", "note": text}]} if n else {"role": "thesis"}),
        }
        for n, text in enumerate(texts)
    ]
    for stem, text in {
        "actors": "".join(dumped("actor", actors)),
        "sources": "".join(dumped("source", sources)),
        "claims": "".join(dumped("claim", claims)),
        "corpus": mapping({"title": texts[0], "description": texts[1]}),
    }.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8", newline="")
    return folder


class Terminal:
    """A shell on a pseudo-terminal, in a home of its own, with completion installed."""

    def __init__(self, shell: str, home: Path, corpus: Path) -> None:
        """Install completion as users do, and begin a session."""
        script = Path(sys.executable).with_name("explore")
        programs = home / "programs"
        environment = {
            "HOME": str(home),
            "PATH": f"{programs}:{script.parent}:{os.environ['PATH']}",
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "EXPLORE_CORPUS": str(corpus),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            # Fish asks the terminal what it is, and waits for the answer.
            "fish_features": "no-query-term",
        }
        programs.mkdir(parents=True)
        self.mark = home / "owned"
        (programs / "OWNED").write_text(f"#!/bin/sh\n: > '{self.mark}'\n")
        (programs / "OWNED").chmod(0o755)
        (home / "odd;OWNED;$(OWNED) {a,b}").symlink_to(corpus)
        self._write_start_files(home)
        subprocess.run(
            [script, "--install-completion", shell],
            env={**environment, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
            check=True,
            capture_output=True,
        )
        # The index is there before anything waits for it.
        subprocess.run([script, "claims"], env=environment, check=True, capture_output=True)
        self._process = pexpect.spawn(
            shell,
            ["-i"],
            cwd=str(home),
            env=environment,
            encoding="utf-8",
            codec_errors="replace",
            dimensions=(60, 100),
            timeout=100,
        )
        self._process.expect("READY> ")

    @staticmethod
    def _write_start_files(home: Path) -> None:
        (home / ".zshrc").write_text("PS1='READY> '\nbindkey -e\n")
        (home / ".bashrc").write_text(
            "PS1='READY> '\nbind 'set completion-query-items 0'\nbind 'set page-completions off'\n"
        )
        fish = home / ".config" / "fish"
        fish.mkdir(parents=True)
        (fish / "config.fish").write_text(
            "function fish_prompt; printf 'READY> '; end\nset -g fish_greeting\n"
        )

    def offered(self, line: str, wanted: str | None = None) -> str:
        """Type a line and press TAB; return what the shell says: until it is what is wanted.

        Else until it is quiet. Then press Enter, so that what was inserted is run.
        """
        self._process.send(f"explore {line}\t\t\t")
        said = self._until_quiet()
        for _ in range(200):
            if wanted is None or wanted in STYLE.sub("", said):
                break
            said += self._until_quiet()
        # The first Enter takes what a menu has chosen.
        self._process.send("\r\r")
        self._until_quiet()
        # Leave whatever is still open, a quote or a menu, and only then go on.
        for _ in range(50):
            self._process.send("\x03")
            self._until_quiet()
            self._process.send("echo DO''NE\r")
            if self._process.expect_exact(["DONE", pexpect.TIMEOUT], timeout=2) == 0:
                break
        self._until_quiet()
        return said

    def _until_quiet(self) -> str:
        # What is typed meanwhile waits until the shell takes it.
        said = ""
        while True:
            try:
                said += self._process.read_nonblocking(65536, timeout=0.5)
            except pexpect.TIMEOUT:
                return said

    def close(self) -> None:
        """End the shell."""
        self._process.close(force=True)


@pytest.fixture(params=SHELLS)
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """Give each shell with a hostile corpus."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is missing")
    found = Terminal(request.param, tmp_path / "home", hostile_corpus(tmp_path / "corpus"))
    yield found
    found.close()


@pytest.mark.slow
def test_tab_runs_nothing(terminal: Terminal) -> None:
    """TAB offers inert text, and neither TAB nor Enter on what it inserts runs anything."""
    for line in LINES:
        said = terminal.offered(line)
        # What the user typed, or the shell itself has quoted, is theirs.
        assert "odd" in said or not ACTIVE.search(said), line
        assert not terminal.mark.exists(), line


@pytest.mark.slow
def test_tab_offers_ids(terminal: Terminal) -> None:
    """The same completion completes: an id in the list, and the only one on the line."""
    for line, wanted in [("claims --about nato1", "nato12"), ("claims --kind d", "definition")]:
        assert wanted in STYLE.sub("", terminal.offered(line, wanted))


def answered(shell: str, words: list[str], **more: str) -> str:
    """Return what a shell would be sent when TAB is pressed behind these words."""
    line = " ".join(["explore", *words])
    environment = {
        "_EXPLORE_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "COMP_WORDS": "\n".join(["explore", *words]),
        "COMP_CWORD": str(len(words)),
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        **more,
    }
    found = CliRunner().invoke(
        app, [], prog_name="explore", env=environment, catch_exceptions=False
    )
    assert not found.stderr
    return found.stdout


HELP = r"[\w .,–—’/…-]*"
SENT = {
    "bash": re.compile(r"([a-z0-9-]+\n)*\n?"),
    "fish": re.compile(rf"([a-z0-9-]+(\t{HELP})?\n)*\n?"),
    "zsh": re.compile(
        rf"""(_files|_arguments '\*: :\(\(("[a-z0-9-]+"(:"{HELP}")?\n?)+\)\)')?\n"""
    ),
    "powershell": re.compile(rf"([a-z0-9-]+:::({HELP})\n)*\n?"),
}


def places() -> Iterator[list[str]]:
    """Yield the words before each value of the command line, from Typer's own tree."""
    group = typer.main.get_command(app)
    for name in ["", *group.commands]:  # type: ignore[attr-defined]  # it is a group
        command = group.commands[name] if name else group  # type: ignore[attr-defined]  # as above
        before = [name] if name else []
        yield [*before, ""]
        yield [*before, "--"]
        yield [*before, "x", ""]
        for parameter in command.params:
            yield from ([*before, option, ""] for option in parameter.opts if option[0] == "-")


@pytest.mark.parametrize("shell", SENT)
def test_everything_sent_is_inert(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each option and argument there is, what is sent has no character that a shell acts on.

    However narrow the terminal is: in fish a second line would be another value.
    """
    monkeypatch.setenv("EXPLORE_CORPUS", str(hostile_corpus(tmp_path / "corpus")))
    offering = 0
    for words in places():
        for start in ("", "n", "$(", "'", "[", "\\"):
            sent = answered(shell, [*words[:-1], words[-1] + start], COLUMNS="20")
            assert SENT[shell].fullmatch(sent), (words, start)
            offering += len(sent) > len("_files\n")
    assert offering > 100


@pytest.mark.parametrize("shell", SENT)
def test_completion_never_fails(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the corpus cannot be read, or the line cannot be, nothing is offered and said."""
    (tmp_path / "claims.yaml").write_text("- {")
    for corpus in (tmp_path, tmp_path / "missing"):
        monkeypatch.setenv("EXPLORE_CORPUS", str(corpus))
        assert answered(shell, ["claims", "--about", ""]).strip() in ("", "_files")
    for words in (["claims", "--nothing", "x", ""], ["--version", ""], ["claims", "-h", ""]):
        assert SENT[shell].fullmatch(answered(shell, words))
    assert answered(shell, ["claims", ""], COMP_CWORD="x", COMP_WORDS="'") is not None


@pytest.mark.parametrize("what", ["actor", "claim", "source", "topic", "record"])
@pytest.mark.parametrize("start", ["", "n", "a", "s"])
def test_what_is_offered_is_accepted(what: str, start: str, tmp_path: Path) -> None:
    """Each value is one that the option takes, for the record that it was offered for."""
    folder = hostile_corpus(tmp_path / "corpus")
    more = [
        {"id": "nato", "name": "North Atlantic", "short": "NATO", "kind": "alliance"},
        {"id": "secretary", "name": "Jens Stoltenberg", "short": "Stoltenberg", "kind": "person"},
        {"id": "an-other", "name": "Other A", "short": "Same", "kind": "person"},
        {"id": "another", "name": "Other B", "short": "SAME!", "kind": "person"},
        {"id": "army", "name": "Army", "short": "South Army", "kind": "group"},
    ]
    with (folder / "actors.yaml").open("a", encoding="utf-8") as file:
        file.writelines(["\n", *dumped("actor", more)])
    db = open_index(folder)
    found = dict(completions(db, what, start))  # type: ignore[arg-type]  # one of them
    way = resolve.anything if what == "record" else getattr(resolve, what)
    for value in found:
        assert value.startswith(start)
        assert way(db, value)
    if what in ("actor", "record") and start == "s":
        assert {"stoltenberg", "south-army", "secretary"} <= found.keys()
        # Two are called that, so neither can be asked for by it.
        assert "same" not in found
        with pytest.raises(ExploreError):
            way(db, "same")


@given(st.text())
def test_any_help_is_inert(text: str) -> None:
    """No character that a shell acts on is left of any text."""
    assert re.fullmatch(r"[^\x00-\x1f\x7f-\x9f\\$`{}\[\];:\"'<>|&!*?~#()=%^]*", inert(text))
    assert inert(inert(text)) == inert(text)
