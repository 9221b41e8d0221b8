"""Characters that are not seen, in HTML, XML and Markdown: by their number, as `&#8238;`."""

import re

from explore.escaping import visible

# What no page may hold, not even by number: controls but tab, line feed and carriage return,
# halves of characters, and what is no character.
_BARRED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (65534, 65535)
    )
    + "]"
)
# What could steer a screen or an editor: carriage returns, separators of lines, bidirectional and
# other format characters, tags. Joiners belong to letters and stay.
HIDDEN = re.compile(
    "[\r\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def holdable(text: str) -> str:
    r"""Return a text as a page can hold it: what it cannot is written visibly, as `\x1b`."""
    return text if text.isprintable() else _BARRED.sub(lambda found: visible(found[0]), text)


def hidden_by_number(text: str) -> str:
    """Return a text with its hidden characters as references, which mean the same."""
    return text if text.isprintable() else HIDDEN.sub(by_number, text)


def by_number(found: re.Match[str]) -> str:
    """Return what was found as references, a character each."""
    return "".join(f"&#{ord(char)};" for char in found[0])
