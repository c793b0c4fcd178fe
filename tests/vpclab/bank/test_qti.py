"""Questions to a QTI 2.1 package: form, scores as the course grades, feedback, hostile texts."""

import io
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import QName, fromstring, tostring

from tests.vpclab.bank import samples
from tests.vpclab.bank.qti_engine import NS, Session
from tests.vpclab.bank.samples import CHAPTER, EN, JA
from vpclab.bank.items import chapter_titles, items_of
from vpclab.bank.qti import MANIFEST, TEST, files_of, write_qti
from vpclab.bank.qti_items import assessment_item, item_name
from vpclab.bank.qti_xml import NAMESPACE, file_of
from vpclab.bank.records import READABLE
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.learning.quiz import grade

PREFIXES = {"q": NAMESPACE, "p": "http://www.imsglobal.org/xsd/imscp_v1p1"}
PACKAGING = f"{{{PREFIXES['p']}}}"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "qti"
SCHEMAS = {
    PREFIXES["q"]: etree.XMLSchema(file=str(FIXTURES / "items.xsd")),
    PREFIXES["p"]: etree.XMLSchema(file=str(FIXTURES / "manifest.xsd")),
}
PACKED = [replace(one, id=f"{CHAPTER}/q-{number}") for number, one in enumerate(samples.ALL)]


def xml_of(item, t=EN):
    return file_of(assessment_item(item, t))


def problems(content):
    root = fromstring(content)
    schema = SCHEMAS[QName(root).namespace]
    schema.validate(root)
    return [error.message for error in schema.error_log]


def answered(item, response):
    """The session of one answer, read from the file."""
    return Session(fromstring(xml_of(item)), response)


@cache
def course(language):
    """The files of the whole course by name."""
    library, t = load_library(), {"en": EN, "ja": JA}[language]
    return dict(files_of(items_of(library, t), chapter_titles(library, language), t))


def found(path):
    """The first element at a path in a package of every type of question, and the file that it is in."""
    for _, content in files_of(PACKED, {CHAPTER: "Cost"}, EN):
        root = fromstring(content)
        for one in root.xpath(path, namespaces=PREFIXES):
            assert problems(content) == []
            return root, one
    raise AssertionError(path)


# --- form --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_file_of_the_course_has_the_form_of_qti(language):
    files = course(language)

    assert len(files) == len(exercises(load_library())) + 2
    assert {name: wrong for name, content in files.items() if (wrong := problems(content))} == {}


@pytest.mark.parametrize("kind", READABLE)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_hostile_texts_keep_the_form_and_come_through_whole(kind, data):
    item = data.draw(samples.hostile(kind))

    content = xml_of(item)

    assert problems(content) == []
    words = " ".join("".join(fromstring(content).itertext()).split())
    assert all(" ".join(choice.why.split()) in words for choice in item.choices)


REQUIRED = {
    "q:assessmentItem": ("identifier", "title", "timeDependent"),
    "q:responseDeclaration": ("identifier", "cardinality"),
    "q:outcomeDeclaration": ("identifier", "cardinality"),
    "q:mapEntry": ("mapKey", "mappedValue"),
    "q:choiceInteraction": ("responseIdentifier",),
    "q:orderInteraction": ("responseIdentifier",),
    "q:matchInteraction": ("responseIdentifier",),
    "q:textEntryInteraction": ("responseIdentifier",),
    "q:simpleChoice": ("identifier",),
    "q:simpleAssociableChoice": ("identifier", "matchMax"),
    "q:modalFeedback": ("identifier", "outcomeIdentifier", "showHide"),
    "q:setOutcomeValue": ("identifier",),
    "q:variable": ("identifier",),
    "q:mapResponse": ("identifier",),
    "q:baseValue": ("baseType",),
    "q:index": ("n",),
    "q:assessmentTest": ("identifier", "title"),
    "q:testPart": ("identifier", "navigationMode", "submissionMode"),
    "q:assessmentSection": ("identifier", "title", "visible"),
    "q:assessmentItemRef": ("identifier", "href"),
    "q:testVariables": ("variableIdentifier",),
    "p:manifest": ("identifier",),
    "p:resource": ("identifier", "type"),
    "p:file": ("href",),
    "p:dependency": ("identifierref",),
}


@pytest.mark.parametrize(("tag", "attribute"), [(tag, one) for tag, some in REQUIRED.items() for one in some])
def test_the_schema_of_the_tests_asks_for_every_attribute_that_qti_requires(tag, attribute):
    root, one = found(f"//{tag}")
    del one.attrib[attribute]

    assert problems(tostring(root)) != []


