"""The five links between claims, declared once: names, words, colors and marks.

The names are those of CiTO, the Citation Typing Ontology (supports, disputes, qualifies,
givesBackgroundTo, repliesTo).
"""

from typing import Annotated, NamedTuple, NotRequired, TypedDict

from explore.model.fields import Field, Id, Text


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


Link = Id | NotedLink


class LinkType(NamedTuple):
    """A type of link from one claim to another.

    Attributes:
        field: the field of the claim that links, in YAML and JSON.
        inverse: the derived field of the claim at the other end, in JSON.
        words: what the first claim does, before the second: "supports".
        inverse_words: the same from the other end: "supported by".
        counted: how many claims do it, for one and for several, with `{}` for the number.
        color: one of the sixteen colors of a terminal, or `dim`.
        mark: one character, for rails and lists.
    """

    field: str
    inverse: str
    words: str
    inverse_words: str
    counted: tuple[str, str]
    color: str
    mark: str

    def count_in_words(self, number: int) -> str:
        """Return a count in words, such as `3 support it`."""
        return self.counted[number != 1].format(f"{number:,}")


LINK_TYPES = (
    LinkType(
        "supports",
        "supported_by",
        "supports",
        "supported by",
        ("{} supports it", "{} support it"),
        "green",
        "+",
    ),
    LinkType(
        "disputes",
        "disputed_by",
        "disputes",
        "disputed by",
        ("{} disputes it", "{} dispute it"),
        "red",
        "−",
    ),
    LinkType(
        "qualifies",
        "qualified_by",
        "qualifies",
        "qualified by",
        ("{} qualifies it", "{} qualify it"),
        "yellow",
        "~",
    ),
    LinkType(
        "background_to",
        "background_from",
        "background to",
        "background from",
        ("{} gives background", "{} give background"),
        "dim",
        "·",
    ),
    LinkType(
        "responds_to",
        "answered_by",
        "responds to",
        "answered by",
        ("{} responds to it", "{} respond to it"),
        "blue",
        ">",
    ),
)

# By the field of the claim that links.
LINK_TYPE = {link.field: link for link in LINK_TYPES}
LINKS: tuple[str, ...] = tuple(LINK_TYPE)
# The derived field at the other end, by the field that links.
INVERSE = {link.field: link.inverse for link in LINK_TYPES}
# What others say to a claim, in the order in which a reader is shown it: disputes first, as the
# claim itself has spoken already.
READING_ORDER = tuple(
    LINK_TYPE[name]
    for name in ("disputes", "qualifies", "supports", "background_to", "responds_to")
)


def link_target(link: str | NotedLink) -> str:
    """Return the id at the other end of a link, in its short or its long form."""
    return link if isinstance(link, str) else link["claim"]


def link_note(link: str | NotedLink) -> str | None:
    """Return the note of a link, if it has one."""
    return None if isinstance(link, str) else link.get("note")
