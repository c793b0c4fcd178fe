"""Entry point: the web application that `streamlit run app.py` and `uvicorn app:app` serve."""

from pathlib import Path

import streamlit as st

from ui import shell, startup

startup.load_content()

app = st.App(
    Path(__file__).resolve().parent / "ui" / "main.py",
    on_script_error=shell.explain_failure,
)
