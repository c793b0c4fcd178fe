"""How long the server takes for one choice in the sandbox, against an app that is nothing but a button.

Both apps run as servers of their own with the same settings; a visitor of each takes turns with the other,
so that a busy machine slows them alike. Measured is what a person waits for: from the message that a choice
sends to the end of the run. A network's first time is told apart from a later one, for which things are kept.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.figures import Figure, at_most
from scripts.smoke import free_port, wait_until_healthy
from scripts.visitor import Run, Visitor
from vpclab.sandbox.choice_texts import CHOICES, is_several, options
from vpclab.store.database import FOLDER_NAME, URL_NAME

ROOT = Path(__file__).resolve().parent.parent
BOARD = "sandbox-choices"
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
        visited = {board_of(learner)}
        for _ in range(WARM_UP):
            presser.change("press", True)
        while len(new) < NEW_NETWORKS:
            name, value, before = next_choice(board_of(learner), dice)
            run = choose(learner, name, value)
            pressed.append(presser.change("press", True))
            (seen if board_of(learner) in visited else new).append(run)
            visited.add(board_of(learner))
            for again in (before, value):  # there and back: both networks are known by now
                if not dict(board_of(learner))[name].is_off:
                    seen.append(choose(learner, name, again))
                    pressed.append(presser.change("press", True))
    return new[WARM_UP:], seen[WARM_UP:], pressed


@dataclass(frozen=True, slots=True)
class Shown:
    """What the board shows of a choice: its text, and whether it is switched off."""

    text: str
    is_off: bool


Board = tuple[tuple[str, Shown], ...]


def board_of(learner: Visitor) -> Board:
    """What the board of choices shows, by name."""
    told = json.loads(json.loads(learner.components[BOARD].data)["state"])
    return tuple((choice["name"], Shown(choice["value"], choice["off"])) for choice in told)


def choose(learner: Visitor, name: str, text: str) -> Run:
    """Make one choice in the sandbox."""
    return choose_on(learner, BOARD, name, text)


def choose_on(learner: Visitor, board: str, name: str, text: str) -> Run:
    """Make one choice on a board, as a person's browser sends it."""
    number = json.loads(learner.components[board].data)["seen"] + 1
    change = {"name": name, "value": text, "number": number}
    return learner.trigger(board, "chosen", {"changes": [change]})


def next_choice(board: Board, dice: random.Random) -> tuple[str, str, str]:
    """A choice that can be made, a text that it does not have yet, and the one that it has."""
    shown = dict(board)
    offered = [name for name in CHOICES if not shown[name].is_off and not is_several(name)]
    name = dice.choice(offered)
    others = [text for text in texts_of(name) if text != shown[name].text]
    return name, dice.choice(others), shown[name].text


def texts_of(name: str) -> list[str]:
    """All texts that a choice can have."""
    return ["no", "yes"] if options(name) == (False, True) else [str(option) for option in options(name)]


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
    with tempfile.TemporaryDirectory(prefix="vpclab-bench-") as data, serving(script, Path(data)) as server:
        yield server.address


def environment_with(data: Path) -> dict[str, str]:
    """This process's environment, but for where progress is kept: measurements write into no other store."""
    own = {name: value for name, value in os.environ.items() if name not in (URL_NAME, FOLDER_NAME)}
    return {**own, FOLDER_NAME: str(data)}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started: where it answers, and its process."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def serving(script: str, data: Path) -> Iterator[Server]:
    """Serve a script that keeps what learners do in the folder `data`, whatever the environment names."""
    port = free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.address", "localhost", "--server.port", str(port), "--logger.level", "warning"]
    environment = environment_with(data)
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        try:
            wait_until_healthy(process, address)
            yield Server(address, process)
        finally:
            process.terminate()
