"""A scene can be told and drawn whatever a learner chooses, in every language."""

from dataclasses import replace

import pytest

from ui.decision import details_html
from ui.hop_list import hop_list_html
from ui.panels import headline_html
from ui.scene import picture_of, scene_of
from vpclab.exchange.permalink import starting_setup
from vpclab.network import Kind
from vpclab.presets import load_presets
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.destinations import DESTINATIONS
from vpclab.words import languages, load_words

EN = load_words("en")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("destination", DESTINATIONS)
def test_every_destination_can_be_told_and_drawn(destination: str, language: str) -> None:
    t = load_words(language)
    choices = Choices(destination=destination, interface_endpoint=True)
    scene = scene_of(replace(starting_setup(), choices=choices), t)

    assert headline_html(scene.walk, t)
    assert hop_list_html(scene.walk, t).count("<details") >= len(scene.walk.hops)
    assert picture_of(scene, t).svg


def details_of(preset_id: str, kind: Kind) -> str:
    preset = next(preset for preset in load_presets() if preset.id == preset_id)
    walk = scene_of(starting_setup(preset), EN).walk
    return details_html(next(hop for hop in walk.hops if hop.kind is kind), EN)


def test_what_a_network_acl_does_is_no_action_that_was_asked_for() -> None:
    told = details_of("answers-blocked", Kind.SOURCE_SUBNET_NACL)

    assert "Action of the rule" in told
    assert "Requested action" not in told


def test_where_an_answer_comes_from_is_no_source_address() -> None:
    told = details_of("s3-over-nat", Kind.DNS_RESOLVER)

    assert "<dt>Answer from</dt><dd>public DNS</dd>" in told
    assert "Source address" not in told


def test_the_name_of_a_site_host_is_no_name_that_was_asked_for() -> None:
    assert "Name asked for" not in details_of("on-premises-to-endpoint", Kind.ONPREM_HOST)
