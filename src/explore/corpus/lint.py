"""Warnings: what a careful curator would review, in a corpus that can be queried all the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

from explore.corpus.problems import Problem, UnreadFields, short
from explore.corpus.references import Path, Place
from explore.model.fields import RecordType
from explore.model.links import LINKS, link_target
from explore.model.names import Suggestions, fold
from explore.model.records import Record, repeats

MAX_QUOTED_WORDS = 8
# Claims that share this part of their words are nearly the same, if they have enough words.
_LEAST_ALIKE = 0.8
_LEAST_WORDS = 4
# Claims are compared with those that share one of their rarest words, at most this many a word.
_RAREST_WORDS = 4
_MAX_SHARING = 30
# This many characters of a text are compared; a claim has fewer.
_MAX_COMPARED = 2_000
# Of the repeated entries of a list, this many are reported one by one.
_MAX_REPEATS = 20
# After this many claims that are like another, the search ends.
_MAX_TWINS = 100
# More claims of one source without a locator than this become one warning.
_MAX_UNLOCATED = 20
_WORD = re.compile(r"\w+")


def warnings(
    records: dict[RecordType, list[Record]], unread: UnreadFields, place: Place
) -> Iterator[Problem]:
    """Yield a warning for each thing that a curator should review.

    Args:
        records: what could be read, by type.
        unread: what could not be read of them, which is not reported as missing.
        place: makes a problem of a record, a path into it, a rule, and a message.
    """
    for found in _warnings(records, unread, place):
        yield found._replace(severity="warning")


def _warnings(
    records: dict[RecordType, list[Record]], unread: UnreadFields, place: Place
) -> Iterator[Problem]:
    for claim in records["claim"]:
        words = len(claim.get("quote", "").split())
        if words > MAX_QUOTED_WORDS:
            message = f"the quote has {words} words; quote at most {MAX_QUOTED_WORDS}"
            yield place(claim, ["quote"], "long-quote", message)
    yield from _listed_twice(records, place)
    yield from _unlocated(records, unread, place)
    if not _any_unread(unread, {"source", "via", "sources"}):
        yield from _unused_sources(records, place)
    if not _any_unread(unread, {"topics"}):
        yield from _lone_topics(records["claim"], place)
    yield from _shared_names(records["actor"], place)
    yield from _nearly_same(records["claim"], place)


def _any_unread(unread: UnreadFields, fields: set[str]) -> bool:
    """Whether a field of any record is there and could not be read."""
    return any(names & {*fields, "*"} for names in unread.values())


def _listed_twice(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    """Yield a warning for each entry of a list that repeats an earlier one."""
    # Two authors of a source may have one name.
    for record in chain(records["actor"], records["claim"]):
        for field, entries in record.items():
            if not isinstance(entries, list):
                continue
            again = repeats(entries)
            for n in again[:_MAX_REPEATS]:
                message = f"'{_named(entries[n])}' is already listed in '{field}'; remove one"
                yield place(record, [field, n], "listed-twice", message)
            if len(again) > _MAX_REPEATS:
                more = len(again) - _MAX_REPEATS
                message = f"and {more:,} more entries that are already listed in '{field}'"
                found = place(record, [field, again[_MAX_REPEATS]], "listed-twice", message)
                yield found._replace(times=more)


def _named(entry: Any) -> str:
    """Return what an entry of a list is called in a message."""
    if not isinstance(entry, dict):
        return short(str(entry))
    named = (entry.get(key) for key in ("claim", "source", "literal", "family", "given"))
    return short(str(next(filter(None, named), entry)))


def _unlocated(
    records: dict[RecordType, list[Record]], unread: UnreadFields, place: Place
) -> Iterator[Problem]:
    """Yield a warning for each claim without a locator, or one for a source that has many."""
    lacking: dict[str, list[Record]] = defaultdict(list)
    for claim in records["claim"]:
        if not ("locator" in claim or unread.get(id(claim), set()) & {"locator", "*"}) and (
            "source" in claim
        ):
            lacking[claim["source"]].append(claim)
    sources = {source["id"]: source for source in records["source"]}
    for name, claims in lacking.items():
        if len(claims) > _MAX_UNLOCATED and name in sources:
            message = f"{len(claims):,} claims from '{name}' have no locator"
            yield place(sources[name], ["id"], "no-locator", f"{message}; add locators")
            continue
        for claim in claims:
            message = f"no locator for '{name}'; add one"
            yield place(claim, ["source"], "no-locator", message)


def _unused_sources(records: dict[RecordType, list[Record]], place: Place) -> Iterator[Problem]:
    used = {claim.get(field) for claim in records["claim"] for field in ("source", "via")}
    used |= {
        citation["source"] for actor in records["actor"] for citation in actor.get("sources", [])
    }
    for source in records["source"]:
        if source["id"] not in used:
            message = f"source '{source['id']}' is never cited; cite it or remove it"
            yield place(source, ["id"], "unused-source", message)


def _lone_topics(claims: list[Record], place: Place) -> Iterator[Problem]:
    counts = Counter(topic for claim in claims for topic in set(claim.get("topics", [])))
    likely = Suggestions(counts).of
    for claim in claims:
        for n, topic in enumerate(claim.get("topics", [])):
            if counts[topic] == 1:
                guess = likely(topic)
                hint = f"; did you mean '{guess}'?" if guess else ""
                message = f"topic '{topic}' is used only once{hint}"
                yield place(claim, ["topics", n], "lone-topic", message)


def _shared_names(actors: list[Record], place: Place) -> Iterator[Problem]:
    """Yield a warning for each name of two actors, who may be the same one.

    An alias of two actors is none: a capital may stand for both.
    """
    known: dict[str, tuple[str, bool]] = {}
    for actor in actors:
        named: list[tuple[Path, str | None]] = [
            (["name"], actor.get("name")),
            (["short"], actor.get("short")),
        ]
        named += [(["aliases", n], alias) for n, alias in enumerate(actor.get("aliases", []))]
        for path, name in named:
            if name is None:
                continue
            is_alias = path[0] == "aliases"
            first, was_alias = known.setdefault(fold(name), (actor["id"], is_alias))
            if first != actor["id"] and not (is_alias and was_alias):
                message = (
                    f"'{name}' is also a name of '{first}'; if they are the same actor, merge them"
                )
                yield place(actor, path, "shared-name", message)


def _nearly_same(claims: list[Record], place: Place) -> Iterator[Problem]:
    """Yield a warning for each claim that says nearly what an earlier one says.

    Claims of other topics, and those that link to each other, are meant to be separate.
    """
    texts = [
        frozenset(_WORD.findall(fold(claim.get("text", "")[:_MAX_COMPARED]))) for claim in claims
    ]
    counts = Counter(word for words in texts for word in words)
    having: dict[str, list[int]] = defaultdict(list)
    same: dict[frozenset[str], int] = {}
    found = 0
    for n, words in enumerate(texts):
        if len(words) < _LEAST_WORDS:
            continue
        rarest = sorted(words, key=lambda word: (counts[word], word))[:_RAREST_WORDS]
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
            found += 1
            if found > _MAX_TWINS:
                message = (
                    "nearly the same text as another claim, as more may be; merge those above"
                )
                yield place(claims[n], ["text"], "near-duplicate", message)
                return
            message = (
                f"nearly the same text as '{claims[twin]['id']}'; if they are the same claim,"
                " merge them"
            )
            yield place(claims[n], ["text"], "near-duplicate", message)
        same.setdefault(words, n)
        for word in rarest:
            if len(having[word]) < _MAX_SHARING:
                having[word].append(n)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _LEAST_ALIKE * len(one | other)


def _same(one: Record, other: Record) -> bool:
    if set(one.get("topics", [])) != set(other.get("topics", [])):
        return False
    linked = {link_target(link) for kind in LINKS for link in other.get(kind, [])}
    linked |= {link_target(link) for kind in LINKS for link in one.get(kind, [])}
    return not linked & {one["id"], other["id"]}
