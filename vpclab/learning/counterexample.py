"""Counterexamples: for a wrong answer about a network, the nearest network in which it would be right.

One choice is changed, else two; who asks whom stays as it is where that is possible. What a person would
change first is tried first: back to usual what is not as usual, then what brings about just such an outcome,
then everything else in the order in which the sandbox offers it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, permutations

from vpclab.learning.fates import outcome_of, setup_from, walked, with_change
from vpclab.learning.networks import network_setup
from vpclab.learning.questions import Guess, Network
from vpclab.network.vocabulary import Kind, Verdict
from vpclab.sandbox.choice_texts import CHOICES, is_several, options, to_texts
from vpclab.sandbox.choices import Choices, Table, Zone
from vpclab.sandbox.offers import effective, why_not
from vpclab.sandbox.setup import Setup
from vpclab.sandbox.shown import INSIDE, NO_ARRIVAL

Change = tuple[str, str]
"""A choice and what is chosen, as texts."""

MOST_WALKS = 400
"""A search walks no more networks than this; nearly all end after a few."""

MOST_CHANGES = 2
"""Choices that a counterexample has otherwise; one that takes others with it is not near."""

ASKERS = ("source", "destination")
"""Who asks whom."""

_ALL_TABLES, _ALL_ZONES = "+".join(Table), "+".join(Zone)
_OTHER_TABLES, _OTHER_ZONES = "edge+app-c+app-d", "c+d"

_NO_ARRIVAL: tuple[Change, ...] = (
    ("way_out", "none"),
    ("gateway_tables", _OTHER_TABLES),
    ("endpoint_group", "nobody"),
    ("caller_group", "nowhere"),
    ("network_acl", "no-return"),
)
_DENIAL: tuple[Change, ...] = (
    ("endpoint_policy", "other-resource"),
    ("bucket_policy", "source-ip"),
    ("bucket_policy", "source-vpce"),
    ("gateway_endpoint", "yes"),
    ("interface_endpoint", "yes"),
)
_BRINGS: Mapping[str, tuple[Change, ...]] = {
    "delivered": (
        ("private_dns", "on"),
        ("gateway_endpoint", "yes"),
        ("interface_endpoint", "yes"),
        ("asked_name", "endpoint"),
        ("endpoint_group", "private"),
        ("inbound_resolver", "yes"),
        ("site_dns", "forwarding"),
        ("way_out", "nat"),
    ),
    "denied": _DENIAL,
    "dropped": _NO_ARRIVAL,
    "unresolved": (("dns_support", "no"),),
    str(Kind.GATEWAY_ENDPOINT): (
        ("gateway_endpoint", "yes"),
        ("gateway_tables", _ALL_TABLES),
        ("interface_endpoint", "no"),
        ("private_dns", "off"),
        ("bucket_region", "same"),
    ),
    str(Kind.INTERFACE_ENDPOINT): (
        ("interface_endpoint", "yes"),
        ("private_dns", "on"),
        ("asked_name", "endpoint"),
        ("endpoint_group", "private"),
        ("dns_hostnames", "yes"),
        ("inbound_resolver", "yes"),
        ("site_dns", "forwarding"),
    ),
    str(Kind.NAT_GATEWAY): (
        ("way_out", "nat"),
        ("gateway_endpoint", "no"),
        ("interface_endpoint", "no"),
        ("gateway_tables", _OTHER_TABLES),
        ("private_dns", "off"),
    ),
    str(Kind.INTERNET_GATEWAY): (("way_out", "igw"), ("source", "ec2-public"), ("gateway_endpoint", "no")),
    INSIDE: (("destination", "rds"), ("source", "lambda-vpc"), ("site_internet", "yes")),
    NO_ARRIVAL: _NO_ARRIVAL,
    str(Kind.DNS_RESOLVER): (("dns_support", "no"),),
    str(Kind.SOURCE_SECURITY_GROUP): (("caller_group", "nowhere"),),
    str(Kind.ENDPOINT_SECURITY_GROUP): (("endpoint_group", "nobody"), ("interface_endpoint", "yes")),
    str(Kind.SOURCE_SUBNET_NACL): (("network_acl", "no-return"), ("network_acl", "no-https-out")),
    str(Kind.ENDPOINT_SUBNET_NACL): (("network_acl", "no-return"), ("interface_zones", _OTHER_ZONES)),
    str(Kind.SUBNET_ROUTE_TABLE): (("way_out", "none"), ("gateway_tables", _OTHER_TABLES)),
    str(Kind.INTERNET_GATEWAY) + "/stop": (
        ("public_access_block", "bidirectional"),
        ("source", "ec2-public-no-ip"),
        ("way_out", "igw"),
    ),
    str(Kind.ENDPOINT_POLICY): _DENIAL,
    str(Kind.RESOURCE_POLICY): _DENIAL[1:],
    str(Kind.ONPREM_HOST): (("site_internet", "no"), ("site_dns", "public")),
}
"""What brings about an outcome, a way or a stop, the most usual first."""

_MOVES = ("way_out", "gateway_endpoint", "interface_endpoint", "private_dns", "asked_name", "hosted_zone")
"""Choices whose every option takes part in pairs."""


def counterexample(network: Network, guess: Guess, wanted: str) -> Setup | None:
    """The nearest network in which `wanted`, a wrong answer about this network, would be right.

    None where it is not found among the first `MOST_WALKS` networks with one or two choices changed.
    """
    return nearest(network_setup(network), guess, wanted)


@lru_cache(maxsize=1024)
def nearest(
    setup: Setup, guess: Guess, wanted: str, first: tuple[Change, ...] = (), most: int = MOST_WALKS
) -> Setup | None:
    """The nearest setup with this outcome, of the first `most`; changes of `first` are tried first."""
    start = setup_from(setup.choices)
    tried: set[Setup] = {start}
    for other in _nearby(start, _wanted_changes(guess, wanted), first):
        if other in tried:
            continue
        if len(tried) > most:
            return None
        tried.add(other)
        is_wanted = outcome_of(other, guess) == wanted and _is_meant(other, wanted)
        if is_wanted and len(changed(start, other)) <= MOST_CHANGES:
            return Setup(start=setup.start, choices=other.choices)
    return None


def _is_meant(setup: Setup, wanted: str) -> bool:
    """Whether people would say so too: inside a network is no way around it, and a refusal is an answer."""
    if wanted == NO_ARRIVAL:
        return walked(setup).verdict is not Verdict.DENIED
    outside = (Kind.INTERNET, Kind.AWS_MANAGED_NETWORK)
    return wanted != INSIDE or all(step.kind not in outside for step in walked(setup).told.path)


def changed(start: Setup, other: Setup) -> tuple[Change, ...]:
    """The choices that differ, as `other` has them; those that cannot be made there are left out."""
    before, after = effective(start.choices), effective(other.choices)
    old, new, cannot = to_texts(before), to_texts(after), why_not(after)
    return tuple((name, new[name]) for name in CHOICES if old[name] != new[name] and name not in cannot)


def _wanted_changes(guess: Guess, wanted: str) -> tuple[Change, ...]:
    if guess is Guess.STOP and f"{wanted}/stop" in _BRINGS:
        return _BRINGS[f"{wanted}/stop"]
    return _BRINGS.get(wanted, ())


def _nearby(start: Setup, brings: Sequence[Change], first: Sequence[Change]) -> Iterator[Setup]:
    """Setups with one change, then with two; those where somebody else asks come last of each."""
    back, others = tuple(_back_to_usual(start)), tuple(_all_changes())
    pool = tuple(dict.fromkeys((*first, *back, *brings, *others)))
    few = tuple(
        dict.fromkeys((*first, *back, *brings, *(change for change in others if change[0] in _MOVES)))
    )
    askers = tuple(change for change in (*brings, *others) if change[0] in ASKERS)
    for changes in chain(_singles(pool), permutations(_without_askers(few), 2)):
        yield from _applied(start, changes)
    for changes in chain(((asker,) for asker in askers), _with_asker(askers, _without_askers(few))):
        yield from _applied(start, changes)


def _singles(pool: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    return ((change,) for change in _without_askers(pool))


def _without_askers(pool: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(change for change in pool if change[0] not in ASKERS)


def _with_asker(askers: Sequence[Change], others: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    """Somebody else asks, and one thing more is otherwise: a choice, or what is asked."""
    for asker in askers:
        yield from ((asker, other) for other in others)
        yield from ((asker, other) for other in askers if other[0] != asker[0])


def _applied(start: Setup, changes: Sequence[Change]) -> Iterator[Setup]:
    """The setup with the changes, if each of them makes another network."""
    setup = start
    for name, text in changes:
        after = with_change(setup, name, text)
        if after is setup:
            return
        setup = after
    if setup != start:
        yield setup


def _back_to_usual(start: Setup) -> Iterator[Change]:
    """The settings that are not as usual, set back; not who asks whom, and not what there is at all."""
    texts, usual = to_texts(start.choices), to_texts(Choices())
    left = (*ASKERS, "way_out", "gateway_endpoint", "interface_endpoint", "zones")
    for name in CHOICES:
        if name not in left and texts[name] != usual[name]:
            yield name, usual[name]


@lru_cache(maxsize=1)
def _all_changes() -> tuple[Change, ...]:
    """Every option of every choice in the order of offer; of the destinations a few that differ in kind."""
    found: list[Change] = []
    for name in CHOICES:
        if name == "destination":
            found += [(name, text) for text in ("s3", "dynamodb", "rds", "sqs")]
        elif name == "gateway_tables":
            found += [(name, text) for text in (_ALL_TABLES, _OTHER_TABLES, "")]
        elif name == "interface_zones":
            found += [(name, text) for text in (_ALL_ZONES, "a", _OTHER_ZONES)]
        elif not is_several(name):
            found += [(name, _text(option)) for option in options(name)]
    return tuple(found)


def _text(option: object) -> str:
    if isinstance(option, bool):
        return "yes" if option else "no"
    return str(option)
