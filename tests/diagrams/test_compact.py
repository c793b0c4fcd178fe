"""A compact picture shows one walk, small enough for two side by side."""

import re

import pytest

from diagrams import Drawing, draw, theme
from diagrams.labels import width
from tests.diagrams.pictures import EN, JA, LANGUAGES, SVG, cards, cases, classes, parsed, walked
from vpclab.network import Leg, walk
from vpclab.presets import load_presets
from vpclab.sandbox import ask, build
from vpclab.words import Words

NAT, GATEWAY = "s3-over-nat", "s3-over-gateway-endpoint"
CALLER, SERVICE = "node-v1-a1-in1-w1", "node-service"
languages = pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)
presets = pytest.mark.parametrize("preset", [NAT, GATEWAY])
every_case = pytest.mark.parametrize("case_id", sorted(cases()))


def of_preset(preset_id: str, t: Words, *, leg: Leg = Leg.FORWARD) -> Drawing:
    choices = next(preset.choices for preset in load_presets() if preset.id == preset_id)
    design = build(choices)
    return draw(design, walk(design, ask(choices)), t, leg=leg, compact=True)


def of_case(case_id: str, t: Words = JA, *, leg: Leg = Leg.FORWARD) -> Drawing:
    return draw(*walked(case_id), t, leg=leg, compact=True)


def routes(svg: str) -> list[str | None]:
    return [text.text for text in parsed(svg).iter(f"{SVG}text") if text.get("class") == theme.ROUTE]


def frames(svg: str) -> dict[str, tuple[float, ...]]:
    return {
        group.attrib["id"]: tuple(float(group[0].attrib[k]) for k in ("x", "y", "width", "height"))
        for group in parsed(svg).iter(f"{SVG}g")
        if "frame" in group.get("class", "").split()
    }


@languages
@presets
def test_two_pictures_fit_side_by_side_on_a_page(preset: str, t: Words) -> None:
    drawing = of_preset(preset, t)

    assert drawing.width <= 560
    assert drawing.height <= 300


@languages
def test_caller_and_service_region_and_vpc_stand_at_the_same_places_on_both_roads(t: Words) -> None:
    nat, gateway = of_preset(NAT, t), of_preset(GATEWAY, t)

    assert (nat.width, nat.height) == (gateway.width, gateway.height)
    for card in (CALLER, SERVICE):
        assert cards(nat.svg)[card] == cards(gateway.svg)[card]
    for frame in ("frame-region", "frame-v1", "frame-v1-a1-in1"):
        assert frames(nat.svg)[frame] == frames(gateway.svg)[frame]


@pytest.mark.parametrize(
    ("preset", "between"),
    [(NAT, ["node-v1-a1-out1-nat", "node-v1-igw"]), (GATEWAY, ["node-v1-gwe"])],
)
def test_only_what_the_walk_passes_is_shown_and_numbered_in_its_order(
    preset: str, between: list[str]
) -> None:
    root = parsed(of_preset(preset, EN).svg)

    badges = [group for group in root.iter(f"{SVG}g") if group.get("class") == "badge"]
    passed = [CALLER, *between, SERVICE]
    assert set(cards(of_preset(preset, EN).svg)) == set(passed)
    assert [badge.get("data-node") for badge in badges] == passed
    assert [badge.find(f"{SVG}text").text for badge in badges] == list("1234")[: len(passed)]


@every_case
@pytest.mark.parametrize("leg", Leg)
def test_no_ghost_no_unused_line_no_zone_and_no_route_table_is_drawn(case_id: str, leg: Leg) -> None:
    svg = of_case(case_id, leg=leg).svg

    found = {one for e in parsed(svg).iter() for one in e.get("class", "").split()}
    assert found.isdisjoint({"ghost", "unused", "zone", "route-table"})


@pytest.mark.parametrize(("preset", "destination"), [(NAT, "0.0.0.0/0"), (GATEWAY, "pl-s3")])
def test_the_route_that_decides_is_written_on_the_line_that_leaves_the_caller(
    preset: str, destination: str
) -> None:
    assert routes(of_preset(preset, JA).svg) == [destination]
    assert routes(of_preset(preset, JA, leg=Leg.RETURN).svg) == []


@every_case
@pytest.mark.parametrize("leg", Leg)
def test_every_hop_and_path_step_finds_its_elements(case_id: str, leg: Leg) -> None:
    _, journey = walked(case_id)

    drawing = of_case(case_id, leg=leg)

    ids = [e.get("id") for e in parsed(drawing.svg).iter() if e.get("id")]
    assert len(drawing.hop_ids) == len(journey.told.hops)
    assert all(drawing.hop_ids)
    assert all(drawing.path_ids)
    assert {one for group in (*drawing.hop_ids, *drawing.path_ids) for one in group} <= set(ids)
    assert len(ids) == len(set(ids))


@every_case
def test_the_cards_have_the_ids_and_words_of_the_large_picture(case_id: str) -> None:
    small, large = of_case(case_id), draw(*walked(case_id), JA)

    assert cards(small.svg).keys() <= cards(large.svg).keys()
    assert small.title == large.title


