"""Claims about people killed, dead or missing, drawn on the official counts they can be held against."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..claims.deaths import claims_about
from ..drawing.finish import finish, or_no_data
from ..drawing.limits import most_reported, notes
from ..drawing.marks import marker_of
from ..drawing.official import GRADES, key_line, official_rows, official_values, source_of, symbol_of
from ..drawing.panels import ROW, label_rows, panel_titles_left, panels_on_a_slide
from ..drawing.stage import in_steps, on_a_slide
from ..drawing.text import hover, label
from ..drawing.theme import COLOURS, INK, MUTED
from ..official.frames import running_total
from ..words.cites import sources
from ..words.dates import day
from .deaths import claim_hover, marks_by_size

MOST_CLAIMS = 3  # claims whose labels find room on one chart of official values


COUNT_FROM = "2007"  # the first full year after the deployment of December 2006


# On a time axis a number runs upwards, so its arrow points up.
UPWARD = {"triangle-right-open": "triangle-up-open", "triangle-left-open": "triangle-down-open", "circle": "circle"}


READINGS = {"oct_2023": ("October 2023", INK), "dec_2024": ("December 2024", MUTED)}


def tables(official: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The rows behind a chart of claims on the record: the claims first, then the official values."""
    return pd.concat([_claim_rows(claims), official]).rename(columns={"Official count": "What"})


