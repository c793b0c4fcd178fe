"""Labs: a broken or wasteful network, a goal, any network that meets it."""

import streamlit as st

from ui import course_state, lab_builder, lab_html, lab_opening, lab_view, learner, learner_notice, shell
from ui.lab_builder_state import BUILD
from ui.lab_state import LAB, LINK
from ui.providers import library
from ui.reading import reading
from ui.words import words

t = words()
learner.refresh()


@st.fragment
def labs() -> None:
    """All of the page: a move leaves the frame around it as it is."""
    shell.follow_link("labs", t, inside=False)
    learner_notice.not_kept(t)
    lab = library().labs.get(st.query_params.get(LAB, ""))
    if lab is not None:
        lab_view.lab_view(lab, t)
        return
    if BUILD in st.query_params:
        lab_builder.lab_builder(st.query_params[BUILD], t)
        return
    if LINK in st.query_params:
        lab_opening.opened_lab(st.query_params[LINK], t)
        return
    st.title(t("interface.labs.title"))
    st.markdown(t("practice.lab.lead"))
    lab_opening.own_labs(t)
    reading(lab_html.lab_list(learner.best_labs(), t), key="labs", on_go=course_state.go)


labs()
