"""What the project tells people to install is this project, or a library by its own name."""

import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from explore import extras

ROOT = Path(__file__).parent.parent
PIP = re.compile(r"""(?:\bpip|\buv pip|\bpipx|\buv tool)\b[^\n`"']*\binstall\b([^\n`#;)&|]*)""")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def install_lines() -> list[tuple[Path, str]]:
    """Return each text of the project that follows `pip install`, with its file."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = told.stdout.decode().split("\0")[:-1] if told.returncode == 0 else []
    tops = [*ROOT.glob("*.md"), ROOT / ".ci/run"]
    files = [ROOT / name for name in names] or [
        *tops,
        *ROOT.glob("docs/*.md"),
        *(ROOT / "src").rglob("*.py"),
    ]
    own = Path(__file__)
    return [
        (file, match[1])
        for file in files
        if file.suffix in {".md", ".py", ".toml", ""} and file.is_file() and file != own
        for match in PIP.finditer(file.read_text(encoding="utf-8"))
    ]


def test_no_line_installs_the_project_by_name() -> None:
    """It is not published: `explore` on the package index is somebody else's."""
    lines = install_lines()
    assert any(file.name == "README.md" for file, _ in lines)
    for file, words in lines:
        named = re.findall(r"(?<![\w./\\$-])explore(?:-claims)?(?=[\[\s'\"=<>~!]|$)", words)
        assert not named, f"{file}: pip install{words}"


def test_extras_are_those_that_exist() -> None:
    """An extra that a line of the project names is declared."""
    declared = set(PROJECT["optional-dependencies"])
    assert declared == {"tables", "pdf", "browse", "test", "dev", "spark"}
    for file, words in install_lines():
        for names in re.findall(r"\.\[([a-z,]+)\]", words):
            assert set(names.split(",")) <= declared, f"{file}: pip install{words}"


def test_distribution_and_command() -> None:
    """The distribution has a name of its own; the command and the package keep theirs."""
    assert PROJECT["name"] == "explore-claims"
    assert list(PROJECT["scripts"]) == ["explore"]


def test_command_works_where_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an environment without pip the message names the pip that is there, for that one."""
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env/bin/python"
    code = "from explore.extras import need; need('nosuchlibrary.part', 'a test')"
    source = Path(extras.__file__).parent.parent
    found = subprocess.run(
        [python, "-c", f"import sys; sys.path.insert(0, {str(source)!r}); {code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    line = found.stderr.splitlines()[-1]
    assert "a test requires nosuchlibrary; to install it, run: " in line
    command = line.partition("to install it, run: ")[2].split()
    assert command[1:] == ["-m", "pip", "--python", str(python), "install", "nosuchlibrary"]
    shown = subprocess.run([*command[:5], "list"], capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    monkeypatch.setattr(extras, "find_spec", lambda _: object())
    assert extras._install("x") == f"{sys.executable} -m pip install x"  # noqa: SLF001
