"""Stage: the same pictures for a room; without a talk or a network, the talks to choose from."""

import streamlit as st

from ui import session, shell, stage, stage_state
from ui.stage_offers import own_offers
from ui.words import words
from vpclab.markdown import as_text
from vpclab.talk_reader import load_talks

t = words()
stage_state.arrive()


@st.fragment
def screen() -> None:
    """What a key changes."""
    place = stage_state.place()
    if place is not None:
        own = own_offers(place)
        place = stage_state.within(place, own)
        stage_state.keep(place)
        stage_state.write_address(place)
        stage.show(place, own, t)
    else:
        stage_state.write_address(None)


def talks() -> None:
    """The talks, and the network of one's own sandbox."""
    st.title(t("interface.stage.title"))
    st.markdown(t("stage.choose_lead"))
    for talk in load_talks():
        with st.container(border=True):
            label = f"**{as_text(talk.title(t.language))}** · {t('stage.minutes', minutes=talk.minutes)}"
            st.page_link(
                shell.PAGES_FOLDER / "stage.py",
                label=label,
                icon=":material/slideshow:",
                query_params={session.LANGUAGE_PARAMETER: t.language, "talk": talk.id, "slide": "1"},
            )
            st.markdown(as_text(talk.about(t.language)))
    if st.button(t("stage.own"), icon=":material/experiment:"):
        stage_state.show(stage_state.of_sandbox(), t)


screen()
if stage_state.place() is None:
    talks()
