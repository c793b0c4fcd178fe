"""The engine: designs, requests and the walk of one through the other.

Standard library only. `walk(design, request)` is the whole of it; the rest is what it reads and returns.
"""

from vpclab.network.design import Design
from vpclab.network.hops import CallWalk, Candidate, Hop, Walk
from vpclab.network.request import Call, Request
from vpclab.network.vocabulary import Kind, Leg, Reason, Stage, Symptom, Verdict
from vpclab.network.walk import walk

__all__ = [
    "Call",
    "CallWalk",
    "Candidate",
    "Design",
    "Hop",
    "Kind",
    "Leg",
    "Reason",
    "Request",
    "Stage",
    "Symptom",
    "Verdict",
    "Walk",
    "walk",
]
