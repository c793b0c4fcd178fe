"""Streamlit calls a component once for each answer, and ends a call that the next one overtook.

That happens when two answers come nearly at once, as they do on a busy machine. The component stays on the
page all the same, so it must go on listening. Here every call is overtaken: it is made twice, and the older
one is ended.
"""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.test_walk_player import open_player, record_positions
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.learning.questions import QuestionKind
from vpclab.talk_reader import load_talks

LIBRARY = load_library()

# The older call is ended before the newer one is made, or after it: both happen.
OVERTAKEN = {
    "before": "const old = component(args); old?.(); return component(args);",
    "after": "const old = component(args), end = component(args); old?.(); return end;",
}
EACH_CALL = """
    const Real = Blob;
    window.Blob = class extends Real {
        constructor(parts = [], options) {
            const ours = "export default function", call = "\\n;export default (args) => { CALLS }";
            const isOurs = (part) => typeof part === "string" && part.includes(ours);
            window.overtaken ||= parts.some(isOurs);
            const twice = (part) => part.replace(ours, "const component = function") + call;
            super(parts.map((part) => isOurs(part) ? twice(part) : part), options);
        }
    };
"""


@pytest.fixture(params=OVERTAKEN)
def tab(request: pytest.FixtureRequest, browser: Browser):
    """Open a tab in which every call of a component is overtaken by the next one."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
    context.add_init_script(EACH_CALL.replace("CALLS", OVERTAKEN[request.param]))
    page = context.new_page()
    yield page
    assert page.evaluate("window.overtaken")
    context.close()


def now() -> int:
    return int(datetime.now(UTC).timestamp())


def test_the_walk_stays_where_a_quick_hand_has_led_it(tab: Page, player_server: str):
    open_player(tab, player_server)
    record_positions(tab)

    for _ in range(6):
        tab.keyboard.press("ArrowRight")
        tab.wait_for_timeout(30)

    expect(tab.get_by_text("moves: 6", exact=True)).to_be_visible()
    seen = tab.evaluate("window.seen")
    assert seen == sorted(seen)
    tab.keyboard.press("ArrowRight")
    expect(tab.locator(".at")).to_have_text("7 / 7")


def test_a_question_goes_on_listening_to_the_keyboard(tab: Page, server: str):
    asked = next(one for one in exercises(LIBRARY) if one.question.kind is QuestionKind.PREDICT)
    tab.goto(f"{server}/review?lang=en&since={now()}&q={asked.id}")
    expect(tab.locator(".question .answer")).to_be_attached()

    tab.keyboard.press("1")
    expect(tab.locator(".question label.made")).to_have_count(1)
    tab.keyboard.press("Enter")
    expect(tab.locator(".question.locked")).to_be_attached()
    expect(tab.locator(".verdict.right, .verdict.wrong")).to_be_visible()
    tab.keyboard.press("Enter")

    expect(tab.locator(".question:not(.locked)")).to_be_attached()


def test_the_time_of_an_exam_goes_on(tab: Page, server: str):
    tab.goto(f"{server}/review?lang=en&since={now()}&exam=5&timed=1")
    left = tab.locator("time")
    expect(left).to_be_visible()
    tab.locator(".question label.choice, .question .item").first.wait_for()

    told = left.inner_text()

    expect(left).not_to_have_text(told)


def test_a_note_of_a_chapter_can_still_be_closed(tab: Page, server: str):
    tab.goto(f"{server}/chapters?id=cost&at={LIBRARY.chapters['cost'].plan.sections[0].id}&lang=en")
    note = tab.locator(".note:popover-open")
    tab.locator("button.fact").first.click()
    expect(note).to_be_visible()

    tab.keyboard.press("Escape")

    expect(note).to_have_count(0)


def test_a_talk_goes_on_by_keyboard(tab: Page, server: str):
    talk = load_talks()[0]
    tab.goto(f"{server}/stage?lang=en&talk={talk.id}&slide=1")
    heading = tab.get_by_role("heading", level=1)
    expect(tab.locator(".black[data-listens]")).to_be_attached()

    for slide in talk.slides[:3]:
        expect(heading).to_have_text(slide.heading("en"))
        expect(tab.locator('[data-test-script-state="notRunning"]')).to_be_attached()
        tab.keyboard.press("PageDown")

    expect(heading).to_have_text(talk.slides[3].heading("en"))
