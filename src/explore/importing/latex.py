r"""The text that the value of a BibTeX field stands for.

Most values are plain, so a value is looked at only where it has a character that LaTeX acts on. An
unescaped `%`, `&`, `#` or `_` is itself: BibTeX has no comments inside values, and people type
"100% of members". A command that is not known stays as it was written.
"""

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache

# Zero-width combining characters by the accent command that stands for them.
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "h": "\u0309",
    "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "G": "\u030f",
    "U": "\u030e", "f": "\u0311",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "SS": "ẞ",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{",
    "rbrace": "}", "backslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "sim": "~",
    "textdollar": "$", "textunderscore": "_", "textampersand": "&", "textpercent": "%",
    "textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`", "textgreater": ">",
    "textless": "<", "textbar": "|", "textasciimacron": "¯", "ldots": "…", "dots": "…",
    "textellipsis": "…", "newline": "\n", "par": "\n\n", "slash": "/", "textnumero": "№",
    "quad": " ", "qquad": " ", "space": " ", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "guillemotleft": "«",
    "textquotedblright": "”", "guillemotright": "»", "textcopyright": "©", "copyright": "©",
    "textregistered": "®", "texttrademark": "™", "pounds": "£", "textsterling": "£",
    "texteuro": "€", "euro": "€", "textdegree": "°", "textmu": "µ", "S": "§", "P": "¶",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "times": "×", "rightarrow": "→",
}  # fmt: skip
# Commands that only say how their argument looks.
_STYLES = frozenset((
    "textit", "emph", "textbf", "textsc", "textrm", "textsf", "texttt", "textsl", "textup",
    "textnormal", "textmd", "text", "mbox", "hbox", "mathrm", "mathit", "mathbf", "mathsf",
    "mathcal", "mathbb", "ensuremath", "underline", "uline", "noopsort", "relax", "protect",
    "it", "bf", "em", "sc", "rm", "sf", "tt", "sl", "small", "bgroup", "egroup", "left",
    "right", "mkbibemph", "mkbibquote", "mkbibitalic", "mkbibbold", "bibstring", "nocase",
    "selectfont",
))  # fmt: skip
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SCRIPTS = {"^": _RAISED, "_": _LOWERED, "textsuperscript": _RAISED, "textsubscript": _LOWERED}

# Anything without one of these is as it stands.
_ACTIVE = re.compile(r"[\\~$]|--|``|''")
_BRACES = str.maketrans("", "", "{}")
# The first line only makes the search quick: each token begins with one of these.
_TOKEN = re.compile(
    r"(?=[\\${}~`'-])(?:"
    r"\\(?:url|path|nolinkurl)\s*\{(?P<address>[^{}]*)\}"
    r"|\\href\s*\{(?P<target>[^{}]*)\}\s*\{(?P<linked>(?:[^{}]|\{[^{}]*\})*)\}"
    r"|\\(?:symbol|char)\s*\{?(?P<code>\d+)\}?"
    r"|\\(?P<script>textsuperscript|textsubscript)\s*\{(?P<scripted>[^{}\\]*)\}"
    r"|\\enquote\*?\s*\{(?P<quoted>(?:[^{}]|\{[^{}]*\})*)\}"
    r"|\\(?P<accent>[`'^~=.\"]|[uvHcdbkrtGUfh](?![A-Za-z]))\s*(?:\{\s*)?"
    r"(?P<letter>\\[ij](?![A-Za-z])|[^\W\d_])(?:\{\})?"
    r"|\\(?P<bare>[`'^~=.\"])(?:\{\})?"
    r"|\\(?P<command>[A-Za-z]+)\*?(?P<after>\s*\{\}|[ \t]*)"
    r"|\\(?P<escaped>[%&#_${}])"
    r"|\\\\(?P<line>\*?(?:\[[^\]]*\])?)"
    r"|\\(?P<space>[ \t\n,;:!/@-])"
    r"|(?<!\\)\$(?P<math>(?:[^$\\]|\\.)+)\$"
    r"|(?P<dashes>---?)(?!-)|(?P<quotes>``|'')|(?P<tie>~)|(?P<brace>[{}]))",
    re.DOTALL,
)
# What shows that text between two dollars is mathematics and no price.
_MATH = re.compile(r"[\\^_{]|^[A-Za-z]$")
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\w))")
_PLAIN = {"---": "—", "--": "–", "``": "“", "''": "”"}
_BLANKS = " \t\r\n"


def decoded(value: str) -> str:
    """Return the text of a LaTeX value; as in TeX, a line end is a blank, and two a paragraph."""
    value = value.strip(_BLANKS)
    if "\n" in value:
        value = _unwrapped(value)
    if _ACTIVE.search(value):
        return _TOKEN.sub(_text, value)
    return value.translate(_BRACES) if "{" in value or "}" in value else value


