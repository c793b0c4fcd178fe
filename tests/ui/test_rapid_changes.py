"""Someone clicks faster than the server answers: in the end the screen tells one state, the last one."""

import re

from playwright.sync_api import Page, expect

from vpclab.narrate import headline
from vpclab.network import walk
from vpclab.sandbox import Choices, ask, build
from vpclab.words import load_words

EN = load_words("en")
CHANGES, SECONDS = 61, 10
"""An odd number, so that the last state is not the one that the page opened with."""

CLICK_ON = """
async (box, [changes, pause]) => {
  for (let made = 0; made < changes; made++) {
    box.click();
    await new Promise(later => setTimeout(later, pause));
  }
  return box.isConnected;
}
"""
"""Clicks inside the page: Playwright's own click would wait until the page has settled."""


def test_sixty_rapid_changes_leave_no_stale_picture_and_lose_no_click(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en")
    expect(page.locator("svg .node.walk", has_text="nat-lab").first).to_be_visible()
    box = page.get_by_label(EN("sandbox.gateway_endpoint.label"), exact=True)

    stayed = box.evaluate(CLICK_ON, [CHANGES, SECONDS * 1000 / CHANGES])

    chosen = Choices(gateway_endpoint=True)
    told = headline(walk(build(chosen), ask(chosen)), EN)
    assert stayed, "the switch was put into the page anew while somebody used it"
    expect(page.get_by_text(told).first, "the answer tells of another state").to_be_visible()
    expect(page).to_have_url(re.compile(r"gateway_endpoint-yes"))
    page.wait_for_timeout(1000)  # whatever is late has come by now
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    expect(box, "an answer of the server undid a later click").to_be_checked()
    expect(page.get_by_text(told).first).to_be_visible()
    expect(page).to_have_url(re.compile(r"gateway_endpoint-yes"))
    picture = page.locator("svg:not(.gone) .node.walk")
    expect(picture.filter(has_text="vpce-s3")).not_to_have_count(0)
    expect(picture.filter(has_text="nat-lab")).to_have_count(0)
    expect(page.locator("svg.gone"), "an old picture lies over the new one").to_have_count(0)
