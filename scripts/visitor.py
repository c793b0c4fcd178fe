"""A visitor without a browser: opens a page over the websocket, changes widgets, and takes the time.

Speaks what Streamlit's own page speaks: protobuf messages over `/_stcore/stream`. It keeps what a browser
keeps between two runs (widget values, address, large messages that the server need not send again), so that
the server does the work, and sends the bytes, that a person would cause.
"""

import json
import re
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import parse_qsl, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

RUN_SECONDS = 30
GENERATED_ID = re.compile(r"\$\$ID-[0-9a-f]+-(?P<key>.+)", re.DOTALL)
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
RUNS_KEPT = 2  # Streamlit's page forgets a large message that so many runs did not use

Value = bool | str | None


class RunFailed(RuntimeError):
    """The script run ended with an error, or the widget to change is not there."""


@dataclass(kw_only=True)
class Widget:
    """A widget as the visitor sees it; `options` are labels, and a list's `value` is one of them."""

    widget_id: str
    kind: str
    value: Value
    options: tuple[str, ...] = ()
    disabled: bool = False
    fragment_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the script: from the message sent to the end of the run, and what the server sent for it."""

    seconds: float
    sent_bytes: int
    messages: tuple[ForwardMsg, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Component:
    """A component of the page: what its script was told, as JSON."""

    component_id: str
    fragment_id: str
    data: str


class Visitor:
    """One session of one visitor; use as a context manager."""

    def __init__(
        self, address: str, path: str = "/", locale: str = "en", query: str = "", cookie: str = ""
    ) -> None:
        self.widgets: dict[str, Widget] = {}
        self.components: dict[str, Component] = {}
        self._page_name, self._locale, self._query = path.strip("/"), locale, query
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}
        self._runs = 0
        stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        self._socket = connect(
            stream,
            origin=address,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": cookie} if cookie else None,
            max_size=None,
        )

    def __enter__(self) -> Self:
        """Load the page: the first run, which nobody measures."""
        self._socket.__enter__()
        try:
            self._run()
        except BaseException:
            self._socket.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._socket.close()

    @property
    def parameters(self) -> dict[str, str]:
        """What the address says by now."""
        return dict(parse_qsl(self._query, keep_blank_values=True))

    def values(self, prefix: str) -> tuple[tuple[str, Value], ...]:
        """What the widgets whose keys start so show now, by key."""
        shown = ((key, widget.value) for key, widget in self.widgets.items() if key.startswith(prefix))
        return tuple(sorted(shown))

    def change(self, key: str, value: Value) -> Run:
        """Give a widget another value and wait for the end of the run.

        Raises RunFailed when the widget is not there or switched off, or the run does not end well.
        """
        widget = self.widgets.get(key)
        if widget is None or widget.disabled:
            raise RunFailed(f"no widget to change: {key}; there are {', '.join(sorted(self.widgets))}")
        widget.value = value
        return self._run(fragment_id=widget.fragment_id)

    def trigger(self, key: str, event: str, value: object) -> Run:
        """Let a component send an event and wait for the end of the run; raises RunFailed like `change`."""
        component = self.components.get(key)
        if component is None:
            raise RunFailed(f"no component: {key}; there are {', '.join(sorted(self.components))}")
        sent = json.dumps([{"event": event, "value": value}])
        name = f"$$STREAMLIT_INTERNAL_KEY_{component.component_id}__events"
        own = WidgetState(id=component.component_id, json_value="{}")
        trigger = WidgetState(id=name, json_trigger_value=sent)
        return self._run(fragment_id=component.fragment_id, triggers=(own, trigger))

    def _run(self, *, fragment_id: str = "", triggers: tuple[WidgetState, ...] = ()) -> Run:
        back = self._rerun(fragment_id)
        back.rerun_script.widget_states.widgets.extend(triggers)
        asked = back.SerializeToString()
        messages: list[ForwardMsg] = []
        sent_bytes = 0
        start = perf_counter()
        self._socket.send(asked)
        # The run that a script asks for itself, after it has ended early, belongs to the change as well.
        ended: int = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        while ended == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            received = self._socket.recv(timeout=RUN_SECONDS, decode=False)
            seconds = perf_counter() - start
            sent_bytes += len(received)
            messages.append(ForwardMsg.FromString(received))
            if messages[-1].WhichOneof("type") == "script_finished":
                ended = messages[-1].script_finished
        if ended not in FINISHED:
            raise RunFailed(ForwardMsg.ScriptFinishedStatus.Name(ended))
        self._take(messages, fragment_id)
        return Run(seconds=seconds, sent_bytes=sent_bytes, messages=tuple(messages))

    def _rerun(self, fragment_id: str) -> BackMsg:
        back = BackMsg()
        state = back.rerun_script
        state.query_string, state.page_name, state.fragment_id = self._query, self._page_name, fragment_id
        state.context_info.locale = self._locale
        state.cached_message_hashes.extend(self._kept)
        # Like a browser: of a button only a press is told, since Streamlit could take more for another press.
        told = (widget for widget in self.widgets.values() if widget.kind != "button" or widget.value)
        state.widget_states.widgets.extend(map(state_of, told))
        for widget in self.widgets.values():
            if widget.kind == "button":
                widget.value = False  # a press is told once
        return back

    def _take(self, messages: list[ForwardMsg], fragment_id: str) -> None:
        """Remember what a browser remembers of a run; what the page, or its fragment, left out has gone."""
        self._runs += 1
        found: dict[str, Widget] = {}
        components: dict[str, Component] = {}
        for received in messages:
            message = received
            if received.WhichOneof("type") == "ref_hash":
                message = self._kept[received.ref_hash][0]
            if message.metadata.cacheable:
                self._kept[message.hash] = (message, self._runs)
            if message.WhichOneof("type") == "page_info_changed":
                self._query = message.page_info_changed.query_string
            found.update(widget_in(message, self.widgets))
            components.update(component_in(message))
        self.widgets = {**outside(fragment_id, self.widgets), **found}
        self.components = {**outside(fragment_id, self.components), **components}
        oldest = self._runs - RUNS_KEPT
        self._kept = {name: kept for name, kept in self._kept.items() if kept[1] >= oldest}


Placed = TypeVar("Placed", Widget, Component)


def outside(fragment_id: str, shown: dict[str, Placed]) -> dict[str, Placed]:
    """What a run of this fragment leaves as it is; a run of the whole page (no fragment) leaves nothing."""
    return {key: one for key, one in shown.items() if fragment_id and one.fragment_id != fragment_id}


def widget_in(message: ForwardMsg, known: dict[str, Widget]) -> dict[str, Widget]:
    """The widget that a message puts on the page, by the key that the page's code gave it; or nothing.

    A widget shows its default at first; later it shows what the visitor chose, unless the script sets it.
    """
    if message.WhichOneof("type") != "delta" or not message.delta.HasField("new_element"):
        return {}
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind not in READ:
        return {}
    content = getattr(element, kind)
    key = user_key(content.id)
    if key is None:
        return {}
    default, chosen, options = READ[kind](element)
    value = default
    if kind != "button" and content.set_value:
        value = chosen
    elif key in known and known[key].widget_id == content.id:
        value = known[key].value
    widget = Widget(
        widget_id=content.id,
        kind=kind,
        value=value,
        options=options,
        disabled=content.disabled,
        fragment_id=message.delta.fragment_id,
    )
    return {key: widget}


def component_in(message: ForwardMsg) -> dict[str, Component]:
    """The component that a message puts on the page, by the key that the page's code gave it; or nothing."""
    if message.WhichOneof("type") != "delta" or not message.delta.HasField("new_element"):
        return {}
    element = message.delta.new_element
    if element.WhichOneof("type") != "bidi_component":
        return {}
    content = element.bidi_component
    key = user_key(content.id)
    found = Component(component_id=content.id, fragment_id=message.delta.fragment_id, data=content.json)
    return {} if key is None else {key: found}


