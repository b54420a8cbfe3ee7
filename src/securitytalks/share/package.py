"""`datapackage.json`: every data file of the project described as the Data Package standard asks, version 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_type_hints

from ..official.schema import SeriesColumn
from ..official.series import Series, read_record
from ..records.load import SEEDS, article_paths
from ..records.shape import codes_of
from .citation import AUTHORS, citation, project
from .tables import TABLES, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MIT = {"name": "MIT", "title": "MIT licence"}
# How the text about a series' licence starts, and the name that catalogues use. Any other text counts as unknown.
LICENCES = {"US federal work": "other-pd", "IOM's data: CC BY 4.0": "CC-BY-4.0"}
HOLDS = {"whole number": "integer", "number": "number", "text": "string"}
TYPES = {"i": "integer", "f": "number", "b": "boolean", "M": "date"}  # by the kind of a column in pandas
LISTS = {"topics": "list of ids, with semicolons between them"}
TOML_FILES = {
    "meetings": "The meetings that the articles report",
    "codebook": "The topics with their families, and the questions put to every article",
    "glossary": "The people, places and words that the explainer explains",
    "corrections": "What this project had wrong, and what stands there now",
}


def data_package(seeds: Path = SEEDS) -> str:
    """Describe the CSV files with every column, and the TOML files that the tables of records are made from.

    Raises:
        SeedError: Where a record or a series is faulty.
    """
    about = project(seeds)
    resources = [_series(series) for series in read_record(seeds).values()]
    resources += [_table(table, seeds) for table in TABLES]
    resources += [_toml(name, f"seeds/{name}.toml", title) for name, title in TOML_FILES.items()]
    resources += [
        _toml(
            f"article-{path.stem}", f"seeds/articles/{path.name}", "One article: its facts, passages, slips and checks"
        )
        for path in article_paths(seeds)
    ]
    resources.append(
        _file(
            "codebook-qdc", "docs/data/codebook.qdc", "qdc", "application/xml", "The codebook as REFI-QDA codebook 1.0"
        )
    )
    package = {
        "$schema": PROFILE,
        "name": about["name"],
        "title": about["description"],
        "description": f"Cite as: {citation(seeds)} The licence of each official series is given with its file.",
        "version": about["version"],
        "contributors": [{"title": AUTHORS}],
        "licenses": [MIT],
        "resources": resources,
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _series(series: Series) -> dict[str, Any]:
    """Describe the CSV file of an official series, and where each stretch of its columns was read."""
    file = series.file
    texts = [f"{file.counts}.", f"{file.counts_not}.", f"Processing: {file.processing}."]
    titles = {column.id: column.title for column in file.columns}
    period = {
        "name": "period",
        "title": "Period",
        "type": "string",
        "description": f"The period of the row: {file.period_type}",
        "constraints": {"required": True},
    }
    table = {"fields": [period, *(_column(column, titles) for column in file.columns)], "primaryKey": file.row}
    return _csv(f"official-{series.id}", f"seeds/record/{series.id}.csv", file.title, table) | {
        "description": " ".join(texts),
        "spatialCoverage": file.place,
        "vintage": file.vintage,
        "sources": [{"title": f"{file.publisher}: {file.original}"}],
        "licenses": [{"name": _licence(file.licence), "title": file.licence}],
        "readFrom": [block.model_dump(mode="json", exclude_none=True) for block in file.rows],
    }


def _licence(text: str) -> str:
    """Give the licence's name for catalogues.

    >>> _licence("US federal work: free to use"), _licence("Not seen")
    ('other-pd', 'unknown')
    """
    return next((name for start, name in LICENCES.items() if text.startswith(start)), "unknown")


def _column(column: SeriesColumn, titles: dict[str, str]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.id, "title": column.title, "type": HOLDS[column.holds]}
    text = column.counts
    if column.share_of:
        text += f". A share of: {titles[column.share_of]}"
    if column.derived:
        text += ". Computed from the publisher's data, not read as printed"
    field["description"] = text
    field |= {name: value for name in ("unit", "vintage") if (value := getattr(column, name))}
    if column.codes:
        field["constraints"] = {"enum": list(column.codes)}
    return field


def _table(table: Table, seeds: Path) -> dict[str, Any]:
    """Describe a table of records."""
    columns, fields = table.load(seeds).dtypes, []
    hints = get_type_hints(table.model, include_extras=True)
    for name, meaning in table.meanings(seeds).items():
        field: dict[str, Any] = {"name": name, "type": TYPES.get(columns[name].kind, "string"), "description": meaning}
        if name in LISTS:
            field["description"] += f" ({LISTS[name]})"
        if codes := codes_of(hints.get(name)):
            field["constraints"] = {"enum": list(codes)}
        fields.append(field)
    schema = {"fields": fields, "primaryKey": [table.key]}
    return _csv(f"records-{Path(table.path).stem}", table.path, table.title, schema) | {
        "description": "Made from the files in seeds/; seeds/README.md explains the codes",
        "licenses": [MIT],
    }


def _csv(name: str, path: str, title: str, table: dict[str, Any]) -> dict[str, Any]:
    file = _file(name, path, "csv", "text/csv", title)
    return file | {"type": "table", "encoding": "utf-8", "schema": table | {"missingValues": [""]}}


def _toml(name: str, path: str, title: str) -> dict[str, Any]:
    return _file(name, path, "toml", "application/toml", title) | {
        "description": "seeds/README.md explains every field and code"
    }


def _file(name: str, path: str, ending: str, media: str, title: str) -> dict[str, Any]:
    return {"name": name, "path": path, "format": ending, "mediatype": media, "title": title, "licenses": [MIT]}
