"""The types, names and dates that a source of CSL is made of."""

from typing import Annotated, Literal, NotRequired, TypedDict

from explore.model.fields import EdtfDate, Field

SourceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]


CslName = TypedDict(
    "CslName",
    {
        "family": NotRequired[Annotated[str, Field("The family name.", example="Sun")]],
        "given": NotRequired[Annotated[str, Field("The given names.", example="Chenghao")]],
        "literal": NotRequired[
            Annotated[
                str,
                Field(
                    "A name that is not split, such as an organization's.",
                    example="ASEAN Secretariat",
                ),
            ]
        ],
        "suffix": NotRequired[Annotated[str, Field("A suffix.", example="Jr.")]],
        "dropping-particle": NotRequired[
            Annotated[str, Field("A particle that sorting ignores.", example="de")]
        ],
        "non-dropping-particle": NotRequired[
            Annotated[str, Field("A particle that sorting includes.", example="van")]
        ],
    },
)

CslDate = TypedDict(
    "CslDate",
    {
        "date-parts": NotRequired[
            Annotated[list[list[int]], Field("Year, month and day; two lists for a range.")]
        ],
        "season": NotRequired[Annotated[str, Field("The season.", example="spring")]],
        "circa": NotRequired[
            Annotated[str, Field("Whether the date is approximate.", example="true")]
        ],
        "literal": NotRequired[Annotated[str, Field("A date in words.", example="early 2024")]],
        "raw": NotRequired[Annotated[str, Field("The date as found.", example="7 Aug 2024")]],
    },
)

# A date is EDTF text, as Pandoc writes it, or CSL-JSON's structure.
AnyDate = EdtfDate | CslDate
