"""Draw the pictures of the README: `python scripts/pictures.py` writes docs/pictures."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from diagrams import draw, standalone  # noqa: E402 - a script finds the project beside itself
from vpclab.network import walk  # noqa: E402 - same
from vpclab.presets import load_presets  # noqa: E402 - same
from vpclab.sandbox import ask, build  # noqa: E402 - same
from vpclab.words import languages, load_words  # noqa: E402 - same

FOLDER = ROOT / "docs" / "pictures"
SHOWN = ("s3-over-nat", "s3-over-gateway-endpoint")


def pictures() -> dict[str, str]:
    """The README's pictures by file name."""
    found = {}
    for preset in load_presets():
        if preset.id in SHOWN:
            design, request = build(preset.choices), ask(preset.choices)
            for language in languages():
                drawing = draw(design, walk(design, request), load_words(language))
                found[f"{preset.id}.{language}.svg"] = standalone(drawing) + "\n"
    return found


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures().items():
        (FOLDER / name).write_text(svg, encoding="utf-8")
        print(FOLDER / name)
