"""The walk in words: the list, and the panel of one decision."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from diagrams import draw
from ui.decision import FACTS, decision_html
from ui.hop_list import hop_list_html
from vpclab.exchange.design_file import Case, read_cases
from vpclab.network import Walk, walk
from vpclab.presets import Preset, load_presets
from vpclab.sandbox import Choices, ask, build
from vpclab.words import languages, load_words

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
EN = load_words("en")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Outline(HTMLParser):
    """The tags of a piece of HTML in order, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def outline(html: str) -> Outline:
    found = Outline(html)
    assert found.open == []
    return found


def walked(chosen: Choices) -> Walk:
    return walk(build(chosen), ask(chosen))


def fixture_walks() -> list[Walk]:
    return [
        walk(case.design, case.request)
        for name in ("walks.yaml", "mended-walks.yaml")
        for case in read_cases((FIXTURES / name).read_bytes(), name).cases
        if isinstance(case, Case)
    ]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_the_list_has_every_decision_once_and_numbers_components_as_the_picture_does(
    preset: Preset, language: str
):
    t = load_words(language)
    design = build(preset.choices)
    journey = walk(design, ask(preset.choices))

    found = outline(hop_list_html(journey, t))

    decisions = [attributes for tag, attributes in found.tags if tag == "a"]
    assert len(decisions) == sum(len(call.hops) for call in journey.calls)
    numbers = [number for number in draw(design, journey, t).hop_numbers if number is not None]
    assert max(numbers, default=1) <= len(journey.told.path)


def test_every_stretch_of_the_picture_is_told_from_where_to_where():
    html = hop_list_html(walked(Choices()), EN)

    assert "From instance i-app to route table rtb-app of the caller&#x27;s subnet" in html
    assert "From internet gateway igw-lab to Amazon S3" in html


def test_the_chosen_decision_is_marked_for_eyes_and_screen_readers():
    found = outline(hop_list_html(walked(Choices()), EN, selected=2))

    marked = [attributes for tag, attributes in found.tags if attributes.get("aria-current")]
    assert len(marked) == 1
    assert "chosen" in (marked[0]["class"] or "")


def test_where_the_packet_stopped_the_details_stand_open():
    found = outline(hop_list_html(walk(build(Choices()), ask(Choices())), EN))
    assert not any("open" in attributes for tag, attributes in found.tags if tag == "details")

    blocked = walked(replace(Choices(), dns_support=False))
    found = outline(hop_list_html(blocked, EN))
    assert sum("open" in attributes for tag, attributes in found.tags if tag == "details") == 1


@pytest.mark.parametrize("language", languages())
def test_every_decision_of_every_worked_case_can_be_opened(language: str):
    t = load_words(language)
    for journey in fixture_walks():
        for index, hop in enumerate(journey.hops):
            found = outline(decision_html(hop, index + 1, len(journey.hops), t))

            rows = [tag for tag, attributes in found.tags if attributes.get("scope") == "row"]
            assert len(rows) == len(hop.decision.candidates())
        outline(hop_list_html(journey, t))


def test_the_candidate_that_decided_is_told_by_a_word_and_not_by_weight_alone():
    html = decision_html(walked(Choices()).hops[2], 3, 7, EN)

    assert '<tr class="won"><th scope="row">0.0.0.0/0</th>' in html
    assert EN("panels.decides") in html
    assert EN("walk.loss.DOES_NOT_COVER_ADDRESS") in html


def test_every_fact_that_is_told_has_a_name_in_every_language():
    for language in languages():
        t = load_words(language)
        assert [name for name in FACTS if not t.has(f"panels.fact.{name}")] == []


def test_no_id_becomes_html():
    design, request = build(Choices()), ask(Choices())
    renamed = replace(design, workloads=tuple(replace(workload, id=HOSTILE) for workload in design.workloads))
    journey = walk(renamed, replace(request, source=HOSTILE))

    html = hop_list_html(journey, EN) + "".join(decision_html(hop, 1, 1, EN) for hop in journey.hops)

    assert {tag for tag, _ in outline(html).tags}.isdisjoint({"script", "img"})
    assert HOSTILE in outline(html).text
