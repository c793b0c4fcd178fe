"""Walks to draw, read from `walks.yaml` beside this file, and ways to look into a picture."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from vpclab.exchange.design_file import Case, read_cases
from vpclab.network import Design, Walk, walk
from vpclab.words import load_words

JA, EN = load_words("ja"), load_words("en")
LANGUAGES = (JA, EN)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def cases() -> dict[str, Case]:
    file = Path(__file__).with_name("walks.yaml")
    found = read_cases(file.read_bytes(), file.name).cases
    return {case.id: case for case in found if isinstance(case, Case)}


def walked(case_id: str) -> tuple[Design, Walk]:
    case = cases()[case_id]
    return case.design, walk(case.design, case.request)


def nat_design() -> Design:
    return cases()["ec2-over-nat-and-internet-gateway"].design


def without_nat(design: Design) -> Design:
    """The same VPC after NAT gateway, internet gateway and public subnet were taken out."""
    private = [table for table in design.route_tables if table.route_table_id == "rtb-private"]
    return replace(
        design,
        nat_gateways=(),
        internet_gateways=(),
        subnets=tuple(s for s in design.subnets if s.subnet_id == "subnet-private"),
        route_tables=tuple(replace(table, routes=table.routes[:1]) for table in private),
    )


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def cards(svg: str) -> dict[str, tuple[str, ...]]:
    """Place and size of each card by its id."""
    return {
        group.attrib["id"]: tuple(group.find(f"{SVG}rect").attrib[k] for k in ("x", "y", "width", "height"))
        for group in parsed(svg).iter(f"{SVG}g")
        if "node" in group.get("class", "").split()
    }


def classes(svg: str, element_id: str) -> set[str]:
    return next(set(e.get("class", "").split()) for e in parsed(svg).iter() if e.get("id") == element_id)
