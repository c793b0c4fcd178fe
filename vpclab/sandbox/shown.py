"""Networks that authors name: an example with choices on top, what its walk comes to, and by which way.

Talks, chapters and FAQ say what a network shows; the reader of each compares it with the walk.
"""

from collections.abc import Mapping

from vpclab.network import Kind, Walk
from vpclab.presets import load_presets
from vpclab.sandbox.choice_texts import from_texts
from vpclab.sandbox.setup import Setup

SUCCESS = "success"
"""What a network shows whose request is answered; every other one shows the code of its root cause."""

WAYS = (Kind.GATEWAY_ENDPOINT, Kind.INTERFACE_ENDPOINT, Kind.NAT_GATEWAY, Kind.INTERNET_GATEWAY)
INSIDE = "inside"
"""The way of a request that stays in the network."""
NO_ARRIVAL = "no-arrival"
"""The way of a request that is not answered."""


def setup_of(start: str, choices: Mapping[str, str]) -> Setup | None:
    """The example `start` with choices on top; None where there is no such example."""
    preset = next((preset for preset in load_presets() if preset.id == start), None)
    if preset is None:
        return None
    return Setup(start=preset.id, choices=from_texts(choices, preset.choices))


def shown_by(walked: Walk) -> str:
    """`success`, or the code of the root cause."""
    return SUCCESS if walked.reachable else str(walked.told.root_cause)


def way_of(walked: Walk) -> str:
    """Through what a request reached its service: the kind of the first way that it took."""
    if not walked.reachable:
        return NO_ARRIVAL
    passed = {step.kind for step in walked.told.path}
    return next((str(kind) for kind in WAYS if kind in passed), INSIDE)
