"""What a user would pick instead of `explore`, on the same rows; those that are installed."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Run

_TEMPLATE = "{doc[ref]}  {doc[title]}  {doc[author]}"


def peers(index: Path, claims: bytes, work: Path) -> Iterator[tuple[str, float, Run]]:
    """Yield each program that is installed with its goal and its question.

    Args:
        index: the index of the bundled corpus.
        claims: all its claims as JSON.
        work: a folder to write to.
    """
    sql = "select json from about join record on n = claim where actor = 'asean'"
    if shutil.which("papis"):
        yield "papis list", 0.4, Run("papis", _papis(work / "papis", claims))
    if shutil.which("sqlite-utils"):
        yield "sqlite-utils", 0.6, Run("sqlite-utils", ["sqlite-utils", str(index), sql])
    if shutil.which("datasette"):
        page = f"/{index.stem}/record.json"
        yield "datasette", 0.2, Run("datasette", ["datasette", str(index), "--get", page])


def _papis(work: Path, claims: bytes) -> list[str]:
    """Make a library with a document for each claim, tagged with whom it concerns, and ask it."""
    library, settings = work / "library", work / "papis"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "config").write_text(
        f"[settings]\ndefault-library = claims\n[claims]\ndir = {library}\n"
    )
    for claim in json.loads(claims):
        document = library / claim["id"]
        document.mkdir(parents=True, exist_ok=True)
        info = {
            "ref": claim["id"],
            "title": claim["text"],
            "author": ", ".join(claim["by"]),
            "tags": claim["about"],
        }
        # JSON is YAML too.
        (document / "info.yaml").write_text(json.dumps(info))
    environment = [f"XDG_CONFIG_HOME={work}", f"PAPIS_CONFIG_DIR={settings}"]
    found = ["papis", "-l", "claims", "list", "--all", "--format", _TEMPLATE, "tags:asean"]
    command = ["env", *environment, *found]
    told = subprocess.run(command, check=True, capture_output=True, env=os.environ).stdout
    wanted = sum("asean" in claim["about"] for claim in json.loads(claims))
    if len(told.splitlines()) != wanted:
        raise SystemExit(f"papis lists {len(told.splitlines())} documents, not {wanted}")
    return command
