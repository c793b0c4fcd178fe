"""Questions to a QTI 2.1 package: form, scores as the course grades, feedback, hostile texts."""

import io
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import fromstring

from tests.vpclab.bank import samples
from tests.vpclab.bank.qti_engine import NS, Session
from tests.vpclab.bank.samples import CHAPTER, EN, JA
from vpclab.bank.items import chapter_titles, items_of
from vpclab.bank.qti import MANIFEST, TEST, files_of, write_qti
from vpclab.bank.qti_items import assessment_item, item_name
from vpclab.bank.qti_xml import file_of
from vpclab.bank.records import READABLE
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.learning.quiz import grade

SCHEMA = etree.XMLSchema(file=str(Path(__file__).resolve().parents[2] / "fixtures" / "qti" / "items.xsd"))
BOTH = pytest.mark.parametrize("t", [EN, JA], ids=["en", "ja"])
PACKAGING = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def xml_of(item, t=EN):
    return file_of(assessment_item(item, t))


def problems(content):
    SCHEMA.validate(etree.fromstring(content))
    return [error.message for error in SCHEMA.error_log]


def answered(item, response):
    """The session of one answer, read from the file."""
    return Session(fromstring(xml_of(item)), response)


# --- form --------------------------------------------------------------------------------------------


@BOTH
def test_every_file_of_the_course_has_the_form_of_qti(t):
    items = items_of(load_library(), t)

    files = dict(files_of(items, chapter_titles(load_library(), t.language), t))

    assert len(files) == len(items) + 2
    for name, content in files.items():
        if name != MANIFEST:
            assert problems(content) == [], name


@pytest.mark.parametrize("kind", READABLE)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_hostile_texts_keep_the_form_and_come_through_whole(kind, data):
    item = data.draw(samples.hostile(kind))

    content = xml_of(item)

    assert problems(content) == []
    words = " ".join("".join(fromstring(content).itertext()).split())
    assert all(" ".join(choice.why.split()) in words for choice in item.choices)


def test_the_schema_of_the_tests_refuses_what_is_out_of_order():
    item = assessment_item(samples.ONE, EN)
    item.append(item[0])

    assert problems(file_of(item)) != []


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda one: f"{one.kind}{one.network is not None}")
def test_every_name_that_an_item_refers_to_is_there(sample):
    item = fromstring(xml_of(sample))
    choices = {
        one.get("identifier")
        for tag in ("simpleChoice", "simpleAssociableChoice")
        for one in item.iter(f"{NS}{tag}")
    }
    named = {one.get("identifier") for one in item.findall(f"{NS}modalFeedback")}
    keys = {key for one in item.iter(f"{NS}mapEntry") for key in one.get("mapKey").split()}
    right = {one for value in item.iter(f"{NS}correctResponse") for one in " ".join(value.itertext()).split()}

    assert keys <= choices
    if choices:
        assert right <= choices
        assert named - {"verdict"} <= choices
    assert len(named) == len(item.findall(f"{NS}modalFeedback"))
    assert ("verdict" in named) is bool(sample.verdict)


def test_the_network_stands_before_the_question():
    body = fromstring(xml_of(samples.PREDICT)).find(f"{NS}itemBody")

    assert ["".join(line.itertext()) for line in body.find(f"{NS}div")] == [
        "The network:",
        "- Way out: none",
        "- Gateway endpoint: no",
    ]


# --- the package -------------------------------------------------------------------------------------


def test_a_package_lists_every_file_that_it_has():
    items = [replace(one, id=f"cost/q-{number}") for number, one in enumerate(samples.ALL)]
    with ZipFile(io.BytesIO(write_qti(items, {CHAPTER: "Cost"}, EN))) as made:
        names = made.namelist()
        manifest = fromstring(made.read(MANIFEST))
        test = fromstring(made.read(TEST))

    listed = [one.get("href") for one in manifest.iter(f"{PACKAGING}file")]
    resources = {one.get("identifier") for one in manifest.iter(f"{PACKAGING}resource")}
    assert names == [MANIFEST, *listed]
    assert {one.get("identifierref") for one in manifest.iter(f"{PACKAGING}dependency")} == resources - {
        "r-test"
    }
    assert [one.get("href") for one in test.iter(f"{NS}assessmentItemRef")] == listed[1:]


