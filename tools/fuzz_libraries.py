"""Damage libraries of references and read them: `python tools/fuzz_libraries.py [RUNS] [SEED]`.

Bytes of the libraries in `tests/libraries` are put in, taken out, doubled and changed. Whatever
they are then, they come in, or are refused in one line. Ends with their number and the slowest.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from explore.corpus.write import dumped
from explore.errors import ExploreError
from explore.importing.claims import imported
from explore.importing.mapping import Mapping
from explore.importing.references import are_references, references_of

_LIBRARIES = Path(__file__).parents[1] / "tests" / "libraries"
_JUNK = (
    *(
        b"{",
        b"}",
        b"\\",
        b'"',
        b"#",
        b",",
        b"@",
        b"=",
        b"[",
        b"]",
        b":",
        b"- ",
        b"\n",
        b"\t",
        b"$",
    ),
    *(b"\xff", b"\x00", b"\xed\xa0\x80", b"\\ud800", b"null", b"1e999", b"&a", b"*a", b"!!x "),
    *(b"ER  - \n", b"TY  - X\n", b"@article{", b"crossref={x},", b"xdata={Smith2020a},"),
    *(b"\\symbol{99999999999}", b"month=jan#feb,", b"date={//},", b"year={},"),
)


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Return bytes with one to eight changes in them."""
    found = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(found) + 1)
        match rng.choice(("put", "put", "cut", "double", "change")):
            case "put":
                found[at:at] = rng.choice(_JUNK)
            case "cut":
                del found[at : at + rng.randint(1, 30)]
            case "double":
                found[at:at] = found[at : at + rng.randint(1, 200)]
            case _:
                found[at : at + 1] = bytes([rng.randrange(256)])
    return bytes(found)


def read(path: Path, encoding: str | None) -> None:
    """Bring a library in, as far as what would be written.

    Raises:
        ExploreError: if it is refused.
    """
    are_references(path)
    rows = references_of(path, encoding).rows
    found = imported(
        rows, Mapping("source", {}, [], []), {"actor": [], "claim": [], "source": []}, [], {}
    )
    "".join(dumped("source", found.records["source"])).encode()


def main() -> None:
    """Read damaged libraries; a traceback ends the run, and its library stays."""
    runs, seed = (int(word) for word in [*sys.argv[1:], "2000", "1"][:2])
    rng = random.Random(seed)
    whole = [path for path in sorted(_LIBRARIES.iterdir()) if path.name != "expected.json"]
    slowest, refused = 0.0, 0
    folder = Path(tempfile.mkdtemp(prefix="libraries-"))
    for _ in range(runs):
        path = rng.choice(whole)
        copy = folder / f"damaged{path.suffix}"
        copy.write_bytes(damaged(rng, path.read_bytes()))
        started = time.process_time()
        try:
            read(copy, rng.choice((None, None, "latin-1")))
        except ExploreError as error:
            refused += 1
            if "\n" in str(error).strip():
                raise
        except BaseException:
            sys.stderr.write(f"{copy}\n")
            raise
        slowest = max(slowest, time.process_time() - started)
    for copy in folder.iterdir():
        copy.unlink()
    folder.rmdir()
    sys.stdout.write(f"{runs} libraries, {refused} refused, slowest {slowest * 1000:.0f} ms\n")


if __name__ == "__main__":
    main()
