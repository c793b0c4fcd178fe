"""Worked examples of designs, requests and results, and situations that were once told wrongly."""

import json
from pathlib import Path

import pytest

from vpclab.exchange.design_file import Case, read_cases
from vpclab.exchange.walk_json import to_json
from vpclab.network import walk

FOLDER = Path(__file__).parents[2] / "fixtures"
FILES = [read_cases((FOLDER / name).read_bytes(), name) for name in ("walks.yaml", "mended-walks.yaml")]
CASES = [case for read in FILES for case in read.cases if isinstance(case, Case)]
SITUATIONS = 16 + 12


def test_every_case_can_be_read_without_a_problem():
    assert [read.problems for read in FILES] == [(), ()]
    assert len(CASES) == sum(len(read.cases) for read in FILES) == SITUATIONS
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
