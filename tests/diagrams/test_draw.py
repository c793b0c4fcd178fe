"""What a picture shows of a walk."""

import re
from typing import Literal
from xml.etree import ElementTree as ET

import pytest

from diagrams import draw, export, standalone
from tests.diagrams.pictures import EN, JA, LANGUAGES, SVG, cards, cases, classes, parsed, walked
from vpclab.network import Leg
from vpclab.words import Words

NAT = "ec2-over-nat-and-internet-gateway"


@pytest.fixture(params=sorted(cases()))
def case_id(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)
@pytest.mark.parametrize("leg", Leg)
def test_every_walk_is_drawn_as_an_accessible_picture_without_foreign_parts(
    case_id: str, t: Words, leg: Leg
) -> None:
    design, journey = walked(case_id)

    drawing = draw(design, journey, t, leg=leg)

    root = parsed(drawing.svg)
    assert (root.get("role"), root.get("lang")) == ("img", t.language)
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == drawing.title
    assert root[1].text == drawing.description
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg", "title", "desc", "g", "rect", "path", "circle", "text", "tspan",
    }  # fmt: skip
    names = {name for e in root.iter() for name in e.attrib}
    assert not {n for n in names if n == "style" or "href" in n or n.startswith("on")}
    assert len(drawing.svg) < 30_000


def test_ids_are_unique_and_never_the_learners_own_text(case_id: str) -> None:
    design, journey = walked(case_id)

    ids = [e.get("id") for e in parsed(draw(design, journey, EN).svg).iter() if e.get("id")]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", one) for one in ids)
    assert not any(workload.id in one for workload in design.workloads for one in ids)


def test_every_hop_and_path_step_finds_its_elements(case_id: str) -> None:
    design, journey = walked(case_id)
    told = journey.told

    drawing = draw(design, journey, JA)

    ids = {e.get("id") for e in parsed(drawing.svg).iter()}
    assert len(drawing.hop_ids) == len(drawing.hop_numbers) == len(told.hops)
    assert len(drawing.path_ids) == len(told.path)
    assert all(drawing.hop_ids)
    assert all(drawing.path_ids)
    assert {one for group in (*drawing.hop_ids, *drawing.path_ids) for one in group} <= ids


@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)
def test_every_hop_is_told_in_a_sentence_that_says_where_the_request_stopped(case_id: str, t: Words) -> None:
    design, journey = walked(case_id)

    drawing = draw(design, journey, t)

    hops = journey.told.hops
    passed, stopped = (
        [label for label, hop in zip(drawing.hop_labels, hops, strict=True) if hop.passed is outcome]
        for outcome in (True, False)
    )
    word = t("player.hop.stopped", kind="", sentence="").strip(" :,、")
    assert all(t(f"walk.kind.{hop.kind}") in drawing.hop_labels[n] for n, hop in enumerate(hops))
    assert all(word in label for label in stopped)
    assert not any(word in label for label in passed)


def test_cards_with_hops_can_be_reached_by_tab_and_name_their_hops() -> None:
    design, journey = walked(NAT)

    drawing = draw(design, journey, EN)

    reachable = {
        e.get("id"): e.get("data-hop") for e in parsed(drawing.svg).iter() if e.get("tabindex") == "0"
    }
    assert set(reachable) == {one for group in drawing.hop_ids for one in group}
    assert reachable[drawing.hop_ids[0][0]].split()[0] == "0"


def test_the_walk_is_thick_and_numbered_from_the_caller_to_the_service() -> None:
    design, journey = walked(NAT)

    root = parsed(draw(design, journey, EN).svg)

    thick = [
        e.get("id")
        for e in root.iter(f"{SVG}g")
        if "walk" in e.get("class", "").split() and "edge" in e.get("class")
    ]
    badges = [e for e in root.iter(f"{SVG}g") if e.get("class") == "badge"]
    assert thick == [f"edge-{n}" for n in range(1, 6)]
    assert [b.find(f"{SVG}text").text for b in badges] == list("123456")
    assert [b.get("data-node") for b in badges][-1] == "node-service"


def test_the_internet_is_a_place_of_its_own_that_the_nat_path_does_not_pass() -> None:
    design, journey = walked(NAT)

    drawing = draw(design, journey, EN)

    assert "walk" not in classes(drawing.svg, "node-internet")
    assert "walk" in classes(drawing.svg, "node-v1-igw")


