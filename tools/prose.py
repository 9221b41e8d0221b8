"""Check what a program can see of the project's English: `python tools/prose.py`.

Docstrings begin with a verb of Python's ("Return", "Yield", "Whether" …), and texts that users
read have none of the words that are banned here. Exits with 1 and names each place.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Words that no editor would let pass in help, messages, docs and docstrings.
BANNED = re.compile(
    r"\b(anew|befalls?|none but|whence|is no (?!longer|more|less|record|such|field)|is none of|"
    r"in limit of|lopsided|makes it|at first hand|by itself|and not a)\b",
    re.IGNORECASE,
)
FIRST_WORDS = frozenset(("give", "gives", "tell", "tells"))


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of each docstring in a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, kinds) and (text := ast.get_docstring(node)):
            yield getattr(node, "lineno", 1), text


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string in a module that has more than one word."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value


def findings() -> Iterator[str]:
    """Yield what is wrong, with its place."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        name = path.relative_to(ROOT)
        for line, text in docstrings(path):
            if text.split()[0].lower() in FIRST_WORDS:
                yield f"{name}:{line}: the docstring begins with '{text.split()[0]}'"
        for line, text in strings(path):
            for word in BANNED.finditer(text):
                yield f"{name}:{line}: '{word[0]}'"
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for word in BANNED.finditer(text):
                yield f"{path.relative_to(ROOT)}:{line}: '{word[0]}'"


def main() -> int:
    """Print the findings, and return the exit status."""
    found = list(findings())
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
