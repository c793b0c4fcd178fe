"""Setups: moves, edits by hand on top of choices, undo and redo."""

from dataclasses import replace
from typing import Any

from hypothesis import given

from tests.vpclab.sandbox.strategies import moves
from vpclab.exchange.permalink import starting_setup
from vpclab.network import walk
from vpclab.network.diff import diff
from vpclab.network.edits import apply_all
from vpclab.sandbox import ask, build
from vpclab.sandbox.choices import Source, WayOut
from vpclab.sandbox.setup import History, Setup, choose, design_of, request_of, typed

START = starting_setup()


def moved(setup: Setup, name: str, value: Any) -> Setup:
    return choose(setup, replace(setup.choices, **{name: value}))


def with_edited_nat() -> Setup:
    """A setup whose NAT gateway somebody has broken by hand."""
    design, _ = design_of(START)
    broken = replace(design.nat_gateways[0], public_ip=None)
    return typed(START, replace(design, nat_gateways=(broken,)), request_of(START))


@given(moves())
def test_any_moves_give_a_design_that_can_be_walked_and_undoing_them_all_gives_the_start(
    made: list[tuple[str, Any]],
):
    history = History(present=START)

    for name, value in made:
        history = history.take(moved(history.present, name, value))
        design, lost = design_of(history.present)
        assert not lost
        assert walk(design, request_of(history.present)).told.hops
    end = history
    while history.past:
        history = history.undo()

    assert history.present == START
    while history.future:
        history = history.redo()
    assert history == end


@given(moves())
def test_every_move_is_a_list_of_edits_from_one_network_to_the_next(made: list[tuple[str, Any]]):
    setup = START
    for name, value in made:
        before, _ = design_of(setup)
        setup = moved(setup, name, value)
        after, _ = design_of(setup)

        assert apply_all(before, diff(before, after)) == after


def test_a_move_that_changes_nothing_is_none():
    history = History(present=START)

    assert history.take(START) == history
    assert history.undo() == history
    assert history.redo() == history


def test_a_new_move_forgets_what_was_undone():
    lambda_asks = moved(START, "source", Source.LAMBDA)
    without_nat = moved(START, "way_out", WayOut.NONE)

    history = History(present=START).take(lambda_asks).undo().take(without_nat)

    assert history.future == ()
    assert history.present == without_nat


def test_an_edit_by_hand_stays_on_top_of_later_choices():
    edited = with_edited_nat()

    later = moved(edited, "gateway_endpoint", True)

    design, lost = design_of(later)
    assert design.nat_gateways[0].public_ip is None
    assert design.gateway_endpoints
    assert lost == ()


def test_an_edit_of_what_a_choice_takes_away_is_told_as_lost_and_comes_back_with_it():
    edited = with_edited_nat()

    without_nat = moved(edited, "way_out", WayOut.NONE)

    design, lost = design_of(without_nat)
    assert design == build(without_nat.choices)
    assert lost == edited.edits
    again, lost = design_of(moved(without_nat, "way_out", WayOut.NAT))
    assert again.nat_gateways[0].public_ip is None
    assert lost == ()


def test_edits_that_would_leave_a_name_without_its_resource_are_left_out():
    design, _ = design_of(START)
    without_group = typed(
        START,
        replace(
            design,
            security_groups=(),
            workloads=(replace(design.workloads[0], groups=()),),
        ),
        request_of(START),
    )

    # The endpoint that this choice brings names a group of its own; the caller in the other VPC names one
    # that the edits know nothing of.
    for source in Source:
        later, _ = design_of(moved(without_group, "source", source))
        assert walk(later, request_of(moved(without_group, "source", source))).told.hops


def test_a_request_typed_by_hand_lasts_until_the_choices_ask_something_else():
    design, _ = design_of(START)
    asked = ask(START.choices)
    deletion = replace(asked, calls=(replace(asked.calls[0], action="s3:DeleteObject"),))
    edited = typed(START, design, deletion)

    assert request_of(edited) == deletion
    assert request_of(moved(edited, "gateway_endpoint", True)) == deletion
    assert request_of(moved(edited, "destination", "dynamodb")).calls[0].action == "dynamodb:GetItem"


def test_typing_what_is_there_already_changes_nothing():
    design, _ = design_of(START)

    assert typed(START, design, request_of(START)) == START
