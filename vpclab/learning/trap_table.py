"""The traps, each after something that people believe of endpoints; `traps.py` draws networks for them."""

from collections.abc import Mapping
from types import MappingProxyType

from vpclab.learning.trap_filters import FILTERS
from vpclab.learning.trap_names import NAMES
from vpclab.learning.trap_policies import POLICIES
from vpclab.learning.trap_routes import ROUTES
from vpclab.learning.traps import Trap

TRAPS: Mapping[str, Trap] = MappingProxyType(
    {trap.id: trap for trap in (*NAMES, *FILTERS, *ROUTES, *POLICIES)}
)
"""Every trap by its id, which is permanent: learners' progress hangs on it."""


def traps_of_fact(fact: str) -> tuple[str, ...]:
    """The traps of which this is a fact that one has to know."""
    return tuple(trap.id for trap in TRAPS.values() if fact in trap.facts)
