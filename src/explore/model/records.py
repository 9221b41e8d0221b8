"""The record types, declared once: validation, YAML fields, JSON keys and docs come from here.

Records are plain dictionaries; the declarations say which keys they have. This module loads
nothing heavy, because every question does.
"""

from functools import cache
from typing import Annotated, Any, Literal, NotRequired, TypedDict, get_args

from explore.model.fields import EdtfDate, Field, Id, Paragraphs, Text

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


class NotedLink(TypedDict):
    """A link to a claim, with the reason for it."""

    claim: Annotated[Id, Field("The claim at the other end.", example="pivot-is-interference")]
    note: NotRequired[
        Annotated[
            Text,
            Field(
                "Why the link holds, in the curator's words.", example="It names the same talks."
            ),
        ]
    ]


class Citation(TypedDict):
    """A place in a source."""

    source: Annotated[Id, Field("The source.", example="asean-charter")]
    locator: NotRequired[Annotated[Locator, Field("Where in it.")]]


Link = Id | NotedLink


class Actor(TypedDict):
    """A state, alliance, organization, group, institution or person."""

    id: Annotated[Id, Field("Unique over actors, claims and sources.", None, "asean")]
    name: Annotated[
        Text, Field("The full name.", example="Association of Southeast Asian Nations")
    ]
    short: NotRequired[Annotated[Text, Field("The name that tables print.", example="ASEAN")]]
    kind: Annotated[ActorKind, Field("What sort of actor.")]
    aliases: NotRequired[Annotated[list[Text], Field("Other names people type.", example="东盟")]]
    member_of: NotRequired[Annotated[list[Id], Field("Actors it belongs to.", example="asean")]]
    partner_of: NotRequired[
        Annotated[list[Id], Field("Actors it is a partner of.", example="nato")]
    ]
    wikidata: NotRequired[Annotated[str, Field("The Wikidata item.", r"^Q[1-9][0-9]*$", "Q7768")]]
    date: NotRequired[Annotated[EdtfDate, Field("When it was founded.", example="1967-08-08")]]
    description: NotRequired[
        Annotated[
            Text,
            Field("One neutral paragraph.", example="An organization of Southeast Asian states."),
        ]
    ]
    sources: NotRequired[Annotated[list[Citation], Field("What the above rests on.")]]


class Claim(TypedDict):
    """One statement that could be contested, in the curator's own words."""

    id: Annotated[
        Id, Field("Unique over actors, claims and sources.", example="pivot-is-interference")
    ]
    text: Annotated[
        Text, Field("The statement, in the curator's words.", example="NATO turns to Asia.")
    ]
    kind: Annotated[ClaimKind, Field("What sort of claim.")]
    role: NotRequired[Annotated[Role, Field("Its place in an argument.")]]
    by: Annotated[list[Id], Field("The actors who say it.", example="nato", least=1)]
    subject: NotRequired[
        Annotated[Id, Field("The actor whose conduct it describes.", example="nato")]
    ]
    about: NotRequired[Annotated[list[Id], Field("Every actor it concerns.", example="asean")]]
    topics: NotRequired[
        Annotated[list[Id], Field("What it is about.", example="asean-centrality")]
    ]
    source: Annotated[Id, Field("The document that says it.", example="asean-charter")]
    locator: NotRequired[Annotated[Locator, Field("Where in the source.")]]
    quote: NotRequired[
        Annotated[
            Text,
            Field(
                "At most eight words, verbatim from there.", example="threatens ASEAN centrality"
            ),
        ]
    ]
    via: NotRequired[
        Annotated[Id, Field("The source it was read in, if another.", example="asean-charter")]
    ]
    date: NotRequired[
        Annotated[
            EdtfDate, Field("When what a claim of fact tells happened.", example="2022-06-29")
        ]
    ]
    note: NotRequired[
        Annotated[Text, Field("A remark of the curator's.", example="The minutes give no date.")]
    ]
    supports: NotRequired[
        Annotated[list[Link], Field("Claims that it speaks for.", example="pivot-is-interference")]
    ]
    disputes: NotRequired[
        Annotated[
            list[Link], Field("Claims that it speaks against.", example="pivot-is-interference")
        ]
    ]
    qualifies: NotRequired[
        Annotated[list[Link], Field("Claims that it limits.", example="pivot-is-interference")]
    ]
    background_to: NotRequired[
        Annotated[
            list[Link], Field("Claims it gives context to.", example="pivot-is-interference")
        ]
    ]
    responds_to: NotRequired[
        Annotated[list[Link], Field("Claims that it answers.", example="pivot-is-interference")]
    ]
    instrument: NotRequired[Annotated[Instrument, Field("How a response acts.")]]
    status: NotRequired[Annotated[Status, Field("Under way, or proposed.")]]


