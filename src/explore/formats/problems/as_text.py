"""A problem a line, `file:line:column: error: …`, as compilers write and editors parse."""

from collections.abc import Iterable, Iterator

from explore.corpus.problems import Problem
from explore.escaping import log_line


def write(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the lines."""
    for problem in problems:
        yield f"{log_line(str(problem))}\n"
