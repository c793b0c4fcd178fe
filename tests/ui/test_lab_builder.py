"""Labs of one's own: built from the sandbox, checked, taken away, opened by others, played to the end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from tests.test_accessibility import faults_in_every_look
from tests.ui.board import send
from ui import lab_builder_draft
from ui.goal_words import goal_words
from ui.lab_builder_draft import ALWAYS, MOST_EDITS, goal_of, suggested_moves
from ui.lab_builder_state import GoalKind, GoalRow
from ui.plain_text import plain
from vpclab.exchange.permalink import decode, encode, starting_setup
from vpclab.learning.lab_exchange import MAX_LINK, decode_lab, encode_lab, read_lab
from vpclab.learning.lab_models import Component, Lab, LabPlan, RequestGoal, Way
from vpclab.learning.library import load_library
from vpclab.presets import load_presets
from vpclab.sandbox.setup import request_of
from vpclab.words import languages, load_words

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"
EN = load_words("en")
NAT = "2.s3-over-nat"
BROKEN = "2.endpoint-group-without-rules"

HOSTILE = (
    "<script>window.hit=1</script><img src=x onerror=window.hit=1>",
    "**bold** _it_ `code` $x^2$ ~~no~~ # h",
    "[link](javascript:window.hit=1) ![p](https://evil.example/x.png)",
    "https://evil.example www.evil.example me@evil.example",
    ":red[x] :material/home: :smile: :streamlit: a -> b -- c >= d",
    "1. one {placeholder} %s &lt;b&gt; \\",
)


def open_labs(language: str = "en", **address: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page("../pages/labs.py").run()


def fill(app: AppTest, **words: str) -> AppTest:
    """Write words, each in a run of its own."""
    for name, text in words.items():
        key = f"builder-{name.replace('_', '-')}"
        areas = [area for area in app.text_area if area.key == key]
        (areas[0] if areas else app.text_input(key=key)).set_value(text).run()
    return app


def check(app: AppTest) -> AppTest:
    return app.button(key="builder-check").click().run()


def told(app: AppTest) -> str:
    """All that the page says in sentences."""
    parts = [*app.warning, *app.info, *app.error, *app.markdown, *app.caption]
    return "\n".join([*(str(part.value) for part in parts), *(str(part.value) for part in app.get("html"))])


def keys_of(app: AppTest) -> set[str]:
    """The keys of all buttons, those that bring a file among them."""
    return {str(one.key) for one in (*app.button, *app.get("download_button")) if one.key}


def packed_lab(app: AppTest) -> str:
    """The lab that the address plays, as it stands there."""
    found = app.query_params["lab"]
    return found[0] if isinstance(found, list) else found


def played(app: AppTest) -> Lab:
    lab = decode_lab(packed_lab(app.button(key="builder-play").click().run()))
    assert isinstance(lab, Lab)
    return lab


def file_of(**parts: object) -> str:
    plan = {
        "start": "s3-over-nat",
        "goal": [{"request": "main", "through": "gateway-endpoint"}],
        "moves": ["gateway_endpoint"],
        "texts": {"en": {"title": "T", "task": "Do it."}},
    }
    return yaml.safe_dump({**plan, **parts}, allow_unicode=True)


def link_of(**parts: object) -> str:
    lab = read_lab(file_of(**parts))
    assert isinstance(lab, Lab), lab
    return encode_lab(lab)


# --- building ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_a_lab_is_built_checked_and_played(language: str):
    t = load_words(language)
    app = open_labs(language, build=NAT)

    check(fill(app, title="Backup", task="Without NAT.", story="A job.", explain="So.", hint_1="Look."))

    assert not app.exception
    assert t("builder.solvable", count=1) in told(app)
    lab = played(app)
    assert app.title[0].value == "Backup"
    assert [dict(move) for move in lab.plan.solution] == [{"gateway_endpoint": "yes"}]
    assert lab.plan.par is not None
    assert lab.plan.par.moves == 1
    words = lab.texts[language]
    assert (words.title, words.story, words.task, words.explain) == (
        "Backup",
        "A job.",
        "Without NAT.",
        "So.",
    )
    assert words.hints == {"first": "Look."}
    assert words.goals == (goal_words(lab.plan.goal[0], t),)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_every_example_can_become_a_lab_in_every_language(preset, language: str):
    app = open_labs(language, build=encode(starting_setup(preset)))

    assert not app.exception
    assert not app.error
    assert not app.warning or app.warning[0].value == load_words(language)("practice.progress.not_kept")
    assert app.multiselect(key="builder-moves").value


def test_a_network_that_meets_its_goals_is_no_lab():
    app = open_labs(build="2.s3-over-gateway-endpoint")

    check(fill(app, title="T", task="D"))

    assert EN("builder.already") in told(app)
    assert not {"builder-play", "builder-file"} & keys_of(app)


def test_a_lab_that_no_four_moves_solve_is_told_apart_and_can_still_be_taken_away():
    app = open_labs(build=NAT)
    app.multiselect(key="builder-moves").set_value(["caller_group"]).run()

    check(fill(app, title="T", task="D", hint_1="Look."))

    assert EN("builder.unsolvable", most=4, walks=5) in told(app)
    lab = played(app)
    assert lab.solution == ()
    assert lab.plan.par is None
    assert lab.plan.hints == ("first",)


def test_a_search_that_ends_at_its_limit_says_that_it_does_not_know(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lab_builder_draft, "WALKS", 2)
    app = open_labs(build=NAT)
    app.multiselect(key="builder-moves").set_value(["caller_group"]).run()

    check(app)

    assert EN("builder.unknown", walks=2) in told(app)


def test_what_was_found_counts_only_until_something_changes_that_it_rests_on():
    app = check(fill(open_labs(build=NAT), title="T", task="D"))

    fill(app, title="Another title")
    after_words = keys_of(app)
    app.multiselect(key="builder-moves").set_value(["gateway_endpoint"]).run()

    assert "builder-play" in after_words
    assert "builder-play" not in keys_of(app)


def test_what_is_missing_is_said_before_the_search():
    app = open_labs(build=NAT)

    app.button(key="builder-remove-0").click().run()
    app.multiselect(key="builder-moves").set_value([]).run()

    assert EN("builder.missing.goals") in told(app)
    assert EN("builder.missing.moves") in told(app)
    assert app.button(key="builder-check").disabled


def test_a_goal_about_cost_needs_traffic_and_then_counts():
    app = open_labs(build=NAT)
    app.selectbox(key="builder-kind-0").set_value(GoalKind.MONTH).run()
    app.number_input(key="builder-usd-0").set_value(20.0).run()
    before = told(app)

    app.number_input(key="builder-traffic").set_value(500).run()
    check(fill(app, title="T", task="D"))

    assert EN("builder.missing.traffic") in before
    assert EN("builder.missing.traffic") not in told(app)
    lab = played(app)
    assert lab.plan.traffic_gb == 500
    assert lab.texts["en"].goals == (EN("builder.goal.month", usd="20.00"),)


def test_words_that_are_missing_keep_the_lab_from_being_taken_away():
    app = check(fill(open_labs(build=NAT), title="...", task="D"))

    assert EN("builder.missing.words") in told(app)
    assert "builder-play" not in keys_of(app)


def test_a_sentence_follows_its_goal_until_somebody_writes_another():
    app = open_labs(build=NAT)
    first = app.text_input(key="builder-sentence-0").value

    app.selectbox(key="builder-way-0").set_value(Way.INTERFACE_ENDPOINT).run()
    followed = app.text_input(key="builder-sentence-0").value
    app.text_input(key="builder-sentence-0").set_value("My own words.").run()
    app.button(key="builder-add").click().run()

    assert first == EN("builder.goal.through", way=EN("builder.way.gateway-endpoint"))
    assert followed == EN("builder.goal.through", way=EN("builder.way.interface-endpoint"))
    assert app.text_input(key="builder-sentence-0").value == "My own words."
    assert app.text_input(key="builder-sentence-1").value == EN("builder.goal.answered")


def test_a_goal_that_is_removed_leaves_the_others_as_they_are():
    app = open_labs(build=NAT)
    app.button(key="builder-add").click().run()
    app.selectbox(key="builder-kind-1").set_value(GoalKind.ABSENT).run()
    app.text_input(key="builder-sentence-1").set_value("No NAT.").run()

    app.button(key="builder-remove-0").click().run()

    assert [box.key for box in app.selectbox] == ["builder-kind-1", "builder-component-1"]
    assert app.text_input(key="builder-sentence-1").value == "No NAT."


def test_no_more_goals_than_a_lab_holds_can_be_added():
    app = open_labs(build=NAT)

    for _ in range(9):
        app.button(key="builder-add").click().run()

    assert app.button(key="builder-add").disabled
    assert len([box for box in app.selectbox if str(box.key).startswith("builder-kind")]) == 10


def test_all_that_was_put_in_survives_a_language_switch_and_another_page():
    app = fill(open_labs(build=BROKEN), title="Mine", hint_1="Look.")
    app.button(key="builder-add").click().run()
    app.number_input(key="builder-traffic").set_value(70).run()

    app.button_group(key="language-picker").set_value("ja").run()
    app.query_params.pop("build")
    app.switch_page("../pages/sandbox.py").run()
    app.switch_page("../pages/labs.py").run()
    app.button(key="lab-build").click().run()

    assert app.title[0].value == load_words("ja")("builder.title")
    assert app.text_input(key="builder-title").value == "Mine"
    assert app.text_input(key="builder-hint-1").value == "Look."
    assert app.number_input(key="builder-traffic").value == 70
    # The words were begun in English, and so are the sentences that nobody has written.
    assert app.text_input(key="builder-sentence-1").value == EN("builder.goal.answered")
    assert app.query_params["build"] in (BROKEN, [BROKEN])


def test_another_network_keeps_the_words_and_a_fresh_start_keeps_the_network():
    app = fill(open_labs(build=NAT), title="Mine")
    app.query_params["build"] = BROKEN
    app.run()
    kept = app.text_input(key="builder-title").value

    app.button(key="builder-afresh").click().run()

    assert kept == "Mine"
    assert app.text_input(key="builder-title").value == ""
    assert app.text_input(key="builder-sentence-0").value == EN("builder.goal.answered")


def test_moves_go_back_to_what_is_suggested():
    app = open_labs(build=BROKEN)
    suggested = app.multiselect(key="builder-moves").value
    app.multiselect(key="builder-moves").set_value(["way_out"]).run()

    app.button(key="builder-moves-again").click().run()

    assert app.multiselect(key="builder-moves").value == suggested


@pytest.mark.parametrize(
    ("start", "move"),
    [
        ("endpoint-group-without-rules", "endpoint_group"),
        ("private-dns-off", "private_dns"),
        ("answers-blocked", "network_acl"),
        ("ecr-without-s3", "gateway_endpoint"),
    ],
)
def test_what_mends_a_network_is_among_the_moves_that_are_suggested(start: str, move: str):
    setup = decode(f"2.{start}").setup

    suggested = suggested_moves(setup, (RequestGoal(request="main", reaches=True),))

    assert {move, *ALWAYS} <= set(suggested)
    assert "destination" not in suggested


def test_where_no_single_move_is_enough_the_unusual_choices_are_suggested():
    setup = decode("2.s3-over-gateway-endpoint.endpoint_policy-deny-only.bucket_policy-source-ip").setup

    suggested = suggested_moves(setup, (RequestGoal(request="main", reaches=True),))

    assert {"endpoint_policy", "caller_group"} & set(suggested) == {"endpoint_policy"}


@pytest.mark.parametrize("build", ["2.<b>", "9.x", "x" * 9000, "2.s3-over-nat~AAAA", ""])
@pytest.mark.parametrize("language", languages())
def test_a_network_that_cannot_be_read_is_told_and_the_nearest_one_taken(build: str, language: str):
    app = open_labs(language, build=build)

    assert not app.exception
    assert load_words(language)("builder.broken_network") in told(app)
    assert not check(app).exception


def test_a_request_typed_by_hand_is_no_part_of_a_lab():
    setup = decode(NAT).setup
    asked = decode("2.s3-over-nat.destination-sqs").setup
    app = open_labs(build=encode(replace(setup, request=request_of(asked))))

    assert EN("builder.typed_request") in told(app)


def test_a_lab_holds_as_many_edits_as_the_builder_allows():
    rules = LabPlan.model_fields["edits"].metadata
    (limit,) = (rule.max_length for rule in rules if hasattr(rule, "max_length"))

    assert limit == MOST_EDITS


# --- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_every_goal_of_the_builder_says_something_of_its_own(language: str):
    t = load_words(language)
    rows = [
        *(GoalRow(number=0, kind=kind) for kind in GoalKind),
        *(GoalRow(number=0, kind=GoalKind.THROUGH, way=way) for way in tuple(Way)[1:]),
        *(
            GoalRow(number=0, kind=kind, component=component)
            for kind in (GoalKind.PRESENT, GoalKind.ABSENT)
            for component in tuple(Component)[1:]
        ),
    ]

    sentences = [goal_words(goal_of(row), t) for row in rows]

    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("language", languages())
def test_every_goal_of_every_lab_of_the_course_can_be_told(language: str):
    t = load_words(language)

    for lab in load_library().labs.values():
        assert all(goal_words(goal, t) for goal in lab.plan.goal)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_text_in_the_builder_and_in_the_lab(text: str):
    app = fill(open_labs(build=NAT), title=text, story=text, task=text, explain=text, hint_1=text)
    app.text_input(key="builder-sentence-0").set_value(text).run()

    lab = played(check(app))

    assert not app.exception
    assert lab.texts["en"].title == text
    assert app.title[0].value == plain(text)
    shown = told(app) + "".join(part.proto.json for part in app.get("bidi_component"))
    assert "<script>" not in shown
    assert "<img src=x" not in shown


# --- opening -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", ["", "1.", "1.xxxx", "2.abc", "<script>", "file", "1." + "A" * MAX_LINK])
@pytest.mark.parametrize("language", languages())
def test_a_link_that_opens_no_lab_says_so_and_leads_on(link: str, language: str):
    t = load_words(language)
    app = open_labs(language, lab=link)

    assert not app.exception
    expected = "builder.open.file_gone" if link == "file" else "builder.open.link_broken"
    assert t(expected) in told(app)
    assert "<script>" not in told(app)
    app.button(key="lab-all").click().run()
    assert "lab" not in app.query_params
    assert app.title[0].value == t("interface.labs.title")


def test_a_link_that_is_too_long_is_told_with_the_limit():
    app = open_labs(lab="1." + "A" * MAX_LINK)

    assert EN("content.problem.lab_too_long", limit=MAX_LINK) in told(app)


def test_a_cut_off_link_is_told():
    app = open_labs(lab=link_of()[:-9])

    assert EN("content.problem.lab_link_broken") in told(app)


@pytest.mark.parametrize("language", languages())
def test_a_lab_in_another_language_without_sentences_for_its_goals_can_be_played(language: str):
    app = open_labs(language, lab=link_of())

    change = {"name": "gateway_endpoint", "value": "yes", "number": 1}
    send(app, "chosen", {"changes": [change]}, key="lab-board:own")

    assert not app.exception
    assert load_words(language)("practice.lab.solved", moves=1) in told(app)


def test_the_solution_of_one_lab_is_not_left_open_over_the_next():
    solution = [{"gateway_endpoint": "yes"}, {"way_out": "none"}]
    goal = [{"request": "main", "through": "gateway-endpoint"}, {"absent": "nat-gateway"}]
    longer = link_of(goal=goal, moves=["gateway_endpoint", "way_out"], solution=solution)
    app = open_labs(lab=longer)
    app.button(key="lab-show").click().run()
    for _ in solution:
        app.button(key="lab-forward").click().run()

    app.query_params["lab"] = link_of(solution=solution[:1])
    app.run()

    assert not app.exception
    assert EN("practice.lab.standing", met=0, count=1, moves=0) in told(app)


def upload(app: AppTest, data: bytes, name: str = "lab.yaml") -> AppTest:
    return app.file_uploader(key="lab-upload").set_value((name, data, "application/yaml")).run()


def test_a_lab_file_is_opened_and_its_address_carries_it():
    app = upload(open_labs(), file_of().encode())

    assert app.title[0].value == "T"
    assert isinstance(decode_lab(packed_lab(app)), Lab)


def test_a_lab_file_too_long_for_an_address_is_opened_all_the_same():
    story = " ".join(str(number * number) for number in range(3_000))
    text = file_of(texts={"en": {"title": "Long", "task": "Do it.", "story": story}})

    app = upload(open_labs(), text.encode())
    app.run()

    assert packed_lab(app) == "file"
    assert app.title[0].value == "Long"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (file_of(start="nowhere").encode(), EN("content.problem.unknown_example", name="nowhere")),
        (file_of(goal=[{"present": "nat-gateway"}]).encode(), EN("content.problem.start_meets_goal")),
        (b"start: a\nstart: b\n", EN("builder.open.line", line=2)),
        (b"\xff\xfe\x00", EN("builder.open.not_read")),
        (b"a" * 250_000, EN("builder.open.not_read")),
        (b"a" * 70_000, EN("content.problem.lab_too_long", limit=60_000)),
        (b"", EN("content.problem.empty_file")),
        (b"'<script>': 1", "&lt;script&gt;"),
    ],
    ids=["example", "met", "yaml", "bytes", "huge", "long", "empty", "script"],
)
def test_a_file_that_is_no_lab_is_told_with_its_problems(data: bytes, expected: str):
    app = upload(open_labs(), data)

    assert not app.exception
    assert "lab" not in app.query_params
    shown = told(app)
    assert expected in shown
    assert "<script>" not in shown


# --- in a browser --------------------------------------------------------------------------------------


@pytest.fixture
def calm_page(browser: Browser) -> Iterator[Page]:
    """A tab whose visitor wants no motion: what moves cannot be judged."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def other_tab(browser: Browser) -> Iterator[Page]:
    """The tab of somebody who was sent a link."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", languages())
def test_a_lab_goes_from_the_sandbox_of_one_person_to_another_who_solves_it(
    page: Page, other_tab: Page, server: str, language: str
):
    t = load_words(language)
    page.goto(f"{server}/sandbox?lang={language}&s={NAT}")
    page.get_by_role("button", name=t("sandbox.share.label")).click()
    page.get_by_role("link", name=t("builder.make")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(t("builder.title"))
    page.get_by_label(t("builder.text.title"), exact=True).fill("From me to you")
    page.get_by_label(t("builder.text.task"), exact=True).fill("Without NAT.")
    page.get_by_role("button", name=t("builder.check"), exact=True).click()
    link = page.get_by_label(t("builder.link"), exact=True)
    expect(link).to_have_value(re.compile(rf"{server}/labs\?lang={language}&lab=1\..+"))
    address = link.input_value()

    other_tab.goto(address)
    expect(other_tab.get_by_role("heading", level=1)).to_have_text("From me to you")
    other_tab.get_by_label(t("sandbox.gateway_endpoint.label"), exact=True).click()

    expect(other_tab.get_by_text(t("practice.lab.solved", moves=1))).to_be_visible()
    expect(page.get_by_role("img", name=t("builder.qr"))).to_be_visible()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_letters_in_a_browser(page: Page, server: str, text: str):
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    words = {"title": text, "task": text, "story": text, "goals": [text]}
    words |= {"named_moves": {"one": text}, "requests": {"other": text}}
    rule = {"Protocol": "tcp", "Ports": [443, 443], "Cidr": "10.0.0.0/8"}
    move = [{"add": "security_groups", "id": "sg-app", "key": "Ingress", "item": rule, "at": 0}]
    link = link_of(texts={"en": words}, requests={"other": {"destination": "sqs"}}, named_moves={"one": move})

    page.goto(f"{server}/labs?lang=en&lab={link}")

    title = page.get_by_role("heading", level=1)
    expect(title).to_be_visible()
    expect(page.locator("[data-testid=stCheckbox]")).to_be_visible()
    for part in (title, page.locator("[data-testid=stCheckbox]"), page.get_by_test_id("stButtonGroup").last):
        assert text in part.inner_text().replace("\N{WORD JOINER}", "")
        assert part.locator("a:not([href^='#']), code, strong, em, del, img, .katex, li").count() == 0
    assert page.evaluate("window.hit === undefined")


@pytest.mark.parametrize("language", languages())
def test_the_builder_and_the_lab_of_a_link_have_no_accessibility_fault(
    calm_page: Page, server: str, language: str
):
    t = load_words(language)
    calm_page.goto(f"{server}/labs?lang={language}&build={NAT}")
    calm_page.get_by_label(t("builder.text.title"), exact=True).fill("T")
    calm_page.get_by_label(t("builder.text.task"), exact=True).fill("D")
    calm_page.get_by_role("button", name=t("builder.check"), exact=True).click()
    expect(calm_page.get_by_label(t("builder.link"), exact=True)).to_be_visible()
    expect(calm_page.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    calm_page.mouse.move(0, 0)
    found = faults_in_every_look(calm_page)

    calm_page.get_by_role("button", name=t("builder.play"), exact=True).click()
    expect(calm_page.get_by_role("heading", level=1)).to_have_text("T")
    expect(calm_page.locator('[data-test-script-state="notRunning"]')).to_be_attached()

    assert found + faults_in_every_look(calm_page) == []
