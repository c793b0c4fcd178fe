"""Looking for solutions: the shortest way, single moves, and the limit of the search."""

from dataclasses import replace

from tests.vpclab.learning import small_lab
from vpclab.learning.lab_models import ChoiceMove
from vpclab.learning.lab_search import search, single_solutions, solve
from vpclab.learning.labs import attempt, make, moves_of, start_of

LAB = small_lab.lab()
ENDPOINT = ChoiceMove(choice="gateway_endpoint", text="yes")
NO_NAT = ChoiceMove(choice="way_out", text="none")


def test_a_shortest_solution_is_found_and_every_move_of_it_is_allowed():
    found = search(LAB)

    assert found.moves == (ENDPOINT, NO_NAT)
    assert found.is_complete
    setup = start_of(LAB)
    for move in found.moves:
        assert move in moves_of(LAB, setup)
        setup = make(LAB, setup, move)
    assert attempt(LAB, setup).solved


def test_fewer_moves_than_it_takes_find_nothing_and_that_is_certain():
    found = search(LAB, most=1)

    assert found.moves is None
    assert found.is_complete
    assert solve(LAB, most=1) is None


def test_the_limit_ends_a_search_and_says_so():
    found = search(LAB, limit=5)

    assert found.moves is None
    assert not found.is_complete
    assert found.walks <= 5


def test_a_network_is_tried_once_whatever_the_order_of_its_moves():
    lab = small_lab.lab(
        ("goal:\n", "goal:\n  - {present: transit-gateway}\n"),
        (
            "moves: [gateway_endpoint, gateway_tables, way_out, endpoint_policy]",
            "moves: [gateway_endpoint, way_out]",
        ),
        (", gateway_tables: [app-a, app-c]", ""),
        (small_lab.SOLUTION, ""),
    )

    found = search(lab)

    # Two choices and two named moves with two states each, and two requests in each network.
    assert found.walks == 2**4 * 2
    assert found.moves is None
    assert found.is_complete


def test_single_moves_that_solve_are_all_found():
    lab = small_lab.lab(
        ("  - {absent: nat-gateway}\n", ""),
        ("  - {request: abroad, reaches: false, stopped_by: PREFIX_LIST_IS_REGIONAL}\n", ""),
        (small_lab.SOLUTION, ""),
    )

    assert single_solutions(LAB) == ()
    assert single_solutions(lab) == (ENDPOINT,)
    assert solve(lab) == (ENDPOINT,)


def test_a_lab_that_is_solved_already_needs_no_move():
    solved = replace(
        LAB,
        plan=LAB.plan.model_copy(update={"goal": LAB.plan.goal[:1], "choices": {"gateway_endpoint": "yes"}}),
    )

    assert search(solved).moves == ()
