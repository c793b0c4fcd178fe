"""Choosing in AppTest, which runs no JavaScript: what the choice board would send is sent by hand."""

import json

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from vpclab.exchange.permalink import decode
from vpclab.sandbox import Choices

KEY = "sandbox-choices"


def send(app: AppTest, event: str, value: object, *, key: str = KEY) -> AppTest:
    """Send an event of the component with this key, and run the app."""
    (board,) = (part.proto for part in app.get("bidi_component") if part.proto.id.endswith(key))
    states = app._tree.get_widget_states()
    sent = json.dumps([{"event": event, "value": value}])
    states.widgets.append(
        WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{board.id}__events", json_trigger_value=sent)
    )
    return app._run(states)


def choose(app: AppTest, **texts: str) -> AppTest:
    """Choose as a person does, one choice after the other, each in a run of its own."""
    for name, text in texts.items():
        number = seen(app) + 1
        send(app, "chosen", {"changes": [{"name": name, "value": text, "number": number}]})
    return app


def move(app: AppTest, *names: str) -> AppTest:
    """Undo or redo as a person does, faster than the server answers: all moves arrive in one event."""
    first = int(board_data(app)["moved"]) + 1
    moves = [{"name": name, "number": number} for number, name in enumerate(names, start=first)]
    return send(app, "moved", {"moves": moves})


def seen(app: AppTest) -> int:
    """The number of the last change that Python has answered."""
    return int(board_data(app)["seen"])


def board_data(app: AppTest) -> dict:
    """What the board was told."""
    (board,) = (part.proto for part in app.get("bidi_component") if part.proto.id.endswith(KEY))
    return json.loads(board.json)


def state_of(app: AppTest, name: str) -> dict:
    """What the board shows of one choice."""
    return next(told for told in json.loads(board_data(app)["state"]) if told["name"] == name)


def address_of(app: AppTest, name: str = "s") -> str:
    """A parameter of the address, as AppTest keeps it: text or a list with one text."""
    found = app.query_params[name]
    return found[0] if isinstance(found, list) else found


def choices_of(app: AppTest) -> Choices:
    """The choices in the address."""
    return decode(address_of(app)).setup.choices
