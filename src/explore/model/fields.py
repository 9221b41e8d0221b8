"""What the fields of records are declared with."""

from typing import Annotated, Any, NamedTuple, NotRequired, get_args, get_origin


class Field(NamedTuple):
    """What a field means, beyond its type.

    Attributes:
        doc: one sentence for people, shown by editors and the reference page.
        pattern: a regular expression that the text must match.
        example: a value as a curator would type it.
        least: how many entries a list must have, or the least that a number may be.
    """

    doc: str
    pattern: str | None = None
    example: str | None = None
    least: int | None = None


def strict(pattern: str) -> str:
    """Give a pattern for Python, whose `$` lets a line break pass that JSON Schema's refuses."""
    return pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, Field("An id: lower-case letters, digits and hyphens.", ID_PATTERN, "asean")]
Text = Annotated[str, Field("Text, not empty.", r"\S")]
# A text where it is a range; a field that holds one says so with its own declaration.
Paragraphs = Annotated[
    int | str, Field("A number, or a range such as 3-4.", r"^[0-9]+(-[0-9]+)?$", "8", 0)
]
EdtfDate = Annotated[str, Field("An ISO 8601 date; a year or a month will do.", None, "2022-06")]


def is_range(hint: Any) -> bool:
    """Whether a declared type holds a number or a range of numbers."""
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    return getattr(hint, "__metadata__", ())[:1] == get_args(Paragraphs)[1:]
