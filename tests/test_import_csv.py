"""CSV and TSV as people have them: no row vanishes, no value changes without a word."""

import codecs
from pathlib import Path

import pytest
from conftest import Run
from test_import import claims

HEAD = "text,by,kind,source\n"
GOOD = "Cars kill,Anna,fact,Report\n"


def brought(run: Run, folder: Path, data: str | bytes, *words: str, name: str = "t.csv") -> str:
    """Import a file; return what was said, with the exit status in front."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    result = run("import", str(path), "--into", str(folder / "c"), *words)
    return f"{result.status}\n{result.err}"


def texts(run: Run, folder: Path) -> list[str]:
    """Return the texts of the claims that were imported."""
    if not (folder / "c" / "claims").exists():
        return []
    return [claim["text"] for claim in claims(run, folder / "c")]


UNCLOSED = (
    HEAD + GOOD + '"Cars are freedom,Ben,value,Report\nBuses are full,Carl,fact,Report\n'
    'Bikes are cheap,Dora,fact,Report\nTrams "glide",Eve,fact,Report\n'
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unclosed_quote(run: Run, tmp_path: Path, end: str) -> None:
    """The row whose quoting cannot be right is named with its line, and the others come in."""
    told = brought(run, tmp_path, UNCLOSED.replace("\n", end))
    assert told.startswith("1\nrow 3: line 3: the quotation mark that opens cell 1 is not closed")
    assert texts(run, tmp_path) == [
        "Cars kill",
        "Buses are full",
        "Bikes are cheap",
        'Trams "glide"',
    ]


def test_unclosed_quote_strict(run: Run, tmp_path: Path) -> None:
    """With --strict nothing is written."""
    assert brought(run, tmp_path, UNCLOSED, "--strict").startswith("1\nrow 3: line 3: ")
    assert not (tmp_path / "c").exists()


FAULTY = {
    "the last cell": (
        'Cars kill,Anna,fact,"Report\nBuses,Carl,fact,Report\n',
        [2],
        ["Buses"],
    ),
    "at the end of the file": (GOOD + '"Buses,Carl,fact,Report', [3], ["Cars kill"]),
    "text behind the mark": ('"Cars" kill,Anna,fact,R\n' + GOOD, [2], ["Cars kill"]),
    "two in a row": (
        '"Cars,Anna,fact,R\n"Buses,Carl,fact,R\n' + GOOD,
        [2, 3],
        ["Cars kill"],
    ),
    "closed three rows later": (
        'Cars,Anna,fact,"R\nBuses,Carl,fact,R\nBikes,Dora,fact,R\nTrams,Eve,fact,R"\n',
        [2],
        ["Buses", "Bikes", "Trams"],
    ),
    "closed with too many cells": (
        '"Cars,Anna,fact,R\nBuses,Carl,fact,R\nBikes",Dora,fact,R,x\n' + GOOD,
        [2, 4],
        ["Buses", "Cars kill"],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_faulty_quotes(run: Run, tmp_path: Path, name: str) -> None:
    """Wherever a mark is not closed, only its own line is left out, and named."""
    rows, lines, whole = FAULTY[name]
    told = brought(run, tmp_path, HEAD + rows)
    assert [f"row {n}: " in told for n in lines] == [True] * len(lines), told
    assert f"{len(lines)} row" in told
    assert texts(run, tmp_path) == whole


def test_quoted_cells_stay_whole(run: Run, tmp_path: Path) -> None:
    """Line ends, separators and doubled quotes inside a quoted cell are part of it."""
    rows = (
        '"One\ntwo, three\n\nfour ""five""",Anna,fact,R\n'
        'Six,Bea,fact,"R, the\nreport"\n'
        '"Seven" , "Cleo" ,fact, "R, the report"\n'
        "Short,Dan,fact,R,,,\n"
    )
    told = brought(run, tmp_path, HEAD + rows)
    assert told.startswith("0\n"), told
    found = claims(run, tmp_path / "c")
    assert [claim["text"] for claim in found] == [
        'One\ntwo, three\n\nfour "five"',
        "Six",
        "Seven",
        "Short",
    ]
    assert {claim["source"] for claim in found} == {"r-the-report", "r"}


