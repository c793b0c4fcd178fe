"""Widgets of the sandbox: each shows what the setup chooses and makes a move when a person changes it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from ui import sandbox_state, session, shell
from vpclab.exchange.permalink import encode, starting_setup
from vpclab.presets import Preset, load_presets
from vpclab.sandbox.choice_texts import is_several, options
from vpclab.sandbox.choices import Choices, PrivateDns, Table, Zone
from vpclab.sandbox.offers import (
    RDS,
    effective,
    interface_services,
    offers_inbound_only,
    tables_of,
    why_not,
    zones_of,
)
from vpclab.sandbox.setup import choose
from vpclab.words import Words

PRESET = "preset"

FIRST = ("source", "destination", "way_out", "gateway_endpoint", "interface_endpoint")
"""The five choices that are always open."""

GROUPS: dict[str, tuple[str, ...]] = {
    "places": ("zones", "gateway_tables", "interface_zones", "public_access_block"),
    "names": (
        "private_dns",
        "asked_name",
        "dns_support",
        "dns_hostnames",
        "dns_server",
        "hosted_zone",
        "inbound_resolver",
        "site_dns",
        "site_internet",
    ),
    "filters": ("caller_group", "endpoint_group", "network_acl"),
    "policies": ("endpoint_policy", "bucket_policy", "bucket_region"),
}
"""All other choices, by what they are about."""

DOORS_IN_A_ROW = 4

GROUP_WIDTH = 320
"""Pixels of the choices that unfold, so that the picture can be seen beside them."""

WIDTH = 260
"""Pixels of a list to pick from: four stand in a row on a laptop, one on a phone."""


def choices(t: Words) -> None:
    """Show every choice of the side that is being changed.

    A choice that cannot be made stays in its place, switched off, and says why.
    """
    chosen = sandbox_state.setup().choices
    reasons = {name: t(f"sandbox.why_not.{code}") for name, code in why_not(chosen).items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name in ("source", "destination", "way_out"):
            _choice(name, chosen, reasons, t)
        moves(t)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        for name in ("gateway_endpoint", "interface_endpoint"):
            _choice(name, chosen, reasons, t)
        for group, names in GROUPS.items():
            _group(group, names, chosen, reasons, t)


def _group(group: str, names: Sequence[str], chosen: Choices, reasons: dict[str, str], t: Words) -> None:
    """Choices about one thing, behind a button. They are made when it is opened: each takes its time.

    The button's label stays as it is, since Streamlit closes a popover whose label changes.
    """
    box = st.popover(t(f"sandbox.group.{group}"), key=session.widget(f"group-{group}"), on_change="rerun")
    if not box.open:
        return
    with box, st.container(width=GROUP_WIDTH):
        for name, following in zip(names, (*names[1:], ""), strict=True):
            _choice(name, chosen, reasons, t)
            if name in reasons and reasons[name] != reasons.get(following):
                st.caption(reasons[name])


def _choice(name: str, chosen: Choices, reasons: dict[str, str], t: Words) -> None:
    """One choice with the widget that fits it: a switch, a list to pick from, or several to tick."""
    why = reasons.get(name)
    if options(name) == (False, True):
        _switch(name, chosen, why, t)
    elif is_several(name):
        _several(name, chosen, why, t)
    else:
        _select(name, chosen, why, t)


def _take(name: str, value: Any) -> None:
    setup = sandbox_state.setup()
    sandbox_state.take(choose(setup, replace(setup.choices, **{name: value})))


def examples(t: Words) -> None:
    """A menu of ready-made networks; picking one is a move like any other."""
    presets = {preset.id: preset for preset in load_presets()}
    key = session.widget(PRESET)

    def take() -> None:
        preset = presets.get(st.session_state[key] or "")
        if preset is not None:
            sandbox_state.take(starting_setup(preset))

    st.menu_button(
        t("sandbox.preset.label"),
        list(presets),
        key=key,
        format_func=lambda name: t(f"presets.{name}.title"),
        on_click=take,
        icon=":material/menu_book:",
        type="tertiary",
    )


def _select(name: str, chosen: Choices, why: str | None, t: Words) -> None:
    """One among several, as a list to pick from. The widget holds the option's text."""
    key = session.widget(name)
    by_text = {str(option): option for option in _possible(name, chosen)}
    shown = str(getattr(effective(chosen) if why else chosen, name))
    st.session_state[key] = shown if shown in by_text else next(iter(by_text))
    st.selectbox(
        t(f"sandbox.{name}.label"),
        list(by_text),
        key=key,
        format_func=lambda text: option_words(name, text, t),
        help=why or t(f"sandbox.{name}.help"),
        disabled=why is not None,
        on_change=lambda: _take(name, by_text[st.session_state[key]]),
        width=WIDTH if name in FIRST else "stretch",
    )