class CorpusInfo(TypedDict):
    """What a corpus says of itself."""

    title: NotRequired[Annotated[Text, Field("Its title.", example="Our street")]]
    description: NotRequired[
        Annotated[
            Text, Field("What it holds and what it does not.", example="The debate of 2024.")
        ]
    ]
    language: NotRequired[Annotated[Text, Field("A BCP 47 language tag.", None, "en")]]
    as_of: NotRequired[
        Annotated[EdtfDate, Field("The day up to which it was kept.", example="2026-11-23")]
    ]
    licence: NotRequired[Annotated[Text, Field("An SPDX licence id.", example="CC-BY-4.0")]]
    curators: NotRequired[
        Annotated[list[Text], Field("Who keeps it.", example="The explore project")]
    ]


Record = dict[str, Any]
RecordType = Literal["actor", "claim", "source"]

RECORD_TYPES: tuple[RecordType, ...] = get_args(RecordType)

LINKS = ("supports", "disputes", "qualifies", "background_to", "responds_to")
# The same links seen from the other end, as far as JSON shows them.
INVERSE = {
    "disputes": "disputed_by",
    "supports": "supported_by",
    "qualifies": "qualified_by",
    "responds_to": "answered_by",
}

ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
CLAIM_KINDS: tuple[str, ...] = get_args(ClaimKind)
ROLES: tuple[str, ...] = get_args(Role)
INSTRUMENTS: tuple[str, ...] = get_args(Instrument)
STATUSES: tuple[str, ...] = get_args(Status)


@cache
def declaration(kind: RecordType) -> Any:
    """Give the `TypedDict` of a record type."""
    if kind == "source":
        # A hundred fields of CSL, which most questions do not need.
        from explore.model.csl import Source

        return Source
    return Actor if kind == "actor" else Claim


@cache
def fields(kind: RecordType) -> tuple[str, ...]:
    """Give the keys that a record of this type has in JSON and CSV, in order."""
    declared = tuple(declaration(kind).__annotations__)
    return declared + tuple(INVERSE.values()) if kind == "claim" else declared


@cache
def blanks(kind: RecordType) -> dict[str, bool]:
    """Give the keys that a record of this type has in JSON, and whether each holds a list."""
    return {name: is_list(kind, name) for name in fields(kind)}


@cache
def is_list(kind: RecordType, name: str) -> bool:
    """Tell whether a field of a record type holds a list."""
    return name in INVERSE.values() or "list[" in str(declaration(kind).__annotations__[name])


def repeats(entries: list[Any]) -> list[int]:
    """Return the places of the entries of a list that repeat an earlier one.

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
    """Return what an entry of a list is known by: itself as text, or the id that a link names."""
    if isinstance(entry, dict):
        return str(entry.get("claim", entry))
    return str(entry)


def link_target(link: str | NotedLink) -> str:
    """Give the id at the other end of a link, in its short or its long form."""
    return link if isinstance(link, str) else link["claim"]


def link_note(link: str | NotedLink) -> str | None:
    """Give the reason that a link states, if it does."""
    return None if isinstance(link, str) else link.get("note")


def rests_on(kind: RecordType, record: Record) -> list[str]:
    """Give the ids of the sources that a record rests on; a source is its own."""
    if kind == "source":
        return [record["id"]]
    if kind == "actor":
        return [citation["source"] for citation in record["sources"]]
    return [name for name in (record["source"], record["via"]) if name]
