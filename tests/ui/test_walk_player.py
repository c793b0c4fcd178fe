"""The walk player in a real browser, on a page of the tests' own (`player_app.py`)."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from struct import unpack
from typing import Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from diagrams import draw, theme
from tests.diagrams.pictures import cases, walked
from ui import walk_player as player
from ui.walk_player import Move
from vpclab.network import Leg, walk
from vpclab.presets import load_presets
from vpclab.sandbox import ask, build
from vpclab.words import load_words

EN, JA = load_words("en"), load_words("ja")
FOLDER = Path(player.__file__).parent
CALLER, TABLE, GATEWAY = "#node-v1-a1-in1-w1", "#node-v1-a1-in1-rt", "#node-v1-igw"
HOSTILE = [
    "<img src=x onerror=window.hacked=1>",
    "</title></script><script>window.hacked=1</script>",
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1",
    "'-window.hacked--'`${1}`",
]


def open_player(page: Page, server: str, **address: str) -> Locator:
    """Open the page around the player and give the player's stage."""
    page.goto(f"{server}/?{urlencode(address)}")
    expect(page.locator(".sheet > svg")).to_be_visible()
    return page.locator(".stage")


def record_positions(page: Page) -> None:
    """Write down every hop that the player shows from now on, in `window.seen`."""
    page.locator(".at").evaluate(
        "at => { window.seen = []; new MutationObserver(() => window.seen.push(parseInt(at.textContent)))"
        ".observe(at, {childList: true}) }"
    )


def button(page: Page, name: str) -> Locator:
    return page.locator(f'.bar button[data-does="{name}"]')


def kind(name: str) -> str:
    return f"chosen: {EN(f'walk.kind.{name}')}"


def width(page: Page) -> float:
    return page.locator(".sheet > svg:not(.gone)").evaluate("svg => svg.getBoundingClientRect().width")


def packet_place(page: Page) -> str | None:
    return page.locator(".packet").get_attribute("transform", timeout=5000)


def luminance(page: Page, name: str) -> float:
    """How light a colour of the component is as painted, from 0 to 1."""
    painted = page.locator(".player").evaluate(
        """(player, name) => {
            const canvas = document.createElement("canvas").getContext("2d");
            const probe = player.appendChild(document.createElement("i"));
            probe.style.color = `var(--${name})`;
            canvas.fillStyle = getComputedStyle(probe).color;
            canvas.fillRect(0, 0, 1, 1);
            probe.remove();
            return [...canvas.getImageData(0, 0, 1, 1).data];
        }""",
        name,
    )
    parts = [part / 255 for part in painted[:3]]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture
