"""Questions to Anki: header, fields, and a guid that stays."""

import csv
from dataclasses import replace

import pytest

from tests.vpclab.bank import samples
from tests.vpclab.bank.samples import CHAPTER, EN, JA
from vpclab.bank.anki import guid, write_anki

TITLES = {CHAPTER: "Cost"}


def notes(items, t=EN):
    lines = write_anki(items, TITLES, t).splitlines(keepends=True)
    return list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def test_the_header_says_what_each_column_is():
    header = [line for line in write_anki([samples.ONE], TITLES, EN).splitlines() if line.startswith("#")]

    assert header == [
        "#separator:tab",
        "#html:true",
        "#deck:VPC Endpoint Lab::en",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:6",
    ]


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda one: f"{one.kind}{one.network is not None}")
def test_each_type_has_its_question_on_the_front_and_its_reasons_on_the_back(sample):
    ((_, notetype, deck, front, back, tags),) = notes([sample])

    assert (notetype, deck) == ("Basic", "VPC Endpoint Lab::en::Cost")
    assert "What is it?" in front
    assert "Because of" not in front
    for choice in sample.choices:
        assert choice.why in back
    assert "chapter::cost" in tags.split()
    assert "fact::gw-free" in tags.split()


def test_things_to_put_in_order_do_not_stand_in_order_on_the_front():
    ((*_, front, back, _),) = notes([samples.ORDER])
    right = [choice.text for choice in samples.ORDER.choices]

    assert sorted(right, key=front.index) != right
    assert sorted(right, key=back.index) == right


def test_a_text_is_html_that_does_nothing_and_a_note_is_one_line():
    nasty = replace(samples.ONE, prompt='<img src=x onerror="alert(1)">\n"quoted"\tand &amp;')

    text = write_anki([nasty, samples.SEVERAL], TITLES, EN)

    assert len([line for line in text.splitlines() if not line.startswith("#")]) == 2
    ((*_, front, _, _), _) = notes([nasty, samples.SEVERAL])
    assert "<img" not in front
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;<br>&quot;quoted&quot; and &amp;amp;" in front


def test_a_guid_stays_when_the_words_change_and_differs_between_languages():
    changed = replace(samples.ONE, prompt="Other words?")
    in_japanese = replace(samples.ONE, language="ja")

    assert guid(samples.ONE) == guid(changed) == "966fdc5fe74bef42b3c6"
    assert len({guid(samples.ONE), guid(in_japanese), guid(replace(samples.ONE, id="cost/b"))}) == 3


def test_the_note_type_has_the_name_that_anki_gives_it_in_the_language():
    assert notes([samples.ONE], JA)[0][1] == "基本"
