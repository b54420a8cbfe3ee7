"""Seeds to break: a copy of the real ones, and a sixth article that is sound until a test edits it."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

KIT = Path(__file__).parent
ROOT = KIT.parents[1]
SEEDS = ROOT / "seeds"
SIXTH = "2024-01-15-example-times.toml"

HEAD = (KIT / "example-times.toml").read_text(encoding="utf-8")
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


def add_sixth(seeds: Path, *edits: tuple[str, str], more: str = "", name: str = SIXTH) -> Path:
    """Write the sixth article, with pieces of its text replaced, and with more records at its end."""
    path = seeds / "articles" / name
    path.write_text(edited(sixth_article(), *edits) + more, encoding="utf-8", newline="\n")
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
