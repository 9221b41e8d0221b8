"""What the fields of records are declared with."""

from typing import Annotated, NamedTuple


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
EdtfDate = Annotated[str, Field("An ISO 8601 date; a year or a month will do.", None, "2022-06")]
