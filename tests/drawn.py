"""Command lines and file names drawn at random, hostile ones among them.

Options and arguments come from the tree of commands itself, so new ones are drawn too. Every path
that is drawn is relative: what runs a command line in a folder of its own touches nothing else.
"""

import os
from pathlib import Path
from random import Random
from typing import Any

import typer

from explore.cli.app import app

# Runs until somebody ends it.
_ENDLESS = {"--watch"}

TEXTS = [
    "",
    " ",
    "-",
    "--",
    "-1",
    "0",
    "1",
    "007",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "9" * 5000,
    "1e9",
    "nan",
    "٣",
    "²",
    "2022",
    "2022-06",
    "2022-13-45",
    "9999-12-31",
    "0000-00-00",
    "2022-06/2023",
    "nato",
    "asean",
    "china-watch-2024",
    "pivot-threatens-centrality",
    "NATO",
    "n",
    "asean-centrality",
    "fact",
    "threat",
    "date",
    "-date",
    "json",
    "csv",
    "always",
    "\x1b[31mred\x1b]0;title\x07",
    "\x9b2J\u202e\u200b\ufeff",
    "\udcff\udc80",
    "caf\udce9.yaml",
    "a\nb\n::error::c",
    "::error file=x::y",
    "##[error]x",
    "\r\t\x08\x7f",
    "%s %d {0} {x} $HOME `x` $(x)",
    "'",
    '"',
    '"a phrase',
    "\\",
    "*",
    "NEAR(a b, 9",
    "a AND OR NOT",
    "col:x",
    "^",
    "x" * 5000,
    "name=\udcff",
    "text=",
    "=text",
    "id=id=id",
    "locator.section=\x1b",
    "😀",
    "👨\u200d👩",
    "北约",
    "عربي",
    "i\u0307",
    "ﬀ",
    "\U0010ffff",
    ".",
    "..",
    "missing",
    "missing/deeper",
    "file.csv",
    "file.csv/below",
    "file.json",
    "corpus",
    "empty",
    "broken",
    "claims.yaml",
    "out.db",
    "out.html",
    "x" * 300,
    "china-watch-2024=file.txt",
    "china-watch-2024=.",
    "=",
]
ENVIRONMENT = {
    "COLUMNS": ["", "1", "-5", "²", "999999999999", "x"],
    "NO_COLOR": ["", "1"],
    "FORCE_COLOR": ["0", "1", "\udcff"],
    "TERM": ["dumb", "", "\x1b"],
    "PAGER": ["missing-pager", "false", ""],
    "EXPLORE_CORPUS": ["", "corpus", "empty", "broken", "missing", "\udcff", "\x1b[31m\n", "."],
    "XDG_CACHE_HOME": ["", "relative", "{here}/cache-\udcff", "{here}/file.csv", "{here}/\x1b\n"],
    "HOME": ["{here}/home-\udcff", "", "{here}/file.csv"],
}


def prepare(folder: Path) -> None:
    """Write what command lines may name into a folder: a corpus, an empty one, a broken one."""
    from explore.corpus.starter import create

    create(folder / "corpus", lambda _: None)
    (folder / "empty").mkdir()
    (folder / "broken").mkdir()
    (folder / "broken" / "claims.yaml").write_bytes(b"- {id: \x1b\xff\n")
    (folder / "file.csv").write_text("text,by,source,kind\n::error::x,A\x1b[31m,\u202eS,fact\n")
    (folder / "file.json").write_text('[{"id": "a", "title": "\\u001b[31m", "type": "book"}]')
    (folder / "file.txt").write_text("A text.\n\nAnother.\n")


def command_line(random: Random) -> list[str]:
    """Return the words of a command line: a command, options, and hostile values for them."""
    group: Any = typer.main.get_command(app)
    words = _options(random, group.params) if random.random() < 0.2 else []
    if random.random() < 0.03:
        return [*words, random.choice(TEXTS)]
    name = random.choice(list(group.commands))
    params = group.commands[name].params
    words += [name, *_options(random, params)]
    for param in params:
        if param.param_type_name == "argument" and (param.required or random.random() < 0.5):
            words += [_value(random, param) for _ in range(random.randint(1, 2 - param.nargs))]
    # Now and then one too many, or an option that there is not.
    if random.random() < 0.05:
        words.append(random.choice([*TEXTS, *(f"--{text}" for text in TEXTS)]))
    return words


def _options(random: Random, params: list[Any]) -> list[str]:
    options = [param for param in params if param.param_type_name == "option"]
    words = []
    for param in random.sample(options, random.randint(0, min(4, len(options)))):
        name = random.choice([*param.opts, *param.secondary_opts])
        if name in _ENDLESS:
            continue
        words.append(name)
        if not param.is_flag:
            words.append(_value(random, param))
    return words


def _value(random: Random, param: Any) -> str:
    choices = getattr(param.type, "choices", None)
    if choices and random.random() < 0.7:
        return str(random.choice(list(choices)))
    if param.name == "form" and random.random() < 0.7:
        from explore.exporting import FORMATS

        return random.choice(list(FORMATS))
    return random.choice(TEXTS)


def environment(random: Random, here: Path) -> dict[str, str]:
    """Return variables to set, in one run of four."""
    if random.random() < 0.75:
        return {}
    name = random.choice(list(ENVIRONMENT))
    return {name: random.choice(ENVIRONMENT[name]).replace("{here}", str(here))}


def file_name(random: Random) -> str:
    """Return a name that a file can have: any bytes but `/` and NUL."""
    pieces = [
        bytes(random.randrange(1, 256) for _ in range(random.randint(1, 8))),
        os.fsencode(random.choice(TEXTS)),
        random.choice([b"\xff", b"\x1b[31m", b"\n::error::x", b"\xed\xa0\x80", b" ", b"-"]),
    ]
    random.shuffle(pieces)
    name = b"".join(pieces[: random.randint(1, 3)]).replace(b"/", b"_").replace(b"\0", b"_")[:120]
    return os.fsdecode(name if name.strip(b".") else b"\xff" + name)
