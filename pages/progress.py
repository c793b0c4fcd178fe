"""Progress: what is known, what is fading, what comes next; export, import, erase."""

import streamlit as st

from ui import item_view, learner, learner_notice, progress_view
from ui.words import words

t = words()
learner.refresh()

st.title(t("interface.progress.title"))
progress_view.what_became(t)
learner_notice.not_kept(t)
progress_view.next_step(t)
progress_view.standing(t)
progress_view.devices(t)
progress_view.own_data(t)
item_view.items(t)
