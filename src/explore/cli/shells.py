"""What is sent to a shell that asks for completions: inert text, whatever is in a corpus.

Shells evaluate what they are sent, each in its way: zsh as a command, bash where a line is
entered, fish at tabs and line ends. So a value is an id, a name in the form of one, or an option,
and a help text has letters, digits and the plainest punctuation. Everything that is sent goes
through here, whether it comes from a corpus, from the options or from Typer.
"""

import contextlib
import io
import re
import sys
import unicodedata
from typing import Any

from typer._click.shell_completion import CompletionItem, ShellComplete, add_completion_class
from typer._completion_classes import BashComplete, FishComplete, PowerShellComplete, ZshComplete

_VALUE = re.compile(r"[a-z0-9-]+")
# As long a help text as fits a line.
_LONGEST = 100
# Quotes end what a shell has quoted; a semicolon, a bracket or a colon ends a part of the list.
_INSTEAD = str.maketrans({"'": "’", '"': None, "`": "’", ";": ",", ":": ",", "\t": " ", "\n": " "})
_PLAIN = frozenset(" .,-–—’/")


def inert(text: str) -> str:
    """Return a help text in which no shell finds anything to evaluate, cut to one line."""
    translated = unicodedata.normalize("NFC", text[: 4 * _LONGEST]).translate(_INSTEAD)
    plain = (char if _is_plain(char) else " " for char in translated)
    words = " ".join("".join(plain).split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _is_plain(char: str) -> bool:
    # Letters, marks and numbers of every script.
    return char in _PLAIN or unicodedata.category(char)[0] in "LMN"


class _Inert(ShellComplete):
    """Answers a shell with inert text, and with nothing where anything goes wrong."""

    def complete(self) -> str:
        """Return what the shell is sent; what its encoding has no bytes for is left out."""
        encoding = sys.stdout.encoding or "ascii"
        aside = io.StringIO()
        try:
            # An option such as --version answers as soon as it is read.
            with contextlib.redirect_stdout(aside), contextlib.redirect_stderr(aside):
                text = super().complete()
            return text.encode(encoding, "ignore").decode(encoding)
        except Exception:  # noqa: BLE001 - a traceback in the middle of a command line helps nobody
            return ""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return what completes a word; paths are left to the shell, which quotes them."""
        return [
            CompletionItem(item.value, help=inert(item.help or ""))
            for item in super().get_completions(args, incomplete)
            if item.type == "plain" and _VALUE.fullmatch(str(item.value))
        ]


class _Bash(_Inert, BashComplete):
    pass


class _Zsh(_Inert, ZshComplete):
    def format_completion(self, item: CompletionItem) -> str:
        # Typer has Rich set the help text, in lines as wide as the terminal.
        return f'"{item.value}":"{item.help}"' if item.help else f'"{item.value}"'


class _Fish(_Inert, FishComplete):
    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{item.help}" if item.help else str(item.value)


class _PowerShell(_Inert, PowerShellComplete):
    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}:::{item.help or ' '}"


def make_inert() -> None:
    """Have Typer answer each shell through here."""
    shells: dict[str, Any] = {
        "bash": _Bash,
        "zsh": _Zsh,
        "fish": _Fish,
        "powershell": _PowerShell,
        "pwsh": _PowerShell,
    }
    for name, shell in shells.items():
        add_completion_class(shell, name)
