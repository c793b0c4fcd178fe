"""The smallest app that answers a person: one button. `make bench` measures the real app against it."""

import streamlit as st

pressed = st.button("Press", key="press")
st.write("Pressed." if pressed else "Not pressed.")
