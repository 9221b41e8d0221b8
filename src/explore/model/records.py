"""The record types, declared once.

Validation, YAML fields, JSON keys, filters, the columns of the index and of exports, reference
checks, JSON Schema and docs are derived from here. Records are plain dictionaries; the
declarations say which keys they have. This module loads nothing heavy, as every command needs it.
"""

from functools import cache
from typing import Annotated, Any, Literal, NotRequired, TypedDict, get_args

from explore.model.actors import Actor, ActorKind, Locator
from explore.model.fields import EdtfDate, Field, FormerIds, Id, RecordType, Text
from explore.model.links import INVERSE, Link

ClaimKind = Literal["fact", "definition", "cause", "value", "policy"]
Role = Literal[
    "thesis",
    "background",
    "driver",
    "means",
    "constraint",
    "contrast",
    "threat",
    "response",
    "recommendation",
    "evidence",
]
Instrument = Literal["diplomatic", "informational", "military", "economic"]
Status = Literal["reported", "proposed"]


class Claim(TypedDict):
    """One statement that could be contested, in the curator's own words."""

    id: Annotated[
        Id, Field("Unique across actors, claims and sources.", example="pivot-is-interference")
    ]
    text: Annotated[
        Text,
        Field(
            "The statement, in the curator's words.", example="NATO turns to Asia.", search="text"
        ),
    ]
    kind: Annotated[ClaimKind, Field("The kind of claim.", filter="Claims of this kind")]
    role: NotRequired[
        Annotated[Role, Field("Its role in the argument.", filter="Claims with this role")]
    ]
    by: Annotated[
        list[Id],
        Field(
            "The actors who say it.",
            example="nato",
            least=1,
            refers="actor",
            filter="Claims that this actor makes",
            search="names",
        ),
    ]
    subject: NotRequired[
        Annotated[
            Id,
            Field(
                "The actor whose conduct it describes.",
                example="nato",
                refers="actor",
                filter="Claims about what this actor does",
            ),
        ]
    ]
    about: NotRequired[
        Annotated[
            list[Id],
            Field(
                "Every actor it concerns.",
                example="asean",
                refers="actor",
                filter="Claims that concern this actor",
            ),
        ]
    ]
    topics: NotRequired[
        Annotated[
            list[Id],
            Field(
                "What it is about.",
                example="asean-centrality",
                filter="Claims on this topic",
                option="topic",
                search="notes",
            ),
        ]
    ]
    source: Annotated[
        Id,
        Field(
            "The document that says it.",
            example="asean-charter",
            refers="source",
            filter="Claims from this source",
            search="names",
        ),
    ]
    locator: NotRequired[Annotated[Locator, Field("Where in the source.")]]
    quote: NotRequired[
        Annotated[
            Text,
            Field(
                "At most eight words, verbatim from that place.",
                example="threatens ASEAN centrality",
                search="notes",
            ),
        ]
    ]
    via: NotRequired[
        Annotated[
            Id,
            Field(
                "The source it was quoted in, if it was not read in the original.",
                example="asean-charter",
                refers="source",
            ),
        ]
    ]
    date: NotRequired[
        Annotated[
            EdtfDate,
            Field("When what a claim of fact describes happened.", example="2022-06-29"),
        ]
    ]
    note: NotRequired[
        Annotated[
            Text,
            Field("The curator's remark.", example="The minutes give no date.", search="notes"),
        ]
    ]
    supports: NotRequired[
        Annotated[
            list[Link],
            Field("Claims that it supports.", example="pivot-is-interference", refers="claim"),
        ]
    ]
    disputes: NotRequired[
        Annotated[
            list[Link],
            Field("Claims that it disputes.", example="pivot-is-interference", refers="claim"),
        ]
    ]
    qualifies: NotRequired[
        Annotated[
            list[Link],
            Field("Claims that it qualifies.", example="pivot-is-interference", refers="claim"),
        ]
    ]
    background_to: NotRequired[
        Annotated[
            list[Link],
            Field(
                "Claims that it gives background to.",
                example="pivot-is-interference",
                refers="claim",
            ),
        ]
    ]
    responds_to: NotRequired[
        Annotated[
            list[Link],
            Field(
                "Claims that it responds to.",
                example="pivot-is-interference",
                refers="claim",
                filter="Responses to this claim",
                option="to",
            ),
        ]
    ]
    instrument: NotRequired[
        Annotated[
            Instrument, Field("How a response acts.", filter="Responses that act by this means")
        ]
    ]
    status: NotRequired[
        Annotated[
            Status,
            Field(
                "Whether a response is under way or proposed.", filter="Responses with this status"
            ),
        ]
    ]
    former_ids: NotRequired[FormerIds]


