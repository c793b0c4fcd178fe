"""The course as a visitor meets it: every chapter, entry and term in every language, and in a browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from tests.ui.board import send
from ui.course_steps import steps
from vpclab.learning.library import load_library
from vpclab.learning.questions import QuestionKind
from vpclab.learning.quiz import answer_of
from vpclab.words import languages, load_words

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"
LIBRARY = load_library()
LEFT_OPEN = re.compile(r"\[\[|\[\^|\{[a-z0-9-]+\.[a-z0-9_]+\}|\*\*")
PHONE = {"width": 360, "height": 720}


def open_page(page: str, language: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page(f"../pages/{page}.py").run()


def go(app: AppTest, **parameters: str) -> AppTest:
    """Open another address of the same page."""
    for name in ("id", "at", "q", "topic"):
        app.query_params.pop(name, None)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def texts(app: AppTest) -> dict[str, dict]:
    """What each text on the page was given, by its key."""
    found = {}
    for part in app.get("bidi_component"):
        data = json.loads(part.proto.json) if part.proto.json else {}
        if "text" in data and "depth" in data:
            found[part.proto.id.rpartition("-None-")[2] or part.proto.id] = json.loads(data["text"])
    return found


def assert_whole(app: AppTest, language: str) -> None:
    """No error, and every text is there, in the language, with nothing left unfilled."""
    assert not app.exception
    assert not app.error
    shown = texts(app)
    assert shown
    for told in shown.values():
        assert told["words"]["language"] == language
        for html in (told["easy"], told["deep"], *told["notes"].values()):
            code_aside = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
            assert not LEFT_OPEN.search(code_aside), LEFT_OPEN.search(code_aside)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", LIBRARY.chapters)
def test_every_step_of_every_chapter_opens(name: str, language: str):
    app = open_page("chapters", language, id=name)
    chapter = LIBRARY.chapters[name]

    for step in steps(chapter):
        go(app, id=name, at=step)

        assert_whole(app, language)
        assert app.title[0].value == chapter.texts[language].title


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("topic", LIBRARY.topics)
def test_every_entry_of_the_faq_opens(topic: str, language: str):
    app = open_page("faq", language)

    for entry in LIBRARY.entries.values():
        if entry.topic != topic:
            continue
        go(app, id=entry.id)

        assert_whole(app, language)
        assert any(entry.id in told["easy"] for told in texts(app).values())


@pytest.mark.parametrize("language", languages())
def test_every_term_of_the_glossary_opens(language: str):
    app = open_page("glossary", language)

    for term in LIBRARY.terms.values():
        go(app, id=term.id)

        assert_whole(app, language)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("chapters", {}),
        ("chapters", {"id": "no-such-chapter"}),
        ("chapters", {"id": "cost", "at": "no-such-step"}),
        ("faq", {"id": "no-such-entry"}),
        ("faq", {"topic": "no-such-topic"}),
        ("faq", {"q": "<script>alert(1)</script>"}),
        ("faq", {"q": "zzzz qqqq"}),
        ("faq", {"q": "x" * 5000}),
        ("glossary", {"q": "(((["}),
        ("glossary", {"id": "../home"}),
    ],
)
def test_an_address_that_leads_nowhere_still_shows_a_page(page: str, parameters: dict, language: str):
    app = open_page(page, language, **parameters)

    assert_whole(app, language)


@pytest.mark.parametrize("language", languages())
def test_a_query_that_nothing_fits_shows_the_nearest_and_the_topics(language: str):
    app = open_page("faq", language, q="zzzz qqqq")

    assert app.info[0].value == load_words(language)("course.faq.nearest")
    assert len(texts(app)) == 2


def test_a_guess_is_judged_by_the_walk_and_then_explained():
    app = open_page("chapters", "en", id="two-roads-to-s3")
    before = len(texts(app))
    guesses = [button for button in app.button if str(button.key).startswith("guess:")]
    guesses[0].click().run()

    assert not app.exception
    assert len(texts(app)) == before + 1
    assert any(
        load_words("en")("course.chapter.your_guess", guess="") in html.proto.body for html in app.get("html")
    )


@pytest.mark.parametrize("kind", [QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.PREDICT])
def test_a_question_is_answered_and_every_choice_has_its_reason(kind: QuestionKind):
    chapter, number, question = next(
        (chapter, number, question)
        for chapter in LIBRARY.chapters.values()
        for number, question in enumerate(chapter.questions, start=1)
        if question.kind is kind
    )
    app = open_page("chapters", "en", id=chapter.id, at=f"check-{number}")
    name = f"{chapter.id}/{question.id}"

    answer = {"event": "0" * 32, "made": list(answer_of(question)), "millis": 900}
    send(app, "answered", answer, key=f"card:{name}")

    assert not app.exception
    (card,) = (part.proto for part in app.get("bidi_component") if part.proto.id.endswith(f"card:{name}"))
    assert json.loads(card.json)["verdict"] == ["right", load_words("en")("practice.answered.right")]
    told = next(text for key, text in texts(app).items() if key.endswith(f"told:{name}"))
    assert told["easy"].count("<div><b>") == len(question.choices)


@pytest.mark.parametrize("sent", ["chapters/../x", {"a": 1}, 7, "https://evil.example/", "stage/x"])
def test_a_link_that_the_course_does_not_have_leads_nowhere(sent: object):
    app = open_page("chapters", "en", id="cost")

    send(app, "go", sent, key="way:cost")

    assert not app.exception
    assert app.query_params["id"] in ("cost", ["cost"])


@pytest.fixture
def reader(browser: Browser):
    context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 700})
    yield context.new_page()
    context.close()


def top_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def test_depth_and_language_change_in_place(reader: Page, server: str):
    section = LIBRARY.chapters["cost"].plan.sections[2].id
    words = {language: LIBRARY.chapters["cost"].texts[language].sections[section] for language in languages()}
    ja, en = load_words("ja"), load_words("en")
    reader.goto(f"{server}/chapters?id=cost&at={section}&lang=ja")
    heading = reader.locator(".head h2")
    expect(heading).to_have_text(words["ja"].title)
    before = top_of(reader, ".head h2")

    reader.get_by_role("button", name=ja("course.depth.deep")).click()

    expect(reader.get_by_role("button", name=ja("course.depth.deep"))).to_have_attribute(
        "aria-pressed", "true"
    )
    reader.wait_for_timeout(400)
    assert abs(top_of(reader, ".head h2") - before) < 4
    expect(reader).to_have_url(re.compile("depth=deep"))

    reader.get_by_text(en("interface.language.name"), exact=True).click()

    expect(heading).to_have_text(words["en"].title)
    expect(reader.get_by_role("button", name=en("course.depth.deep"))).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(reader).to_have_url(re.compile(f"at={section}"))
    reader.reload()
    expect(heading).to_have_text(words["en"].title)
    expect(reader.get_by_role("button", name=en("course.depth.deep"))).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_place_in_a_text_is_kept_when_the_language_changes(reader: Page, server: str):
    section = LIBRARY.chapters["cost"].plan.sections[2].id
    reader.goto(f"{server}/chapters?id=cost&at={section}&lang=ja")
    expect(reader.locator(".head h2")).to_be_visible()
    reader.locator(".head h2").hover()
    reader.mouse.wheel(0, 180)
    reader.wait_for_timeout(600)
    before = top_of(reader, ".head h2")
    assert before < 150

    reader.get_by_text("English", exact=True).evaluate("element => element.click()")

    title = LIBRARY.chapters["cost"].texts["en"].sections[section].title
    expect(reader.locator(".head h2")).to_have_text(title)
    reader.wait_for_timeout(1700)
    assert abs(top_of(reader, ".head h2") - before) < 6


def test_a_term_and_a_fact_show_their_notes_and_the_term_leads_to_the_glossary(reader: Page, server: str):
    reader.goto(f"{server}/chapters?id=cost&at={LIBRARY.chapters['cost'].plan.sections[0].id}&lang=ja")
    term = reader.locator("a.term").first
    term.hover()
    note = reader.locator(".note:popover-open")
    expect(note).to_contain_text(load_words("ja")("course.term.open"))

    reader.keyboard.press("Escape")
    reader.locator("button.fact").first.click()
    expect(note.locator("a[target=_blank]").first).to_be_visible()
    expect(note).to_contain_text("2026 年 11 月 22 日")
    reader.locator("button.fact").first.press("Escape")
    expect(note).to_have_count(0)

    term.click()
    reader.locator(".note:popover-open a").click()
    expect(reader).to_have_url(re.compile(r"/glossary\?"))
    expect(reader.locator("h1")).to_have_text(load_words("ja")("interface.glossary.title"))


def test_searching_in_japanese_waits_while_an_input_method_composes(reader: Page, server: str):
    reader.goto(f"{server}/faq?lang=ja")
    box = reader.get_by_role("searchbox")
    box.click()
    session = reader.context.new_cdp_session(reader)
    answer = reader.locator(".answer")
    for text in ("r", "り", "りょ", "りょう", "りょうきん", "料金"):
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
        reader.wait_for_timeout(60)
    reader.wait_for_timeout(500)
    assert "q=" not in reader.url
    expect(answer).to_have_count(0)

    session.send("Input.insertText", {"text": "料金"})

    expect(answer).to_be_visible()
    expect(reader).to_have_url(re.compile("q="))
    expect(box).to_have_value("料金")
    expect(reader.locator("mark").first).to_be_visible()
    steps = reader.evaluate("history.length")

    box.press_sequentially(" NAT", delay=30)
    expect(reader).to_have_url(re.compile("NAT"))
    assert reader.evaluate("history.length") == steps

    reader.reload()
    expect(reader.get_by_role("searchbox")).to_have_value("料金 NAT")
    expect(answer).to_be_visible()


def test_a_pasted_error_line_finds_its_answer_and_the_answer_its_own_address(reader: Page, server: str):
    line = (
        "An error occurred (AccessDenied) when calling the GetObject operation: User: "
        "arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized "
        "to perform: s3:GetObject on resource: arn:aws:s3:::b/k "
        "because no VPC endpoint policy allows the s3:GetObject action"
    )
    reader.goto(f"{server}/faq?lang=en")
    reader.get_by_role("searchbox").fill(line)

    expect(reader.locator(".answer")).to_contain_text("no matching Allow")
    title = reader.locator("h2 a")
    title.click()

    expect(reader).to_have_url(re.compile("id=policies-"))
    reader.go_back()
    expect(reader.get_by_role("searchbox")).to_have_value(line)


def test_a_chapter_fits_on_a_phone(browser: Browser, server: str):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{server}/chapters?id=cost&lang=ja&at={LIBRARY.chapters['cost'].plan.sections[2].id}")
    expect(page.locator(".head h2")).to_be_visible()
    page.wait_for_timeout(800)

    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")

    assert wide <= PHONE["width"]
    context.close()


def test_back_leads_to_the_page_before_and_not_to_one_that_never_was(reader: Page, server: str):
    reader.goto(f"{server}/faq?lang=ja&q=NAT")
    expect(reader.locator(".answer")).to_be_visible()
    steps = reader.evaluate("history.length")
    reader.locator("a[data-go^='chapters/']").first.click()
    expect(reader).to_have_url(re.compile(r"/chapters\?"))
    expect(reader.locator("h1")).not_to_have_text(load_words("ja")("interface.faq.title"))
    assert reader.evaluate("history.length") == steps + 1

    reader.go_back()

    expect(reader).to_have_url(re.compile(r"/faq\?.*q=NAT"))
    expect(reader.get_by_role("searchbox")).to_have_value("NAT")
    expect(reader.locator(".answer")).to_be_visible()


def test_a_pause_between_two_words_keeps_the_space(reader: Page, server: str):
    reader.goto(f"{server}/faq?lang=en")
    box = reader.get_by_role("searchbox")
    box.press_sequentially("nat ")
    expect(reader.locator(".answer")).to_be_visible()
    reader.wait_for_timeout(500)

    box.press_sequentially("price")

    expect(box).to_have_value("nat price")
    expect(reader).to_have_url(re.compile(r"q=nat(\+|%20)price"))


def test_an_answer_does_not_end_a_composition(reader: Page, server: str):
    reader.goto(f"{server}/faq?lang=ja")
    box = reader.get_by_role("searchbox")
    box.click()
    session = reader.context.new_cdp_session(reader)
    box.press_sequentially("NAT", delay=10)
    for text in ("r", "り", "りょ"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
        reader.wait_for_timeout(150)
    reader.wait_for_timeout(600)
    expect(box).to_have_value("NATりょ")
    assert "%E3%82%8A" not in reader.url

    session.send("Input.insertText", {"text": "料金"})

    expect(box).to_have_value("NAT料金")
    expect(reader.locator(".answer")).to_be_visible()


def test_the_choice_that_is_marked_stays_when_the_language_changes(reader: Page, server: str):
    number = next(
        number
        for number, question in enumerate(LIBRARY.chapters["cost"].questions, start=1)
        if question.kind is QuestionKind.ONE
    )
    reader.goto(f"{server}/chapters?id=cost&at=check-{number}&lang=ja")
    second = reader.locator(".question input").nth(1)
    reader.locator(".question label").nth(1).click()
    expect(second).to_be_checked()
    answer = reader.get_by_role("button", name=load_words("ja")("practice.card.answer"))
    expect(answer).to_be_enabled()

    reader.get_by_text("English", exact=True).click()

    english = load_words("en")("practice.card.answer")
    expect(reader.get_by_role("button", name=english, exact=True)).to_be_enabled()
    expect(second).to_be_checked()


def test_a_question_can_be_answered_again(reader: Page, server: str):
    reader.goto(f"{server}/chapters?id=cost&at=check-1&lang=en")
    for place in (0, 1):
        reader.locator(".question label").nth(place).click()
        reader.get_by_role("button", name=load_words("en")("practice.card.answer"), exact=True).click()
        expect(reader.locator(".verdict")).to_be_visible()
        again = reader.get_by_role("button", name=load_words("en")("course.chapter.again"))
        again.click()
        expect(reader.locator(".verdict")).to_be_empty()


def test_the_keyboard_keeps_its_place_when_the_depth_changes_and_reaches_a_note(reader: Page, server: str):
    reader.goto(f"{server}/chapters?id=cost&at={LIBRARY.chapters['cost'].plan.sections[0].id}&lang=en")
    deep = reader.get_by_role("button", name=load_words("en")("course.depth.deep"))
    deep.press("Enter")
    expect(deep).to_have_attribute("aria-pressed", "true")
    expect(deep).to_be_focused()

    mark = reader.locator("button.fact").first
    mark.press("Enter")
    note = reader.locator(".note:popover-open")
    expect(note).to_be_focused()
    reader.keyboard.press("Tab")
    expect(note.locator("a").first).to_be_focused()
    reader.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(mark).to_be_focused()


def test_steps_that_were_left_leave_nothing_behind(reader: Page, server: str):
    sections = [section.id for section in LIBRARY.chapters["cost"].plan.sections]
    reader.goto(f"{server}/chapters?id=cost&at={sections[0]}&lang=en")
    for section in [*sections[1:], sections[0]]:
        reader.locator(f"a[data-go='chapters/cost/{section}']").first.click()
        title = LIBRARY.chapters["cost"].texts["en"].sections[section].title
        # For a moment the step that is left stands beside the one that comes.
        expect(reader.locator(".head h2", has_text=title)).to_be_visible()
        expect(reader.locator(".head h2")).to_have_count(1)

    assert reader.evaluate("[...vpclabReading.parts].filter((part) => !part.root.isConnected).length") == 0
