"""The talks that authors write: their form, and that each slide shows what its words say."""

from pathlib import Path

import pytest
import yaml

from vpclab.errors import ContentError
from vpclab.network import Leg, walk
from vpclab.sandbox.setup import Setup, design_of, request_of
from vpclab.talk_reader import TALKS_FOLDER, load_talks
from vpclab.talks import Talk

TEXT = "{en: One, ja: いち}"
HEAD = f"title: {TEXT}\nabout: {TEXT}\nminutes: 1\nslides:\n"
NAT = "    start: s3-over-nat\n    shows: success\n"
COMPARED = "    compare: {start: s3-over-gateway-endpoint, shows: success}\n"
NO_ROUTE = "    start: s3-over-nat\n    choices: {way_out: none}\n    shows: NO_ROUTE_TO_DESTINATION\n"
SLIDE = f"  - id: one\n    minutes: 1\n    heading: {TEXT}\n    say: {TEXT}\n    note: {TEXT}\n"


def offer(label: str, choices: str) -> str:
    return f"    offers: [{{label: {label}, choices: {{{choices}}}}}]\n"


def kind_of(setup: Setup, leg: Leg, step: int) -> str:
    hops = walk(design_of(setup)[0], request_of(setup)).hops
    return str([hop for hop in hops if hop.leg is leg][step].kind)


def told(tmp_path: Path, text: str) -> list[tuple[tuple[str | int, ...], str]]:
    (tmp_path / "first.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_talks(tmp_path)
    return [(problem.path[1:], problem.code) for problem in raised.value.problems]


@pytest.mark.parametrize("talk", load_talks(), ids=lambda talk: talk.id)
def test_every_slide_that_names_a_decision_opens_it(talk: Talk):
    written = yaml.safe_load((TALKS_FOLDER / f"{talk.id}.yaml").read_text("utf-8"))
    named = {slide["id"]: slide.get("opens") for slide in written["slides"]}
    opened = {
        slide.id: None
        if slide.step < 0 or slide.setup is None
        else kind_of(slide.setup, slide.leg, slide.step)
        for slide in talk.slides
    }

    assert opened == named


def test_a_talk_of_words_alone_is_read(tmp_path: Path):
    (tmp_path / "first.yaml").write_text(HEAD + SLIDE, encoding="utf-8")

    (talk,) = load_talks(tmp_path)

    assert (talk.id, talk.title("ja"), talk.slides[0].setup) == ("first", "いち", None)


@pytest.mark.parametrize(
    ("lines", "place", "code"),
    [
        ("    colour: red\n", ("colour",), "unknown_key"),
        ("    start: nowhere\n", ("start",), "unknown_example"),
        (f"{NAT}    choices: {{way_out: boat}}\n", ("choices", "way_out"), "unknown_choice"),
        ("    start: s3-over-nat\n", ("shows",), "missing_key"),
        ("    start: private-dns-off\n    shows: success\n", ("shows",), "shows_something_else"),
        (f"{NAT}    opens: gateway-endpoint\n", ("opens",), "does_not_decide"),
        (f"{NO_ROUTE}    leg: return\n", ("leg",), "leg_not_walked"),
        ("    predict: true\n", ("predict",), "needs_a_network"),
        (f"{NAT}    compare: {{start: s3-over-nat}}\n", ("compare", "shows"), "missing_key"),
        (f"{NAT}{COMPARED}    opens: nat-gateway\n", ("opens",), "not_beside_compare"),
        (f"{NAT}    ask: {TEXT}\n", ("ask",), "ask_without_predict"),
        (
            f"{NAT}    offers: [{{label: {{en: One}}, choices: {{zones: '2'}}}}]\n",
            ("offers", 0, "label", "ja"),
            "missing_key",
        ),
        (
            f"{NAT}    offers: [{{label: {TEXT}, choices: {{way_out: nat}}}}]\n",
            ("offers", 0, "choices"),
            "changes_nothing",
        ),
        (
            f"{NAT}    offers: [{{label: {TEXT}, choices: {{way_out: none}}}}]\n",
            ("offers", 0, "shows"),
            "shows_something_else",
        ),
    ],
)
def test_what_is_wrong_with_a_slide_is_told_with_its_place(
    tmp_path: Path, lines: str, place: tuple[str | int, ...], code: str
):
    assert told(tmp_path, HEAD + SLIDE + lines) == [(("slides", 0, *place), code)]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path):
    long = f"    say: {{en: {'a' * 91}, ja: {'あ' * 46}}}\n"
    second = SLIDE.replace(f"    say: {TEXT}\n", long)

    assert told(tmp_path, HEAD + SLIDE + second) == [
        (("slides", 1, "say", "en"), "text_too_long"),
        (("slides", 1, "say", "ja"), "text_too_long"),
        (("slides", 1, "id"), "duplicate_id"),
        (("minutes",), "minutes_do_not_add_up"),
    ]


def test_an_author_reads_what_the_engine_finds_instead(tmp_path: Path):
    (tmp_path / "first.yaml").write_text(HEAD + SLIDE + NO_ROUTE.replace("NO_ROUTE_TO", "NO_WAY_TO"), "utf-8")

    with pytest.raises(ContentError, match=r"first/slides/0/shows: .*NO_ROUTE_TO_DESTINATION"):
        load_talks(tmp_path)


def test_a_key_written_twice_is_refused(tmp_path: Path):
    assert told(tmp_path, HEAD + SLIDE + "    minutes: 1\n") == [(("minutes",), "duplicate_key")]