def calm_page(browser: Browser) -> Iterator[Page]:
    """Open a tab of somebody who has asked for less motion."""
    context = browser.new_context(
        locale="en-US", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open a tab on a phone."""
    context = browser.new_context(
        locale="en-US", viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


# Hops


def test_a_click_on_a_card_selects_its_hop_and_python_learns_it(page: Page, player_server: str):
    open_player(page, player_server)

    page.locator(TABLE).click()

    expect(page.locator(TABLE)).to_have_class(re.compile(r"\bchosen\b"))
    expect(page.get_by_text(kind("subnet-route-table"), exact=True)).to_be_visible()
    expect(page.locator(".at")).to_have_text("3 / 7")


def test_repeated_clicks_go_through_the_hops_of_a_card(page: Page, player_server: str):
    open_player(page, player_server)

    for expected in ("dns-resolver", "source-security-group", "dns-resolver"):
        page.locator(CALLER).click()
        expect(page.get_by_text(kind(expected), exact=True)).to_be_visible()


def test_a_click_on_the_ground_selects_nothing(page: Page, player_server: str):
    stage = open_player(page, player_server)
    page.locator(TABLE).click()
    expect(page.get_by_text(kind("subnet-route-table"), exact=True)).to_be_visible()

    stage.click(position={"x": 20, "y": 20})

    expect(page.get_by_text("chosen: nothing", exact=True)).to_be_visible()
    expect(page.locator(".chosen")).to_have_count(0)


def test_the_card_lights_up_before_python_has_answered(page: Page, player_server: str):
    open_player(page, player_server)

    lit = page.locator(TABLE).evaluate(
        "card => { card.dispatchEvent(new MouseEvent('click', {bubbles: true}));"
        " return card.matches('.chosen[aria-pressed=true]') }"
    )

    assert lit


def test_tab_reaches_the_cards_in_walking_order_and_enter_and_space_select(page: Page, player_server: str):
    stage = open_player(page, player_server)
    stage.focus()

    order = []
    for _ in range(6):
        page.keyboard.press("Tab")
        order.append(page.locator("[data-hop]:focus").get_attribute("data-hop"))
    page.keyboard.press("Enter")

    assert order == ["0 1", "2", "3", "4", "5", "6"]
    expect(page.get_by_text(kind("service"), exact=True)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press(" ")
    expect(page.get_by_text(kind("internet-gateway"), exact=True)).to_be_visible()
    expect(page.locator(GATEWAY)).to_be_focused()


def test_buttons_and_arrow_keys_step_through_the_hops(page: Page, player_server: str):
    open_player(page, player_server)
    position = page.locator(".at")

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(position).to_have_text("2 / 7")
    button(page, "next").click()
    expect(position).to_have_text("3 / 7")
    button(page, "previous").click()
    page.keyboard.press("ArrowLeft")
    expect(position).to_have_text("1 / 7")
    page.keyboard.press("ArrowLeft")
    expect(position).to_have_text("1 / 7")
    page.keyboard.press("End")
    expect(page.get_by_text(kind("service"), exact=True)).to_be_visible()
    expect(button(page, "next")).to_have_attribute("aria-disabled", "true")


def test_a_quick_hand_is_never_set_back_by_a_late_answer(page: Page, player_server: str):
    open_player(page, player_server)
    record_positions(page)

    for _ in range(6):
        page.keyboard.press("ArrowRight")

    expect(page.get_by_text(kind("internet-gateway"), exact=True)).to_be_visible()
    seen = page.evaluate("window.seen")
    assert seen == sorted(seen)
    assert seen[-1] == 6


@pytest.mark.parametrize("widget", ["input[type=text]", "input[type=radio]"])
def test_arrow_keys_belong_to_the_widget_that_has_the_focus(page: Page, player_server: str, widget: str):
    open_player(page, player_server)
    page.locator(widget).first.focus()

    page.keyboard.press("ArrowRight")

    page.wait_for_timeout(300)
    expect(page.locator(".at")).to_have_text("– / 7")
    expect(page.get_by_text("moves: 0", exact=True)).to_be_visible()


def test_a_hop_is_said_aloud_in_the_language_of_the_page(page: Page, player_server: str):
    open_player(page, player_server, lang="ja")

    page.keyboard.press("ArrowRight")

    said = page.get_by_role("status").filter(has_text="1 / 7")
    expect(said).to_contain_text(JA("walk.kind.dns-resolver"))
    label = page.locator(TABLE).get_attribute("aria-label") or ""
    assert "rtb-app" in label
    assert JA("walk.kind.subnet-route-table") in label
    expect(page.locator(".sheet > svg")).to_have_attribute("role", "group")


def test_python_can_select_and_unselect(page: Page, player_server: str):
    open_player(page, player_server)
    page.locator(TABLE).click()
    expect(page.get_by_text("moves: 1", exact=True)).to_be_visible()

    page.get_by_role("button", name="Forget").click()

    expect(page.locator(".chosen")).to_have_count(0)
    expect(page.locator(".at")).to_have_text("– / 7")


def test_without_a_listener_the_player_keeps_the_selection_itself(page: Page, player_server: str):
    open_player(page, player_server, deaf="1")

    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Change").click()

    expect(page.locator(".node.walk", has_text="vpce-s3")).to_be_visible()
    expect(page.locator(CALLER)).to_have_class(re.compile(r"\bchosen\b"))
    expect(button(page, "return")).to_be_hidden()


def test_the_way_back_is_drawn_on_demand(page: Page, player_server: str):
    open_player(page, player_server)

    button(page, "return").click()

    expect(page.get_by_text("leg: return", exact=True)).to_be_visible()
    expect(page.locator(".edge.back").first).to_be_visible()
    expect(button(page, "return")).to_have_attribute("aria-pressed", "true")
    button(page, "return").click()
    expect(page.get_by_text("leg: forward", exact=True)).to_be_visible()
    expect(page.locator(".sheet > svg:not(.gone) .edge.back")).to_have_count(0)


@pytest.mark.parametrize("at", [-2, 7, 10**30, True, 1.5, "1", None, [1], {"at": 1}])
def test_a_step_that_is_no_hop_is_ignored(at: object):
    assert player._step_move({"at": at}, 7) is None


@pytest.mark.parametrize("leg", ["sideways", 1, None, ["return"], {}])
def test_a_leg_that_is_none_is_ignored(leg: object):
    assert player._leg_move({"leg": leg}, has_return=True) is None


def test_moves_are_read_from_what_the_browser_sends():
    assert player._step_move({"at": -1}, 7) == Move(step=-1)
    assert player._step_move({"at": 6}, 7) == Move(step=6)
    assert player._leg_move({"leg": "return"}, has_return=True) == Move(leg=Leg.RETURN)
    assert player._leg_move({"leg": "return"}, has_return=False) is None


# Motion


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("case", sorted(cases()))
def test_the_packet_has_a_card_to_stop_at_on_both_ends_of_each_line(case: str, leg: Leg):
    drawing = draw(*walked(case), EN, leg=leg)

    stops = player._stops(drawing, leg)

    lines = re.findall(r'id="edge-\d+" class="edge walk', drawing.svg)
    assert len(stops) == len(lines) + 1 or not lines
    assert all(f'id="{stop}"' in drawing.svg for stop in stops)


def test_the_walk_plays_once_by_itself_and_then_rests(page: Page, player_server: str):
    open_player(page, player_server, preset="s3-over-gateway-endpoint")

    expect(page.locator(".packet")).to_be_visible()
    expect(page.locator(TABLE)).to_have_class(re.compile(r"\bhere\b"))
    expect(page.locator(".packet")).to_have_count(0, timeout=20000)
    expect(page.locator(".here")).to_have_count(0)


def test_play_moves_the_packet_and_pause_stops_it(page: Page, player_server: str):
    stage = open_player(page, player_server)
    play = button(page, "play")
    expect(play).to_have_attribute("title", EN("player.pause"))

    before = packet_place(page)
    expect(page.locator(".packet")).not_to_have_attribute("transform", before or "")
    play.click()
    stopped = packet_place(page)
    page.wait_for_timeout(300)
    assert packet_place(page) == stopped
    stage.focus()
    page.keyboard.press(" ")
    expect(page.locator(".packet")).not_to_have_attribute("transform", stopped or "")


def test_the_packet_follows_the_lines_and_ends_at_the_cross(page: Page, player_server: str):
    open_player(page, player_server, preset="endpoint-group-without-rules")

    expect(page.locator(".packet.lost")).to_be_visible(timeout=10000)

    expect(page.locator(".here.blocked")).to_be_visible()


def test_less_motion_means_none_at_all(calm_page: Page, player_server: str):
    stage = open_player(calm_page, player_server)

    calm_page.get_by_role("button", name="Change").click()
    expect(calm_page.locator(".node.walk", has_text="vpce-s3")).to_be_visible()
    gone = calm_page.locator(".gone, .fresh, .packet").count()
    moving = stage.evaluate("stage => stage.getAnimations({subtree: true}).length")
    calm_page.wait_for_timeout(500)

    assert (gone, moving) == (0, 0)
    expect(calm_page.locator(".packet")).to_have_count(0)
    expect(button(calm_page, "play")).to_be_hidden()
    stage.focus()
    calm_page.keyboard.press(" ")
    expect(calm_page.locator(".at")).to_have_text("1 / 6")


def test_the_motion_switch_stops_the_packet_and_is_remembered(page: Page, player_server: str):
    open_player(page, player_server)
    expect(page.locator(".packet")).to_be_visible()

    button(page, "motion").click()
    expect(page.locator(".packet")).to_have_count(0)
    open_player(page, player_server)
    page.wait_for_timeout(800)

    expect(page.locator(".packet")).to_have_count(0)
    expect(button(page, "motion")).to_have_attribute("aria-pressed", "false")
    button(page, "motion").click()
    button(page, "play").click()
    expect(page.locator(".packet")).to_be_visible()


def test_a_step_ends_the_run_so_that_one_card_is_lit(page: Page, player_server: str):
    open_player(page, player_server)
    expect(page.locator(".here")).to_have_count(1)

    page.keyboard.press("ArrowRight")

    expect(page.locator(".packet, .here")).to_have_count(0)
    expect(page.locator(".chosen")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_words_stand_out_in_the_colours_of_the_page(
    browser: Browser, player_server: str, scheme: Literal["light", "dark"]
):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    open_player(page, player_server)

    found = {name: luminance(page, name) for name in theme.COMPONENT}
    context.close()

    def contrast(one: str, other: str) -> float:
        dark, light = sorted((found[one], found[other]))
        return (light + 0.05) / (dark + 0.05)

    fills = [name for name in found if name.endswith("-fill") or name in ("ground", "card")]
    assert [(n, f) for n in ("ink", "soft") for f in fills if contrast(n, f) < 4.5] == []
    assert [(n, f) for n in ("line", "walk", "back", "stop") for f in fills if contrast(n, f) < 3] == []
    assert [n for n in ("walk", "back", "stop") if contrast("on", n) < 4.5] == []


# Size


def test_zoom_buttons_enlarge_shrink_and_fit(page: Page, player_server: str):
    open_player(page, player_server)
    start = width(page)

    button(page, "zoom_in").click()
    assert width(page) == pytest.approx(start * 1.25, rel=0.01)
    button(page, "zoom_out").click()
    button(page, "zoom_out").click()
    assert width(page) == pytest.approx(start * 0.8, rel=0.01)
    button(page, "fit").click()
    room = page.locator(".stage").evaluate("stage => stage.clientWidth")
    assert width(page) == pytest.approx(room, abs=1)


def test_ctrl_and_the_wheel_zoom_about_the_pointer_and_the_wheel_alone_does_not(
    page: Page, player_server: str
):
    open_player(page, player_server)
    card = page.locator(TABLE)
    box = card.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    start = width(page)
    page.mouse.move(x, y)

    page.keyboard.down("Control")
    for _ in range(3):
        page.mouse.wheel(0, -100)
    page.wait_for_timeout(200)
    page.keyboard.up("Control")

    after = card.bounding_box()
    assert after is not None
    assert width(page) == pytest.approx(start * math.exp(0.75), rel=0.05)
    assert after["x"] + after["width"] / 2 == pytest.approx(x, abs=3)
    assert after["y"] + after["height"] / 2 == pytest.approx(y, abs=3)
    zoomed = width(page)
    page.mouse.wheel(0, 50)
    page.wait_for_timeout(200)
    assert width(page) == zoomed


def test_a_drag_moves_the_picture_and_selects_nothing(page: Page, player_server: str):
    stage = open_player(page, player_server)
    for _ in range(3):
        button(page, "zoom_in").click()
    box = page.locator(TABLE).bounding_box()
    assert box is not None
    before = stage.evaluate("stage => stage.scrollLeft")

    page.mouse.move(box["x"] + 50, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] - 10, box["y"] + 40, steps=5)
    page.mouse.up()

    assert stage.evaluate("stage => stage.scrollLeft") == pytest.approx(before + 60, abs=8)
    expect(page.locator(".chosen")).to_have_count(0)


def test_two_fingers_zoom_on_a_phone(phone: Page, player_server: str):
    stage = open_player(phone, player_server)
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    x, y, start = box["x"] + 150, box["y"] + 150, width(phone)
    session = phone.context.new_cdp_session(phone)

    for name, apart in (("touchStart", 30), ("touchMove", 40), ("touchMove", 60), ("touchMove", 80)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": name, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    assert width(phone) == pytest.approx(start * 2, rel=0.1)
    assert phone.evaluate("visualViewport.scale") == 1


def test_a_phone_scrolls_inside_the_stage_and_the_page_never_sideways(phone: Page, player_server: str):
    stage = open_player(phone, player_server)

    overflow = phone.evaluate(
        "[...document.querySelectorAll('*')].filter(e => !e.closest('.stage')"
        " && e.scrollWidth > innerWidth + 1).length"
    )

    assert overflow == 0
    assert stage.evaluate("stage => stage.scrollWidth > stage.clientWidth")
    button(phone, "fit").click()
    assert stage.evaluate("stage => stage.scrollWidth <= stage.clientWidth")


@pytest.mark.parametrize(("address", "least"), [({}, 24), ({"room": "1"}, 44)])
def test_buttons_are_large_enough_to_be_met(
    page: Page, player_server: str, address: dict[str, str], least: int
):
    open_player(page, player_server, **address)

    boxes = [one.bounding_box() for one in page.locator(".bar button").all()]

    assert all(box and min(box["width"], box["height"]) >= least for box in boxes)
    assert page.locator(".keys").is_visible() == (not address)


def test_every_button_has_a_name(japanese_page: Page, player_server: str):
    open_player(japanese_page, player_server, lang="ja")

    for one in japanese_page.locator(".bar button").all():
        name = JA(f"player.{one.get_attribute('data-does')}")
        assert one.get_attribute("aria-label") in (name, JA("player.pause"))
        assert one.get_attribute("title") == one.get_attribute("aria-label")


def test_full_screen_is_entered_and_left(page: Page, player_server: str):
    open_player(page, player_server)

    button(page, "full").click()
    expect(page.locator(".player.full")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="1 / 7")).to_be_visible()
    button(page, "full").click()

    expect(page.locator(".player.full")).to_have_count(0)


def test_without_leave_for_the_screen_the_player_fills_the_window(page: Page, player_server: str):
    open_player(page, player_server)
    page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new Error('no')) }")

    button(page, "full").click()
    expect(page.locator(".player.full")).to_be_visible()
    box = page.locator(".player").bounding_box()
    page.keyboard.press("Escape")

    assert box == {"x": 0, "y": 0, "width": 1280, "height": 800}
    expect(page.locator(".player.full")).to_have_count(0)


# Reruns


def test_a_change_keeps_the_stage_its_zoom_and_scroll_and_the_focus(page: Page, player_server: str):
    stage = open_player(page, player_server)
    for _ in range(3):
        button(page, "zoom_in").click()
    page.locator(CALLER).focus()
    stage.evaluate("stage => { stage.scrollTo(90, 60); stage.mine = true }")
    before = width(page), page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")

    page.get_by_role("button", name="Change").evaluate("button => button.click()")
    expect(page.locator(".node.walk", has_text="vpce-s3")).to_be_visible()

    assert stage.evaluate("stage => [stage.mine, stage.scrollLeft, stage.scrollTop]") == [True, 90, 60]
    assert (width(page), page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")) == before
    expect(page.locator(CALLER)).to_be_focused()


def test_what_changed_fades_from_one_picture_to_the_next(page: Page, player_server: str):
    open_player(page, player_server)

    page.get_by_role("button", name="Change").click()

    expect(page.locator(".gone .node").first).to_be_visible()
    expect(page.locator(".node.walk.fresh", has_text="vpce-s3")).to_have_count(1)
    expect(page.locator(".node.changed", has_text="vpce-s3")).to_have_count(1)
    expect(page.locator(".gone")).to_have_count(0)
    expect(page.locator(".fresh, .changed")).to_have_count(0)


def test_thirty_quick_changes_leave_the_last_picture_and_nothing_else(page: Page, player_server: str):
    open_player(page, player_server)

    change = page.get_by_role("button", name="Change")
    for _ in range(31):
        change.evaluate("button => button.click()")
        page.wait_for_timeout(15)
    expect(page.locator(".node.walk", has_text="vpce-s3")).to_be_visible()
    page.wait_for_timeout(1500)

    choices = next(one.choices for one in load_presets() if one.id == "s3-over-gateway-endpoint")
    design = build(choices)
    expected = draw(design, walk(design, ask(choices)), EN).svg
    assert page.locator(".sheet > *").count() == 1
    assert page.locator(".gone, .fresh, .changed").count() == 0
    shown = page.locator(".sheet > svg [id]").evaluate_all("all => all.map(one => one.id).sort()")
    assert shown == sorted(re.findall(r' id="([^"]+)"', expected))
    lines = page.locator(".sheet > svg .line").evaluate_all("all => all.map(one => one.getAttribute('d'))")
    assert lines == re.findall(r'class="line" d="([^"]+)"', expected)


# Other looks


def test_a_bare_picture_is_one_image_without_controls(page: Page, player_server: str):
    open_player(page, player_server, bare="1")

    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".sheet [role=button], .sheet [tabindex]")).to_have_count(0)
    expect(page.locator(".sheet > svg")).to_have_attribute("role", "img")
    page.locator(TABLE).click()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    expect(page.get_by_text("moves: 0", exact=True)).to_be_visible()


def test_before_the_prediction_nothing_of_the_outcome_is_there(page: Page, player_server: str):
    open_player(page, player_server, predict="1")

    expect(page.locator(".sheet .walk, .sheet [role=button], .badge, .cross, .packet")).to_have_count(0)
    expect(button(page, "play")).to_have_attribute("aria-disabled", "true")
    expect(button(page, "next")).to_have_attribute("aria-disabled", "true")
    expect(button(page, "return")).to_be_hidden()


def test_arrow_keys_steer_the_player_that_was_touched_last(page: Page, player_server: str):
    page.goto(f"{player_server}/?twin=1")
    positions = page.locator(".at")
    expect(positions).to_have_text(["– / 7", "– / 7"])

    page.locator(".stage").nth(0).click(position={"x": 20, "y": 20})
    page.keyboard.press("ArrowRight")
    expect(positions).to_have_text(["1 / 7", "– / 7"])
    page.locator(".stage").nth(1).click(position={"x": 20, "y": 20})
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(positions).to_have_text(["1 / 7", "2 / 7"])


def test_a_player_that_has_gone_listens_no_more(page: Page, player_server: str):
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    open_player(page, player_server)
    hide = page.get_by_text("Hide", exact=True)

    hide.click()
    expect(page.locator(".player")).to_have_count(0)
    page.mouse.click(5, 300)
    page.keyboard.press("ArrowRight")
    hide.click()
    expect(page.locator(".at")).to_have_text("– / 7")
    page.mouse.click(5, 300)
    page.keyboard.press("ArrowRight")

    expect(page.get_by_text("moves: 1", exact=True)).to_be_visible()
    expect(page.locator(".at")).to_have_text("1 / 7")
    assert problems == []


# What a person types


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_as_text_and_never_run(page: Page, player_server: str, name: str):
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_player(page, player_server, name=name)

    page.locator(CALLER).click()
    page.locator(CALLER).click()
    button(page, "return").click()
    expect(page.get_by_text("leg: return", exact=True)).to_be_visible()

    assert name in (page.locator(CALLER).get_attribute("aria-label") or "")
    assert page.evaluate("window.hacked") is None
    assert dialogs == []
    assert page.locator(".player :is(img, script, iframe, foreignObject, image, a)").count() == 0
    assert page.locator(".sheet svg svg").count() == 0


def test_only_known_elements_and_attributes_of_a_picture_get_through(page: Page, player_server: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_player(page, player_server, evil="1")
    page.locator(TABLE).click()

    expect(page.get_by_text(kind("subnet-route-table"), exact=True)).to_be_visible()
    names = page.locator(".sheet *").evaluate_all("all => [...new Set(all.map(one => one.localName))].sort()")
    assert names == ["circle", "desc", "g", "path", "rect", "svg", "text", "title", "tspan"]
    assert page.locator("#odd").evaluate("odd => odd.getAttributeNames()") == ["id"]
    assert page.locator("#bait").count() == 0
    assert page.evaluate("window.hacked") is None
    assert not [url for url in asked if "vpc.test" in url]


# A file


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_picture_is_saved_as_png(page: Page, player_server: str, language: str, tmp_path: Path):
    open_player(page, player_server, lang=language)

    with page.expect_download() as begun:
        button(page, "download").click()
    file = tmp_path / begun.value.suggested_filename
    begun.value.save_as(file)

    content = file.read_bytes()
    assert file.suffix == ".png"
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert unpack(">II", content[16:24]) == (2200, 900)
    assert len(content) > 30_000  # a blank picture of this size is a tenth of that


def test_script_and_style_stay_within_their_budget():
    parts = [(FOLDER / name).read_text(encoding="utf-8") for name in ("player.js", "player.css")]

    assert sum(len(part.encode()) for part in (*parts, theme.css("component"))) <= 25_000
