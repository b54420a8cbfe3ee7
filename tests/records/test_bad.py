"""Every kind of bad record gives its plain message, and all messages come at once: the cases are in bad/*.toml.

A case changes sound records: in `file`, the first text of each change becomes the second. Without `file` that is the
made-up article of kit/; record/storks.csv and record/storks.toml are a made-up series of kit/. Then each fault of the
file holds the text of `says` in its place. `<Unit>` stands for the codes or fields of that name in the schema, and
`<topics>` for the ids of the real records.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from kit.seeds import KIT, SEEDS, SIXTH, add_sixth, copy_seeds, edit

from securitytalks.claims.checks import read_checks
from securitytalks.official.frames import load_series
from securitytalks.records import frames, schema
from securitytalks.records.faults import SeedError

FILES = sorted((Path(__file__).parent / "bad").glob("*.toml"))
CASES = [(path.stem, case) for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]]
SHARED = tomllib.loads((SEEDS / "codebook.toml").read_text(encoding="utf-8")) | tomllib.loads(
    (SEEDS / "meetings.toml").read_text(encoding="utf-8")
)
LISTS = {name: [row["id"] for row in rows] for name, rows in SHARED.items()}
LISTS |= {name: get_args(kind) for name, kind in vars(schema).items() if get_origin(kind) is not None}
LISTS |= {name: kind.model_fields for name, kind in vars(schema).items() if hasattr(kind, "model_fields")}
READERS = {"corrections.toml": frames.load_corrections, "glossary.toml": frames.load_glossary}


def written_out(text: str) -> str:
    """Put the names of a list in place of its own name."""
    return re.sub(r"<(\w+)>", lambda found: ", ".join(map(str, LISTS.get(found[1], [found[0]]))), text)


def seeds_for(file: str, folder: Path) -> Path:
    """Sound seeds with the file that a case changes."""
    if file.startswith("record/storks"):
        (folder / "seeds" / "record").mkdir(parents=True)
        for ending in (".csv", ".toml"):
            shutil.copy(KIT / f"storks{ending}", folder / "seeds" / "record")
        return folder / "seeds"
    seeds = copy_seeds(folder)
    if file == f"articles/{SIXTH}":
        add_sixth(seeds)
    return seeds


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}-{case['name']}" for group, case in CASES])
def test_a_bad_record_gives_its_message(group: str, case: dict[str, Any], tmp_path: Path) -> None:
    file = case.get("file", f"articles/{SIXTH}")
    seeds = seeds_for(file, tmp_path)
    edit(seeds / file, *map(tuple, case["changes"]))
    reader = READERS.get(file, load_series if file.startswith("record/") else read_checks)
    with pytest.raises(SeedError) as caught:
        reader(seeds)
    faults = [
        str(fault) for fault in caught.value.faults if fault.file.startswith(f"seeds/{Path(file).with_suffix('')}")
    ]
    expected = [written_out(text) for text in case["says"]]
    assert len(faults) == len(expected), faults
    for fault, text in zip(faults, expected, strict=True):
        assert text in fault
