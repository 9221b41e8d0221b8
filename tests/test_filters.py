"""Filters and sort orders through the index equal a plain reading of the records."""

import re
import sqlite3
import unicodedata
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import index_of

from explore.corpus.files import bundled_corpus
from explore.corpus.load import Corpus, load
from explore.index.left_out import left_out
from explore.index.search_terms import spaced
from explore.model.citation import issued
from explore.model.dates import span
from explore.model.links import link_target
from explore.model.query import DATES as READINGS
from explore.model.query import SORT_KEYS, Query
from explore.model.records import CLAIM_KINDS, INSTRUMENTS, ROLES, STATUSES
from explore.model.references import filters, searched

Claim = dict[str, Any]


BUNDLED = load(bundled_corpus())
INDEX = index_of(BUNDLED)
CLAIMS = BUNDLED.records["claim"]
SAID = {source["id"]: issued(source) for source in BUNDLED.records["source"] if issued(source)}
IDS = [claim["id"] for claim in CLAIMS]
ACTORS = [actor["id"] for actor in BUNDLED.records["actor"]]
TOPICS = sorted({topic for claim in CLAIMS for topic in claim["topics"]})
DATES = ["1949", "2022", "2022-06", "2022-06-29", "2022-07/2023", "2024-02-29", "2030-12"]


def targets(claim: Claim, link: str) -> set[str]:
    """Give the claims that a claim links to."""
    return set(map(link_target, claim.get(link, [])))


def oracle(claims: list[Claim], query: Query, said: dict[str, str]) -> list[str]:
    """Answer a query by reading every claim; `said` has the dates of the sources that have one."""
    disputed = {name for claim in claims for name in targets(claim, "disputes")}
    answered = {name for claim in claims for name in targets(claim, "responds_to")}

    def fits(claim: Claim) -> bool:
        concerned = {*claim.get("about", []), claim.get("subject")}
        values = {
            "ids": {claim["id"]},
            "about": concerned,
            "by": set(claim["by"]),
            "topic": set(claim.get("topics", [])),
            "to": targets(claim, "responds_to"),
        }
        for name in ("kind", "role", "subject", "source", "instrument", "status"):
            values[name] = {claim.get(name)}
        if any(wanted and not set(wanted) & values[name] for name, wanted in asked):
            return False
        if query.disputed is not None and (claim["id"] in disputed) != query.disputed:
            return False
        if query.responses and not claim.get("responds_to"):
            return False
        if query.unanswered and (claim.get("role") != "threat" or claim["id"] in answered):
            return False
        if query.dated and "date" not in claim:
            return False
        return within(claim)

    def within(claim: Claim) -> bool:
        if not (query.since or query.until):
            return True
        date = said.get(claim["source"])
        if query.dates == "event" or (not query.dates and not query.where.get("by")):
            date = claim.get("date") or date
        if not date:
            return False
        first, last = span(date)
        return not (
            (query.since and last < span(query.since)[0])
            or (query.until and first > span(query.until)[1])
        )

    asked = [("ids", query.ids), *query.where.items(), *query.each]
    found = sorted_by(query.sort, [claim for claim in claims if fits(claim)])
    return [claim["id"] for claim in found][: query.limit or None]


def sorted_by(sort: str, claims: list[Claim]) -> list[Claim]:
    """Sort claims; those without a value come last, ties keep the order of the files."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key in {"", "order"}:
        return claims[::-1] if down else claims
    blank = [claim for claim in claims if claim.get(key) is None]
    full = [claim for claim in claims if claim.get(key) is not None]

    def value(claim: Claim) -> str:
        return span(claim[key])[0] if key == "date" else str(claim[key])

    return sorted(full, key=value, reverse=down) + blank


def some(values: list[str] | tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw a few of the values, more often none."""
    chosen = st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)
    return st.just(()) | chosen


