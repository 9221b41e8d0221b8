"""Argdown's own parser reads the argument."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import hostile
from conftest import Run, Write
from hypothesis import HealthCheck, given, settings
from running import invoke


def line(text: str) -> str:
    """Return a text as a statement of Argdown has it: a tab behind a sign is a space."""
    one = re.sub("[\r\n\u2028\u2029]+", " ", hostile.on_a_page(text)).strip()
    return re.sub(r"(?<=[^\w\s])\t+", " ", one)


def parsed(node: Path, text: str) -> dict[str, Any]:
    """Give what Argdown's parser understood of a text."""
    done = subprocess.run(
        ["node", "argdown.mjs"], cwd=node, input=text, text=True, capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_shipped_argument(run: Run, node: Path) -> None:
    """Every claim is a statement with its speakers, every support and dispute a relation."""
    found = parsed(node, run("export", "argdown").out)
    assert found["errors"] == []
    claims = {claim["id"]: claim for claim in json.loads(run("claims", "--format", "json").out)}
    assert {statement["id"] for statement in found["statements"]} == set(claims)
    for statement in found["statements"]:
        claim = claims[statement["id"]]
        assert " ".join(statement["text"].split()) == claim["text"]
        assert len(statement["data"]["by"]) == len(claim["by"])
        assert statement["data"]["source"].startswith(claim["source"])
    links = sorted(
        [claim["id"], relation, link if isinstance(link, str) else link["claim"]]
        for claim in claims.values()
        for kind, relation in (("supports", "support"), ("disputes", "attack"))
        for link in claim[kind]
    )
    assert sorted(found["relations"]) == links


def test_hostile_texts(tmp_path: Path, node: Path) -> None:
    """Texts that Argdown could take for its own arrive as text."""
    folder = hostile.corpus(tmp_path / "corpus", hostile.TEXTS)
    found = parsed(node, invoke("--corpus", str(folder), "export", "argdown").out)
    assert found["errors"] == []
    texts = {statement["id"]: statement["text"].strip() for statement in found["statements"]}
    assert texts == {f"c{n}": line(text) for n, text in enumerate(hostile.TEXTS)}
    assert len(found["relations"]) == len(hostile.TEXTS) - 1
    speakers = {statement["id"]: statement["data"]["by"] for statement in found["statements"]}
    assert speakers == {f"c{n}": [text] for n, text in enumerate(hostile.TEXTS)}


def test_title(write: Write, run: Run, node: Path) -> None:
    """A title that has what ends front matter is a title."""
    folder = write(info="title: 'a === b'\n")
    found = parsed(node, run("--corpus", str(folder), "export", "argdown").out)
    assert found["title"] == "a === b"


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hostile.ANY_TEXTS)
def test_any_text(tmp_path: Path, node: Path, texts: list[str]) -> None:
    """Any text comes back as the same, on one line."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    found = parsed(node, invoke("--corpus", str(folder), "export", "argdown").out)
    told = {statement["id"]: statement["text"].strip() for statement in found["statements"]}
    assert told == {f"c{n}": line(text) for n, text in enumerate(texts)}
