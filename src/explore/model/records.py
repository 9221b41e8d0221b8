"""The record types, declared once.

Validation, YAML fields, JSON keys, filters, the columns of the index and of exports, reference
checks, JSON Schema and docs are derived from here. Records are plain dictionaries; the
declarations say which keys they have. This module loads nothing heavy, as every command needs it.
"""

from functools import cache
from typing import Annotated, Any, Literal, NotRequired, TypedDict, get_args

from explore.model.fields import EdtfDate, Field, FormerIds, Id, Paragraphs, RecordType, Text
from explore.model.links import INVERSE, Link

ActorKind = Literal["alliance", "organization", "state", "group", "institution", "person"]
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


class Locator(TypedDict):
    """Where in a source; the labels are CSL's."""

    paragraph: NotRequired[
        Annotated[
            Paragraphs,
            Field("Paragraph, or a range such as 3-4; 0 is headline and standfirst.", example="8"),
        ]
    ]
    page: NotRequired[Annotated[str, Field("Page or pages.", r"\S", "12-14")]]
    section: NotRequired[Annotated[str, Field("Section, by its heading.", r"\S", "Preamble")]]
    article: NotRequired[Annotated[str, Field("Article of a treaty or law.", r"\S", "10")]]
    chapter: NotRequired[Annotated[str, Field("Chapter.", r"\S", "IV")]]


class Citation(TypedDict):
    """A place in a source."""

    source: Annotated[Id, Field("The source.", example="asean-charter", refers="source")]
    locator: NotRequired[Annotated[Locator, Field("Where in it.")]]


class Tie(TypedDict):
    """A membership or partnership, with its time."""

    actor: Annotated[Id, Field("The actor.", example="asean", refers="actor")]
    since: NotRequired[Annotated[EdtfDate, Field("When it began.", example="1967-08-08")]]
    until: NotRequired[Annotated[EdtfDate, Field("When it ended.", example="2016")]]
    source: NotRequired[
        Annotated[Id, Field("The source for it.", example="asean-charter", refers="source")]
    ]


class Office(TypedDict):
    """An office that a person holds or held."""

    title: Annotated[Text, Field("Its title.", example="Secretary General")]
    of: NotRequired[
        Annotated[Id, Field("The actor it is an office of.", example="nato", refers="actor")]
    ]
    since: NotRequired[Annotated[EdtfDate, Field("When the term began.", example="2014-10-01")]]
    until: NotRequired[Annotated[EdtfDate, Field("When the term ended.", example="2024-10-01")]]
    source: NotRequired[
        Annotated[Id, Field("The source for it.", example="asean-charter", refers="source")]
    ]


class Actor(TypedDict):
    """A state, alliance, organization, group, institution or person."""

    id: Annotated[Id, Field("Unique over actors, claims and sources.", None, "asean")]
    name: Annotated[
        Text,
        Field("The full name.", example="Association of Southeast Asian Nations", search="text"),
    ]
    short: NotRequired[
        Annotated[Text, Field("The name that tables print.", example="ASEAN", search="text")]
    ]
    kind: Annotated[ActorKind, Field("What sort of actor.", filter="Actors of this kind")]
    aliases: NotRequired[
        Annotated[list[Text], Field("Other names people type.", example="东盟", search="text")]
    ]
    member_of: NotRequired[
        Annotated[
            list[Id | Tie],
            Field(
                "Actors it belongs to.",
                example="asean",
                refers="actor",
                filter="Members of this actor",
            ),
        ]
    ]
    partner_of: NotRequired[
        Annotated[
            list[Id | Tie],
            Field(
                "Actors it is a partner of.",
                example="nato",
                refers="actor",
                filter="Partners of this actor",
            ),
        ]
    ]
    offices: NotRequired[Annotated[list[Office], Field("Offices that a person holds or held.")]]
    wikidata: NotRequired[Annotated[str, Field("The Wikidata item.", r"^Q[1-9][0-9]*$", "Q7768")]]
    date: NotRequired[Annotated[EdtfDate, Field("When it was founded.", example="1967-08-08")]]
    description: NotRequired[
        Annotated[
            Text,
            Field(
                "One neutral paragraph.",
                example="An organization of Southeast Asian states.",
                search="notes",
            ),
        ]
    ]
    sources: NotRequired[
        Annotated[list[Citation], Field("The sources for the above.", refers="source")]
    ]
    former_ids: NotRequired[FormerIds]


class Claim(TypedDict):
    """One statement that could be contested, in the curator's own words."""

    id: Annotated[
        Id, Field("Unique over actors, claims and sources.", example="pivot-is-interference")
    ]
    text: Annotated[
        Text,
        Field(
            "The statement, in the curator's words.", example="NATO turns to Asia.", search="text"
        ),
    ]
    kind: Annotated[ClaimKind, Field("What sort of claim.", filter="Claims of this kind")]
    role: NotRequired[
        Annotated[Role, Field("Its place in an argument.", filter="Claims with this role")]
    ]
    by: Annotated[
        list[Id],
        Field(
            "The actors who say it.",
            example="nato",
            least=1,
            refers="actor",
            filter="Claims that this actor makes",
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
        ),
    ]
    locator: NotRequired[Annotated[Locator, Field("Where in the source.")]]
    quote: NotRequired[
        Annotated[
            Text,
            Field(
                "At most eight words, verbatim from there.",
                example="threatens ASEAN centrality",
                search="notes",
            ),
        ]
    ]
    via: NotRequired[
        Annotated[
            Id,
            Field(
                "The source it was read in, if another.", example="asean-charter", refers="source"
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
            Text, Field("What it covers and what it does not.", example="The debate of 2024.")
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
