"""Libraries that only some commands need, as optional extras of the package."""

import shlex
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from explore.errors import UsageError


def need(module: str, what: str) -> Any:
    """Return a module of an optional extra.

    Args:
        module: its name, such as `pyarrow.parquet`.
        what: what it is needed for, to begin a sentence with.

    Raises:
        UsageError: if it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        library = (error.name or module).partition(".")[0]
        raise UsageError(f"{what} needs {library}; to install it: {_install(library)}") from error


def _install(library: str) -> str:
    """Return a command that installs a library where this program runs."""
    python = sys.executable
    if find_spec("pip"):
        return shlex.join([python, "-m", "pip", "install", library])
    # A virtual environment made without pip; the Python that it was made from has one.
    base = Path(sys.base_exec_prefix, "bin", Path(python).name)
    maker = str(base) if base.is_file() else "python3"
    return shlex.join([maker, "-m", "pip", "--python", python, "install", library])
