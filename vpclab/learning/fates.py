"""What becomes of the request of a setup, short enough to compare: two networks with one fate act alike."""

from dataclasses import dataclass
from functools import lru_cache

from vpclab.learning.networks import outcome
from vpclab.learning.questions import Guess
from vpclab.network import Walk
from vpclab.network.vocabulary import Kind, Leg, Reason, Verdict
from vpclab.sandbox.choice_texts import from_texts
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.offers import effective
from vpclab.sandbox.setup import Setup, walk_of
from vpclab.sandbox.shown import way_of

START = "s3-over-nat"
"""The example whose choices are the sandbox's defaults: what a network made from choices alone comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """The verdict, the way of a request that is answered, and what stops one that is not, with its cause."""

    verdict: Verdict
    way: str
    blocked_at: Kind | None
    reason: Reason | None
    leg: Leg | None
    cause: str | None

    @property
    def is_delivered(self) -> bool:
        """Whether the request is answered."""
        return self.verdict is Verdict.DELIVERED


@lru_cache(maxsize=2048)
def walked(setup: Setup) -> Walk:
    """The walk of a setup; kept, since a search walks the same networks again."""
    return walk_of(setup)


def fate_of(setup: Setup) -> Fate:
    """What becomes of the request of a setup."""
    walk = walked(setup)
    told = walk.told
    return Fate(
        verdict=walk.verdict,
        way=way_of(walk),
        blocked_at=told.blocked_at,
        reason=told.reason,
        leg=told.leg,
        cause=told.root_cause if not walk.reachable else None,
    )


def outcome_of(setup: Setup, guess: Guess) -> str:
    """What came of a setup, in the terms of a guess."""
    return outcome(guess, walked(setup))


def setup_from(choices: Choices) -> Setup:
    """Choices as a setup; those that cannot be made stand at their defaults."""
    return Setup(start=START, choices=effective(choices))


def with_change(setup: Setup, name: str, text: str) -> Setup:
    """The setup with one choice made otherwise; itself where that makes no other network."""
    changed = effective(from_texts({name: text}, setup.choices))
    return setup if changed == effective(setup.choices) else Setup(start=setup.start, choices=changed)
