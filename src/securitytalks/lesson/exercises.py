"""Modify and make: a copy of the records to change, an article of one's own, and words on what is wrong yet."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
from IPython.display import HTML, Markdown

from ..records.faults import Faults, SeedError, as_written, one_of
from ..records.files import USUAL_SIZE, read_text
from ..records.frames import load_articles, load_facts, load_passages, load_topics, passage_topics
from ..records.load import SEEDS, article_paths, read
from ..words.characters import plain, visible
from ..words.language import Texts, titled
from ..words.numbers import HEDGE, printed_value
from .messages import NotYetError, done, not_yet
from .mistakes import (
    DATE_FIELDS,
    NUMBER_FIELDS,
    TOPIC_FIELDS,
    YES_OR_NO,
    date_advice,
    in_record,
    number_advice,
    topics_advice,
)

BLANK = '"..."'
PRACTICE_FILE = "2024-02-01-practice-gazette.toml"

PRACTICE = (  # made up, so that it may be printed in full
    "Two neighbours plan clinics at the border",
    "Officials of both countries met on Thursday and agreed to open clinics for people who depend on opioids. "
    "They gave no date.",
    "About 1,200 people have asked for treatment since January 2023, a spokesman of the health office told the "
    "Practice Gazette.",
    "He added that young people in border towns need work, or the gangs will hire them.",
)

FACT_FORM = """[[facts]]
id = "..."
paragraph = 3
kind = "figure"
label = "..."
statement = "..."
says = "..."
via = "Practice Gazette"
topics = ["..."]
value = 0
as_printed = "..."
precision = "..."
unit = "..."
counts = "..."
stock_or_flow = "..."
place = "..."
window_start = "..."
window_end = 2024-02-01
as_of = 2024-02-01
note = "..."
"""

PASSAGE_FORM = """[[passages]]
paragraph = {number}
words = {words}
boilerplate = false
gist = "..."
first = ["..."]
second = ["..."]
settled = ["..."]
"""


def practice_seeds(folder: str | Path | None = None) -> Path:
    """Copy the records to a new folder, to be changed freely; charts read it with `helpers.load_facts(folder)`.

    Without a name the folder is a temporary one, and each call gives a fresh copy. Raises NotYetError, a ValueError,
    where the folder cannot be made, and where it is there already, so that no work is lost.
    """
    try:
        target = Path(tempfile.mkdtemp(prefix="practice-")) / "seeds" if folder is None else Path(folder)
        shutil.copytree(SEEDS, target)
    except FileExistsError:
        raise NotYetError(f"There is {as_written(str(folder))} already. Write another name, or none.") from None
    except (OSError, TypeError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise NotYetError(f"The folder cannot be made: {visible(str(why))}. Write another name, or none.") from None
    return target


def change_record(seeds: Path, record: str | None = None, *unnamed: object, **fields: object) -> None:
    """Write other values into one record of a copy: of a fact, "<article>/<id>", or of a passage, "<article>/<number>".

    The file is changed as an editor would change it; it is read and checked when a chart next asks for it. Raises
    NotYetError, a ValueError, for the project's own records, for a record that is not there, for a value without the
    name of its field, and for a field or value that no file of records can hold; the file is then as it was.
    """
    seeds = _copy_of(seeds)
    if unnamed:
        one = _in_python(unnamed[0])
        raise NotYetError(f"Found {one} without the name of its field. Write the name and = before it, settled={one}")
    path, start, end = _place_of(seeds, record)
    text = _text_of(path, seeds)
    block = text[start:end]
    for name, value in fields.items():
        if not re.fullmatch(r"[a-z_]{1,40}", name):
            do = name.lower() if re.fullmatch(r"\w{1,40}", name) else "a field of seeds/README.md"
            raise NotYetError(f"Found the field {as_written(name)}. Write {do}.")
        if advice := _advice(name, value):
            raise NotYetError(f"{name}: found {_in_python(value)}. Write {name}={advice}")
        if name in DATE_FIELDS and isinstance(value, str) and len(value) == len("2024-02-01"):
            value = date.fromisoformat(value)  # a day stands in a file without quotation marks
        line, old = f"{name} = {_as_toml(value)}", re.compile(rf"^{re.escape(name)} = .*$", re.MULTILINE)
        block = old.sub(lambda _, line=line: line, block) if old.search(block) else f"{block.rstrip()}\n{line}\n\n"
    path.write_bytes((text[:start] + block + text[end:]).encode("utf-8"))


def _copy_of(seeds: str | Path) -> Path:
    """The folder of a copy, which may be changed."""
    make = "mine = helpers.practice_seeds()"
    try:
        is_copy = (Path(seeds) / "articles").is_dir()
    except (OSError, TypeError, ValueError):  # a name that no folder can have
        is_copy = False
    if not is_copy:
        raise NotYetError(f"Found {_in_python(seeds)} where the copy is named. Write {make}, and then mine.")
    if Path(seeds).resolve() == SEEDS:
        raise NotYetError(f"These are the project's own records. Change a copy: {make}")
    return Path(seeds)


def _advice(field: str, value: object) -> str | None:
    """What to write in the place of a value, where a usual mistake was made."""
    if value is None:
        return "what it is to be"
    if field in TOPIC_FIELDS:
        return topics_advice(value, topic_names())
    if field in DATE_FIELDS and isinstance(value, str):
        return date_advice(value, in_python=True)
    if field in NUMBER_FIELDS and isinstance(value, str):
        return number_advice(value) or value
    if field == "boilerplate" and isinstance(value, str):
        return {"true": "True", "false": "False"}.get(YES_OR_NO.get(value.casefold(), ""), "True or False")
    return None


def _in_python(value: object) -> str:
    """Write a value as a student writes it in a cell."""
    return str(value) if value is None or isinstance(value, bool) else as_written(value)


def topic_names() -> dict[str, str]:
    """The name of each topic by its code."""
    topics = load_topics()
    return dict(zip(topics["topic"], topics["name"], strict=True))


def _place_of(seeds: Path, record: object) -> tuple[Path, int, int]:
    """The file of a record, and where its block starts and ends."""
    where = 'Write "<article>/<paragraph>" for a passage or "<article>/<id>" for a fact, such as "urdupoint/20"'
    if not isinstance(record, str):
        raise NotYetError(f"Found {_in_python(record)} where the record is named. {where}, in quotation marks.")
    places = {plain(one): one for file in read(SEEDS).articles for one in _names(file)}
    if (meant := places.get(plain(record))) and meant != record.strip():
        raise NotYetError(f"Found {as_written(record)} where the record is named. Write {as_written(meant)}.")
    article, _, name = record.strip().partition("/")
    if not name:
        raise NotYetError(f"Found {as_written(record)} where the record is named. {where}.")
    there: list[str] = []
    table, key = ("passages", f"paragraph = {name}") if name.isdigit() else ("facts", f'id = "{name}"')
    for path in article_paths(seeds):
        text = _text_of(path, seeds)
        if f'\nid = "{article}"\n' not in text:
            continue
        for block in re.finditer(rf"^\[\[{table}\]\]\n(?:(?!\[|#).*\n?)*", text, re.MULTILINE):
            if f"\n{key}\n" in block[0]:
                return path, block.start(), block.end()
            there += re.findall(r'^(?:id = "(.+)"|paragraph = (\d+))$', block[0], re.MULTILINE)[:1]
    if not there:
        known = ", ".join(file.article.id for file in read(SEEDS).articles)
        raise NotYetError(f"No article of the copy is named {as_written(article)}. {where}. The articles are: {known}.")
    ids = [name for pair in there for name in pair if name]
    listed = f"{ids[0]} to {ids[-1]}" if name.isdigit() else one_of(ids)
    raise NotYetError(f"{article} has no {table[:-1]} {as_written(name)}. Its {table} are: {listed}. {where}.")


def _text_of(path: Path, seeds: Path) -> str:
    """The text of a file of records. Raises SeedError, a ValueError, where it cannot be read."""
    faults = Faults(seeds)
    text = read_text(path, faults)
    faults.raise_all()
    return text or ""


def _as_toml(value: object) -> str:
    """Write a value for a TOML file. Raises NotYetError, a ValueError, for what no record holds."""
    texts = value if isinstance(value, list) else [value]
    if all(isinstance(one, str) for one in texts):
        if any("\ud800" <= character <= "\udfff" for one in texts for character in one):
            raise NotYetError(f"Found {as_written(value)}, with a character that no file can hold. Write it again.")
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date) or (isinstance(value, int | float) and abs(value) < 1e15):
        return as_written(value)
    allowed = "a text, a list of texts, True or False, a date, or a number of at most 15 digits"
    raise NotYetError(f"Found {as_written(value)}, of type {type(value).__name__}. Write {allowed}.")


def what_moved(seeds: Path) -> pd.DataFrame:
    """What a copy of the records has that ours have not: counts before and after, only those that moved.

    Raises SeedError where the copy has faults.
    """
    seeds = _copy_of(seeds)
    before, after = _counts(SEEDS), _counts(seeds)
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name, 0) != after.get(name, 0)]
    rows = [(name, before.get(name, 0), after.get(name, 0)) for name in names]
    return titled(pd.DataFrame(rows, columns=["count", "count_before", "count_after"]))


def _counts(seeds: Path) -> dict[str, int]:
    texts, facts, passages = Texts("what_moved"), load_facts(seeds), load_passages(seeds)
    names = load_topics(seeds).set_index("topic")["name"]
    counts = {texts("articles"): len(load_articles(seeds)), texts("facts"): len(facts)}
    counts |= {texts("figures"): int(facts["kind"].eq("figure").sum())}
    precisions = Texts("hover").table("precisions")
    kinds = facts["precision"].map(precisions).value_counts()
    counts |= {texts("figures_of", precision=precision): int(n) for precision, n in kinds.items()}
    counts |= {texts("passages"): int((~passages["boilerplate"]).sum())}
    named = passage_topics(passages)["topic"].value_counts()
    return counts | {texts("passages_on", topic=names[topic]): int(n) for topic, n in named.items()}


def check_one_change(seeds: Path) -> HTML:
    """Say whether exactly one record was changed, and whether the copy is sound; not whether the new value is right."""
    seeds = _copy_of(seeds)
    if (seeds / "articles" / PRACTICE_FILE).exists():
        lead = "This copy also has the sixth article. Give each exercise a copy of its own: run the cell with"
        return not_yet(f"{lead} helpers.practice_seeds() again.")
    try:
        after = read(seeds)
    except SeedError as error:
        return not_yet("The copy has faults. Each line says where, what was found and what to write:", error.faults)
    before = {f"{file.article.id}/{key}": r for file in read(SEEDS).articles for key, r in _records(file)}
    now = {f"{file.article.id}/{key}": r for file in after.articles for key, r in _records(file)}
    changed = sorted(name for name in before | now if before.get(name) != now.get(name))
    if not changed:
        return not_yet("Nothing is changed in your copy so far.")
    if len(changed) > 1:
        return not_yet(f"{len(changed)} records are changed. Change one, so that you see what it alone moves:", changed)
    return done(f"One record is changed: {changed[0]}, and the copy is sound. Now say what moved, and what did not.")


def _names(file: object) -> list[str]:
    return [f"{file.article.id}/{name}" for name, _ in _records(file)]


def _records(file: object) -> list[tuple[str, object]]:
    return [*((f.id, f) for f in file.facts), *((str(p.paragraph), p) for p in file.passages)]


def practice_text() -> Markdown:
    """A short made-up article to record, its paragraphs numbered as the records number them."""
    lines = "\n".join(f"{number}. {text}" for number, text in enumerate(PRACTICE, 1))
    return Markdown(f"**Practice Gazette, 1 Feb 2024** (made up for this exercise)\n\n{lines}")


def article_form() -> Markdown:
    """The record of the practice article with blanks to fill in: one figure, and the passages."""
    passages = [PASSAGE_FORM.format(number=n, words=len(text.split())) for n, text in enumerate(PRACTICE, 1)]
    return Markdown("```toml\n" + "\n".join([FACT_FORM, *passages]) + "```")


def check_article(seeds: Path, written: str) -> HTML:
    """Put what a student wrote into a copy of the records as a sixth article; say what is wrong with it, if anything.

    The head of the file and the answers to the standing questions are added. While it has faults, the file is kept out
    of the way of other cells. Raises NotYetError for the project's own records.
    """
    path = _copy_of(seeds) / "articles" / PRACTICE_FILE
    path.unlink(missing_ok=True)
    if not isinstance(written, str) or "=" not in written:
        return not_yet("Nothing is filled in: copy the form between the quotation marks and fill in its blanks.")
    if len(written) > USUAL_SIZE:
        return not_yet(f"Found {len(written):,} characters; at most {USUAL_SIZE:,} are read. Write the form alone.")
    written = written.removeprefix("\ufeff").replace("\xa0", " ")  # as a paste from a page or a word processor has them
    if blanks := written.count(BLANK):
        hold = "1 blank still holds" if blanks == 1 else f"{blanks} blanks still hold"
        fields = ", ".join(dict.fromkeys(re.findall(rf"^\s*(\w+).*{re.escape(BLANK)}", written, re.MULTILINE)))
        return not_yet(f"{hold} {BLANK}. Write what the article says for: {fields}.")
    if mistakes := in_record(written, topic_names()):
        return not_yet("Each line says where, what was found and what to write:", mistakes)
    sound = False
    try:
        path.write_bytes(f"{written.rstrip()}\n\n{_rest()}".encode())
        faults = _against_the_text(seeds)
        sound = not faults
    except SeedError as error:
        lead = "Your record is checked as ours are. Each line says where, what was found and what to write:"
        return not_yet(lead, error.faults)
    except UnicodeEncodeError as error:
        line = written.count("\n", 0, error.start) + 1
        return not_yet(f"Line {line} has a character that no file can hold. Write it again.")
    finally:
        if not sound:  # also after an unforeseen error: the faulty file must not stop other cells
            path.unlink(missing_ok=True)
    if faults:
        return not_yet("The record is well formed. Now compare it with the article:", faults)
    return done(f"{PRACTICE_FILE} is sound: your copy has {len(load_articles(seeds))} articles. See what moved.")


def _rest() -> str:
    """What the form leaves out: where the article is from, and the standing questions, which it does not answer."""
    text = "\n".join(PRACTICE)
    meeting = read(SEEDS).meetings[-1].id
    head = f"""[article]
