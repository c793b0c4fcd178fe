"""The README shows what the project draws today."""

import re
from pathlib import Path

import pytest

from scripts.pictures import FOLDER, pictures

ROOT = Path(__file__).resolve().parent.parent

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(pictures()))
def test_each_picture_is_the_one_that_is_drawn_now(name: str):
    kept = (FOLDER / name).read_text(encoding="utf-8")

    assert kept == pictures()[name], "run `make pictures`"


def test_every_file_that_the_readme_links_to_exists():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
