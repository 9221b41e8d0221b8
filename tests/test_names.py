"""Names, as people type them."""

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from indexing import index_of

from explore.corpus.load import load
from explore.corpus.place import shipped
from explore.errors import AmbiguousNameError
from explore.index import resolve
from explore.names import fold, mistakes, nearest

CORPUS = load(shipped())
DB = index_of(CORPUS).db
SPELLINGS = [
    (spelling, actor["id"])
    for actor in CORPUS.records["actor"]
    for spelling in (actor["id"], actor["name"], actor.get("short"), *actor.get("aliases", []))
    if spelling
]


@pytest.mark.parametrize(
    "name", ["ASEAN", "东盟", "アセアン", "아세안", "association of southeast asian nations"]
)
def test_asean_by_any_name(run: Run, name: str) -> None:
    """ASEAN answers to its id, and its names in several scripts."""
    assert run("claims", "--about", name).out == run("claims", "--about", "asean").out


@pytest.mark.parametrize("name", ["rok", "South Korea", "south-korea", "SOUTH  KOREA", "한국"])
def test_korea_by_any_name(run: Run, name: str) -> None:
    """Case, blanks and hyphens do not matter."""
    expected = run("claims", "--about", "republic-of-korea", "--format", "json").out
    assert run("claims", "--about", name, "--format", "json").out == expected


def test_accents_do_not_matter() -> None:
    """A name can be typed without its accents, but kana keep their voicing marks."""
    assert resolve.actor(DB, "Republique francaise") == "france"
    assert fold("ガ") != fold("カ")


@given(st.sampled_from(SPELLINGS), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_every_spelling_resolves(spelled: tuple[str, str], case: type[str]) -> None:
    """Every name of every actor leads to it, in any case, unless another shares the name."""
    name, actor = spelled
    try:
        assert resolve.actor(DB, case(name)) == actor
    except AmbiguousNameError:
        assert len({owner for other, owner in SPELLINGS if fold(other) == fold(name)}) > 1


@given(st.sampled_from([claim["id"] for claim in CORPUS.records["claim"]]), st.data())
def test_prefixes(name: str, data: st.DataObject) -> None:
    """A prefix leads to the one claim that has it; one that several have is refused."""
    prefix = name[: data.draw(st.integers(1, len(name)))]
    having = [c["id"] for c in CORPUS.records["claim"] if c["id"].startswith(prefix)]
    if prefix in having:
        assert resolve.claim(DB, prefix) == prefix
    elif len(having) == 1:
        assert resolve.claim(DB, prefix) == name
    else:
        with pytest.raises(AmbiguousNameError):
            resolve.claim(DB, prefix)


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.lists(st.text(min_size=1), max_size=8))
def test_nearest_offers_candidates(text: str, names: list[str]) -> None:
    """Whatever is typed, what is suggested exists, and is a typing mistake or two away."""
    found = nearest(text, names)
    assert set(found) <= set(names)
    assert all(mistakes(fold(text), fold(name)) <= 2 for name in found)


def slipped(name: str, at: int, kind: int) -> str:
    """Give a name with one typing mistake."""
    letters = list(name)
    if kind == 0:
        del letters[at]
    elif kind == 1:
        letters.insert(at, "q")
    elif kind == 2:
        letters[at] = "q"
    else:
        letters[at : at + 2] = reversed(letters[at : at + 2])
    return "".join(letters)


@given(st.sampled_from([a["id"] for a in CORPUS.records["actor"]]), st.data())
def test_nearest_finds_what_was_mistyped(name: str, data: st.DataObject) -> None:
    """A name with one mistake, or a long one with two, leads back to the name."""
    typed = name
    for _ in range(2 if len(name) > 8 else 1):
        at = data.draw(st.integers(0, len(typed) - 1))
        typed = slipped(typed, at, data.draw(st.integers(0, 3)))
    found = nearest(typed, [a["id"] for a in CORPUS.records["actor"]], 1000)
    long_enough = 8 if len(name) > 8 else 3
    away = mistakes(fold(typed), fold(name))
    assert name in found or len(fold(typed)) < long_enough or typed == name or away > 2


@pytest.mark.parametrize(
    ("typed", "name"), [("nata", "natural-gas"), ("paris", "berlin"), ("kind", "by"), ("zz", "za")]
)
def test_nearest_is_near_or_nothing(typed: str, name: str) -> None:
    """What is not a typing mistake away is not suggested."""
    assert nearest(typed, [name]) == []


@pytest.mark.parametrize(
    ("one", "other", "made"),
    [("", "", 0), ("ab", "ba", 1), ("sorce", "source", 1), ("kitten", "sitting", 3), ("a", "", 1)],
)
def test_mistakes(one: str, other: str, made: int) -> None:
    """A swapped pair is one mistake; the distance has no direction."""
    assert mistakes(one, other) == mistakes(other, one) == made


def test_topic_for_an_actor(run: Run) -> None:
    """Whoever asks for an actor by the name of a topic is told how to ask for that."""
    result = run("claims", "--about", "Economic Security")
    assert (result.status, result.out) == (2, "")
    assert "--topic economic-security" in result.err
    assert run("claims", "--topic", "economic-security").status == 0