@pytest.mark.parametrize(
    ("case_id", "card", "words"),
    [
        ("acl-of-the-nat-subnet-refuses", "node-v1-a1-out1-nat", "Network ACL denies"),
        ("dns-support-is-off", CALLER, "VPC DNS is off"),
        ("source-group-without-prefix-list", CALLER, "No security group rule"),
        ("lambda-in-a-public-subnet", "node-v1-igw", "No public IP"),
        ("data-perimeter-refuses-a-foreign-bucket", "node-v1-gwe", "Endpoint policy denies"),
        ("group-reference-over-a-transit-gateway", "node-v2-a1-in1-eni1", "No security group rule"),
    ],
)
def test_a_stop_is_a_cross_and_a_reason_at_the_card_that_decided(case_id: str, card: str, words: str) -> None:
    drawing = of_case(case_id, EN)

    marks = [e for e in parsed(drawing.svg).iter(f"{SVG}g") if e.get("class") in ("cross", "reason")]
    assert drawing.blocked_id == card
    assert [e.get("data-node") for e in marks] == [card, card]
    assert words in [e.text for e in parsed(drawing.svg).iter(f"{SVG}text")]
    assert "blocked" in classes(drawing.svg, card)


def test_a_table_without_a_route_stops_the_walk_at_the_card_that_asked_it() -> None:
    drawing = of_preset("ecr-without-s3", EN)

    assert drawing.blocked_id == CALLER
    assert "No route" in drawing.svg
    assert (drawing.width, drawing.height) == (of_preset(NAT, EN).width, of_preset(NAT, EN).height)


def test_the_answer_takes_the_same_lines_back() -> None:
    there, back = of_preset(NAT, EN), of_preset(NAT, EN, leg=Leg.RETURN)

    assert cards(there.svg) == cards(back.svg)
    assert classes(back.svg, "edge-1") == {"edge", "walk", "back"}
    assert classes(back.svg, "edge-3") == {"edge", "walk", "back"}


@every_case
def test_cards_and_frames_stay_inside_the_picture_and_cards_apart(case_id: str) -> None:
    drawing = of_case(case_id)
    boxes = [tuple(map(float, box)) for box in cards(drawing.svg).values()]

    for x, y, wide, high in [*boxes, *frames(drawing.svg).values()]:
        assert min(x, y) >= 0
        assert x + wide <= drawing.width
        assert y + high <= drawing.height
    for number, (x, y, wide, high) in enumerate(boxes):
        for other_x, other_y, _, _ in boxes[number + 1 :]:
            assert abs(x - other_x) >= wide or abs(y - other_y) >= high


@every_case
def test_frames_nest_or_stand_apart(case_id: str) -> None:
    boxes = list(frames(of_case(case_id).svg).values())

    for number, (x, y, wide, high) in enumerate(boxes):
        for other_x, other_y, other_wide, other_high in boxes[number + 1 :]:
            across = min(x + wide, other_x + other_wide) - max(x, other_x)
            along = min(y + high, other_y + other_high) - max(y, other_y)
            apart = across <= 0 or along <= 0
            assert apart or (across, along) == (other_wide, other_high)


@languages
@presets
def test_every_word_of_both_roads_is_shown_whole_in_every_language(preset: str, t: Words) -> None:
    root = parsed(of_preset(preset, t).svg)

    assert "…" not in "".join(text for e in root.iter() for text in (e.text or ""))


@every_case
@languages
def test_titles_stay_inside_their_frames(case_id: str, t: Words) -> None:
    svg = of_case(case_id, t).svg
    boxes = frames(svg)

    for group in parsed(svg).iter(f"{SVG}g"):
        if "title" in group.get("class", "").split():
            x, y, wide, high = boxes[group.attrib["id"].removesuffix("-title")]
            words = "".join(group.itertext())
            assert width(words, theme.TITLE_SIZE) <= wide - 12
            heights = [float(text.attrib["y"]) for text in group.iter(f"{SVG}text")]
            assert all(y + 8 < height < y + high for height in heights)
            assert x >= 0


@every_case
@languages
@pytest.mark.parametrize("leg", Leg)
def test_a_reason_stays_inside_the_picture_and_covers_no_title(case_id: str, t: Words, leg: Leg) -> None:
    drawing = of_case(case_id, t, leg=leg)
    root = parsed(drawing.svg)

    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "reason":
            continue
        x, y, wide, high = (float(group[0].attrib[k]) for k in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + wide <= drawing.width
        for title in root.iter(f"{SVG}g"):
            for text in title.findall(f"{SVG}text") if "title" in title.get("class", "").split() else ():
                beginning, line = float(text.attrib["x"]), float(text.attrib["y"])
                if text.get("text-anchor") == "end":
                    beginning -= width(text.text, theme.TITLE_SIZE)
                end = beginning + width("".join(text.itertext()), theme.TITLE_SIZE)
                assert end < x or beginning > x + wide or line < y or line - 9 > y + high


def test_a_design_without_a_walk_is_drawn_whole() -> None:
    design, _ = walked("two-zones-one-nat")

    assert draw(design, None, JA, compact=True) == draw(design, None, JA)


def test_ids_never_hold_the_learners_own_text() -> None:
    ids = [e.get("id") for e in parsed(of_preset(NAT, JA).svg).iter() if e.get("id")]

    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", one) for one in ids)
    assert not any("i-app" in one for one in ids)
