"""A source, as a CSL 1.0.2 item: what Zotero and Pandoc read and write as CSL-YAML."""

from functools import cache
from typing import Annotated, Any, NotRequired, TypedDict

from explore.model.csl_parts import AnyDate, CslName, SourceType
from explore.model.fields import Field, FormerIds, Id, Text

Record = dict[str, Any]

Source = TypedDict(
    "Source",
    {
        "id": Annotated[
            Id, Field("Unique across actors, claims and sources.", example="asean-charter")
        ],
        "type": Annotated[SourceType, Field("The CSL type of the document.", example="report")],
        "title": Annotated[Text, Field("Its title.", example="ASEAN Charter", search="text")],
        "author": NotRequired[Annotated[list[CslName], Field("Who wrote it.")]],
        "chair": NotRequired[Annotated[list[CslName], Field("Who chaired the session.")]],
        "collection-editor": NotRequired[Annotated[list[CslName], Field("Who edits the series.")]],
        "compiler": NotRequired[Annotated[list[CslName], Field("Who compiled it.")]],
        "composer": NotRequired[Annotated[list[CslName], Field("Who composed it.")]],
        "container-author": NotRequired[
            Annotated[list[CslName], Field("The author of the work it is part of.")]
        ],
        "contributor": NotRequired[Annotated[list[CslName], Field("Who contributed to it.")]],
        "curator": NotRequired[Annotated[list[CslName], Field("Who curated it.")]],
        "director": NotRequired[Annotated[list[CslName], Field("Who directed it.")]],
        "editor": NotRequired[Annotated[list[CslName], Field("Who edited it.")]],
        "editorial-director": NotRequired[
            Annotated[list[CslName], Field("The editorial director.")]
        ],
        "executive-producer": NotRequired[
            Annotated[list[CslName], Field("The executive producer.")]
        ],
        "guest": NotRequired[Annotated[list[CslName], Field("The guest.")]],
        "host": NotRequired[Annotated[list[CslName], Field("Who hosts it.")]],
        "illustrator": NotRequired[Annotated[list[CslName], Field("The illustrator.")]],
        "interviewer": NotRequired[Annotated[list[CslName], Field("The interviewer.")]],
        "narrator": NotRequired[Annotated[list[CslName], Field("The narrator.")]],
        "organizer": NotRequired[Annotated[list[CslName], Field("Who organized the event.")]],
        "original-author": NotRequired[Annotated[list[CslName], Field("Who wrote the original.")]],
        "performer": NotRequired[Annotated[list[CslName], Field("The performer.")]],
        "producer": NotRequired[Annotated[list[CslName], Field("Who produced it.")]],
        "recipient": NotRequired[Annotated[list[CslName], Field("Who received it.")]],
        "reviewed-author": NotRequired[
            Annotated[list[CslName], Field("The author of the work reviewed.")]
        ],
        "script-writer": NotRequired[Annotated[list[CslName], Field("Who wrote its script.")]],
        "series-creator": NotRequired[Annotated[list[CslName], Field("Who created the series.")]],
        "translator": NotRequired[Annotated[list[CslName], Field("Who translated it.")]],
        "accessed": NotRequired[
            Annotated[AnyDate, Field("When it was accessed.", example="2026-11-23")]
        ],
        "available-date": NotRequired[
            Annotated[AnyDate, Field("When it became available.", example="2024-08-07")]
        ],
        "event-date": NotRequired[
            Annotated[AnyDate, Field("When the event took place.", example="2023-09-05")]
        ],
        "issued": NotRequired[
            Annotated[AnyDate, Field("When it was issued.", example="2024-08-07")]
        ],
        "original-date": NotRequired[
            Annotated[AnyDate, Field("When the original was issued.", example="1967")]
        ],
        "submitted": NotRequired[
            Annotated[AnyDate, Field("When it was submitted.", example="2024-05")]
        ],
        "abstract": NotRequired[
            Annotated[
                str, Field("Its abstract.", example="The article looks at …", search="notes")
            ]
        ],
        "annote": NotRequired[
            Annotated[str, Field("The curator's notes on it.", example="Read in full.")]
        ],
        "archive": NotRequired[
            Annotated[
                str, Field("The archive that keeps it.", example="National Archives of Singapore")
            ]
        ],
        "archive-place": NotRequired[
            Annotated[str, Field("Where the archive is.", example="Singapore")]
        ],
        "archive_collection": NotRequired[
            Annotated[str, Field("The collection in the archive.", example="Speeches")]
        ],
        "archive_location": NotRequired[
            Annotated[str, Field("Where in the archive it is.", example="Box 12")]
        ],
        "authority": NotRequired[
            Annotated[str, Field("The body that issued it.", example="Supreme Court")]
        ],
        "call-number": NotRequired[
            Annotated[str, Field("Its library call number.", example="DS525.9 .A9")]
        ],
        "citation-key": NotRequired[
            Annotated[str, Field("The key it is cited by elsewhere.", example="sun2024")]
        ],
        "collection-title": NotRequired[
            Annotated[str, Field("The series it is part of.", example="Policy Papers")]
        ],
        "container-title": NotRequired[
            Annotated[
                str,
                Field(
                    "The newspaper, journal, book or site it appeared in.",
                    example="China Daily Global",
                    search="notes",
                ),
            ]
        ],
        "container-title-short": NotRequired[
            Annotated[str, Field("Short form of the container title.", example="CDG")]
        ],
        "dimensions": NotRequired[Annotated[str, Field("Its size or length.", example="90 min")]],
        "division": NotRequired[
            Annotated[
                str, Field("The division of the body that issued it.", example="First Chamber")
            ]
        ],
        "DOI": NotRequired[
            Annotated[str, Field("Its DOI, without https://doi.org/.", example="10.1000/182")]
        ],
        "edition-text": NotRequired[
            Annotated[str, Field("Its edition, in words.", example="revised")]
        ],
        "event-place": NotRequired[
            Annotated[str, Field("Where the event took place.", example="Jakarta")]
        ],
        "event-title": NotRequired[
            Annotated[str, Field("The event it belongs to.", example="43rd ASEAN Summit")]
        ],
        "genre": NotRequired[
            Annotated[str, Field("Its genre, such as press release.", example="Press release")]
        ],
        "ISBN": NotRequired[Annotated[str, Field("Its ISBN.", example="978-92-9122-001-2")]],
        "ISSN": NotRequired[
            Annotated[str, Field("The ISSN of its journal or series.", example="0959-5759")]
        ],
        "journalAbbreviation": NotRequired[
            Annotated[str, Field("The abbreviated title of its journal.", example="Int. Aff.")]
        ],
        "jurisdiction": NotRequired[Annotated[str, Field("The jurisdiction.", example="Japan")]],
        "keyword": NotRequired[
            Annotated[
                str, Field("Keywords, separated by commas.", example="centrality, alliances")
            ]
        ],
        "language": NotRequired[
            Annotated[str, Field("Its language, as a BCP 47 tag.", example="en")]
        ],
        "license": NotRequired[Annotated[str, Field("Its license.", example="CC-BY-4.0")]],
        "medium": NotRequired[Annotated[str, Field("Its medium.", example="Video")]],
        "note": NotRequired[
            Annotated[
                str,
                Field("Any other remark.", example="The copy is from the web archive."),
            ]
        ],
        "original-publisher": NotRequired[
            Annotated[str, Field("Who published the original.", example="Penguin")]
        ],
        "original-publisher-place": NotRequired[
            Annotated[str, Field("Where the original was published.", example="London")]
        ],
        "original-title": NotRequired[
            Annotated[str, Field("The title of the original.", example="东盟")]
        ],
        "part-title": NotRequired[
            Annotated[str, Field("The title of the part.", example="Part One")]
        ],
        "PMCID": NotRequired[
            Annotated[str, Field("Its PubMed Central id.", example="PMC1234567")]
        ],
        "PMID": NotRequired[Annotated[str, Field("Its PubMed id.", example="12345678")]],
        "publisher": NotRequired[
            Annotated[str, Field("Who published it.", example="ASEAN Secretariat")]
        ],
        "publisher-place": NotRequired[
            Annotated[str, Field("Where it was published.", example="Jakarta")]
        ],
        "references": NotRequired[
            Annotated[str, Field("Works it refers to.", example="Treaty of Amity")]
        ],
        "reviewed-genre": NotRequired[
            Annotated[str, Field("The genre of the work reviewed.", example="Book")]
        ],
        "reviewed-title": NotRequired[
            Annotated[str, Field("The title of the work reviewed.", example="A History of NATO")]
        ],
        "scale": NotRequired[Annotated[str, Field("The scale of a map.", example="1:50,000")]],
        "section": NotRequired[
            Annotated[str, Field("The section it appeared in.", example="Opinion")]
        ],
        "shortTitle": NotRequired[
            Annotated[
                str, Field("Its short title (Zotero's name for title-short).", example="The Turn")
            ]
        ],
        "source": NotRequired[
            Annotated[str, Field("Where the reference came from.", example="Zotero")]
        ],
        "status": NotRequired[
            Annotated[str, Field("Its publication status, such as in press.", example="in press")]
        ],
        "title-short": NotRequired[Annotated[str, Field("Its short title.", example="The Turn")]],
        "URL": NotRequired[
            Annotated[str, Field("Its address.", example="https://example.org/article")]
        ],
        "version": NotRequired[Annotated[str, Field("Its version.", example="2.1")]],
        "volume-title": NotRequired[
            Annotated[str, Field("The title of the volume.", example="Documents 1967")]
        ],
        "volume-title-short": NotRequired[
            Annotated[str, Field("Short form of the container title.", example="Doc. 1967")]
        ],
        "year-suffix": NotRequired[
            Annotated[
                str, Field("The letter that distinguishes sources of the same year.", example="a")
            ]
        ],
        "chapter-number": NotRequired[
            Annotated[str, Field("The number of the chapter.", example="3")]
        ],
        "citation-number": NotRequired[
            Annotated[str, Field("Its number in a list.", example="7")]
        ],
        "collection-number": NotRequired[
            Annotated[str, Field("Its number in the series.", example="12")]
        ],
        "edition": NotRequired[Annotated[str, Field("Its edition.", example="2")]],
        "issue": NotRequired[Annotated[str, Field("The issue it is in.", example="4")]],
        "locator": NotRequired[Annotated[str, Field("The place in the source.", example="p. 12")]],
        "number": NotRequired[
            Annotated[
                str, Field("Its number, such as that of a report or law.", example="A/RES/77/1")
            ]
        ],
        "number-of-pages": NotRequired[
            Annotated[str, Field("How many pages it has.", example="240")]
        ],
        "number-of-volumes": NotRequired[
            Annotated[str, Field("How many volumes it has.", example="3")]
        ],
        "page": NotRequired[Annotated[str, Field("The pages it appeared on.", example="12-14")]],
        "page-first": NotRequired[Annotated[str, Field("Its first page.", example="12")]],
        "part-number": NotRequired[Annotated[str, Field("The number of the part.", example="2")]],
        "printing-number": NotRequired[
            Annotated[str, Field("The number of the printing.", example="3")]
        ],
        "supplement-number": NotRequired[
            Annotated[str, Field("The number of the supplement.", example="1")]
        ],
        "volume": NotRequired[Annotated[str, Field("The volume it is in.", example="100")]],
        "former_ids": NotRequired[FormerIds],
    },
)


@cache
def name_fields() -> frozenset[str]:
    """Return the fields that hold names of people."""
    return frozenset(
        name for name, hint in Source.__annotations__.items() if "CslName" in str(hint)
    )


@cache
def date_fields() -> frozenset[str]:
    """Return the fields that hold dates."""
    return frozenset(
        name for name, hint in Source.__annotations__.items() if "CslDate" in str(hint)
    )


def renewed(source: Record) -> Record:
    """Return the fields that a source has, under the newer of two names that CSL has for one."""
    found = {name: value for name, value in source.items() if value}
    for old, new in (
        ("shortTitle", "title-short"),
        ("journalAbbreviation", "container-title-short"),
    ):
        if old in found and new not in found:
            found[new] = found.pop(old)
    return found
