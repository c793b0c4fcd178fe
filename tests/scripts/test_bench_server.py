"""What the benchmark of the server does with what it has measured; the times themselves are not tested."""

import random
from pathlib import Path

import pytest

from scripts.bench_server import (
    Board,
    Shown,
    environment_with,
    median_kb,
    median_ms,
    next_choice,
    texts_of,
)
from scripts.visitor import Run
from vpclab.sandbox import Choices
from vpclab.sandbox.choice_texts import to_texts


def test_medians_of_runs_are_told_in_milliseconds_and_kilobytes():
    runs = [Run(seconds=seconds, sent_bytes=2000, messages=()) for seconds in (0.01, 0.5, 0.02)]

    assert median_ms(runs) == pytest.approx(20)
    assert median_kb(runs) == pytest.approx(2)


def board(**off: bool) -> Board:
    """A board that shows the usual choices, with some switched off."""
    texts = to_texts(Choices())
    return tuple((name, Shown(text, off.get(name, False))) for name, text in texts.items())


def test_a_choice_is_made_that_can_be_made_and_to_a_text_that_it_does_not_have():
    dice = random.Random(0)  # noqa: S311 - nothing secret is drawn
    shown = board(source=True, destination=True)

    made = [next_choice(shown, dice) for _ in range(200)]

    assert {name for name, _, _ in made}.isdisjoint({"source", "destination", "gateway_tables"})
    assert len({name for name, _, _ in made}) > 10
    for name, text, before in made:
        assert text != before == dict(shown)[name].text
        assert text in texts_of(name)


def test_a_measured_server_keeps_progress_in_its_own_folder_whatever_the_environment_names(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("VPCLAB_DATABASE_URL", "postgresql://the.real.one/progress")
    monkeypatch.setenv("VPCLAB_DATA", "/the/real/one")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")

    environment = environment_with(Path("/own"))

    assert environment["VPCLAB_DATA"] == str(Path("/own"))
    assert "VPCLAB_DATABASE_URL" not in environment
    assert environment["LANG"] == "ja_JP.UTF-8"
