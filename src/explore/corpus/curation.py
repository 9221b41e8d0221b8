"""What a careful curator would look at again: warnings, which keep nothing from answering."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from explore.corpus.check import Path, Place
from explore.corpus.problem import Problem
from explore.names import fold, nearest
from explore.records import LINKS, Record, RecordType, link_target

MOST_QUOTED = 8
# Claims that share so much of their words say nearly the same.
_ALIKE = 0.8
_LEAST_WORDS = 4
# Claims are compared with those that share one of their rarest words, if few do.
_RAREST = 4
_FEW = 100
# More remarks than this on one source become one.
_MANY = 20
_WORD = re.compile(r"\w+")


def remarks(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    """Yield a warning for each thing that a curator should look at again.

    Args:
        records: what could be read, by type.
        place: makes a problem of a record, a path into it, a rule, and a message.
    """
    for found in _remarks(records, place):
        yield found._replace(severity="warning")


def _remarks(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    for claim in records["claim"]:
        words = len(claim.get("quote", "").split())
        if words > MOST_QUOTED:
            message = f"the quote has {words} words; quote at most {MOST_QUOTED}"
            yield place(claim, ["quote"], "long-quote", message)
    yield from _unlocated(records, place)
    yield from _unused_sources(records, place)
    yield from _lone_topics(records["claim"], place)
    yield from _shared_names(records["actor"], place)
    yield from _nearly_same(records["claim"], place)


def _unlocated(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    """Yield a warning for each claim without a locator, or one for a source that has many."""
    lacking: dict[str, list[Record]] = defaultdict(list)
    for claim in records["claim"]:
        if "locator" not in claim and "source" in claim:
            lacking[claim["source"]].append(claim)
    sources = {source["id"]: source for source in records["source"]}
    for name, claims in lacking.items():
        if len(claims) > _MANY and name in sources:
            message = f"{len(claims):,} claims do not say where in '{name}' they stand"
            yield place(sources[name], ["id"], "no-locator", f"{message}; add locators")
            continue
        for claim in claims:
            message = f"no locator says where in '{name}' it stands; add one"
            yield place(claim, ["source"], "no-locator", message)


def _unused_sources(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    used = {claim.get(field) for claim in records["claim"] for field in ("source", "via")}
    used |= {
        citation["source"] for actor in records["actor"] for citation in actor.get("sources", [])
    }
    for source in records["source"]:
        if source["id"] not in used:
            message = f"nothing rests on the source '{source['id']}'; cite or remove it"
            yield place(source, ["id"], "unused-source", message)


def _lone_topics(claims: list[Record], place: Place) -> Iterator[Problem]:
    counts = Counter(topic for claim in claims for topic in claim.get("topics", []))
    for claim in claims:
        for n, topic in enumerate(claim.get("topics", [])):
            if counts[topic] == 1:
                guess = nearest(topic, [other for other in counts if other != topic], most=1)
                hint = f"; is it '{guess[0]}'?" if guess else ""
                message = f"no other claim has the topic '{topic}'{hint}"
                yield place(claim, ["topics", n], "lone-topic", message)


def _shared_names(actors: list[Record], place: Place) -> Iterator[Problem]:
    """Yield a warning where a name leads to two actors, who may be one."""
    known: dict[str, str] = {}
    for actor in actors:
        named: list[tuple[Path, str | None]] = [
            (["name"], actor.get("name")),
            (["short"], actor.get("short")),
        ]
        named += [(["aliases", n], alias) for n, alias in enumerate(actor.get("aliases", []))]
        for path, name in named:
            if name is None:
                continue
            first = known.setdefault(fold(name), actor["id"])
            if first != actor["id"]:
                message = f"'{name}' is a name of '{first}' too; are they one actor?"
                yield place(actor, path, "shared-name", message)


def _nearly_same(claims: list[Record], place: Place) -> Iterator[Problem]:
    """Yield a warning for each claim that says nearly what an earlier one says.

    Claims of other topics, and those that link to each other, are meant to be two.
    """
    texts = [frozenset(_WORD.findall(fold(claim.get("text", "")))) for claim in claims]
    counts = Counter(word for words in texts for word in words)
    having: dict[str, list[int]] = defaultdict(list)
    same: dict[frozenset[str], int] = {}
    for n, words in enumerate(texts):
        if len(words) < _LEAST_WORDS:
            continue
        rarest = sorted(words, key=lambda word: (counts[word], word))[:_RAREST]
        earlier = {m for word in rarest for m in having[word]} | {same.get(words, n)} - {n}
        twin = next(
            (
                m
                for m in sorted(earlier)
                if _alike(texts[m], words) and _same(claims[m], claims[n])
            ),
            None,
        )
        if twin is not None:
            message = f"it says nearly what '{claims[twin]['id']}' says; are they one claim?"
            yield place(claims[n], ["text"], "near-duplicate", message)
        same.setdefault(words, n)
        for word in rarest:
            if len(having[word]) < _FEW:
                having[word].append(n)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _same(one: Record, other: Record) -> bool:
    if set(one.get("topics", [])) != set(other.get("topics", [])):
        return False
    linked = {link_target(link) for kind in LINKS for link in other.get(kind, [])}
    linked |= {link_target(link) for kind in LINKS for link in one.get(kind, [])}
    return not linked & {one["id"], other["id"]}
