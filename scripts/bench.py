"""How fast the engine walks, the server answers, the FAQ finds and answers are kept: `make bench`.

`--json FILE` writes the figures for a machine.

Every figure is the median of several rounds on one core. Where two things are compared, both are measured
in one run and round by round in turn, so that a busy machine slows them alike.
"""

import argparse
import json
import platform
from dataclasses import asdict
from pathlib import Path

from scripts import bench_engine
from scripts.figures import report


def main() -> None:
    """Measure all that can be measured here, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    asked = parser.parse_args()
    figures = [*bench_engine.walks(), *bench_engine.memory()]
    # Only now: these must not count as the engine's memory.
    from scripts import bench_course, bench_pictures, bench_practice, bench_server, bench_store

    figures += [*bench_pictures.drawings(), *bench_pictures.sizes(), *bench_server.choices()]
    figures += [*bench_course.content(), *bench_course.search(), *bench_course.chapter()]
    figures += [*bench_practice.review(), *bench_store.keeping()]
    report(figures)
    if asked.json:
        told = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "figures": [asdict(figure) for figure in figures],
        }
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
