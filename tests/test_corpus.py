"""The rules that the shipped corpus keeps."""

from typing import Any

import pytest

from explore.corpus.load import load
from explore.corpus.place import shipped
from explore.names import fold
from explore.records import link_target

CORPUS = load(shipped())
CLAIMS = CORPUS.records["claim"]
ACTORS = CORPUS.records["actor"]
ARTICLE = [claim for claim in CLAIMS if claim["source"] == "china-watch-2024"]
BY_ID = {claim["id"]: claim for claim in CLAIMS}
EACH = pytest.mark.parametrize("claim", ARTICLE, ids=lambda claim: claim["id"])


@EACH
def test_claim_of_the_article(claim: dict[str, Any]) -> None:
    """Each has its place, a short quote, a role, topics, and whom it concerns."""
    assert 0 <= claim["locator"]["paragraph"] <= 18
    assert 1 <= len(claim["quote"].split()) <= 8
    assert claim["role"]
    assert claim["topics"]
    assert claim["about"]
    assert claim["text"].endswith(".")


def test_nothing_is_left_out() -> None:
    """Every paragraph is there, in reading order, and the whole is as fine as it should be."""
    places = [claim["locator"]["paragraph"] for claim in ARTICLE]
    assert places == sorted(places)
    assert set(places) == set(range(19))
    assert len(ARTICLE) >= 90


def test_speakers() -> None:
    """The body is its two authors', the author note its publisher's."""
    for claim in ARTICLE:
        noted = claim["locator"]["paragraph"] == 18
        assert claim["by"] == (["china-daily"] if noted else ["sun-chenghao", "wang-yinuo"])


def supported(claim: dict[str, Any]) -> set[str]:
    """Give all that a claim supports, however far up."""
    found: set[str] = set()
    ahead = [claim]
    while ahead:
        for link in ahead.pop().get("supports", []):
            if link_target(link) not in found:
                found.add(link_target(link))
                ahead.append(BY_ID[link_target(link)])
    return found


@EACH
def test_its_part_in_the_argument(claim: dict[str, Any]) -> None:
    """Drivers, means and threats carry the thesis, constraints qualify it, the rest links."""
    if claim["role"] in {"driver", "means", "threat"}:
        assert "pivot-is-interference" in supported(claim)
    if claim["role"] == "constraint":
        assert claim["qualifies"] == ["pivot-is-interference"]
    if claim["role"] in {"response", "recommendation"}:
        assert claim["responds_to"]
        assert claim["instrument"]
        assert claim["status"] == ("reported" if claim["role"] == "response" else "proposed")
    if claim["role"] == "background":
        assert claim["background_to"]
    if claim["role"] == "contrast":
        assert claim.get("supports") or claim.get("background_to")


def test_answers_of_asean_and_advice_to_china() -> None:
    """Paragraphs 12 to 15 hold ASEAN's responses; 0, 16 and 17 the advice to China."""
    for claim in ARTICLE:
        if claim["role"] == "response":
            assert claim["subject"] == "asean"
            assert 12 <= claim["locator"]["paragraph"] <= 15
        if claim["role"] == "recommendation":
            assert claim["subject"] == "china"
            assert claim["kind"] == "policy"
            assert claim["locator"]["paragraph"] in {0, 16, 17}


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor["id"])
def test_actor(actor: dict[str, Any]) -> None:
    """Each is described; one with a date cites a source; no state lacks its Wikidata item."""
    assert len(actor["description"]) > 20
    if "date" in actor:
        assert actor["sources"]
    if actor["kind"] in {"state", "alliance", "organization"}:
        assert actor["wikidata"]


def test_no_name_leads_to_two_actors() -> None:
    """Names are told apart without case and accents."""
    owners: dict[str, str] = {}
    for actor in ACTORS:
        for name in (actor["id"], actor["name"], actor.get("short"), *actor.get("aliases", [])):
            if name:
                assert owners.setdefault(fold(name), actor["id"]) == actor["id"]


def test_no_source_is_idle() -> None:
    """Each source is cited by a claim or an actor."""
    cited = {claim["source"] for claim in CLAIMS} | {claim.get("via") for claim in CLAIMS}
    cited |= {entry["source"] for actor in ACTORS for entry in actor.get("sources", [])}
    assert {source["id"] for source in CORPUS.records["source"]} <= cited
