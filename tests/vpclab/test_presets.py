"""The examples that authors write."""

from pathlib import Path

import pytest

from vpclab.errors import ContentError
from vpclab.presets import load_presets
from vpclab.words import languages, load_words


def test_every_example_has_a_title_and_a_remark_in_every_language():
    for language in languages():
        t = load_words(language)
        for preset in load_presets():
            assert t.has(f"presets.{preset.id}.title")
            assert t.has(f"presets.{preset.id}.remark")


def test_a_misspelt_choice_and_a_repeated_id_are_both_reported(tmp_path: Path):
    file = tmp_path / "presets.yaml"
    file.write_text(
        "- id: one\n  choices: {source: mainframe, destination: s3}\n"
        "- id: one\n  choices: {colour: red}\n"
        "- choices: {}\n",
        encoding="utf-8",
    )

    with pytest.raises(ContentError) as raised:
        load_presets(file)

    assert [(problem.path, problem.code) for problem in raised.value.problems] == [
        ((0, "choices", "source"), "unknown_choice"),
        ((1, "choices", "colour"), "unknown_choice"),
        ((1, "id"), "duplicate_id"),
        ((2, "id"), "missing_key"),
    ]
