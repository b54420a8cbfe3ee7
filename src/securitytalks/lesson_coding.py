"""Code it yourself: a sample of passages in our words, the codebook, and how far a class agrees with our codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from IPython.display import HTML, Markdown

from .faults import Fault, as_written, suggest
from .show import show_table

CODING = "application/vnd.classroom.coding+json"
COLUMNS = ("coder", "passage", "topics")
SIZE = 14
OURS = "our codes"


class CodingError(ValueError):
    """All the faults of the codings that a class has pasted, one a line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"{count} in the codings:", *map(str, faults)]))

    def _render_traceback_(self) -> list[str]:
        """Give a notebook the message alone."""
        return [str(self)]


def coding_sample(passages: pd.DataFrame, topics: pd.DataFrame, *, size: int = SIZE) -> pd.DataFrame:
    """Passages for a class to code: every topic occurs, every article has some, and hard ones are among them.

    Takes the frames of `load_passages` and `load_topics`. Columns: `passage` ("<article>/<paragraph>"), `gist`, `cite`,
    `settled`. The choice follows a rule and not chance, so that everybody codes the same ones.
    """
    real = passages[~passages["boilerplate"] & passages["paragraph"].gt(1)].copy()  # the first is the headline
    real["passage"] = real["article"] + "/" + real["paragraph"].astype(str)
    real["hard"] = [set(a) != set(b) for a, b in zip(real["first"], real["second"], strict=True)]
    chosen: list[str] = []
    wanted = [real["settled"].map(lambda codes, topic=topic: topic in codes) for topic in topics["topic"]]
    wanted += [real["hard"]] * max(0, size - len(wanted))
    for having in wanted[:size]:
        chosen += _next(real[having & ~real["passage"].isin(chosen)], real[real["passage"].isin(chosen)])
    sample = real[real["passage"].isin(chosen)]
    return sample[["passage", "gist", "cite", "settled"]].reset_index(drop=True)


def _next(having: pd.DataFrame, taken: pd.DataFrame) -> list[str]:
    """The first passage, if any, of the article that the sample has least of so far."""
    load = having["article"].map(taken["article"].value_counts()).fillna(0)
    return [having.loc[load.idxmin(), "passage"]] if len(having) else []


@dataclass(frozen=True)
class Coding:
    """The sample and the codebook: a form in an export; in JupyterLab what is to be coded, and by which topics."""

    sample: pd.DataFrame
    topics: pd.DataFrame

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        order = list(self.topics["topic"])
        data = {
            "topics": self.topics[["topic", "name", "definition", "includes", "excludes"]].to_dict("records"),
            "passages": self.sample[["passage", "gist", "cite"]].to_dict("records"),
            # One number a passage, a bit a topic: enough to compare, nothing that reads as an answer.
            "compare": [sum(1 << order.index(topic) for topic in codes) for codes in self.sample["settled"]],
        }
        plain = "\n".join(f"{p.passage}: {p.gist}" for p in self.sample.itertuples())
        return {CODING: data, "text/html": self._html(), "text/plain": plain}

    def _html(self) -> str:
        passages = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(p.passage)}</th>'
            f'<td style="text-align:left">{escape(p.gist)}</td></tr>'
            for p in self.sample.itertuples()
        )
        book = "".join(
            f'<li style="text-align:left"><b>{escape(t.name)}</b> ({escape(t.topic)}). {escape(t.definition)} '
            f"<i>Not here:</i> {escape(t.excludes)}</li>"
            for t in self.topics.itertuples(index=False)
        )
        return (
            "<p>In the reading page and in the slides this is a form. Here, "
            "<code>helpers.coding_sheet(passages, topics)</code> gives "
            f"a file to fill in.</p><table><caption>Passages to code</caption><tbody>{passages}</tbody></table>"
            f"<details><summary>The codebook</summary><ul>{book}</ul></details>"
        )


def coding(passages: pd.DataFrame, topics: pd.DataFrame) -> Coding:
    """Let readers code a sample of passages and compare with our codes. Takes the frames of the two loaders."""
    return Coding(coding_sample(passages, topics), topics)


