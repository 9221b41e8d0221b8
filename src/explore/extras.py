"""Load the optional libraries that only some commands need."""

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
        what: what needs it, as the subject of the message.

    Raises:
        UsageError: if it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        library = (error.name or module).partition(".")[0]
        raise UsageError(
            f"{what} requires {library}; to install it, run: {_install(library)}"
        ) from error


def _install(library: str) -> str:
    """Return a command that installs a library where this program runs."""
    python = sys.executable
    if find_spec("pip"):
        return shlex.join([python, "-m", "pip", "install", library])
    # A virtual environment without pip; the Python it was created from has it.
    base = Path(sys.base_exec_prefix, "bin", Path(python).name)
    base_python = str(base) if base.is_file() else "python3"
    return shlex.join([base_python, "-m", "pip", "--python", python, "install", library])
