"""Review: the questions due now, one at a time; or an exam."""

import streamlit as st

from ui import learner, learner_notice, review_state, review_view, shell
from ui.exam_view import exam
from ui.words import words

t = words()
learner.refresh()
review_view.head(t)


@st.fragment
def review() -> None:
    """All below the head; only this part runs again when a question is answered."""
    shell.follow_link("review", t, inside=False)
    learner_notice.not_kept(t)
    of = review_state.current()
    if of is not None:
        review_state.remember()
    if of is None:
        review_view.start(t)
    elif of.exam is not None:
        exam(of, t)
    elif of.is_done:
        review_view.summary(of, t)
    else:
        review_view.question(of, t)


review()
