"""The goals of a lab that is being made: what each asks for, and the sentence that learners read."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import streamlit as st

from ui import lab_builder_state as state
from ui.lab_builder_draft import rows_of, sentence_of
from ui.lab_builder_state import GoalKind, GoalRow
from vpclab.learning.lab_models import Component, Way
from vpclab.sandbox.setup import Setup
from vpclab.words import Words, load_words

_ARGUMENTS: Mapping[GoalKind, tuple[str, tuple[Any, ...]]] = MappingProxyType(
    {
        GoalKind.THROUGH: ("way", tuple(Way)),
        GoalKind.PRESENT: ("component", tuple(Component)),
        GoalKind.ABSENT: ("component", tuple(Component)),
    }
)
"""What a goal asks for besides its kind, and what there is to choose."""

_Change = Callable[..., None]


def goals(setup: Setup, t: Words) -> None:
    """Every goal in a box of its own, and a button for one more."""
    st.header(t("builder.goals"))
    st.markdown(t("builder.goals_lead"))
    rows = rows_of(state.form(), setup)
    for number, row in enumerate(rows, start=1):
        with st.container(border=True, key=f"builder-goal-{number}"):
            _goal(rows, row, number, t)
    st.button(
        t("builder.add"),
        key="builder-add",
        icon=":material/add:",
        on_click=state.add_goal,
        args=(rows,),
        disabled=len(rows) >= state.MOST_GOALS,
    )


def _goal(rows: tuple[GoalRow, ...], row: GoalRow, number: int, t: Words) -> None:
    """What a goal asks for and its sentence; the button takes it away."""

    def change(**parts: Any) -> None:
        state.change_goal(rows, row.number, **parts)

    what, argument = st.columns(2)
    with what:
        _select("kind", tuple(GoalKind), row, number, t, change)
    with argument:
        if row.kind in _ARGUMENTS:
            name, all_options = _ARGUMENTS[row.kind]
            _select(name, all_options, row, number, t, change)
        elif row.kind is GoalKind.MONTH:
            _usd(row, number, t, change)
    words = load_words(state.language(t.language))
    key = f"builder-sentence-{row.number}"

    def keep_sentence() -> None:
        text = str(st.session_state[key]).strip()[: state.LONGEST_SENTENCE]
        change(sentence="" if text == sentence_of(_unworded(row), words) else text)

    st.text_input(
        t("builder.sentence", number=number),
        **state.typed(key, sentence_of(row, words)),
        max_chars=state.LONGEST_SENTENCE,
        on_change=keep_sentence,
    )
    st.button(
        t("builder.remove", number=number),
        key=f"builder-remove-{row.number}",
        icon=":material/delete:",
        type="tertiary",
        on_click=state.remove_goal,
        args=(rows, row.number),
    )


def _unworded(row: GoalRow) -> GoalRow:
    return GoalRow(number=row.number, kind=row.kind, way=row.way, component=row.component, usd=row.usd)


def _select(
    name: str, all_options: Sequence[Any], row: GoalRow, number: int, t: Words, change: _Change
) -> None:
    """One of the parts of a goal that are chosen from a list."""
    key = state.shown(f"builder-{name}-{row.number}", getattr(row, name))
    st.selectbox(
        t(f"builder.{name}.label", number=number),
        all_options,
        key=key,
        format_func=lambda option: t(f"builder.{name}.{option}"),
        on_change=lambda: change(**{name: st.session_state[key], "sentence": ""}),
    )


def _usd(row: GoalRow, number: int, t: Words, change: _Change) -> None:
    key = f"builder-usd-{row.number}"
    st.number_input(
        t("builder.usd", number=number),
        **state.typed(key, float(row.usd)),
        min_value=0.01,
        max_value=float(state.MOST_USD),
        step=1.0,
        format="%.2f",
        on_change=lambda: change(usd=Decimal(f"{st.session_state[key]:.2f}"), sentence=""),
    )
