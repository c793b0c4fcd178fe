"""The server's process: what it is set to exists in the pinned Streamlit."""

import ast
import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime import runtime as server
from streamlit.testing.v1 import AppTest

from ui.process import RUN_SECONDS, SENDING, SENDING_SECONDS, THEME, kept_theme, settle

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
    write = inspect.unwrap(getattr(app_session, THEME))
    monkeypatch.setattr(app_session, THEME, write)

    settle.__wrapped__()

    assert done == ["frozen", RUN_SECONDS]
    assert getattr(server, SENDING) == SENDING_SECONDS
    assert inspect.unwrap(getattr(app_session, THEME)) is write is not getattr(app_session, THEME)


def test_the_theme_is_worked_out_once_and_written_into_every_message_as_streamlit_writes_it():
    asked: list[str] = []

    def write(message: CustomThemeConfig, section: str = "theme") -> None:
        asked.append(section)
        if section != "theme.sidebar":
            message.primary_color = f"colour of {section}"

    def written(by: Callable[..., None]) -> bytes:
        message = CustomThemeConfig()
        by(message)
        by(message.light, "theme.light")
        by(message.sidebar, "theme.sidebar")
        return message.SerializeToString(deterministic=True)

    kept = kept_theme(write)
    first, later = written(kept), written(kept)

    assert asked == ["theme", "theme.light", "theme.sidebar"]
    assert first == later == written(write)


def test_the_pinned_streamlit_writes_the_theme_by_the_function_that_is_kept():
    assert list(inspect.signature(getattr(app_session, THEME)).parameters) == ["msg", "section"]


def test_every_page_settles_the_process_that_shows_it(monkeypatch: pytest.MonkeyPatch):
    settled: list[bool] = []
    monkeypatch.setattr("ui.process.settle", lambda: settled.append(True))

    AppTest.from_file(str(ENTRY), default_timeout=60).run()

    assert settled == [True]
