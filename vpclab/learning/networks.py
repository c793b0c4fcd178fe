"""The networks of content: an example with choices on top, and what its walk comes to."""

from collections.abc import Mapping

from vpclab.learning.questions import Guess, Network
from vpclab.network import Walk
from vpclab.network.vocabulary import Kind, Verdict
from vpclab.sandbox.setup import Setup
from vpclab.sandbox.shown import INSIDE, NO_ARRIVAL, WAYS, setup_of, way_of

GUESSES: Mapping[Guess, tuple[str, ...]] = {
    Guess.OUTCOME: tuple(verdict.lower() for verdict in Verdict),
    Guess.WAY: (*map(str, WAYS), INSIDE, NO_ARRIVAL),
    Guess.STOP: tuple(map(str, Kind)),
}
"""What can be guessed of a network."""


def network_setup(network: Network) -> Setup:
    """The setup of a network of the Library, whose examples all exist."""
    setup = setup_of(network.start, network.choices)
    assert setup is not None
    return setup


def outcome(guess: Guess, walked: Walk) -> str:
    """What came of a walk, in the terms of a guess; nothing stops a request that is answered."""
    if guess is Guess.STOP:
        return str(walked.told.blocked_at) if walked.told.blocked_at is not None else ""
    return way_of(walked) if guess is Guess.WAY else walked.verdict.lower()


def hop_order(walked: Walk) -> tuple[str, ...]:
    """The kinds of components on the way there, in the order in which each first decides or carries."""
    return tuple(dict.fromkeys(str(hop.kind) for hop in walked.told.forward_hops))
