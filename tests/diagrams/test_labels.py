"""Any text stays text, fits its box and keeps the picture well-formed."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diagrams import draw, export, theme
from diagrams.cards import HEAD_ROOM, LINE_ROOM
from diagrams.labels import clean, fit, width, wrap
from diagrams.render import _LOCK
from tests.diagrams.pictures import JA, LANGUAGES, SVG, cases, parsed, walked
from vpclab.network import Design, Walk, walk
from vpclab.words import Words

ODD = [
    "<b>bold</b>", '"quotes" \\N \\G \\', "a\nb\r\nc\td", "</svg><script>alert(1)</script>", "x" * 500,
    "\u202eevil\u2066", "مرحبا", "👩‍💻🚀", "\x00\x01\x1b", "\ud800", "\ufffe\uffff",
    "&amp;&#0;]]>", "", " ", "<>", "ロードバランサー" * 9,
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300), st.sampled_from([60.0, 93.0, 124.0]))
def test_any_text_fits_its_room(text: str, room: float) -> None:
    cut = fit(text, 11.5, room)

    assert width(cut, 11.5) <= room
    assert "\n" not in cut


@given(st.text(max_size=100))
def test_a_text_that_fits_is_kept_whole(text: str) -> None:
    assert fit(text, 1.0, 1000.0) == clean(text)


@pytest.mark.parametrize("text", ODD)
def test_cleaned_text_has_no_control_or_bidirectional_characters(text: str) -> None:
    assert not re.search(
        "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", clean(text)
    )


def renamed(text: str) -> tuple[Design, Walk]:
    """The NAT walk with `text` for every id that a card or frame shows."""
    case = cases()["ec2-over-nat-and-internet-gateway"]
    design = case.design
    vpc, subnet, nat, gateway, host = text + "v", text + "s", text + "n", text + "g", text + "w"
    tables = tuple(
        replace(
            table,
            vpc_id=vpc,
            route_table_id=text + table.route_table_id,
            subnet_ids=tuple(subnet if name == "subnet-private" else name for name in table.subnet_ids),
        )
        for table in design.route_tables
    )
    renamed_design = replace(
        design,
        vpcs=tuple(replace(one, vpc_id=vpc) for one in design.vpcs),
        subnets=tuple(
            replace(one, vpc_id=vpc, subnet_id=subnet if one.subnet_id == "subnet-private" else one.subnet_id)
            for one in design.subnets
        ),
        nat_gateways=tuple(replace(one, nat_gateway_id=nat) for one in design.nat_gateways),
        internet_gateways=tuple(
            replace(one, internet_gateway_id=gateway, vpc_id=vpc) for one in design.internet_gateways
        ),
        security_groups=tuple(replace(one, vpc_id=vpc) for one in design.security_groups),
        workloads=tuple(replace(one, id=host, subnet_id=subnet) for one in design.workloads),
        route_tables=tables,
    )
    return renamed_design, walk(renamed_design, replace(case.request, source=host))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
@example("</svg><script>alert(1)</script>")
@example("\x00\ud800\ufffe")
@example("\u202e<b>&\"'\\")
@example("x" * 500)
def test_any_id_leaves_the_picture_well_formed_and_makes_no_element(text: str) -> None:
    design, journey = renamed(text)
    plain, _ = walked("ec2-over-nat-and-internet-gateway")

    drawing = draw(design, journey, JA)

    tags = {e.tag for e in parsed(drawing.svg).iter()}
    assert f"{SVG}script" not in tags
    assert {e.tag.removeprefix(SVG) for e in parsed(drawing.svg).iter()} <= {
        "svg", "title", "desc", "g", "rect", "path", "circle", "text", "tspan",
    }  # fmt: skip
    drawing.svg.encode("utf-8")
    export(design, journey, JA, "dot").text.encode("utf-8")
    assert plain.region in drawing.svg


@pytest.mark.parametrize("text", ODD)
def test_any_id_leaves_the_dot_source_readable(text: str) -> None:
    import pygraphviz

    design, journey = renamed(text)
    dot = export(design, journey, JA, "dot").text

    with _LOCK:
        graph = pygraphviz.AGraph(string=dot)
        names = {str(node) for node in graph.nodes()}
        graph.close()
    assert "node-service" in names
    assert all(re.fullmatch("(node|hold)-[a-z0-9-]+", name) for name in names)


@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)
def test_what_a_card_is_fits_its_box_without_being_cut(t: Words) -> None:
    roles = {key: text for key, text in t.texts.items() if key.startswith("diagram.role.")}

    assert roles
    for text in roles.values():
        assert "…" not in "".join(wrap(text, theme.KIND_SIZE, HEAD_ROOM)), text


@pytest.mark.parametrize("case_id", sorted(cases()))
def test_every_line_of_text_on_a_card_stays_inside_it(case_id: str) -> None:
    design, journey = walked(case_id)
    sizes = {"kind": theme.KIND_SIZE, "name": theme.NAME_SIZE, "fact": theme.FACT_SIZE}

    for group in parsed(draw(design, journey, JA).svg).iter(f"{SVG}g"):
        if "node" not in group.get("class", "").split():
            continue
        box = group.find(f"{SVG}rect")
        left, top = float(box.get("x")), float(box.get("y"))
        for text in group.findall(f"{SVG}text"):
            end = float(text.get("x")) + width(text.text, sizes[text.get("class")])
            assert end <= left + float(box.get("width")) - 2
            assert top + 8 <= float(text.get("y")) <= top + float(box.get("height")) - 3


def test_room_for_a_line_is_less_than_the_card() -> None:
    assert HEAD_ROOM < LINE_ROOM < 140
