"""Write docs/tables.md, the schema of the exported tables, from its declaration.

Run `python tools/tables.py` after a change of the tables; a test compares.
"""

from collections.abc import Iterator
from pathlib import Path

from explore.exporting.columns import Column
from explore.exporting.table_views import VIEWS
from explore.exporting.tables import TABLES, VERSION, Table
from explore.exporting.to_sqlite import SEARCHED

PAGE = Path(__file__).parent.parent / "docs" / "tables.md"

_HEAD = """\
# The tables of an export

`explore export` writes the same tables, with the same columns, in four formats:

- `explore export sqlite -o corpus.db`: one SQLite file, with keys, indexes, views and full-text
  search;
- `explore export datasette -o corpus`: a folder that `datasette corpus` serves, with facets and
  search;
- `explore export csv -o corpus-csv`: one CSV file per table, and a Frictionless `datapackage.json`;
- `explore export parquet -o corpus-parquet`: one Parquet file per table, and the views as `views.sql`.

This page is generated from the declaration of the tables (`python tools/tables.py`). It describes
version {version} of the schema; SQLite reports it as `PRAGMA user_version`.

## How to read them

- Ids are those of the corpus; `n` counts the records of a type in the order of the corpus.
- A column is named as the field in the YAML, with `_` for `-`. It is empty (NULL) where a record
  leaves the field out. `by` is a word of SQL, so write `"by"`.
- Lists are stored twice: as an array in the table of the record, to read and to facet by, and in
  a table of their own with one row per entry, to join by. Arrays are lists of text in Parquet and
  JSON in SQLite and CSV. An entry of an array is the claim of a link, the actor of a tie, the
  source of a citation, the title of an office, or the text of a name.
- `claims.said` is derived: the date of the claim's source.
- `date` is as the curator wrote it: `2022`, `2022-06`, `2022-06-29` or `2022-06/2023`.
  `first_day` and `last_day` are days that exist, to sort and to compare by.
- A number too large for a database (beyond 64 bits) is left out; `locator` has it in words.
- Lines of CSV end in LF, cells are quoted where RFC 4180 wants it and where they hold a tab or a
  `;`, the encoding is UTF-8. An empty text is `""`, and nothing is an empty cell.
- The folder also has `.explore-export.json`, which names the files that the export wrote with
  their SHA-256. `--force` replaces only those, and only as the export left them.

## Cells of CSV

These rules hold for `explore export csv` and for `--format csv`; `explore.formats.cells` has
each beside its inverse.

- Spreadsheets may split a cell at `;`, a tab or a line end. A part that would run as a formula
  gets a `'` in front: one that begins with `=`, `+`, `-` or `@`, in full width too, or that begins
  a cell or follows a `;` and begins with a tab or a line end. Blanks, quotes and invisible
  characters before these count for nothing. A part that already has such a `'` gets one more, so
  that each text can be told: take one `'` off every such part. `--raw` writes texts as they are.
- `--format csv` joins lists by `;`. Inside an entry it is `\\;`, and backslashes right before a
  `;` are doubled, as are those at the end of an entry that another follows. A list that begins
  with `[` gets a `\\` in front, so that none looks like JSON. `export csv` writes lists as JSON.
- A link with a note is `id: note`, a citation `id article 10`, a place `article 10, paragraph 2`;
  where the text of a place has `, page ` or another label after a comma, that comma has a `\\`.
- A name is `Family, Given`, or as a whole; any other value of several parts is its JSON.

"""

_QUESTIONS = """\
## Questions

What is claimed about ASEAN, and by whom, in SQLite:

```sql
SELECT id, text, "by" FROM claims_about WHERE actor = 'asean' ORDER BY n;
```

The same in DuckDB, on the Parquet files alone:

```sql
SELECT id, text, "by" FROM 'corpus-parquet/claims.parquet'
WHERE list_contains(about, 'asean') ORDER BY n;
```

In Spark, with the views:

```python
spark.conf.set("spark.sql.ansi.enabled", "true")
spark.conf.set("spark.sql.ansi.doubleQuotedIdentifiers", "true")
for file in Path("corpus-parquet").glob("*.parquet"):
    spark.read.parquet(str(file)).createOrReplaceTempView(file.stem)
for view in Path("corpus-parquet/views.sql").read_text().split(";\\n")[:-1]:
    spark.sql(view)
spark.sql("SELECT id FROM claims_about WHERE actor = 'asean' ORDER BY n").show()
```

Full-text search in SQLite, the best first:

```sql
SELECT claims.id, claims.text FROM claims_fts JOIN claims ON claims.n = claims_fts.rowid
WHERE claims_fts MATCH 'centrality' ORDER BY rank;
```
"""


def page() -> str:
    """Return the page."""
    return "".join(_page())


def _page() -> Iterator[str]:
    yield _HEAD.format(version=VERSION)
    yield _QUESTIONS
    yield "\n## Tables\n"
    for table in TABLES:
        yield from _table(table)
    yield "\n## Views\n\nSQLite has them; `views.sql` makes them in an engine that read Parquet.\n"
    for view in VIEWS:
        yield f"\n### {view.name}\n\n{view.doc}\n\n```sql\n{view.sql}\n```\n"
    yield "\n## Full-text search\n\n"
    yield (
        "SQLite has an FTS5 table beside each of these, which holds no text of its own. Words\n"
        "are found in all their English forms, case and accents ignored; scripts without spaces\n"
        "by what stands between two spaces or marks, or by its beginning (`東*`). After a change\n"
        "of a table: `INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')`.\n\n"
        "| table | searches |\n| --- | --- |\n"
    )
    for name, columns in SEARCHED.items():
        yield f"| `{name}_fts` | {', '.join(f'`{column}`' for column in columns)} of `{name}` |\n"


def _table(table: Table) -> Iterator[str]:
    yield f"\n### {table.name}\n\n{table.doc}"
    if table.key:
        yield f" Key: {', '.join(f'`{name}`' for name in table.key)}."
    yield "\n\n| column | type | holds |\n| --- | --- | --- |\n"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {_holds(column)} |\n"


def _holds(column: Column) -> str:
    said = [column.doc]
    if column.refers:
        said.append(f"An `id` of `{column.refers}`.")
    if column.choices:
        said.append(f"One of {', '.join(f'`{choice}`' for choice in column.choices)}.")
    if column.required:
        said.append("Never empty.")
    return " ".join(said)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
