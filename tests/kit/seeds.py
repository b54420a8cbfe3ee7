"""Seeds to break: a copy of the real ones, and a sixth article that is sound until a test edits it."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
SIXTH = "2024-01-15-example-times.toml"

HEAD = """\
[article]
id = "example-times"
outlet = "The Example Times"
agency = "Example Press"
headline = "A made-up report"
published = 2024-01-15
published_known = "printed"
meeting = "2023-10-05"
text_file = "sixth.txt"
paragraphs = 4
sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

[[facts]]
id = "killed"
paragraph = 2
kind = "figure"
label = "Killed in Mexico"
statement = "A made-up count of people killed."
says = "An example ministry"
via = "The Example Times"
topics = ["violence"]
value = 450_000
as_printed = "more than 450,000 people"
precision = "more than"
unit = "people"
counts = "a person killed"
stock_or_flow = "stock"
measures = "killed-in-mexico"
place = "Mexico"
window_start = "2006"
window_end = "2023-12"
as_of = 2024-01-15

[[facts]]
id = "killed-young"
paragraph = 2
kind = "figure"
label = "Young people among them"
statement = "A made-up share of the young among them."
says = "An example ministry"
via = "The Example Times"
topics = ["violence"]
value = 0.25
as_printed = "a quarter"
precision = "about"
unit = "share"
counts = "the share of the young among the people killed"
stock_or_flow = "neither"
share_of = "killed"
place = "Mexico"
window_start = "2006"
window_end = "2023-12"
as_of = 2024-01-15

[[facts]]
id = "new-fund"
paragraph = 3
kind = "figure"
label = "A fund against causes"
statement = "A made-up sum asked for."
says = "An example minister"
via = "The Example Times"
topics = ["root-causes"]
value = 2_000_000_000
as_printed = "some $2 billion"
precision = "about"
unit = "US dollars"
counts = "a US dollar asked for"
stock_or_flow = "neither"
programme = "root-causes-plan"
place = "Mexico"
window_start = "2024"
window_end = "2024"
as_of = 2024-01-15
money_status = "requested"

[[facts]]
id = "talks"
paragraph = 3
kind = "event"
label = "Made-up talks"
statement = "Officials meet once more."
says = "The article, naming no source"
via = "The Example Times"
topics = ["cooperation"]
window_start = "2024-01"
window_end = 2024-01-12

[[facts]]
id = "promise"
paragraph = 3
kind = "commitment"
statement = "Both sides promise to talk again."
says = "An example minister"
via = "The Example Times"
topics = ["cooperation"]

[[passages]]
paragraph = 1
words = 3
boilerplate = false
gist = "The headline."
first = ["cooperation"]
second = ["cooperation"]
settled = ["cooperation"]

[[passages]]
paragraph = 2
words = 40
boilerplate = false
gist = "How many people were killed."
first = ["violence"]
second = ["violence", "kingpins"]
settled = ["violence"]
reason = "No leader of a cartel is named."

[[passages]]
paragraph = 3
words = 60
boilerplate = false
gist = "A fund is asked for and talks go on."
first = ["root-causes", "cooperation"]
second = ["cooperation", "root-causes"]
settled = ["root-causes", "cooperation"]

[[passages]]
paragraph = 4
words = 2
boilerplate = true
gist = "Furniture of the page."

[[slips]]
id = "old-count"
paragraph = 2
kind = "unsupported"
what = "The count has no source."
how_known = "It is made up for a test."
"""

ANSWER = """
[[answers]]
question = "{question}"
status = "{status}"
facts = {facts}
note = "A note on {question}."
"""


def sixth_article() -> str:
    """A sound article, with an answer to every question of the codebook: the first is stated, the others absent."""
    with (SEEDS / "codebook.toml").open("rb") as file:
        first, *others = (question["id"] for question in tomllib.load(file)["questions"])
    answers = [ANSWER.format(question=first, status="stated", facts='["new-fund"]')]
    answers += [ANSWER.format(question=question, status="absent", facts="[]") for question in others]
    return HEAD + "".join(answers)


def copy_seeds(folder: Path) -> Path:
    """A copy of the real seeds, to be broken."""
    return Path(shutil.copytree(SEEDS, folder / "seeds"))


def add_sixth(seeds: Path, *edits: tuple[str, str], name: str = SIXTH) -> Path:
    """Write the sixth article, with pieces of its text replaced."""
    path = seeds / "articles" / name
    path.write_text(edited(sixth_article(), *edits), encoding="utf-8", newline="\n")
    return path


def edit(path: Path, *edits: tuple[str, str]) -> None:
    """Replace pieces of a file's text."""
    path.write_text(edited(path.read_text(encoding="utf-8"), *edits), encoding="utf-8", newline="\n")


def edited(text: str, *edits: tuple[str, str]) -> str:
    """Replace pieces of a text; each must be there, and its first place is changed."""
    for old, new in edits:
        assert old in text, f"nothing to break: {old!r} is not in the text"
        text = text.replace(old, new, 1)
    return text
