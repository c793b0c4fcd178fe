"""Streamlit code that the pages share: the frame, the session's names, the learner's words, widgets."""
