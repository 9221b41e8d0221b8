"""The generated pages of the docs are what the program says, and the examples run."""

import doctest
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_commands_page() -> None:
    """docs/commands.md is what `python tools/commands.py` writes."""
    path = ROOT / "tools" / "commands.py"
    spec = importlib.util.spec_from_file_location("commands_page", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == module.page()


@pytest.mark.parametrize("page", ["docs/library.md"])
def test_examples_of_the_docs(page: str) -> None:
    """The examples with `>>>` give what stands under them."""
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False)
    assert tried
    assert not failed
