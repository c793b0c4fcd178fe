"""How fast the engine walks and the pictures are drawn: `make bench`, or with `--json FILE` for a machine.

Every figure is the median of several rounds on one core. Where two things are compared, both are measured
in one run and round by round in turn, so that a busy machine slows them alike.
"""

import argparse
import json
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from vpclab.exchange.design_file import Case, read_cases  # noqa: E402 - the folder is known from here on
from vpclab.network import Call, Design, Request, walk  # noqa: E402 - same
from vpclab.network.connections import (  # noqa: E402 - same
    TransitGateway,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VpcAttachment,
)
from vpclab.network.endpoints import InterfaceEndpoint, NetworkInterface  # noqa: E402 - same
from vpclab.network.filter_rules import SecurityGroup, SecurityGroupRule  # noqa: E402 - same
from vpclab.network.name_servers import HostedZone, ZoneRecord  # noqa: E402 - same
from vpclab.network.resources import CidrRoute, RouteTable, Subnet, Vpc, Workload, WorkloadKind  # noqa: E402 - same

FIXTURE = ROOT / "tests" / "fixtures" / "walks.yaml"
REGION = "ap-northeast-1"
EVERYWHERE = IPv4Network("0.0.0.0/0")
HUB_VPCS, SUBNETS_OF_VPC, HUB_ENDPOINTS = 200, 10, 200
ROUNDS, BATCH_SECONDS = 15, 0.05


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table; `aim` says what we want it to be."""

    name: str
    value: float
    unit: str
    aim: str = ""
    met: bool | None = None


def main() -> None:
    """Measure all that can be measured here, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    asked = parser.parse_args()
    figures = [*walks(), *memory(), *drawings()]
    report(figures)
    if asked.json:
        told = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "figures": [asdict(figure) for figure in figures],
        }
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def report(figures: list[Figure]) -> None:
    """The figures as a table."""
    marks = {None: "", True: "met", False: "MISSED"}
    for figure in figures:
        value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:.2f}"
        print(f"{figure.name:58} {value:>10} {figure.unit:9} {figure.aim:12} {marks[figure.met]}".rstrip())


# --- measuring ---------------------------------------------------------------------------------------


def seconds_each(*jobs: Callable[[], object]) -> list[float]:
    """Median seconds of one call of each job: batches of every job in turn, round after round."""
    counts = [batch_size(job) for job in jobs]
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, count, times in zip(jobs, counts, taken, strict=True):
            start = perf_counter()
            for _ in range(count):
                job()
            times.append((perf_counter() - start) / count)
    return [statistics.median(times) for times in taken]


def batch_size(job: Callable[[], object]) -> int:
    """How many calls fill a batch; calling the job for this also fills what it keeps for later."""
    job()
    start = perf_counter()
    job()
    return max(1, round(BATCH_SECONDS / max(perf_counter() - start, 1e-7)))


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


# --- what is measured --------------------------------------------------------------------------------


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
        Figure(
            name="walks, one VPC",
            value=1 / of_one_vpc,
            unit="per s",
            aim=">= 5,000",
            met=1 / of_one_vpc >= 5000,
        ),
        Figure(name=f"walks, hub of {size}", value=1 / of_hub, unit="per s"),
        Figure(
            name="hub walk : one-VPC walk, look-ups made",
            value=of_hub / of_one_vpc,
            unit="times",
            aim="<= 3",
            met=of_hub / of_one_vpc <= 3,
        ),
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


def drawings() -> list[Figure]:
    """Pictures drawn in this process with nothing kept, and the `dot` program started for the same DOT."""
    from vpclab.sandbox import Choices, ask, build

    case, choices = largest_case(), Choices()
    return [
        *drawing("the sandbox's network", build(choices), ask(choices)),
        *drawing(case.id, case.design, case.request),
    ]


def drawing(name: str, design: Design, request: Request) -> list[Figure]:
    """One picture, and where the `dot` program is there its time as a ratio."""
    from diagrams import draw, labels, render  # here: Graphviz must not count as the engine's memory
    from vpclab.words import load_words

    words = load_words("en")
    journey = walk(design, request)
    dot = draw(design, journey, words).dot.encode()

    kept = [
        one for module in (labels, render) for one in vars(module).values() if hasattr(one, "cache_clear")
    ]

    def draw_anew() -> None:
        for one in kept:
            one.cache_clear()
        draw(design, journey, words)

    program = shutil.which("dot")
    if program is None:
        (inside,) = seconds_each(draw_anew)
        compared = []
    else:
        command = [program, "-Tsvg"]
        inside, outside = seconds_each(
            draw_anew, lambda: subprocess.run(command, input=dot, capture_output=True, check=True)
        )
        compared = [
            Figure(name="dot program, started for the same picture", value=outside * 1000, unit="ms"),
            Figure(name="dot program : draw", value=outside / inside, unit="times"),
        ]
    drawn = Figure(
        name=f"draw, nothing kept ({name})",
        value=inside * 1000,
        unit="ms",
        aim="<= 5",
        met=inside <= 0.005,
    )
    return [drawn, *compared]


# --- designs -----------------------------------------------------------------------------------------


def largest_case() -> Case:
    """The case of the fixture with the most components."""
    cases = [case for case in read_cases(FIXTURE.read_bytes(), FIXTURE.name).cases if isinstance(case, Case)]
    return max(cases, key=lambda case: components(case.design))


def components(design: Design) -> int:
    """How many components a design has in all its sections."""
    sections = (getattr(design, part.name) for part in fields(design))
    return sum(len(section) for section in sections if isinstance(section, tuple))


