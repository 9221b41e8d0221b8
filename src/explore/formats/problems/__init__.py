"""Problems of a corpus as people, editors and CI read them: a module a form, with `write`."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Literal

from explore.corpus.problems import Problem

ReportFormat = Literal["text", "json", "github", "sarif"]


def writer(name: ReportFormat) -> Callable[[Iterable[Problem]], Iterator[str]]:
    """Return the function that writes problems in a form."""
    write: Callable[[Iterable[Problem]], Iterator[str]]
    write = import_module(f"explore.formats.problems.as_{name}").write
    return write