def _claim_rows(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims as rows like official values: one table says both."""
    return pd.DataFrame(
        {
            "Period": [
                f"{day(c.window_start)} to {day(c.window_end)}{', our reading' if c.window_inferred else ''}"
                for c in claims.itertuples()
            ],
            "Official count": [f"Claim of the article: {c.label}" for c in claims.itertuples()],
            "Number": [c.words for c in claims.itertuples()],
            "Unit": claims["unit"],
            "Grade": "",
            "Computed": "no",
            "Read from": claims["cite"],
        }
    )


@or_no_data
def killed_claims_on_record(facts: pd.DataFrame, homicides: pd.DataFrame) -> go.Figure:
    """Each total of people killed in Mexico, at its date, on the official running total of homicides of every motive.

    `homicides`: load_record("mexico-homicides"). Claims are lower bounds: nothing joins them, nothing is subtracted.
    """
    claims, limit = most_reported(claims_about(facts, "killed-in-mexico"), MOST_CLAIMS)
    claims, totals = claims.reset_index(drop=True), homicide_totals(homicides)
    fig = make_subplots(rows=1, cols=1)
    _total_line(fig, totals, homicides)
    top = max(totals["total"].max(), claims["value"].max()) * 1.06
    for at, claim in claims.iterrows():
        _bound_on_time(fig, claim, at, year_passed(totals, claim["value"]), top, len(claims))
    key_line(fig, [("━", INK, "INEGI, added up"), ("△", COLOURS["killed-in-mexico"], "the articles: more than")])
    fig.update_yaxes(range=[0, top], tickformat=",d")
    fig.update_xaxes(
        type="date",
        tickformat="%Y",
        range=[
            totals["start"].min() - pd.Timedelta(days=120),
            max(totals["end"].max(), claims["end"].max()) + pd.Timedelta(days=150),
        ],
    )
    fig.update_layout(margin={"t": 34, "b": 30, "l": 58, "r": 14})
    passed = [_passed_in_words(c["value"], year_passed(totals, c["value"]), totals) for _, c in claims.iterrows()]
    last = totals.iloc[-1]
    in_steps(fig, _killed_steps(claims, totals))
    return finish(
        fig,
        finding=f"The count of all homicides, whatever their motive, {' and '.join(passed)}",
        measure=f"Homicides that INEGI registered since 1 January {COUNT_FROM}, added up by us, and the articles' "
        "lower bounds at their dates. "
        "Open diamond: the total holds a year read second-hand (grade B).",
        unit="people",
        source=f"INEGI, registered homicides, {COUNT_FROM} to {last['period']}, read in public copies and reports; "
        f"{sources(claims['cite'])}",
        note=notes(
            "The articles speak of killings tied to cartels; the official count has no motive and no killer, so it "
            "cannot say how many those are. "
            "The claims are lower bounds: their difference means nothing. The last weeks of 2006 are not in the "
            "official total.",
            limit,
        ),
        description=f"A rising line, the official total of homicides of every motive: {totals['total'].iloc[0]:,.0f} "
        "at the end of "
        f"{totals['period'].iloc[0]}, {last['total']:,.0f} at the end of {last['period']}. Under it, open arrows that "
        "point up: "
        + "; ".join(f"{c.words} on {day(c.as_of)}" for c in claims.itertuples())
        + f". The official total {' and '.join(passed)}.",
        rows=tables(_total_rows(totals), claims),
        height=400,
    )


def _killed_steps(claims: pd.DataFrame, totals: pd.DataFrame) -> list[tuple[str, dict[str, bool]]]:
    """First the count alone, then each claim at its date, then what may be said of them together."""

    def without_later(shown: int) -> dict[str, bool]:
        later = range(shown, len(claims))
        return {f"{part}.visible": False for at in later for part in (f"data[{at + 1}]", f"annotations[{at}]")}

    start = f"The line adds up all homicides that INEGI registered from 1 January {COUNT_FROM}, whatever their motive."
    steps = [(start, without_later(0))]
    for at, (_, claim) in enumerate(claims.iterrows(), 1):
        known = totals[totals["end"] < claim["end"]].tail(1)
        stood = "".join(f" At the end of {t.period} the line stood at {t.total:,.0f}." for t in known.itertuples())
        text = f"{day(claim['as_of'])}: an article printed {claim['words']}.{stood}"
        steps.append((text, without_later(at)))
    if len(claims) > 1:
        steps.append(("Each claim is a lower bound. The difference between two lower bounds means nothing.", {}))
    return steps


def homicide_totals(homicides: pd.DataFrame) -> pd.DataFrame:
    """INEGI's yearly counts added up: a total at the end of each year, with the weakest grade in it."""
    totals = running_total(homicides, "inegi", since=COUNT_FROM)
    values = official_values(homicides, "inegi").set_index("period")
    part = homicides.assign(total=totals.astype(float)).dropna(subset="total")[["period", "start", "end", "total"]]
    part["grade"] = ["B" if "B" in set(values.loc[COUNT_FROM:p, "grade"]) else "A" for p in part["period"]]
    return part.reset_index(drop=True)


def year_passed(totals: pd.DataFrame, value: float) -> str | None:
    """The first year by whose end a running total is above a value; None where it never is."""
    above = totals[totals["total"].gt(value)]
    return None if above.empty else str(above["period"].iloc[0])


def _passed_in_words(value: float, year: str | None, totals: pd.DataFrame) -> str:
    if year:
        return f"passed {value:,.0f} during {year}"
    return f"had not reached {value:,.0f} by the end of {totals['period'].iloc[-1]}"


def _total_line(fig: go.Figure, totals: pd.DataFrame, homicides: pd.DataFrame) -> None:
    about = homicides.attrs["columns"]["inegi"]
    texts = [
        hover(
            f"{t.total:,.0f} homicides from 1 January {COUNT_FROM} to the end of {t.period}",
            f"INEGI (Mexico). Counts: {about['counts']}",
            "Precision: exact sum of yearly counts, derived by us",
            f"As of: {homicides.attrs['vintage']}",
            GRADES[t.grade],
            "Every motive: this is not a count of cartel killings",
        )
        for t in totals.itertuples()
    ]
    start = hover(f"The count starts on 1 January {COUNT_FROM}")
    fig.add_scatter(
        x=[totals["start"].iloc[0], *totals["end"]],
        y=[0, *totals["total"]],
        mode="lines+markers",
        name="INEGI, running total",
        hovertext=[start, *texts],
        hoverinfo="text",
        line={"color": INK, "width": 2},
        marker={
            "symbol": ["circle", *(symbol_of(g, True) for g in totals["grade"])],
            "color": INK,
            "size": [0, *(8 for _ in totals["grade"])],
            "line": {"width": 1.5, "color": INK},
        },
    )


def _bound_on_time(fig: go.Figure, claim: pd.Series, at: int, passed: str | None, top: float, count: int) -> None:
    """An open arrow at date and level of a claim, its label under the line of the record, where there is room."""
    colour, when = COLOURS[claim["measures"]], pd.Timestamp(str(claim["as_of"]))
    fig.add_scatter(
        x=[when],
        y=[claim["value"]],
        mode="markers",
        name=f"{claim['words']}, {claim['where']}",
        hovertext=[claim_hover(claim)],
        hoverinfo="text",
        marker={
            "symbol": UPWARD[marker_of(claim["precision"])],
            "size": 17,
            "color": colour,
            "line": {"width": 3, "color": colour},
        },
    )
    words = f"<b>{label(claim['words'], 40)}</b>", f"{day(claim['as_of'])}; {_passed(passed)}"
    on_a_slide(fig, {f"annotations[{len(fig.layout.annotations)}].text": ", ".join(words)})
    fig.add_annotation(
        text="<br>".join(words),
        x=when,
        y=claim["value"],
        ax=when,
        ay=top * (0.25 - 0.25 * at / max(2, count)),
        axref="x",
        ayref="y",
        xanchor="right",
        yanchor="top",
        align="right",
        showarrow=True,
        arrowhead=0,
        arrowwidth=1,
        arrowcolor=colour,
        standoff=9,
        font={"size": 12, "color": INK},
    )


def _passed(year: str | None) -> str:
    return f"passed in {year}" if year else "not reached"


def _total_rows(totals: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Period": [f"1 Jan {COUNT_FROM} to the end of {p}" for p in totals["period"]],
            "Official count": "INEGI, registered homicides, running total",
            "Number": totals["total"],
            "Unit": "deaths",
            "Grade": totals["grade"],
            "Computed": "yes",
            "Read from": "mexico-homicides, added up by us",
        }
    )


