"""Records that are changed in a file keep the comments around them, whatever their style."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explore.corpus.edit import edited
from explore.corpus.events import values_in

SCALARS = ["a", "'x # y'", '"q # r"', "plain text", '"two\n      lines"', "plain\n      folded"]
BLOCKS = ["|\n      lit\n      # none\n", "|-\n      lit\n", ">\n      fold\n      more\n"]
FIELDS = ["note", "topics", "text", "role", "by"]
VALUES = [None, None, "new: x", "# y", ["p", "q"], {"page": "4"}, [{"claim": "x", "note": "# n"}]]


class _Author:
    """Writes records as people do, with comments everywhere."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.comments: list[str] = []

    def comment(self, before: str) -> str:
        if self.rng.random() < 0.7:
            return ""
        self.comments.append(f"# c{len(self.comments)}.")
        return before + self.comments[-1]

    def line(self, indent: int) -> str:
        found = self.comment(" " * indent)
        return f"{found}\n" if found else ""

    def field(self, name: str, step: int) -> str:
        way = self.rng.randrange(6)
        if way < 2:
            return f"{name}: {self.rng.choice(SCALARS)}{self.comment('  ')}\n"
        if way == 2:
            return f"{name}: {self.rng.choice(BLOCKS)}"
        if way == 3:
            return f"{name}: [a, 'b # c', {{d: e}}]{self.comment(' ')}\n"
        if way == 4:
            entries = [
                f"{' ' * (2 + step)}- i{n}{self.comment('  ')}\n{self.line(2 + step)}"
                for n in range(self.rng.randint(1, 3))
            ]
            return f"{name}:{self.comment(' ')}\n{''.join(entries)}"
        return f"{name}:\n    k: v{self.comment('  ')}\n    l: 'w'{self.comment(' ')}\n"

    def record(self, name: str, step: int) -> str:
        fields = ["id", *self.rng.sample(FIELDS, self.rng.randint(1, 5))]
        if self.rng.random() < 0.3:
            self.rng.shuffle(fields)
        if self.rng.random() < 0.15:
            parts = [f"{field}: {name if field == 'id' else '[a, b]'}" for field in fields]
            return f"- {{{', '.join(parts)}}}{self.comment('  ')}\n"
        lines = [
            f"id: {name}{self.comment('  ')}\n" if field == "id" else self.field(field, step)
            for field in fields
        ]
        return "- " + "  ".join(lines)

    def file(self) -> str:
        step = self.rng.choice([0, 2])
        records = [
            self.record(f"r{n}", step) + self.line(0) + self.rng.choice(["", "\n"])
            for n in range(self.rng.randint(1, 3))
        ]
        return self.line(0) + "".join(records)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_style(rng: random.Random) -> None:
    """Each field says what it should, each other one what it did, and no comment is lost."""
    author = _Author(rng)
    text = author.file()
    different = {
        record["id"]: {name: rng.choice(VALUES) for name in FIELDS if rng.random() < 0.4}
        for record in values_in(text)
    }
    wanted = [
        {
            name: value
            for name, value in {**record, **different[record["id"]]}.items()
            if value is not None
        }
        for record in values_in(text)
    ]
    found = edited(text, different)
    assert list(values_in(found)) == wanted
    assert [found.count(comment) for comment in author.comments] == [1] * len(author.comments)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- id: a\n  note: x  # c\n  role: y\n", "- id: a\n  # c\n  role: y\n"),
        ("- note: x  # c\n  id: a\n", "# c\n- id: a\n"),
        ("- {note: x, id: a}  # c\n", "- {id: a}  # c\n"),
        ("- {id: a, note: 'x, y', role: z}\n", "- {id: a, role: z}\n"),
        ("- {id: a, note: x}\n\n# next\n- id: b\n", "- {id: a}\n\n# next\n- id: b\n"),
        ("- id: a\n  note: |\n    x\n\n# next\n- id: b\n", "- id: a\n\n# next\n- id: b\n"),
        ("- id: a\n  note:\n  - x  # c\n  # d\n  - y\n", "- id: a\n  # c\n  # d\n"),
    ],
)
def test_field_goes(text: str, found: str) -> None:
    """A field that goes leaves everything else as it is."""
    assert edited(text, {"a": {"note": None}}) == found
