"""Problems as lines: a sentence for every code, in every language, and nothing that steers a terminal."""

import re
from pathlib import Path

import pytest

from vpclab import exchange
from vpclab.errors import Problem
from vpclab.exchange.problem_text import bracketed, dotted, line_of, printable
from vpclab.network import edits
from vpclab.store import export_text
from vpclab.words import load_words

FILES = (
    *Path(exchange.__path__[0]).glob("*.py"),
    Path(edits.__file__),
    Path(export_text.__file__),
)
SOURCES = "\n".join(file.read_text(encoding="utf-8") for file in FILES)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_sentence_belongs_to_a_code_that_is_used(language: str):
    codes = {
        key.removeprefix("problems.") for key in load_words(language).texts if key.startswith("problems.")
    }

    assert {code for code in codes if not re.search(rf'"{code}"', SOURCES)} == set()


def test_every_code_that_is_told_has_a_sentence():
    told = re.findall(r'(?:tell|refuse|ValueError|_Refused)\(\s*"(\w+)"|code="(\w+)"', SOURCES)
    texts = load_words("en").texts

    assert {first or second for first, second in told if f"problems.{first or second}" not in texts} == set()


def test_paths_for_people_and_for_programs():
    path = ("cases", 3, "design", "subnets", 0, "CidrBlock")

    assert bracketed(path) == "cases[3].design.subnets[0].CidrBlock"
    assert dotted(path[2:]) == "design.subnets.0.CidrBlock"


def test_a_line_says_where_and_what():
    problem = Problem(path=("id",), code="missing_key", facts={"name": "id"}, line=4)

    assert (
        line_of(problem, "a.yaml", load_words("en")) == "a.yaml:4: id: `id` is missing; it is required here."
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("東京　リージョン", "東京　リージョン"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\nb", "a\\u000ab"),
        ("\u202eevil", "\\u202eevil"),
        ("\udcff", "\\udcff"),
    ],
)
def test_nothing_in_a_text_steers_the_terminal(text: str, shown: str):
    assert printable(text) == shown
