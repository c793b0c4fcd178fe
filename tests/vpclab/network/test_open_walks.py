"""Worked examples of designs, requests and results: `tests/fixtures/walks.yaml`."""

import json
from pathlib import Path

import pytest

from vpclab.exchange.design_file import Case, read_cases
from vpclab.exchange.walk_json import to_json
from vpclab.network import walk

FILE = Path(__file__).parents[2] / "fixtures" / "walks.yaml"
READ = read_cases(FILE.read_bytes(), FILE.name)
CASES = [case for case in READ.cases if isinstance(case, Case)]
SITUATIONS = 16


def test_every_case_can_be_read_without_a_problem():
    assert READ.problems == ()
    assert len(CASES) == len(READ.cases) == SITUATIONS
    assert [case.remarks for case in CASES] == [()] * SITUATIONS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_walk_gives_all_that_the_case_expects(case: Case):
    result = to_json(case.id, walk(case.design, case.request))

    assert {key: result[key] for key in case.expect} == case.expect


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_case_says_where_it_ends_and_what_the_client_sees(case: Case):
    assert {"reachable", "verdict", "symptom", "path", "blocked_at", "reason", "root_cause"} <= set(
        case.expect
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_result_is_json_with_plain_values_only(case: Case):
    result = to_json(case.id, walk(case.design, case.request))

    assert json.loads(json.dumps(result)) == result
