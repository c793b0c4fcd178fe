"""The commands for the question bank: what they write and print, and how they end."""

import csv
import io
from zipfile import ZipFile

import pytest

from vpclab.__main__ import main
from vpclab.errors import ContentError
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.words import languages

GOOD = "Which one?{=this#Since it is. ~that#No. ~other#No.}\n"


def count():
    return len(exercises(load_library()))


@pytest.fixture
def gift(tmp_path):
    file = tmp_path / "quiz.gift"
    file.write_text(GOOD, encoding="utf-8")
    return file


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("form", "start"), [("gift", "$CATEGORY:"), ("anki", "#separator:tab"), ("csv", "\ufeffid,")]
)
def test_an_export_is_printed(form, start, language, capsys):
    assert main(["bank", "export", form, "--language", language]) == 0

    assert capsys.readouterr().out.startswith(start)


def test_csv_takes_both_languages(capsys):
    assert main(["bank", "export", "csv", "--language", "both"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert len(rows) == 2 * count()


@pytest.mark.parametrize("form", ["gift", "qti", "anki"])
def test_other_formats_take_one_language(form, tmp_path, capsys):
    file = tmp_path / "out"

    assert main(["bank", "export", form, "--language", "both", "--output", str(file), "--lang", "en"]) == 2
    assert "only as csv" in capsys.readouterr().err
    assert not file.exists()


def test_a_qti_package_is_written_to_a_file_and_not_to_the_terminal(tmp_path, capsys):
    file = tmp_path / "bank.zip"

    assert main(["bank", "export", "qti", "--language", "ja", "--lang", "en"]) == 2
    assert "--output" in capsys.readouterr().err
    assert main(["bank", "export", "qti", "--language", "ja", "--output", str(file), "--lang", "en"]) == 0
    assert f"questions written: {count()}" in capsys.readouterr().out
    with ZipFile(file) as package:
        assert len(package.namelist()) == count() + 2


@pytest.mark.parametrize("place", ["", "no-such-folder/out.gift", "\x00"])
def test_a_file_that_cannot_be_written_is_told(place, tmp_path, capsys):
    file = str(tmp_path / place) if "\x00" not in place else place

    assert main(["bank", "export", "gift", "--language", "en", "--output", file, "--lang", "en"]) == 2
    assert capsys.readouterr().err


def test_an_import_prints_yaml_and_tells_what_is_to_be_filled_in(gift, capsys):
    status = main(["bank", "import", str(gift), "--chapter", "cost", "--language", "en", "--lang", "en"])

    printed = capsys.readouterr()
    assert status == 1
    assert printed.out.startswith("# Add to content/chapters/cost/practice.yaml")
    assert 'section: "..."' in printed.out
    assert f"{gift}:1: No id that can be used." in printed.err
    assert "Read: 1. To be filled in: 1." in printed.err


def test_an_import_of_our_own_export_has_nothing_to_fill_in(tmp_path, capsys):
    out, yaml = tmp_path / "bank.csv", tmp_path / "bank.yaml"
    main(["bank", "export", "csv", "--language", "both", "--output", str(out)])
    rows = out.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = io.StringIO("".join(rows), newline="")
    reader = csv.reader(lines)
    kept = io.StringIO()
    csv.writer(kept).writerows(
        row for number, row in enumerate(reader) if number == 0 or row[0].startswith("cost/")
    )
    out.write_text(kept.getvalue(), encoding="utf-8")

    status = main(
        [
            "bank",
            "import",
            str(out),
            "--chapter",
            "cost",
            "--language",
            "ja",
            "--output",
            str(yaml),
            "--lang",
            "en",
        ]
    )

    assert status == 0
    assert "To be filled in: 0. Remarks: 0." in capsys.readouterr().err
    assert "..." not in yaml.read_text(encoding="utf-8")


def test_the_standard_input_is_read_as_gift(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))

    assert main(["bank", "import", "-", "--chapter", "cost", "--language", "en", "--lang", "en"]) == 1
    assert "stdin:1:" in capsys.readouterr().err


def test_a_file_without_a_question_ends_with_two(gift, capsys):
    gift.write_text("\x1b[2J{", encoding="utf-8")

    assert main(["bank", "import", str(gift), "--chapter", "cost", "--language", "en"]) == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "chapter"), [("missing.gift", "cost"), ("", "cost"), ("quiz.gift", "no-such")]
)
def test_what_cannot_be_read_is_told(file, chapter, gift, capsys):
    path = str(gift.parent / file)

    assert main(["bank", "import", path, "--chapter", chapter, "--language", "en", "--lang", "en"]) == 2
    printed = capsys.readouterr()
    assert printed.err
    assert printed.out == ""


def test_a_broken_course_is_told(monkeypatch, capsys):
    def broken() -> None:
        raise ContentError(())

    monkeypatch.setattr("vpclab.learning.library.load_library", broken)

    assert main(["bank", "export", "gift", "--language", "en"]) == 2
    assert capsys.readouterr().out == ""
