"""What a record is in the index: its rows in each table, and its words."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from msgspec.json import encode

from explore.corpus.problems import UnsoundError
from explore.model.dates import span
from explore.index.rows import NAMED, Flat
from explore.index.spaced import indexed
from explore.model.names import fold
from explore.model.records import LINKS, Record, RecordType, fields, link_note, link_target

_FIRST = ("name", "short", "aliases", "text", "title")
_BESIDE = ("quote", "note", "topics", "description", "container-title", "abstract")


def derive(flat: Flat, kind: RecordType, n: int, record: Record) -> None:
    """Add the rows of a completed record, which has the number `n`.

    Raises:
        UnsoundError: if it links to itself, or both ways to another.
    """
    flat["record"] += (n, record["id"], kind, written(record))
    flat["words"] += (n, *searched(kind, record))
    _DERIVED[kind](flat, n, record)


def completed(kind: RecordType, record: Record) -> Record:
    """Give a record as the index keeps it: fields in order, a claim's subject among `about`."""
    if kind == "claim":
        about = record.get("about", ())
        subject = (record["subject"],) if "subject" in record else ()
        record["about"] = list(dict.fromkeys((*subject, *about)))
    places = list(map(_places(kind).__getitem__, record))
    ordered = sorted(places)
    if places == ordered:
        return record
    names = fields(kind)
    return {names[place]: record[names[place]] for place in ordered}


@cache
def _places(kind: RecordType) -> dict[str, int]:
    return {name: place for place, name in enumerate(fields(kind))}


def written(record: Record) -> str:
    """Give a record as the index keeps it, in JSON."""
    return encode(record).decode()


def searched(kind: RecordType, record: Record) -> tuple[str, str, str]:
    """Give a record's id, what it says first, and what is said beside it, as search sees them."""
    first, beside = _said(kind)
    return record["id"], _text(record, first), _text(record, beside)


@cache
def _said(kind: RecordType) -> tuple[list[str], list[str]]:
    known = fields(kind)
    return [name for name in _FIRST if name in known], [name for name in _BESIDE if name in known]


def _text(record: Record, names: Iterable[str]) -> str:
    values = [record[name] for name in names if name in record]
    texts = [value if value.__class__ is str else " ; ".join(value) for value in values]
    return indexed(" ".join(texts))


def _actor(flat: Flat, n: int, actor: Record) -> None:
    name, short = actor["id"], actor.get("short", actor["name"])
    flat["actor"] += (n, name, actor["name"], short, actor["kind"])
    for spelling in dict.fromkeys([name, actor["name"], short, *actor.get("aliases", [])]):
        flat["name"] += (fold(spelling), name, spelling, n)
    for tie in ("member_of", "partner_of"):
        for target in actor.get(tie, ()):
            flat["tie"] += (name, tie, target, n)
    for source in dict.fromkeys(citation["source"] for citation in actor.get("sources", [])):
        flat["cited"] += (source, name, n)


def _source(flat: Flat, n: int, source: Record) -> None:
    flat["source"] += (n, source["id"])


def _claim(flat: Flat, n: int, claim: Record) -> None:
    date = claim.get("date")
    first, last = span(date) if date else (None, None)
    flat["claim"] += (n, claim["id"], *map(claim.get, NAMED), date, first, last)
    said, about, topic = flat["said"], flat["about"], flat["topic"]
    for name in dict.fromkeys(claim["by"]):
        said += (name, n)
    for name in claim["about"]:
        about += (name, n)
    topics = dict.fromkeys(claim.get("topics", ()))
    for name in topics:
        topic += (name, n)
    if first and claim["kind"] == "fact":
        for name in claim["about"]:
            flat["event"] += (name, first, n)
    if "subject" in claim:
        subject = claim["subject"]
        plain = claim.get("role") != "contrast"
        for name in topics:
            flat["deed"] += (deed(subject, name, own=subject in claim["by"]), plain, n)
    _link(flat["link"], n, claim)


def deed(actor: str, topic: str, *, own: bool) -> str:
    """Give the key of what an actor does on a topic, as it says itself or as others say."""
    return f"{actor}\t{topic}\t{own:d}"


def _link(flat: list[Any], n: int, claim: Record) -> None:
    name = claim["id"]
    for kind in LINKS:
        for link in claim.get(kind, ()):
            target = link_target(link)
            if target == name:
                raise UnsoundError
            flat += (kind, name, target, link_note(link), n)
    supported = claim.get("supports")
    if supported and "disputes" in claim:
        both = set(map(link_target, supported)) & set(map(link_target, claim["disputes"]))
        if both:
            raise UnsoundError


_DERIVED = {"actor": _actor, "source": _source, "claim": _claim}