def send_message() -> Request:
    """A call to the first of the endpoint services."""
    call = Call(
        service="sqs",
        action="sqs:SendMessage",
        resource="*",
        host=f"sqs.{REGION}.amazonaws.com",
        public_dns_answer=IPv4Address("54.249.1.90"),
    )
    return Request(source="i-app", calls=(call,))


def one_vpc_design() -> Design:
    """A VPC with two subnets: the caller's, and that of an interface endpoint with private DNS."""
    return Design(
        region=REGION,
        vpcs=(vpc(0),),
        subnets=(subnet(0, 0), subnet(0, 1)),
        route_tables=(RouteTable(route_table_id="rtb-0", vpc_id="vpc-0", main=True),),
        vpc_endpoints=(endpoint("sqs", 0, private_dns=True),),
        security_groups=groups("vpc-0", "vpc-0"),
        workloads=(caller("subnet-0-0", "10.0.0.20"),),
    )


def hub_design() -> Design:
    """Spokes around a hub: every endpoint is in the hub, and has a hosted zone that all VPCs see."""
    vpcs = tuple(vpc(number) for number in range(HUB_VPCS))
    services = ["sqs", *(f"service-{number}" for number in range(1, HUB_ENDPOINTS))]
    zones = tuple(
        HostedZone(
            name=f"{service}.{REGION}.amazonaws.com",
            vpc_ids=tuple(one.vpc_id for one in vpcs),
            records=(ZoneRecord(name=f"{service}.{REGION}.amazonaws.com", target=f"vpce-{service}"),),
        )
        for service in services
    )
    last = HUB_VPCS - 1
    return Design(
        region=REGION,
        vpcs=vpcs,
        subnets=tuple(subnet(n, place) for n in range(HUB_VPCS) for place in range(SUBNETS_OF_VPC)),
        route_tables=tuple(transit_table(number) for number in range(HUB_VPCS)),
        vpc_endpoints=tuple(endpoint(service, n, private_dns=False) for n, service in enumerate(services)),
        security_groups=groups("vpc-0", f"vpc-{last}"),
        workloads=(caller(f"subnet-{last}-0", f"10.{last}.0.20"),),
        transit_gateways=(transit_gateway(),),
        hosted_zones=zones,
    )


def vpc(number: int) -> Vpc:
    """A VPC with a range of its own."""
    return Vpc(
        vpc_id=f"vpc-{number}", cidr_block=IPv4Network(f"10.{number}.0.0/16"), enable_dns_hostnames=True
    )


def subnet(vpc_number: int, place: int) -> Subnet:
    """One of a VPC's subnets, spread over two zones."""
    return Subnet(
        subnet_id=f"subnet-{vpc_number}-{place}",
        vpc_id=f"vpc-{vpc_number}",
        cidr_block=IPv4Network(f"10.{vpc_number}.{place}.0/24"),
        availability_zone=f"{REGION}{'ac'[place % 2]}",
    )


def endpoint(service: str, number: int, *, private_dns: bool) -> InterfaceEndpoint:
    """An interface endpoint in the hub with an address for each zone."""
    interfaces = tuple(
        NetworkInterface(
            subnet_id=f"subnet-0-{place}", private_ip_address=IPv4Address(f"10.0.{place}.{30 + number}")
        )
        for place in (0, 1)
    )
    return InterfaceEndpoint(
        vpc_endpoint_id=f"vpce-{service}",
        service_name=f"com.amazonaws.{REGION}.{service}",
        vpc_id="vpc-0",
        network_interfaces=interfaces[1:] if private_dns else interfaces,
        groups=("sg-endpoints",),
        private_dns_enabled=private_dns,
    )


def groups(hub: str, spoke: str) -> tuple[SecurityGroup, ...]:
    """The endpoints' group and the caller's."""
    rule = SecurityGroupRule(protocol="-1", cidr=EVERYWHERE)
    return (
        SecurityGroup(group_id="sg-endpoints", vpc_id=hub, ingress=(rule,)),
        SecurityGroup(group_id="sg-app", vpc_id=spoke, egress=(rule,)),
    )


def caller(subnet_id: str, address: str) -> Workload:
    """The instance that sends the request."""
    return Workload(
        id="i-app",
        kind=WorkloadKind.INSTANCE,
        subnet_id=subnet_id,
        private_ip_address=IPv4Address(address),
        groups=("sg-app",),
    )


def transit_table(number: int) -> RouteTable:
    """The main table of a VPC: everything private leads to the transit gateway."""
    away = CidrRoute(destination=IPv4Network("10.0.0.0/8"), target="tgw-core")
    return RouteTable(route_table_id=f"rtb-{number}", vpc_id=f"vpc-{number}", main=True, routes=(away,))


def transit_gateway() -> TransitGateway:
    """Attachments in two zones of every VPC; spokes know the hub, the hub knows every spoke."""
    attachments = tuple(
        VpcAttachment(
            attachment_id=f"attachment-{number}",
            vpc_id=f"vpc-{number}",
            subnet_ids=(f"subnet-{number}-0", f"subnet-{number}-1"),
        )
        for number in range(HUB_VPCS)
    )
    routes = tuple(
        TransitGatewayRoute(destination=IPv4Network(f"10.{number}.0.0/16"), target=f"attachment-{number}")
        for number in range(HUB_VPCS)
    )
    spokes = TransitGatewayRouteTable(
        route_table_id="tgw-rtb-spokes",
        associations=tuple(one.attachment_id for one in attachments[1:]),
        routes=routes[:1],
    )
    hub = TransitGatewayRouteTable(
        route_table_id="tgw-rtb-hub", associations=(attachments[0].attachment_id,), routes=routes[1:]
    )
    return TransitGateway(
        transit_gateway_id="tgw-core", vpc_attachments=attachments, route_tables=(spokes, hub)
    )


if __name__ == "__main__":
    main()
