"""Libraries that only some commands need, as optional extras of the package."""

from importlib import import_module
from typing import Any

from explore.errors import UsageError


def need(module: str, extra: str, what: str) -> Any:
    """Give a module of an optional extra.

    Args:
        module: its name, such as `pyarrow.parquet`.
        extra: the extra that installs it.
        what: what it is needed for, to begin a sentence with.

    Raises:
        UsageError: if it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        library = (error.name or module).partition(".")[0]
        raise UsageError(
            f"{what} needs the library {library}: pip install 'explore[{extra}]'"
        ) from error
