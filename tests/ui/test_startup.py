"""The start: content is read once, and a course that does not hold together is never shown."""

import pytest

from tests.vpclab.learning import small_course
from ui import startup
from vpclab.learning.library import load_library


def test_a_broken_course_stops_the_start_with_every_problem(tmp_path, monkeypatch, capsys):
    root = small_course.write(tmp_path)
    line = small_course.change(root, "faq/limits.yaml", "facts: [idle]", "facts: [idel]")
    small_course.change(root, "glossary.yaml", "chapter: one/first", "chapter: two")
    monkeypatch.setattr(startup, "load_library", lambda: load_library(root))

    with pytest.raises(SystemExit) as stopped:
        startup.load_content()

    told = capsys.readouterr().err
    assert stopped.value.code == 1
    assert f"content/faq/limits.yaml:{line}" in told
    assert "content/glossary.yaml" in told
