"""How long the server takes for one choice in the sandbox, against an app that is nothing but a button.

Both apps run as servers of their own with the same settings; a visitor of each takes turns with the other,
so that a busy machine slows them alike. Measured is what a person waits for: from the message that a choice
sends to the end of the run. A network's first time is told apart from a later one, for which things are kept.
"""

import random
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scripts.figures import Figure, at_most
from scripts.smoke import free_port, wait_until_healthy
from scripts.visitor import Run, Value, Visitor, Widget

ROOT = Path(__file__).resolve().parent.parent
CHOICES = "sandbox-"
CHOICE_KINDS = ("checkbox", "selectbox", "radio", "button_group")
NOT_CHOICES = ("sandbox-preset",)  # an example sets several choices at once
NEW_NETWORKS, WARM_UP = 40, 5


def choices() -> list[Figure]:
    """One choice in the sandbox: server time and bytes, and the time as a ratio to the one-button app."""
    with ExitStack() as servers:
        ours = servers.enter_context(served("app.py"))
        button = servers.enter_context(served("scripts/one_button.py"))
        new, seen, pressed = take_turns(ours, button)
    every = [*new, *seen]
    chosen = median_ms(every)
    return [
        at_most("server time of one sandbox choice", chosen, "ms", 100),
        Figure(name="  of a network not seen before", value=median_ms(new), unit="ms"),
        Figure(name="  of a network seen before", value=median_ms(seen), unit="ms"),
        Figure(name="  slowest of twenty", value=slowest_of_twenty_ms(every), unit="ms"),
        Figure(name="server time of the one-button app", value=median_ms(pressed), unit="ms"),
        at_most("sandbox choice : one-button app", chosen / median_ms(pressed), "times", 2.5),
        Figure(name="sent for one sandbox choice", value=median_kb(every), unit="kB"),
        Figure(name="sent for one press of the button", value=median_kb(pressed), unit="kB"),
    ]


def take_turns(ours: str, button: str) -> tuple[list[Run], list[Run], list[Run]]:
    """The runs of choices that lead to new networks, of those that lead back, and of the button."""
    dice = random.Random(20)  # noqa: S311 - the same choices each time, so that figures can be compared
    new: list[Run] = []
    seen: list[Run] = []
    pressed: list[Run] = []
    with Visitor(ours, "/sandbox") as learner, Visitor(button) as presser:
        visited = {learner.values(CHOICES)}
        for _ in range(WARM_UP):
            presser.change("press", True)
        while len(new) < NEW_NETWORKS:
            key, value = next_choice(learner.widgets, dice)
            before = learner.widgets[key].value
            run = learner.change(key, value)
            pressed.append(presser.change("press", True))
            (seen if learner.values(CHOICES) in visited else new).append(run)
            visited.add(learner.values(CHOICES))
            for again in (before, value):  # there and back: both networks are known by now
                widget = learner.widgets.get(key)
                if widget is not None and not widget.disabled:
                    seen.append(learner.change(key, again))
                    pressed.append(presser.change("press", True))
    return new[WARM_UP:], seen[WARM_UP:], pressed


def next_choice(widgets: dict[str, Widget], dice: random.Random) -> tuple[str, Value]:
    """A choice that the page offers now and a value that it does not have yet."""
    offered = [key for key, widget in sorted(widgets.items()) if other_values(key, widget)]
    if not offered:
        raise SystemExit(f"bench: the sandbox offers no choice; widgets: {', '.join(sorted(widgets))}")
    key = dice.choice(offered)
    return key, dice.choice(other_values(key, widgets[key]))


def other_values(key: str, widget: Widget) -> list[Value]:
    """What a choice could be changed to; nothing where it is switched off or is no choice of the sandbox."""
    if (
        not key.startswith(CHOICES)
        or key in NOT_CHOICES
        or widget.kind not in CHOICE_KINDS
        or widget.disabled
    ):
        return []
    if widget.kind == "checkbox":
        return [not widget.value]
    return [option for option in widget.options if option != widget.value]


def median_ms(runs: list[Run]) -> float:
    """Median of the runs' times in milliseconds."""
    return statistics.median(run.seconds for run in runs) * 1000


def slowest_of_twenty_ms(runs: list[Run]) -> float:
    """The time in milliseconds that nineteen of twenty runs keep within."""
    return statistics.quantiles((run.seconds for run in runs), n=20)[-1] * 1000


def median_kb(runs: list[Run]) -> float:
    """Median of what the server sent for a run, in kilobytes."""
    return statistics.median(run.sent_bytes for run in runs) / 1000


@contextmanager
def served(script: str) -> Iterator[str]:
    """Serve a script of this project with its settings, and give the address."""
    port = free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.address", "localhost", "--server.port", str(port), "--logger.level", "warning"]
    with subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_healthy(server, address)
            yield address
        finally:
            server.terminate()
