"""Draw the pictures of the README: `python -m scripts.pictures` writes docs/pictures."""

from pathlib import Path

from diagrams import draw, standalone
from vpclab.network import walk
from vpclab.presets import load_presets
from vpclab.sandbox import ask, build
from vpclab.words import languages, load_words

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
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
