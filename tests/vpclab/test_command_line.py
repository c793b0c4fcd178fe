"""The command line: what it prints where, its exit statuses, and its manners."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vpclab.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
WALKS = ROOT / "tests" / "fixtures" / "walks.yaml"
REQUEST = "{from: fn, service: s3, action: a, resource: '*', host: s3.r.amazonaws.com}"
SOUND = f"""
  design: {{region: r, workloads: [{{Id: fn, Kind: lambda}}]}}
  request: {REQUEST}
"""
MIXED = f"cases:\n- id: good{SOUND}- id: bad\n  design: {{region: 5}}\n  request: {REQUEST}\n- 7\n"


@pytest.fixture
def mixed(tmp_path: Path) -> str:
    file = tmp_path / "mixed.yaml"
    file.write_text(MIXED)
    return str(file)


def test_walk_json_prints_one_object_for_each_case(capsys: pytest.CaptureFixture[str]):
    status = main(["walk", str(WALKS), "--json"])

    printed = capsys.readouterr()
    assert status == 0
    assert printed.err == ""
    assert all("error" not in result for result in json.loads(printed.out))


def test_one_case_is_one_object_in_the_array(capsys: pytest.CaptureFixture[str]):
    main(["walk", str(WALKS), "--json"])
    every = json.loads(capsys.readouterr().out)

    assert main(["walk", str(WALKS), "--case", every[3]["id"], "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [every[3]]


def test_an_unreadable_case_does_not_stop_the_others(mixed: str, capsys: pytest.CaptureFixture[str]):
    status = main(["walk", mixed, "--json", "--lang", "en"])

    good, bad, nameless = json.loads(capsys.readouterr().out)
    assert status == 1
    assert good["verdict"] == "UNRESOLVED"
    assert [error["path"] for error in bad["error"]] == ["design.region", "request.from"]
    assert (nameless["id"], nameless["error"][0]["path"]) == (None, "")


def test_the_sound_case_of_a_broken_file_alone_is_fine(mixed: str):
    assert main(["walk", mixed, "--case", "good"]) == 0
    assert main(["walk", mixed, "--case", "bad"]) == 1


def test_an_unknown_case_prints_nothing_on_stdout(mixed: str, capsys: pytest.CaptureFixture[str]):
    status = main(["walk", mixed, "--case", "worse", "--json", "--lang", "en"])

    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert "good, bad" in printed.err


@pytest.mark.parametrize("content", ["a: [", "", "cases: 5", "cases: []", "cases: [a]\ncases: [b]\n"])
def test_a_file_that_cannot_be_read_prints_nothing_on_stdout(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "broken.yaml"
    file.write_text(content)

    status = main(["walk", str(file), "--json"])

    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert printed.err.startswith(str(file))


def test_a_walk_is_told_in_sentences_in_both_languages(mixed: str, capsys: pytest.CaptureFixture[str]):
    main(["walk", mixed, "--lang", "en"])
    english = capsys.readouterr().out
    main(["walk", mixed, "--lang", "ja"])
    japanese = capsys.readouterr().out

    assert english.startswith("== good\n")
    assert "cannot be read" in english
    assert "読み込めません" in japanese


def test_check_lists_problems_with_file_and_line(mixed: str, capsys: pytest.CaptureFixture[str]):
    assert main(["check", mixed, "--lang", "en"]) == 2

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        [f"{mixed}:6", "cases[1].design.region"],
        [f"{mixed}:7", "cases[1].request.from"],
        [f"{mixed}:8", "cases[2]"],
    ]


def test_check_also_reads_what_a_walk_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "one.yaml"
    file.write_text(f"expect: {{reachabel: true}}\n{SOUND.replace(chr(10) + '  ', chr(10))}")

    assert main(["walk", str(file)]) == 0
    capsys.readouterr()
    assert main(["check", str(file), "--lang", "en"]) == 2
    assert "expect.reachabel" in capsys.readouterr().out


def test_check_of_a_sound_file_is_one_line(capsys: pytest.CaptureFixture[str]):
    assert main(["check", str(WALKS)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "問題はありません"),
        ({"LANG": "en_US.UTF-8"}, "without a problem"),
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "without a problem"),
        ({"LC_MESSAGES": "ja_JP.eucJP", "LANG": "C"}, "問題はありません"),
        ({}, "without a problem"),
    ],
)
def test_the_language_comes_from_the_environment(
    environment: dict[str, str],
    word: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    main(["check", str(WALKS)])

    assert word in capsys.readouterr().out


def test_a_mistake_in_the_engine_is_told_as_ours(
    mixed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("oops")

    # By module, not by dotted name: `vpclab.network.walk` is the function as well.
    monkeypatch.setattr(sys.modules["vpclab.network.walk"], "walk", fail)

    status = main(["walk", mixed, "--case", "good", "--json", "--lang", "en"])

    (result,) = json.loads(capsys.readouterr().out)
    assert status == 1
    assert "ZeroDivisionError: oops" in result["error"][0]["problem"]


def run(*arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "vpclab", *arguments], cwd=ROOT, capture_output=True, check=False, **more
    )


@pytest.mark.parametrize(
    ("file", "sentence"),
    [("/nowhere/at/all.yaml", "no such file"), ("/", "directory"), ("a\x1b[31m.yaml", "\\u001b[31m.yaml")],
)
def test_a_file_that_is_not_there_is_one_line(file: str, sentence: str):
    done = run("walk", file, "--lang", "en")

    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1
    assert sentence in done.stderr.decode()


def test_a_dash_reads_standard_input():
    done = run("check", "-", "--lang", "en", input=MIXED.encode())

    assert done.returncode == 2
    assert done.stdout.startswith(b"stdin:6: cases[1].design.region: ")


def test_output_is_utf_8_whatever_the_environment_says(mixed: str):
    done = run("walk", mixed, "--lang", "ja", env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})

    assert "読み込めません" in done.stdout.decode()


def test_ids_cannot_steer_the_terminal(tmp_path: Path):
    file = tmp_path / "evil.yaml"
    file.write_text(MIXED.replace("id: good", 'id: good\n  title: "\\u202e\\u009b2Jtitle"'))

    done = run("walk", str(file), "--lang", "en")

    assert "\u202e" not in done.stdout.decode()
    assert b"\x1b" not in done.stdout


def test_a_reader_that_goes_away_is_no_traceback(mixed: str):
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "vpclab", "walk", mixed, "--lang", "en"],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["Not everything could be printed (Broken pipe)."]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_no_traceback(mixed: str):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vpclab", "check", mixed, "--lang", "ja"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_an_interruption_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vpclab.__main__.read_cases", interrupt)

    assert main(["check", str(WALKS), "--lang", "en"]) == 2
    assert capsys.readouterr().err == "Interrupted.\n"


def test_an_unknown_option_is_status_2():
    assert run("walk", "a.yaml", "--fast").returncode == 2


@pytest.mark.parametrize(
    ("command", "status", "stdout", "stderr"),
    [
        ("walk {file} --json >&-", 2, "", "standard output is closed"),
        ("check {file} >&-", 2, "", "standard output is closed"),
        ("check {file} >&- 2>&-", 2, "", ""),
        ("walk - <&-", 2, "", "standard input is closed"),
        ("walk /nowhere 2>&-", 2, "", ""),
        ("walk 2>&-", 2, "", ""),
        ("check {file} 2>&-", 0, "without a problem", ""),
    ],
)
def test_a_closed_stream_is_no_traceback(command: str, status: int, stdout: str, stderr: str):
    done = shell(command.format(file=WALKS))

    assert done.returncode == status
    assert (stdout in done.stdout) if stdout else done.stdout == ""
    assert (stderr in done.stderr and len(done.stderr.splitlines()) == 1) if stderr else done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["check {file} >/dev/full", "walk /nowhere 2>/dev/full"])
def test_a_full_device_is_status_2(command: str):
    done = shell(command.format(file=WALKS))

    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", f"LC_ALL=C {sys.executable} -m vpclab {command}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_complaint_about_an_option_cannot_steer_the_terminal():
    done = run("walk", "a.yaml", "\x1b[31m")

    assert done.returncode == 2
    assert b"\x1b" not in done.stderr
    assert b"\\u001b[31m" in done.stderr