@pytest.mark.parametrize(
    "path",
    [
        "//q:assessmentItem",
        "//q:responseDeclaration",
        "//q:choiceInteraction",
        "//q:orderInteraction",
        "//q:matchInteraction",
        "//q:responseCondition[q:responseElse]",
        "//q:responseCondition[q:responseElseIf]",
        "//q:responseIf",
        "//q:assessmentTest",
        "//q:testPart",
        "//p:manifest",
        "//p:manifest/p:metadata",
        "//p:resource[p:metadata]",
        "//p:resource[p:dependency]",
    ],
)
def test_the_schema_of_the_tests_keeps_the_order_of_qti(path):
    root, one = found(path)
    one[:] = reversed(one)

    assert problems(tostring(root)) != []


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        ("//q:assessmentItem", "identifier", "q-cost.question"),
        ("//q:responseDeclaration", "identifier", "7"),
        ("//q:responseDeclaration", "cardinality", "one"),
        ("//q:outcomeDeclaration", "baseType", "number"),
        ("//q:choiceInteraction", "responseIdentifier", "SCORE"),
        ("//q:choiceInteraction", "maxChoices", "-1"),
        ("//q:textEntryInteraction", "responseIdentifier", "NOTHING"),
        ("//q:simpleChoice", "identifier", "c-second"),
        ("//q:simpleChoice", "identifier", "true.first"),
        ("//q:simpleAssociableChoice", "matchMax", "many"),
        ("//q:mapEntry", "mappedValue", "1/2"),
        ("//q:modalFeedback", "outcomeIdentifier", "NOTHING"),
        ("//q:modalFeedback", "showHide", "never"),
        ("//q:setOutcomeValue", "identifier", "RESPONSE"),
        ("//q:variable", "identifier", "NOTHING"),
        ("//q:mapResponse", "identifier", "SCORE"),
        ("//q:baseValue", "baseType", "number"),
        ("//q:index", "n", "0"),
        ("//q:equal", "toleranceMode", "near"),
        ("//q:equal", "tolerance", "0 0"),
        ("//q:assessmentSection", "identifier", "part"),
        ("//q:assessmentItemRef", "identifier", "q-cost_q-1"),
        ("//q:testPart", "navigationMode", "free"),
        ("//q:testPart", "submissionMode", "never"),
        ("//p:resource", "type", "imsqti_item_xmlv2p2"),
        ("//p:resource", "identifier", "r-q-cost_q-1"),
        ("//p:resource", "href", "elsewhere.xml"),
        ("//p:dependency", "identifierref", "r-nothing"),
    ],
)
def test_the_schema_of_the_tests_refuses_values_that_qti_does_not_know(path, attribute, value):
    root, one = found(path)
    assert one.get(attribute) not in (None, value)
    one.set(attribute, value)

    assert problems(tostring(root)) != []


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("//q:correctResponse", ""),
        ("//q:mapping", ""),
        ("//q:itemBody", ""),
        ("//q:testPart", ""),
        ("//p:schema", "QTI"),
        ("//q:assessmentItem//q:sum", '<testVariables variableIdentifier="SCORE"/>'),
        ("//q:assessmentItem//q:sum", '<isNull><variable identifier="RESPONSE"/></isNull>'),
        ("//q:match", '<variable identifier="RESPONSE"/>'),
        ("//q:modalFeedback/q:p", '<textEntryInteraction responseIdentifier="RESPONSE"/>'),
    ],
)
def test_the_schema_of_the_tests_refuses_what_must_not_stand_inside(path, inside):
    root, one = found(path)
    one[:] = fromstring(f'<made xmlns="{NAMESPACE}">{inside}</made>')
    one.text = inside if path == "//p:schema" else one.text

    assert problems(tostring(root)) != []


ANSWERS = {
    "choiceInteraction": {("single", "identifier"), ("multiple", "identifier")},
    "orderInteraction": {("ordered", "identifier")},
    "matchInteraction": {("multiple", "directedPair")},
    "textEntryInteraction": {("single", "float")},
}


def test_every_interaction_of_the_course_is_bound_to_a_response_that_it_can_give():
    seen = set()
    for name in course("en").keys() - {MANIFEST, TEST}:
        item = fromstring(course("en")[name])
        (interaction,) = (one for tag in ANSWERS for one in item.iter(f"{NS}{tag}"))
        response = item.find(f"{NS}responseDeclaration")
        cardinality = response.get("cardinality")
        seen.add(QName(interaction).localname)

        assert (cardinality, response.get("baseType")) in ANSWERS[QName(interaction).localname], name
        if cardinality == "single":
            assert interaction.get("maxChoices", "1") == "1", name
            assert len(response.find(f"{NS}correctResponse")) == 1, name
    assert seen == set(ANSWERS)


IS_OF = {
    "identifier": re.compile(r"[a-zA-Z_][\w-]*"),
    "directedPair": re.compile(r"[a-zA-Z_][\w-]* [a-zA-Z_][\w-]*"),
    "float": re.compile(r"-?\d+(\.\d+)?"),
}


def test_every_value_of_the_course_is_of_its_type():
    for name in course("en").keys() - {MANIFEST, TEST}:
        item = fromstring(course("en")[name])
        values = [(one.get("baseType"), one.text) for one in item.iter(f"{NS}baseValue")]
        for declared in item.iter(f"{NS}responseDeclaration", f"{NS}outcomeDeclaration"):
            values += [(declared.get("baseType"), one.text) for one in declared.iter(f"{NS}value")]
            values += [
                (declared.get("baseType"), one.get("mapKey")) for one in declared.iter(f"{NS}mapEntry")
            ]

        assert [one for one in values if not IS_OF[one[0]].fullmatch(one[1])] == [], name


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
    with ZipFile(io.BytesIO(write_qti(PACKED, {CHAPTER: "Cost"}, EN))) as made:
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
    assert item_name(samples.ONE) == "q-cost_a-question"


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
                    assert answered(item, f"{holds}_{name}").score == grade(question, [holds, name]).score
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


def test_a_number_without_tolerance_has_to_be_exact():
    exact = replace(samples.NUMBER, tolerance=Decimal(0))

    assert problems(xml_of(exact)) == []
    assert answered(exact, 43.8).score == 1
    assert answered(exact, 43.81).score == 0


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
