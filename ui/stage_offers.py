"""What a room judges by, and what it can try on a network of its own: choices in a few words."""

from collections.abc import Sequence

from ui.choice_board import option_words
from ui.stage_place import Place
from vpclab.sandbox.choice_texts import CHOICES, is_several, to_texts
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.offers import effective, tables_of, why_not, zones_of
from vpclab.sandbox.setup import Setup
from vpclab.talks import Offer
from vpclab.texts import Text
from vpclab.words import Words, languages, load_words

MOST_OWN_OFFERS = 3
"""As many as stand beside any picture in full."""

_ALWAYS_TOLD = ("source", "destination", "way_out", "gateway_endpoint", "interface_endpoint")
_OWN = (
    ("gateway_endpoint", "yes"),
    ("interface_endpoint", "yes"),
    ("way_out", "none"),
    ("way_out", "nat"),
    ("private_dns", "off"),
    ("dns_hostnames", "no"),
    ("endpoint_group", "nobody"),
    ("network_acl", "no-return"),
    ("endpoint_policy", "other-resource"),
)
"""Changes that a room can try on a network of its own; those that change nothing are left out."""


def own_offers(place: Place) -> tuple[Offer, ...]:
    """What a room can try on a network of its own: changes that can be made and that it does not have yet."""
    if place.setup is None or place.compare is not None:
        return ()
    chosen = effective(place.setup.choices)
    texts, cannot = to_texts(chosen), why_not(chosen)
    names = {language: load_words(language) for language in languages()}
    return tuple(
        Offer(
            label=Text(texts={code: _choice_words(name, text, t) for code, t in names.items()}),
            choices={name: text},
        )
        for name, text in _OWN
        if texts[name] != text and name not in cannot
    )[:MOST_OWN_OFFERS]


def _choice_words(name: str, text: str, t: Words, there: Sequence[str] = ()) -> str:
    """A choice and what is chosen, in a few words; of several only those that are `there`."""
    label = t(f"sandbox.{name}.label")
    if is_several(name):
        chosen = [option_words(name, one, t) for one in text.split("+") if one in there]
        value = t("walk.phrase.between_items").join(chosen) or t("sandbox.compare.none")
        return t("sandbox.says", name=label, value=value)
    if text in ("yes", "no"):
        kind = "turned" if name.startswith("dns_") else "has"
        return t("sandbox.says", name=label, value=t(f"sandbox.{kind}.{text}"))
    return t("sandbox.says", name=label, value=option_words(name, text, t))


def given(setup: Setup, t: Words) -> list[str]:
    """The network in a few lines: the five first choices, and what else is not as usual."""
    chosen = effective(setup.choices)
    texts, usual = to_texts(chosen), to_texts(Choices())
    there = {"interface_zones": zones_of(chosen), "gateway_tables": tables_of(chosen)}
    lines = []
    for name in CHOICES:
        if name not in _ALWAYS_TOLD and texts[name] == usual[name]:
            continue
        members = [str(option) for option in there.get(name, ())]
        lines.append(_choice_words(name, texts[name], t, members))
    return [*lines, t("sandbox.expert.applied")] if setup.is_typed else lines
