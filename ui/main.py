"""Entry script, run from top to bottom for every visit and every change: language, navigation, frame, page.

It lives in `ui/` because Streamlit takes a `pages/` folder beside the entry script for its own multipage
feature, and would then run a deep link's page without the frame.
"""

import streamlit as st

from ui import process, shell

t = shell.use_language()
page = shell.navigation(t)
st.set_page_config(page_title=f"{page.title} - {t('interface.product.name')}", layout="wide")
shell.frame(page, t)
shell.show(page)
process.settle()
