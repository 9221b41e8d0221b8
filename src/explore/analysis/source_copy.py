"""A reader's own copy of a source as paragraphs, and words compared as a reader would."""

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
)
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "div", "figcaption"}
_UNREAD = {"script", "style", "head", "nav", "template", "noscript"}


def plain(text: str) -> str:
    """Set aside what copies differ in: curly quotes, dashes, line breaks, invisible blanks."""
    spelled = unicodedata.normalize("NFKC", text.translate(_PLAIN))
    return " ".join(spelled.translate(_PLAIN).split())


def paragraphs(path: Path) -> list[str]:
    """Read a text or HTML file as its blocks, each normalized by `plain`.

    Blank lines separate the blocks of a text; without any, each line is a block.

    Raises:
        OSError: if the file cannot be read.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix.lower() in {".html", ".htm", ".xhtml"} or text.lstrip()[:1] == "<":
        page = _Page()
        page.feed(text)
        page.close()
        blocks = page.blocks
    else:
        blocks = re.split(r"\n\s*\n", text.strip())
        if len(blocks) == 1:
            blocks = text.splitlines()
    return [block for block in map(plain, blocks) if block]


class _Page(HTMLParser):
    """Collects the text of a page, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.unread += tag in _UNREAD
        if tag in _BLOCKS:
            self.blocks.append("")
        elif tag == "br":
            self.blocks[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in _UNREAD and self.unread > 0
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.blocks[-1] += data
