"""Import damaged tables, and see that each ends in a sentence.

    python tools/fuzz_imports.py [HOW MANY] [SEED]

So many spreadsheets, and as many files of CSV, TSV, JSON and JSON Lines together, are made from
sound ones: bytes flipped, cut and repeated, parts of a spreadsheet damaged before they are packed
again, and hostile values put in. Each is imported within 2 GiB of memory. A file whose import ends
in a traceback, or takes longer than a minute, is kept, and the status is 1.
"""

import contextlib
import io
import json
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from explore.cli.app import app

_MEMORY = 2 * 2**30
_SECONDS = 60
# So many spreadsheets are damaged inside; most others are no zip files any more.
_REPACKED = 0.7
_HEAD = ["id", "text", "by", "kind", "source", "topics", "locator.page", "date"]
_ROWS = [
    ["one", "Cars kill.", "Anna;Ben", "fact", "Report", "a;b", "3", "2024-08-07"],
    ["two", 'They said "no", twice', "Zoë", "value", "Report", "C++;C#", "4", ""],
    ["three", "北约东进", "Анна", "policy", "Отчёт", "x", "", "2024"],
]
_HOSTILE = [
    *(
        b"",
        b"\0",
        b'"',
        b'""',
        b"\r",
        b"\n",
        b"\t",
        b";",
        b"'",
        b"=1+1",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ),
    *(b"[" * 600, b"]" * 600, b'{"a":' * 600, b"NaN", b"-Infinity", b"9" * 5_000, b"1e999999"),
    *(b"\\ud800", b"\\u0000", b"null", b"true", b"[]", b"{}", b'[{"a": [1]}]', b'{"id": {}}'),
    *(
        b"2000000000",
        b"-1",
        b"0",
        b"1048577",
        b"XFE1",
        b"A0",
        b"A-1",
        b"ZZZZ9",
        b't="s"',
        b't="e"',
    ),
    *(
        b"<row/>",
        b"<c/>",
        b"<v>",
        b"</row>",
        b"<f/>",
        b's="99"',
        b"&amp;",
        b"&x;",
        b"<!--",
        b"]]>",
    ),
    b'<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;&x;&x;&x;&x;&x;">]>',
]


def sheet() -> bytes:
    """Return a sound spreadsheet with cells of every kind."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    for row in [_HEAD, *_ROWS, ["four", "=1+1", True, 2.5, "#N/A", "x", 3, "2024-01-01"]]:
        first.append(row)
    first["G2"].number_format = "0.00%"
    first["H2"].number_format = "yyyy"
    first.merge_cells("A6:B6")
    book.create_sheet("Other")["B3"] = "more"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def shared(data: bytes) -> bytes:
    """Return a spreadsheet with its texts in a part of their own, as Excel writes them.

    openpyxl writes each into its cell.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    strings: list[str] = []

    def moved(match: re.Match[str]) -> str:
        strings.append(match[1])
        return f't="s"><v>{len(strings) - 1}</v>'

    for name, text in parts.items():
        if name.startswith("xl/worksheets/"):
            parts[name] = re.sub('(?s)t="inlineStr"><is>(.*?)</is>', moved, text)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = "".join(f"<si>{text}</si>" for text in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{texts}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", part)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(name, text)
    return buffer.getvalue()


def texts() -> dict[str, bytes]:
    """Return sound files of the other formats."""
    records = [dict(zip(_HEAD, row, strict=True)) for row in _ROWS]
    lines = ",".join(_HEAD) + "\n" + "\n".join(",".join(f'"{c}"' for c in row) for row in _ROWS)
    return {
        "csv": lines.encode(),
        "tsv": "\n".join("\t".join(row) for row in [_HEAD, *_ROWS]).encode(),
        "json": json.dumps(records).encode(),
        "jsonl": "\n".join(map(json.dumps, records)).encode(),
    }


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return data with some bytes changed, cut out, repeated or put in."""
    found = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(found) + 1)
        length = rng.choice([1, 1, 2, 8, 64, 1_000])
        match rng.randrange(5):
            case 0 if start < len(found):
                found[start] = rng.randrange(256)
            case 1:
                del found[start : start + length]
            case 2:
                found[start:start] = found[start : start + length] * rng.choice([1, 2, 50])
            case 3:
                found[start:start] = rng.choice(_HOSTILE)
            case _:
                found[start : start + length] = rng.choice(_HOSTILE)
    return bytes(found)


def repacked(data: bytes, rng: random.Random) -> bytes:
    """Return a spreadsheet one of whose parts is damaged, missing or another."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    names = [name for name in parts if "theme" not in name and "docProps" not in name]
    for _ in range(rng.randint(1, 2)):
        name = rng.choice(names)
        match rng.randrange(6):
            case 0:
                parts.pop(name, None)
            case 1:
                parts[name] = parts.get(rng.choice(names), b"")
            case _:
                parts[name] = damaged(parts.get(name, b""), rng)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return buffer.getvalue()


def cases(times: int, seed: int) -> list[Callable[[], tuple[str, bytes]]]:
    """Return what makes each file: its suffix and its bytes; half of them are spreadsheets."""
    sheets, others = [sheet(), shared(sheet())], texts()

    def make(number: int) -> tuple[str, bytes]:
        rng = random.Random(f"{seed} {number}")
        if number % 2:
            form = rng.choice(list(others))
            return form, damaged(others[form], rng)
        change = repacked if rng.random() < _REPACKED else damaged
        return "xlsx", change(rng.choice(sheets), rng)

    return [lambda number=number: make(number) for number in range(2 * times)]


def fault_of(path: Path, folder: Path) -> str:
    """Return what is wrong with how the import of a file ends; "" if nothing is."""

    def late(*_: object) -> None:
        raise TimeoutError(f"it takes longer than {_SECONDS} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(_SECONDS)
    try:
        result = CliRunner().invoke(app, ["import", str(path), "--into", str(folder)])
    finally:
        signal.alarm(0)
    if result.exception and not isinstance(result.exception, SystemExit):
        return f"{type(result.exception).__name__}: {result.exception}"
    if result.exit_code not in {0, 1, 2} or "Traceback" in result.stderr:
        return f"status {result.exit_code}: {result.stderr[-500:]}"
    if result.exit_code == 2 and "\nexplore: " not in f"\n{result.stderr}":
        return f"not told: {result.stderr[-500:]}"
    return ""


def main(times: int, seed: int) -> int:
    """Import so many files of both sorts; return the exit status."""
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        for number, make in enumerate(cases(times, seed)):
            form, data = make()
            path, folder = Path(work, f"t.{form}"), Path(work, "corpus")
            path.write_bytes(data)
            fault = fault_of(path, folder)
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(folder)
            if fault:
                kept = Path(f"fuzz-{seed}-{number}.{form}").resolve()
                shutil.copy(path, kept)
                sys.stdout.write(f"{kept}: {fault}\n")
                wrong += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    said = f"{times} spreadsheets and {times} other tables: {wrong} wrong; {peak} MB at most"
    sys.stdout.write(f"{said}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(words[0] if words else 2_000, words[1] if len(words) > 1 else 13))
