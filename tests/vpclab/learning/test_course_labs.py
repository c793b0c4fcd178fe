"""The labs themselves: each is broken at the start, can be solved as it says, and hints at what is so."""

import pytest

from vpclab.learning.lab_files import deep_problems, drafts
from vpclab.learning.lab_goals import holds
from vpclab.learning.lab_models import HINTS, MOST_MOVES
from vpclab.learning.lab_search import search, single_solutions
from vpclab.learning.labs import attempt, moves_between, moves_of, replay, stars, start_of, state_of
from vpclab.learning.library import CONTENT, lab_reader
from vpclab.words import languages

READER = lab_reader()
LABS = READER.labs()

each_lab = pytest.mark.parametrize("name", LABS)


def test_every_lab_holds_together_and_is_offered():
    assert READER.problems == []
    assert drafts(CONTENT, LABS) == ()
    assert LABS


@each_lab
def test_the_start_does_not_meet_the_goal(name):
    lab = LABS[name]

    assert not attempt(lab, start_of(lab)).solved


@each_lab
def test_the_solution_takes_allowed_moves_and_meets_the_goal(name):
    lab = LABS[name]
    reached = replay(lab)

    for before, move in zip(reached, lab.solution, strict=False):
        assert move in moves_of(lab, before)
    assert attempt(lab, reached[-1]).solved
    assert moves_between(lab, start_of(lab), reached[-1]) == len(lab.solution)
    assert stars(lab, reached[-1], hints_used=0) == 3


@each_lab
def test_every_hint_names_something_true_of_the_start(name):
    lab = LABS[name]
    state = state_of(lab, start_of(lab))

    assert len(lab.plan.hints) == HINTS
    assert all(holds(lab.plan.hint_facts[hint], state) for hint in lab.plan.hints)


@each_lab
def test_the_single_moves_that_solve_it_are_those_that_it_declares(name):
    lab = LABS[name]

    assert set(single_solutions(lab)) == set(lab.single)
    assert deep_problems(CONTENT, lab) == ()


@each_lab
def test_a_search_finds_a_solution_that_is_no_longer_than_its_own(name):
    lab = LABS[name]

    found = search(lab)

    assert found.moves is not None
    assert len(found.moves) <= min(MOST_MOVES, len(lab.solution))


@each_lab
def test_its_words_are_complete_in_every_language(name):
    lab = LABS[name]

    assert set(lab.texts) == set(languages())
    for text in lab.texts.values():
        assert len(text.goals) == len(lab.plan.goal)
        assert set(text.hints) == set(lab.plan.hints)
        assert set(text.requests) == set(lab.plan.requests)
        assert set(text.named_moves) == set(lab.named_moves)
