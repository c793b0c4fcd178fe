"""How fast the engine walks, and what it takes of the memory."""

import resource
import statistics
import sys
import tracemalloc
from dataclasses import replace
from time import perf_counter

from scripts.bench_designs import hub_design, largest_case, one_vpc_design, send_message
from scripts.figures import ROUNDS, Figure, at_least, at_most, seconds_each
from vpclab.network import Design, Request, walk


def walks() -> list[Figure]:
    """Walks per second, and what size does to a walk."""
    case = largest_case()
    one_vpc, hub = one_vpc_design(), hub_design()
    request = send_message()
    for design in (one_vpc, hub):
        if not walk(design, request).reachable:
            raise SystemExit("bench: a generated design does not deliver")
    of_case, of_one_vpc, of_hub = seconds_each(
        lambda: walk(case.design, case.request),
        lambda: walk(one_vpc, request),
        lambda: walk(hub, request),
    )
    first_one_vpc, first_hub = first_walk_seconds(request, one_vpc, hub)
    size = f"{len(hub.vpcs)} VPCs, {len(hub.subnets):,} subnets, {len(hub.vpc_endpoints)} endpoints"
    return [
        Figure(name=f"walks, largest fixture ({case.id})", value=1 / of_case, unit="per s"),
        at_least("walks, one VPC", 1 / of_one_vpc, "per s", 5000),
        Figure(name=f"walks, hub of {size}", value=1 / of_hub, unit="per s"),
        at_most("hub walk : one-VPC walk, look-ups made", of_hub / of_one_vpc, "times", 3),
        Figure(name="first walk, one VPC", value=first_one_vpc * 1000, unit="ms"),
        Figure(name="first walk, hub", value=first_hub * 1000, unit="ms"),
        Figure(name="first hub walk : first one-VPC walk", value=first_hub / first_one_vpc, unit="times"),
    ]


def memory() -> list[Figure]:
    """What the hub takes: Python's own count for design, look-ups and walk, and the process as a whole."""
    tracemalloc.start()
    walk(hub_design(), send_message())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole_bytes = whole if sys.platform == "darwin" else whole * 1024
    return [
        Figure(name="hub: peak of design, look-ups and walk", value=peak / 2**20, unit="MiB"),
        Figure(name="this process: peak", value=whole_bytes / 2**20, unit="MiB"),
    ]


def first_walk_seconds(request: Request, *made: Design) -> list[float]:
    """Median seconds of the first walk through each design, with all look-ups made on the way."""
    taken: list[list[float]] = [[] for _ in made]
    for _ in range(ROUNDS):
        for design, times in zip(made, taken, strict=True):
            fresh = replace(design)
            start = perf_counter()
            walk(fresh, request)
            times.append(perf_counter() - start)
    return [statistics.median(times) for times in taken]
