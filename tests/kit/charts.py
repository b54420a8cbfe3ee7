"""Every chart function with what it is given, for tests and measurements that walk over all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go

import helpers
from securitytalks.records.load import SEEDS

Frames = dict[str, Any]


def with_plain_spaces(text: str) -> str:
    """A text with plain spaces in the place of those that keep a date or a sum in one line."""
    return text.replace("\u00a0", " ")


def frames_of(seeds: Path) -> Frames:
    """The frames that charts take, by the name of the parameter."""
    return {
        "facts": helpers.load_facts(seeds),
        "meetings": helpers.load_meetings(seeds),
        "passages": helpers.load_passages(seeds),
        "topics": helpers.load_topics(seeds),
        "answers": helpers.load_answers(seeds),
        "questions": helpers.load_questions(seeds),
        "checks": helpers.load_checks(seeds),
        "officials": helpers.official_figures(seeds),
    }


def every_chart(frames: Frames, seeds: Path = SEEDS) -> dict[str, Callable[[], go.Figure]]:
    """Every chart that is drawn from articles, by the name of its function."""
    facts, passages, topics = frames["facts"], frames["passages"], frames["topics"]
    record = partial(helpers.load_record, seeds=seeds)
    busiest = facts.groupby("meeting")["article"].nunique().idxmax()
    return {
        "meetings_timeline": lambda: helpers.meetings_timeline(frames["meetings"], facts),
        "deaths_counted": lambda: helpers.deaths_counted(facts),
        "fentanyl_cross_check": lambda: helpers.fentanyl_cross_check(facts),
        "funding_against_priorities": lambda: helpers.funding_against_priorities(facts, topics),
        "priorities_by_meeting": lambda: helpers.priorities_by_meeting(facts, topics),
        "priorities_against_objectives": lambda: helpers.priorities_against_objectives(
            facts, record("framework-objectives")
        ),
        "topics_by_meeting": lambda: helpers.topics_by_meeting(passages, topics),
        "topics_by_article": lambda: helpers.topics_by_article(passages, topics),
        "two_accounts": lambda: helpers.two_accounts(facts, topics, busiest),
        "topic_shares": lambda: helpers.topic_shares(passages, topics),
        "agreement_by_topic": lambda: helpers.agreement_by_topic(helpers.coding_agreement(passages, topics=topics)),
        "homicides_by_year": lambda: helpers.homicides_by_year(record("mexico-homicides"), facts),
        "killed_claims_on_record": lambda: helpers.killed_claims_on_record(facts, record("mexico-homicides")),
        "overdose_claims_on_record": lambda: helpers.overdose_claims_on_record(facts, record("us-overdose-12-months")),
        "fentanyl_on_record": lambda: helpers.fentanyl_on_record(facts, record("us-overdose-12-months")),
        "migrants_two_snapshots": lambda: helpers.migrants_two_snapshots(facts, record("missing-migrants")),
        "merida_totals_as_stated": lambda: helpers.merida_totals_as_stated(facts, record("merida-running-totals")),
        "verdicts_overview": lambda: helpers.verdicts_overview(frames["checks"]),
        "can_i_compare": lambda: helpers.can_i_compare(helpers.comparable(facts, frames["officials"])),
        "what_nobody_said": lambda: helpers.what_nobody_said(frames["answers"], frames["questions"], facts),
    }


def numbers_not_marked(fig: go.Figure) -> set[str]:
    """The numbers of a headline that no label, tick or row name of its chart shows; years stand on an axis of dates."""
    texts = [note.text for note in fig.layout.annotations if note.name != "footer"]
    for trace in fig.data:
        texts += [] if trace.text is None else np.atleast_1d(trace.text).tolist()
        texts += [str(x) for x in trace.x if not isinstance(x, Real)]
    texts += [str(tick) for axis in fig.select_xaxes() for tick in axis.ticktext or []]
    number = re.compile(r"\d+(?:[.,]\d+)*")
    return set(number.findall(fig.layout.meta["finding"])) - {n for text in texts for n in number.findall(text or "")}
