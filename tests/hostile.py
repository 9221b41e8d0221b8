"""A small corpus in which every text is hostile to some format, and arbitrary ones."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from explore.corpus.write import dumped, mapping

if TYPE_CHECKING:
    from explore.model.fields import RecordType
    from explore.model.records import Record

TEXTS = [
    "\"quoted\" 'single' `tick`",
    "<b>&amp; </script><!-- --> ]]>",
    "back\\slash \\l \\n %s {0} ${x}",
    "[bold]red[/bold] :smile: **md** _md_ # h",
    "a; b, c | d\ttab\nline two\r\nthree",
    "esc \x1b[31m bell \x07 bidi \u202e zero\u200bwidth \ufeff nul-like \x01",
    "emoji 😀👨\u200d👩\u200d👧 wide 北约 アセアン عربي",
    "=1+1 @SUM(A1) +x -y",
    "x" * 10_000,
    "+> -> <- [[a]] <a> #tag @{x} /* c */ // d",
    'end "]; } --> n1["x"]',
    "%% comment %%{init: {}}%% subgraph end",
]

# As people write: joiners, two directions, marks, and what some format takes for its own.
SCRIPTS = [
    "می\u200cخواهم a\tb",
    "क्\u200dष श्री\u200cमान",
    "👨\u200d👩\u200d👧‍👦 🏳️\u200d🌈",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\u200fשלום (עולם)\u200e, 3%",
    "lone { brace } and [ bracket ( )",
    "one\r\ntwo\n\n- three\rfour",
    "\tled by a tab, ended by one\t",
    "  two blanks  within and around  ",
    "a_b *c* `d` ~~e~~ <f> &amp; #g $h$ |i| \\j =k +l -m @n",
    "1. not a list",
    "- not a list",
    "=cmd|' /C calc'!A0;=1;+2",
    "e\u0301 é ﬁ Å 𝔘 北約 ไทย\u200bไทย",
]


def on_a_page(text: str, more: str = "\x7f-\x9f") -> str:
    """Return a text as HTML holds it, or with less barred XML: what it cannot, by its code."""
    barred = f"[\x00-\x08\x0b\x0c\x0e-\x1f{more}]"

    def told(found: "re.Match[str]") -> str:
        return f"\\x{ord(found[0]):02x}" if found[0] < "\xff" else found[0]

    return re.sub(barred, told, text)


def corpus(folder: Path, texts: list[str]) -> Path:
    """Write a corpus with a claim for each text, each link noted with the text."""
    folder.mkdir(parents=True, exist_ok=True)
    actors = [
        {"id": f"a{n}", "name": text, "kind": "state", "description": text, "aliases": [text]}
        for n, text in enumerate(texts)
    ]
    sources = [
        {"id": f"s{n}", "type": "book", "title": text, "author": [{"literal": text}], "note": text}
        for n, text in enumerate(texts)
    ]
    claims = [
        {
            "id": f"c{n}",
            "text": text,
            "kind": "fact",
            "role": "thesis" if n == 0 else "evidence",
            "by": [f"a{n}"],
            "about": ["a0"],
            "source": f"s{n}",
            "locator": {"section": text},
            "quote": text,
            "note": text,
            **({"disputes": [{"claim": "c0", "note": text}]} if n else {}),
        }
        for n, text in enumerate(texts)
    ]
    files: dict[RecordType, list[Record]] = {"actor": actors, "source": sources, "claim": claims}
    for kind, records in files.items():
        text = "".join(dumped(kind, records))
        (folder / f"{kind}s.yaml").write_text(text, encoding="utf-8", newline="")
    info = mapping({"title": texts[0], "description": texts[0]})
    (folder / "corpus.yaml").write_text(info, encoding="utf-8", newline="")
    return folder


# Texts as records may hold them: not blank, and no lone surrogates.
ANY_TEXTS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=20).filter(
        lambda text: bool(text.strip())
    ),
    min_size=1,
    max_size=4,
)
