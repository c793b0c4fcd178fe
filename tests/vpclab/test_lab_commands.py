"""`python -m vpclab lab check` and `content new lab`: what they print, and how they end."""

import pytest

from tests.vpclab.learning import small_lab
from vpclab.__main__ import main
from vpclab.learning import lab_files, library, skeletons
from vpclab.learning.library import CONTENT, lab_reader
from vpclab.words import languages

LAB = "s3-without-nat"


@pytest.mark.parametrize(
    ("target", "language"),
    [
        *((LAB, language) for language in languages()),
        (f"{CONTENT}/labs/{LAB}", "en"),
        (f"{CONTENT}/labs/{LAB}/lab.yaml", "en"),
    ],
)
def test_a_lab_of_the_course_is_checked_by_its_id_or_its_files(target, language, capsys):
    assert main(["lab", "check", target, "--lang", language]) == 0

    printed = capsys.readouterr().out
    assert "{gateway_endpoint: yes}, {way_out: none}" in printed
    assert len(printed.splitlines()) == 2


def test_single_moves_that_solve_a_lab_are_listed(capsys):
    assert main(["lab", "check", "endpoint-that-nobody-reaches", "--lang", "en"]) == 0
    assert (
        "single moves that solve it: {endpoint_group: vpc}, {make: rule-for-the-app}"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize("language", languages())
def test_a_lab_in_one_file_is_checked(tmp_path, language, capsys):
    file = tmp_path / "own.yaml"
    file.write_text(small_lab.TEXT, encoding="utf-8")

    assert main(["lab", "check", str(file), "--lang", language]) == 0
    assert "{gateway_endpoint: yes}, {way_out: none}" in capsys.readouterr().out


def test_the_problems_of_a_file_have_its_name_and_line(tmp_path, capsys):
    file = tmp_path / "own.yaml"
    file.write_text(small_lab.text(("start: s3-over-nat", "start: s4")), encoding="utf-8")

    assert main(["lab", "check", str(file), "--lang", "en"]) == 2
    assert capsys.readouterr().out.startswith(f"{file}:2: start: There is no example `s4`")


def test_a_lab_that_no_move_solves_is_told(tmp_path, capsys):
    file = tmp_path / "own.yaml"
    goal = ("goal:\n", "goal:\n  - {present: transit-gateway}\n")
    file.write_text(small_lab.text(goal, (small_lab.SOLUTION, "")), encoding="utf-8")

    assert main(["lab", "check", str(file), "--lang", "en"]) == 2
    assert "not solved by up to 4 allowed moves" in capsys.readouterr().out


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.yaml", None), ("bytes.yaml", b"\xff\xfe\xfd"), ("huge.yaml", b"#" * 300_000)],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, name, content, language, capsys):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)

    assert main(["lab", "check", str(file), "--lang", language]) == 2
    assert name in capsys.readouterr().out


def test_what_is_typed_cannot_steer_the_terminal(capsys):
    assert main(["lab", "check", "\x1b[2J\x00", "--lang", "en"]) == 2
    assert "\x1b" not in capsys.readouterr().out


def test_a_new_lab_is_sound_but_for_its_words(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(library, "CONTENT", tmp_path)

    assert main(["content", "new", "lab", "first-lab", "--lang", "en"]) == 0

    assert "content/labs/first-lab/lab.yaml" in capsys.readouterr().out
    written = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.yaml")}
    assert written == {f"labs/first-lab/{name}.yaml" for name in ("lab", *languages())}
    assert main(["content", "new", "lab", "first-lab", "--lang", "en"]) == 2


def test_the_plan_of_a_new_lab_can_be_solved_as_it_says(tmp_path):
    words = {
        skeleton.path: skeleton.text.replace(skeletons.DOTS, "Words").replace("  ...", "  Words")
        for skeleton in skeletons.lab("first-lab")
    }
    for name, text in words.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    reader = lab_reader()
    reader.root = tmp_path

    lab = reader.lab("first-lab")

    assert reader.problems == []
    assert lab is not None
    assert lab_files.deep_problems(tmp_path, lab) == ()
