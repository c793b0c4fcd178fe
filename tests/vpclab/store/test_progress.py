"""The store: what was done goes in once, and where a learner stands comes out."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.vpclab.store.records import (
    FACT,
    NOW,
    OTHER_FACT,
    answered,
    cards_of,
    lab_tried,
    visited,
)
from vpclab.errors import ExchangeError, StoreError
from vpclab.learning.schedule import Rating
from vpclab.store import progress
from vpclab.store.advance import advance
from vpclab.store.events import Event
from vpclab.store.progress import ProgressStore
from vpclab.store.queries import LATEST_GENERATED, NOTHING
from vpclab.store.tables import Base

ME, OTHER = "my-secret", "another-secret"
TABLES = Base.metadata.sorted_tables


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All there is in a database, by table."""
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table.name}"))]  # noqa: S608 - our own tables
            for table in TABLES
        }
    engine.dispose()
    return found


def test_nobody_stands_nowhere_and_asking_leaves_no_trace(store: ProgressStore, url: str):
    assert store.progress(ME) == NOTHING
    assert store.history(ME) == ()
    assert store.days(ME, UTC) == {}
    assert not any(rows(url).values())


def test_an_answer_that_was_kept_is_there_with_its_card(store: ProgressStore):
    answer = answered(1, made=("ルート", "b"), millis=3_000_000_000, facts=(FACT, OTHER_FACT))

    store.keep(ME, [answer], NOW)

    stands = store.progress(ME)
    assert stands.answers == (answer,)
    assert stands.cards == cards_of([answer])
    assert stands.cards[FACT].due.tzinfo is UTC
    assert (stands.labs, stands.places) == ((), {})


def test_what_is_sent_twice_is_kept_once(store: ProgressStore):
    sent: list[Event] = [answered(1), lab_tried(2), visited(3)]

    store.keep(ME, [*sent, *sent], NOW)
    once = store.progress(ME)
    store.keep(ME, sent, NOW)

    assert store.progress(ME) == once
    assert once.cards[FACT].reviews == 1
    assert len(once.labs) == 1


def test_what_was_kept_once_never_changes(store: ProgressStore):
    store.keep(ME, [answered(1, score=0.0, rating=Rating.AGAIN)], NOW)

    store.keep(ME, [answered(1, score=1.0, rating=Rating.EASY)], NOW)

    assert store.history(ME) == (answered(1, score=0.0, rating=Rating.AGAIN),)


def test_the_same_id_from_two_learners_is_an_event_of_each(store: ProgressStore):
    store.keep(ME, [answered(1, made=("a",))], NOW)

    store.keep(OTHER, [answered(1, made=("b",))], NOW)

    assert store.progress(ME).answers == (answered(1, made=("a",)),)
    assert store.progress(OTHER).answers == (answered(1, made=("b",)),)


def test_events_of_several_learners_that_are_kept_as_one_stay_apart(store: ProgressStore):
    store.keep(ME, [answered(5)], NOW)
    store.keep(OTHER, [answered(1, rating=Rating.AGAIN)], NOW)
    mine = [answered(1, rating=Rating.EASY, facts=(FACT, OTHER_FACT)), visited(3, where="mine")]
    others = [answered(5, rating=Rating.HARD), visited(3, where="others")]
    store.take_code(store.offer_code(ME, NOW), "my-telephone", "address", NOW)

    together = [
        progress._Done(ME, mine, NOW),
        progress._Done(OTHER, others, NOW),
        progress._Done("my-telephone", [*mine, answered(6)], NOW),
    ]
    added = store._database.write(lambda connection: progress._keep(connection, together))

    my_answers = [mine[0], answered(5), answered(6)]
    others_answers = [answered(1, rating=Rating.AGAIN), others[0]]
    assert added == 5
    assert (list(store.history(ME)), list(store.history(OTHER))) == (my_answers, others_answers)
    assert store.progress(ME).cards == cards_of(my_answers)
    assert store.progress(OTHER).cards == cards_of(others_answers)
    assert [list(store.progress(one).places.values()) for one in (ME, OTHER)] == [[mine[1]], [others[1]]]


def test_progress_has_the_latest_answer_to_each_exercise_and_history_has_all(store: ProgressStore):
    answers = [answered(number, exercise=f"chapter/{number % 3}") for number in range(7)]

    store.keep(ME, answers, NOW)

    assert store.progress(ME).answers == tuple(answers[4:])
    assert store.history(ME) == tuple(answers)
    assert store.history(ME, since=answers[5].at) == tuple(answers[5:])


def test_of_answers_at_the_same_time_the_same_one_is_the_latest_everywhere(store: ProgressStore):
    answers = [answered(number, at=NOW, rating=rating) for number, rating in enumerate(Rating)]

    store.keep(ME, answers[2:], NOW)
    store.keep(ME, answers[:2], NOW)

    assert store.progress(ME).answers == (answers[-1],)
    assert store.progress(ME).cards == cards_of(answers)


