"""The learner without a browser: gives answers that a card allows, and knows when one was not kept."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from scripts.bench_server import serving
from scripts.load_practice import compare, kept_answers
from scripts.reviewer import Reviewer, answer_to, check_shown
from scripts.visitor import Run, RunFailed
from ui.learner_cookie import new_secret
from vpclab.store.database import FILE

CHOICES = [["a", "An answer"], ["b", "Another"], ["c", "A third"]]


def answers(kind: str, **more: object) -> set[tuple[str, ...]]:
    dice = random.Random(0)  # noqa: S311 - nothing secret is drawn
    card: Mapping[str, object] = {"kind": kind, "choices": CHOICES, **more}
    return {tuple(answer_to(card, dice)) for _ in range(200)}


@pytest.mark.parametrize("kind", ["one", "several", "predict", "point"])
def test_one_of_the_choices_is_picked(kind: str):
    assert answers(kind) == {("a",), ("b",), ("c",)}


def test_a_statement_is_judged_and_gets_a_reason():
    assert answers("true-or-false") == {(said, why) for said in ("true", "false") for why in "abc"}


def test_all_choices_are_put_in_an_order():
    assert {tuple(sorted(made)) for made in answers("order")} == {("a", "b", "c")}
    assert len(answers("order")) == 6


def test_every_choice_gets_a_target():
    made = answers("match", targets=[["x", "A target"], ["y", "Another"]])

    assert {tuple(pair[:2] for pair in pairs) for pairs in made} == {("a=", "b=", "c=")}
    assert len(made) == 8


def test_a_figure_is_typed_where_there_is_nothing_to_choose():
    assert all(float(made[0]) > 0 and len(made) == 1 for made in answers("number", choices=[]))


def run_that_shows(**alert: object) -> Run:
    message = ForwardMsg()
    for name, value in alert.items():
        setattr(message.delta.new_element.alert, name, value)
    return Run(seconds=0.01, sent_bytes=0, messages=(message,))


def test_a_warning_that_nothing_is_kept_fails_a_run_and_a_verdict_does_not():
    check_shown(run_that_shows(body="The request arrives.", icon="✓"))

    with pytest.raises(RunFailed, match="not kept"):
        check_shown(run_that_shows(body="What you do is not kept."))


def test_what_was_acknowledged_is_in_the_file_when_the_server_is_killed(tmp_path: Path):
    dice = random.Random(1)  # noqa: S311 - nothing secret is drawn
    with serving("app.py", tmp_path) as server, Reviewer(server.address, new_secret(), dice) as learner:
        for _ in range(3):
            learner.answer()
            learner.go_on()
        server.process.kill()

    compared = compare((learner,), kept_answers(tmp_path / FILE))

    assert (compared.acknowledged, compared.found) == (3, 3)
    assert (compared.lost, compared.doubled, compared.unknown) == (0, 0, 0)
