"""The brief is a page that validators, a browser and a printer take; Markdown says the same."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import hostile
import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from running import invoke

from explore.visible import one_line

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def node_says(node: Path, script: str, *words: str, text: str = "") -> Any:
    """Run a script of `tests/node`, and give the JSON that it prints."""
    command = ["node", script, *words]
    done = subprocess.run(command, cwd=node, input=text.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


def plain(page: str) -> str:
    """Give the text of HTML."""
    body = re.sub(r"<(style|title).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", body)).split())


def test_says_who_says_it(run: Run) -> None:
    """Each claim stands with its speaker, its source and what is said against it."""
    page = run("export", "html").out
    markdown = run("export", "markdown").out
    claims = {claim["id"]: claim for claim in json.loads(run("claims", "--format", "json").out)}
    thesis = claims["pivot-is-interference"]
    text = plain(page)
    for told in (text, plain(MarkdownIt().render(markdown))):
        at = told.index(thesis["text"])
        beside = told[at : at + 1500]
        assert "Sun Chenghao, Wang Yinuo" in beside
        assert "china-watch-2024, para. 0" in beside
        assert "Disputed by" in beside
        for name in thesis["disputed_by"]:
            assert claims[name]["text"] in told
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_html_is_valid(run: Run, node: Path) -> None:
    """A validator finds no fault in the page."""
    assert node_says(node, "validate.mjs", text=run("export", "html").out) == []


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing")
def test_in_a_browser(run: Run, node: Path, tmp_path: Path) -> None:
    """In a real browser the page is accessible, light and dark, asks for nothing, and prints."""
    path = tmp_path / "brief.html"
    assert run("export", "html", "-o", str(path)).status == 0
    found = node_says(node, "axe.mjs", str(CHROMIUM), str(path))
    assert found["violations"] == []
    assert found["errors"] == []
    assert set(found["requests"]) == {path.as_uri()}
    assert found["pdf"] > 100_000


def test_hostile_texts(tmp_path: Path, node: Path) -> None:
    """Texts that HTML or Markdown could take for its own are text."""
    folder = hostile.corpus(tmp_path / "corpus", hostile.TEXTS)
    page = invoke("--corpus", str(folder), "export", "html").out
    assert node_says(node, "validate.mjs", text=page) == []
    assert "<script" not in page.replace("&lt;script", "")
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u200b]", page)
    for text in hostile.TEXTS:
        assert one_line(text) in plain(page)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hostile.ANY_TEXTS)
def test_any_text(tmp_path: Path, texts: list[str]) -> None:
    """Any text is the same text in HTML and in Markdown."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    page = plain(invoke("--corpus", str(folder), "export", "html").out)
    rendered = MarkdownIt().render(invoke("--corpus", str(folder), "export", "markdown").out)
    for text in texts:
        wanted = " ".join(one_line(text).split())
        assert wanted in page
        assert wanted in plain(rendered)
