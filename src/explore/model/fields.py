"""What the fields of records are declared with."""

from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, get_args, get_origin

RecordType = Literal["actor", "claim", "source"]
# How full-text search weighs a field: what a record says, or what is noted beside it.
SearchWeight = Literal["text", "notes", "names"]


class Field(NamedTuple):
    """What a field means, beyond its type. Everything else about it is derived from this.

    Attributes:
        doc: one sentence for people, shown by editors and the reference page.
        pattern: a regular expression that the text must match.
        example: a value as a curator would type it.
        least: the minimum number of entries of a list, or the minimum of a number.
        refers: the type of the record whose id it holds.
        filter: what the option that filters by it shows, such as "Made by this actor"; a field
            without it is not a filter.
        option: the name of that option and of the filter in Python, if it is not the field's own.
        search: how full-text search weighs it; `names` if it is searched by the names of the
            record that it refers to, None if it is not searched.
    """

    doc: str
    pattern: str | None = None
    example: str | None = None
    least: int | None = None
    refers: RecordType | None = None
    filter: str = ""
    option: str = ""
    search: SearchWeight | None = None


def strict(pattern: str) -> str:
    r"""Return a pattern for Python whose end matches as `$` does in JSON Schema.

    Python's `$` also matches before a final line break; `\Z` does not.
    """
    return pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, Field("An id: lowercase letters, digits and hyphens.", ID_PATTERN, "asean")]
Text = Annotated[str, Field("Text that is not empty.", r"\S")]
FormerIds = Annotated[
    list[Id], Field("Its former ids, by which it is still found.", example="turn-is-interference")
]
# A text if it is a range; a field that has one says so with its own declaration.
Paragraphs = Annotated[
    int | str, Field("A number, or a range such as 3-4.", r"^[0-9]+(-[0-9]+)?$", "8", 0)
]
EdtfDate = Annotated[str, Field("An ISO 8601 date; a year or a month is enough.", None, "2022-06")]


@cache
def is_range(hint: Any) -> bool:
    """Whether a declared type is a number or a range of numbers."""
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    return getattr(hint, "__metadata__", ())[:1] == get_args(Paragraphs)[1:]
