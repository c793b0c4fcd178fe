"""What a person takes away: files, downloaded in a real browser, and Mermaid in Streamlit's own element."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from vpclab.exchange.design_file import Case, read_cases
from vpclab.presets import load_presets
from vpclab.sandbox.callers import CALLERS
from vpclab.words import languages, load_words

EN = load_words("en")
PRESETS = load_presets()
READ_PICTURE = """async (picture) => {
    const image = picture.matches("img") ? picture : picture.querySelector("img");
    return image ? (await fetch(image.src)).text() : picture.outerHTML;
}"""
HOSTILE_NAMES = 3
"""How many hostile names `mermaid_app.py` shows, after the examples."""


def download(page: Page, form: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=EN(f"sandbox.share.{form}"), exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def test_every_file_can_be_taken_away_and_read(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&s=2.ecr-image-pull")
    page.get_by_role("button", name=EN("sandbox.share.label")).click()
    expect(page.get_by_role("button", name=EN("sandbox.share.svg"), exact=True)).to_be_visible()

    svg = ET.fromstring(download(page, "svg"))  # noqa: S314 - our own output
    drawio = ET.fromstring(download(page, "drawio"))  # noqa: S314 - our own output
    dot = download(page, "dot").decode()
    mermaid = download(page, "mermaid").decode()
    markdown = download(page, "markdown").decode()
    (case,) = read_cases(download(page, "design"), "network.yaml").cases

    assert svg.tag.endswith("svg")
    assert drawio.tag == "mxfile"
    assert len(drawio.findall(".//mxCell[@vertex='1']")) > 10
    assert dot.startswith("digraph")
    assert mermaid.startswith("flowchart")
    assert "vpce-s3" in markdown.replace("\\", "")
    assert isinstance(case, Case)


def test_the_link_to_copy_and_its_qr_code_lead_back_to_this_state(page: Page, server: str):
    page.goto(f"{server}/sandbox?lang=en&s=2.s3-over-nat.gateway_endpoint-yes")
    page.get_by_role("button", name=EN("sandbox.share.label")).click()

    link = page.get_by_label(EN("sandbox.share.link"), exact=True)
    expect(link).to_have_value(f"{server}/sandbox?lang=en&s=2.s3-over-nat.gateway_endpoint-yes")
    expect(page.get_by_role("img", name=EN("sandbox.share.qr"))).to_be_visible()
    page.get_by_role("button", name=EN("sandbox.share.copy")).click()
    expect(page.get_by_role("button", name=EN("sandbox.share.copied"))).to_be_visible()


def mermaid_picture(page: Page, address: str) -> str:
    """The SVG that Streamlit's Mermaid element has made; without an error message in its place."""
    page.goto(address)
    picture = page.locator("[data-testid=stMermaidChart] img, [data-testid=stMermaidChart] [role=img]").first
    expect(picture).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stMermaidError")).to_have_count(0)
    return str(picture.evaluate(READ_PICTURE))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", range(len(PRESETS)), ids=[preset.id for preset in PRESETS])
def test_every_example_renders_in_streamlits_own_mermaid(
    page: Page, mermaid_server: str, number: int, language: str
):
    svg = mermaid_picture(page, f"{mermaid_server}/?number={number}&lang={language}")

    text = "".join("".join(ET.fromstring(svg).itertext()).split())  # noqa: S314 - parsed by the browser before
    assert load_words(language)("diagram.frame.vpc") in text
    assert CALLERS[PRESETS[number].choices.source].id in text


@pytest.mark.parametrize("number", range(HOSTILE_NAMES))
def test_a_hostile_name_stays_text_in_mermaid(page: Page, mermaid_server: str, number: int):
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))

    svg = mermaid_picture(page, f"{mermaid_server}/?number={len(PRESETS) + number}&lang=en")

    parts = list(ET.fromstring(svg).iter())  # noqa: S314 - parsed by the browser before
    assert {part.tag.rpartition("}")[2] for part in parts}.isdisjoint({"script", "img", "image", "a"})
    assert not [name for part in parts for name in part.attrib if name.startswith("on")]
    assert page.evaluate("window.hit === undefined")
