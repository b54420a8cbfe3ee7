"""Each setting of nbconvert has its effect on our files, or a warning says what to use instead."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from export_kit import notebook, text
from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output, new_raw_cell
from notebook_decks.exporters import CHECKOUT_TEMPLATES, EXPORTERS
from traitlets.config import Config

CASES = json.loads((Path(__file__).parent / "settings.json").read_text(encoding="utf-8"))


def sample() -> NotebookNode:
    def cell(source: str, words: str, *tags: str) -> NotebookNode:
        output = new_output("stream", name="stdout", text=words)
        return new_code_cell(source, execution_count=1, outputs=[output], metadata={"tags": list(tags)})

    cells = [text("# A title"), text("## A headline"), text("Words"), new_raw_cell("A raw line")]
    return notebook(*cells, cell("keptcode", "an output"), cell("taggedcode", "a tagged output", "mine"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {json.dumps(case['set'])}")
def test_a_setting_has_its_effect_or_a_warning(case: dict, caplog: pytest.LogCaptureFixture) -> None:
    exporter = EXPORTERS[case["kind"]](config=Config(case["set"]))
    with caplog.at_level(logging.WARNING):
        done, _ = exporter.from_notebook_node(sample(), {"metadata": {"name": "sample"}})
    assert [words for words in case["logs"] if words not in caplog.text] == []
    assert case["logs"] or not caplog.text
    assert [words for words in case.get("shows", []) if words not in done] == []
    assert [words for words in case.get("hides", []) if words in done] == []


def test_nbconverts_own_exporter_warns_too(caplog: pytest.LogCaptureFixture) -> None:
    ours = {"template_name": "deck", "extra_template_basedirs": [str(CHECKOUT_TEMPLATES)], "reveal_theme": "sky"}
    done, _ = SlidesExporter(**ours).from_notebook_node(sample(), {"metadata": {}})
    assert 'class="deck' in done
    assert "SlidesExporter.reveal_theme has no effect" in caplog.text


@pytest.mark.parametrize(
    ("about", "coloured"),
    [
        ({"language_info": {"name": "python", "pygments_lexer": "ipython3"}}, True),
        ({"language_info": {"name": "julia"}}, True),
        ({"kernelspec": {"language": "R", "name": "ir", "display_name": "R"}}, True),
        ({"language_info": {"name": "no such language"}}, False),
        ({"kernelspec": {"name": "xeus-unknown", "display_name": "?"}}, True),
        ({}, True),
    ],
)
def test_code_has_the_colours_of_its_language(about: dict, *, coloured: bool) -> None:
    cell = new_code_cell("x = 1 # words\nif x == 2:\n  print('a')", execution_count=1)
    done, _ = EXPORTERS["page"]().from_notebook_node(notebook(cell, **about), {"metadata": {}})
    assert ('<span class="' in done.split('class="code-fold"')[1].split("</details>")[0]) == coloured


def test_code_behind_a_magic_has_the_colours_of_its_own_language() -> None:
    cell = new_code_cell("%%javascript\nfunction f() {}", execution_count=1)
    done, _ = EXPORTERS["page"]().from_notebook_node(notebook(cell), {"metadata": {}})
    assert '<span class="kd">function</span>' in done


def test_a_template_file_of_ones_own_is_said_to_lack_what_ours_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "own.j2").write_text("{{ nb.cells | length }} cells", encoding="utf-8")
    exporter = EXPORTERS["page"](template_file=str(tmp_path / "own.j2"))
    done, _ = exporter.from_notebook_node(sample(), {"metadata": {"name": "sample"}})
    assert done.endswith(" cells")
    assert "sample was written with the template 'own.j2'" in caplog.text
