"""Words as the full-text search sees them, in records and in questions."""

import re

# Scripts written without spaces: each character is a word, a run of them a phrase.
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_TOKEN = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')
_WORD = re.compile(r"\w+")


def indexed(text: str) -> str:
    """Space out text so that every word in it can be found."""
    return _UNSPACED.sub(r" \1 ", text)


def match(search: str) -> tuple[str, str]:
    """Translate what a person types into two FTS5 queries: what to find and what to avoid.

    All words must be found; `"a phrase"` in its order, `-word` not at all, and the last word
    may be unfinished. No text is an error; either query is empty if nothing is asked.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    typed = list(_TOKEN.finditer(search))
    for token in typed:
        phrase = token[2] if token[2] is not None else token[4]
        words = _WORD.findall(indexed(phrase.replace("\0", " ")))
        if not words:
            continue
        quoted = '"' + " ".join(words) + '"'
        open_end = token is typed[-1] and token[2] is None and not search[-1:].isspace()
        if token[1] or token[3]:
            unwanted.append(quoted)
        else:
            wanted.append(quoted + "*" if open_end else quoted)
    return " AND ".join(wanted), " OR ".join(unwanted)
