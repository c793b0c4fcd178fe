"""One screen each, read top to bottom. Streamlit runs these files; nothing imports them."""
