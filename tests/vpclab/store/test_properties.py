"""Whatever is kept, in whatever portions and order: the same cards, and an export that brings all back."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vpclab.store.records import NOW, cards_of, event_id
from vpclab.learning.schedule import Rating
from vpclab.store.events import PLACES, Answered, Event, LabTried, Visited
from vpclab.store.export_text import Brought
from vpclab.store.progress import ProgressStore

_learners = count()
# Text with all that JSON, SQL and databases treat in a way of their own, but for what is replaced.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=20) | st.sampled_from(
    ["'; DROP TABLE learners; --", "\\", "%s", ":name", '"', "日本語", "🙂"]
)
names = texts.filter(str.strip)
ids = st.integers(0, 10**6).map(event_id)
# Half of the times are among a few, so that answers at the same time happen.
times = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda gap: NOW - gap) | st.integers(0, 3).map(
    lambda day: NOW - timedelta(days=day)
)
answers = st.builds(
    Answered,
    id=ids,
    at=times,
    exercise=names,
    kind=names,
    place=st.sampled_from(PLACES),
    made=st.lists(texts, max_size=4).map(tuple),
    score=st.floats(0, 1),
    millis=st.none() | st.integers(0, 10**12),
    rating=st.sampled_from(Rating),
    facts=st.lists(st.sampled_from(["a", "b", "c", "ä", "日本"]), max_size=4).map(tuple),
)
tries = st.builds(
    LabTried,
    id=ids,
    at=times,
    lab=names,
    solved=st.booleans(),
    moves=st.integers(0, 10**6),
    stars=st.integers(0, 3),
    month_usd=st.none() | st.floats(0, 10**9),
)
visits = st.builds(Visited, id=ids, at=times, page=names, where=texts)
histories = st.lists(answers | tries | visits, max_size=25, unique_by=lambda event: (type(event), event.id))
house = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def learner() -> str:
    """A secret that nobody had before."""
    return f"learner-{next(_learners)}"


@house
@given(done=histories, data=st.data())
def test_in_whatever_portions_and_order_events_arrive_they_come_to_the_same(
    shared_store: ProgressStore, done: list[Event], data: st.DataObject
):
    at_once, in_portions = learner(), learner()
    arriving = data.draw(st.permutations(done))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(done)), max_size=6)))

    shared_store.keep(at_once, done, NOW)
    for start, end in zip([0, *cuts], [*cuts, len(done)], strict=True):
        shared_store.keep(in_portions, arriving[start:end], NOW)

    assert shared_store.progress(in_portions) == shared_store.progress(at_once)
    given_answers = [event for event in done if isinstance(event, Answered)]
    assert shared_store.progress(at_once).cards == cards_of(given_answers)
    assert shared_store.history(at_once) == in_order(given_answers)


@house
@given(done=histories)
def test_an_export_brings_all_of_it_back_and_a_second_time_nothing(
    shared_store: ProgressStore, done: list[Event]
):
    here, there = learner(), learner()
    shared_store.keep(here, done, NOW)
    text = shared_store.export(here)

    first, again = shared_store.bring_in(there, text, NOW), shared_store.bring_in(there, text, NOW)

    assert (first, again) == (Brought(added=len(done), known=0), Brought(added=0, known=len(done)))
    assert shared_store.progress(there) == shared_store.progress(here)
    assert shared_store.export(there) == text


@house
@given(mine=histories, theirs=histories)
def test_what_two_devices_did_apart_comes_together(
    shared_store: ProgressStore, mine: list[Event], theirs: list[Event]
):
    here, there = learner(), learner()
    shared_store.keep(here, mine, NOW)
    shared_store.keep(there, theirs, NOW)

    brought = shared_store.bring_in(here, shared_store.export(there), NOW)

    known = {(type(event), event.id) for event in mine}
    new = [event for event in theirs if (type(event), event.id) not in known]
    assert brought == Brought(added=len(new), known=len(theirs) - len(new))
    together = [event for event in (*mine, *new) if isinstance(event, Answered)]
    assert shared_store.history(here) == in_order(together)
    assert shared_store.progress(here).cards == cards_of(together)


def in_order(given_answers: Sequence[Answered]) -> tuple[Answered, ...]:
    """Answers in the order of time."""
    return tuple(sorted(given_answers, key=lambda answer: (answer.at, answer.id)))
