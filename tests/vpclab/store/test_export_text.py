"""What a learner takes along comes back whole; what was tampered with is refused with every reason."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.vpclab.store.records import NOW, answered, event_id, lab_tried, visited
from vpclab.errors import ExchangeError
from vpclab.store import export_text
from vpclab.store.export_text import read_export, write_export
from vpclab.store.progress import Brought, ProgressStore

ME, OTHER = "my-secret", "another-secret"
DONE = (answered(1, millis=None), lab_tried(2), visited(3))


def changed(**values: Any) -> str:
    """An export of one answer in which some values are others; Ellipsis leaves a key out."""
    data = json.loads(write_export(DONE[:1]))
    event = data["events"][0] | values
    data["events"] = [{key: value for key, value in event.items() if value is not ...}]
    return json.dumps(data)


def problems(text: str) -> list[tuple[str, str]]:
    """Where and what is wrong with a text."""
    with pytest.raises(ExchangeError) as refused:
        read_export(text, NOW)
    return [("/".join(map(str, problem.path)), problem.code) for problem in refused.value.problems]


def test_an_export_holds_all_events_and_nothing_else(store: ProgressStore):
    store.keep(ME, DONE, NOW)

    text = store.export(ME)

    data = json.loads(text)
    assert list(data) == ["format", "events"]
    assert [event["event"] for event in data["events"]] == ["answered", "lab-tried", "visited"]
    assert read_export(text, NOW) == DONE
    assert ME not in text


def test_an_export_of_nobody_is_one_without_events(store: ProgressStore):
    assert read_export(store.export(ME), NOW) == ()


def test_what_is_brought_in_twice_is_added_once(store: ProgressStore):
    store.keep(ME, DONE, NOW)
    store.keep(OTHER, [DONE[2], answered(9)], NOW)

    first = store.bring_in(OTHER, store.export(ME), NOW)
    second = store.bring_in(OTHER, store.export(ME), NOW)

    assert (first, second) == (Brought(added=2, known=1), Brought(added=0, known=3))
    assert store.history(OTHER) == (answered(1, millis=None), answered(9))


def test_an_id_of_another_learners_event_tells_nothing_of_it(store: ProgressStore):
    store.keep(ME, [answered(1, made=("mine",))], NOW)

    brought = store.bring_in(OTHER, write_export([answered(1, made=("theirs",))]), NOW)

    assert brought == Brought(added=1, known=0)
    assert store.history(ME) == (answered(1, made=("mine",)),)
    assert store.history(OTHER) == (answered(1, made=("theirs",)),)


def test_one_wrong_event_keeps_all_out(store: ProgressStore):
    data = json.loads(write_export(DONE))
    data["events"][2]["page"] = 7

    with pytest.raises(ExchangeError):
        store.bring_in(ME, json.dumps(data), NOW)

    assert json.loads(store.export(ME))["events"] == []


@pytest.mark.parametrize(
    ("values", "place", "code"),
    [
        ({"id": ...}, "id", "missing_key"),
        ({"id": "7"}, "id", "not_an_event_id"),
        ({"id": event_id(1).upper().replace("0", "A")}, "id", "not_an_event_id"),
        ({"id": 7}, "id", "not_an_event_id"),
        ({"learner_id": 1}, "learner_id", "unknown_key"),
        ({"event": "erased"}, "event", "not_one_of"),
        ({"event": ["answered"]}, "event", "not_one_of"),
        ({"event": ...}, "event", "not_one_of"),
        ({"at": "yesterday"}, "at", "not_a_time"),
        ({"at": 1_700_000_000}, "at", "not_a_time"),
        ({"at": None}, "at", "not_a_time"),
        ({"at": "2026-11-02T09:00:00"}, "at", "not_a_time"),
        ({"at": "0001-01-01T00:00:00+23:59"}, "at", "time_out_of_range"),
        ({"at": "9999-12-31T23:59:59-23:59"}, "at", "time_out_of_range"),
        ({"at": "1999-12-31T23:59:59+00:00"}, "at", "time_out_of_range"),
        ({"at": (NOW + timedelta(days=1, seconds=1)).isoformat()}, "at", "time_out_of_range"),
        ({"exercise": ""}, "exercise", "empty_text"),
        ({"exercise": "x" * 201}, "exercise", "text_too_long"),
        ({"exercise": "a\x00b"}, "exercise", "control_character_in_text"),
        ({"exercise": "a\ud800b"}, "exercise", "control_character_in_text"),
        ({"exercise": {"a": {}}}, "exercise", "expected_text"),
        ({"place": "home"}, "place", "not_one_of"),
        ({"made": "a"}, "made", "expected_list"),
        ({"made": [1]}, "made/0", "text_needs_quotes"),
        ({"made": ["a"] * 101}, "made", "too_many"),
        ({"made": ["x" * 501]}, "made/0", "text_too_long"),
        ({"score": float("nan")}, "score", "expected_number"),
        ({"score": float("inf")}, "score", "expected_number"),
        ({"score": True}, "score", "expected_number"),
        ({"score": "1"}, "score", "expected_number"),
        ({"score": None}, "score", "expected_number"),
        ({"score": 1.1}, "score", "number_out_of_range"),
        ({"score": -0.1}, "score", "number_out_of_range"),
        ({"score": 10**400}, "score", "number_out_of_range"),
        ({"millis": 1.5}, "millis", "expected_integer"),
        ({"millis": -1}, "millis", "number_out_of_range"),
        ({"millis": 10**300}, "millis", "number_out_of_range"),
        ({"rating": "excellent"}, "rating", "not_one_of"),
        ({"facts": None}, "facts", "expected_list"),
        ({"facts": [""]}, "facts/0", "empty_text"),
        ({"facts": [f"f{number}" for number in range(21)]}, "facts", "too_many"),
    ],
)
def test_each_value_that_cannot_be_is_told_with_its_place(values: dict[str, Any], place: str, code: str):
    assert problems(changed(**values)) == [(f"events/0/{place}", code)]


def test_all_that_is_wrong_is_told_at_once():
    data = json.loads(write_export(DONE))
    data["events"][0] |= {"score": 7, "rating": 7}
    data["events"][1] |= {"stars": 4, "solved": "yes"}
    data["events"].append("visited")

    assert problems(json.dumps(data)) == [
        ("events/0/score", "number_out_of_range"),
        ("events/0/rating", "not_one_of"),
        ("events/1/solved", "expected_boolean"),
        ("events/1/stars", "number_out_of_range"),
        ("events/3", "expected_mapping"),
    ]


def test_an_id_that_stands_twice_is_told():
    assert problems(write_export([DONE[0], DONE[0]])) == [("events/1/id", "duplicate_id")]


def test_a_clock_may_be_ahead_by_a_day():
    tomorrow = answered(1, at=NOW + timedelta(days=1))

    assert read_export(write_export([tomorrow]), NOW) == (tomorrow,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("", "not_json")),
        ("{", ("", "not_json")),
        ("null", ("", "not_an_export")),
        ("[]", ("", "not_an_export")),
        ("{}", ("", "not_an_export")),
        ('"events"', ("", "not_an_export")),
        ('{"events": []}', ("format", "not_one_of")),
        ('{"format": 2, "events": []}', ("format", "not_one_of")),
        ('{"format": 1, "events": {}}', ("events", "expected_list")),
        ('{"format": 1, "events": [], "secret": "x"}', ("secret", "unknown_key")),
        ("[" * 100_000, ("", "not_an_export")),
        ('{"format": 1, "events": ' + "[" * 100_000 + "]" * 100_000 + "}", ("", "not_an_export")),
        ('{"format": 1, "events": [' + "9" * 10_000 + "]}", ("", "not_an_export")),
        ("\ud800", ("", "not_json")),
    ],
)
def test_a_text_that_is_no_export_is_told_as_such(text: str, found: tuple[str, str]):
    assert problems(text) == [found]


def test_a_text_larger_than_any_export_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(export_text, "MAX_BYTES", 1000)

    assert problems(" " * 1001) == [("", "export_too_large")]
    assert problems("あ" * 334) == [("", "export_too_large")]


def test_more_events_than_anybody_has_are_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(export_text, "MAX_EVENTS", 2)

    assert problems(write_export(DONE)) == [("events", "too_many")]


def test_more_facts_than_anybody_was_asked_about_are_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(export_text, "MAX_REVIEWS", 3)

    assert problems(write_export([answered(1, facts=("a", "b", "c", "d"))])) == [("events", "too_many")]


def test_millions_of_small_values_are_not_even_parsed():
    text = '{"format": 1, "events": [' + "0," * (export_text.MAX_COMMAS + 1) + "0]}"

    assert problems(text) == [("", "not_an_export")]


def test_a_text_with_thousands_of_problems_is_given_up():
    found = problems('{"format": 1, "events": [' + ",".join(["0"] * 40_000) + "]}")

    assert len(found) == 1001
    assert found[-1] == ("", "too_many_problems")
