"""Write plausible made-up articles into a seeds folder, to see how loading and drawing behave with many of them.

    python benchmarks/articles.py 500 /tmp/seeds-500

Each article is one of ours under another name and day: some facts are left out, some figures are changed, and a check
goes where its fact was left out or its figure was changed. Every file passes the loader. The same number always gives
the same articles.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tomllib
from datetime import date, timedelta
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
TOWNS = ("Laredo", "Tampico", "Puebla", "Tucson", "Durango", "El Paso", "Merida", "Houston", "Toluca", "San Diego")
PAPERS = ("Courier", "Herald", "Tribune", "Observer", "Gazette", "Journal", "Post", "Star")
FEWEST_FOR_A_MEETING = 25  # articles; there are more meetings than ours where there are many articles
LEFT_OUT, CHANGED = 0.25, 0.4  # of the facts that may be left out, and of the figures that may be changed
BLOCK = re.compile(r"\n(?=\[)")


def write_seeds(folder: Path, count: int, *, meetings: int | None = None) -> Path:
    """Write `count` articles and all other seed files into `folder`, which must not exist; give the folder.

    `meetings` is the number of meetings they report: by default ours, and one more for every 25 articles beyond that.
    """
    shutil.copytree(SEEDS, folder, ignore=shutil.ignore_patterns("articles"))
    (folder / "articles").mkdir()
    days = _write_meetings(folder / "meetings.toml", meetings or max(4, count // FEWEST_FOR_A_MEETING))
    models = [path.read_text(encoding="utf-8") for path in sorted((SEEDS / "articles").glob("*.toml"))]
    for number in range(count):
        meeting = days[number * len(days) // count]
        name, text = _article(models[number % len(models)], number, meeting)
        (folder / "articles" / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def _write_meetings(path: Path, count: int) -> list[date]:
    """Keep the first `count` meetings of ours, or add some, one a quarter after the last of ours; give their days."""
    head, *blocks = BLOCK.split(path.read_text(encoding="utf-8"))
    blocks = blocks[:count]
    days = [tomllib.loads(block)["meetings"][0]["date"] for block in blocks]
    for number in range(len(blocks), count):
        old, day = days[number % 4].isoformat(), days[number - 1] + timedelta(days=91)
        block = blocks[number % 4].replace(f'id = "{old}"', f'id = "{day}"').replace(f"date = {old}", f"date = {day}")
        blocks.append(re.sub(r'(?m)^name = "(.*)"$', rf'name = "\1, no. {number + 1}"', block))
        days.append(day)
    path.write_text("\n".join([head, *blocks]), encoding="utf-8", newline="\n")
    return days


def _article(model: str, number: int, meeting: date) -> tuple[str, str]:
    """The name and the text of an article made from one of ours."""
    chance = random.Random(number)
    published = max(meeting, date(2023, 10, 5)) + timedelta(days=chance.randrange(20))
    outlet = f"{TOWNS[number % len(TOWNS)]} {PAPERS[number // len(TOWNS) % len(PAPERS)]} {number + 1}"
    head, *blocks = BLOCK.split(model)
    article, records = blocks[0], blocks[1:]
    old = tomllib.loads(article)["article"]["outlet"]
    for field, value in (
        ("id", f'"made-up-{number + 1}"'),
        ("outlet", f'"{outlet}"'),
        ("published", published.isoformat()),
        ("meeting", f'"{meeting}"'),
        ("text_file", f'"made-up-{number + 1}.txt"'),
        ("address", f'"https://example.org/made-up-{number + 1}"'),
        ("sha256", f'"{number:064x}"'),
    ):
        article = re.sub(rf"(?m)^{field} = .*$", f"{field} = {value}", article)
    records = [block.replace(f"via {old}", f"via {outlet}") for block in records]
    name = f"{published}-made-up-{number + 1}.toml"
    return name, "\n".join([head, article, *_varied(records, chance)])


def _varied(blocks: list[str], chance: random.Random) -> list[str]:
    """The records with some facts left out and some figures changed, without the checks that then say nothing."""
    tables = [next(iter(tomllib.loads(block).items())) for block in blocks]
    records = [(table, rows[0]) for table, rows in tables]
    needed = {name for table, row in records if table == "answers" for name in row["facts"]}
    needed |= {row["share_of"] for table, row in records if table == "facts" and "share_of" in row}
    unsafe, kept = set(), []
    for block, (table, row) in zip(blocks, records, strict=True):
        text = block
        if table == "facts" and row["id"] not in needed and chance.random() < LEFT_OUT:
            unsafe.add(row["id"])
            continue
        if table == "facts" and row.get("value", 0) > 1000 and chance.random() < CHANGED:
            unsafe.add(row["id"])
            text = _with_value(block, round(row["value"] * chance.uniform(0.8, 1.25), -2))
        # A check that depends on the day of its article is left out: a record, and the last finished year of a count.
        of_its_day = "largest so far" in block or row.get("relation") == "a narrower thing"
        if table == "checks" and (row.get("fact") in unsafe or of_its_day):
            continue
        kept.append(text)
    return kept


def _with_value(block: str, value: float) -> str:
    text = re.sub(r"(?m)^value = .*$", f"value = {value:.0f}", block)
    return re.sub(r"(?m)^as_printed = .*$", f'as_printed = "{value:,.0f}"', text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int, help="how many articles")
    parser.add_argument("folder", type=Path, help="the folder to write, which must not exist")
    parser.add_argument("--meetings", type=int, help="how many meetings they report")
    asked = parser.parse_args()
    write_seeds(asked.folder, asked.count, meetings=asked.meetings)
