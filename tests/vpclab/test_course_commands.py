"""The commands for the course: what they print, and how they end."""

import json

import pytest

from vpclab.__main__ import main
from vpclab.errors import ContentError
from vpclab.learning.library import load_library
from vpclab.words import languages


@pytest.mark.parametrize("language", languages())
def test_the_faq_answers_as_data(language, capsys):
    status = main(["faq", "料金 NAT", "--lang", language, "--top", "3", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert status == 0
    assert len(found) == 3
    assert all(set(one) == {"id", "score", "question", "answer"} for one in found)
    assert found == sorted(found, key=lambda one: -one["score"])
    assert found[0]["question"] == load_library().entries[found[0]["id"]].title(language)


def test_the_faq_answers_in_words_and_says_when_it_only_has_the_nearest(capsys):
    assert main(["faq", "zzzz", "--lang", "en", "--top", "1"]) == 0

    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert "Nothing in the FAQ is near" in printed.err


@pytest.mark.parametrize("query", ["", "  "])
def test_nothing_to_search_for_is_told(query, capsys):
    assert main(["faq", query, "--lang", "en"]) == 2
    assert "nothing to search" in capsys.readouterr().err


@pytest.mark.parametrize("top", ["0", "-3", "999999"])
def test_any_number_of_answers_can_be_asked_for(top, capsys):
    assert main(["faq", "NAT", "--top", top, "--json"]) == 0
    assert 1 <= len(json.loads(capsys.readouterr().out)) <= len(load_library().entries)


def test_what_is_typed_cannot_steer_the_terminal(capsys):
    assert main(["faq", "\x1b[2J\x00 NAT", "--lang", "en"]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("language", languages())
def test_the_check_of_the_course_is_silent_about_what_is_fine(language, capsys):
    assert main(["content", "check", "--lang", language]) == 0
    assert str(len(load_library().facts)) in capsys.readouterr().out


@pytest.mark.parametrize("name", ["../x", "/etc", "Upper", "a--b", "x" * 81, "a/b/c", ""])
@pytest.mark.parametrize("kind", ["chapter", "faq", "question"])
def test_a_name_that_is_no_id_writes_nothing(kind, name, capsys):
    assert main(["content", "new", kind, name, "--lang", "en"]) == 2
    assert capsys.readouterr().out


def test_a_broken_course_is_told_by_the_faq_as_well(monkeypatch, capsys):
    def broken() -> None:
        raise ContentError(())

    monkeypatch.setattr("vpclab.learning.library.load_library", broken)

    assert main(["faq", "NAT", "--lang", "en"]) == 2
    assert "Problems: 0" in capsys.readouterr().out
