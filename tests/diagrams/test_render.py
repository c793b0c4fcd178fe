"""Graphviz in this process: many threads, any fonts, large networks."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from diagrams import draw, render
from tests.diagrams.pictures import EN, JA, cards, cases, nat_design, walked
from vpclab.network import Design, walk
from vpclab.network.connections import TransitGateway, VpcAttachment
from vpclab.network.endpoints import InterfaceEndpoint, NetworkInterface
from vpclab.network.resources import Subnet, Vpc, Workload, WorkloadKind

FIRST = IPv4Address("10.20.10.30")
ROOT = Path(__file__).parents[2]


def designs(count: int) -> Iterator[Design]:
    """Designs whose pictures differ in layout and words."""
    base = nat_design()
    for number in range(count):
        workloads = tuple(
            replace(
                base.workloads[0], id=f"i-{number}-{n}", private_ip_address=IPv4Address("10.20.10.30") + n
            )
            for n in range(number % 3)
        )
        nats = base.nat_gateways if number % 2 else ()
        yield replace(base, workloads=(*base.workloads, *workloads), nat_gateways=nats)


def test_sixteen_threads_draw_two_hundred_designs_as_one_thread_does() -> None:
    request = cases()["ec2-over-nat-and-internet-gateway"].request
    journeys = [(design, walk(design, request)) for design in designs(200)]
    render.ways.cache_clear()
    alone = [draw(design, journey, JA) for design, journey in journeys]
    render.ways.cache_clear()

    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda pair: draw(*pair, JA), journeys))

    assert together == alone


PROBE = """
import json, sys
from diagrams import draw
from tests.diagrams.pictures import JA, cases, walked
print(json.dumps({name: draw(*walked(name), JA).svg for name in sorted(cases())}))
"""


def test_a_server_without_any_font_draws_the_same_picture(tmp_path: Path) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')

    probe = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=ROOT,
        env={"FONTCONFIG_FILE": str(empty), "PATH": "", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        check=True,
    )

    here = {name: draw(*walked(name), JA).svg for name in sorted(cases())}
    assert json.loads(probe.stdout) == here


def hub(count: int) -> Design:
    """A hub with an endpoint, and `count` spokes of ten subnets on one transit gateway."""
    vpcs, subnets = [], []
    for number in range(count):
        base = int(IPv4Address("10.0.0.0")) + number * 65536
        vpcs.append(
            Vpc(vpc_id=f"vpc-{number}", cidr_block=IPv4Network((base, 16)), enable_dns_hostnames=True)
        )
        subnets += [
            Subnet(
                subnet_id=f"subnet-{number}-{n}",
                vpc_id=f"vpc-{number}",
                cidr_block=IPv4Network((base + n * 256, 24)),
                availability_zone=f"ap-northeast-1{'acd'[n % 3]}",
            )
            for n in range(10)
        ]
    endpoints = tuple(
        InterfaceEndpoint(
            vpc_endpoint_id=f"vpce-{number}",
            service_name="com.amazonaws.ap-northeast-1.s3",
            vpc_id=f"vpc-{number}",
            network_interfaces=tuple(
                NetworkInterface(
                    subnet_id=f"subnet-{number}-{n}",
                    private_ip_address=subnets[number * 10 + n].cidr_block[9],
                )
                for n in range(10)
            ),
        )
        for number in range(0, count, 2)
    )
    return Design(
        region="ap-northeast-1",
        vpcs=tuple(vpcs),
        subnets=tuple(subnets),
        vpc_endpoints=endpoints,
        transit_gateways=(
            TransitGateway(
                transit_gateway_id="tgw-core",
                vpc_attachments=tuple(
                    VpcAttachment(attachment_id=f"a-{n}", vpc_id=f"vpc-{n}", subnet_ids=(f"subnet-{n}-0",))
                    for n in range(count)
                ),
            ),
        ),
        workloads=tuple(
            Workload(
                id=f"i-{number}-{n}",
                kind=WorkloadKind.INSTANCE,
                subnet_id=f"subnet-{number}-1",
                private_ip_address=subnets[number * 10 + 1].cidr_block[20 + n],
            )
            for number in range(count)
            for n in range(20)
        ),
    )


def test_a_large_network_is_cut_to_what_the_call_can_meet() -> None:
    design = hub(200)
    request = replace(cases()["ec2-over-nat-and-internet-gateway"].request, source="i-7-15")

    drawing = draw(design, walk(design, request), EN)

    assert len(cards(drawing.svg)) <= 60
    assert "more VPCs: 197" in drawing.svg
    assert "i-7-15" in drawing.svg
    assert len(drawing.svg) < 150_000


def test_the_cache_of_ways_is_bounded() -> None:
    assert render.ways.cache_info().maxsize is not None


def test_the_interface_that_the_walk_reaches_is_never_cut() -> None:
    design = hub(3)
    interfaces = design.interface_endpoints[0].network_interfaces
    case = cases()["ec2-over-nat-and-internet-gateway"]
    for interface in interfaces:
        call = replace(case.request.calls[0], public_dns_answer=interface.private_ip_address)
        request = replace(case.request, source="i-0-0", calls=(call,))

        drawing = draw(design, walk(design, request), EN)

        assert str(interface.private_ip_address) in drawing.svg
