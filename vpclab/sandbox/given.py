"""Choices in a few words, and the network that they make in a few lines: what somebody is given to judge."""

from collections.abc import Sequence

from vpclab.sandbox.choice_texts import CHOICES, is_several, to_texts
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.offers import effective, tables_of, zones_of
from vpclab.sandbox.setup import Setup
from vpclab.words import Words

ALWAYS_TOLD = ("source", "destination", "way_out", "gateway_endpoint", "interface_endpoint")


def option_words(name: str, text: str, t: Words) -> str:
    """What an option is called."""
    return t(f"destinations.{text}.name") if name == "destination" else t(f"sandbox.{name}.{text}")


def members_of(choices: Choices, name: str) -> tuple[str, ...]:
    """Of a choice of several: the members that this network has at all."""
    there = {"interface_zones": zones_of, "gateway_tables": tables_of}
    return tuple(str(member) for member in there[name](choices)) if name in there else ()


def several_words(name: str, text: str, t: Words, there: Sequence[str]) -> str:
    """The members that are chosen and `there`, as a list in words; empty where none is."""
    return t("walk.phrase.between_items").join(
        option_words(name, one, t) for one in text.split("+") if one in there
    )


def choice_words(name: str, text: str, t: Words, there: Sequence[str] = ()) -> str:
    """A choice and what is chosen, in a few words; of several only those that are `there`."""
    label = t(f"sandbox.{name}.label")
    if is_several(name):
        value = several_words(name, text, t, there) or t("sandbox.compare.none")
        return t("sandbox.says", name=label, value=value)
    if text in ("yes", "no"):
        kind = "turned" if name.startswith("dns_") else "has"
        return t("sandbox.says", name=label, value=t(f"sandbox.{kind}.{text}"))
    return t("sandbox.says", name=label, value=option_words(name, text, t))


def given(setup: Setup, t: Words) -> list[str]:
    """The network in a few lines: the five first choices, and what else is not as usual."""
    chosen = effective(setup.choices)
    texts, usual = to_texts(chosen), to_texts(Choices())
    lines = [
        choice_words(name, texts[name], t, members_of(chosen, name))
        for name in CHOICES
        if name in ALWAYS_TOLD or texts[name] != usual[name]
    ]
    return [*lines, t("sandbox.expert.applied")] if setup.is_typed else lines
