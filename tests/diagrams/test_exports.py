"""A picture can be kept as SVG, draw.io, Mermaid or DOT, and what a person typed stays text in each."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from diagrams import Look, draw, export
from diagrams.mermaid import escaped
from diagrams.picture import Picture, compose
from diagrams.places import CARD_HEIGHT, CARD_WIDTH
from tests import designs
from tests.diagrams.pictures import EN, JA, cases, walked
from vpclab.network import Leg, walk
from vpclab.presets import Preset, load_presets
from vpclab.sandbox import ask, build
from vpclab.words import languages, load_words

HOSTILE = '"]; end <script>`x` #35; %%{init: {}}%%\nclick a'
PRESETS = load_presets()
LANGUAGES = languages()


def cells(text: str) -> dict[str, ET.Element]:
    root = ET.fromstring(text)  # noqa: S314 - our own output
    return {cell.get("id", ""): cell for cell in root.iter("mxCell")}


def place(found: dict[str, ET.Element], name: str) -> tuple[float, float]:
    """Where a cell stands in the whole picture: draw.io counts from the parent's corner."""
    geometry = found[name].find("mxGeometry")
    if geometry is None:
        return 0.0, 0.0
    x, y = place(found, found[name].get("parent", ""))
    return x + float(geometry.get("x", "0")), y + float(geometry.get("y", "0"))


def pictured(case_id: str) -> tuple[Picture, dict[str, ET.Element]]:
    design, journey = walked(case_id)
    return compose(design, journey, EN), cells(export(design, journey, EN, "drawio").text)


@pytest.mark.parametrize("case_id", sorted(cases()))
def test_every_card_and_frame_stands_in_drawio_where_the_picture_has_it(case_id: str) -> None:
    picture, found = pictured(case_id)

    for spot in picture.places.spots:
        expected = spot.x - CARD_WIDTH / 2, spot.y - CARD_HEIGHT / 2
        assert place(found, spot.id) == pytest.approx(expected, abs=0.1)
        assert found[spot.id].get("parent") == (picture.places.frame_around(spot) or "1")
    for frame in picture.places.frames:
        assert place(found, frame.id) == pytest.approx((frame.x, frame.y), abs=0.1)
        assert found[frame.id].get("parent") == (frame.inside or "1")


@pytest.mark.parametrize("case_id", sorted(cases()))
def test_every_drawio_line_joins_two_cards_of_the_picture(case_id: str) -> None:
    picture, found = pictured(case_id)
    lines = [cell for cell in found.values() if cell.get("edge")]

    assert len(lines) == len(picture.links)
    names = {spot.id for spot in picture.places.spots}
    assert {cell.get(end) for cell in lines for end in ("source", "target")} <= names


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
@pytest.mark.parametrize("leg", list(Leg))
def test_every_cell_of_a_presets_drawio_hangs_in_one_that_is_there(preset: Preset, leg: Leg) -> None:
    design = build(preset.choices)
    text = export(design, walk(design, ask(preset.choices)), JA, "drawio", leg=leg).text
    ids = [cell.get("id") for cell in ET.fromstring(text).iter("mxCell")]  # noqa: S314 - our own output
    found = cells(text)

    assert len(ids) == len(set(ids))
    assert {cell.get("parent") for name, cell in found.items() if name != "0"} <= set(found)
    lines = [cell for cell in found.values() if cell.get("edge")]
    assert lines
    assert {line.get(end) for line in lines for end in ("source", "target")} <= set(found)


def test_a_hostile_id_stays_text_in_drawio_and_mermaid() -> None:
    design = designs.s3_gateway()
    hostile = replace(
        design, workloads=tuple(replace(w, id=HOSTILE) for w in design.workloads if w.id == "i-private")
    )
    journey = walk(hostile, designs.get_object(source=HOSTILE))

    found = cells(export(hostile, journey, JA, "drawio").text)
    text = export(hostile, journey, JA, "mermaid").text

    assert any("<script>" in cell.get("value", "") for cell in found.values())
    assert all("html=0" in cell.get("style", "html=0") for cell in found.values())
    assert "#60;script#62;" in text
    assert "<script" not in text
    assert "%%" not in text
    assert "`" not in text


@pytest.mark.parametrize("mark", list('"<>`#;[]{}()|%&:*_~@$'))
def test_mermaid_never_sees_a_mark_of_its_own_grammar(mark: str) -> None:
    assert escaped(mark) == f"#{ord(mark)};"


def test_an_address_range_stays_readable_in_mermaid() -> None:
    assert escaped("10.0.0.0/16") == "10.0.0.0/16"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_mermaid_numbers_each_stretch_of_a_presets_walk(preset: Preset) -> None:
    design, journey = build(preset.choices), walk(build(preset.choices), ask(preset.choices))
    picture = compose(design, journey, EN)

    text = export(design, journey, EN, "mermaid").text

    assert text.startswith("flowchart LR\n")
    assert text.count("subgraph ") == len(picture.places.frames)
    assert all(f'==>|"{step.number}"|' in text for step in picture.journey.steps)
    assert text.count("==>") == len(picture.journey.steps)


@pytest.mark.parametrize("case_id", sorted(cases()))
def test_no_picture_is_larger_than_150_kilobytes(case_id: str) -> None:
    assert len(draw(*walked(case_id), JA).svg.encode()) <= 150_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_no_presets_picture_is_larger_than_150_kilobytes(preset: Preset, language: str) -> None:
    design = build(preset.choices)
    picture = draw(design, walk(design, ask(preset.choices)), load_words(language))
    assert len(picture.svg.encode()) <= 150_000


@pytest.mark.parametrize("look", ["light", "dark"])
def test_an_svg_file_is_well_formed_and_asks_for_nothing_outside(look: Look) -> None:
    text = export(*walked("ec2-over-nat-and-internet-gateway"), EN, "svg", look=look).text

    ET.fromstring(text)  # noqa: S314 - our own output
    outside = text.replace("http://www.w3.org/2000/svg", "")
    assert not any(word in outside for word in ("http:", "https:", "url(", "@import", "href", "<metadata"))
