"""The rules that the bundled corpus keeps."""

from collections import Counter
from typing import Any

import pytest

from explore.corpus.files import bundled_corpus
from explore.corpus.load import load
from explore.model.dates import is_date
from explore.model.links import link_note, link_target
from explore.model.names import fold

CORPUS = load(bundled_corpus())
CLAIMS = CORPUS.records["claim"]
ACTORS = CORPUS.records["actor"]
ARTICLE = [claim for claim in CLAIMS if claim["source"] == "china-watch-2024"]
BY_ID = {claim["id"]: claim for claim in CLAIMS}
EACH = pytest.mark.parametrize("claim", ARTICLE, ids=lambda claim: claim["id"])


@EACH
def test_claim_of_the_article(claim: dict[str, Any]) -> None:
    """Each has its place, a short quote, a role, topics, and whom it concerns, if anybody."""
    assert 0 <= claim["locator"]["paragraph"] <= 18
    assert 1 <= len(claim["quote"].split()) <= 8
    assert claim["role"]
    assert claim["topics"]
    assert claim.get("about") or "subject" not in claim
    assert claim["text"].endswith(".")


@EACH
def test_nato_is_where_the_text_names_it(claim: dict[str, Any]) -> None:
    """A claim of the article concerns NATO if and only if its text names it."""
    assert ("nato" in claim.get("about", [])) == ("NATO" in claim["text"])


def test_the_title_is_whole() -> None:
    """A title identifies its work, so it is not cut short."""
    assert SOURCES["china-watch-2024"]["title"].endswith(" in regional affairs")


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
    """Return all that a claim supports, however far up."""
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
    assert len(actor["description"]) > 15
    if "date" in actor:
        assert actor["sources"]
    if actor["kind"] in {"state", "alliance", "organization"}:
        assert actor["wikidata"]


def test_no_name_leads_to_two_actors() -> None:
    """Names are told apart without case and accents; only an alias of both is ambiguous."""
    owners: dict[str, str] = {}
    aliases: dict[str, list[str]] = {}
    for actor in ACTORS:
        for name in filter(None, (actor["id"], actor["name"], actor.get("short"))):
            assert owners.setdefault(fold(name), actor["id"]) == actor["id"]
        for name in {fold(alias) for alias in actor.get("aliases", [])}:
            aliases.setdefault(name, []).append(actor["id"])
    assert not [n for n, actors in aliases.items() if {owners.get(n, actors[0])} != {*actors[:1]}]
    shared = {name: actors for name, actors in aliases.items() if len(actors) > 1}
    assert shared == {"brussels": ["nato", "european-union"]}


def test_no_source_is_idle() -> None:
    """Each source is cited by a claim or an actor."""
    cited = {claim["source"] for claim in CLAIMS} | {claim.get("via") for claim in CLAIMS}
    cited |= {entry["source"] for actor in ACTORS for entry in actor.get("sources", [])}
    assert {source["id"] for source in CORPUS.records["source"]} <= cited


RECORD = [claim for claim in CLAIMS if claim["source"] != "china-watch-2024"]
SOURCES = {source["id"]: source for source in CORPUS.records["source"]}
EACH_OF_RECORD = pytest.mark.parametrize("claim", RECORD, ids=lambda claim: claim["id"])


def links(claim: dict[str, Any], *kinds: str) -> set[str]:
    """Return the claims that a claim links to in these ways."""
    return {link_target(link) for kind in kinds for link in claim.get(kind, [])}


@EACH_OF_RECORD
def test_claim_of_the_record(claim: dict[str, Any]) -> None:
    """Each has its place, topics, and whom it concerns, and speaks to the article."""
    assert claim["locator"]
    assert claim["topics"]
    assert claim["about"]
    assert claim["text"].endswith(".")
    assert claim["role"] in {"evidence", "background"}
    assert len(claim.get("quote", "").split()) <= 8
    speaks = links(claim, "supports", "disputes", "qualifies", "background_to")
    article = {other["id"] for other in ARTICLE}
    assert speaks & article or claim["role"] == "background"
    if claim["role"] == "evidence":
        assert links(claim, "supports", "disputes", "qualifies") & article


@EACH_OF_RECORD
def test_what_is_not_about_nato_says_so(claim: dict[str, Any]) -> None:
    """What does not concern NATO reaches a claim about NATO only with a note on the link."""
    if "nato" in claim["about"]:
        return
    for kind in ("supports", "disputes", "qualifies"):
        for link in claim.get(kind, []):
            target = BY_ID[link_target(link)]
            if target.get("subject") == "nato" or "NATO" in target["text"]:
                assert link_note(link), f"{kind} {target['id']}"


@EACH_OF_RECORD
def test_second_hand_says_through_what(claim: dict[str, Any]) -> None:
    """A source that was not itself read has no address, and the claim says where it was read."""
    source = SOURCES[claim["source"]]
    if "via" in claim:
        via = SOURCES[claim["via"]]
        assert claim["via"] != claim["source"]
        assert "URL" in via or "left out" in via["note"]
    elif "URL" not in source:
        assert "left out" in source["note"]


def test_no_address_of_a_mirror() -> None:
    """Unofficial copies of a site are named in a note, never linked."""
    unofficial = (
        "aspistrategist.ru",
        "theusarticles",
        "zgkjsz",
        "thedailyusnews",
        "cstreetsandbox",
    )
    for source in SOURCES.values():
        assert not any(host in source.get("URL", "") for host in unofficial)


def test_the_record_is_broad() -> None:
    """Two hundred claims, a hundred and twenty sources, eighty dated events, for and against."""
    assert len(RECORD) >= 200
    assert len({claim["source"] for claim in RECORD}) >= 120
    events = [claim for claim in RECORD if claim["kind"] == "fact" and "date" in claim]
    assert len(events) >= 80
    assert all("1949" <= event["date"][:4] <= "2026" for event in events)
    assert all(is_date(event["date"]) for event in events)
    assert {event["date"][:4] for event in events} >= {"1949", "1967", "2022", "2025"}


def test_nothing_speaks_both_ways() -> None:
    """No claim both supports and disputes another."""
    for claim in CLAIMS:
        assert not links(claim, "supports") & links(claim, "disputes")


def test_no_topic_stands_alone() -> None:
    """Every topic has claims enough to compare."""
    counts = Counter(topic for claim in CLAIMS for topic in claim.get("topics", []))
    assert min(counts.values()) >= 2


def test_every_id_is_explained() -> None:
    """Each actor speaks, acts, is concerned, or holds others that do."""
    used = {name for claim in CLAIMS for name in (*claim["by"], *claim.get("about", []))}
    used |= {name for actor in ACTORS for name in actor.get("member_of", [])}
    assert {actor["id"] for actor in ACTORS} <= used


def test_systemic_is_plain() -> None:
    """The card of the claim tells the article's word from NATO's."""
    note = BY_ID["turn-aims-at-china"]["note"]
    assert '"systematic challenges"' in note
    assert '"systemic challenges"' in note


def test_what_was_not_found() -> None:
    """The negative finding is a note with its limits, and no claim."""
    note = BY_ID["asean-rallies-opinion"]["note"]
    assert note.startswith("No statement was found")
    assert "could not be read in full" in note
    assert "ASEAN has not" not in note
