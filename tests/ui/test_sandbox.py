"""The sandbox as a person uses it: choices, address, and the picture in a real browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from vpclab.words import languages, load_words

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"


def open_sandbox(**address: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run().switch_page("../pages/sandbox.py").run()


def drawing_of(app: AppTest) -> str:
    pictures = [json.loads(element.proto.json) for element in app.get("bidi_component") if element.proto.json]
    return next(data["svg"] for data in pictures if "svg" in data)


def verdict_of(app: AppTest) -> str:
    return (app.success or app.error)[0].value


@pytest.mark.parametrize("language", languages())
def test_turning_the_gateway_endpoint_on_changes_verdict_and_picture(language: str):
    app = open_sandbox(lang=language)
    before, picture = verdict_of(app), drawing_of(app)

    app.toggle(key="sandbox-gateway_endpoint").set_value(True).run()

    assert not app.exception
    assert "nat-lab" in before.replace("\\", "")
    assert "vpce-s3" in verdict_of(app).replace("\\", "")
    assert drawing_of(app) != picture


def test_an_address_opens_the_network_that_it_names():
    app = open_sandbox(lang="en", v="1", destination="ssm", way_out="none", interface_endpoint="yes")

    assert app.selectbox(key="sandbox-destination").value == "ssm"
    assert app.toggle(key="sandbox-interface_endpoint").value is True
    assert app.selectbox(key="sandbox-preset").value is None


def test_a_choice_reaches_the_address_and_a_default_leaves_it():
    app = open_sandbox(lang="en")

    app.selectbox(key="sandbox-source").set_value("lambda").run()
    named = dict(app.query_params)
    app.selectbox(key="sandbox-source").set_value("ec2-private").run()

    assert named["source"] in ("lambda", ["lambda"])
    assert "source" not in app.query_params


def test_an_address_with_nonsense_opens_the_default_network():
    app = open_sandbox(lang="en", v="1", source="<img src=x onerror=alert(1)>", way_out="teleport")

    assert not app.exception
    assert app.selectbox(key="sandbox-source").value == "ec2-private"


def test_an_example_sets_all_its_choices():
    app = open_sandbox(lang="en")

    app.selectbox(key="sandbox-preset").set_value("ecr-without-s3").run()

    assert app.selectbox(key="sandbox-destination").value == "ecr"
    assert app.selectbox(key="sandbox-way_out").value == "none"
    assert app.error


def test_a_choice_that_aws_does_not_offer_is_switched_off_and_says_why():
    app = open_sandbox(lang="en", v="1", destination="ssm")

    switch = app.toggle(key="sandbox-gateway_endpoint")

    assert switch.disabled
    assert switch.help == load_words("en")("sandbox.why_not.gateway_endpoint")


def test_choices_survive_a_language_switch_and_another_page():
    app = open_sandbox(lang="en", v="1", source="ecs-task")

    app.button_group(key="language-picker").set_value("ja").run()
    app.switch_page("../pages/home.py").run().switch_page("../pages/sandbox.py").run()

    assert app.selectbox(key="sandbox-source").value == "ecs-task"


def test_a_person_changes_a_choice_and_sees_the_path_change(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en")
    expect(page.locator("svg .node.walk").first).to_be_visible()
    assert "igw-lab" in page.locator("svg .node.walk").all_text_contents().__str__()

    page.get_by_text("Gateway endpoint", exact=True).first.click()

    expect(page.locator("svg .node.walk", has_text="vpce-s3")).to_be_visible()
    expect(page.locator("svg .node.walk", has_text="igw-lab")).to_have_count(0)
    expect(page.get_by_text("through gateway endpoint vpce-s3")).to_be_visible()


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
    japanese_page.goto(f"{server}/sandbox?lang=ja&v=1&destination=dynamodb&gateway_endpoint=yes")

    expect(japanese_page.get_by_role("heading", name="サンドボックス")).to_be_visible()
    expect(japanese_page.locator("svg .node.walk", has_text="vpce-dynamodb")).to_be_visible()
