"""Content in a language: when a fact comes back."""

from datetime import datetime

from vpclab.learning.telling import tell_next_due
from vpclab.words import load_words

EN, JA = load_words("en"), load_words("ja")
NOW = datetime(2026, 11, 29, 23, 50)


def test_a_fact_that_comes_back_today_is_told_with_the_time():
    due = datetime(2026, 11, 29, 23, 59)

    assert tell_next_due(due, NOW, EN) == "The next one comes back today at 23:59."
    assert tell_next_due(due, NOW, JA) == "次の復習は今日の 23:59 です。"


def test_a_fact_that_comes_back_another_day_is_told_with_the_day():
    due = datetime(2026, 11, 30, 0, 1)

    assert tell_next_due(due, NOW, EN) == "The next one comes back on November 30, 2026."
    assert tell_next_due(due, NOW, JA) == "次の復習は 2026 年 11 月 30 日です。"
