"""The brief is a page that validators, a browser and a printer take; Markdown says the same."""

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import hostile
import pytest
from conftest import Run, Write
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from running import invoke

from explore.corpus.files import shipped
from explore.corpus.write import dumped
from explore.model.links import LINKS
from explore.model.records import ROLES, Record

CASE = Path(__file__).parent / "cases" / "brief" / "corpus"
ANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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


class Anchored(HTMLParser):
    """The text under each anchor of a page, up to the next one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.twice: list[str] = []
        self._at = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin at an anchor."""
        del tag
        name = dict(attrs).get("id")
        if name is not None:
            self.twice += [name] if name in self.found else []
            self._at = name
            self.found[name] = ""

    def handle_data(self, data: str) -> None:
        """Add a text."""
        if self._at:
            self.found[self._at] += data


def pages(folder: Path | str) -> list[Anchored]:
    """Return the brief of a corpus in both formats."""
    words = ("--corpus", str(folder), "export")
    return [
        Anchored(invoke(*words, "html").out),
        Anchored(MarkdownIt().render(invoke(*words, "markdown").out)),
    ]


def assert_whole(folder: Path | str) -> None:
    """Each claim has one anchor, and its text stands there and at no other claim's."""
    claims = json.loads(
        invoke("--corpus", str(folder), "claims", "--format", "json", "--limit", "0").out
    )
    for page in pages(folder):
        assert page.twice == []
        for claim in claims:
            assert claim["text"] in page.found[claim["id"]]
            assert claim["source"] in page.found


@pytest.mark.parametrize("folder", [shipped(), CASE])
def test_every_claim_once(folder: Path) -> None:
    """No claim is left out of a brief, and none is in it twice."""
    assert_whole(folder)


def test_where_claims_belong() -> None:
    """Answers and rebuttals stand under what they answer, and others under what they are."""
    page = invoke("--corpus", str(CASE), "export", "markdown").out
    lines = page.splitlines()

    def above(name: str) -> str:
        at = next(n for n, line in enumerate(lines) if f'id="{name}"' in line)
        indent = len(lines[at]) - len(lines[at].lstrip())
        before = (line for line in reversed(lines[:at]) if line)
        return next(
            line for line in before if len(line) - len(line.lstrip()) < indent or "#" in line[:3]
        )

    assert 'id="shops-suffer"' in above("shops-open")
    assert 'id="shops-suffer"' in above("bus-more")
    assert 'id="delivery"' in above("hubs")
    assert above("suv-vote") == "### Evidence"


def test_without_roles(write: Write) -> None:
    """A corpus without roles or a thesis gives a whole page, and none is named as its author."""
    folder = write()
    assert_whole(folder)
    page = invoke("--corpus", str(folder), "export", "markdown").out
    assert "## Claims" in page
    assert "according to" not in page


IDS = st.sampled_from([f"c{n}" for n in range(8)] + ["content", "actors", "time", "part-0-0"])


@ANY
@given(st.data())
def test_any_corpus(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever links to what, every claim has its place, once."""
    names = data.draw(st.lists(IDS, min_size=1, unique=True))
    claims: list[Record] = []
    for number, name in enumerate(names):
        claim: Record = {"id": name, "text": f"Text of {number}.", "kind": "fact"}
        role = data.draw(st.sampled_from(["", *ROLES]))
        claim |= {"role": role} if role else {}
        claim |= {
            "by": data.draw(st.lists(st.sampled_from(["a1", "a2"]), min_size=1, unique=True))
        }
        claim |= {"source": data.draw(st.sampled_from(["s1", "s2", "s3"]))}
        for kind in LINKS:
            # Support is never in a circle.
            ends = names[:number] if kind == "supports" else [end for end in names if end != name]
            if ends:
                claim[kind] = data.draw(st.lists(st.sampled_from(ends), max_size=2, unique=True))
        claim["disputes"] = (
            [end for end in claim.get("disputes", []) if end not in claim["supports"]]
            if number
            else []
        )
        claims.append({key: part for key, part in claim.items() if part})
    folder = tmp_path / "corpus"
    folder.mkdir(exist_ok=True)
    (folder / "claims.yaml").write_text("".join(dumped("claim", claims)))
    (folder / "actors.yaml").write_text(
        "".join(f"- {{id: a{n}, name: A{n}, kind: state}}\n" for n in (1, 2))
    )
    (folder / "sources.yaml").write_text(
        "".join(f"- {{id: s{n}, type: book, title: S{n}}}\n" for n in (1, 2, 3))
    )
    assert_whole(folder)


def test_long_chain(tmp_path: Path) -> None:
    """A chain of any length has every claim, without nesting them all."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    claims = "".join(
        f"- {{id: c{n}, text: Text {n} of all., kind: fact, by: [a], source: s{n % 2}"
        + (f", disputes: [c{n - 1}]}}\n" if n else ", role: thesis}\n")
        for n in range(1500)
    )
    (folder / "claims.yaml").write_text(claims)
    (folder / "actors.yaml").write_text("- {id: a, name: A, kind: state}\n")
    (folder / "sources.yaml").write_text(
        "".join(f"- {{id: s{n}, type: book, title: S}}\n" for n in (0, 1))
    )
    assert_whole(folder)


def held(text: str) -> str:
    """Return a text as HTML holds it: line ends are line feeds."""
    return hostile.on_a_page(text.replace("\r\n", "\n").replace("\r", "\n"))


@ANY
@given(hostile.ANY_TEXTS)
@example(hostile.SCRIPTS)
@example(hostile.TEXTS)
def test_any_text(tmp_path: Path, texts: list[str]) -> None:
    """Any text is the same text in HTML and in Markdown, every character of it."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    page, markdown = pages(folder)
    for number, text in enumerate(texts):
        assert held(text) in page.found[f"c{number}"]
        assert hostile.on_a_page(text) in markdown.found[f"c{number}"]
