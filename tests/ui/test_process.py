"""The server's process: what it is set to exists in the pinned Streamlit."""

import ast
import inspect
from pathlib import Path

import pytest
from streamlit.runtime import runtime as server
from streamlit.testing.v1 import AppTest

from ui.process import RUN_SECONDS, SENDING, SENDING_SECONDS, settle

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"


def test_the_pinned_streamlit_rests_between_two_sendings_as_long_as_the_setting_says():
    assert isinstance(getattr(server, SENDING), float)
    rests = [
        call.args[0].id
        for call in ast.walk(ast.parse(inspect.getsource(server)))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "sleep"
        and isinstance(call.args[0], ast.Name)
    ]
    assert SENDING in rests


def test_the_first_run_of_a_process_settles_it(monkeypatch: pytest.MonkeyPatch):
    done: list[object] = []
    monkeypatch.setattr("gc.freeze", lambda: done.append("frozen"))
    monkeypatch.setattr("sys.setswitchinterval", done.append)
    monkeypatch.setattr(server, SENDING, 0.005)

    settle.__wrapped__()

    assert done == ["frozen", RUN_SECONDS]
    assert getattr(server, SENDING) == SENDING_SECONDS


def test_every_page_settles_the_process_that_shows_it(monkeypatch: pytest.MonkeyPatch):
    settled: list[bool] = []
    monkeypatch.setattr("ui.process.settle", lambda: settled.append(True))

    AppTest.from_file(str(ENTRY), default_timeout=60).run()

    assert settled == [True]
