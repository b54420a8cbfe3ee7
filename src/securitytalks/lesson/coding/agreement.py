"""How far the coders of a class agree with one another and with the settled codes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...claims.agreement import nominal_alpha
from ...words.language import Texts, titled
from .form import coding_sample


def class_agreement(codings: pd.DataFrame, passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """How far a class agrees: each coder with our codes, and all coders among themselves.

    `codings`: pooled_codings(). Columns: `Who`, `Passages` (coded), `The very same topics` (passages on which the coder
    and we agree in full; blank for all coders), `Alpha` (Krippendorff's, nominal, on yes or no for every passage and
    topic; a passage that a coder left out counts as missing), `Note` (why there is no alpha, where there is none).
    """
    texts, sample = Texts("class_agreement"), coding_sample(passages, topics)
    order, names = list(sample["passage"]), list(topics["topic"])
    ours = _decisions(dict(zip(sample["passage"], sample["settled"], strict=True)), order, names)
    settled = {p: set(codes) for p, codes in zip(sample["passage"], sample["settled"], strict=True)}
    rows, everybody = [], []
    for coder, part in codings.groupby("coder", sort=False):
        codes = dict(zip(part["passage"], part["topics"], strict=True))
        everybody.append(_decisions(codes, order, names))
        same = sum(set(chosen) == settled[passage] for passage, chosen in codes.items())
        rows.append((texts("ours", coder=coder), len(codes), same, *_alpha([everybody[-1], ours])))
    if len(everybody) > 1:
        rows.append((texts("everybody"), codings["passage"].nunique(), None, *_alpha(everybody)))
    frame = pd.DataFrame(rows, columns=["who", "passages", "same_topics", "alpha", "note"])
    return titled(frame.astype({"same_topics": "Int64"}))


def _alpha(coders: list[np.ndarray]) -> tuple[float | None, str]:
    """Alpha as readers see it, or the reason why there is none as a sentence."""
    alpha, why = nominal_alpha(np.stack(coders))
    return (None, Texts("class_agreement")("no_alpha", why=why)) if why else (round(alpha, 2), "")


def _decisions(codes: dict[str, list[str]], passages: list[str], topics: list[str]) -> np.ndarray:
    """One decision a passage and topic: 1 or 0, missing where the passage was not coded."""
    rows = [[float(topic in codes[p]) if p in codes else np.nan for topic in topics] for p in passages]
    return np.array(rows).ravel()
