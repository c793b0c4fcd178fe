"""axe-core finds nothing wrong with any page: in both themes and languages, on a phone and on a laptop.

axe judges what the browser has laid out, shadow roots included. It leaves the contrast of text inside a
picture undecided; tests/diagrams/test_theme.py computes that.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ui import shell
from vpclab.learning.exercise import Exercise, exercises
from vpclab.learning.library import load_library
from vpclab.learning.questions import QuestionKind
from vpclab.words import languages, load_words

PAGES = [name for names in shell.PAGES.values() for name in names]
SANDBOX = "sandbox"
BLOCKED = "v=1&way_out=none"
"""The sandbox's address with a request that does not arrive."""

ONE_OF_EACH = {exercise.question.kind: exercise for exercise in exercises(load_library())}

THEMES: dict[Literal["light", "dark"], str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 28)"}
"""The colour of the page's ground in each theme, as .streamlit/config.toml gives it."""

WIDTHS = (1280, 360)
SETTLED_MS = 300  # Streamlit fades new elements in; axe would take half-faded text for pale


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A tab whose visitor wants no motion: what moves cannot be judged."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_an_accessibility_fault(visitor: Page, server: str, page: str, language: str):
    path = "" if page == shell.HOME else page

    visitor.goto(f"{server}/{path}?lang={language}")
    wait_for_page(visitor, page, language)

    assert faults_in_every_look(visitor) == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "address",
    [
        "sandbox?s=2.s3-over-nat&step=2",
        "sandbox?s=2.s3-over-nat&b=2.bucket-policy-source-ip&side=b&step=6",
        "stage?talk=two-roads-to-s3&slide=1&show=notes.keys.subtitles",
        "stage?talk=two-roads-to-s3&slide=1&hidden=no&guess=1&show=qr",
        "stage?talk=two-roads-to-s3&slide=10&hidden=no",
        "stage?s=2.ecr-without-s3&step=1",
    ],
)
def test_every_state_of_sandbox_and_stage_has_no_accessibility_fault(
    visitor: Page, server: str, address: str, language: str
):
    visitor.goto(f"{server}/{address}&lang={language}")
    expect(visitor.locator("svg .node, .answers, .stage-table").first).to_be_attached()
    expect(visitor.locator("html")).to_have_attribute("lang", language)
    expect(visitor.locator('[data-test-script-state="notRunning"]')).to_be_attached()

    assert faults_in_every_look(visitor) == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "address",
    [
        "chapters?id=cost",
        "chapters?id=cost&at=break-even&depth=deep",
        "chapters?id=cost&at=nat-that-stays",
        "chapters?id=cost&at=misconceptions",
        "chapters?id=cost&at=check-1",
        "chapters?id=cost&at=check-2",
        "faq?q=NAT",
        "faq?q=zzzz",
        "glossary?id=route-table",
    ],
)
def test_every_state_of_the_course_has_no_accessibility_fault(
    visitor: Page, server: str, address: str, language: str
):
    visitor.goto(f"{server}/{address}&lang={language}")
    expect(visitor.locator(".reading").first).to_be_attached()
    expect(visitor.locator("html")).to_have_attribute("lang", language)
    expect(visitor.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    visitor.wait_for_timeout(SETTLED_MS)
    for folded in visitor.locator("details.facts").all():
        folded.evaluate("one => (one.open = true)")

    assert faults_in_every_look(visitor) == []


PRACTICE = {
    "one": ONE_OF_EACH[QuestionKind.ONE],
    "several": ONE_OF_EACH[QuestionKind.SEVERAL],
    "true-or-false": ONE_OF_EACH[QuestionKind.TRUTH],
    "match": ONE_OF_EACH[QuestionKind.MATCH],
    "order": ONE_OF_EACH[QuestionKind.ORDER],
    "number": ONE_OF_EACH[QuestionKind.NUMBER],
    "point": ONE_OF_EACH[QuestionKind.POINT],
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("exercise", PRACTICE.values(), ids=PRACTICE)
def test_a_question_of_any_type_has_no_accessibility_fault(
    visitor: Page, server: str, exercise: Exercise, language: str
):
    since = int(datetime.now(UTC).timestamp())
    visitor.goto(f"{server}/review?lang={language}&since={since}&q={exercise.id}")
    expect(visitor.locator(".question .foot")).to_be_visible()
    expect(visitor.locator('[data-test-script-state="notRunning"]')).to_be_attached()

    assert faults_in_every_look(visitor) == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("exercise", PRACTICE.values(), ids=PRACTICE)
def test_what_is_told_of_an_answer_has_no_accessibility_fault(
    visitor: Page, server: str, exercise: Exercise, language: str
):
    since = int(datetime.now(UTC).timestamp())
    visitor.goto(f"{server}/review?lang={language}&since={since}&q={exercise.id}")
    expect(visitor.locator(".question .foot")).to_be_visible()
    for key in "123456":
        visitor.keyboard.press(key)
    if exercise.question.kind is QuestionKind.NUMBER:
        visitor.locator("#number").fill("1")
    visitor.keyboard.press("Enter")
    expect(visitor.locator(".verdict")).to_be_visible()
    expect(visitor.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    for folded in visitor.locator("details.facts").all():
        folded.evaluate("one => (one.open = true)")

    assert faults_in_every_look(visitor) == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "address",
    [
        "labs?id=half-the-bill",
        "labs?id=s3-without-nat&s=2.s3-over-nat.way_out-none.gateway_endpoint-yes",
        "labs?id=two-tiers-two-buckets&hints=3",
        "review?since=NOW&exam=NOW&timed=1",
        "review?since=NOW&exam=NOW&done=1",
        "progress?told=no-code&code=ABCD-EFGH",
    ],
)
def test_every_state_of_practice_has_no_accessibility_fault(
    visitor: Page, server: str, address: str, language: str
):
    now = str(int(datetime.now(UTC).timestamp()))
    visitor.goto(f"{server}/{address.replace('NOW', now)}&lang={language}")
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.locator("html")).to_have_attribute("lang", language)
    expect(visitor.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    visitor.wait_for_timeout(SETTLED_MS)

    assert faults_in_every_look(visitor) == []


@pytest.mark.parametrize("language", languages())
def test_a_blocked_request_with_all_details_open_has_no_accessibility_fault(
    visitor: Page, server: str, language: str
):
    visitor.goto(f"{server}/{SANDBOX}?lang={language}&{BLOCKED}")
    wait_for_page(visitor, SANDBOX, language)
    expect(visitor.locator("svg .node.blocked").first).to_be_attached()

    opened = visitor.evaluate(
        "() => [...document.querySelectorAll('details')].map(one => (one.open = true)).length"
    )
    visitor.get_by_text(load_words(language)("sandbox.group.names"), exact=True).click()

    assert opened, "the sandbox shows nothing to open"
    assert faults_in_every_look(visitor) == []


def test_axe_sees_a_fault_on_the_page_and_one_inside_the_picture(visitor: Page, server: str):
    visitor.goto(f"{server}/{SANDBOX}?lang=en")
    wait_for_page(visitor, SANDBOX, "en")

    visitor.locator(".stage svg").first.wait_for()
    visitor.locator(".vpclab").first.evaluate("place => place.append(new Image(9, 9))")
    visitor.locator(".stage").first.evaluate("stage => stage.append(new Image(9, 9))")

    assert sum("image-alt" in fault for fault in faults(visitor)) == 2


def wait_for_page(visitor: Page, page: str, language: str) -> None:
    """Return once the page stands: its heading, its language, and no run under way."""
    title = load_words(language)(f"interface.{page}.title")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
    expect(visitor.locator("html")).to_have_attribute("lang", language)
    expect(visitor.locator('[data-test-script-state="notRunning"]')).to_be_attached()


def faults_in_every_look(visitor: Page) -> list[str]:
    """The page's faults in both themes, as wide as a laptop and a phone, each with the look that has it."""
    found = []
    for theme, ground in THEMES.items():
        visitor.emulate_media(color_scheme=theme)
        expect(visitor.locator(".stApp")).to_have_css("background-color", ground)
        for width in WIDTHS:
            visitor.set_viewport_size({"width": width, "height": 800})
            visitor.wait_for_timeout(SETTLED_MS)
            found += [f"{theme}, {width} px: {fault}" for fault in faults(visitor)]
    return found


def faults(visitor: Page) -> list[str]:
    """One line for each element at fault: the rule, the element, and what axe says about it."""
    found = Axe().run(visitor).response["violations"]
    return [
        f"{rule['id']} ({rule['help']}): {element['html'][:200]} -- {element['failureSummary']}"
        for rule in found
        for element in rule["nodes"]
    ]
