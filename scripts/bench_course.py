"""How long the course takes: to load, to search, and to show a step of a chapter."""

import json
import statistics
import subprocess
import sys
from contextlib import ExitStack
from time import perf_counter

from scripts.bench_server import ROOT, choose_on, median_ms, served
from scripts.faq_evaluation import evaluate, queries
from scripts.figures import Figure, at_most, at_share
from scripts.visitor import Run, Visitor
from vpclab.learning.library import load_library
from vpclab.learning.search import Index, index_of

CHAPTER, STEP, STAGE = "cost", "nat-that-stays", "nat-beside-endpoint"
ROUNDS, WARM_UP, COLD_STARTS = 40, 6, 5
LOAD = """
from time import perf_counter
from vpclab.learning.library import load_library
start = perf_counter()
load_library()
print(perf_counter() - start)
"""


def content() -> list[Figure]:
    """Reading and checking all content in a fresh process."""
    taken = []
    for _ in range(COLD_STARTS):
        done = subprocess.run(
            [sys.executable, "-c", LOAD], cwd=ROOT, capture_output=True, text=True, check=True
        )
        taken.append(float(done.stdout))
    return [at_most("content: read and checked, cold", statistics.median(taken), "s", 2)]


def search() -> list[Figure]:
    """The FAQ search: how well it finds, by the half of the queries that nobody tuned on, and how fast."""
    library = load_library()
    start = perf_counter()
    Index(library)
    built = perf_counter() - start
    index, held = index_of(library), queries("held")
    times = []
    for query in held:
        start = perf_counter()
        index.search(query.q)
        times.append(perf_counter() - start)
    found = evaluate(index, held)
    return [
        at_share(f"FAQ hit@1, {len(held)} queries held back", found.hit_1, 0.85),
        at_share("FAQ hit@3", found.hit_3, 0.95),
        Figure(name="FAQ mean reciprocal rank", value=found.mrr, unit=""),
        at_most("FAQ search, slowest of twenty", statistics.quantiles(times, n=20)[-1] * 1000, "ms", 20),
        Figure(name="FAQ search, median", value=statistics.median(times) * 1000, unit="ms"),
        at_most("FAQ index built", built, "s", 1),
    ]


def chapter() -> list[Figure]:
    """What a learner does in a chapter, in turns with the one-button app."""
    runs: dict[str, list[Run]] = {"step": [], "depth": [], "choice": []}
    pressed: list[Run] = []
    with ExitStack() as servers:
        ours = servers.enter_context(served("app.py"))
        button = servers.enter_context(served("scripts/one_button.py"))
        address = f"id={CHAPTER}&lang=en&at={STEP}"
        steps = [section.id for section in load_library().chapters[CHAPTER].plan.sections]
        with (
            Visitor(ours, "/chapters", query=address) as reader,
            Visitor(ours, "/chapters", query=address) as walker,
            Visitor(button) as presser,
        ):
            for number in range(ROUNDS + WARM_UP):
                depth = ("deep", "easy")[number % 2]
                runs["depth"].append(reader.trigger(f"section:{CHAPTER}/{STEP}", "depth", depth))
                pressed.append(presser.change("press", True))
                runs["choice"].append(_switch(reader))
                pressed.append(presser.change("press", True))
                step = f"chapters/{CHAPTER}/{steps[number % len(steps)]}"
                runs["step"].append(walker.trigger(f"way:{CHAPTER}", "go", step))
                pressed.append(presser.change("press", True))
    base = median_ms(pressed[WARM_UP:])
    figures = [Figure(name="server time of the one-button app", value=base, unit="ms")]
    for name, taken in runs.items():
        figures.append(
            at_most(f"chapter, {name} : one-button app", median_ms(taken[WARM_UP:]) / base, "times", 3)
        )
    return figures


def _switch(reader: Visitor) -> Run:
    """Switch the first choice of the stage to what it is not."""
    board = f"board:{CHAPTER}/{STAGE}"
    shown = json.loads(json.loads(reader.components[board].data)["state"])[0]
    return choose_on(reader, board, shown["name"], "no" if shown["value"] == "yes" else "yes")
