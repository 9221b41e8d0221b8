"""Draw the picture of the README: the program's own console, exported as SVG.

Run `python tools/picture.py` after a change of how claims look; a test compares the text.
"""

from pathlib import Path

from rich.text import Text

from explore.corpus.files import find
from explore.index.queries import Index
from explore.index.store import open_index
from explore.model.query import Query
from explore.terminal import claims
from explore.terminal.screen import Screen

PICTURE = Path(__file__).parent.parent / "docs" / "claims.svg"
COMMAND = "explore claims --about asean --role threat"


def main() -> None:
    """Write the picture."""
    screen = Screen("always")
    screen.width = 92
    console = screen.console(record=True)
    index = Index(open_index(find(None)))
    found = list(index.claims(Query(about=("asean",), role=("threat",), limit=8)))
    console.print(Text(f"$ {COMMAND} --limit {len(found)}", "bold"))
    for table in claims.show(index, found, screen):
        console.print(table)
    PICTURE.write_text(console.export_svg(title="explore", unique_id="explore"))


if __name__ == "__main__":
    main()
