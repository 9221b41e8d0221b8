"""Files of claims that are hostile to whoever reads them, or that hold the same fault many times.

The tests read each; `benchmarks/checking.py` measures what checking them costs.
"""

GOOD = "- {id: one, text: T, kind: fact, by: [nato], source: paper}\n"
BOMB = "- &a0 [x, x]\n" + "".join(
    f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
FILES = {
    "alias bomb": BOMB.encode(),
    "cycle": b"- &a [*a]\n",
    "cycle of fields": b"- &a {id: one, supports: *a}\n",
    "brackets": b"- " + b"[" * 100_000,
    "closed brackets": b"- " + b"[" * 100_000 + b"]" * 100_000,
    "braces": b"- " + b"{a: " * 100_000,
    "dashes": b"- " * 100_000,
    "indents": b"".join(b" " * n + b"- a:\n" for n in range(2_000)),
    "question marks": b"- " + b"? " * 50_000,
    "large scalar": b"- {id: one, text: " + b"x" * 30_000_000 + b"}\n",
    "large quoted": b'- {id: one, text: "' + b"x" * 20_000_000,
    "large key": b"- {" + b"k" * 20_000_000 + b": v}\n",
    "many keys": b"- {" + b", ".join(b"k%d: v" % n for n in range(100_000)) + b"}\n",
    "many faults": b"- {a: b}\n" * 20_000,
    "many broken": b'- {a: "\n' * 20_000,
    "python": b"- !!python/object/apply:os.system ['touch /tmp/owned']\n",
    "NUL": b"- {id: \x00}\n",
    "escaped surrogate": b'- {id: one, text: "\\ud800", kind: fact, by: [nato], source: paper}\n',
    "surrogate": b"- {id: one, text: \xed\xa0\x80}\n",
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-16, the other way": GOOD.encode("utf-16-be"),
    "UTF-32": GOOD.encode("utf-32"),
    "CRLF": GOOD.replace("\n", "\r\n").encode(),
    "CR": GOOD.replace("\n", "\r").encode(),
    "a list for a key": b"- {[a, b]: c}\n",
    "a mapping for a key": b"- ? {a: b}\n  : c\n",
    "ids in other scripts": "- {id: 北约, text: T}\n- {id: नाटो}\n- {id: ＡＳＥＡＮ}\n".encode(),
    "a long number": b"- {id: one, locator: {paragraph: " + b"9" * 10_000 + b"}}\n",
    "a long float": b"- {id: one, locator: {paragraph: 1e" + b"9" * 1_000 + b"}}\n",
    "a long id": GOOD.replace("one", "a" * 1_000_000).encode(),
    "a directive": b"%YAML 9.9\n%TAG ! tag:evil,2000:\n--- \n- !x {id: one}\n",
    "documents": b"--- []\n" * 10_000,
    "tabs": b"-\t{id: one}\n\t- x\n",
    "controls": bytes(range(256)),
    "a mark inside": b"- {id: one, text: a\xef\xbb\xbfb}\n",
    "separators": "- {id: one, text: a\u2028b\u2029c\u0085d}\n".encode(),
    "nothing": b"",
    "comments": b"#" * 1_000_000,
    "blank": b" " * 1_000_000 + b"\n" * 100_000,
}

_CLAIM = b"- {id: c%d, text: Said as number %d., kind: fact, by: [nato], source: paper%s}\n"


def _claims(rest: bytes, count: int = 20_000) -> bytes:
    """Return claims that each end in the same fields; `%d` there is the number of the claim."""
    parts = rest.count(b"%d")
    return b"".join(_CLAIM % (n, n, rest % ((n,) * parts)) for n in range(count))


# The same fault very often, or very much of one thing.
MANY = {
    "sound claims": _claims(b", locator: {page: 1}"),
    "one id": _CLAIM.replace(b"%d", b"1").replace(b"%s", b"") * 20_000,
    "unknown ids": _claims(b", about: [actor-%d], supports: [c%dx]"),
    "lone topics": _claims(b", topics: [topic-%d]"),
    "unknown fields": _claims(b", sorce: a, field-%d: b"),
    "one text": _claims(b"").replace(b"Said as", b"The very same words were said, as"),
    "one circle": b"".join(
        _CLAIM % (n, n, b", supports: [c%d]" % ((n + 1) % 20_000)) for n in range(20_000)
    ),
    "unknown ids in one list": b"- {id: one, by: ["
    + b", ".join(b"x%d" % n for n in range(200_000))
    + b"]}\n",
    "one id in one list": b"- {id: one, by: [" + b"nato, " * 200_000 + b"]}\n",
    "long lines": b"- {id: one, text: " + b"word " * 2_000_000 + b"}\n",
    "cut texts": b"- id: one\n  text: We are #1\n  kind: fact #sure\n" * 20_000,
    "text after quotes": b"- id: one\n  text: 'x' y\n  kind: fact\n" * 20_000,
    "wrong indentation": b"- id: one\n   text: x\n  kind: fact\n" * 20_000,
    "no dashes": b"id: one\ntext: x\nkind: fact\n" * 20_000,
    "forgotten dashes": b"- id: one\n  text: x\n  kind: fact\n"
    + b"  id: one\n  text: x\n  kind: fact\n" * 20_000,
    "conflicts": b"<<<<<<< HEAD\n- id: one\n=======\n- id: two\n>>>>>>> other\n" * 20_000,
    "unclosed quotes": b"- id: one\n  text: 'x\n" * 20_001,
    "unclosed brackets": b"- id: one\n  by: [x\n" * 20_000,
}
