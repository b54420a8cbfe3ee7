"""The files that are made from the seeds, by name."""

from __future__ import annotations

from pathlib import Path

from ..records.load import SEEDS
from .citation import citation_file
from .codebook import codebook_qdc
from .dictionary import dictionary
from .package import data_package
from .tables import TABLES

ROOT = SEEDS.parent


def shared_files(seeds: Path = SEEDS) -> dict[str, str]:
    """Give the text of each file by its path below the project's folder.

    Raises:
        SeedError: Where a record or a series is faulty.

    >>> sorted(shared_files())[:2]
    ['CITATION.cff', 'datapackage.json']
    """
    files = {table.path: table.text(seeds) for table in TABLES}
    files |= {"docs/data/codebook.qdc": codebook_qdc(seeds), "seeds/README.md": dictionary(seeds)}
    return files | {"datapackage.json": data_package(seeds), "CITATION.cff": citation_file(seeds)}
