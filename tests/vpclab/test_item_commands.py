"""The command for trainers: what it prints and writes, and how it ends."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from vpclab.__main__ import main
from vpclab.item_words import COLUMNS, ToldItem, told_items, write_item_csv
from vpclab.learning.exercise import Exercise, exercises
from vpclab.learning.item_choices import Option
from vpclab.learning.item_statistics import Chosen, Flag, ItemStatistics, item_statistics
from vpclab.learning.library import load_library
from vpclab.learning.questions import QuestionKind
from vpclab.learning.quiz import answer_of
from vpclab.learning.schedule import Rating
from vpclab.store.events import Answered
from vpclab.store.progress import ProgressStore
from vpclab.words import languages, load_words

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ASKED, RARE = exercises(load_library())[:2]


def answered(exercise: Exercise, made: tuple[str, ...], score: float) -> Answered:
    return Answered(
        id=uuid4().hex,
        at=NOW,
        exercise=exercise.id,
        kind=str(exercise.question.kind),
        place="chapter",
        made=made,
        score=score,
        millis=9_000,
        rating=Rating.GOOD,
        facts=exercise.facts,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store in which six learners have answered one question, and four of them another one."""
    monkeypatch.delenv("VPCLAB_DATABASE_URL", raising=False)
    monkeypatch.setenv("VPCLAB_DATA", str(tmp_path))
    store = ProgressStore(f"sqlite:///{tmp_path / 'progress.sqlite3'}")
    store.migrate()
    for number in range(6):
        events = [answered(ASKED, answer_of(ASKED.question), 1.0)]
        events += [answered(RARE, ("=typed-by-somebody",), 0.0)] if number < 4 else []
        store.keep(f"secret-{number}", events, NOW)
    store.close()
    return tmp_path


def told(statistics: ItemStatistics, *, question: str = "?", text: str = "!") -> ToldItem:
    return ToldItem(
        statistics=statistics,
        question=question,
        options=tuple((text, chosen) for chosen in statistics.chosen),
    )


def statistics(discrimination: float | None = None) -> ItemStatistics:
    return ItemStatistics(
        exercise="c/one",
        kind=QuestionKind.ONE,
        learners=40,
        facility=0.25,
        discrimination=discrimination,
        chosen=(Chosen(option=Option(choice="a"), is_right=True, count=10),),
        flags=(Flag.TOO_HARD,),
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", languages())
def test_an_item_is_listed_in_words_without_those_of_few_learners(language: str, capsys):
    t = load_words(language)

    assert main(["items", "--language", language]) == 0

    printed = capsys.readouterr().out
    assert f"== {ASKED.id}: " in printed
    assert t("items.line", learners=6, percent=100, index=t("items.unknown")) in printed
    assert t("items.small", count=30) in printed
    assert t("items.summary", shown=1, flagged=1, hidden=1) in printed
    assert RARE.id not in printed
    assert "secret" not in printed


def test_the_csv_has_a_row_for_each_choice_and_a_byte_order_mark(folder: Path, capsys):
    file = folder / "items.csv"

    assert main(["items", "--csv", str(file), "--language", "ja", "--lang", "en"]) == 0

    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert [row["choice"] for row in rows] == list(ASKED.question.choices)
    assert {(row["exercise"], row["learners"], row["facility"]) for row in rows} == {
        (ASKED.id, "6", "1.0000")
    }
    assert [row["share"] for row in rows if row["right"] == "true"] == ["1.0000"]
    assert "typed-by-somebody" not in file.read_text(encoding="utf-8")
    assert capsys.readouterr().out == f"{file}: questions written: 1. Left out for too few learners: 1.\n"


@pytest.mark.usefixtures("folder")
def test_the_csv_can_go_to_standard_output(capsys):
    assert main(["items", "--csv", "-"]) == 0

    assert capsys.readouterr().out.startswith("\ufeff" + ",".join(COLUMNS))


def test_a_place_that_cannot_be_written_is_told(folder: Path, capsys):
    assert main(["items", "--csv", str(folder), "--lang", "en"]) == 2
    assert main(["items", "--csv", str(folder / "none" / "x.csv"), "--lang", "en"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_no_database_is_told_and_none_is_made(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.delenv("VPCLAB_DATABASE_URL", raising=False)
    monkeypatch.setenv("VPCLAB_DATA", str(tmp_path / "nowhere"))

    assert main(["items", "--lang", "en"]) == 2

    assert "there is no such file" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_cannot_be_reached_is_told_without_its_password(monkeypatch, capsys):
    monkeypatch.setenv("VPCLAB_DATABASE_URL", "postgresql://somebody:password@127.0.0.1:1/none")

    assert main(["items", "--lang", "en"]) == 2

    printed = capsys.readouterr()
    assert "cannot be read" in printed.err
    assert "password" not in printed.err + printed.out


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1+1", "'=1"])
def test_no_cell_is_a_formula(text: str):
    rows = write_item_csv([told(statistics(), question=text, text=text)], load_words("en"))

    row = next(csv.DictReader(io.StringIO(rows.removeprefix("\ufeff"), newline="")))
    assert row["question"] == row["text"] == f"'{text}"


def test_a_negative_discrimination_stays_a_number():
    rows = write_item_csv([told(statistics(-0.25))], load_words("en"))

    assert next(csv.DictReader(io.StringIO(rows.removeprefix("\ufeff"))))["discrimination"] == "-0.2500"


@pytest.mark.parametrize("language", languages())
def test_every_option_of_every_question_has_words_of_its_own(language: str):
    library, t = load_library(), load_words(language)
    found = exercises(library)
    right = [(str(n), one.id, answer_of(one.question), 1.0) for n, one in enumerate(found)]
    nothing = [(f"{n}-not", one.id, (), 0.0) for n, one in enumerate(found)]
    questions = {one.id: one.question for one in found}

    items = told_items(item_statistics([*right, *nothing], questions), library, t)

    assert [item.statistics.exercise for item in items] == [one.id for one in found]
    for item in items:
        words = [text for text, _ in item.options]
        assert item.question
        assert all(words)
        assert len(set(words)) == len(words), item.statistics.exercise


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("flag", Flag)
def test_every_flag_has_words(flag: Flag, language: str):
    assert load_words(language).has(f"items.flag.{flag}")


@pytest.mark.parametrize("language", languages())
def test_a_flag_of_a_distractor_has_words_beside_it(language: str):
    for flag in (Flag.UNUSED, Flag.PREFERRED):
        assert load_words(language).has(f"items.option.{flag}")
