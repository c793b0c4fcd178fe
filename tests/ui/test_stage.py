"""The stage as a room and its presenter use it, in a real browser."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from ui import stage_state
from ui.share import qr_image
from ui.stage_keys import checked_presses
from ui.stage_offers import given, own_offers
from ui.stage_place import Key, Place, at_slide, press, step_of
from ui.stage_state import place_of
from vpclab.exchange.permalink import decode
from vpclab.presets import load_presets
from vpclab.sandbox.setup import request_of
from vpclab.talk_reader import load_talks
from vpclab.talks import Talk
from vpclab.words import languages, load_words

EN, JA = load_words("en"), load_words("ja")
TALKS = load_talks()
SHORT = TALKS[0]

# Every text that is painted, with the size at which it is painted: SVG text is scaled with its picture.
SMALL_TEXTS = """least => {
    const found = [];
    const roots = [document];
    while (roots.length) {
        const root = roots.pop();
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) roots.push(element.shadowRoot);
            const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
            const box = element.getBoundingClientRect();
            const look = getComputedStyle(element);
            if (!own || box.width < 3 || box.height < 3 || look.visibility === "hidden") continue;
            if (["STYLE", "SCRIPT", "title", "desc"].includes(element.tagName)) continue;
            if (box.bottom < 0 || box.right < 0 || look.clip !== "auto") continue;
            const scale = element.ownerSVGElement ? element.getScreenCTM().a : 1;
            const size = parseFloat(look.fontSize) * scale;
            if (size < least) found.push(`${size.toFixed(1)} ${element.textContent.trim().slice(0, 40)}`);
        }
    }
    return found;
}"""
OVERFLOW = """() => {
    const SHOWN = ".stage-outcome, .stage-question, .stage-table, .st-key-stage-picture";
    const below = document.querySelector(".stage-subtitles") ?? document.querySelector(".st-key-stage-foot");
    const shown = [...document.querySelectorAll(SHOWN)];
    const lowest = Math.max(0, ...shown.map((part) => part.getBoundingClientRect().bottom));
    const wide = document.documentElement.scrollWidth - innerWidth;
    return { over: lowest - below.getBoundingClientRect().top, wide };
}"""


def open_slide(page: Page, server: str, talk: Talk, number: int, language: str = "en", **more: str) -> None:
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    page.goto(f"{server}/stage?lang={language}&talk={talk.id}&slide={number}{extra}")
    expect(page.get_by_role("heading", level=1)).to_have_text(talk.slides[number - 1].heading(language))
    expect(page.locator(".black[data-listens]")).to_be_attached()


def settle(page: Page) -> None:
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()


def test_a_whole_talk_is_given_by_keyboard(page: Page, server: str):
    open_slide(page, server, SHORT, 1)

    for slide in SHORT.slides:
        expect(page.get_by_role("heading", level=1)).to_have_text(slide.heading("en"))
        if slide.predict:
            expect(page.locator(".answers")).to_be_visible()
            page.keyboard.press("1")
            expect(page.locator(".answers .guess")).to_have_count(1)
            page.keyboard.press("Space")
            expect(page.locator(".guessed")).to_be_visible()
        page.keyboard.press("PageDown")

    expect(page.get_by_role("heading", level=1)).to_have_text(SHORT.slides[-1].heading("en"))
    page.keyboard.press("PageUp")
    expect(page.get_by_role("heading", level=1)).to_have_text(SHORT.slides[-2].heading("en"))


def test_arrows_step_through_the_decisions_and_then_to_the_next_slide(page: Page, server: str):
    open_slide(page, server, SHORT, 2)
    first = page.locator(".hop").inner_text()

    page.keyboard.press("ArrowRight")
    expect(page.locator(".hop")).not_to_have_text(first)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".hop")).to_have_text(first)
    for _ in range(5):
        page.keyboard.press("ArrowRight")

    expect(page.get_by_role("heading", level=1)).to_have_text(SHORT.slides[2].heading("en"))


def test_the_card_of_the_open_decision_is_lit(page: Page, server: str):
    open_slide(page, server, SHORT, 2)
    lit = page.locator("svg:not(.gone) .node.chosen")
    expect(lit).to_have_count(1)
    expect(lit).to_contain_text("nat-lab")

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(page.locator(".hop")).to_contain_text("6/")
    expect(lit).to_have_count(1)
    expect(lit).to_contain_text("igw-lab")


def test_a_prediction_keeps_the_outcome_out_of_the_page_until_it_is_revealed(page: Page, server: str):
    open_slide(page, server, SHORT, 1)

    expect(page.locator(".headline, .reason, .badge, .cross")).to_have_count(0)
    assert EN("walk.symptom.timeout") not in page.content()
    page.keyboard.press("3")
    page.keyboard.press("Space")

    expect(page.locator(".headline")).to_be_visible()
    expect(page.locator(".guessed")).to_contain_text(EN("stage.right"))


def test_digits_try_the_offers_of_a_slide_and_take_them_back(page: Page, server: str):
    open_slide(page, server, SHORT, 1, hidden="no")
    expect(page.locator(".headline.bad")).to_be_visible()

    page.keyboard.press("2")
    expect(page.locator(".headline.good")).to_be_visible()
    expect(page.locator("svg:not(.gone) .node.walk", has_text="vpce-s3")).to_be_visible()
    expect(page.locator(".chips .on")).to_have_count(1)
    page.keyboard.press("2")
    expect(page.locator(".headline.bad")).to_be_visible()


def test_black_screen_notes_clock_qr_and_keys_come_and_go(page: Page, server: str):
    open_slide(page, server, SHORT, 2)
    for key, locator in (("n", ".stage-notes"), ("q", ".st-key-stage-qr"), ("?", ".stage-keys")):
        expect(page.locator(locator)).to_have_count(0)
        page.keyboard.press(key)
        expect(page.locator(locator)).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator(locator)).to_have_count(0)
    for key, locator in (("b", ".black"), ("t", ".clock")):
        expect(page.locator(locator)).to_be_hidden()
        page.keyboard.press(key)
        expect(page.locator(locator)).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator(locator)).to_be_hidden()


def test_subtitles_show_both_languages_at_once(page: Page, server: str):
    slide = SHORT.slides[0]
    open_slide(page, server, SHORT, 1)
    expect(page.get_by_text(slide.say("ja"))).to_have_count(0)

    page.keyboard.press("s")

    expect(page.get_by_text(slide.say("ja"))).to_be_visible()
    expect(page.get_by_text(slide.say("en"))).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".headline")).to_have_count(1)
    expect(page.locator('.stage-subtitles p[lang="ja"]')).to_contain_text("届かず")


def test_a_refresh_comes_back_to_the_same_place(page: Page, server: str):
    open_slide(page, server, SHORT, 1)
    page.keyboard.press("4")
    page.keyboard.press("Space")
    expect(page.locator(".guessed")).to_be_visible()

    page.reload()

    expect(page.locator(".guessed")).to_contain_text(EN("stage.wrong"))


def test_the_network_of_a_link_is_presented_by_itself(page: Page, server: str):
    page.goto(f"{server}/stage?lang=ja&s=2.s3-over-nat")
    expect(page.locator(".headline.good")).to_be_visible()
    expect(page.locator(".black[data-listens]")).to_be_attached()

    page.keyboard.press("1")
    expect(page.locator("svg:not(.gone) .node.walk", has_text="vpce-s3")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".answers")).to_be_visible()
    expect(page.locator(".headline")).to_have_count(0)


def test_any_state_of_the_sandbox_can_be_shown_to_a_room(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&s=2.ecr-without-s3&step=1&stage=1")
    expect(page.locator(".hop")).to_be_visible()
    assert "/stage?" in page.url

    page.goto(f"{server}/sandbox?lang=en&s=2.s3-over-nat")
    page.get_by_label(EN("sandbox.gateway_endpoint.label"), exact=True).click()
    expect(page.locator("svg:not(.gone) .node.walk", has_text="vpce-s3")).to_be_visible()
    page.get_by_role("button", name=EN("sandbox.stage.open")).click()
    expect(
        page.locator(".st-key-stage-picture svg:not(.gone) .node.walk", has_text="vpce-s3")
    ).to_be_visible()


def test_two_networks_that_are_compared_are_shown_to_a_room_by_what_differs(page: Page, server: str):
    both = "s=2.s3-over-nat&b=2.s3-over-gateway-endpoint"
    page.goto(f"{server}/sandbox?lang=ja&{both}")
    page.get_by_role("button", name=JA("sandbox.stage.open")).click()
    page.wait_for_url(f"**/stage?**{both}**")

    expect(page.get_by_role("heading", level=1)).to_have_text(JA("sandbox.compare.title"))
    rows = page.locator(".stage-table tbody tr")
    expect(rows.first).to_be_visible()
    assert all("other" in (row.get_attribute("class") or "") for row in rows.all())
    settle(page)
    page.keyboard.press("q")
    expect(page.get_by_text(JA("stage.qr"))).to_be_visible()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.id)
@pytest.mark.parametrize("more", [{}, {"show": "subtitles", "guess": "2"}], ids=["plain", "subtitles"])
def test_every_text_of_every_slide_can_be_read_from_the_back_of_the_room(
    page: Page, server: str, talk: Talk, language: str, more: dict[str, str]
):
    page.set_viewport_size({"width": 1920, "height": 1080})
    small: dict[str, list[str]] = {}
    over: dict[str, dict[str, float]] = {}
    for number, slide in enumerate(talk.slides, start=1):
        for hidden in ("yes", "no") if slide.predict else ("no",):
            open_slide(page, server, talk, number, language, hidden=hidden, **more)
            if hidden == "no" and slide.setup is not None and slide.compare is None:
                expect(page.locator("svg:not(.gone) .node").first).to_be_visible()
            settle(page)
            name = f"{slide.id}, hidden: {hidden}"
            if found := page.evaluate(SMALL_TEXTS, 28):
                small[name] = found
            measured = page.evaluate(OVERFLOW)
            if measured["over"] > 1 or measured["wide"] > 1:
                over[name] = measured

    assert small == {}
    assert over == {}


@pytest.mark.parametrize("language", languages())
def test_every_example_by_itself_fits_a_screen_with_all_that_can_be_tried(
    page: Page, server: str, language: str
):
    over = {}
    page.set_viewport_size({"width": 1280, "height": 720})
    for preset in load_presets():
        page.goto(f"{server}/stage?lang={language}&s=2.{preset.id}")
        expect(page.locator("svg:not(.gone) .node").first).to_be_visible()
        settle(page)
        measured = page.evaluate(OVERFLOW)
        if measured["over"] > 1 or measured["wide"] > 1:
            over[preset.id] = measured

    assert over == {}


def test_a_presenter_who_steps_on_leaves_the_guess_behind(page: Page, server: str):
    open_slide(page, server, SHORT, 1, hidden="no", guess="2")
    expect(page.locator(".guessed")).to_be_visible()

    page.keyboard.press("ArrowRight")
    expect(page.locator(".hop")).to_contain_text("1/")
    expect(page.locator(".guessed")).to_have_count(0)
    expect(page.locator(".chips")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "talk=none",
        "talk=%3Cscript%3E",
        "slide=3",
        "step=999999",
        "s=",
        "s=9.x",
        "s=2.s3-over-nat&step=999&leg=return",
        "s=2.s3-over-nat&offers=8.99.x&guess=9",
        "s=2.s3-over-nat&b=%25%25&hidden=yes&step=3",
        "s=2.s3-over-nat.interface_endpoint-yes.zones-3.interface_zones-&hidden=yes",
        f"s=2.{'x' * 5000}&show=qr.keys.notes.subtitles",
        f"talk={SHORT.id}&slide=999&step=99&hidden=yes",
        f"talk={SHORT.id}&slide=8&hidden=yes",
    ],
)
def test_an_address_that_names_nothing_shows_the_talks_or_the_nearest_network(
    page: Page, server: str, address: str
):
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{server}/stage?lang=en&{address}")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(EN("interface.failure.unexpected"))).to_have_count(0)
    assert problems == []


@pytest.mark.parametrize("key", ["nonsense", "0", "٣", "", "next next", "__init__"])
def test_a_key_that_means_nothing_leads_nowhere(key: str):
    place = at_slide(Place(talk=SHORT.id), 1)

    assert press(place, key) == place


@pytest.mark.parametrize("key", ["1", Key.PREDICT, Key.REVEAL, Key.NEXT, Key.NEXT_SLIDE])
def test_what_differs_between_two_networks_is_no_walk_to_step_through(key: str):
    place = Place(setup=SHORT.slides[1].setup, compare=SHORT.slides[3].setup)
    assert press(place, key, own_offers(place)) == place


def test_the_right_arrow_alone_gives_a_whole_talk_and_no_press_is_in_vain():
    for talk in TALKS:
        place, slides = at_slide(Place(talk=talk.id), 0), [0]
        while (following := press(place, Key.NEXT)) != place:
            place = following
            slides.append(place.slide)
        assert sorted(set(slides)) == list(range(len(talk.slides)))
        for slide in talk.slides:
            if slide.compare is not None:
                assert slides.count(talk.slides.index(slide)) == 1


def test_a_reveal_opens_the_hop_that_the_slide_is_about():
    for talk in TALKS:
        for number, slide in enumerate(talk.slides):
            revealed = press(at_slide(Place(talk=talk.id), number), Key.REVEAL)
            assert revealed.step == step_of(revealed)
            assert (revealed.step >= 0) is (slide.step >= 0)


def test_whoever_leaves_the_stage_finds_the_sandbox_as_it_was(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en")
    page.get_by_label(EN("sandbox.gateway_endpoint.label"), exact=True).check()
    page.wait_for_url("**gateway_endpoint-yes**")
    page.get_by_role("button", name=EN("sandbox.stage.open")).click()
    expect(page.locator(".black[data-listens]")).to_be_attached()
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    page.get_by_role("link", name=EN("stage.leave")).focus()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(EN("interface.stage.title"))
    page.get_by_role("link", name=EN("interface.navigation.sandbox")).click()
    expect(page.get_by_label(EN("sandbox.gateway_endpoint.label"), exact=True)).to_be_checked()
    expect(page.get_by_role("button", name=EN("sandbox.undo"))).to_be_enabled()


def test_a_link_that_cannot_be_read_is_told_until_the_first_key(page: Page, server: str):
    page.goto(f"{server}/stage?lang=ja&s=9.x")
    expect(page.get_by_text(JA("stage.nearest"))).to_be_visible()
    expect(page.locator(".black[data-listens]")).to_be_attached()

    page.keyboard.press("ArrowRight")

    expect(page.locator(".hop")).to_be_visible()
    expect(page.get_by_text(JA("stage.nearest"))).to_have_count(0)


def test_what_a_room_judges_by_names_the_zones_and_tables_that_are_chosen():
    def told(text: str) -> list[str]:
        setup = decode(f"2.s3-over-nat.{text}").setup
        return [line for line in given(setup, EN) if "ones of" in line or "tables" in line]

    tables, zones = EN("sandbox.gateway_tables.label"), EN("sandbox.interface_zones.label")
    assert told("gateway_endpoint-yes.gateway_tables-edge+app-c") == [f"{tables}: Edge subnets"]
    assert told("zones-2.interface_endpoint-yes.interface_zones-") == [f"{zones}: None"]
    assert told("zones-3.interface_endpoint-yes.interface_zones-a+d") == [f"{zones}: Zone a, Zone d"]
    assert told("interface_endpoint-yes") == []


def test_what_a_room_judges_by_says_that_somebody_edited_the_network():
    setup = SHORT.slides[1].setup
    assert setup is not None
    request = replace(request_of(setup), source="i-other")

    assert given(replace(setup, request=request), EN)[-1] == EN("sandbox.expert.applied")


def test_a_guess_is_about_the_network_that_was_shown():
    place = at_slide(Place(talk=SHORT.id), 0)
    for key in ("3", Key.REVEAL):
        place = press(place, key)
    assert place.guess == 3
    assert press(place, "1").guess == 0


@pytest.mark.parametrize(
    "address",
    [
        {"s": "2.s3-over-nat", "b": "2.s3-over-gateway-endpoint", "hidden": "yes"},
        {"talk": SHORT.id, "slide": "2", "hidden": "yes"},
        {"talk": SHORT.id, "slide": "8", "hidden": "yes"},
        {"talk": SHORT.id, "slide": "10", "hidden": "yes"},
    ],
    ids=str,
)
def test_what_nobody_is_asked_to_predict_cannot_be_hidden(address: dict[str, str]):
    place = place_of(address)
    assert place is not None
    assert not place.hidden


def test_a_qr_code_of_a_link_too_long_for_one_is_left_out():
    assert qr_image("a" * 2953) is not None
    assert qr_image("a" * 2954) is None


def test_what_somebody_types_into_a_field_moves_nothing(page: Page, server: str):
    open_slide(page, server, SHORT, 2)
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), { id: 'typed' }))")
    page.locator("#typed").focus()
    address = page.url

    page.keyboard.type("b1 nqs")
    page.keyboard.press("ArrowRight")

    expect(page.locator("#typed")).to_have_value("b1 nqs")
    expect(page.locator(".black")).to_be_hidden()
    settle(page)
    assert page.url == address


def test_keys_go_no_further_than_the_talk():
    first, last = at_slide(Place(talk=SHORT.id), -5), at_slide(Place(talk=SHORT.id), 999)

    assert (first.slide, last.slide) == (0, len(SHORT.slides) - 1)
    assert press(first, Key.PREVIOUS) == first
    tried = press(press(first, Key.REVEAL), "1")
    assert press(tried, Key.PREVIOUS_SLIDE) == tried
    assert press(last, Key.NEXT_SLIDE) == last


def test_the_address_of_a_place_leads_back_to_it():
    for number in range(len(SHORT.slides)):
        place = at_slide(Place(talk=SHORT.id), number)
        for key in ("1", Key.REVEAL, "1", Key.NEXT, Key.NEXT, Key.NOTES, Key.SUBTITLES):
            place = press(place, key)
            assert place_of(stage_state.address_of(place)) == place
    compared = Place(setup=SHORT.slides[1].setup, compare=SHORT.slides[3].setup)
    assert place_of(stage_state.address_of(compared)) == compared


@pytest.mark.parametrize(
    "sent",
    [
        None,
        5,
        {"presses": 1},
        {"presses": [None, {"key": 3, "number": 1}, {"key": "x", "number": "1"}]},
        {"presses": [{"key": "x" * 99, "number": 1}]},
        {"presses": [{"key": "next", "number": -1}]},
    ],
)  # fmt: skip  (what a hostile browser might send, in two lines)
def test_what_no_keyboard_would_send_is_no_key(sent: object):
    assert checked_presses(sent, 0) == ([], 0)


def test_keys_that_come_twice_count_once():
    presses = [{"key": "next", "number": 3}, {"key": "next", "number": 4}]

    assert checked_presses({"presses": presses}, 3) == (["next"], 4)