def test_the_internet_is_passed_by_a_sites_own_line() -> None:
    design, journey = walked("own-internet-line-of-the-site")

    drawing = draw(design, journey, EN)

    assert "walk" in classes(drawing.svg, "node-internet")


def test_a_gateway_endpoint_of_this_region_has_no_line_to_a_service_abroad() -> None:
    design, journey = walked("bucket-abroad-leaves-by-nat")

    drawing = draw(design, journey, EN)

    assert '"node-v1-gwe" -> "node-service"' not in export(design, journey, EN, "dot").text
    assert "frame-abroad" in drawing.svg


@pytest.mark.parametrize(
    ("case_id", "card", "words"),
    [
        ("lambda-in-a-public-subnet", "node-v1-igw", "No public IP"),
        ("keyspaces-needs-9142", "node-v1-a1-in2-eni1", "No security group rule"),
        ("source-group-without-prefix-list", "node-v1-a1-in1-w1", "No security group rule"),
        ("data-perimeter-refuses-a-foreign-bucket", "node-v1-gwe", "Endpoint policy denies"),
        ("dns-support-is-off", "node-v1-a1-in1-w1", "VPC DNS is off"),
        ("acl-of-the-nat-subnet-refuses", "node-v1-a1-out1-nat", "Network ACL denies"),
        ("group-reference-over-a-transit-gateway", "node-v2-a1-in1-eni1", "No security group rule"),
    ],
)
def test_a_stop_is_a_cross_at_the_card_that_decided_with_its_reason(
    case_id: str, card: str, words: str
) -> None:
    design, journey = walked(case_id)

    drawing = draw(design, journey, EN)

    root = parsed(drawing.svg)
    crosses = [e for e in root.iter(f"{SVG}g") if e.get("class") == "cross"]
    reasons = [e for e in root.iter(f"{SVG}g") if e.get("class") == "reason"]
    assert drawing.blocked_id == card
    assert [e.get("data-node") for e in crosses] == [card]
    assert reasons[0].find(f"{SVG}text").text == words
    assert "blocked" in classes(drawing.svg, card)


def test_beyond_the_cross_nothing_is_thick() -> None:
    design, journey = walked("lambda-in-a-public-subnet")

    drawing = draw(design, journey, EN)

    assert "walk" not in classes(drawing.svg, "node-service")
    assert drawing.svg.count('class="edge walk"') == 2


def test_a_packet_refused_at_the_door_leaves_a_stopped_stretch() -> None:
    design, journey = walked("acl-of-the-nat-subnet-refuses")

    drawing = draw(design, journey, EN)

    assert classes(drawing.svg, "edge-2") == {"edge", "walk", "stopped"}


def test_the_return_leg_runs_from_the_service_to_where_the_answer_was_stopped() -> None:
    design, journey = walked("answer-stopped-by-the-callers-acl")

    drawing = draw(design, journey, JA, leg=Leg.RETURN)

    assert classes(drawing.svg, "edge-1") == {"edge", "walk", "back"}
    assert classes(drawing.svg, "edge-3") == {"edge", "walk", "stopped", "back"}
    assert drawing.blocked_id == "node-v1-a1-in1-w1"
    assert "戻り: " in drawing.svg


def test_a_request_that_never_arrived_has_no_return_leg() -> None:
    design, journey = walked("lambda-in-a-public-subnet")

    assert "back" not in draw(design, journey, JA, leg=Leg.RETURN).svg.replace("background", "")


def test_a_design_is_drawn_without_a_walk() -> None:
    design, _ = walked(NAT)

    drawing = draw(design, None, JA)

    assert 'class="edge walk' not in drawing.svg
    assert drawing.hop_ids == drawing.path_ids == ()
    assert "node-v1-a1-out1-nat" in cards(drawing.svg)


def test_the_same_walk_gives_the_same_picture() -> None:
    design, journey = walked(NAT)

    assert draw(design, journey, JA) == draw(design, journey, JA)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_standalone_picture_carries_its_stylesheet(look: Literal["light", "dark"]) -> None:
    design, journey = walked(NAT)

    root = parsed(standalone(draw(design, journey, JA), look))

    assert ".walk-picture" in root.find(f"{SVG}style").text
    assert root.get("width")
    assert isinstance(root, ET.Element)
