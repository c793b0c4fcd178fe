"""How content models read texts: `{en: ..., ja: ...}` in every language of the product, none empty."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from vpclab.texts import Text
from vpclab.words import languages

DOTS = "..."
"""What a skeleton has in place of a text."""


class Content(BaseModel):
    """A record of content: it does not change, and has no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _check_languages(data: Mapping[Any, Any]) -> None:
    missing = [language for language in languages() if language not in data]
    if missing:
        raise PydanticCustomError("missing_language", "{languages}", {"languages": ", ".join(missing)})
    unknown = [str(key) for key in data if key not in languages()]
    if unknown:
        raise PydanticCustomError("unknown_language", "{languages}", {"languages": ", ".join(unknown)})


def _read_text(data: object) -> Text:
    if isinstance(data, Text):
        return data
    if not isinstance(data, dict):
        raise PydanticCustomError("expected_texts", "{value}", {"value": str(data)[:60]})
    _check_languages(data)
    for language, text in data.items():
        if not isinstance(text, str):
            raise PydanticCustomError(
                "not_a_text", "{language} {value}", {"language": language, "value": str(text)[:60]}
            )
        _check_filled(text, language)
    return Text(texts={language: text.strip() for language, text in data.items()})


def _check_filled(text: str, language: str = "") -> None:
    if not text.strip():
        raise PydanticCustomError("empty_text", "{language}", {"language": language})
    if text.strip() == DOTS:
        raise PydanticCustomError("not_filled_in", "{language}", {"language": language})


def _read_filled(text: str) -> str:
    _check_filled(text)
    return text.strip()


def _read_lists(data: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    _check_languages(data)
    return data


Texts = Annotated[Text, BeforeValidator(_read_text)]
"""One text in every language."""

Filled = Annotated[str, AfterValidator(_read_filled)]
"""One text in one language, not empty."""

TextLists = Annotated[Mapping[str, tuple[Filled, ...]], AfterValidator(_read_lists)]
"""A list of texts in every language; the lists may have different lengths."""

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
Id = Annotated[str, StringConstraints(pattern=rf"^{ID.pattern}$", max_length=LONGEST_ID)]
"""Lowercase-with-hyphens."""
