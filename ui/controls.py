"""Widgets that return choices. Each shows the session's choice and writes a change back to it."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from ui import session, shell
from vpclab.presets import Preset, load_presets
from vpclab.sandbox import (
    Choices,
    Destination,
    EndpointGroup,
    Source,
    WayOut,
    effective,
    gateway_service,
    interface_services,
    offers_private_dns,
)
from vpclab.words import Words

E = TypeVar("E", bound=StrEnum)

PRESET = "preset"

DOORS_IN_A_ROW = 4

WIDTH = 260
"""Pixels of a list to pick from: four stand in a row on a laptop, one on a phone."""


def choices(t: Words) -> Choices:
    """Show the sandbox's widgets and return what is chosen.

    A choice that AWS does not offer for the destination stays in its place, switched off, and says why.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _presets(t)
        _select("source", Source, t)
        _select("destination", Destination, t)
        _select("way_out", WayOut, t)
    chosen = session.choices()
    no_endpoint = None if chosen.interface_endpoint else t("sandbox.why_not.no_interface_endpoint")
    no_gateway = None if gateway_service(chosen.destination) else t("sandbox.why_not.gateway_endpoint")
    no_names = None if offers_private_dns(chosen.destination) else t("sandbox.why_not.private_dns")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _switch("gateway_endpoint", t, why_not=no_gateway)
        services = ", ".join(interface_services(chosen.destination))
        told = "help_rds" if chosen.destination is Destination.RDS else "help"
        _switch("interface_endpoint", t, told=told, services=services)
        _switch("private_dns", t, why_not=no_names or no_endpoint)
        _select("endpoint_group", EndpointGroup, t, why_not=no_endpoint)
    return session.choices()


def _presets(t: Words) -> None:
    """Ready-made examples; the one that the choices are equal to is shown as chosen."""
    presets = {preset.id: preset for preset in load_presets()}
    chosen = effective(session.choices())
    key = session.widget(PRESET)
    st.session_state[key] = next(
        (name for name, preset in presets.items() if effective(preset.choices) == chosen), None
    )

    def take() -> None:
        preset = presets.get(st.session_state[key] or "")
        if preset is not None:
            session.keep_choices(preset.choices)

    st.selectbox(
        t("sandbox.preset.label"),
        list(presets),
        index=None,
        key=key,
        format_func=lambda name: t(f"presets.{name}.title"),
        placeholder=t("sandbox.preset.none"),
        on_change=take,
        width=WIDTH,
    )


def _select(name: str, options: type[E], t: Words, *, why_not: str | None = None) -> None:
    """One choice among several, as a list to pick from."""
    key = session.widget(name)
    st.session_state[key] = str(getattr(session.choices(), name))

    def take() -> None:
        value = options(st.session_state[key])
        session.keep_choices(replace(session.choices(), **{name: value}))

    values: Sequence[str] = [str(option) for option in options]
    st.selectbox(
        t(f"sandbox.{name}.label"),
        values,
        key=key,
        format_func=lambda value: t(f"sandbox.{name}.{value}"),
        help=why_not,
        disabled=why_not is not None,
        on_change=take,
        width=WIDTH,
    )


def _switch(name: str, t: Words, *, why_not: str | None = None, told: str = "help", **facts: str) -> None:
    """One thing that is there or not."""
    key = session.widget(name)
    st.session_state[key] = bool(getattr(session.choices(), name)) and why_not is None

    def take() -> None:
        session.keep_choices(replace(session.choices(), **{name: st.session_state[key]}))

    st.toggle(
        t(f"sandbox.{name}.label"),
        key=key,
        help=why_not or t(f"sandbox.{name}.{told}", **facts),
        disabled=why_not is not None,
        on_change=take,
    )


def open_in_sandbox(preset: Preset, label: str, t: Words) -> None:
    """A link that opens an example in the sandbox, in a new tab too."""
    st.page_link(
        shell.PAGES_FOLDER / "sandbox.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params={"lang": t.language, **session.address_of(preset.choices)},
    )


def preset_doors(presets: Sequence[Preset], t: Words) -> None:
    """Links to examples, each with one line of what it shows."""
    for row in range(0, len(presets), DOORS_IN_A_ROW):
        in_row = presets[row : row + DOORS_IN_A_ROW]
        for preset, column in zip(in_row, st.columns(DOORS_IN_A_ROW), strict=False):
            with column, st.container(border=True, height="stretch"):
                open_in_sandbox(preset, f"**{t(f'presets.{preset.id}.title')}**", t)
                st.markdown(t(f"presets.{preset.id}.remark"))
