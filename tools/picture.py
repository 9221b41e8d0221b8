"""Draw the picture of the README: what the program prints, as SVG.

Run `python tools/picture.py` after a change of how claims look; a test compares the text.
"""

import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

import explore
from explore.analysis.summaries import summaries
from explore.terminal import claims
from explore.terminal.screen import Screen

PICTURE = Path(__file__).parent.parent / "docs" / "claims.svg"
COMMAND = "explore claims --about asean --role threat"
WIDTH, CLAIMS = 92, 8


def main() -> None:
    """Write the picture."""
    screen = Screen("always")
    screen.width = WIDTH
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    with explore.open() as corpus:
        found = corpus.claims(about="asean", role="threat", limit=CLAIMS)
        shown = summaries(corpus.index, found)
    console.print(Text(f"$ {COMMAND} --limit {len(found)}", "bold"))
    for row in claims.show(shown, screen):
        console.print(Text.from_ansi(row.rstrip("\n")))
    PICTURE.write_text(console.export_svg(title="explore", unique_id="explore"))


if __name__ == "__main__":
    main()
