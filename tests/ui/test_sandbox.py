"""The sandbox as a person uses it: choices, moves, address, comparing, the expert view, a real browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from tests.ui.board import address_of, board_data, choices_of, choose, move, send, state_of
from vpclab.exchange.permalink import decode
from vpclab.presets import Preset, load_presets
from vpclab.words import languages, load_words

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"
EN = load_words("en")


def open_sandbox(**address: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run().switch_page("../pages/sandbox.py").run()


def drawings_of(app: AppTest) -> list[str]:
    pictures = [json.loads(element.proto.json) for element in app.get("bidi_component") if element.proto.json]
    return [data["svg"] for data in pictures if "svg" in data]


def verdict_of(app: AppTest) -> str:
    return next(str(html.value) for html in app.get("html") if 'class="headline' in html.value)


def press(app: AppTest, name: str) -> AppTest:
    return app.button(key=f"sandbox-{name}").click().run()


@pytest.mark.parametrize("language", languages())
def test_turning_the_gateway_endpoint_on_changes_verdict_and_picture(language: str):
    app = open_sandbox(lang=language)
    before, picture = verdict_of(app), drawings_of(app)

    choose(app, gateway_endpoint="yes")

    assert not app.exception
    assert "nat-lab" in before
    assert "vpce-s3" in verdict_of(app)
    assert drawings_of(app) != picture


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_every_example_opens_from_its_link_in_every_language(preset: Preset, language: str):
    app = open_sandbox(lang=language, s=f"2.{preset.id}")

    assert not app.exception
    assert not app.warning
    assert address_of(app) == f"2.{preset.id}"
    assert state_of(app, "destination")["value"] == preset.choices.destination
    assert address_of(app, "lang") == language


def test_an_address_of_the_first_version_opens_the_network_that_it_names():
    app = open_sandbox(lang="en", v="1", destination="ssm", way_out="none", interface_endpoint="yes")

    assert state_of(app, "destination")["value"] == "ssm"
    assert state_of(app, "interface_endpoint")["value"] == "yes"
    assert not app.warning


def test_a_choice_reaches_the_address_and_a_default_leaves_it():
    app = open_sandbox(lang="en")

    choose(app, source="lambda")
    named = address_of(app)
    choose(app, source="ec2-private")

    assert named == "2.s3-over-nat.source-lambda"
    assert address_of(app) == "2.s3-over-nat"


@pytest.mark.parametrize(
    "address",
    [
        {"v": "1", "source": "<img src=x onerror=alert(1)>"},
        {"s": "2.s3-over-nat.source-<script>"},
        {"s": "2.s3-over-nat~AAAA"},
        {"s": "2.<b>"},
        {"s": "9.s3-over-nat"},
        {"b": "2.s3-over-gateway-endpoint"},
        {"s": "2.s3-over-nat" + "x" * 9000},
        {"s": "2.s3-over-nat", "b": "%%%", "step": "-7", "side": "z", "leg": "up"},
    ],
    ids=str,
)
@pytest.mark.parametrize("language", languages())
def test_a_broken_link_opens_the_nearest_network_and_says_so(address: dict[str, str], language: str):
    app = open_sandbox(lang=language, **address)

    assert not app.exception
    assert len(app.warning) == 1
    assert "<" not in app.warning[0].value
    assert state_of(app, "source")["value"] == "ec2-private"
    choose(app, gateway_endpoint="yes")
    assert not app.warning


def test_an_example_sets_all_its_choices():
    app = open_sandbox(lang="en")

    app.menu_button(key="sandbox-preset").click("ecr-without-s3").run()

    assert choices_of(app) == next(p.choices for p in load_presets() if p.id == "ecr-without-s3")
    assert "bad" in verdict_of(app)


def test_a_choice_that_aws_does_not_offer_is_switched_off_and_says_why():
    app = open_sandbox(lang="en", s="2.s3-over-nat.destination-ssm")

    told = state_of(app, "gateway_endpoint")

    assert told["off"]
    assert told["told"] == EN("sandbox.why_not.gateway_endpoint")


def test_what_was_chosen_comes_back_once_it_can_be_again():
    app = open_sandbox(lang="en", s="2.s3-over-gateway-endpoint")

    choose(app, destination="ssm")
    choose(app, destination="s3")

    assert state_of(app, "gateway_endpoint")["value"] == "yes"
    assert address_of(app) == "2.s3-over-gateway-endpoint"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        {"changes": 7},
        {"changes": [None, 3, {"name": "source"}]},
        {"changes": [{"name": "source", "value": "<script>", "number": 1}]},
        {"changes": [{"name": "__class__", "value": "yes", "number": 1}]},
        {"changes": [{"name": "gateway_endpoint", "value": True, "number": 1}]},
        {"changes": [{"name": "gateway_endpoint", "value": "yes", "number": -1}]},
        {"changes": [{"name": "gateway_endpoint", "value": "yes", "number": 2**40}]},
        {"changes": [{"name": ["source"], "value": ["lambda"], "number": [1]}]},
    ],
    ids=str,
)
def test_what_no_board_would_send_changes_nothing(value: object):
    app = open_sandbox(lang="en")

    send(app, "chosen", value)

    assert not app.exception
    assert address_of(app) == "2.s3-over-nat"


def test_a_change_that_comes_twice_counts_once():
    app = open_sandbox(lang="en")
    change = {"name": "gateway_endpoint", "value": "yes", "number": 1}

    send(app, "chosen", {"changes": [change]})
    send(
        app,
        "chosen",
        {"changes": [{**change, "value": "no"}, {"name": "way_out", "value": "none", "number": 2}]},
    )

    assert address_of(app) == "2.s3-over-nat.way_out-none.gateway_endpoint-yes"


@pytest.mark.parametrize(
    "value",
    [
        "undo",
        {"moves": "undo"},
        {"moves": [None, 3, {"name": "undo"}]},
        {"moves": [{"name": "__init__", "number": 1}]},
        {"moves": [{"name": ["undo"], "number": 1}]},
        {"moves": [{"name": "undo", "number": "1"}, {"name": "undo", "number": 2**40}]},
    ],
    ids=str,
)
def test_what_no_board_would_send_is_no_move(value: object):
    app = choose(open_sandbox(lang="en"), gateway_endpoint="yes")

    send(app, "moved", value)

    assert not app.exception
    assert address_of(app) == "2.s3-over-nat.gateway_endpoint-yes"


def test_a_move_that_comes_twice_counts_once():
    app = choose(open_sandbox(lang="en"), gateway_endpoint="yes")
    choose(app, way_out="none")
    undo = {"moves": [{"name": "undo", "number": 1}]}

    send(send(app, "moved", undo), "moved", undo)

    assert address_of(app) == "2.s3-over-nat.gateway_endpoint-yes"


def test_an_undone_move_closes_the_hop_of_the_other_walk():
    app = choose(open_sandbox(lang="en"), gateway_endpoint="yes")
    send(app, "step", {"at": 1, "number": 1}, key="sandbox-stage-a")
    assert address_of(app, "step") == "1"

    move(app, "undo")

    assert "step" not in app.query_params


def test_comparing_keeps_the_leg_that_was_asked_for():
    app = open_sandbox(lang="en")
    send(app, "leg", {"leg": "return", "number": 1}, key="sandbox-stage-a")

    app.toggle(key="sandbox-compare").set_value(True).run()

    assert address_of(app, "leg") == "return"


def test_moves_are_undone_and_redone_one_by_one():
    app = open_sandbox(lang="en")
    choose(app, gateway_endpoint="yes")
    choose(app, way_out="none")

    assert board_data(app)["moves"] == ["undo"]
    move(app, "undo", "undo")
    assert address_of(app) == "2.s3-over-nat"
    assert board_data(app)["moves"] == ["redo"]
    move(app, "undo")
    assert not app.exception
    move(app, "redo")
    assert state_of(app, "gateway_endpoint")["value"] == "yes"
    assert state_of(app, "way_out")["value"] == "nat"


def test_choices_survive_a_language_switch_and_another_page():
    app = open_sandbox(lang="en", s="2.s3-over-nat.source-ecs-task")

    app.button_group(key="language-picker").set_value("ja").run()
    app.switch_page("../pages/home.py").run().switch_page("../pages/sandbox.py").run()

    assert state_of(app, "source")["value"] == "ecs-task"
    assert address_of(app) == "2.s3-over-nat.source-ecs-task"


def test_comparing_keeps_a_and_changes_b():
    app = open_sandbox(lang="en")

    app.toggle(key="sandbox-compare").set_value(True).run()
    choose(app, gateway_endpoint="yes")

    assert address_of(app, "s") == "2.s3-over-nat"
    assert address_of(app, "b") == "2.s3-over-nat.gateway_endpoint-yes"
    assert len(drawings_of(app)) == 2
    table = next(html.value for html in app.get("html") if "<table" in html.value)
    assert EN("sandbox.compare.say.endpoint-policy-default") in table
    assert EN("sandbox.compare.differs") in table


def test_a_link_with_two_networks_opens_both():
    app = open_sandbox(lang="ja", s="2.s3-over-nat", b="2.ecr-without-s3", side="b")

    assert len(drawings_of(app)) == 2
    assert state_of(app, "destination")["value"] == "ecr"


def test_valid_text_in_the_expert_view_becomes_the_stage():
    app = open_sandbox(lang="en")
    app.toggle(key="sandbox-expert-view").set_value(True).run()
    text = app.text_area(key="sandbox-expert").value

    app.text_area(key="sandbox-expert").set_value(text.replace("nat-lab", "nat-typed")).run()

    assert "nat-typed" in verdict_of(app)
    assert "~" in address_of(app)
    again = open_sandbox(lang="ja", s=address_of(app))
    assert "nat-typed" in verdict_of(again)
    move(app, "undo")
    assert "nat-lab" in verdict_of(app)


def test_text_with_mistakes_is_kept_with_its_mistakes_named_and_the_stage_stays():
    app = open_sandbox(lang="en")
    app.toggle(key="sandbox-expert-view").set_value(True).run()
    text = app.text_area(key="sandbox-expert").value
    broken = text.replace("CidrBlock: 10.0.0.0/16", "CidrBlock: ten").replace(
        "SubnetId: subnet-app", "SubnetId: 7"
    )

    app.text_area(key="sandbox-expert").set_value(broken).run()

    assert "nat-lab" in verdict_of(app)
    assert app.text_area(key="sandbox-expert").value == broken
    told = next(html.value for html in app.get("html") if "problems" in html.value)
    assert "design.vpcs[0].CidrBlock" in told
    assert EN("sandbox.expert.line", line=broken[: broken.index("ten")].count("\n") + 1) in told
    choose(app, gateway_endpoint="yes")
    assert app.text_area(key="sandbox-expert").value == broken
    press(app, "discard")
    assert "vpce-s3" in app.text_area(key="sandbox-expert").value


@pytest.mark.parametrize("text", ["", "][", "cases: []", "&a [*a]", "a: " * 50, "design: {region: <script>}"])
def test_no_text_in_the_expert_view_breaks_the_page(text: str):
    app = open_sandbox(lang="ja")
    app.toggle(key="sandbox-expert-view").set_value(True).run()

    app.text_area(key="sandbox-expert").set_value(text).run()

    assert not app.exception
    assert len(app.error) == 1
    assert "<script>" not in "".join(html.value for html in app.get("html"))


def test_the_link_of_a_network_too_large_for_an_address_is_refused_kindly():
    app = open_sandbox(lang="en")
    app.toggle(key="sandbox-expert-view").set_value(True).run()
    text = app.text_area(key="sandbox-expert").value
    names = "\n".join(
        f"    - VpcId: vpc-{number * 7919 % 99991}-x{number}\n      CidrBlock: 10.{number % 250}.0.0/16"
        for number in range(900)
    )

    app.text_area(key="sandbox-expert").set_value(text.replace("  vpcs:\n", f"  vpcs:\n{names}\n")).run()

    assert not app.exception
    assert address_of(app) == "2.s3-over-nat"
    assert decode(address_of(app)).left_out == ()
    app.run()
    assert "vpc-7919-x1" in app.text_area(key="sandbox-expert").value


def test_a_person_changes_a_choice_and_sees_the_path_change(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en")
    expect(page.locator("svg .node.walk").first).to_be_visible()
    assert "igw-lab" in page.locator("svg .node.walk").all_text_contents().__str__()

    page.get_by_label(EN("sandbox.gateway_endpoint.label"), exact=True).click()

    expect(page.locator("svg:not(.gone) .node.walk", has_text="vpce-s3")).to_be_visible()
    expect(page.locator("svg:not(.gone) .node.walk", has_text="igw-lab")).to_have_count(0)
    expect(page.get_by_text("through gateway endpoint vpce-s3")).to_be_visible()


def test_the_changes_are_listed_in_words_and_a_reset_can_be_undone(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&s=2.s3-over-nat.gateway_endpoint-yes.way_out-none")
    page.get_by_role("button", name=EN("sandbox.changes.label")).click()

    expect(page.get_by_text("Removed NAT gateway nat-lab")).to_be_visible()
    expect(page.get_by_text(EN("presets.s3-over-nat.title")).last).to_be_visible()
    page.get_by_role("button", name=EN("sandbox.reset")).click()

    expect(page).to_have_url(f"{server}/sandbox?lang=en&s=2.s3-over-nat")
    page.get_by_role("button", name=EN("sandbox.undo")).click()
    expect(page.locator("svg:not(.gone) .node.walk", has_text="vpce-s3")).to_be_visible()


def test_an_option_that_was_not_offered_comes_back_when_it_is(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&s=2.s3-over-nat.interface_endpoint-yes")
    page.get_by_text(EN("sandbox.group.names"), exact=True).click()
    inbound = page.get_by_label(EN("sandbox.private_dns.label"), exact=True).locator("option[value=inbound]")
    expect(inbound).to_be_disabled()

    page.get_by_label(EN("sandbox.gateway_endpoint.label"), exact=True).check()

    expect(inbound).to_be_enabled()
    assert inbound.evaluate("option => option.hidden") is False


def test_undo_pressed_faster_than_the_server_answers_takes_every_move_back(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en")
    for name in ("gateway_endpoint", "interface_endpoint"):
        page.get_by_label(EN(f"sandbox.{name}.label"), exact=True).check()
    expect(page).to_have_url(re.compile("interface_endpoint-yes"))

    page.get_by_role("button", name=EN("sandbox.undo")).evaluate("button => (button.click(), button.click())")

    expect(page).to_have_url(re.compile(r"s=2\.s3-over-nat$"))


def test_the_other_choices_unfold_by_what_they_are_about(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&s=2.ecs-to-systems-manager")
    box = page.get_by_label(EN("sandbox.dns_support.label"), exact=True)
    expect(box).to_be_hidden()
    page.get_by_text(EN("sandbox.group.names"), exact=True).click()

    box.click()

    expect(page).to_have_url(f"{server}/sandbox?lang=en&s=2.ecs-to-systems-manager.dns_support-no")
    expect(page.get_by_text(EN("sandbox.why_not.not_on_premises")).first).to_be_visible()
    expect(page.get_by_label(EN("sandbox.inbound_resolver.label"), exact=True)).to_be_disabled()
    expect(page.locator("svg:not(.gone) .node.blocked", has_text="task-app")).to_be_visible()


def test_the_browser_console_stays_free_of_errors_on_the_sandbox(page: Page, server: str):
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{server}/sandbox?lang=ja")
    expect(page.locator("svg .node.walk").first).to_be_visible()

    assert problems == []


def test_the_stage_shows_on_a_phone_that_there_is_more_to_scroll_to(page: Page, server: str):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{server}/sandbox?lang=en")
    stage = page.locator(".stage")
    expect(stage).to_have_class("stage more")

    stage.evaluate("stage => stage.scrollTo(stage.scrollWidth, 0)")

    expect(stage).to_have_class("stage")


def test_a_link_in_japanese_opens_in_japanese(japanese_page: Page, server: str):
    japanese_page.goto(f"{server}/sandbox?lang=ja&s=2.lambda-to-dynamodb")

    expect(japanese_page.get_by_role("heading", name="サンドボックス")).to_be_visible()
    expect(japanese_page.locator("svg .node.walk", has_text="vpce-dynamodb")).to_be_visible()


@pytest.mark.parametrize("language", languages())
def test_the_link_of_every_example_comes_back_to_itself_in_a_browser(page: Page, server: str, language: str):
    for preset in load_presets():
        address = f"{server}/sandbox?lang={language}&s=2.{preset.id}.zones-2&step=0"
        page.goto(address)
        expect(page.locator("svg:not(.gone) .node.chosen")).to_have_count(1)
        expect(
            page.get_by_label(load_words(language)("sandbox.destination.label"), exact=True)
        ).to_have_value(preset.choices.destination)
        expect(page.get_by_role("alert")).to_have_count(0)
        expected = address.replace(".zones-2", "" if preset.choices.zones == 2 else ".zones-2")
        expect(page).to_have_url(expected)


def test_the_open_hop_and_the_network_survive_a_refresh_and_a_language_switch(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&s=2.s3-over-nat.gateway_endpoint-yes")
    page.get_by_role("button", name=EN("player.next")).click()
    page.get_by_role("button", name=EN("player.next")).click()
    expect(page).to_have_url(f"{server}/sandbox?lang=en&s=2.s3-over-nat.gateway_endpoint-yes&step=1")

    page.reload()
    expect(page.locator("svg .node.chosen")).to_have_count(1)
    page.get_by_role("radio", name="日本語").click()

    expect(page).to_have_url(f"{server}/sandbox?lang=ja&s=2.s3-over-nat.gateway_endpoint-yes&step=1")
    expect(page.locator("svg:not(.gone) .node.walk", has_text="vpce-s3")).to_be_visible()