def test_rows_are_told_by_row_and_line(run: Run, tmp_path: Path) -> None:
    """Where rows run over lines, a row is told by both; the first line may name a separator."""
    rows = 'sep=;\r\ntext;by;kind;source\r\n"One\r\ntwo";A;fact;R\r\n\r\nx;A;guess;R\r\n'
    rows += '"y\r\nz";A;guess;R\r\n'
    told = brought(run, tmp_path, rows)
    assert "row 4: line 6: kind: " in told
    assert "row 5: lines 7 to 8: kind: " in told
    assert texts(run, tmp_path) == ["One\r\ntwo"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(run: Run, tmp_path: Path, separator: str) -> None:
    """The header decides what separates cells; what its quoted names hold does not count."""
    head = separator.join(['"a, b; c | d\te"', "by", "kind", "source"])
    row = separator.join(['"It rains, and; so | on\tit goes"', "A", "fact", "R"])
    told = brought(run, tmp_path, f"\n{head}\n{row}\n", "--map", "a, b; c | d e=text")
    assert told.startswith("0\n"), told
    assert texts(run, tmp_path) == ["It rains, and; so | on\tit goes"]


def test_header_over_lines(run: Run, tmp_path: Path) -> None:
    """A name of a column may be broken over lines."""
    rows = '"The\r\nclaim",by,kind,source\r\nIt rains,A,fact,R\r\n'
    assert brought(run, tmp_path, rows, "--map", "The claim=text").startswith("0\n")
    assert texts(run, tmp_path) == ["It rains"]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("text,by,kind,source,note,Note", ()),
        ("text,by,kind,source,a,b", ("--map", "a=note", "--map", "b=note")),
        (
            "text,by,kind,source,note,a",
            (
                "--map",
                "a=NOTE",
            ),
        ),
        ("text,by,kind,source,locator.page,Locator Page", ()),
    ],
)
def test_two_columns_for_one_field(
    run: Run, tmp_path: Path, head: str, words: tuple[str, ...]
) -> None:
    """Two values for one field are never reduced to one of them."""
    rows = "One,A,fact,R,x,y\nTwo,A,fact,R,x,\nThree,A,fact,R,,y\nFour,A,fact,R,z,z\n"
    told = brought(
        run, tmp_path, f"{head}\n{rows}", *[word.replace("NOTE", "note") for word in words]
    )
    found = claims(run, tmp_path / "c")
    if "a=NOTE" in words:
        # Who maps a column to a field means that one.
        assert "columns not imported: note" in told
        assert [claim["note"] for claim in found] == ["y", None, "y", "z"]
        return
    assert told.startswith("1\nrow 2: columns '")
    values = [claim["note"] or (claim["locator"] or {}).get("page") for claim in found]
    assert values == ["x", "y", "z"]


def test_two_columns_for_one_list(run: Run, tmp_path: Path) -> None:
    """Columns that become one list are joined, and so is what all rows have."""
    rows = "text,by,kind,source,topics,Topics,x\nOne,A,fact,R,a;b,b;c,d\n"
    words = ("--map", "x=topics", "--set", "topics=z", "--set", "topics=y")
    assert brought(run, tmp_path, rows, *words).startswith("0\n")
    (claim,) = claims(run, tmp_path / "c")
    assert claim["topics"] == ["z", "y", "a", "b", "c", "d"]


def test_one_column_for_two_fields(run: Run, tmp_path: Path) -> None:
    """A column that is mapped twice becomes both fields; a field set twice is refused."""
    rows = "text,who,kind,source\nOne,A,fact,R\n"
    words = ("--map", "who=by", "--map", "who=about")
    assert brought(run, tmp_path, rows, *words).startswith("0\n")
    (claim,) = claims(run, tmp_path / "c")
    assert (claim["by"], claim["about"]) == (["a"], ["a"])
    told = brought(run, tmp_path, rows, *words, "--set", "note=x", "--set", "note=y")
    assert told.startswith("2\n")
    assert "two values" in told


def test_what_all_rows_have_replaces_nothing(run: Run, tmp_path: Path) -> None:
    """A value that is set for all rows is for those that have none."""
    rows = HEAD + "One,A,value,R\nTwo,A,,R\n"
    assert brought(run, tmp_path, rows, "--set", "kind=fact").startswith("0\n")
    assert [claim["kind"] for claim in claims(run, tmp_path / "c")] == ["value", "fact"]


