"""Records are data: nothing in them steers a terminal or a format."""

import json

import pytest
from conftest import Run, Write
from hypothesis import given
from hypothesis import strategies as st

from explore.escaping import json_safe, one_line, visible
from explore.terminal.lay import painted
from explore.terminal.theme import link

HOSTILE = (
    r'"\e[31mred\a [bold]b[/] [/red] :smile: \u202Eright\u200B \x9b2J |x| *y* `z` \u2028 end"'
)
PLAIN = "\x1b[31mred\x07 [bold]b[/] [/red] :smile: \u202eright\u200b \x9b2J |x| *y* `z` \u2028 end"


@pytest.fixture
def hostile(write: Write) -> str:
    """Give a corpus with hostile text in every field that takes text."""
    return str(
        write(
            actors=f"- {{id: a, name: {HOSTILE}, kind: person, aliases: [{HOSTILE}],"
            f" description: {HOSTILE}}}\n",
            claims=f"- {{id: c, text: {HOSTILE}, kind: fact, role: thesis, by: [a], source: s,"
            f" subject: a, quote: {HOSTILE}, note: {HOSTILE}, locator: {{section: {HOSTILE}}},"
            f" responds_to: [{{claim: d, note: {HOSTILE}}}]}}\n"
            f"- {{id: d, text: {HOSTILE}, kind: fact, by: [a], source: s}}\n",
            sources=f"- {{id: s, type: book, title: {HOSTILE}, URL: {HOSTILE},"
            f" container-title: {HOSTILE}, author: [{{literal: {HOSTILE}}}]}}\n",
            info=f"title: {HOSTILE}\ndescription: {HOSTILE}\n",
        )
    )


COMMANDS = ["", "actors", "actors a", "claims", "responses", "show a c s", "sources", "summary"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "md"])
def test_hostile_records_are_shown_as_text(
    run: Run, hostile: str, command: str, form: str
) -> None:
    """Every format shows escape sequences, overrides and markup as visible text."""
    words = [*command.split(), *(["--format", form] if command else [])]
    result = run("--corpus", hostile, *words)
    assert result.status == 0
    assert visible(result.out) == result.out
    assert visible(result.err) == result.err
    squeezed = "".join(result.out.replace("\\[", "[").replace("\\]", "]").split())
    assert "[bold]b[/]" in squeezed or "\\u005bbold" in squeezed
    assert ":smile:" in squeezed


def test_json_keeps_the_text(run: Run, hostile: str) -> None:
    """What JSON escapes it still means."""
    (claim, _) = json.loads(run("--corpus", hostile, "claims", "--format", "json").out)
    assert claim["text"] == PLAIN


def test_hostile_address_is_no_link(run: Run, hostile: str) -> None:
    """With colour on, an address with control characters is shown and not followed."""
    out = run("--corpus", hostile, "--color", "always", "show", "s").out
    assert "\x1b]8;" not in out
    assert "\x9b" not in out


@given(st.text())
def test_any_address_can_be_shown(rest: str) -> None:
    """With colour on, an address that holds anything at all is shown, whole, and no error."""
    url = f"https://example.org/{rest}"
    text = link(url)
    shown = painted(text, 0, len(text.plain))
    assert text.plain == visible(url)
    assert ("\x1b]8;" in shown) == (url.split() == [url] and visible(url) == url)


@given(st.text())
def test_visible_leaves_nothing_unsafe(text: str) -> None:
    """What was made visible stays as it is, and one line is one line."""
    assert visible(visible(text)) == visible(text)
    assert "\n" not in one_line(text)
    assert "\x1b" not in visible(text)


@given(st.text())
def test_json_safe_means_the_same(text: str) -> None:
    """Escaping serialized JSON changes no value."""
    written = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert visible(written) == written
