"""Traps: one decisive choice in a network that otherwise looks as any, drawn from a seed.

A trap follows something that people believe. `scene_of` draws a network for it: the trap's own choices, then
noise, which is other choices that are not as usual and decide nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from vpclab.learning.counterexample import Change
from vpclab.learning.fates import Fate, fate_of, setup_from, walked, with_change
from vpclab.sandbox.choice_texts import from_texts, to_texts
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.offers import why_not
from vpclab.sandbox.setup import Setup

MOST_NOISE = 4
"""So many choices without effect stand in a network at most: a person has to read them all."""

_MOST_TRIES = 7
_NOISE: tuple[Change, ...] = (
    ("zones", "2"),
    ("zones", "3"),
    ("way_out", "none"),
    ("way_out", "igw"),
    ("way_out", "nat"),
    ("way_out", "nat-per-zone"),
    ("gateway_endpoint", "yes"),
    ("interface_endpoint", "yes"),
    ("gateway_tables", "app-a+app-c+app-d"),
    ("gateway_tables", "app-a"),
    ("interface_zones", "a"),
    ("interface_zones", "a+c"),
    ("endpoint_group", "private"),
    ("caller_group", "https"),
    ("caller_group", "vpc"),
    ("caller_group", "prefix-lists"),
    ("network_acl", "https"),
    ("public_access_block", "bidirectional"),
    ("public_access_block", "ingress"),
    ("endpoint_policy", "one-resource"),
    ("bucket_policy", "source-vpce"),
    ("bucket_policy", "source-vpc"),
    ("dns_hostnames", "no"),
    ("dns_server", "forwarding"),
    ("hosted_zone", "own"),
    ("inbound_resolver", "yes"),
)
_HARD, _VERY_HARD = 7, 10
"""From so many deciding components and choices without effect on, a question is of difficulty 2, and 3."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trap:
    """One decisive choice, and what people believe of it.

    `stands` are values of `choice` with which the trap stands; with `turned` something else becomes of the
    request. `scene` are the other choices that belong to it, each with the values that may be drawn.
    `believed` are changes that make the network as people take it to be, `tempts` changes that they expect
    to do something about the outcome. A trap whose choice is who asks is not mended by it.
    """

    id: str
    chapter: str
    section: str
    facts: tuple[str, ...]
    misconception: str | None = None
    choice: str
    stands: tuple[str, ...]
    turned: str
    scene: Mapping[str, tuple[str, ...]]
    believed: tuple[Change, ...] = ()
    tempts: tuple[Change, ...] = ()
    mends: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A network with a trap: as it stands, and with the trap's choice turned; `noise` decides nothing."""

    trap: Trap
    setup: Setup
    turned: Setup
    noise: tuple[str, ...]

    @property
    def difficulty(self) -> int:
        """From 1 to 3: how many components have a say, and how many choices are there to be seen through."""
        deciding = {hop.kind for hop in walked(self.setup).told.hops}
        known = len(deciding) + 2 * len(self.noise)
        return 1 if known < _HARD else 2 if known < _VERY_HARD else 3


@lru_cache(maxsize=256)
def scene_of(trap: Trap, seed: int) -> Scene:
    """The network that a seed draws for a trap."""
    random = Random(f"{trap.id}/{seed}")  # noqa: S311 - a network to learn from, no secret
    texts = {name: random.choice(values) for name, values in trap.scene.items()}
    texts[trap.choice] = random.choice(trap.stands)
    scene = _Draft(trap, setup_from(from_texts(texts)))
    candidates = [change for change in _NOISE if change[0] not in texts]
    random.shuffle(candidates)
    wanted = random.randint(0, MOST_NOISE)
    for change in candidates[:_MOST_TRIES]:
        if len(scene.noise()) >= wanted:
            break
        scene.add(change)
    return scene.settled()


class _Draft:
    """A scene in the making."""

    def __init__(self, trap: Trap, setup: Setup) -> None:
        self.trap = trap
        self.own = (*trap.scene, trap.choice)
        self.start = self.setup = setup
        self.fates = self.fates_of(setup)

    def fates_of(self, setup: Setup) -> tuple[Fate, Fate]:
        return fate_of(setup), fate_of(self.turned(setup))

    def turned(self, setup: Setup) -> Setup:
        return with_change(setup, self.trap.choice, self.trap.turned)

    def noise(self) -> tuple[str, ...]:
        """The choices that are not as usual and do not belong to the trap."""
        texts, usual = to_texts(self.setup.choices), to_texts(Choices())
        cannot = why_not(self.setup.choices)
        return tuple(
            name
            for name in texts
            if texts[name] != usual[name] and name not in self.own and name not in cannot
        )

    def add(self, change: Change) -> None:
        """Make a choice otherwise, if that decides nothing."""
        after = with_change(self.setup, *change)
        if after is not self.setup and self.fates_of(after) == self.fates:
            self.setup = after

    def settled(self) -> Scene:
        """The scene; without any noise where some of it came to decide because of what was added later."""
        usual = to_texts(Choices())
        back = (with_change(self.setup, name, usual[name]) for name in self.noise())
        if any(self.fates_of(without) != self.fates for without in back):
            self.setup = self.start
        return Scene(trap=self.trap, setup=self.setup, turned=self.turned(self.setup), noise=self.noise())