def queries(claims: list[str], actors: list[str], topics: list[str]) -> st.SearchStrategy[Query]:
    """Draw queries over a corpus."""
    where = {
        "about": some(actors),
        "by": some(actors),
        "subject": some(actors),
        "kind": some(CLAIM_KINDS),
        "role": some(ROLES),
        "topic": some(topics),
        "source": some(["china-watch-2024", "s", "t"]),
        "instrument": some(INSTRUMENTS),
        "status": some(STATUSES),
        "to": some(claims),
    }
    assert where.keys() == filters("claim").keys()
    named = st.one_of(*(st.tuples(st.just(option), where[option]) for option in where))
    several = st.lists(named, max_size=2).map(tuple)
    return st.builds(
        Query,
        ids=some(claims, 6),
        search=st.just(""),
        where=st.fixed_dictionaries({}, optional=where),
        each=st.just(()) | several,
        disputed=st.none() | st.booleans(),
        responses=st.booleans(),
        unanswered=st.booleans(),
        dated=st.booleans(),
        since=st.none() | st.sampled_from(DATES),
        until=st.none() | st.sampled_from(DATES),
        dates=st.sampled_from(["", *READINGS]),
        sort=st.sampled_from(["", *SORT_KEYS, *(f"-{key}" for key in SORT_KEYS)]),
        limit=st.integers(0, 5),
    )


@settings(max_examples=300, deadline=None)
@given(queries(IDS, ACTORS, TOPICS))
def test_shipped_corpus(query: Query) -> None:
    """Any mix of filters over the bundled claims gives what reading them all gives."""
    assert [claim["id"] for claim in INDEX.claims(query)] == oracle(CLAIMS, query, SAID)
    assert INDEX.count(query) == len(oracle(CLAIMS, query._replace(limit=0), SAID))


NAMES = ["a", "b", "c", "d", "e", "f"]


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Draw a small corpus with every field that filters look at."""
    claims = []
    for name in NAMES[: draw(st.integers(1, 6))]:
        others = [other for other in NAMES if other != name]
        links = st.lists(st.sampled_from(others), max_size=2, unique=True)
        claim: Claim = {
            "id": f"claim-{name}",
            "text": name,
            "kind": draw(st.sampled_from(CLAIM_KINDS)),
            "by": draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2)),
            "source": draw(st.sampled_from(["s", "t"])),
        }
        for field, values in (
            ("role", st.sampled_from(ROLES)),
            ("subject", st.sampled_from(NAMES)),
            ("about", st.lists(st.sampled_from(NAMES), max_size=3)),
            ("topics", st.lists(st.sampled_from(NAMES), max_size=2)),
            ("date", st.sampled_from(DATES)),
            ("instrument", st.sampled_from(INSTRUMENTS)),
            ("status", st.sampled_from(STATUSES)),
        ):
            if draw(st.booleans()):
                claim[field] = draw(values)
        for link in ("disputes", "responds_to"):
            claim[link] = [f"claim-{target}" for target in draw(links)]
        claims.append(claim)
    actors = [{"id": name, "name": name, "kind": "state"} for name in NAMES]
    sources: list[Claim] = [{"id": name, "type": "book", "title": name} for name in "st"]
    sources[0]["issued"] = draw(st.sampled_from(DATES))
    return Corpus({}, {"actor": actors, "claim": claims, "source": sources})


@settings(max_examples=300, deadline=None)
@given(corpora(), queries([f"claim-{name}" for name in NAMES], NAMES, NAMES))
def test_any_corpus(corpus: Corpus, query: Query) -> None:
    """The same over corpora with dates and disputes of all sorts."""
    claims = [dict(claim) for claim in corpus.records["claim"]]
    said = {"s": corpus.records["source"][0]["issued"]}
    index = index_of(corpus)
    assert [c["id"] for c in index.claims(query)] == oracle(claims, query, said)
    whole = query._replace(limit=0)
    fit = set(oracle(claims, whole, said))
    [other] = {*READINGS} - {query.reading}
    added = set(oracle(claims, whole._replace(dates=other), said)) - fit
    left = set(oracle(claims, whole._replace(since=None, until=None), said)) - fit - added
    by_event = query.reading == "event"
    undated = [
        claim["id"]
        for claim in claims
        if claim["id"] in left
        and claim["source"] not in said
        and not (by_event and "date" in claim)
    ]
    assert left_out(index.db, query) == (len(added), len(undated))


def stems(words: set[str]) -> dict[str, str]:
    """Give the stem of each word, by SQLite's own Porter tokenizer on a table of its own."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE w USING fts5 (x, tokenize='porter unicode61')")
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (w, instance)")
    listed = sorted(words)
    db.executemany("INSERT INTO w (rowid, x) VALUES (?, ?)", enumerate(listed))
    return {listed[doc]: stem for stem, doc in db.execute("SELECT term, doc FROM v")}


