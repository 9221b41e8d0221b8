"""Cells of CSV: harmless wherever a spreadsheet may split them, and read back as they were."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explore.formats.cells import (
    citation_of,
    flat,
    guarded,
    is_bare,
    joined,
    link_of,
    place_of,
    split,
    unguarded,
)

# Texts of what the rules look at, in any order.
TRICKY = st.text(st.sampled_from("=+-@＝'\";\\[]{},: \t\r\n\u200b\xa0ax"), max_size=12)
TEXTS = TRICKY | st.text(max_size=12)
NOT_EMPTY = TEXTS.filter(bool)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(TEXTS)
def test_guarded_text_comes_back(text: str) -> None:
    """A text that is made harmless is the same again after it is read."""
    assert unguarded(guarded(text)) == text
    assert not is_bare(guarded(text))


@given(TEXTS)
def test_no_part_of_a_cell_is_a_formula(text: str) -> None:
    """Wherever a spreadsheet splits, no part begins as a formula does, blanks or none before."""
    cell = guarded(text)
    for part in cell.split(";"):
        assert not part.startswith(FORMULA)
        assert not part.lstrip(' "\xa0\u200b').startswith(FORMULA)
    for part in re.split("[;\t\r\n]", cell):
        assert not part.lstrip(' "\xa0\u200b').startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "a;=cmd|' /C calc'!A0",
        "a; =1",
        "a\t=1",
        "a\n=1",
        'a;"=1"',
        "\t1",
        "'=1",
        "''=1",
        "＝1",
        "\xa0=1",
    ],
)
def test_formulas_get_one_mark(text: str) -> None:
    """What would run gets one `'`, or one more."""
    assert len(guarded(text)) == len(text) + 1


@pytest.mark.parametrize("text", ["a-b", "a = b", "a, =b", "it's", "'tis", "a;b", "a\nb", "x '=y"])
def test_harmless_text_stays(text: str) -> None:
    """What no spreadsheet runs is left alone."""
    assert guarded(text) == text == unguarded(text)


@given(st.lists(NOT_EMPTY, max_size=5))
def test_lists_come_back(items: list[str]) -> None:
    """A list is the same again, whatever its entries hold."""
    assert split(unguarded(guarded(joined(items)))) == items


def test_lists_of_others() -> None:
    """A list that others wrote is split where they meant it, and JSON is JSON."""
    assert split("a;b; c") == ["a", "b", " c"]
    assert split(r"C:\x;D:\y") == ["C:\\x", "D:\\y"]
    assert split('["a;b", "c"]') == ["a;b", "c"]
    assert split("[sic];b") == ["[sic]", "b"]
    assert split("[" * 100_000) == ["[" * 100_000]
    assert joined(["a;b", "c"]) == r"a\;b;c"


PLACES = st.dictionaries(
    st.sampled_from(["page", "section", "article", "chapter"]),
    NOT_EMPTY | st.just("1, page 3") | st.just("a\\, section b"),
    min_size=1,
)


@given(PLACES)
def test_places_come_back(locator: dict[str, str]) -> None:
    """A place in words is the same place again."""
    assert place_of(flat(locator)) == locator
    assert citation_of(flat({"source": "s-1", "locator": locator})) == {
        "source": "s-1",
        "locator": locator,
    }


def test_places_in_words() -> None:
    """A place reads as people say it; what is none is none."""
    assert flat({"paragraph": 8}) == "paragraph 8"
    assert flat({"section": "Aims, and means", "page": "3"}) == "section Aims, and means, page 3"
    assert place_of("p. 8") is None
    assert place_of("paragraph 8") == {"paragraph": "8"}
    assert citation_of("charter") == {"source": "charter"}
    assert citation_of("charter, p. 3") is None


@given(NOT_EMPTY)
def test_links_come_back(note: str) -> None:
    """A link keeps its note."""
    link: Any = {"claim": "a-b", "note": note}
    assert link_of(flat(link)) == link
    assert link_of("a-b") == "a-b"
