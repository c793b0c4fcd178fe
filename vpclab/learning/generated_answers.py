"""Generated questions whose choices are made from walks: what happens and why, and which change matters."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from vpclab.learning import accounts
from vpclab.learning.counterexample import MOST_CHANGES, Change, changed
from vpclab.learning.fates import Fate, fate_of, with_change
from vpclab.learning.generated_choices import MOST, Choice, in_words, would_be
from vpclab.learning.traps import Scene
from vpclab.sandbox.offers import why_not
from vpclab.sandbox.setup import Setup, request_of
from vpclab.words import Words

_FAULTS: tuple[Change, ...] = (
    ("endpoint_group", "nobody"),
    ("caller_group", "nowhere"),
    ("network_acl", "no-return"),
    ("dns_support", "no"),
    ("private_dns", "off"),
    ("endpoint_policy", "other-resource"),
    ("bucket_policy", "source-ip"),
    ("gateway_tables", "app-c+app-d"),
    ("way_out", "none"),
    ("way_out", "nat"),
    ("gateway_endpoint", "yes"),
    ("interface_endpoint", "no"),
    ("public_access_block", "bidirectional"),
)
"""What else could have been so; the walks of such networks make further wrong choices."""

_REPAIRS: tuple[Change, ...] = (
    ("endpoint_group", "private"),
    ("endpoint_group", "vpc"),
    ("caller_group", "all"),
    ("caller_group", "https"),
    ("network_acl", "https"),
    ("network_acl", "all"),
    ("endpoint_policy", "full"),
    ("private_dns", "on"),
    ("dns_hostnames", "yes"),
    ("dns_server", "forwarding"),
    ("inbound_resolver", "yes"),
    ("gateway_tables", "edge+app-a+app-c+app-d"),
    ("interface_zones", "a+c+d"),
    ("public_access_block", "off"),
    ("way_out", "nat"),
    ("way_out", "igw"),
    ("zones", "2"),
)
"""What people try on a request that fails, whatever the cause."""

_HARMLESS: tuple[Change, ...] = (
    ("network_acl", "https"),
    ("caller_group", "https"),
    ("endpoint_group", "private"),
    ("endpoint_policy", "one-resource"),
    ("dns_hostnames", "no"),
    ("way_out", "none"),
    ("way_out", "nat"),
    ("interface_endpoint", "no"),
    ("zones", "2"),
)
"""What people fear for a request that succeeds."""


def reasons(scene: Scene, random: Random) -> list[Choice]:
    """The outcome with its reason; the wrong ones are true of the network as people take it to be."""
    faults = [change for change in _FAULTS if change[0] != scene.trap.choice]
    random.shuffle(faults)
    believed = (*scene.trap.believed, *faults)
    # Where the request ends early, no other fault is felt; then what would be felt without the trap.
    others = [
        scene.turned,
        *(with_change(scene.setup, *change) for change in believed),
        *(with_change(scene.turned, *change) for change in faults),
    ]
    right = Choice(
        id=_fate_id(fate_of(scene.setup)),
        is_right=True,
        says=in_words(lambda t: accounts.outcome_and_reason(scene.setup, t)),
        why=in_words(lambda t: _why_so(scene, t)),
    )
    return _distinct(right, (_believed(scene, other) for other in others))


def _why_so(scene: Scene, t: Words) -> str:
    if not fate_of(scene.setup).is_delivered:
        return t("generated.why.right", text=accounts.symptom_and_repair(scene.setup, t))
    text = t(
        "generated.why.otherwise",
        changes=accounts.quoted_changes(scene.setup, scene.turned, t),
        text=accounts.headline(scene.turned, t),
    )
    return t("generated.why.right", text=text)


def _believed(scene: Scene, other: Setup) -> Choice | None:
    """What becomes of the request in another network, told of this one's caller."""
    if not 1 <= len(changed(scene.setup, other)) <= MOST_CHANGES:
        return None
    here, there = request_of(scene.setup).source, request_of(other).source
    fate = fate_of(other)
    if here != there and not fate.is_delivered:
        return None  # what stops somebody else makes no sense here
    return Choice(
        id=_fate_id(fate),
        is_right=False,
        says=in_words(lambda t: accounts.outcome_and_reason(other, t).replace(there, here)),
        why=in_words(lambda t: would_be(scene, other, t)),
    )


def _fate_id(fate: Fate) -> str:
    """One id for networks that act alike, whatever the cause."""
    parts = (fate.verdict, fate.way) if fate.is_delivered else (fate.verdict, fate.blocked_at, fate.reason)
    return "-".join(map(str, parts)).lower().replace("_", "-")


def mends(scene: Scene, random: Random) -> list[Choice]:
    """The change that makes it succeed, among changes that do not."""
    return _changes(scene, random, _REPAIRS, keys=("mends", "no_use"), works=False)


def spoils(scene: Scene, random: Random) -> list[Choice]:
    """The change that makes it fail, among changes that do not."""
    return _changes(scene, random, _HARMLESS, keys=("spoils", "harmless"), works=True)


def _changes(
    scene: Scene, random: Random, tries: Sequence[Change], *, keys: tuple[str, str], works: bool
) -> list[Choice]:
    """Changes of which one alone has an effect; `works` tells whether the request succeeds without any."""
    mixed = list(tries)
    random.shuffle(mixed)
    right = _change(scene, scene.turned, f"generated.why.{keys[0]}", is_right=True)
    assert right is not None
    others = (
        _change(scene, other, f"generated.why.{keys[1]}", is_right=False)
        for other in _single(scene, (*scene.trap.tempts, *mixed))
        if fate_of(other).is_delivered is works
    )
    return _distinct(right, others)


def _single(scene: Scene, changes: Iterable[Change]) -> Iterator[Setup]:
    """Networks with one change that can be made and that is not the trap's."""
    cannot = why_not(scene.setup.choices)
    for name, text in changes:
        other = with_change(scene.setup, name, text)
        if name not in (*cannot, scene.trap.choice) and other is not scene.setup:
            yield other


def _change(scene: Scene, other: Setup, key: str, *, is_right: bool) -> Choice | None:
    """A change as a choice; None for one that brings others with it, since a person would make it alone."""
    made = changed(scene.setup, other)
    if len(made) != 1:
        return None
    name, text = made[0]
    return Choice(
        id=f"{name}-{text or 'none'}".replace("_", "-").replace("+", "-"),
        is_right=is_right,
        says=in_words(lambda t: accounts.change_words(scene.setup, other, t)[0]),
        why=in_words(lambda t: t(key, text=accounts.headline(other, t))),
    )


def _distinct(right: Choice, others: Iterable[Choice | None]) -> list[Choice]:
    """The right choice and the first others that differ from all before in id and in words."""
    found = [right]
    for other in others:
        if len(found) == MOST:
            break
        if other is not None and not any(_alike(other, one) for one in found):
            found.append(other)
    return found


def _alike(one: Choice, other: Choice) -> bool:
    assert one.says is not None and other.says is not None
    return one.id == other.id or any(one.says[language] == other.says[language] for language in one.says)