def test_exercises_without_end_are_shown_up_to_a_number(store: ProgressStore):
    made_up = [answered(number, exercise=f"generated/way/{number}") for number in range(LATEST_GENERATED + 5)]
    of_course = [answered(1000 + number, at=NOW, exercise=f"chapter/{number}") for number in range(3)]

    store.keep(ME, [*made_up, *of_course], NOW)

    assert store.progress(ME).answers == (*of_course, *made_up[5:])


def test_labs_are_all_tries_and_places_the_latest_of_each_page(store: ProgressStore):
    tries = [lab_tried(number, stars=number) for number in range(3)]
    visits = [visited(4, where="routes"), visited(5, where="filters"), visited(6, page="faq", where="")]

    store.keep(ME, [*reversed(tries), visits[2], visits[1], visits[0]], NOW)

    stands = store.progress(ME)
    assert stands.labs == tuple(tries)
    assert stands.places == {"gateway-endpoints": visits[1], "faq": visits[2]}


def test_answers_that_arrive_late_move_cards_as_if_they_had_been_in_time(store: ProgressStore):
    days = [NOW + timedelta(days=number) for number in range(4)]
    ratings = (Rating.GOOD, Rating.AGAIN, Rating.HARD, Rating.EASY)
    answers = [
        answered(number, at=day, rating=rating)
        for number, (day, rating) in enumerate(zip(days, ratings, strict=True))
    ]

    for number in (2, 0, 3, 1):
        store.keep(ME, [answers[number]], NOW)

    assert store.progress(ME).cards == cards_of(answers)
    assert store.progress(ME).answers == (answers[3],)


def test_what_a_page_shows_at_once_is_what_the_store_says_later(store: ProgressStore):
    shown = NOTHING
    for number in range(4):
        done: list[Event] = [
            answered(2 * number, exercise=f"chapter/{number % 2}", facts=(FACT, OTHER_FACT)[: number + 1]),
            lab_tried(2 * number),
            visited(2 * number + 1, where=str(number)),
        ]
        shown = advance(shown, done)
        store.keep(ME, done, NOW)

    assert shown == store.progress(ME)


def test_days_are_those_of_the_learners_calendar(store: ProgressStore):
    evening = datetime(2026, 11, 2, 23, tzinfo=UTC)
    tokyo = timezone(timedelta(hours=9))
    store.keep(ME, [answered(1, at=NOW), answered(2, at=evening), answered(3, at=evening)], NOW)

    assert store.days(ME, UTC) == {NOW.date(): 3}
    assert store.days(ME, tokyo) == {NOW.date(): 1, NOW.date() + timedelta(days=1): 2}
    assert store.days(ME, tokyo, since=evening) == {NOW.date() + timedelta(days=1): 2}


def test_a_time_in_another_zone_is_the_same_time(store: ProgressStore):
    in_tokyo = NOW.astimezone(timezone(timedelta(hours=9)))

    store.keep(ME, [answered(1, at=in_tokyo)], in_tokyo)

    assert store.history(ME)[0].at == NOW
    assert store.history(ME)[0].at.tzinfo is UTC


def test_nothing_in_the_database_tells_a_secret_or_a_code_or_an_address(store: ProgressStore, url: str):
    store.keep(ME, [answered(1)], NOW)
    code = store.offer_code(ME, NOW)
    store.take_code("0000-0000-0000-0", "fresh-secret", "203.0.113.9", NOW)
    store.take_code(code, "fresh-secret", "203.0.113.9", NOW)
    unused = store.offer_code(ME, NOW)

    told = repr(rows(url))

    hidden = (ME, "fresh-secret", "203.0.113.9", code, unused, unused.replace("-", ""))
    assert [text for text in hidden if text in told] == []


def test_erasing_takes_the_learner_and_all_that_belongs_to_them_and_nobody_else(
    store: ProgressStore, url: str
):
    store.keep(OTHER, [answered(1)], NOW)
    before = rows(url)
    store.keep(ME, [answered(1), lab_tried(2), visited(3)], NOW)
    store.take_code(store.offer_code(ME, NOW), "second-device", "address", NOW)

    store.erase("second-device")

    assert rows(url) == before
    assert store.progress(ME) == NOTHING
    store.erase("a secret that nobody has")
    assert rows(url) == before


def test_a_learner_can_begin_again_after_erasing(store: ProgressStore):
    store.keep(ME, [answered(1)], NOW)
    store.erase(ME)

    store.keep(ME, [answered(2)], NOW)

    assert store.history(ME) == (answered(2),)


def test_a_rotated_secret_opens_what_the_old_one_opened_no_more(store: ProgressStore):
    store.keep(ME, [answered(1)], NOW)

    store.rotate(ME, "new-secret")

    assert store.progress(ME) == NOTHING
    assert store.progress("new-secret").answers == (answered(1),)


def test_rotating_a_secret_that_nobody_has_does_nothing(store: ProgressStore, url: str):
    store.rotate(ME, "new-secret")

    assert not any(rows(url).values())