def user_key(widget_id: str) -> str | None:
    """The key that the page's code gave a widget, or None for a widget without one."""
    parts = GENERATED_ID.fullmatch(widget_id)
    return None if parts is None or parts["key"] == "None" else parts["key"]


def state_of(widget: Widget) -> WidgetState:
    """A widget's value as the browser sends it."""
    state = WidgetState(id=widget.widget_id)
    if widget.kind == "button":
        state.trigger_value = bool(widget.value)
    elif widget.kind == "checkbox":
        state.bool_value = bool(widget.value)
    elif widget.kind == "button_group":
        state.string_array_value.data.extend([] if widget.value is None else [str(widget.value)])
    elif widget.value is not None:
        state.string_value = str(widget.value)
    return state


Read = tuple[Value, Value, tuple[str, ...]]


def _read_list(element: Element) -> Read:
    content = getattr(element, element.WhichOneof("type"))
    options = tuple(content.options)
    default = options[content.default] if content.HasField("default") and options else None
    return default, content.raw_value if content.HasField("raw_value") else None, options


def _read_group(element: Element) -> Read:
    group = element.button_group
    options = tuple(option.content for option in group.options)
    default = options[group.default[0]] if group.default else None
    return default, group.raw_values[0] if group.raw_values else None, options


READ = {
    "selectbox": _read_list,
    "radio": _read_list,
    "button_group": _read_group,
    "checkbox": lambda element: (element.checkbox.default, element.checkbox.value, ()),
    "button": lambda _: (False, False, ()),
}
"""How to read default, value set by the script, and options, for each kind of widget that can be changed."""
