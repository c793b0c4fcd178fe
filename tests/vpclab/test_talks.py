"""The talks that authors write: their form, and that each slide shows what its words say."""

from pathlib import Path

import pytest

from vpclab.errors import ContentError
from vpclab.network import Walk, walk
from vpclab.sandbox.setup import Setup, design_of, request_of
from vpclab.talks import load_talks, with_offer

SHOWN = {
    "two-roads-to-s3": {
        "guess": ("timeout", "NO_ROUTE_TO_DESTINATION"),
        "nat": ("success", None),
        "over-the-internet": ("success", None),
        "gateway-endpoint": ("success", None),
        "longest-prefix": ("success", None),
        "stays-public": ("success", None),
        "policy": ("access-denied", "RESOURCE_POLICY_EXPLICIT_DENY"),
        "not-for-others": ("timeout", "NO_ROUTE_TO_DESTINATION"),
        "side-by-side": ("success", None),
    },
    "the-packets-point-of-view": {
        "walk": ("success", None),
        "private-dns-off": ("timeout", "PRIVATE_DNS_OFF"),
        "dns-hostnames": ("timeout", "PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES"),
        "dns-support": ("dns-timeout", "DNS_RESOLVER_OFF"),
        "routes": ("success", None),
        "caller-group": ("timeout", "SECURITY_GROUP_LACKS_PREFIX_LIST"),
        "return-ports": ("timeout", "SUBNET_ACL_RESTRICTION"),
        "interface-endpoint": ("success", None),
        "endpoint-group": ("timeout", "SG_HAS_NO_RULES"),
        "zones": ("success", None),
        "dynamodb-name": ("timeout", "PRIVATE_DNS_OFF"),
        "one-bucket": ("access-denied", "ENDPOINT_POLICY_IMPLICIT_DENY"),
        "deny-only": ("access-denied", "ENDPOINT_POLICY_IMPLICIT_DENY"),
        "source-ip": ("access-denied", "SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT"),
        "ecr": ("timeout", "HIDDEN_DEPENDENCY_S3"),
        "session-manager": ("success", None),
        "lambda-to-rds": ("success", None),
        "on-premises": ("success", None),
        "hub": ("timeout", "HOSTED_ZONE_NOT_ASSOCIATED"),
        "other-region": ("timeout", "PREFIX_LIST_IS_REGIONAL"),
        "symptoms": ("timeout", "PRIVATE_DNS_OFF"),
    },
}
"""What the client program reports on each slide with a network, and the root cause."""

STILL_FAILING = {
    ("gateway-endpoint", "NO_ROUTE_TO_DESTINATION"),
    ("session-manager", "NO_ROUTE_TO_DESTINATION"),
    ("lambda-to-rds", "NO_ROUTE_TO_DESTINATION"),
    ("on-premises", "CUSTOM_DNS_NOT_FORWARDING"),
}
"""Slides whose offers show a failure, and its root cause; every other offer makes the request succeed."""

OPEN = {
    "nat": "nat-gateway",
    "over-the-internet": "internet-gateway",
    "longest-prefix": "subnet-route-table",
    "stays-public": "dns-resolver",
    "routes": "subnet-route-table",
    "return-ports": "source-subnet-nacl",
}
"""Who decides in the hop that a slide opens."""

TEXT = "{en: One, ja: いち}"
HEAD = f"title: {TEXT}\nabout: {TEXT}\nminutes: 1\nslides:\n"
SLIDE = f"  - id: one\n    minutes: 1\n    heading: {TEXT}\n    say: {TEXT}\n    note: {TEXT}\n"


def walked(setup: Setup) -> Walk:
    design, lost = design_of(setup)
    assert not lost
    return walk(design, request_of(setup))


def told(tmp_path: Path, text: str) -> list[tuple[tuple[str | int, ...], str]]:
    (tmp_path / "first.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_talks(tmp_path)
    return [(problem.path[1:], problem.code) for problem in raised.value.problems]


def test_every_slide_with_a_network_shows_the_outcome_that_its_words_tell():
    shown = {
        talk.id: {
            slide.id: (str(walked(slide.setup).told.symptom), walked(slide.setup).told.root_cause)
            for slide in talk.slides
            if slide.setup
        }
        for talk in load_talks()
    }

    assert shown == SHOWN


def test_every_offer_changes_the_network_or_the_answer():
    for talk in load_talks():
        for slide in talk.slides:
            for offer in slide.offers:
                assert slide.setup
                assert design_of(with_offer(slide.setup, offer)) != design_of(slide.setup) or request_of(
                    with_offer(slide.setup, offer)
                ) != request_of(slide.setup), (talk.id, slide.id, offer.label("en"))


def test_offers_succeed_but_for_those_that_show_the_next_mistake():
    failing = {
        (slide.id, walked(with_offer(slide.setup, offer)).told.root_cause)
        for talk in load_talks()
        for slide in talk.slides
        for offer in slide.offers
        if slide.setup and not walked(with_offer(slide.setup, offer)).reachable
    }

    assert failing == STILL_FAILING


def test_each_slide_opens_the_hop_of_which_it_speaks():
    opened = {
        slide.id: [str(hop.kind) for hop in walked(slide.setup).hops if hop.leg is slide.leg][slide.step]
        for talk in load_talks()
        for slide in talk.slides
        if slide.setup and slide.id in OPEN
    }

    assert opened == OPEN


def test_a_talk_of_words_alone_is_read(tmp_path: Path):
    (tmp_path / "first.yaml").write_text(HEAD + SLIDE, encoding="utf-8")

    (talk,) = load_talks(tmp_path)

    assert (talk.id, talk.title("ja"), talk.slides[0].setup) == ("first", "いち", None)


@pytest.mark.parametrize(
    ("lines", "place", "code"),
    [
        ("    colour: red\n", ("colour",), "unknown_key"),
        ("    start: nowhere\n", ("start",), "unknown_example"),
        ("    start: s3-over-nat\n    choices: {way_out: boat}\n", ("choices", "way_out"), "unknown_choice"),
        ("    start: s3-over-nat\n    step: 7\n", ("step",), "step_out_of_range"),
        ("    start: s3-over-nat\n    leg: return\n", ("leg",), "step_out_of_range"),
        ("    predict: true\n", ("predict",), "needs_a_network"),
        (f"    start: s3-over-nat\n    ask: {TEXT}\n", ("ask",), "ask_without_predict"),
        (
            "    start: s3-over-nat\n    offers: [{label: {en: One}, choices: {}}]\n",
            ("offers", 0, "label", "ja"),
            "missing_key",
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


def test_a_key_written_twice_is_refused(tmp_path: Path):
    assert told(tmp_path, HEAD + SLIDE + "    minutes: 1\n") == [(("minutes",), "duplicate_key")]
