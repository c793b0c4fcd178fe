"""Fuzzing: whatever happens to a file, reading it gives values and never an exception."""

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vpclab.exchange.design_file import BrokenCase, read_cases
from vpclab.exchange.plain_data import read_plain
from vpclab.exchange.problem_text import sentence
from vpclab.words import load_words

WALKS = Path(__file__).resolve().parents[2] / "fixtures" / "walks.yaml"
PLAIN = read_plain(WALKS.read_bytes(), WALKS.name).value["cases"]
ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.sampled_from(
        ["", "local", "10.0.0.0/8", "10.0.0.1/8", "::/0", "*", "-1", "vpc-main", "\x00", "forward a to b"]
    ),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(), st.integers(), max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_happens_to_a_case_reading_it_gives_values(data: st.DataObject):
    case = copy.deepcopy(data.draw(st.sampled_from(PLAIN)))
    for _ in range(data.draw(st.integers(1, 4))):
        here: Any = case
        while True:
            step = data.draw(st.sampled_from(list(here) if isinstance(here, dict) else range(len(here))))
            if not isinstance(here[step], dict | list) or not here[step] or data.draw(st.integers(0, 4)) == 0:
                break
            here = here[step]
        if isinstance(here, dict) and data.draw(st.booleans()):
            here[data.draw(st.text())] = here.pop(step)
        else:
            here[step] = data.draw(ODD_VALUES)

    file = read_cases(json.dumps({"cases": [case]}).encode(), "mutant.json")

    broken = [problem for one in file.cases if isinstance(one, BrokenCase) for problem in one.problems]
    for language in ("ja", "en"):
        assert all(sentence(problem, load_words(language)) for problem in (*file.problems, *broken))


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.yaml", "a.json", "stdin"]))
def test_whatever_the_bytes_are_reading_them_gives_values(content: bytes, name: str):
    file = read_cases(content, name)

    assert file.problems or file.cases