def _possible(name: str, chosen: Choices) -> tuple[Any, ...]:
    if name == "private_dns" and not offers_inbound_only(chosen):
        return tuple(option for option in options(name) if option is not PrivateDns.INBOUND)
    return options(name)


def option_words(name: str, text: str, t: Words) -> str:
    """What an option is called."""
    return t(f"destinations.{text}.name") if name == "destination" else t(f"sandbox.{name}.{text}")


def _several(name: str, chosen: Choices, why: str | None, t: Words) -> None:
    """Any number of what the VPC has, to tick; what it does not have yet stays as chosen."""
    key = session.widget(name)
    here: tuple[Zone, ...] | tuple[Table, ...] = (
        zones_of(chosen) if name == "interface_zones" else tables_of(chosen)
    )
    kept = getattr(chosen, name)
    st.session_state[key] = [str(option) for option in here if option in kept]

    def take() -> None:
        ticked = set(st.session_state[key])
        hidden = {str(option) for option in kept if option not in here}
        _take(name, tuple(option for option in options(name) if str(option) in ticked | hidden))

    st.pills(
        t(f"sandbox.{name}.label"),
        [str(option) for option in here],
        selection_mode="multi",
        key=key,
        format_func=lambda text: t(f"sandbox.{name}.{text}"),
        help=why or t(f"sandbox.{name}.help"),
        disabled=why is not None,
        on_change=take,
    )


def _switch(name: str, chosen: Choices, why: str | None, t: Words) -> None:
    """One thing that is there or not."""
    key = session.widget(name)
    st.session_state[key] = bool(getattr(effective(chosen), name))
    told = "help_rds" if name == "interface_endpoint" and chosen.destination == RDS else "help"
    services = ", ".join(interface_services(chosen.destination))
    st.toggle(
        t(f"sandbox.{name}.label"),
        key=key,
        help=why or t(f"sandbox.{name}.{told}", services=services),
        disabled=why is not None,
        on_change=lambda: _take(name, st.session_state[key]),
    )


def moves(t: Words) -> None:
    """Undo and redo, one step each."""
    past = sandbox_state.history(sandbox_state.view().side)
    buttons = (
        ("undo", ":material/undo:", sandbox_state.undo, bool(past.past)),
        ("redo", ":material/redo:", sandbox_state.redo, bool(past.future)),
    )
    for name, icon, move, possible in buttons:
        st.button(
            t(f"sandbox.{name}"),
            key=session.widget(name),
            icon=icon,
            disabled=not possible,
            on_click=move,
            type="tertiary",
        )


def open_in_sandbox(preset: Preset, label: str, t: Words) -> None:
    """A link that opens an example in the sandbox, in a new tab too."""
    st.page_link(
        shell.PAGES_FOLDER / "sandbox.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params={session.LANGUAGE_PARAMETER: t.language, "s": encode(starting_setup(preset))},
    )


def preset_doors(presets: Sequence[Preset], t: Words) -> None:
    """Links to examples, each with one line of what it shows."""
    for row in range(0, len(presets), DOORS_IN_A_ROW):
        in_row = presets[row : row + DOORS_IN_A_ROW]
        for preset, column in zip(in_row, st.columns(DOORS_IN_A_ROW), strict=False):
            with column, st.container(border=True, height="stretch"):
                open_in_sandbox(preset, f"**{t(f'presets.{preset.id}.title')}**", t)
                st.markdown(t(f"presets.{preset.id}.remark"))
