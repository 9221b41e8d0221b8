"""Create a starter corpus in which every field is explained."""

import json
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from explore.corpus.transaction import Write, write, writing
from explore.model.json_schema import PARTS, Part, schema

_SCHEMAS = "schema"


class StarterFile(NamedTuple):
    """A file of a new corpus, and whether it was created or existed already."""

    path: Path
    new: bool


def create(folder: Path, waiting: Callable[[str], None]) -> list[StarterFile]:
    """Create the files of a new corpus in a folder, all or none; existing files stay as they are.

    Args:
        folder: where to create it; it is created if need be.
        waiting: called with a message, once, if another process writes there.

    Raises:
        ExploreError: if another process writes there for too long, or a link is in the way.
        OSError: if the folder cannot be written to.
    """
    texts = {f"{part}.yaml": _text(part) for part in PARTS}
    texts |= {f"{_SCHEMAS}/{part}.json": _schema(part) for part in PARTS}
    with writing(folder, waiting):
        written = [
            StarterFile(folder / name, not os.path.lexists(folder / name)) for name in texts
        ]
        new = [
            Write(name, None, text.encode())
            for (name, text), one in zip(texts.items(), written, strict=True)
            if one.new
        ]
        if new:
            write(folder, new)
    return written


def _text(part: Part) -> str:
    # The line by which editors find the schema, without a network.
    line = f"# yaml-language-server: $schema={_SCHEMAS}/{part}.json\n"
    return line + files(__name__).joinpath(f"{part}.yaml").read_text("utf-8")


def _schema(part: Part) -> str:
    return json.dumps(schema(part), ensure_ascii=False, indent=2) + "\n"