class CorpusInfo(TypedDict):
    """What a corpus says about itself."""

    title: NotRequired[Annotated[Text, Field("Its title.", example="Our street")]]
    description: NotRequired[
        Annotated[
            Text, Field("What it covers, and what it leaves out.", example="The debate of 2024.")
        ]
    ]
    language: NotRequired[Annotated[Text, Field("A BCP 47 language tag.", None, "en")]]
    as_of: NotRequired[
        Annotated[EdtfDate, Field("The day up to which it was curated.", example="2026-11-23")]
    ]
    license: NotRequired[Annotated[Text, Field("An SPDX license id.", example="CC-BY-4.0")]]
    curators: NotRequired[
        Annotated[list[Text], Field("Its curators.", example="The explore project")]
    ]


Record = dict[str, Any]

RECORD_TYPES: tuple[RecordType, ...] = get_args(RecordType)

ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
CLAIM_KINDS: tuple[str, ...] = get_args(ClaimKind)
ROLES: tuple[str, ...] = get_args(Role)
INSTRUMENTS: tuple[str, ...] = get_args(Instrument)
STATUSES: tuple[str, ...] = get_args(Status)

# What only other records say about a claim: when its source appeared, and who links to it.
DERIVED = ("said", *INVERSE.values())


@cache
def declaration(kind: RecordType) -> Any:
    """Return the `TypedDict` of a record type."""
    if kind == "source":
        # A hundred fields of CSL, which most commands do not need.
        from explore.model.csl import Source

        return Source
    return Actor if kind == "actor" else Claim


@cache
def fields(kind: RecordType) -> tuple[str, ...]:
    """Return the keys that a record of this type has in JSON and CSV, in order."""
    declared = tuple(declaration(kind).__annotations__)
    return declared + DERIVED if kind == "claim" else declared


@cache
def blanks(kind: RecordType) -> dict[str, bool]:
    """Return the keys that a record of this type has in JSON, and whether each is a list."""
    return {name: is_list(kind, name) for name in fields(kind)}


@cache
def is_list(kind: RecordType, name: str) -> bool:
    """Whether a field of a record type is a list."""
    if kind == "claim" and name in DERIVED:
        return name != "said"
    return "list[" in str(declaration(kind).__annotations__[name])


def repeats(entries: list[Any]) -> list[int]:
    """Return the positions of the entries of a list that repeat an earlier one.

    A link repeats one to the same claim, and a place in a source one to the same place.
    """
    if len(entries) < 2:  # noqa: PLR2004 - one entry repeats none
        return []
    seen: set[str] = set()
    places = []
    for n, entry in enumerate(entries):
        key = entry_key(entry)
        if key in seen:
            places.append(n)
        seen.add(key)
    return places


def entry_key(entry: Any) -> str:
    """Return what an entry of a list is known by: itself as text, or the id that it names."""
    if isinstance(entry, dict):
        return str(entry.get("claim", entry.get("actor", entry)))
    return str(entry)


def sources_of(kind: RecordType, record: Record) -> list[str]:
    """Return the ids of the sources that a record cites; a source cites itself."""
    if kind == "source":
        return [record["id"]]
    if kind == "actor":
        return [citation["source"] for citation in record["sources"]]
    return [name for name in (record["source"], record["via"]) if name]


def tie_target(tie: str | Record) -> str:
    """Return the id of the actor in a membership or partnership, in its short or long form."""
    return tie if isinstance(tie, str) else str(tie["actor"])
