"""A text in every language, as authors write it: `{en: ..., ja: ...}`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in every language; call it with a language."""

    texts: Mapping[str, str]

    def __call__(self, language: str) -> str:
        """Return the text in `language`."""
        return self.texts[language]
