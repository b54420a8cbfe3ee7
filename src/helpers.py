"""The vocabulary of the notebooks: load the records, chart them, and say what they show.

    facts = helpers.load_facts()                      # a DataFrame, one row a fact
    helpers.show(helpers.deaths_counted(facts))       # a Plotly figure

Loaders read `seeds/` and raise SeedError with every fault at once. Chart functions take DataFrames and return a
`plotly.graph_objects.Figure`; they never show it and never change what they are given.
"""

from securitytalks.charts.accounts import topic_shares, two_accounts
from securitytalks.charts.agreement import agreement_by_topic, disagreements_table
from securitytalks.charts.answers import what_nobody_said
from securitytalks.charts.checks import claim_cards, verdicts_overview
from securitytalks.charts.comparisons import can_i_compare
from securitytalks.charts.deaths import deaths_by_size, deaths_counted, who_counts
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

__all__ = [
    "agreement_by_topic",
    "article_form",
    "articles_table",
    "as_of_line",
    "border_encounters",
    "can_i_compare",
    "change_record",
    "check_answers",
    "check_article",
    "check_codings",
    "check_one_change",
    "claim_cards",
    "class_agreement",
    "class_answers",
    "coding",
    "coding_agreement",
    "coding_sheet",
    "comparable",
    "compared_figures",
    "corrections_table",
    "deaths_by_size",
    "deaths_counted",
    "disagreements_table",
    "facts_table",
    "fentanyl_cross_check",
    "fentanyl_on_record",
    "fentanyl_seized",
    "firearms_traced",
    "funding_against_priorities",
    "homicides_by_year",
    "killed_claims_on_record",
    "lesson_plan",
    "load_answers",
    "load_articles",
    "load_checks",
    "load_corrections",
    "load_facts",
    "load_glossary",
    "load_meetings",
    "load_passages",
    "load_questions",
    "load_record",
    "load_series",
    "load_slips",
    "load_topics",
    "meetings_timeline",
    "merida_by_fiscal_year",
    "merida_totals_as_stated",
    "migrants_two_snapshots",
    "money_table",
    "official_figures",
    "overdose_claims_on_record",
    "pooled_codings",
    "practice_seeds",
    "practice_text",
    "predict",
    "predict_choice",
    "predict_count",
    "priorities_against_objectives",
    "priorities_by_meeting",
    "quiz",
    "record_card",
    "say",
    "show",
    "show_glossary",
    "show_quotation",
    "show_table",
    "slips_table",
    "ticket",
    "topic_shares",
    "topics_by_article",
    "topics_by_meeting",
    "two_accounts",
    "verdicts_overview",
    "what_moved",
    "what_nobody_said",
    "who_counts",
]
