"""A small corpus to begin with, every field of it explained."""

import json
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from explore.corpus.transaction import Write, write, writing
from explore.model.json_schema import PARTS, Part, schema

_SCHEMAS = "schema"


class Made(NamedTuple):
    """A file of a new corpus, and whether it was made or stood there already."""

    path: Path
    new: bool


def begin(folder: Path, waiting: Callable[[str], None]) -> list[Made]:
    """Make the files of a new corpus in a folder, all or none; what is there stays as it is.

    Args:
        folder: where to make it; it is made if need be.
        waiting: is told, once, if another process writes there.

    Raises:
        ExploreError: if another process writes there for too long, or a link is in the way.
        OSError: if the folder cannot be written to.
    """
    texts = {f"{part}.yaml": _text(part) for part in PARTS}
    texts |= {f"{_SCHEMAS}/{part}.json": _schema(part) for part in PARTS}
    with writing(folder, waiting):
        made = [Made(folder / name, not os.path.lexists(folder / name)) for name in texts]
        new = [
            Write(name, None, text.encode())
            for (name, text), one in zip(texts.items(), made, strict=True)
            if one.new
        ]
        if new:
            write(folder, new)
    return made


def _text(part: Part) -> str:
    # The line by which editors find the schema, without a network.
    line = f"# yaml-language-server: $schema={_SCHEMAS}/{part}.json\n"
    return line + files(__name__).joinpath(f"{part}.yaml").read_text("utf-8")


def _schema(part: Part) -> str:
    return json.dumps(schema(part), ensure_ascii=False, indent=2) + "\n"
