"""A choice of a generated question, with its words in every language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vpclab.learning import accounts
from vpclab.learning.traps import Scene
from vpclab.sandbox.setup import Setup
from vpclab.words import Words, languages, load_words

FEWEST, MOST = 3, 4
"""So many choices a generated question has; one that cannot have as many is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice with its words in every language; `says` is None where the product has them."""

    id: str
    is_right: bool
    says: Mapping[str, str] | None = None
    why: Mapping[str, str]


def in_words(tell: Callable[[Words], str]) -> dict[str, str]:
    """A text in every language."""
    return {language: tell(load_words(language)) for language in languages()}


def would_be(scene: Scene, other: Setup | None, t: Words) -> str:
    """What would have to be different; else what is so."""
    if other is None or other == scene.setup:
        return t("generated.why.not_so", text=accounts.headline(scene.setup, t))
    return t("generated.why.would_be", changes=accounts.quoted_changes(scene.setup, other, t))
