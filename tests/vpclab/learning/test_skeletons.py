"""Skeletons: new parts of the course have the right form, and nothing that is there is lost."""

import pytest

from tests.vpclab.learning import small_course
from vpclab.learning import skeletons
from vpclab.learning.library import load_library, problems_of


@pytest.fixture
def course(tmp_path):
    root = small_course.write(tmp_path)
    text = (root / "facts" / "limits.yaml").read_text(encoding="utf-8")
    (root / "facts" / "basics.yaml").write_text(
        text.replace("id: idle", "id: endpoint-definition").replace("id: price", "id: other"),
        encoding="utf-8",
    )
    return root


def codes(root):
    return {problem.code for problem in problems_of(root)}


def fill_in(root, name: str) -> None:
    file = root / name
    file.write_text(file.read_text(encoding="utf-8").replace("...", "So."), encoding="utf-8")


def test_a_new_chapter_waits_for_its_texts_and_is_whole_once_they_are_there(course):
    assert skeletons.write(skeletons.chapter("two"), course) is None
    small_course.change(course, "course.yaml", "[one]", "[one, two]")
    assert "not_filled_in" in codes(course)

    for language in ("en", "ja"):
        fill_in(course, f"chapters/two/{language}.yaml")

    assert load_library(course).chapters["two"].questions


def test_a_new_question_goes_to_the_end_of_its_chapter(course):
    assert skeletons.write(skeletons.question("one", "new-one"), course) is None

    assert "not_filled_in" in codes(course)
    for language in ("en", "ja"):
        fill_in(course, f"chapters/one/{language}.yaml")
    small_course.change(course, "chapters/one/questions.yaml", "section: one", "section: first")
    assert load_library(course).chapters["one"].questions[-1].id == "new-one"


def test_a_new_entry_stands_beside_the_others(course):
    small_course.change(course, "course.yaml", "[one]", "[one, what-an-endpoint-is]")
    skeletons.write(skeletons.chapter("what-an-endpoint-is"), course)
    for language in ("en", "ja"):
        fill_in(course, f"chapters/what-an-endpoint-is/{language}.yaml")

    assert skeletons.write(skeletons.entry("basics-new"), course) is None
    fill_in(course, "faq/basics.yaml")

    assert "basics-new" in load_library(course).entries


@pytest.mark.parametrize(
    "make", [lambda: skeletons.chapter("one"), lambda: skeletons.question("one", "when")]
)
def test_what_is_there_already_is_left_alone(make, course):
    before = {file: file.read_bytes() for file in course.rglob("*.yaml")}

    assert skeletons.write(make(), course) is not None

    assert {file: file.read_bytes() for file in course.rglob("*.yaml")} == before


def test_a_question_is_not_put_under_another_key(course):
    file = course / "chapters/one/en.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "last: {}\n", encoding="utf-8")

    assert skeletons.write(skeletons.question("one", "new-one"), course) == "chapters/one/en.yaml"
