"""The files for other programs are fresh, valid, complete, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from kit.notebooks import NOTEBOOKS, read
from kit.seeds import ROOT

from securitytalks.records.frames import load_facts, load_topics
from securitytalks.share.citation import citation
from securitytalks.share.csv_text import FORMULA_SIGNS
from securitytalks.share.files import shared_files

PACKAGE = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["path"]: resource for resource in PACKAGE["resources"]}
TABLES = [path for path, resource in RESOURCES.items() if resource.get("type") == "table"]


def rows(path: str) -> list[list[str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("name", shared_files())
def test_the_committed_file_is_fresh(name: str) -> None:
    fresh = (ROOT / name).read_text(encoding="utf-8") == shared_files()[name]
    assert fresh, f"{name} is older than the seeds; run: python start.py share"


def test_every_data_file_is_described() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "seeds", "docs/data"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    # A series' TOML file is its description, which the resource of its CSV file repeats.
    described = set(RESOURCES) | {"seeds/README.md"} | {str(Path(path).with_suffix(".toml")) for path in TABLES}
    assert set(listed.stdout.split()) - {path.replace("\\", "/") for path in described} == set()


@pytest.mark.parametrize("path", RESOURCES)
def test_every_file_has_a_licence_or_says_unknown(path: str) -> None:
    for licence in RESOURCES[path]["licenses"]:
        assert licence["name"] in {"MIT", "other-pd", "CC-BY-4.0", "unknown"}
        assert licence["title"]


def test_a_licence_that_nobody_saw_is_unknown() -> None:
    assert RESOURCES["seeds/record/mexico-homicides.csv"]["licenses"][0]["name"] == "unknown"


@pytest.mark.parametrize("path", TABLES)
def test_every_column_is_described(path: str) -> None:
    fields = RESOURCES[path]["schema"]["fields"]
    assert [field["name"] for field in fields] == rows(path)[0]
    assert all(field["description"] for field in fields)


@pytest.mark.parametrize("path", TABLES)
def test_no_cell_starts_a_formula(path: str) -> None:
    assert [cell for row in rows(path) for cell in row if cell.startswith(FORMULA_SIGNS)] == []


def test_the_package_passes_its_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    frictionless = pytest.importorskip("frictionless")
    monkeypatch.chdir(ROOT)
    report = frictionless.validate("datapackage.json")
    assert [error.message for task in report.tasks for error in task.errors] + [e.message for e in report.errors] == []
    assert len(report.tasks) == len(RESOURCES)


def test_the_facts_hold_what_the_frame_holds() -> None:
    header, *lines = rows("docs/data/facts.csv")
    facts = load_facts()
    assert len(lines) == len(facts)
    values = [float(line[header.index("value")]) for line in lines if line[header.index("value")]]
    assert values == facts["value"].dropna().tolist()


def test_the_codebook_has_each_topic_inside_its_family() -> None:
    root = ElementTree.parse(ROOT / "docs" / "data" / "codebook.qdc").getroot()
    space = {"q": "urn:QDA-XML:codebook:1.0"}
    found = {
        code.get("name"): group.get("name")
        for group in root.findall("q:Codes/q:Code", space)
        for code in group.findall("q:Code", space)
    }
    topics = load_topics()
    assert found == dict(zip(topics["name"], topics["family_name"], strict=True))
    guids = [code.get("guid") for code in root.iter("{urn:QDA-XML:codebook:1.0}Code")]
    assert len(guids) == len(set(guids))


def test_the_citation_says_the_same_everywhere() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert PACKAGE["title"] == cited["title"]
    assert PACKAGE["version"] == cited["version"]
    assert cited["authors"][0]["name"] in (ROOT / "LICENSE").read_text(encoding="utf-8")
    for path in NOTEBOOKS:  # pages and the first page of what is published show what a notebook's metadata says
        assert citation().startswith(read(path)["metadata"]["notebook_decks"]["citation"]), path
