"""Question a contested subject: who claims what, about whom, and who responds.

    >>> import explore
    >>> corpus = explore.open()
    >>> corpus.show("nato")[0]["short"]
    'NATO'

The module loads nothing until it is used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explore.api import Corpus as Corpus
    from explore.api import open_corpus as open  # noqa: A004 - as `gzip.open` and others have it
    from explore.errors import ExploreError as ExploreError

__version__ = "0.1.0"
__all__ = ["Corpus", "ExploreError", "open"]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that declares it."""
    if name == "ExploreError":
        from explore.errors import ExploreError

        return ExploreError
    if name in {"open", "Corpus"}:
        from explore import api

        return api.open_corpus if name == "open" else api.Corpus
    raise AttributeError(f"module 'explore' has no attribute '{name}'")
