"""Names in any script stay, and their ids are readable and different."""

import re
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from test_import import claims
from test_import_csv import HEAD, brought
from test_import_edges import actors, sources

from explore.importing.ids import Ids, file_name, same, slug
from explore.importing.names import Names, Topics
from explore.model.fields import ID_PATTERN


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Анна Ахматова", "anna-akhmatova"),
        ("безопасность", "bezopasnost"),
        ("北约东进", "bei-yue-dong-jin"),
        ("アセアン", "asean"),
        ("Łódź", "lodz"),
        ("Ελλάδα", "ellada"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("AT&T", "at-and-t"),
        ("Team -1", "team-minus-1"),
        ("Jean-Luc O'Brien", "jean-luc-obrien"),
        ("100 %", "100-percent"),
        ("😀", "grinning-face"),
        ("Müller", "muller"),
    ],
)
def test_readable(name: str, found: str) -> None:
    """An id is spelled in letters that are typed everywhere."""
    assert slug(name, "topic") == found


def test_names_not_latin(run: Run, tmp_path: Path) -> None:
    """Names are kept; topics, which have no place for theirs, are told with them."""
    rows = (
        "text,by,kind,source,topics\n"
        "Машины опасны,Анна,fact,Отчёт,безопасность;город\n"
        "Cars C,Team +1,fact,R,C++;C#;C;cars\n"
        "Cars D,Team -1,fact,R,x;Cars\n"
    )
    told = brought(run, tmp_path, rows)
    assert told.startswith("0\n")
    found = claims(run, tmp_path / "c")
    topics = [claim["topics"] for claim in found]
    assert topics == [
        ["bezopasnost", "gorod"],
        ["c-plus-plus", "c-sharp", "c", "cars"],
        ["x", "cars"],
    ]
    assert "topic 'безопасность' is written as 'bezopasnost'" in told
    assert "topic 'C++' is written as 'c-plus-plus'" in told
    assert "'Cars'" not in told
    assert [claim["by"] for claim in found] == [["anna"], ["team-plus-1"], ["team-minus-1"]]
    names = {name: actor["name"] for name, actor in actors(run, tmp_path / "c").items()}
    assert names == {"anna": "Анна", "team-plus-1": "Team +1", "team-minus-1": "Team -1"}
    assert [source["title"] for source in sources(run, tmp_path / "c")] == ["Отчёт", "R"]
    assert found[0]["id"] == "claim-mashiny-opasny"
    assert brought(run, tmp_path, rows).splitlines()[-1] == "nothing new"


def test_what_is_told_apart(run: Run, tmp_path: Path) -> None:
    """Different names that are spelled alike get numbers, and that is said."""
    rows = (
        "text,by,kind,source,topics\n"
        "One,北京,fact,R,北京\nTwo,背景,fact,R,背景\nThree,背景,fact,R,北京;bei-jing\n"
    )
    told = brought(run, tmp_path, rows)
    assert "topic '背景' is written as 'bei-jing-2'" in told
    assert "actor '背景' is 'bei-jing-2', as 'bei-jing' is taken" in told
    found = claims(run, tmp_path / "c")
    assert [claim["by"] for claim in found] == [["bei-jing"], ["bei-jing-2"], ["bei-jing-2"]]
    assert [claim["topics"] for claim in found] == [["bei-jing"], ["bei-jing-2"], ["bei-jing"]]


def test_spellings_of_one_name(run: Run, tmp_path: Path) -> None:
    """Case, accents and punctuation make no other name; vowel signs do."""
    rows = HEAD + "1,Zoë Müller,fact,R\n2,zoe muller,fact,R\n3,राम,fact,R\n4,रमा,fact,R\n"
    assert brought(run, tmp_path, rows).startswith("0\n")
    assert [actor["name"] for actor in actors(run, tmp_path / "c").values()] == [
        "Zoë Müller",
        "राम",
        "रमा",
    ]


def test_tables_in_other_scripts(run: Run, tmp_path: Path) -> None:
    """Tables whose names are spelled alike have files of their own."""
    for n, name in enumerate(("北京.csv", "背景.csv")):
        assert brought(run, tmp_path, f"{HEAD}Claim {n},A,fact,R\n", name=name).startswith("0\n")
    assert len(claims(run, tmp_path / "c")) == 2
    assert len(list((tmp_path / "c" / "claims").iterdir())) == 2
    assert file_name("fifty-claims") == "fifty-claims"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=6), max_size=6))
def test_different_names_have_different_ids(names: list[str]) -> None:
    """Whatever the names, those that are not spellings of one have ids of their own."""
    topics = Topics()
    actors_ = Names([], {"kind": "person"}, "name", Ids(set()))
    for ids_of in (topics.id_of, lambda name: actors_.id_of(name, "by")):
        by_id: dict[str, set[str]] = {}
        for name in [*names, *names]:
            found = ids_of(name)
            assert re.fullmatch(ID_PATTERN, found)
            by_id.setdefault(found, set()).add(same(name))
        assert all(len(spellings) == 1 for spellings in by_id.values())
