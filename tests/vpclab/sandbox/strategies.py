"""Random choices and sequences of moves, for properties of the sandbox."""

from typing import Any

from hypothesis import strategies as st

from vpclab.sandbox import Choices
from vpclab.sandbox.choice_texts import CHOICES, is_several, options


def values_of(name: str) -> st.SearchStrategy[Any]:
    """Anything that can be chosen under a name."""
    if not is_several(name):
        return st.sampled_from(options(name))
    flags = st.lists(st.booleans(), min_size=len(options(name)), max_size=len(options(name)))
    return flags.map(
        lambda ticked: tuple(option for option, on in zip(options(name), ticked, strict=True) if on)
    )


def choices() -> st.SearchStrategy[Choices]:
    """Any choices at all."""
    return st.builds(Choices, **{name: values_of(name) for name in CHOICES})


def moves() -> st.SearchStrategy[list[tuple[str, Any]]]:
    """Changes of one choice each, in a row."""
    one = st.sampled_from(CHOICES).flatmap(lambda name: st.tuples(st.just(name), values_of(name)))
    return st.lists(one, max_size=12)
