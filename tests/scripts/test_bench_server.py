"""What the benchmark of the server does with what it has measured; the times themselves are not tested."""

import random

import pytest

from scripts.bench_server import median_kb, median_ms, next_choice, other_values
from scripts.visitor import Run, Widget


def test_medians_of_runs_are_told_in_milliseconds_and_kilobytes():
    runs = [Run(seconds=seconds, sent_bytes=2000, messages=()) for seconds in (0.01, 0.5, 0.02)]

    assert median_ms(runs) == pytest.approx(20)
    assert median_kb(runs) == pytest.approx(2)


@pytest.mark.parametrize(
    ("key", "widget", "values"),
    [
        ("sandbox-private_dns", Widget(widget_id="a", kind="checkbox", value=True), [False]),
        ("sandbox-way_out", Widget(widget_id="a", kind="radio", value="x", options=("x", "y")), ["y"]),
        ("sandbox-private_dns", Widget(widget_id="a", kind="checkbox", value=True, disabled=True), []),
        ("sandbox-preset", Widget(widget_id="a", kind="selectbox", value=None, options=("x",)), []),
        ("language-picker", Widget(widget_id="a", kind="button_group", value="x", options=("x", "y")), []),
        ("sandbox-reset", Widget(widget_id="a", kind="button", value=False), []),
    ],
)
def test_only_a_choice_of_the_sandbox_is_changed_and_only_to_another_value(
    key: str, widget: Widget, values: list[object]
):
    assert other_values(key, widget) == values


def test_a_page_without_choices_is_told_and_not_measured():
    with pytest.raises(SystemExit, match="offers no choice"):
        next_choice({}, random.Random(0))  # noqa: S311 - nothing secret is drawn
