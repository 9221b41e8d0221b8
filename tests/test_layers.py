"""What a module may import."""

import ast
from pathlib import Path

import pytest

import explore.terminal

VIEWS = sorted(Path(explore.terminal.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_no_view_asks_the_index(path: Path) -> None:
    """A value is complete before it is drawn: what draws it knows no index."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert not [name for name in imported if name.startswith("explore.index")]
