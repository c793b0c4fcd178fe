"""Labs as a learner meets them: any network that meets the goal counts, in both languages."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from tests.ui.board import send
from ui import lab_state
from ui.lab_html import MOST_STARS
from vpclab.exchange.permalink import encode
from vpclab.learning.labs import attempt, replay, start_of
from vpclab.learning.library import load_library
from vpclab.words import languages, load_words

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"
LABS = load_library().labs
FIRST = LABS["s3-without-nat"]


def open_lab(language: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page("../pages/labs.py").run()


def html(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


def goals(app: AppTest) -> str:
    (found,) = (part.proto for part in app.get("bidi_component") if "-lab-goals:" in part.proto.id)
    return json.loads(json.loads(found.json)["text"])["easy"]


def choose(app: AppTest, number: int, name: str, value: str, lab: str = FIRST.id) -> AppTest:
    change = {"name": name, "value": value, "number": number}
    return send(app, "chosen", {"changes": [change]}, key=f"lab-board:{lab}")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_every_lab_opens_unsolved_and_its_solution_is_accepted(lab, language: str):
    app = open_lab(language, id=lab.id)
    assert not app.exception
    assert app.title[0].value.replace("\\", "") == lab.text(language).title
    assert "○" in goals(app)

    app.query_params["s"] = encode(replay(lab)[-1])
    app.run()

    assert not app.exception
    assert "○" not in goals(app)
    assert (
        f'aria-label="{load_words(language)("practice.lab.stars", count=MOST_STARS, most=MOST_STARS)}"'
        in html(app)
    )


def test_a_move_that_the_lab_does_not_allow_changes_nothing():
    app = open_lab("en", id=FIRST.id)

    choose(app, 1, "destination", "dynamodb")
    choose(app, 2, "way_out", "nat-per-zone")

    assert not app.exception
    assert "s" not in app.query_params


@pytest.mark.parametrize(
    "network",
    ["", "2", "x", "2.s3-over-nat.destination-dynamodb", "2.nothing", "2.s3-over-nat~AAAA", "9" * 9000],
)
def test_a_network_of_the_address_that_no_move_leads_to_is_the_start(network: str):
    app = open_lab("en", id=FIRST.id, s=network)

    assert not app.exception
    assert goals(app) == goals(open_lab("en", id=FIRST.id))


def test_a_change_before_the_address_has_told_of_the_last_one_loses_neither():
    app = open_lab("en", id=FIRST.id)
    choose(app, 1, "gateway_endpoint", "yes")
    del app.query_params["s"]  # a browser sends the address that it had when the change was made

    choose(app, 2, "way_out", "none")

    assert not app.exception
    assert "○" not in goals(app)


def test_a_change_whose_answer_was_interrupted_is_made_with_the_next_one(monkeypatch: pytest.MonkeyPatch):
    app = open_lab("en", id=FIRST.id)
    with monkeypatch.context() as patched:
        patched.setattr(lab_state, "choose_options", interrupted)
        choose(app, 1, "gateway_endpoint", "yes")
    assert goals(app) == goals(open_lab("en", id=FIRST.id))
    first = {"name": "gateway_endpoint", "value": "yes", "number": 1}
    second = {"name": "way_out", "value": "none", "number": 2}

    send(app, "chosen", {"changes": [first, second]}, key=f"lab-board:{FIRST.id}")

    assert not app.exception
    assert "○" not in goals(app)


def interrupted(*_: object) -> None:
    """What Streamlit does at a look into the session when a newer request waits."""
    here = get_script_run_ctx()
    assert here is not None
    raise RerunException(RerunData(query_string=here.query_string, page_script_hash=here.page_script_hash))


def test_the_address_of_an_earlier_network_leads_back_to_it():
    app = open_lab("en", id=FIRST.id)
    choose(app, 1, "gateway_endpoint", "yes")
    choose(app, 2, "way_out", "none")

    del app.query_params["s"]
    app.run()

    assert goals(app) == goals(open_lab("en", id=FIRST.id))


def test_the_solution_is_shown_move_by_move_and_counts_for_nothing():
    app = open_lab("en", id=FIRST.id)
    app.button(key="lab-show").click().run()

    for _ in FIRST.solution:
        app.button(key="lab-forward").click().run()

    assert not app.exception
    assert "○" not in goals(app)
    assert app.button(key="lab-forward").disabled
    app.button(key="lab-own").click().run()
    assert "○" in goals(app)


def test_hints_come_one_after_the_other_and_cost_a_star_where_no_sum_does():
    lab = next(lab for lab in LABS.values() if lab.plan.par is not None and lab.plan.par.month is None)
    app = open_lab("en", id=lab.id, s=encode(replay(lab)[-1]), hints="1")
    t = load_words("en")

    assert f'aria-label="{t("practice.lab.stars", count=2, most=MOST_STARS)}"' in html(app)

    app = open_lab("en", id=lab.id)
    for number in range(3):
        app.button(key="lab-hint").click().run()
        shown = [part.proto.json for part in app.get("bidi_component") if "-lab-hints:" in part.proto.id]
        assert shown[0].count("<li>") == number + 1
    assert not [button for button in app.button if button.key == "lab-hint"]


# --- in a browser ----------------------------------------------------------------------------------------


@pytest.fixture
def learner(browser: Browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", languages())
def test_a_lab_is_solved_by_a_way_that_is_not_the_stored_solution(learner: Page, server: str, language: str):
    t = load_words(language)
    lab = LABS["function-without-internet"]
    stored = {tuple(vars_of(move)) for move in lab.solution}
    assert ("interface_endpoint", "yes") not in stored
    learner.goto(f"{server}/labs?lang={language}&id={lab.id}")
    expect(learner.get_by_text(t("practice.lab.met"), exact=True)).to_have_count(0)

    learner.locator("#choice-interface_endpoint").click()
    learner.locator("#choice-asked_name").select_option("endpoint")

    expect(learner.get_by_text(t("practice.lab.unmet"), exact=True)).to_have_count(0)
    expect(learner.locator(".stars")).to_be_visible()
    learner.reload()
    expect(learner.locator(".stars")).to_be_visible()
    learner.goto(f"{server}/labs?lang={language}")
    expect(learner.locator(".stars").first).to_be_visible()


def vars_of(move: object) -> tuple[str, str]:
    return (getattr(move, "choice", ""), getattr(move, "text", ""))


def test_labs_that_were_solved_count_on_the_progress_page(learner: Page, server: str):
    assert not attempt(FIRST, start_of(FIRST)).solved
    learner.goto(f"{server}/labs?lang=en&id={FIRST.id}")
    learner.locator("#choice-gateway_endpoint").click()
    learner.locator("#choice-way_out").select_option("none")
    expect(learner.locator(".stars")).to_be_visible()

    learner.goto(f"{server}/progress?lang=en")

    told = load_words("en")("practice.progress.labs", solved=1, count=len(LABS), stars=MOST_STARS)
    expect(learner.get_by_text(told)).to_be_visible()
