"""A small corpus to begin with, every field of it explained."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from explore.schema import PARTS, schema

_SCHEMAS = "schema"


class Made(NamedTuple):
    """A file of a new corpus, and whether it was made or stood there already."""

    path: Path
    new: bool


def begin(folder: Path) -> Iterator[Made]:
    """Make the files of a new corpus in a folder; what is there stays as it is.

    Raises:
        OSError: if the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        text = files(__name__).joinpath(f"{part}.yaml").read_text("utf-8")
        # The line by which editors find the schema, without a network.
        line = f"# yaml-language-server: $schema={_SCHEMAS}/{part}.json\n"
        yield _made(folder / f"{part}.yaml", line + text)
    (folder / _SCHEMAS).mkdir(exist_ok=True)
    for part in PARTS:
        text = json.dumps(schema(part), ensure_ascii=False, indent=2) + "\n"
        yield _made(folder / _SCHEMAS / f"{part}.json", text)


def _made(path: Path, text: str) -> Made:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        return Made(path, new=False)
    return Made(path, new=True)
