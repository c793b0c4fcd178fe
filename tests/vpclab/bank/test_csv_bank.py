"""Questions to CSV and back: columns, guarded cells, and what a person may leave out."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vpclab.bank import samples
from tests.vpclab.bank.samples import CHAPTER, EN, JA
from vpclab.bank.csv_bank import COLUMNS, MARK, guarded, unguarded, write_csv
from vpclab.bank.csv_reader import read_csv
from vpclab.bank.report import MOST_QUESTIONS
from vpclab.learning.questions import QuestionKind

HEADER = (
    "kind,language,prompt,choice_1_text,choice_1_credit,choice_1_why,choice_2_text,choice_2_why,choice_3_text"
)


def read(text, t=EN):
    return read_csv(text.encode(), CHAPTER, t)


def rows(text):
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


def sheet(cells):
    """A file with one row out of a sample, with some cells changed."""
    header, row = rows(write_csv([samples.ONE]))
    changed = dict(zip(header, row, strict=True)) | cells
    out = io.StringIO()
    writer = csv.DictWriter(out, list(changed))
    writer.writeheader()
    writer.writerow(changed)
    return out.getvalue()


def codes(text):
    return [problem.code for problem in read(text).report]


def test_a_file_starts_with_its_mark_and_has_the_same_columns_always():
    text = write_csv(samples.ALL)

    assert text.startswith(MARK)
    assert rows(text)[0] == list(COLUMNS)
    assert {len(row) for row in rows(text)} == {len(COLUMNS)}


def test_rows_end_as_rfc_4180_says_and_line_ends_inside_texts_stay():
    text = write_csv([samples.PREDICT])

    assert text.count("\r\n") == 2
    assert '"Way out: none\nGateway endpoint: no"' in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_cell_that_a_spreadsheet_would_calculate_is_guarded(start):
    cell = f"{start}cmd|' /C calc'!A0"

    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["'=1", "''=1", "'quoted'", "'", "plain", ""])
def test_a_cell_that_looks_guarded_comes_back_as_it_was(cell):
    assert unguarded(guarded(cell)) == cell


def test_no_cell_of_an_export_starts_like_a_formula():
    for row in rows(write_csv(samples.ALL)):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@")]


def test_rows_in_another_language_are_passed_over():
    text = write_csv([samples.ONE])

    assert len(read(text, EN).items) == 1
    assert read(text, JA).items == ()


def test_a_person_may_leave_out_columns_and_cells():
    brought = read(f"{HEADER}\none,,What?,yes,100,Since.,no,,never\n")

    (item,) = brought.items
    assert (item.id, item.kind) == ("cost/imported", QuestionKind.ONE)
    assert [(choice.id, choice.text) for choice in item.choices] == [
        ("first", "yes"),
        ("second", "no"),
        ("third", "never"),
    ]
    assert [problem.code for problem in brought.report] == ["why_missing", "id_made"]
    assert brought.waiting == ("imported",)


def test_a_hundred_for_each_right_one_of_several_is_understood():
    brought = read(sheet({"kind": "several", "choice_1_credit": "100", "choice_2_credit": "100"}))

    assert [choice.id for choice in brought.items[0].right] == ["first", "second"]
    assert brought.report == ()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"kind": "essay"}, "kind_not_read"),
        ({"prompt": " "}, "empty_prompt"),
        ({"choice_2_credit": "lots"}, "wrong_cell"),
        ({"choice_2_credit": "101"}, "wrong_cell"),
        ({"choice_2_credit": "0"}, "no_right_choice"),
        ({"choice_1_credit": "100"}, "several_right"),
        ({"choice_1_id": "Not an id"}, "wrong_cell"),
        ({"choice_1_id": "second"}, "wrong_cell"),
        ({"choice_2_text": ""}, "empty_choice"),
        ({"choice_2_text": "Choice first"}, "repeated_choice"),
        ({"kind": "true-or-false"}, "wrong_cell"),
        ({"kind": "number", "tolerance": "near"}, "wrong_cell"),
        ({"kind": "number", "choice_1_value": "many"}, "wrong_cell"),
        ({"kind": "match"}, "unknown_target"),
        ({"kind": "predict"}, "wrong_cell"),
        ({"kind": "predict", "network": '{"start": "a", "shows": "b"}', "guess": "weather"}, "wrong_cell"),
        ({"network": "{"}, "wrong_cell"),
    ],
)
def test_a_row_that_cannot_be_taken_is_left_out_and_told(cells, code):
    brought = read(sheet(cells))

    assert brought.items == ()
    assert [(problem.line, problem.code) for problem in brought.report][-1] == (2, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("\n\n,,\n", "empty_file"),
        ("id,kind\nx,one\n", "missing_column"),
        (f"{HEADER},kind\n", "repeated_column"),
        (f"{HEADER},extra\n", "unknown_column"),
        (f"{HEADER}\none,en,What?,a,100,b,c,d,e,f\n", "too_many_cells"),
        (f'{HEADER}\none,en,"What?\n', "not_csv"),
        (f"{HEADER}\none,en,{'x' * 200_000}\n", "not_csv"),
        (f"{HEADER}\none,en,What\x07?,a,100,b,c,d,e\n", "forbidden_character"),
    ],
)
def test_a_file_with_something_wrong_is_told(text, code):
    assert code in codes(text)


def test_a_problem_names_the_line_on_which_its_row_starts():
    text = f'{HEADER}\none,en,"Two\nlines?",a,100,b,c,d,e\nessay,en,What?\n'

    assert [
        (problem.line, problem.code) for problem in read(text).report if problem.code == "kind_not_read"
    ] == [(4, "kind_not_read")]


def test_rows_are_read_up_to_a_limit():
    row = "one,en,What?,a,100,b,c,d,e\n"

    brought = read(HEADER + "\n" + row * (MOST_QUESTIONS * 2))

    assert len(brought.items) <= MOST_QUESTIONS
    assert brought.report[-1].code in ("too_many_questions", "too_many_problems")


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*"\",\r\n\t'=", "one", "en", "What?", "a", "100", "\x00"]), max_size=40))
def test_whatever_the_cells_are_reading_them_gives_a_value(pieces):
    brought = read(HEADER + "\n" + "".join(pieces))

    assert all(problem.line >= 1 for problem in brought.report)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_reading_them_gives_a_value(data):
    assert read_csv(data, CHAPTER, EN).items == ()
