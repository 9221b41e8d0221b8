"""A corpus as other programs read it: one module a format, each with `write`.

A text format yields its text; `write(index, options)`. A format of files makes them at a path
that does not exist yet; `write(index, options, path)`. One of a folder also has `FILES`, the names
of all files that it may make.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from explore.index.queries import Index

Graph = Literal["actors", "argument", "responses"]
Shape = Literal["text", "file", "folder"]


class Options(NamedTuple):
    """What a person may choose of an export.

    Attributes:
        of: what a graph shows.
        raw: whether cells of CSV stay as they are, even if a spreadsheet would run them.
        limit: the most nodes of a graph, 0 for all; None leaves it to the format.
        tell: takes what is said beside the export, such as what a format leaves out.
    """

    of: Graph = "argument"
    raw: bool = False
    limit: int | None = None
    tell: Callable[[str], None] = lambda _: None


class Format(NamedTuple):
    """A format: what it is made of, and what it is for."""

    shape: Shape
    told: str


FORMATS = {
    "sqlite": Format("file", "tables, links, views and full-text search"),
    "datasette": Format("folder", "the same with the metadata that Datasette shows"),
    "csv": Format("folder", "CSV files and a Frictionless datapackage.json"),
    "jsonl": Format("text", "a record a line"),
    "parquet": Format("folder", "tables for DuckDB, Spark and the like"),
    "yaml": Format("folder", "a corpus again, in one file for each type"),
    "dot": Format("text", "a graph for Graphviz"),
    "mermaid": Format("text", "a graph for Mermaid"),
    "graphml": Format("text", "a graph for NetworkX, Gephi and yEd"),
    "jsonld": Format("text", "schema.org claims, as linked data"),
    "argdown": Format("text", "the argument in Argdown"),
    "markdown": Format("text", "a brief to hand on"),
    "html": Format("text", "the brief as one page, for a browser or the printer"),
    "bibtex": Format("text", "the sources"),
    "ris": Format("text", "the sources"),
    "csl-json": Format("text", "the sources"),
}

TextWriter = Callable[["Index", Options], Iterator[str]]
FileWriter = Callable[["Index", Options, Path], None]


def text_writer(name: str) -> TextWriter:
    """Give the function that writes a text format."""
    write: TextWriter = import_module(_module(name)).write
    return write


def file_writer(name: str) -> FileWriter:
    """Give the function that makes the files of a format."""
    write: FileWriter = import_module(_module(name)).write
    return write


def file_names(name: str) -> tuple[str, ...]:
    """Return the files that a format of a folder may have; none for a format of one file."""
    names: tuple[str, ...] = getattr(import_module(_module(name)), "FILES", ())
    return names


def _module(name: str) -> str:
    return f"explore.exporting.to_{name.replace('-', '_')}"