@or_no_data
def migrants_two_snapshots(facts: pd.DataFrame, migrants: pd.DataFrame) -> go.Figure:
    """Dead and missing migrants as the same database had them at two dates: totals beside the claim, and every year.

    `migrants`: load_record("missing-migrants").
    """
    claims, limit = most_reported(claims_about(facts, "migrants-dead-or-missing"), MOST_CLAIMS)
    claims = claims.reset_index(drop=True)
    readings = {column: official_values(migrants, column) for column in READINGS}
    totals = {column: values["value"].sum() for column, values in readings.items()}
    heights = [ROW * (len(claims) + len(totals)), 220]
    span = f"{migrants['period'].iloc[0]} to {migrants['period'].iloc[-1]}"
    fig = make_subplots(
        rows=2,
        cols=1,
        vertical_spacing=0.2,
        row_heights=heights,
        subplot_titles=[f"<b>Totals</b>, {span}", "<b>By year</b>: ■ October 2023, □ December 2024"],
    )
    panel_titles_left(fig)
    panels_on_a_slide(fig, [(0, 0.46, 0, 1), (0.53, 1, 0, 1)])
    on_a_slide(fig, {"xaxis.nticks": 6})
    _total_marks(fig, claims, totals, migrants)
    for column, values in readings.items():
        colour = READINGS[column][1]
        solid = column == "oct_2023"
        fig.add_bar(
            x=values["period"],
            y=values["value"],
            hovertext=values["text"],
            hoverinfo="text",
            name=values["title"].iloc[0],
            row=2,
            col=1,
            marker={
                "color": colour if solid else "#FFFFFF",
                "line": {"color": colour, "width": 1.5},
                "pattern": {
                    "shape": ["/" if isinstance(n, str) else "" for n in values["note"]],
                    "fgcolor": "#FFFFFF",
                    "fillmode": "overlay",
                    "solidity": 0.4,
                },
            },
        )
    fig.update_xaxes(range=[0, max(*totals.values(), claims["value"].max()) * 1.08], tickformat=",d", row=1, col=1)
    fig.update_xaxes(type="category", row=2, col=1)
    fig.update_yaxes(tickformat=",d", row=2, col=1)
    fig.update_layout(barmode="group", bargap=0.25, bargroupgap=0, margin={"t": 34, "b": 30, "l": 46, "r": 18})
    then, now = totals["oct_2023"], totals["dec_2024"]
    raised = int((readings["dec_2024"]["value"] > readings["oct_2023"]["value"]).sum())
    most = (readings["dec_2024"]["value"] - readings["oct_2023"]["value"])[readings["oct_2023"]["note"].isna()].idxmax()
    year, before, after = (
        readings["oct_2023"].loc[most, "period"],
        readings["oct_2023"].loc[most, "value"],
        readings["dec_2024"].loc[most, "value"],
    )
    first = claims.iloc[0]
    finished = readings["oct_2023"]["note"].isna()
    whole_then, whole_now = (readings[column].loc[finished, "value"].sum() for column in ("oct_2023", "dec_2024"))
    return finish(
        fig,
        finding=f"{first['words'].capitalize()} {'fits' if then > first['value'] else 'is above'} the {then:,.0f} "
        f"counted by October 2023. For the finished years the count rose from {whole_then:,.0f} to {whole_now:,.0f}",
        measure="Migrants recorded dead or missing in the Americas, as one database had them on 8 October 2023 and on "
        "26 December 2024. "
        "Four regions added by us. Striped: part of a year. Open arrow: more than.",
        unit="people dead or missing",
        source=f"{source_of(migrants)}; {sources(claims['cite'])}",
        note=notes(
            f"{migrants.attrs['counts_not']}. Dead and missing are counted together. {raised} of {len(migrants)} "
            f"years were raised; {year} most of the full years, from {before:,.0f} to {after:,.0f}.",
            limit,
        ),
        description=f"Totals {span}: {then:,.0f} as of October 2023 and {now:,.0f} as of December 2024, beside the "
        f"claim {first['words']}. "
        f"Below, paired bars by year; {year} was raised from {before:,.0f} to {after:,.0f}.",
        rows=tables(official_rows(migrants, list(READINGS)), claims),
        height=sum(heights) + 80,
    )


def _total_marks(fig: go.Figure, claims: pd.DataFrame, totals: dict[str, float], migrants: pd.DataFrame) -> None:
    """The claim and both totals, a row each: the claim as an open arrow, the totals as computed values."""
    texts = [f"<b>{c.words}</b>: the article of {day(c.as_of)}" for c in claims.itertuples()]
    texts += [f"<b>{total:,.0f}</b>: counted by {READINGS[column][0]}" for column, total in totals.items()]
    marks_by_size(fig, claims)
    for at, (column, total) in enumerate(totals.items(), start=len(claims)):
        text = hover(
            f"{total:,.0f} people dead or missing, {migrants['period'].iloc[0]} to {migrants['period'].iloc[-1]}",
            migrants.attrs["publisher"],
            f"Counts: {migrants.attrs['columns'][column]['counts']}",
            "Precision: years and regions added up by us",
            GRADES["A"],
        )
        fig.add_scatter(
            x=[total],
            y=[at + 0.08],
            mode="markers",
            hovertext=[text],
            hoverinfo="text",
            name=READINGS[column][0],
            row=1,
            col=1,
            marker={"symbol": symbol_of("A", True), "size": 13, "color": READINGS[column][1]},
        )
    label_rows(fig, texts)