def test_a_secret_in_use_is_given_to_nobody_else(store: ProgressStore):
    store.keep(ME, [answered(1)], NOW)
    store.keep(OTHER, [answered(2)], NOW)

    with pytest.raises(StoreError, match="secret_in_use"):
        store.rotate(ME, OTHER)

    assert store.history(ME) == (answered(1),)
    assert store.history(OTHER) == (answered(2),)


def test_learners_who_were_not_seen_for_long_are_forgotten(store: ProgressStore):
    store.keep(ME, [answered(1)], NOW)
    store.keep(OTHER, [answered(1)], NOW)
    later = NOW + timedelta(days=300)
    store.keep(OTHER, [], later)
    store.keep(OTHER, [], NOW)  # a clock that lags behind makes nobody older

    assert store.forget_unseen(NOW) == 0
    assert store.forget_unseen(NOW + timedelta(days=1)) == 1

    assert store.progress(ME) == NOTHING
    assert store.history(OTHER) == (answered(1),)


def test_statistics_get_the_first_answer_of_each_learner_to_each_exercise(store: ProgressStore):
    first = [
        answered(1, exercise="c/one", made=("a",), score=0.0),
        answered(2, exercise="c/two", made=("b", "c"), score=0.5),
    ]
    again = answered(3, exercise="c/one", made=("d",), score=1.0)
    store.keep(ME, [again, *first], NOW)
    store.keep(OTHER, [answered(1, exercise="c/one", made=("e",))], NOW)

    found = list(store.item_answers())

    assert {row[0] for row in found} == {"1", "2"}
    assert sorted(row[1:] for row in found) == [
        ("c/one", ("a",), 0.0),
        ("c/one", ("e",), 1.0),
        ("c/two", ("b", "c"), 0.5),
    ]
    mine = next(row[0] for row in found if row[2] == ("a",))
    assert [row[1] for row in found if row[0] == mine] == ["c/one", "c/two"]


def test_what_a_learner_typed_can_always_be_kept(store: ProgressStore):
    store.keep(ME, [answered(1, made=("1\x00\ud800", "x" * 10_000))], NOW)

    kept = store.history(ME)[0].made
    assert kept[0] == "1\ufffd\ufffd"
    assert set(kept[1]) == {"x"}
    assert store.bring_in(OTHER, store.export(ME), NOW).added == 1


def test_an_event_that_no_store_could_keep_is_refused_with_all_that_came_along(
    store: ProgressStore, url: str
):
    naive = NOW.replace(tzinfo=None)
    events = [answered(1), answered(2, score=float("nan")), answered(3, at=naive), answered(4, facts=("",))]

    with pytest.raises(ExchangeError) as refused:
        store.keep(ME, events, NOW)

    assert [(problem.path, problem.code) for problem in refused.value.problems] == [
        (("events", 1, "score"), "expected_number"),
        (("events", 2, "at"), "not_a_time"),
        (("events", 3, "facts", 0), "empty_text"),
    ]
    assert not any(rows(url).values())


def test_more_events_than_one_statement_takes_are_kept(store: ProgressStore):
    many = [
        answered(number, exercise=f"c/{number}", facts=(f"fact-{number}", FACT)) for number in range(1_203)
    ]
    store.keep(ME, many[:601], NOW)

    store.keep(ME, many, NOW)

    assert store.history(ME) == tuple(many)
    assert store.progress(ME).cards == cards_of(many)


def test_a_database_that_cannot_be_reached_is_told_as_such(tmp_path: Path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    addresses = (
        f"sqlite:///{in_the_way / 'progress.sqlite3'}",
        "postgresql://nobody@127.0.0.1:1/none",
        "no address at all",
        "oracle://somewhere",
    )

    for address in addresses:
        unreachable = ProgressStore(address)
        with pytest.raises(StoreError, match="store_unreachable"):
            unreachable.keep(ME, [answered(1)], NOW)
        with pytest.raises(StoreError, match="store_unreachable"):
            unreachable.progress(ME)
        unreachable.close()


def test_a_store_goes_on_when_its_database_is_back(tmp_path: Path):
    folder = tmp_path / "data"
    folder.write_text("in the way")
    store = ProgressStore(f"sqlite:///{folder / 'progress.sqlite3'}")
    with pytest.raises(StoreError):
        store.migrate()

    folder.unlink()
    store.migrate()
    store.keep(ME, [answered(1)], NOW)

    assert store.history(ME) == (answered(1),)
    store.close()


def test_a_broken_file_is_told_as_a_store_that_cannot_be_reached(tmp_path: Path):
    file = tmp_path / "progress.sqlite3"
    file.write_bytes(b"no database, but long enough to be taken for one" * 100)
    store = ProgressStore(f"sqlite:///{file}")

    with pytest.raises(StoreError, match="store_unreachable"):
        store.progress(ME)

    store.close()


def test_what_is_said_of_an_unreachable_database_holds_no_password():
    store = ProgressStore("postgresql://vpclab:hunter2@127.0.0.1:1/none")

    with pytest.raises(StoreError) as told:
        store.progress(ME)

    assert "hunter2" not in f"{told.value} {told.value.__cause__}"
    store.close()
