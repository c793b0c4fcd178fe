"""What a room judges by, and what it can try on a network of its own: choices in a few words."""

from ui.stage_place import Place
from vpclab.sandbox.choice_texts import to_texts
from vpclab.sandbox.given import choice_words, given
from vpclab.sandbox.offers import effective, why_not
from vpclab.talks import Offer
from vpclab.texts import Text
from vpclab.words import languages, load_words

__all__ = ["given", "own_offers"]

MOST_OWN_OFFERS = 3
"""As many as stand beside any picture in full."""

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
            label=Text(texts={code: choice_words(name, text, t) for code, t in names.items()}),
            choices={name: text},
        )
        for name, text in _OWN
        if texts[name] != text and name not in cannot
    )[:MOST_OWN_OFFERS]
