"""A corpus as other programs read it: one module a format, each with `write`.

A text format has `write(index, options)`, which yields its text; one of files has `write(index,
options, path)`, which writes them at a path that does not exist yet. One of a folder also has
`FILES`, the names of all files that it may write.
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
    """The options of an export.

    Attributes:
        of: what a graph shows.
        raw: whether cells of CSV are written as they are, even if a spreadsheet would run them.
        limit: maximum number of nodes of a graph, 0 for all; None for the default of the format.
        note: called with remarks for the user, such as what a format leaves out.
    """

    of: Graph = "argument"
    raw: bool = False
    limit: int | None = None
    note: Callable[[str], None] = lambda _: None


class Format(NamedTuple):
    """A format: whether it is a text, a file or a folder, and what it is for."""

    shape: Shape
    description: str


FORMATS = {
    "sqlite": Format("file", "tables, links, views and full-text search"),
    "datasette": Format("folder", "SQLite database with metadata for Datasette"),
    "csv": Format("folder", "CSV files and a Frictionless datapackage.json"),
    "jsonl": Format("text", "one record per line"),
    "parquet": Format("folder", "tables for DuckDB, Spark and the like"),
    "yaml": Format("folder", "the corpus as YAML, one file per record type"),
    "dot": Format("text", "a graph for Graphviz"),
    "mermaid": Format("text", "a graph for Mermaid"),
    "graphml": Format("text", "a graph for NetworkX, Gephi and yEd"),
    "jsonld": Format("text", "linked data in schema.org terms"),
    "argdown": Format("text", "the argument in Argdown"),
    "markdown": Format("text", "a brief to share"),
    "html": Format("text", "the brief as one web page, ready to print"),
    "bibtex": Format("text", "the sources"),
    "ris": Format("text", "the sources"),
    "csl-json": Format("text", "the sources"),
}

TextWriter = Callable[["Index", Options], Iterator[str]]
FileWriter = Callable[["Index", Options, Path], None]


def text_writer(name: str) -> TextWriter:
    """Return the function that writes a text format."""
    write: TextWriter = import_module(_module(name)).write
    return write


def file_writer(name: str) -> FileWriter:
    """Return the function that writes the files of a format."""
    write: FileWriter = import_module(_module(name)).write
    return write


def file_names(name: str) -> tuple[str, ...]:
    """Return the files that a format of a folder may have; none for a format of one file."""
    names: tuple[str, ...] = getattr(import_module(_module(name)), "FILES", ())
    return names


def _module(name: str) -> str:
    return f"explore.exporting.to_{name.replace('-', '_')}"
