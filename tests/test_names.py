"""Names, as people type them."""

import pytest
from conftest import Run, Write
from hypothesis import given
from hypothesis import strategies as st
from indexing import index_of

from explore.corpus.files import bundled_corpus
from explore.corpus.load import load
from explore.errors import AmbiguousNameError
from explore.index import lookup as resolve
from explore.index.completions import completions
from explore.model.names import fold, mistakes, nearest

CORPUS = load(bundled_corpus())
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
    # Dropping the letters between two hyphens is a third mistake, as folding joins the hyphens.
    close = mistakes(fold(typed), fold(name)) <= 2
    assert name in found or len(fold(typed)) < long_enough or typed == name or not close


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


PEOPLE = """\
- {id: ann-berg, name: Ann Berg, kind: person}
- {id: ben-holm, name: Ben Holm, kind: person}
- {id: bo-holm, name: Bo Holm, kind: person}
- {id: north, name: Northern Land, kind: state, aliases: [Hilltown]}
- {id: league, name: The League, kind: organization, aliases: [Hilltown]}
"""


def test_surname(run: Run, write: Write) -> None:
    """A word of a name that one actor has leads to it; one of several is refused."""
    claims = "- {id: one, text: A claim., kind: fact, by: [ann-berg], source: paper}\n"
    folder = str(write(actors=PEOPLE, claims=claims))
    by_id = run("claims", "--by", "ann-berg", "--corpus", folder).out
    assert "A claim." in by_id
    assert run("claims", "--by", "Berg", "--corpus", folder).out == by_id
    holm = run("claims", "--by", "holm", "--corpus", folder)
    assert (holm.status, holm.out) == (2, "")
    assert "use ben-holm or bo-holm" in holm.err


def test_shared_alias(run: Run, write: Write) -> None:
    """An alias of two actors is ambiguous, and says so; `check` does not take it for a mistake."""
    claims = "- {id: one, text: A claim., kind: fact, by: [north], source: paper}\n"
    folder = str(write(actors=PEOPLE, claims=claims))
    result = run("claims", "--about", "hilltown", "--corpus", folder)
    assert "'hilltown' matches more than one actor; use north or league" in result.err
    assert "Hilltown" not in run("check", folder).out


@pytest.mark.parametrize(
    ("typed", "actor"),
    [
        ("beijing", "china"),
        ("washington", "united-states"),
        ("seoul", "republic-of-korea"),
        ("tokyo", "japan"),
        ("moscow", "russia"),
        ("stoltenberg", "jens-stoltenberg"),
        ("rutte", "mark-rutte"),
    ],
)
def test_as_newspapers_say_it(typed: str, actor: str) -> None:
    """A capital stands for a government, and a surname for a person."""
    assert resolve.actor(DB, typed) == actor


def test_no_wrong_suggestion(run: Run) -> None:
    """An actor that the corpus lacks is not taken for another; Brussels stands for two."""
    assert run("claims", "--about", "turkey").err.strip().endswith("no actor is called 'turkey'")
    assert "use nato or european-union" in run("claims", "--about", "brussels").err


def test_completion_offers_every_actor() -> None:
    """Completion offers every actor, and persons by surname."""
    offered = {word for word, _ in completions(DB, "actor", "")}
    assert {actor["id"] for actor in CORPUS.records["actor"]} <= offered
    assert [word for word, _ in completions(DB, "actor", "stolt")] == ["stoltenberg"]