def coding_sheet(passages: pd.DataFrame, topics: pd.DataFrame, path: str | Path = "codings.csv") -> Path:
    """Write a CSV file for one coder to fill in: columns coder, passage, topics, gist. Returns where it is.

    `topics` takes topics of the codebook with a space between them. A file that is there already is kept.
    """
    out = Path(path).resolve()
    if not out.exists():  # else it may hold work
        sheet = coding_sample(passages, topics)[["passage", "gist"]]
        sheet = sheet.assign(coder="", topics="")[[*COLUMNS, "gist"]]
        sheet.to_csv(
            out, index=False, encoding="utf-8-sig", lineterminator="\n"
        )  # with the mark, so that Excel reads UTF-8
    return out


# ------------------------------------------------------------------------------------------------- what a class pastes


@dataclass
class _Desk:
    """Where the codings come from, what they may name, and what is wrong with them."""

    name: str
    passages: list[str]
    topics: list[str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, column: str, *, found: str, allowed: str, do: str) -> None:
        self.faults.append(Fault(self.name, f"line {line}", column, found, allowed, do))


def pooled_codings(source: str | Path, passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Read the codings of a class: a CSV file, or the pasted text itself, with commas, semicolons or tabs.

    Takes the frames of `load_passages` and `load_topics`. Columns: `coder`, `passage`, `topics` (a list). Each
    student's own heading line may stand in between. Raises CodingError with every fault at once.
    """
    text, name = _text_of(source)
    sample = coding_sample(passages, topics)
    desk = _Desk(name, list(sample["passage"]), list(topics["topic"]))
    rows = list(_rows(text, desk))
    _check_twice(rows, desk)
    if not rows and not desk.faults:
        desk.fault(1, "-", found="no coding", allowed="a line for each passage", do="paste what students copied")
    if desk.faults:
        raise CodingError(sorted(desk.faults, key=lambda fault: int(fault.record.split()[1]))) from None
    return pd.DataFrame([row[1:] for row in rows], columns=list(COLUMNS))


def _text_of(source: str | Path) -> tuple[str, str]:
    """The text and the name of a file, or a text that was pasted."""
    if isinstance(source, Path) or ("\n" not in source and source.strip().lower().endswith(".csv")):
        path = Path(source)
        raw = path.read_bytes()
        try:
            return raw.decode("utf-8-sig"), path.name
        except UnicodeDecodeError:
            return raw.decode("cp1252", errors="replace"), path.name  # Excel on an older Windows; ids are plain letters
    return source.removeprefix("\ufeff"), "pasted text"


def _rows(text: str, desk: _Desk) -> Iterator[tuple[int, str, str, list[str]]]:
    """Line, coder, passage and topics of each sound line; the faults of the others go to the desk."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip(" ,;\t\ufeff")]
    if not lines:
        return
    separator = _separator([line for _, line in lines])
    columns: list[str] = []
    for number, line in lines:
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line.strip("\ufeff")), delimiter=separator))]
        heads = [cell.lower() for cell in cells]
        if set(COLUMNS) <= set(heads):
            columns = heads
        elif columns or _is_data(number, heads, desk):
            columns = columns or list(COLUMNS)
            if any(cells[len(columns) :]):  # else the topics after the first would be lost without a word
                found, most = f"{len(cells)} cells", f"{len(columns)} cells, as in the heading"
                desk.fault(number, "-", found=found, allowed=most, do="put quotation marks round the list of topics")
                continue
            row = _row(number, dict(zip(columns, cells, strict=False)), desk)
            if row:
                yield row


def _separator(lines: list[str]) -> str:
    """What parts the cells: seen in a heading, else what most lines have."""
    heads = [
        mark
        for mark in ",;\t"
        for line in lines
        if set(COLUMNS) <= {cell.strip(' "').lower() for cell in line.strip("\ufeff").split(mark)}
    ]
    return heads[0] if heads else max(",;\t", key=lambda mark: sum(mark in line for line in lines))


def _is_data(number: int, heads: list[str], desk: _Desk) -> bool:
    """Say that the first line is no heading; tell whether it is a coding all the same, in the usual order."""
    is_data = len(heads) >= len(COLUMNS) and (heads[1] in desk.passages or "/" in heads[1])
    do = "put this line first" if is_data else "mend the heading"
    desk.fault(number, "-", found=f"no heading but {as_written(', '.join(heads))}", allowed=",".join(COLUMNS), do=do)
    return is_data


