"""A network in sentences: who asks whom, what the network has, and which settings are not as usual."""

from collections.abc import Iterator, Sequence

from vpclab.learning.traps import Trap
from vpclab.sandbox.choice_texts import CHOICES, to_texts
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.destinations import DESTINATIONS
from vpclab.sandbox.given import members_of, option_words
from vpclab.sandbox.offers import (
    ON_PREMISES,
    OTHER_VPC,
    RDS,
    gateway_services,
    interface_services,
    offers_private_dns,
    why_not,
)
from vpclab.sandbox.setup import Setup
from vpclab.words import Words, service_words

_TOLD_APART = ("source", "destination", "way_out", "gateway_endpoint", "interface_endpoint")
_EDGE_CALLERS = ("ec2-public", "ec2-public-no-ip")


def situation(setup: Setup, trap: Trap, t: Words) -> str:
    """The network of a trap as one paragraph; what is not mentioned does not stop the request."""
    return t("walk.phrase.between_sentences").join(_sentences(setup.choices, trap, t))


def _sentences(choices: Choices, trap: Trap, t: Words) -> Iterator[str]:
    yield _story(choices, t)
    if choices.source in OTHER_VPC:
        yield t("generated.story.other_vpc")
    yield t(f"generated.given.way_out.{choices.way_out}")
    yield _endpoints(choices, t)
    texts, usual, cannot = to_texts(choices), to_texts(Choices()), why_not(choices)
    own = (*trap.scene, trap.choice, *_always(choices))
    told = [name for name in CHOICES if name not in _TOLD_APART and name not in cannot]
    for name in told:
        if texts[name] != usual[name] or name in own:
            yield from _setting(name, texts[name], choices, t)
    if t.has(f"generated.told.{trap.id}"):
        yield t(f"generated.told.{trap.id}")
    yield t("generated.rest")


def _always(choices: Choices) -> tuple[str, ...]:
    """The settings that are told though they are as usual, since everything turns on them."""
    names = ("private_dns",) if offers_private_dns(choices.destination) else ()
    return (*names, "site_internet") if choices.source in ON_PREMISES else names


def _story(choices: Choices, t: Words) -> str:
    caller = t(f"generated.caller.{choices.source}")
    if choices.destination == RDS:
        return t("generated.story.sql", caller=caller)
    if DESTINATIONS[choices.destination].operation:
        return t(f"generated.story.operation.{choices.destination}", caller=caller)
    destination = option_words("destination", choices.destination, t)
    return t("generated.story.call", caller=caller, destination=destination)


def _endpoints(choices: Choices, t: Words) -> str:
    """Which endpoints there are; that one type is missing is told where AWS offers both."""
    offered = gateway_services(choices.destination), interface_services(choices.destination)
    gateway = offered[0] if choices.gateway_endpoint else ()
    interface = offered[1] if choices.interface_endpoint else ()
    several = len(interface) > 1
    if gateway and interface:
        key = "both_several" if several else "both"
    elif interface:
        key = ("interfaces" if several else "interface") + ("_alone" if offered[0] else "")
    elif gateway:
        key = "gateway_alone" if offered[1] else "gateway"
    else:
        key = "none"
    # Of several interface endpoints the names of their services tell more than those of the products.
    names = interface if several else [service_words(service, t) for service in interface]
    return t(
        f"generated.endpoints.{key}",
        gateway=_joined([service_words(service, t) for service in gateway], t),
        interface=_joined(names, t),
    )


def _setting(name: str, text: str, choices: Choices, t: Words) -> Iterator[str]:
    if name == "gateway_tables":
        tables = [table for table in members_of(choices, name) if table in text.split("+")]
        yield _several("tables", len(members_of(choices, name)), tables, t)
        yield from _place(choices, t)
    elif name == "interface_zones":
        zones = [zone for zone in members_of(choices, name) if zone in text.split("+")]
        yield _several("zones", len(members_of(choices, name)), zones, t)
    else:
        key = f"generated.given.{name}.{text}"
        of_operation = f"{key}_operation"
        is_operation = DESTINATIONS[choices.destination].operation
        yield t(of_operation if is_operation and t.has(of_operation) else key)
        if name == "zones" and choices.gateway_endpoint is False:
            yield from _place(choices, t)


def _several(name: str, count: int, members: Sequence[str], t: Words) -> str:
    """All, some or none of the members that there are."""
    words = {"tables": ("tables", "generated.table"), "zones": ("interfaces", "generated.zone")}
    section, key = words[name]
    chosen = len(members)
    amount = "none" if chosen == 0 else "all" if chosen == count else "one" if chosen == 1 else "some"
    listed = _joined([t(f"{key}.{member}") for member in members], t)
    return t(f"generated.{section}.{amount}", **{name: listed})


def _place(choices: Choices, t: Words) -> Iterator[str]:
    """In which subnet a caller inside the VPC is."""
    if choices.source not in (*OTHER_VPC, *ON_PREMISES, "lambda"):
        yield t(f"generated.place.{'edge' if choices.source in _EDGE_CALLERS else 'app'}")


def _joined(items: Sequence[str], t: Words) -> str:
    """A list as one writes it in a sentence: the last two are joined by a word."""
    if len(items) <= 1:
        return "".join(items)
    return t("generated.list", first=t("walk.phrase.between_items").join(items[:-1]), last=items[-1])
