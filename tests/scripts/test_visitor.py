"""The visitor without a browser: what it reads from the server's messages, and what it sends back."""

from typing import Self

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from scripts import visitor
from scripts.visitor import Visitor, Widget, outside, state_of, user_key, widget_in

TOGGLE = "$$ID-0d976f4f4cbd40ba65ba9d17b336b6ea-sandbox-gateway_endpoint"
LIST = "$$ID-a412a52d8fb321072e3db94f21f312d2-sandbox-way_out"


def toggle_message(**content: object) -> ForwardMsg:
    message = ForwardMsg()
    checkbox = message.delta.new_element.checkbox
    checkbox.id = TOGGLE
    for name, value in content.items():
        setattr(checkbox, name, value)
    return message


def list_message(*, default: int | None = 0) -> ForwardMsg:
    message = ForwardMsg()
    selectbox = message.delta.new_element.selectbox
    selectbox.id = LIST
    selectbox.options.extend(["None", "Internet gateway"])
    if default is not None:
        selectbox.default = default
    return message


@pytest.mark.parametrize(
    ("widget_id", "key"),
    [
        (TOGGLE, "sandbox-gateway_endpoint"),
        (LIST, "sandbox-way_out"),
        ("$$ID-0d976f4f4cbd40ba65ba9d17b336b6ea-None", None),
        ("", None),
    ],
)
def test_the_key_that_a_page_gave_stands_in_the_widgets_id(widget_id: str, key: str | None):
    assert user_key(widget_id) == key


def test_a_widget_shows_its_default_at_first():
    assert widget_in(toggle_message(default=True), {})["sandbox-gateway_endpoint"].value is True
    assert widget_in(list_message(default=1), {})["sandbox-way_out"].value == "Internet gateway"
    assert widget_in(list_message(default=None), {})["sandbox-way_out"].value is None


def test_a_widget_keeps_what_the_visitor_chose_until_the_script_sets_it():
    known = {"sandbox-gateway_endpoint": Widget(widget_id=TOGGLE, kind="checkbox", value=True)}

    kept = widget_in(toggle_message(default=False), known)
    overruled = widget_in(toggle_message(default=True, set_value=True, value=False), known)

    assert kept["sandbox-gateway_endpoint"].value is True
    assert overruled["sandbox-gateway_endpoint"].value is False


def test_a_choice_in_a_fragment_asks_for_that_fragment_alone():
    message = toggle_message()
    message.delta.fragment_id = "stage"

    assert widget_in(message, {})["sandbox-gateway_endpoint"].fragment_id == "stage"


def test_a_message_without_a_widget_gives_none():
    text = ForwardMsg()
    text.delta.new_element.markdown.body = "words"

    assert widget_in(text, {}) == {}
    assert widget_in(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY), {}) == {}


def test_each_kind_of_widget_is_sent_in_its_own_form():
    assert state_of(Widget(widget_id="a", kind="checkbox", value=True)).bool_value is True
    assert state_of(Widget(widget_id="a", kind="selectbox", value="None")).string_value == "None"
    assert not state_of(Widget(widget_id="a", kind="selectbox", value=None)).HasField("string_value")
    assert state_of(Widget(widget_id="a", kind="button_group", value="ja")).string_array_value.data == ["ja"]
    assert state_of(Widget(widget_id="a", kind="button", value=True)).trigger_value is True


class Line:
    """A connection that keeps what is sent and answers with a run that ends at once."""

    def __init__(self) -> None:
        self.sent: list[BackMsg] = []

    def send(self, message: bytes) -> None:
        self.sent.append(BackMsg.FromString(message))

    def recv(self, **_: object) -> bytes:
        return ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Nothing to close."""


def test_each_visitor_shows_a_cookie_of_their_own_when_they_connect(monkeypatch: pytest.MonkeyPatch):
    shown: list[object] = []

    def connect(_: str, **options: object) -> Line:
        shown.append(options["additional_headers"])
        return Line()

    monkeypatch.setattr(visitor, "connect", connect)

    Visitor("http://localhost:1", cookie="learner=a")
    Visitor("http://localhost:1", cookie="learner=b")
    Visitor("http://localhost:1")

    assert shown == [{"Cookie": "learner=a"}, {"Cookie": "learner=b"}, None]


def test_of_buttons_only_the_one_that_was_pressed_is_told_and_only_once(monkeypatch: pytest.MonkeyPatch):
    line = Line()
    monkeypatch.setattr(visitor, "connect", lambda *_, **__: line)
    learner = Visitor("http://localhost:1")
    learner.widgets = {
        name: Widget(widget_id=name, kind="button", value=False, fragment_id="review")
        for name in ("begin", "exam")
    }
    # The run shows neither any more, as where a page goes on to something else.
    learner.change("begin", True)
    with learner:
        told = [[state.id for state in sent.rerun_script.widget_states.widgets] for sent in line.sent]

    assert told == [["begin"], []]


def test_what_a_fragment_does_not_show_any_more_has_gone_and_the_rest_of_the_page_stays():
    shown = {
        "picker": Widget(widget_id="a", kind="button_group", value="en"),
        "begin": Widget(widget_id="b", kind="button", value=False, fragment_id="review"),
    }

    assert list(outside("review", shown)) == ["picker"]
    assert outside("", shown) == {}


def test_a_visitor_reads_the_address_that_the_page_has_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(visitor, "connect", lambda *_, **__: Line())

    learner = Visitor("http://localhost:1", query="lang=en&q=cost%2Fhours&done=")

    assert learner.parameters == {"lang": "en", "q": "cost/hours", "done": ""}
