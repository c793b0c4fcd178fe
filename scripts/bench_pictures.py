"""How fast pictures are drawn, and how many bytes they and their player are."""

import shutil
import subprocess
from pathlib import Path

from diagrams import draw, export, labels, render, theme
from scripts.bench_designs import largest_case
from scripts.figures import Figure, at_most, seconds_each
from vpclab.network import Design, Request, walk
from vpclab.presets import load_presets
from vpclab.sandbox import Choices, ask, build
from vpclab.words import languages, load_words

PLAYER = Path(__file__).resolve().parent.parent / "ui" / "walk_player"


def drawings() -> list[Figure]:
    """Pictures drawn in this process with nothing kept, and the `dot` program started for the same DOT."""
    case, choices = largest_case(), Choices()
    return [
        *drawing("the sandbox's network", build(choices), ask(choices), aim_ms=5),
        *drawing(case.id, case.design, case.request),
    ]


def drawing(name: str, design: Design, request: Request, *, aim_ms: float | None = None) -> list[Figure]:
    """One picture, and where the `dot` program is there its time as a ratio."""
    words = load_words("en")
    journey = walk(design, request)
    dot = export(design, journey, words, "dot").text.encode()

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
    told = f"draw, nothing kept ({name})"
    if aim_ms is None:
        drawn = Figure(name=told, value=inside * 1000, unit="ms")
    else:
        drawn = at_most(told, inside * 1000, "ms", aim_ms)
    return [drawn, *compared]


def sizes() -> list[Figure]:
    """Bytes of the player's script and style, and of the largest picture among the examples."""
    files = sorted(path for path in PLAYER.iterdir() if path.suffix in (".js", ".css"))
    player = sum(path.stat().st_size for path in files) + len(theme.css("component").encode())
    pictures = {
        preset.id: max(preset_bytes(preset.choices, language) for language in languages())
        for preset in load_presets()
    }
    largest = max(pictures, key=pictures.__getitem__)
    return [
        at_most("player: script and style", player / 1000, "kB", 25),
        at_most(f"SVG of the largest example ({largest})", pictures[largest] / 1000, "kB", 150),
    ]


def preset_bytes(choices: Choices, language: str) -> int:
    """Bytes of the picture that an example opens with."""
    words = load_words(language)
    design = build(choices)
    journey = walk(design, ask(choices))
    return len(draw(design, journey, words).svg.encode())
