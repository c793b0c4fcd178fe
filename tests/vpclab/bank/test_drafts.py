"""What was read as YAML: the course takes it once what a file could not say is filled in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vpclab.bank import samples
from tests.vpclab.bank.samples import EN
from tests.vpclab.learning import small_course
from vpclab.bank.drafts import question_of, yaml_of
from vpclab.bank.gift_reader import read_gift
from vpclab.bank.yaml_text import to_yaml
from vpclab.exchange.yaml_data import read_yaml
from vpclab.learning.library import load_library, problems_of
from vpclab.learning.questions import QuestionKind
from vpclab.learning.texts import DOTS

OURS = [
    replace(item, id=f"one/sample-{number}", section="first", facts=("idle",), misconception="wrong")
    for number, item in enumerate(samples.READ_BACK)
]
FOREIGN = """\
Which one?{=this#Since it is. ~that ~other#No.}

Which ones?{~%50%a#Yes. ~%50%b#Yes. ~%-100%c#No.}

It is so.{TRUE}

Which belong together?{=a -> x =b -> y}

How much?{#50:5#Right.}
"""


def append(file, text):
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def add(root, text):
    """Put the two documents where their comments say, the words into every language."""
    questions, words = text.split("---\n")
    append(root / "chapters/one/questions.yaml", questions)
    added = words.partition("\nquestions:\n")[2]
    for language in ("en", "ja"):
        append(root / f"chapters/one/{language}.yaml", added)


def test_questions_of_our_own_export_are_taken_as_they_are(tmp_path):
    root = small_course.write(tmp_path)

    add(root, yaml_of(OURS, "one", "en"))

    assert problems_of(root) == ()
    taken = load_library(root).chapters["one"].questions[-len(OURS) :]
    assert [question.kind for question in taken] == [item.kind for item in OURS]
    assert taken[1].answer == ("first", "third", "fourth")
    assert taken[5].values[taken[5].answer[0]] == samples.NUMBER.right[0].figure


def test_questions_of_another_program_wait_until_they_are_filled_in(tmp_path):
    root = small_course.write(tmp_path)
    brought = read_gift(FOREIGN.encode(), "one", EN)
    text = yaml_of(brought.items, "one", "en")

    add(root, text)

    assert len(brought.waiting) == 5
    waits = problems_of(root)
    assert waits
    assert all(problem.line for problem in waits)

    filled = text.replace(f'section: "{DOTS}"', "section: first").replace(
        f'facts: ["{DOTS}"]', "facts: [idle]"
    )
    filled = filled.replace(f'unit: "{DOTS}"', "unit: usd").replace(f'[["{DOTS}"]]', "[[1]]")
    add(small_course.write(tmp_path), filled.replace(f'"{DOTS}"', "Filled in."))

    assert problems_of(root) == ()


def test_nothing_read_is_nothing_written():
    assert yaml_of((), "one", "en") == ""


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda one: f"{one.kind}{one.network is not None}")
def test_a_whole_record_is_a_question_of_the_course(sample):
    question = question_of(sample)

    assert question is not None
    assert question.kind is sample.kind


@pytest.mark.parametrize(
    "missing",
    [{"section": ""}, {"facts": ()}, {"prompt": ""}, {"facts": ("Not an id",)}],
)
def test_a_record_with_something_missing_is_no_question_yet(missing):
    assert question_of(replace(samples.ONE, **missing)) is None


@given(
    st.recursive(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")))
        | st.sampled_from(["no", "1", "y", "~"]),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("abcno-", min_size=1), inner, max_size=3)
        ),
    )
)
def test_whatever_a_text_says_yaml_gives_it_back(data):
    problems = []

    read = read_yaml(to_yaml(data), problems, refuse_ambiguous=True)

    assert read.value == data
    assert problems == []


def test_kinds_of_questions_have_a_sample_each():
    assert {item.kind for item in samples.ALL} == set(QuestionKind)
