"""A walk as Markdown."""

from dataclasses import replace
from html import unescape

import pytest
from markdown_it import MarkdownIt

from vpclab.markdown import as_text
from vpclab.network import walk
from vpclab.presets import Preset, load_presets
from vpclab.sandbox import Choices, ask, build
from vpclab.walk_markdown import to_markdown
from vpclab.words import languages, load_words

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) `code` **b** | # 1. &amp; \\"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_every_decision_stands_in_the_document_with_its_page(preset: Preset, language: str):
    design, request = build(preset.choices), ask(preset.choices)
    journey = walk(design, request)

    text = to_markdown(journey, load_words(language), design)

    assert text.count("https://docs.aws.amazon.com/") == sum(len(call.hops) for call in journey.calls)
    assert text.startswith("# ")


def test_whatever_an_id_holds_stays_text():
    design, request = build(Choices()), ask(Choices())
    renamed = replace(
        design,
        workloads=tuple(replace(workload, id=HOSTILE) for workload in design.workloads),
    )
    journey = walk(renamed, replace(request, source=HOSTILE))

    html = MarkdownIt().render(to_markdown(journey, load_words("en"), renamed, link="http://localhost/x"))

    assert "<img" not in html
    assert "<code>" not in html
    assert 'href="javascript' not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize("text", [HOSTILE, "a_b*c", "- list", "line\nbreak", "https://x.example/?a=b"])
def test_a_text_comes_out_of_markdown_as_it_went_in(text: str):
    rendered = MarkdownIt("commonmark").renderInline(as_text(text))

    assert unescape(rendered) == " ".join(text.split())
