"""Entry point: the web application that `streamlit run app.py` and `uvicorn app:app` serve."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui import shell, startup
from ui.learner_cookie import LearnerCookie
from ui.learner_routes import ROUTES
from ui.security_headers import SecurityHeaders, failed

startup.load_content()
startup.open_store()

app = st.App(
    Path(__file__).resolve().parent / "ui" / "main.py",
    middleware=[Middleware(SecurityHeaders), Middleware(LearnerCookie)],
    routes=ROUTES,
    exception_handlers={Exception: failed},
    on_script_error=shell.explain_failure,
)
