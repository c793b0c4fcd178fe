"""What is said about keeping progress: one sentence on what is kept, a warning while nothing is."""

import streamlit as st

from ui import learner
from vpclab.words import Words


def not_kept(t: Words) -> None:
    """Say that progress is not being kept, while that is so; what was answered waits in this tab."""
    if learner.waits():
        st.warning(t("practice.progress.not_kept"))
