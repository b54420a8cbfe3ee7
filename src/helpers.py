"""The vocabulary of the notebooks: load the records, chart them, and say what they show.

    facts = helpers.load_facts()                      # a DataFrame, one row a fact
    helpers.show(helpers.deaths_counted(facts))       # a Plotly figure

Loaders read `seeds/` and raise SeedError with every fault at once. Chart functions take DataFrames and return a
`plotly.graph_objects.Figure`; they never show it and never change what they are given.
"""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

# Type checkers and editors read this list as imports. Python reads it below and imports a module when one of its names
# is first used, because pandas, plotly and IPython take seconds to import.
if TYPE_CHECKING:
    from securitytalks.charts.accounts import topic_shares, two_accounts
    from securitytalks.charts.agreement import agreement_by_topic, disagreements_table
    from securitytalks.charts.answers import what_nobody_said
    from securitytalks.charts.checks import claim_cards, verdicts_overview
    from securitytalks.charts.comparisons import can_i_compare, pairs_table
    from securitytalks.charts.deaths import deaths_counted, who_counts
    from securitytalks.charts.fentanyl import fentanyl_cross_check
    from securitytalks.charts.meetings import meetings_timeline
    from securitytalks.charts.merida import merida_by_fiscal_year, merida_totals_as_stated
    from securitytalks.charts.money import funding_against_priorities, money_table
    from securitytalks.charts.objectives import priorities_against_objectives
    from securitytalks.charts.on_record import killed_claims_on_record, migrants_two_snapshots
    from securitytalks.charts.overdoses import fentanyl_on_record, overdose_claims_on_record
    from securitytalks.charts.series import border_encounters, fentanyl_seized, firearms_traced, homicides_by_year
    from securitytalks.charts.tables import articles_table, corrections_table, facts_table, record_card, slips_table
    from securitytalks.charts.topics import priorities_by_meeting, topics_by_article, topics_by_meeting
    from securitytalks.claims.agreement import coding_agreement
    from securitytalks.claims.checks import load_checks, official_figures
    from securitytalks.claims.compare import comparable, compared_figures
    from securitytalks.lesson.coding.agreement import class_agreement
    from securitytalks.lesson.coding.form import coding, coding_sheet
    from securitytalks.lesson.coding.pasted import check_codings, pooled_codings
    from securitytalks.lesson.exercises import (
        article_form,
        change_record,
        check_article,
        check_one_change,
        practice_seeds,
        practice_text,
        what_moved,
    )
    from securitytalks.lesson.glossary import show_glossary
    from securitytalks.lesson.guess.guess import predict, predict_choice, predict_count
    from securitytalks.lesson.plan import lesson_plan
    from securitytalks.lesson.quiz.quiz import quiz, ticket
    from securitytalks.lesson.quotation.quotation import show_quotation
    from securitytalks.lesson.results.results import check_answers, class_answers
    from securitytalks.lesson.table.table import show_table
    from securitytalks.notebook import as_of_line, say, show
    from securitytalks.official.frames import load_record, load_series
    from securitytalks.records.frames import (
        load_answers,
        load_articles,
        load_corrections,
        load_facts,
        load_glossary,
        load_meetings,
        load_passages,
        load_questions,
        load_slips,
        load_topics,
    )

MODULES = {
    alias.name: statement.module or ""
    for block in ast.parse(Path(__file__).read_text(encoding="utf-8")).body
    if isinstance(block, ast.If)
    for statement in block.body
    if isinstance(statement, ast.ImportFrom)
    for alias in statement.names
}
__all__ = sorted(MODULES)


def __getattr__(name: str) -> object:
    """Import what a notebook uses for the first time."""
    if name not in MODULES:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    value = globals()[name] = getattr(import_module(MODULES[name]), name)
    return value


def __dir__() -> list[str]:
    return __all__


if shell := "IPython" in sys.modules and sys.modules["IPython"].get_ipython():  # a notebook is open
    import_module("securitytalks.lesson.cells").explain(shell)
