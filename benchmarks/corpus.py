"""Generated corpora: seeded, with the skew of real ones, as large as asked."""

import random
from pathlib import Path

_KINDS = ("fact", "definition", "cause", "value", "policy")
_ROLES = ("evidence", "background", "driver", "means", "contrast", "threat", "constraint")
_COMMON = (
    *("partners", "region", "summit", "council", "alliance", "trade", "border", "treaty"),
    *("ministers", "cooperation", "statement", "pressure", "balance", "influence", "support"),
)


def write(folder: Path, claims: int, files: int = 1, seed: int = 7) -> Path:
    """Write a corpus of so many claims into a folder, unless it is there already.

    Few actors, topics and sources have most of the claims (about 1/rank, as in Zipf's law); the
    word `security` is in 10 % of the texts, `order` in 30 %, and `quixotic` in 20 claims.
    """
    done = folder / "done"
    if done.is_file():
        return folder
    rng = random.Random(seed)
    (folder / "claims").mkdir(parents=True, exist_ok=True)
    actors = max(12, min(1_000, claims // 5))
    sources = max(8, min(20_000, claims // 10))
    topics = max(6, min(200, claims // 10))
    (folder / "corpus.yaml").write_text(f"title: A generated corpus of {claims} claims\n")
    (folder / "actors.yaml").write_text(
        "".join(
            f"- {{id: actor-{n}, name: Actor number {n}, short: A{n}, kind: state}}\n"
            for n in range(actors)
        )
    )
    (folder / "sources.yaml").write_text(
        "".join(
            f"- {{id: source-{n}, type: report, title: Report {n}, issued: {2000 + n % 26}}}\n"
            for n in range(sources)
        )
    )
    words = [_word(rng) for _ in range(8_000)]
    rare = set(rng.sample(range(claims), min(20, claims)))
    per_file = -(-claims // files)
    for number in range(files):
        name = folder / "claims" / f"part-{number:04}.yaml"
        with name.open("w", encoding="utf-8") as out:
            for n in range(number * per_file, min(claims, (number + 1) * per_file)):
                out.write(_claim(rng, n, (actors, sources, topics), words, rare=n in rare))
    done.touch()
    return folder


def _zipf(rng: random.Random, size: int) -> int:
    """Draw a number below `size`, the smaller the likelier."""
    return min(int(size ** rng.random()) - 1, size - 1)


def _word(rng: random.Random) -> str:
    return "".join(
        rng.choice("bcdfglmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))
    )


def _claim(
    rng: random.Random, n: int, sizes: tuple[int, int, int], words: list[str], *, rare: bool
) -> str:
    actors, sources, topics = sizes
    text = [words[_zipf(rng, len(words))] for _ in range(rng.randint(8, 18))]
    text += rng.sample(_COMMON, 3)
    for word, share in (("security", 0.1), ("order", 0.3)):
        text = [other for other in text if other != word]
        if rng.random() < share:
            text.append(word)
    if rare:
        text.append("quixotic")
    rng.shuffle(text)
    subject = _zipf(rng, actors)
    about = sorted({subject, _zipf(rng, actors), _zipf(rng, actors)})
    role = "thesis" if n == 0 else _ROLES[min(_zipf(rng, 40) // 6, 6)]
    lines = [
        f"- id: claim-{n}",
        f"  text: {' '.join(text).capitalize()}.",
        f"  kind: {rng.choice(_KINDS)}",
        f"  role: {role}",
        f"  by: [actor-{_zipf(rng, actors)}]",
        f"  subject: actor-{subject}",
        f"  about: [{', '.join(f'actor-{a}' for a in about)}]",
        f"  topics: [topic-{_zipf(rng, topics)}, topic-{_zipf(rng, topics)}]",
        f"  source: source-{_zipf(rng, sources)}",
        f"  locator: {{paragraph: {rng.randint(1, 40)}}}",
        f"  quote: {' '.join(text[:5])}",
    ]
    if rng.random() < 0.4:
        lines.append(
            f"  date: {rng.randint(1949, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        )
    if n and rng.random() < 0.5:
        target = n - 1 - _zipf(rng, min(n, 400))
        lines.append(f"  {rng.choice(('supports', 'disputes', 'qualifies'))}: [claim-{target}]")
    return "\n".join(lines) + "\n"


def bibtex(entries: int, seed: int = 7) -> str:
    """Return a BibTeX library as Zotero writes it: abstracts, braces, accents, files."""
    rng = random.Random(seed)
    names = (r"M{\"u}ller, J{\"u}rgen", "Smith, Ann B.", r"Garc{\'i}a, Jos{\'e}", "Tanaka, Kenji")
    names += ("van der Berg, Anna", "{ASEAN Secretariat}")

    def text(words: int) -> str:
        return " ".join(rng.choice(_COMMON) for _ in range(words))

    return "".join(
        f"@article{{author_{n}_{1990 + n % 35},\n"
        f"\ttitle = {{The {{NATO}} {text(6)}: {text(3)}}},\n"
        f"\tauthor = {{{rng.choice(names)} and {rng.choice(names)}}},\n"
        f"\tjournal = {{Journal of {text(2)}}},\n\tyear = {{{1990 + n % 35}}},\n"
        f"\tmonth = mar,\n\tvolume = {{{n % 90}}},\n\tnumber = {{{n % 6}}},\n"
        f"\tpages = {{{n % 300}--{n % 300 + 20}}},\n\tdoi = {{10.1000/j_{n}}},\n"
        f"\turl = {{https://example.org/~j/{n}?a=1\\&b=%20}},\n"
        f"\turldate = {{2024-05-{1 + n % 28:02}}},\n"
        f"\tabstract = {{{text(20)}, 5\\% of {text(20)}}},\n"
        f"\tkeywords = {{{text(1)}, {text(1)}}},\n"
        f"\tfile = {{Full Text:/home/me/storage/{n}.pdf:application/pdf}},\n}}\n\n"
        for n in range(entries)
    )
