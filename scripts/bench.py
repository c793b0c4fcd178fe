"""How fast the engine walks and the pictures are drawn: `make bench`; `--json FILE` for a machine.

Every figure is the median of several rounds on one core. Where two things are compared, both are measured
in one run and round by round in turn, so that a busy machine slows them alike.
"""

import argparse
import json
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from time import perf_counter

from scripts.bench_designs import hub_design, one_vpc_design, send_message
from vpclab.exchange.design_file import Case, read_cases
from vpclab.network import Design, Request, walk

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "tests" / "fixtures" / "walks.yaml"
ROUNDS, BATCH_SECONDS = 15, 0.05


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table; `aim` says what we want it to be."""

    name: str
    value: float
    unit: str
    aim: str = ""
    met: bool | None = None


def main() -> None:
    """Measure all that can be measured here, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    asked = parser.parse_args()
    figures = [*walks(), *memory(), *drawings()]
    report(figures)
    if asked.json:
        told = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "figures": [asdict(figure) for figure in figures],
        }
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def report(figures: list[Figure]) -> None:
    """The figures as a table."""
    marks = {None: "", True: "met", False: "MISSED"}
    for figure in figures:
        value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:.2f}"
        print(f"{figure.name:58} {value:>10} {figure.unit:9} {figure.aim:12} {marks[figure.met]}".rstrip())


# --- measuring ---------------------------------------------------------------------------------------


def seconds_each(*jobs: Callable[[], object]) -> list[float]:
    """Median seconds of one call of each job: batches of every job in turn, round after round."""
    counts = [batch_size(job) for job in jobs]
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, count, times in zip(jobs, counts, taken, strict=True):
            start = perf_counter()
            for _ in range(count):
                job()
            times.append((perf_counter() - start) / count)
    return [statistics.median(times) for times in taken]


def batch_size(job: Callable[[], object]) -> int:
    """How many calls fill a batch; calling the job for this also fills what it keeps for later."""
    job()
    start = perf_counter()
    job()
    return max(1, round(BATCH_SECONDS / max(perf_counter() - start, 1e-7)))


def first_walk_seconds(request: Request, *made: Design) -> list[float]:
    """Median seconds of the first walk through each design, with all look-ups made on the way."""
    taken: list[list[float]] = [[] for _ in made]
    for _ in range(ROUNDS):
        for design, times in zip(made, taken, strict=True):
            fresh = replace(design)
            start = perf_counter()
            walk(fresh, request)
            times.append(perf_counter() - start)
    return [statistics.median(times) for times in taken]


# --- what is measured --------------------------------------------------------------------------------


def walks() -> list[Figure]:
    """Walks per second, and what size does to a walk."""
    case = largest_case()
    one_vpc, hub = one_vpc_design(), hub_design()
    request = send_message()
    for design in (one_vpc, hub):
        if not walk(design, request).reachable:
            raise SystemExit("bench: a generated design does not deliver")
    of_case, of_one_vpc, of_hub = seconds_each(
        lambda: walk(case.design, case.request),
        lambda: walk(one_vpc, request),
        lambda: walk(hub, request),
    )
    first_one_vpc, first_hub = first_walk_seconds(request, one_vpc, hub)
    size = f"{len(hub.vpcs)} VPCs, {len(hub.subnets):,} subnets, {len(hub.vpc_endpoints)} endpoints"
    return [
        Figure(name=f"walks, largest fixture ({case.id})", value=1 / of_case, unit="per s"),
        Figure(
            name="walks, one VPC",
            value=1 / of_one_vpc,
            unit="per s",
            aim=">= 5,000",
            met=1 / of_one_vpc >= 5000,
        ),
        Figure(name=f"walks, hub of {size}", value=1 / of_hub, unit="per s"),
        Figure(
            name="hub walk : one-VPC walk, look-ups made",
            value=of_hub / of_one_vpc,
            unit="times",
            aim="<= 3",
            met=of_hub / of_one_vpc <= 3,
        ),
        Figure(name="first walk, one VPC", value=first_one_vpc * 1000, unit="ms"),
        Figure(name="first walk, hub", value=first_hub * 1000, unit="ms"),
        Figure(name="first hub walk : first one-VPC walk", value=first_hub / first_one_vpc, unit="times"),
    ]


def memory() -> list[Figure]:
    """What the hub takes: Python's own count for design, look-ups and walk, and the process as a whole."""
    tracemalloc.start()
    walk(hub_design(), send_message())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole_bytes = whole if sys.platform == "darwin" else whole * 1024
    return [
        Figure(name="hub: peak of design, look-ups and walk", value=peak / 2**20, unit="MiB"),
        Figure(name="this process: peak", value=whole_bytes / 2**20, unit="MiB"),
    ]


def drawings() -> list[Figure]:
    """Pictures drawn in this process with nothing kept, and the `dot` program started for the same DOT."""
    from vpclab.sandbox import Choices, ask, build

    case, choices = largest_case(), Choices()
    return [
        *drawing("the sandbox's network", build(choices), ask(choices), aim_ms=5),
        *drawing(case.id, case.design, case.request),
    ]


def drawing(name: str, design: Design, request: Request, *, aim_ms: float | None = None) -> list[Figure]:
    """One picture, and where the `dot` program is there its time as a ratio."""
    from diagrams import draw, labels, render  # here: Graphviz must not count as the engine's memory
    from vpclab.words import load_words

    words = load_words("en")
    journey = walk(design, request)
    dot = draw(design, journey, words).dot.encode()

    kept = [
        one for module in (labels, render) for one in vars(module).values() if hasattr(one, "cache_clear")
    ]

    def draw_anew() -> None:
        for one in kept:
            one.cache_clear()
        draw(design, journey, words)

    program = shutil.which("dot")
    if program is None:
        (inside,) = seconds_each(draw_anew)
        compared = []
    else:
        command = [program, "-Tsvg"]
        inside, outside = seconds_each(
            draw_anew, lambda: subprocess.run(command, input=dot, capture_output=True, check=True)
        )
        compared = [
            Figure(name="dot program, started for the same picture", value=outside * 1000, unit="ms"),
            Figure(name="dot program : draw", value=outside / inside, unit="times"),
        ]
    drawn = Figure(
        name=f"draw, nothing kept ({name})",
        value=inside * 1000,
        unit="ms",
        aim="" if aim_ms is None else f"<= {aim_ms:g}",
        met=None if aim_ms is None else inside * 1000 <= aim_ms,
    )
    return [drawn, *compared]


def largest_case() -> Case:
    """The case of the fixture with the most components."""
    cases = [case for case in read_cases(FIXTURE.read_bytes(), FIXTURE.name).cases if isinstance(case, Case)]
    return max(cases, key=lambda case: components(case.design))


def components(design: Design) -> int:
    """How many components a design has in all its sections."""
    sections = (getattr(design, part.name) for part in fields(design))
    return sum(len(section) for section in sections if isinstance(section, tuple))


if __name__ == "__main__":
    main()
