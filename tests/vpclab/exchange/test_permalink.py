"""Links: a setup as text and back, old links, and whatever else somebody puts into an address."""

import base64
import json
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vpclab.sandbox.strategies import choices
from vpclab.exchange.permalink import (
    MAX_LENGTH,
    decode,
    decode_first_version,
    encode,
    starting_setup,
)
from vpclab.presets import Preset, load_presets
from vpclab.sandbox import Choices
from vpclab.sandbox.choices import PrivateDns, Source, WayOut
from vpclab.sandbox.setup import Setup, design_of, request_of, typed

START = starting_setup()


def packed(data: Any) -> str:
    plain = json.dumps(data).encode()
    return base64.urlsafe_b64encode(zlib.compress(plain)).decode().rstrip("=")


def edited() -> Setup:
    design, _ = design_of(START)
    asked = request_of(START)
    return typed(
        START,
        replace(design, nat_gateways=(replace(design.nat_gateways[0], public_ip=None),)),
        replace(asked, calls=(replace(asked.calls[0], action="s3:PutObject"),)),
    )


@given(st.sampled_from(load_presets()), choices())
def test_a_link_brings_back_exactly_the_setup_that_it_was_made_from(preset: Preset, chosen: Choices):
    setup = Setup(start=preset.id, choices=chosen)

    decoded = decode(encode(setup))

    assert decoded.setup == setup
    assert decoded.left_out == ()


@given(choices())
def test_a_link_of_choices_is_short_enough_for_any_address(chosen: Choices):
    assert len(encode(Setup(start="s3-over-nat", choices=chosen))) < MAX_LENGTH / 3


def test_a_link_names_only_what_differs_from_its_example():
    changed = Setup(start="s3-over-nat", choices=replace(START.choices, gateway_endpoint=True))

    assert encode(START) == "2.s3-over-nat"
    assert encode(changed) == "2.s3-over-nat.gateway_endpoint-yes"


def test_edits_and_a_request_typed_by_hand_travel_in_the_link():
    setup = edited()

    decoded = decode(encode(setup))

    assert decoded.setup == setup
    assert decoded.left_out == ()
    assert len(encode(setup)) < 1000


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("2.no-such-example", ("example",)),
        ("2.s3-over-nat.source-mainframe", ("source",)),
        ("2.s3-over-nat.teleport-yes.way_out-none", ("teleport",)),
        ("2.s3-over-nat.gateway_tables-edge+moon", ("gateway_tables",)),
        ("2.s3-over-nat.zones-4", ("zones",)),
        ("2.s3-over-nat.zones-٢", ("zones",)),
        ("2.s3-over-nat~not base64!", ("edits",)),
        ("2.s3-over-nat~AAAA", ("edits",)),
        ("2.s3-over-nat~" + packed([1, 2]), ("edits",)),
        ("2.s3-over-nat~" + packed({"edits": 5}), ("edits",)),
        ("2.s3-over-nat~" + packed({"edits": [{"add": "vpcs"}]}), ("edits",)),
        ("2.s3-over-nat~" + packed({"request": {"from": "i-app"}}), ("edits",)),
        ("2.s3-over-nat~" + packed({"request": "<script>"}), ("edits",)),
        ("2.s3-over-nat~" + base64.urlsafe_b64encode(zlib.compress(b" " * 10**7)).decode(), ("edits",)),
        ("2.s3-over-nat~" + base64.urlsafe_b64encode(zlib.compress(b"[" * 10**5)).decode(), ("edits",)),
    ],
)
def test_what_cannot_be_read_is_left_out_and_named(text: str, left_out: tuple[str, ...]):
    decoded = decode(text)

    assert decoded.left_out == left_out
    assert decoded.setup.start == "s3-over-nat"


def test_what_can_be_read_of_a_broken_link_is_kept():
    decoded = decode("2.s3-over-nat.way_out-none.source-mainframe.gateway_endpoint-yes")

    assert decoded.setup.choices == replace(START.choices, way_out=WayOut.NONE, gateway_endpoint=True)


@pytest.mark.parametrize("text", ["", "1.s3-over-nat", "3.s3-over-nat.x-y", "hello", "~", "2" * 50])
def test_a_link_of_another_version_opens_the_first_example(text: str):
    decoded = decode(text)

    assert decoded.other_version
    assert decoded.setup == START


@given(st.text(max_size=300))
def test_any_text_at_all_gives_a_setup_that_can_be_shown(text: str):
    for candidate in (text, f"2.{text}", f"2.s3-over-nat.{text}", f"2.s3-over-nat~{text}"):
        design, lost = design_of(decode(candidate).setup)

        assert design.workloads
        assert lost == ()


def test_links_of_the_first_version_still_open():
    decoded = decode_first_version(
        {"source": "ecs-task", "destination": "ssm", "interface_endpoint": "yes", "private_dns": "no"}
    )

    assert decoded.setup.choices == Choices(
        source=Source.ECS_TASK, destination="ssm", interface_endpoint=True, private_dns=PrivateDns.OFF
    )
    assert decoded.left_out == ()


def test_a_link_of_the_first_version_with_nonsense_says_so():
    decoded = decode_first_version({"source": "<img src=x onerror=alert(1)>", "way_out": "none"})

    assert decoded.left_out == ("source",)
    assert decoded.setup.choices.way_out is WayOut.NONE
