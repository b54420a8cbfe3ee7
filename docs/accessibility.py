"""Write the accessibility statement, docs/accessibility.md, from the results of a test run.

python start.py test --junitxml=results.xml
python docs/accessibility.py results.xml
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
OUTCOMES = {"failure": "failed", "error": "failed", "skipped": "not run"}


def outcomes(results: Path) -> tuple[dict[str, set[str]], str]:
    """Read what became of each test, by file and name, over all its parameters; and the day of the run."""
    found: dict[str, set[str]] = defaultdict(set)
    root = ElementTree.parse(results).getroot()
    for case in root.iter("testcase"):
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '').partition('[')[0]}"
        found[name].add(next((word for tag, word in OUTCOMES.items() if case.find(tag) is not None), "passed"))
    suite = next(root.iter("testsuite"))
    return found, suite.get("timestamp", "")[:10]


def outcome(tests: list[str], found: dict[str, set[str]]) -> str:
    """Give the worst outcome of some tests."""
    seen = set().union(*(found.get(test) or {"not run"} for test in tests))
    if "failed" in seen:
        return "**failed**"
    return "passed" if seen == {"passed"} else "passed in part, not run in part" if "passed" in seen else "**not run**"


def statement(results: Path) -> str:
    """Write the statement in Markdown."""
    written = tomllib.loads((HERE / "accessibility.toml").read_text(encoding="utf-8"))
    found, day = outcomes(results)
    lines = [
        "# Accessibility",
        "",
        "The pages and decks aim at WCAG 2.2, level AA. This statement is made by `docs/accessibility.py` from the",
        f"results of the test run of {day}; nobody outside the project has checked it. Most tests ask Chromium's",
        "accessibility tree, not a person with a screen reader.",
        "",
        "| what we promise | test result |",
        "|---|---|",
        *(f"| {claim['text']} | {outcome(claim['tests'], found)} |" for claim in written["claims"]),
        "",
        "Not tested:",
        "",
        *(f"- {line}" for line in written["untested"]),
        "",
        "Please report what you cannot use, with the browser and the aid, as an issue of this repository.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the statement."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit(__doc__)
    (HERE / "accessibility.md").write_text(statement(Path(sys.argv[1])), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