def _unwrapped(value: str) -> str:
    paragraphs: list[list[str]] = [[]]
    for line in value.split("\n"):
        if words := line.strip(_BLANKS):
            paragraphs[-1].append(words)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join(" ".join(lines) for lines in paragraphs)


def _text(found: re.Match[str]) -> str:
    """Return what a token stands for; its last part that is there says which kind it is."""
    return _MEANINGS[found.lastgroup or ""](found)


def _accented(found: re.Match[str]) -> str:
    plain = found["letter"].removeprefix("\\")
    return unicodedata.normalize("NFC", plain + _ACCENTS[found["accent"]])


def _linked(found: re.Match[str]) -> str:
    return f"{decoded(found['linked'])} ({verbatim(found['target'])})"


def _coded(found: re.Match[str]) -> str:
    return chr(min(int(found["code"]), sys.maxunicode))


def _command(found: re.Match[str]) -> str:
    name = found["command"]
    if name in _STYLES:
        return ""
    sign = _LETTERS.get(name) or _symbols().get(name)
    if sign is not None:
        return sign
    # The braces of its argument go, so a blank has to end its name.
    return found[0] + (" " if found.string[found.end() : found.end() + 1] == "{" else "")


def _math(found: re.Match[str]) -> str:
    inner = found["math"]
    if not _MATH.search(inner):
        return f"${_TOKEN.sub(_text, inner)}$"
    raised = _SCRIPT.sub(lambda part: _script(part[1], part[2] or part[3]), inner)
    return _TOKEN.sub(_text, raised)


def _script(mark: str, inner: str) -> str:
    """Return raised or lowered text, where Unicode has all of it; else as people type it."""
    changed = inner.translate(_SCRIPTS[mark])
    if all(old != new for old, new in zip(inner, changed, strict=True)):
        return changed
    return f"{mark}{inner}" if mark in "^_" else inner


_MEANINGS: dict[str, Callable[[re.Match[str]], str]] = {
    "address": lambda found: verbatim(found["address"]),
    "linked": _linked,
    "code": _coded,
    "scripted": lambda found: _script(found["script"], found["scripted"]),
    "quoted": lambda found: f"“{decoded(found['quoted'])}”",
    "letter": _accented,
    "bare": lambda found: found["bare"],
    "after": _command,
    "escaped": lambda found: found["escaped"],
    "line": lambda _: "\n",
    # Hyphenation points and corrections of spacing are no blanks.
    "space": lambda found: "" if found["space"] in "-/!@" else " ",
    "math": _math,
    "dashes": lambda found: _PLAIN[found[0]],
    "quotes": lambda found: _PLAIN[found[0]],
    "tie": lambda _: " ",
    "brace": lambda _: "",
}


@cache
def _symbols() -> dict[str, str]:
    """Return the hundreds of commands that pylatexenc knows to stand for a character."""
    from pylatexenc.latex2text import get_default_latex_context_db

    known = get_default_latex_context_db()
    return {
        spec.macroname: spec.simplify_repl
        for spec in known.iter_macro_specs()
        if isinstance(spec.simplify_repl, str) and "%" not in spec.simplify_repl
    }


_ESCAPES = re.compile(
    r"\\(?:symbol|char)\s*\{(?P<code>\d+)\}"
    r"|\{?\\(?P<escaped>[%&#_$~{}])(?:\{\})?\}?"
    r"|\{?\\(?P<named>textasciitilde|textbackslash|textunderscore|textasciicircum)(?:\{\})?\}?"
    r"|\$\\sim\$(?P<tilde>)"
)
# Programs put two pairs around a value; more are its own.
_MOST_BRACES = 2
_WRAPPED = re.compile(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}", re.DOTALL)


def verbatim(value: str) -> str:
    r"""Return the text of a value that is not LaTeX: an address, an identifier, a path.

    Only what programs write there is undone: `\\url{…}`, braces around all of it, and the escapes
    of single characters.
    """
    value = value.strip()
    if wrapped := _WRAPPED.fullmatch(value):
        value = wrapped[1].strip()
    for _ in range(_MOST_BRACES):
        if value[:1] == "{" and _closes_last(value):
            value = value[1:-1].strip()
    return _ESCAPES.sub(_escape, value) if "\\" in value else value


def _escape(found: re.Match[str]) -> str:
    if found["code"]:
        return _coded(found)
    if found["named"]:
        return _LETTERS[found["named"]]
    if found["tilde"] is not None:
        return "~"
    return found["escaped"]


def _closes_last(value: str) -> bool:
    """Whether the brace that opens a value is closed by its last character."""
    depth = 0
    for at, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if not depth:
            return at == len(value) - 1
    return False
