"""One Parquet file per table, for DuckDB, Spark, Trino, ClickHouse and data frames."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from explore.exporting import Options
from explore.exporting.table_views import VIEWS
from explore.exporting.tables import TABLES, Table, batches
from explore.extras import need
from explore.index.queries import Index
from explore.model.records import Record

FILES = (*(f"{table.name}.parquet" for table in TABLES), "views.sql")


def write(index: Index, options: Options, path: Path) -> None:
    """Write the folder: one file per table, in row groups, and `views.sql`."""
    del options
    parquet = need("pyarrow.parquet", "parquet")
    info = index.info()
    schemas = {table.name: _schema(table, info) for table in TABLES}
    path.mkdir()
    with ExitStack() as open_:
        files = {}
        for name, schema in schemas.items():
            # Arrow itself opens only paths that are UTF-8.
            file = open_.enter_context((path / f"{name}.parquet").open("wb"))
            files[name] = open_.enter_context(parquet.ParquetWriter(file, schema))
        for table, rows in batches(index):
            files[table.name].write_table(_arrow(schemas[table.name], rows))
    views = "".join(
        f"-- {view.doc}\nCREATE TEMPORARY VIEW {view.name} AS\n{view.sql};\n\n" for view in VIEWS
    )
    (path / "views.sql").write_text(views, encoding="utf-8", newline="")


def _schema(table: Table, info: Record) -> Any:
    """Return the schema of a file, with what each column contains and which corpus it is from."""
    arrow = need("pyarrow", "parquet")
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "date": arrow.date32(),
        "array": arrow.list_(arrow.string()),
    }
    fields = [
        arrow.field(
            column.name, types[column.type], not column.required, {"description": column.doc}
        )
        for column in table.columns
    ]
    metadata = {"description": table.doc}
    metadata |= {name: info[name] for name in ("title", "license", "as_of") if name in info}
    return arrow.schema(fields, metadata)


def _arrow(schema: Any, rows: list[Any]) -> Any:
    """Return rows as an Arrow table; days are text in the rows."""
    arrow = need("pyarrow", "parquet")
    columns = []
    for field, values in zip(schema, zip(*rows, strict=True), strict=True):
        if arrow.types.is_date(field.type):
            columns.append(arrow.array(values, arrow.string()).cast(field.type))
        else:
            columns.append(arrow.array(values, field.type))
    return arrow.Table.from_arrays(columns, schema=schema)
