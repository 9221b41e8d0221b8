"""The declaration of actors, and the parts of records that actors share with claims."""

from typing import Annotated, Literal, NotRequired, TypedDict

from explore.model.fields import EdtfDate, Field, FormerIds, Id, Paragraphs, Text

ActorKind = Literal["alliance", "organization", "state", "group", "institution", "person"]


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
    locator: NotRequired[Annotated[Locator, Field("The place in the source.")]]


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

    id: Annotated[Id, Field("Unique across actors, claims and sources.", None, "asean")]
    name: Annotated[
        Text,
        Field("The full name.", example="Association of Southeast Asian Nations", search="text"),
    ]
    short: NotRequired[
        Annotated[Text, Field("The short name used in tables.", example="ASEAN", search="text")]
    ]
    kind: Annotated[ActorKind, Field("The kind of actor.", filter="Actors of this kind")]
    aliases: NotRequired[
        Annotated[
            list[Text], Field("Other names that people type.", example="东盟", search="text")
        ]
    ]
    member_of: NotRequired[
        Annotated[
            list[Id | Tie],
            Field(
                "Actors it is a member of.",
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
        Annotated[list[Citation], Field("The sources of the above.", refers="source")]
    ]
    former_ids: NotRequired[FormerIds]
