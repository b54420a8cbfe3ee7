"""Code it yourself: a sample of passages in our words, the codebook, and how far a class agrees with our codes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ...words.escape import escaped
from ..forms import texts

CODING = "application/vnd.classroom.coding+json"
COLUMNS = ("coder", "passage", "topics")
SIZE = 14  # passages of a sample, and more where more topics are to occur
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet computes a cell that starts so


def coding_sample(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Passages for a class to code: every topic that we found occurs, every article has some, hard ones are among them.

    Takes the frames of `load_passages` and `load_topics`. Columns: `passage` ("<article>/<paragraph>"), `gist`, `cite`,
    `settled`. The choice follows a rule and not chance, so that everybody codes the same ones.
    """
    real = passages[~passages["boilerplate"] & passages["paragraph"].gt(1)].copy()  # the first is the headline
    real["passage"] = real["article"] + "/" + real["paragraph"].astype(str)
    real["hard"] = [set(a) != set(b) for a, b in zip(real["first"], real["second"], strict=True)]
    chosen: list[str] = []
    wanted = [real["settled"].map(lambda codes, topic=topic: topic in codes) for topic in topics["topic"]]
    wanted += [real["hard"]] * max(0, SIZE - len(wanted))
    for having in wanted:
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
            # Our codes, which an export gives to readers and teachers alone.
            "compare": [[order.index(topic) for topic in codes] for codes in self.sample["settled"]],
        }
        plain = "\n".join(f"{p.passage}: {p.gist}" for p in self.sample.itertuples())
        return {CODING: data, "text/html": self._html(), "text/plain": plain}

    def _html(self) -> str:
        passages = "".join(
            f'<tr><th scope="row" style="text-align:left">{escaped(p.passage)}</th>'
            f'<td style="text-align:left">{escaped(p.gist)}</td></tr>'
            for p in self.sample.itertuples()
        )
        says = texts("coding")
        book = "".join(
            f'<li style="text-align:left"><b>{escaped(t.name)}</b> ({escaped(t.topic)}). {escaped(t.definition)} '
            f"<i>{says['not_here']}</i> {escaped(t.excludes)}</li>"
            for t in self.topics.itertuples(index=False)
        )
        lead = says["in_lab"].format(call="<code>helpers.coding_sheet(passages, topics)</code>")
        return (
            f"<p>{lead}</p><table><caption>{says['passages']}</caption><tbody>{passages}</tbody></table>"
            f"<details><summary>{says['book']}</summary><ul>{book}</ul></details>"
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
        sheet["gist"] = [f"'{gist}" if gist.startswith(FORMULAS) else gist for gist in sheet["gist"]]
        sheet = sheet.assign(coder="", topics="")[[*COLUMNS, "gist"]]
        sheet.to_csv(
            out, index=False, encoding="utf-8-sig", lineterminator="\n"
        )  # with the mark, so that Excel reads UTF-8
    return out
