"""Codes for another device: typed forgivingly, valid once and for ten minutes, not to be guessed."""

import math
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.vpclab.store.records import NOW, answered
from vpclab.errors import StoreError
from vpclab.store.codes import (
    ALPHABET,
    LENGTH,
    MOST_MISSES,
    MOST_OFFERS,
    VALID,
    WINDOW,
    TooManyTries,
    new_code,
    read_code,
)
from vpclab.store.progress import ProgressStore

ME, DEVICE, ADDRESS = "my-secret", "second-device", "203.0.113.9"
WRONG = "0000-0000-0000-0"
SECOND = timedelta(seconds=1)


def test_a_code_is_too_long_to_be_guessed_and_grouped_to_be_typed():
    assert math.log2(len(ALPHABET)) * LENGTH >= 60
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]", new_code())
    assert len({new_code() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed",
    [
        "0AB1-1C0D-EFGH-J",
        "0ab1-1c0d-efgh-j",
        "oabi-lcOd-efgh-j",
        "  0AB1 1C0D EFGH J\n",
        "0AB11C0DEFGHJ",
        "０ＡＢ１－１Ｃ０Ｄ－ＥＦＧＨ－Ｊ",
        "0AB1‐1C0Dー EFGH・J".replace("ー", "–"),
    ],
)
def test_however_a_code_is_typed_it_is_the_same(typed: str):
    assert read_code(typed) == "0AB11C0DEFGHJ"


@pytest.mark.parametrize(
    "typed", ["", "0AB1", "0AB1-1C0D-EFGH-U", "0AB1-1C0D-EFGH-JJ", "x" * 1_000_000, "é" * 13]
)
def test_what_can_be_no_code_is_none(typed: str):
    assert read_code(typed) is None


def test_a_code_lets_one_device_in_and_the_old_one_stays(store: ProgressStore):
    store.keep(ME, [answered(1)], NOW)
    code = store.offer_code(ME, NOW)

    assert store.take_code(code.lower().replace("-", " "), DEVICE, ADDRESS, NOW + VALID - SECOND)

    store.keep(DEVICE, [answered(2)], NOW)
    assert store.history(ME) == store.history(DEVICE) == (answered(1), answered(2))
    assert not store.take_code(code, "third-device", ADDRESS, NOW)
    assert store.history("third-device") == ()


def test_who_has_done_nothing_yet_can_take_another_device_in(store: ProgressStore):
    store.take_code(store.offer_code(ME, NOW), DEVICE, ADDRESS, NOW)

    store.keep(DEVICE, [answered(1)], NOW)

    assert store.history(ME) == (answered(1),)


def test_a_code_ends_after_ten_minutes(store: ProgressStore):
    code = store.offer_code(ME, NOW)

    assert not store.take_code(code, DEVICE, ADDRESS, NOW + VALID)


def test_a_new_code_makes_the_one_before_void(store: ProgressStore):
    first, second = store.offer_code(ME, NOW), store.offer_code(ME, NOW)

    assert not store.take_code(first, DEVICE, ADDRESS, NOW)
    assert store.take_code(second, DEVICE, ADDRESS, NOW)


def test_an_erased_learner_leaves_no_code_behind(store: ProgressStore):
    code = store.offer_code(ME, NOW)
    store.erase(ME)

    assert not store.take_code(code, DEVICE, ADDRESS, NOW)


def test_a_device_of_somebody_is_not_taken_from_them_and_the_code_stays_good(store: ProgressStore):
    store.keep(DEVICE, [answered(1)], NOW)
    code = store.offer_code(ME, NOW)

    with pytest.raises(StoreError, match="secret_in_use"):
        store.take_code(code, DEVICE, ADDRESS, NOW)

    assert store.history(DEVICE) == (answered(1),)
    assert store.take_code(code, "fresh", ADDRESS, NOW)


def test_a_learner_gets_so_many_codes_in_an_hour_and_the_last_one_stays_good(store: ProgressStore):
    codes = [store.offer_code(ME, NOW + number * SECOND) for number in range(MOST_OFFERS)]

    with pytest.raises(TooManyTries):
        store.offer_code(ME, NOW + WINDOW - SECOND)

    store.offer_code("somebody-else", NOW)
    assert store.take_code(codes[-1], DEVICE, ADDRESS, NOW)
    assert store.offer_code(ME, NOW + WINDOW)


def test_an_address_may_miss_so_often_in_an_hour_and_others_go_on(store: ProgressStore):
    code = store.offer_code(ME, NOW)
    for _ in range(MOST_MISSES):
        assert not store.take_code(WRONG, DEVICE, ADDRESS, NOW)

    with pytest.raises(TooManyTries) as told:
        store.take_code(code, DEVICE, ADDRESS, NOW)

    assert told.value.problems[0].facts == {"limit": MOST_MISSES, "minutes": 60}
    assert store.take_code(code, DEVICE, "198.51.100.7", NOW)
    assert not store.take_code(WRONG, DEVICE, ADDRESS, NOW + WINDOW)


def test_right_codes_are_no_misses(store: ProgressStore):
    for number in range(MOST_MISSES + 1):
        code = store.offer_code(f"learner-{number}", NOW)
        assert store.take_code(code, f"device-{number}", ADDRESS, NOW)


def test_of_many_who_try_a_code_at_once_one_gets_in(store: ProgressStore):
    code = store.offer_code(ME, NOW)

    with ThreadPoolExecutor(8) as pool:
        taken = list(
            pool.map(lambda name: store.take_code(code, f"device-{name}", f"at-{name}", NOW), range(8))
        )

    assert taken.count(True) == 1


def test_misses_at_the_same_time_are_all_counted(store: ProgressStore):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.take_code(WRONG, DEVICE, ADDRESS, NOW), range(MOST_MISSES)))

    with pytest.raises(TooManyTries):
        store.take_code(WRONG, DEVICE, ADDRESS, NOW)
