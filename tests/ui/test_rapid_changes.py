"""Someone clicks faster than the server answers: in the end the screen tells one state, the last one."""

import re

from playwright.sync_api import Page, expect

from vpclab.narrate import explain
from vpclab.network import walk
from vpclab.sandbox import Choices, ask, build
from vpclab.words import load_words

CHANGES, SECONDS = 60, 10
TOGGLE = ".st-key-sandbox-gateway_endpoint"

CLICK_ON = """
async ([toggle, changes, pause]) => {
  let clicked = 0;
  for (let tried = 0; clicked < changes && tried < 2 * changes; tried++) {
    const label = document.querySelector(`${toggle} label`);
    if (label) { label.click(); clicked++; }
    await new Promise(later => setTimeout(later, pause));
  }
  return clicked;
}
"""
"""Clicks inside the page: Playwright's own click would wait until the page has settled.

While a run puts the toggle into the page anew, a click does not count and is made at the next beat.
"""


def verdict_of(choices: Choices) -> str:
    t = load_words("en")
    return explain(walk(build(choices), ask(choices, operation=t("sandbox.operation"))), t).headline


def test_sixty_rapid_changes_leave_no_stale_picture(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&v=1")
    expect(page.locator("svg .node.walk", has_text="nat-lab").first).to_be_visible()

    clicked = page.evaluate(CLICK_ON, [TOGGLE, CHANGES, SECONDS * 1000 / CHANGES])
    assert clicked == CHANGES, f"the toggle could be clicked {clicked} times only"
    # One more, so that the last state is not the one that the page opened with.
    page.locator(f"{TOGGLE} label").click()
    page.wait_for_timeout(500)
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()

    on = page.locator(f"{TOGGLE} input").is_checked()
    chosen = Choices(gateway_endpoint=on)
    shown, gone = ("vpce-s3", "nat-lab") if on else ("nat-lab", "vpce-s3")
    state = f"the toggle is {'on' if on else 'off'}, but"

    assert on, "an odd number of clicks left the toggle off: an answer of the server undid a later click"
    picture = page.locator("svg .node.walk")
    expect(picture.filter(has_text=shown), f"{state} the picture does not go by {shown}").not_to_have_count(0)
    expect(picture.filter(has_text=gone), f"{state} the picture still goes by {gone}").to_have_count(0)
    expect(
        page.get_by_text(verdict_of(chosen)).first, f"{state} the verdict tells of another"
    ).to_be_visible()
    expect(page, f"{state} the address says otherwise").to_have_url(
        re.compile(r"[?&]gateway_endpoint=yes(&|$)")
    )
