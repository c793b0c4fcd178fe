"""The visitor without a browser: what it reads from the server's messages, and what it sends back."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from scripts.visitor import Widget, state_of, user_key, widget_in

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