def tokens(text: str) -> list[str]:
    """Return the words of a text, without case and accents."""
    spread = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return re.findall(r"\w+", bare)


def searched_text(claim: Claim, names: tuple[str, ...]) -> str:
    """Return the texts of some fields, one after the other."""
    values = [claim[name] for name in names if name in claim]
    return " ".join(value if isinstance(value, str) else " ".join(value) for value in values)


TEXTS = {
    claim["id"]: [
        tokens(spaced(part))
        for part in (claim["id"], *(searched_text(claim, part) for part in searched("claim")[:2]))
    ]
    for claim in CLAIMS
}
WORDS = sorted({word for parts in TEXTS.values() for part in parts for word in part})
STEMS = stems(set(WORDS))


def is_form(one: str, two: str) -> bool:
    """Tell whether two words have one stem, or stems of which the longer adds -en."""
    short, long = sorted((STEMS.get(one, one), STEMS.get(two, two)), key=len)
    if short == long:
        return True
    added = {f"{short}en", f"{short}n" if short.endswith("e") else ""}
    return len(short) >= 4 and long in added and long != "listen"


def holds(name: str, phrase: list[str], *, forms: bool = False, open_end: bool = False) -> bool:
    """Tell whether a claim has a phrase, or one word in any form, or its beginning."""
    for part in TEXTS[name]:
        if forms and any(is_form(word, phrase[0]) for word in part):
            return True
        for at in range(len(part) - len(phrase) + 1):
            run = part[at : at + len(phrase)]
            if run == phrase or (
                open_end and run[:-1] == phrase[:-1] and run[-1].startswith(phrase[-1])
            ):
                return True
    return False


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=2),
    st.lists(st.sampled_from(WORDS), max_size=1),
    st.sampled_from([claim["id"] for claim in CLAIMS]),
    st.integers(0, 40),
    st.data(),
)
def test_search_equals_reading(
    words: list[str], without: list[str], origin: str, start: int, data: st.DataObject
) -> None:
    """Words in any form, a phrase, a word left out and an unfinished last word: as by reading."""
    told = TEXTS[origin][1]
    at = start % len(told)
    phrase = told[at : at + data.draw(st.integers(1, 3))]
    last = data.draw(st.sampled_from(WORDS))
    cut = last[: data.draw(st.integers(1, len(last)))]
    search = [*words, f'"{" ".join(phrase)}"', *(f"-{word}" for word in without), cut]
    expected = [
        claim["id"]
        for claim in CLAIMS
        if all(holds(claim["id"], [word], forms=True) for word in words)
        and holds(claim["id"], phrase)
        and not any(holds(claim["id"], [word]) for word in without)
        and (
            holds(claim["id"], [cut], open_end=True)
            or (cut in STEMS and holds(claim["id"], [cut], forms=True))
        )
    ]
    query = Query(search=" ".join(search), sort="order")
    found = [claim["id"] for claim in INDEX.claims(query)]
    # More is found by the names of speakers and sources, and if no claim has all of the words.
    assert set(expected) <= set(found)
    assert not any(holds(name, [word]) for name in found for word in without)


@given(
    st.lists(st.sampled_from(["nato", "threat*", '"', "-", "(", "NEAR(", "东", "  ", "a:b", "\0"]))
)
def test_no_search_is_an_error(words: list[str]) -> None:
    """Search text of any kind is an answer."""
    list(INDEX.claims(Query(search=" ".join(words))))


def test_search_finds_forms_phrases_and_prefixes() -> None:
    """Every word must match in some form; phrases keep their order; the last may be cut."""

    def found(words: str) -> set[str]:
        return {claim["id"] for claim in INDEX.claims(Query(search=words))}

    assert "pivot-threatens-centrality" in found("endanger centrality")
    assert found('"narrative trap"') <= found("narrative trap")
    assert found("maritime -nuclear") == found("maritime") - found("nuclear")
    assert found("prosp") >= found("prosperity")
    assert found("zzz centrality") == found("centrality")


def test_best_match_comes_first() -> None:
    """A search is ranked: what has the word in its id and text comes before a mention."""
    first = next(INDEX.claims(Query(search="supply chains")))
    assert "supply-chains" in first["id"]


def test_sort_is_total() -> None:
    """Ids sort strictly, so the same question gives the same bytes."""
    names = [claim["id"] for claim in INDEX.claims(Query(sort="id"))]
    assert all(one < other for one, other in pairwise(names))
