"""The floor: the program that somebody writes in ten minutes to print the same rows.

python benchmarks/floor.py show ROWS.json [--rows N]
"""

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def show(rows: Path, limit: int = 0) -> None:
    """Print rows as a table."""
    found = json.loads(rows.read_text())
    table = Table("id", "claim", "kind", "said by", "source")
    for row in found[: limit or None]:
        table.add_row(row["id"], row["text"], row["kind"], ", ".join(row["by"]), row["source"])
    Console().print(table)


@app.command()
def other() -> None:
    """Make the program one with commands."""


if __name__ == "__main__":
    app()
