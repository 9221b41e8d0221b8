"""Where the shipped corpus lies and where indexes are kept; this loads nothing, for the start."""

import os
from binascii import crc32


def shipped() -> str:
    """Give the folder of the corpus that comes with the program.

    A wheel carries it inside the package; a checkout has it at the top.
    """
    package = os.path.dirname(__file__)
    inside = os.path.join(package, "data")
    if os.path.isdir(inside):
        return inside
    return os.path.join(os.path.dirname(os.path.dirname(package)), "data")


def cache_folder() -> str:
    """Give the folder that indexes are kept in (XDG base directories)."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        return os.path.join(named, "explore")
    home = os.path.expanduser("~")
    # Whoever has no home has no cache: nothing can be made below a file.
    return os.path.join(home, ".cache", "explore") if home != "~" else os.devnull + "/explore"


def cache_file(folder: str) -> str:
    """Give the file that the index of a corpus is kept in."""
    name = os.fsencode(os.path.realpath(folder))
    # An index names its files, so two folders of one key cost time and never an answer;
    # `hashlib` would cost its import at every start.
    return os.path.join(cache_folder(), f"{crc32(name):08x}{crc32(name[::-1]):08x}.sqlite")


def has_index(folder: str) -> bool:
    """Tell whether there is an index of a corpus, fresh or not."""
    return os.path.exists(cache_file(folder))
