"""Course texts as HTML: what authors write is shown, what anybody types stays text."""

import pytest

from tests.vpclab.learning import small_course
from ui.course_text import Notes, label
from ui.reading import checked_link
from vpclab.learning.library import load_library
from vpclab.learning.search_text import marks
from vpclab.words import load_words

JA, EN = load_words("ja"), load_words("en")


@pytest.fixture
def notes(tmp_path):
    return Notes(load_library(small_course.write(tmp_path)), EN)


def test_a_term_has_its_meaning_and_a_link(notes):
    html = notes.html("Take the [[route]].")

    assert 'data-note="term-route"' in html
    assert 'data-go="glossary/route"' in html
    assert "A line of a route table." in notes.found["term-route"]


def test_a_fact_mark_opens_the_fact_with_source_and_date(notes):
    html = notes.html("So.[^idle] And.[^price] So.[^idle]")

    assert html.count('class="fact"') == 3
    assert notes.numbers == {"idle": 1, "price": 2}
    assert "Idle connections end after 350 seconds." in notes.found["fact-idle"]
    assert "https://docs.aws.amazon.com/a" in notes.found["fact-idle"]
    assert "November 22, 2026" in notes.found["fact-idle"]
    assert EN("course.fact.secondary") in notes.found["fact-price"]


def test_values_are_filled_in(notes):
    assert "350 units" in notes.html("{idle.seconds} units")
    assert "0.014 USD" in notes.html("{price.hour} USD")


def test_html_stays_text(notes):
    html = notes.html('<script>alert(1)</script> <img src=x onerror="alert(1)"> [x](javascript:alert)')

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_strong_text_closes_before_a_japanese_letter(notes):
    assert "<strong>「閉域」</strong>という" in notes.html("**「閉域」**という")


def test_links_lead_inside_the_product(notes):
    html = notes.html("[a](chapter:one/first) [b](faq:limits-idle) [c](sandbox:s3-over-nat)")

    assert 'data-go="chapters/one/first"' in html
    assert 'href="chapters?lang=en&amp;id=one&amp;at=first"' in html
    assert 'data-go="faq/limits-idle"' in html
    assert 'href="sandbox?lang=en&amp;s=2.s3-over-nat"' in html


def test_a_label_shows_no_mark_and_nothing_that_streamlit_reads(notes):
    assert (
        label(notes.library, "It costs $1 [[route]]:red[x][^idle] `a:b`", EN)
        == "It costs \\$1 route\\:red\\[x\\] `a:b`"
    )


@pytest.mark.parametrize(
    ("sent", "link"),
    [
        ("chapters/cost", ("chapters", "cost", "")),
        ("chapters/cost/zones", ("chapters", "cost", "zones")),
        ("faq/a-b", ("faq", "a-b", "")),
        ("https://evil.example", None),
        ("chapters/../home", None),
        ("stage/x", None),
        (3, None),
        (None, None),
        ({"a": 1}, None),
    ],
)
def test_a_link_from_the_browser_is_checked(sent, link):
    assert checked_link(sent) == link


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("NAT ゲートウェイの料金はいくらですか", "料金", ["料金"]),
        ("NAT ゲートウェイの料金はいくらですか", "ｎａｔの料金", ["NAT", "の料金"]),
        ("Which is cheaper?", "cheap is", []),
        ("Endpoint policies and endpoints", "endpoint", ["Endpoint", "endpoint"]),
        ("<b>", "b", []),
    ],
)
def test_words_of_the_query_are_marked_where_they_stand(text, query, found):
    assert [text[start:end] for start, end in marks(text, query)] == found