def test_equal_questions_make_equal_packages():
    assert write_qti(samples.READ_BACK[:1], {}, EN) == write_qti(samples.READ_BACK[:1], {}, EN)


def test_what_a_question_is_about_stands_in_the_manifest_as_keywords():
    manifest = dict(files_of([samples.ONE], {}, EN))[MANIFEST].decode()

    assert '<string language="en">fact:gw-free</string>' in manifest
    assert item_name(samples.ONE) == "q-cost.a-question"


# --- scores and feedback -----------------------------------------------------------------------------


def test_every_choice_of_the_course_is_scored_as_the_course_grades_it():
    by_id = {exercise.id: exercise.question for exercise in exercises(load_library())}
    seen = set()
    for item in items_of(load_library(), EN):
        question, kind = by_id[item.id], item.kind
        names = [choice.id for choice in item.choices]
        seen.add(kind)
        if kind in ("one", "predict", "point"):
            for name in names:
                session = answered(item, f"c-{name}")
                assert session.score == grade(question, [name]).score
                assert session.feedback[0] == f"c-{name}"
        elif kind == "several":
            for count in range(1, 4):
                for made in permutations(names, count):
                    score = answered(item, [f"c-{name}" for name in made]).score
                    assert score == pytest.approx(grade(question, made).score)
        elif kind == "true-or-false":
            for holds in ("true", "false"):
                for name in names:
                    assert answered(item, f"{holds}.{name}").score == grade(question, [holds, name]).score
    assert seen >= {"one", "several", "predict"}


def test_pairs_are_scored_one_by_one():
    right = [f"c-{choice.id} t-{choice.target}" for choice in samples.MATCH.choices]

    assert answered(samples.MATCH, right).score == 1
    assert answered(samples.MATCH, [*right[:2], "c-third t-t-none"]).score == pytest.approx(2 / 3)
    assert answered(samples.MATCH, ["c-first t-t-one"]).score == 0


def test_things_in_order_are_scored_by_their_places():
    right = [f"c-{choice.id}" for choice in samples.ORDER.choices]

    assert answered(samples.ORDER, right).score == 1
    assert answered(samples.ORDER, [right[0], right[2], right[1]]).score == pytest.approx(1 / 3)
    assert answered(samples.ORDER, [*right[1:], right[0]]).score == 0


@pytest.mark.parametrize(
    ("number", "score", "feedback"),
    [
        (43.8, 1, ["c-second"]),
        (44.6, 1, ["c-second"]),
        (44.7, 0, []),
        (62.0, 0, ["c-first"]),
        (0.5, 0, ["c-third"]),
        (None, 0, []),
    ],
)
def test_a_number_is_right_within_its_tolerance_and_a_known_mistake_is_told(number, score, feedback):
    session = answered(samples.NUMBER, number)

    assert (session.score, session.feedback) == (score, feedback)


def test_what_becomes_of_the_request_is_told_after_any_answer():
    assert answered(samples.PREDICT, "c-denied").feedback == ["c-denied", "verdict"]


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda one: f"{one.kind}{one.network is not None}")
def test_no_answer_scores_nothing(sample):
    assert answered(sample, None).score == 0


@pytest.mark.parametrize("sample", [samples.ORDER, samples.MATCH], ids=lambda one: one.kind)
def test_the_reasons_of_places_and_pairs_name_their_choice(sample):
    item = fromstring(xml_of(sample))

    told = ["".join(one.itertext()).strip() for one in item.findall(f"{NS}modalFeedback")]

    assert told == [f"{choice.text}: {choice.why}" for choice in sample.choices]
