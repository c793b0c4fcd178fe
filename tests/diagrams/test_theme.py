"""Colours can be read in both themes, and are never alone."""

import re

import pytest

from diagrams import theme
from diagrams.icons import FAMILIES, PATHS, TILES, Family, Glyph

FILLS = ("ground", "card", "region-fill", "vpc-fill", "public-fill", "private-fill", "outside-fill")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("fill", FILLS)
def test_text_has_contrast_of_four_and_a_half_on_every_fill(palette: dict[str, str], fill: str) -> None:
    assert contrast(palette["ink"], palette[fill]) >= 4.5
    assert contrast(palette["soft"], palette[fill]) >= 4.5


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("line", ["walk", "back", "stop", "line"])
def test_lines_that_mean_something_have_contrast_of_three(
    palette: dict[str, str], fill: str, line: str
) -> None:
    assert contrast(palette[line], palette[fill]) >= 3


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_a_route_can_be_read_on_its_line(palette: dict[str, str]) -> None:
    assert contrast(palette["walk"], palette["vpc-fill"]) >= 4.5


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["walk", "back", "stop"])
def test_numbers_and_reasons_can_be_read_on_their_marks(palette: dict[str, str], mark: str) -> None:
    assert contrast(palette["on"], palette[mark]) >= 4.5


@pytest.mark.parametrize("family", Family)
def test_tiles_stand_out_on_cards_and_glyphs_on_tiles(family: Family) -> None:
    hue = theme.HUES[family]

    assert contrast(hue, "#ffffff") >= 4.5
    assert contrast(hue, theme.LIGHT["card"]) >= 3
    assert contrast(hue, theme.DARK["card"]) >= 3


def test_families_differ_in_shape_as_well_as_colour() -> None:
    assert len(set(theme.HUES.values())) == len(set(TILES.values())) == len(Family)


def test_every_glyph_has_a_drawing_and_a_family() -> None:
    assert set(PATHS) == set(FAMILIES) == set(Glyph)


@pytest.mark.parametrize("look", ["light", "dark", "component"])
def test_a_stylesheet_leaves_no_colour_open(look: theme.Theme) -> None:
    assert "$" not in theme.css(look)


def test_only_the_components_stylesheet_uses_the_pages_variables() -> None:
    assert "var(--st-text-color" in theme.css("component")
    assert "var(" not in theme.css("light") + theme.css("dark")


def test_palettes_name_the_same_colours() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys() == theme.COMPONENT.keys()


def test_the_component_paints_every_colour_through_a_variable_of_its_own() -> None:
    look = theme.css("component")
    used = set(re.findall(r"var\(--([a-z-]+)\)", look))

    assert used <= theme.COMPONENT.keys()
    assert all(f"--{name}:" in look for name in theme.COMPONENT)