ENCODED = {
    "utf-8-sig": "Ça va «bien»",
    "utf-16": "Ça va «bien» 北约",
    "utf-32": "Ça va 北约",
    "windows-1252": "Schöne Grüße – „Zoë“ für 5 €",
    "gb18030": "北约东进威胁亚洲的安全和地区秩序",
    "big5": "北約東進威脅亞洲的安全與區域秩序",
    "cp932": "自動車は人を殺すものである、とアンナは言った",
    "windows-1251": "Машины опасны для людей и животных",
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_encodings(run: Run, tmp_path: Path, encoding: str, form: str) -> None:
    """An encoding is named, or seen by its mark, or guessed, and a guess is said."""
    text = ENCODED[encoding]
    between = "," if form == "csv" else "\t"
    rows = HEAD.replace(",", between) + between.join([text, "A", "fact", "R"]) + "\r\n"
    data = rows.encode(encoding)
    name = f"t.{form}"
    told = brought(run, tmp_path, data, name=name)
    assert texts(run, tmp_path) == [text], told
    assert ("read as" in told) == (not encoding.startswith("utf"))
    assert "\N{REPLACEMENT CHARACTER}" not in told
    other = tmp_path / "other"
    other.mkdir()
    told = brought(run, other, data, "--encoding", encoding, name=name)
    assert texts(run, other) == [text]
    assert "read as" not in told


@pytest.mark.parametrize("encoding", ["nosuch", "hex", "rot13", "zlib", "", "a\0b", "../utf-8"])
def test_unknown_encoding(run: Run, tmp_path: Path, encoding: str) -> None:
    """A name that is no encoding of text is a wrong use."""
    told = brought(run, tmp_path, HEAD + GOOD, "--encoding", encoding)
    assert told.startswith("2\n") if encoding else told.startswith("0\n")
    assert len(told.splitlines()) == 2 or not encoding


def test_wrong_encoding(run: Run, tmp_path: Path) -> None:
    """What is not in the encoding that is named is told with its line; nothing is replaced."""
    data = (HEAD + "Zoë,A,fact,R\n").encode("latin-1")
    told = brought(run, tmp_path, data, "--encoding", "utf-8")
    assert told.startswith("2\n")
    assert "byte 0xeb in line 2" in told
    # One byte that is wrong in a file of UTF-8 makes it no other encoding.
    data = (HEAD + "Zoë Müller,A,fact,R\nÄÖÜ,B,fact,R\n").encode() + b"Zo\xeb,A,fact,R\n"
    told = brought(run, tmp_path, data)
    assert told.startswith("2\n")
    assert "UTF-8 except in line 4" in told


TSV = {
    '"He said ""no"" to cars"\tAnna': ['He said "no" to cars'],
    '"A tab\tand\na line"\tAnna': ["A tab\tand\na line"],
    '"stray\tAnna': ['"stray'],
    'stray"\tAnna': ['stray"'],
    'a "stray" one\tAnna': ['a "stray" one'],
    '"one" or "two"\tAnna': ['"one" or "two"'],
    '"open\tAnna\tx\nclosed"\tBen\ty': ['"open', 'closed"'],
    '"plain"\tAnna': ["plain"],
}


@pytest.mark.parametrize("row", TSV)
def test_tsv_quotes(run: Run, tmp_path: Path, row: str) -> None:
    """In TSV a cell is quoted or not, each by itself; a stray quote stays."""
    told = brought(
        run,
        tmp_path,
        f"text\tby\tnote\n{row}\n",
        "--set",
        "kind=fact",
        "--set",
        "source=R",
        name="t.tsv",
    )
    assert told.startswith("0\n"), told
    assert texts(run, tmp_path) == TSV[row]


def test_bounds(run: Run, tmp_path: Path) -> None:
    """Too many columns, and files that are too large, are refused with the bound."""
    told = brought(run, tmp_path, ",".join(f"c{n}" for n in range(20_000)) + "\n" + "x," * 20_000)
    assert told == (
        f"2\nexplore: {tmp_path}/t.csv: row 1, the header: it has 20,000 cells;"
        " 16,384 are the most\n"
    )
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(100_000_001)
    result = run("import", str(path), "--into", str(tmp_path / "c"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "100 MB" in result.err


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("\n" * 1_100_000, id="blank lines"),
        pytest.param("," * 5_000_000, id="cells"),
        pytest.param('"a",' * 1_000_000, id="quoted cells"),
        pytest.param(",".join(f"c{n}" for n in range(16_000)) + "\na" * 700, id="width"),
    ],
)
def test_counts(run: Run, tmp_path: Path, data: str) -> None:
    """Rows and cells are counted before they are kept."""
    told = brought(run, tmp_path, f"text,by\n{data}" if data[0] != "c" else data)
    assert told[0] in "12"
    assert "the most" in told
    assert len(told) < 1_000


def test_line_of_a_separator(run: Run, tmp_path: Path) -> None:
    """Only a sign can be what a first line says to separate cells."""
    for text in ("sep=\r\n", 'sep="\n', "sep=a\n", "sep=\n"):
        told = brought(run, tmp_path, text + HEAD + GOOD)
        assert "Traceback" not in told
        assert "1 cells, the header" not in told


def test_many_unknown_columns(run: Run, tmp_path: Path) -> None:
    """Of many columns that become nothing, the first are named and the rest is counted."""
    head = ",".join(["text", "by", "kind", "source", *(f"c{n}" for n in range(10_000))])
    told = brought(run, tmp_path, f"{head}\nOne,A,fact,R" + ",x" * 10_000)
    assert told.startswith("0\ncolumns not imported: c0, c1, ")
    assert "and 9950 more" in told


def test_nothing_in_a_file(run: Run, tmp_path: Path) -> None:
    """A file without rows, or of blank lines, is no traceback."""
    for data in (b"", b"\n\n", b",,,\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, HEAD.encode()):
        assert brought(run, tmp_path, data)[0] in "02"
