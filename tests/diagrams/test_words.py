"""Every short word of the picture exists in every language and fits."""

import re

import pytest

from diagrams import theme
from diagrams.cards import REASON_ROOM
from diagrams.labels import width
from diagrams.places import FrameKind, Role
from tests.diagrams.pictures import EN, JA, LANGUAGES
from vpclab.network import Reason, Verdict
from vpclab.words import Words

NAMED_OTHERWISE = {Role.SERVICE, Role.MORE}  # by the service's name, and by what is left out


def diagram_texts(t: Words) -> dict[str, str]:
    return {key: text for key, text in t.texts.items() if key.startswith("diagram.")}


def test_both_languages_have_the_same_keys_with_the_same_placeholders() -> None:
    ja, en = diagram_texts(JA), diagram_texts(EN)

    assert ja.keys() == en.keys()
    for key in ja:
        assert set(re.findall(r"{(\w+)}", ja[key])) == set(re.findall(r"{(\w+)}", en[key])), key


@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)
def test_every_code_has_words(t: Words) -> None:
    keys = diagram_texts(t)

    assert {key.removeprefix("diagram.reason.") for key in keys if ".reason." in key} == set(Reason)
    assert {key.removeprefix("diagram.verdict.") for key in keys if ".verdict." in key} == set(Verdict)
    assert {key.removeprefix("diagram.frame.") for key in keys if ".frame." in key} == set(FrameKind)
    assert {key.removeprefix("diagram.role.") for key in keys if ".role." in key} == set(Role) - {
        "service",
        "more",
    }


@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_fits_beside_its_card_on_both_legs(t: Words, reason: Reason) -> None:
    text = t(f"diagram.reason.{reason}")

    assert width(text, theme.REASON_SIZE) <= REASON_ROOM
    assert width(t("diagram.on_the_way_back", reason=text), theme.REASON_SIZE) <= REASON_ROOM + 40