def _row(number: int, cells: dict[str, str], desk: _Desk) -> tuple[int, str, str, list[str]] | None:
    before = len(desk.faults)
    coder, passage, written = (cells.get(name, "") for name in COLUMNS)
    if not coder:
        desk.fault(number, "coder", found="a blank", allowed="a name or initials", do="write who coded this")
    if not passage:
        desk.fault(
            number, "passage", found="a blank", allowed="a passage of the sample", do="write which passage this is"
        )
    elif passage not in desk.passages:
        do = suggest(passage, desk.passages, otherwise="copy it from the form")
        desk.fault(number, "passage", found=as_written(passage), allowed="a passage of the sample", do=do)
    topics = list(dict.fromkeys(written.replace(",", " ").replace(";", " ").lower().split()))
    if not topics:
        do = "write at least one topic, or remove the line"
        desk.fault(number, "topics", found="a blank", allowed="topics with a space between them", do=do)
    for topic in (topic for topic in topics if topic not in desk.topics):
        do = suggest(topic, desk.topics, otherwise="choose one of these")
        desk.fault(number, "topics", found=as_written(topic), allowed=", ".join(desk.topics), do=do)
    return (number, coder, passage, topics) if len(desk.faults) == before else None


def _check_twice(rows: list[tuple[int, str, str, list[str]]], desk: _Desk) -> None:
    """One coder codes a passage once: two students of one name would count as one."""
    seen: dict[tuple[str, str], int] = {}
    for number, coder, passage, _ in rows:
        key = (coder.casefold(), passage)
        if key in seen:
            found = f"{as_written(coder)} with {passage}, as in line {seen[key]}"
            do = "give each student a name of their own, or remove what was pasted twice"
            desk.fault(number, "coder", found=found, allowed="each passage once a coder", do=do)
        seen.setdefault(key, number)


# ------------------------------------------------------------------------------------------------------- agreement


def class_agreement(codings: pd.DataFrame, passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """How far a class agrees: each coder with our codes, and all coders among themselves.

    `codings`: pooled_codings(). Columns: `Who`, `Passages` (coded), `The very same topics` (passages on which the coder
    and we agree in full; blank for all coders), `Alpha` (Krippendorff's, nominal, on yes or no for every passage and
    topic; a passage that a coder left out counts as missing; blank where nobody's codes vary).
    """
    sample = coding_sample(passages, topics)
    order, names = list(sample["passage"]), list(topics["topic"])
    ours = _decisions(dict(zip(sample["passage"], sample["settled"], strict=True)), order, names)
    settled = {p: set(codes) for p, codes in zip(sample["passage"], sample["settled"], strict=True)}
    rows, everybody = [], []
    for coder, part in codings.groupby("coder", sort=False):
        codes = dict(zip(part["passage"], part["topics"], strict=True))
        everybody.append(_decisions(codes, order, names))
        same = sum(set(chosen) == settled[passage] for passage, chosen in codes.items())
        rows.append((f"{coder} with {OURS}", len(codes), same, _alpha([everybody[-1], ours])))
    if len(everybody) > 1:
        rows.append(("All coders among themselves", codings["passage"].nunique(), None, _alpha(everybody)))
    frame = pd.DataFrame(rows, columns=["Who", "Passages", "The very same topics", "Alpha"])
    return frame.astype({"The very same topics": "Int64"})


def check_codings(source: str | Path, passages: pd.DataFrame, topics: pd.DataFrame) -> Markdown | HTML:
    """Show how far a class agrees, or what is wrong with what was pasted; an empty text is no error."""
    if isinstance(source, str) and not source.strip():
        return Markdown("**Not yet.** Nothing is pasted so far.")
    try:
        codings = pooled_codings(source, passages, topics)
    except CodingError as error:
        lines = "\n".join(f"- `{fault}`" for fault in error.faults)
        return Markdown(f"**Not yet.** Each line says where, what was found and what is allowed:\n\n{lines}")
    return show_table(class_agreement(codings, passages, topics), caption="How far the class agrees")


def _decisions(codes: dict[str, list[str]], passages: list[str], topics: list[str]) -> np.ndarray:
    """One decision a passage and topic: 1 or 0, missing where the passage was not coded."""
    rows = [[float(topic in codes[p]) if p in codes else np.nan for topic in topics] for p in passages]
    return np.array(rows).ravel()


def _alpha(decisions: list[np.ndarray]) -> float:
    """Krippendorff's alpha, or missing where there is nothing to compare or nothing varies."""
    data = np.stack(decisions)
    paired = data[:, (~np.isnan(data)).sum(axis=0) > 1]
    if not paired.size or np.nanmin(paired) == np.nanmax(paired):
        return np.nan
    return round(float(krippendorff.alpha(paired, level_of_measurement="nominal")), 2)