id = "practice-gazette"
outlet = "Practice Gazette"
headline = "{PRACTICE[0]}"
published = 2024-02-01
published_known = "printed"
meeting = "{meeting}"
text_file = "practice-gazette.txt"
paragraphs = {len(PRACTICE)}
sha256 = "{hashlib.sha256(text.encode("utf-8")).hexdigest()}"
"""
    answers = [
        f'[[answers]]\nquestion = "{question.id}"\nstatus = "absent"\nnote = "Nothing on this."\n'
        for question in read(SEEDS).codebook.questions
    ]
    return "\n".join([head, *answers])


def _against_the_text(seeds: Path) -> list[str]:
    """Say where a sound record differs from the printed words. Raises SeedError where it is not sound."""
    facts = load_facts(seeds)
    wrong = []
    for fact in facts[facts["article"].eq("practice-gazette") & facts["kind"].eq("figure")].itertuples():
        where = f"facts[{fact.id}]"
        if fact.as_printed.lower() not in PRACTICE[fact.paragraph - 1].lower():
            wrong.append(f'{where}: paragraph {fact.paragraph} does not print "{fact.as_printed}".')
            continue
        try:
            printed_value(fact.as_printed)
        except ValueError:
            wrong.append(f"{where}: as_printed has no figure, or more than one.")
        if bool(re.match(HEDGE, fact.as_printed, re.IGNORECASE)) != (fact.precision == "about"):
            wrong.append(f"{where}: precision does not say what the words around the figure say.")
    passages = load_passages(seeds)
    for passage in passages[passages["article"].eq("practice-gazette")].itertuples():
        if passage.words != (count := len(PRACTICE[passage.paragraph - 1].split())):
            wrong.append(
                f"passages[paragraph {passage.paragraph}]: words is {passage.words}. The paragraph has {count}."
            )
    return wrong
