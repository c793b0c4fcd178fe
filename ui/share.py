"""Share and export: a link to exactly this state, its QR code, and the picture in other forms."""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import segno
import streamlit as st

from diagrams import Form, export
from ui import sandbox_state, session
from ui.expert import FILE_NAME, design_text
from ui.lab_builder_state import BUILD
from ui.scene import Scene
from ui.shell import PAGE_NAMES, PAGES_FOLDER
from vpclab.exchange.permalink import MAX_LENGTH, encode
from vpclab.walk_markdown import to_markdown
from vpclab.words import Words

_copy_link = st.components.v2.component(
    "copy_link",
    html='<div class="copy"><input readonly><button type="button"></button></div>',
    css="""
.copy { display: flex; gap: 0.5rem; font-family: var(--st-font); font-size: 0.9rem; }
input {
  flex: 1; min-width: 0; padding: 0.4rem 0.6rem; color: var(--st-text-color); font: inherit;
  background: var(--st-secondary-background-color);
  border: 1px solid var(--st-border-color); border-radius: 6px;
}
button {
  padding: 0.4rem 0.9rem; white-space: nowrap; cursor: pointer; font: inherit;
  border: 1px solid var(--st-border-color); border-radius: 6px;
  color: var(--st-text-color); background: var(--st-background-color);
}
button:focus-visible, input:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
""",
    # Without a secure context (plain http in a classroom) there is no clipboard; then the text is selected
    # and the browser's own copy command is tried.
    js="""
export default function ({ parentElement, data }) {
  const input = parentElement.querySelector("input");
  const button = parentElement.querySelector("button");
  input.value = data.link;
  input.setAttribute("aria-label", data.label);
  button.textContent = data.copy;
  button.onclick = async () => {
    input.select();
    try { await navigator.clipboard.writeText(input.value); } catch { document.execCommand("copy"); }
    button.textContent = data.copied;
  };
}
""",
)


def link_of(parameters: dict[str, str], page: str) -> str:
    """The full address of a page with these parameters, as this browser would write it."""
    base = (st.context.url or "").rstrip("/")
    for known in PAGE_NAMES:  # Streamlit leaves the page in some addresses and takes it out of others
        base = base.removesuffix(f"/{known}")
    return f"{base}/{page}?{urlencode(parameters)}"


def copy_link(link: str, label: str, t: Words, *, key: str) -> None:
    """A link with a button that copies it."""
    words = {"copy": t("sandbox.share.copy"), "copied": t("sandbox.share.copied")}
    _copy_link(key=key, data={"link": link, "label": label, **words})


@lru_cache(maxsize=64)
def qr_image(text: str) -> str | None:
    """A QR code as an image's address: dark on light in both themes, since cameras expect that.

    None for a text of more than the 2,953 bytes that a QR code holds.
    """
    try:
        code = segno.make_qr(text, error="l")
    except segno.DataOverflowError:
        return None
    return str(code.svg_data_uri(scale=4, border=3, dark="#000", light="#fff"))


def show_qr(link: str, label: str, t: Words, *, width: int = 220) -> None:
    """The QR code of a link, with what it is below it and for those who do not see it."""
    image = qr_image(link)
    if image is None:
        st.info(t("sandbox.share.no_qr"))
        return
    told, source = escape(label), escape(image, quote=True)
    st.html(f'<img src="{source}" alt="{told}" width="{width}" height="{width}"><p class="small">{told}</p>')


def share(scene: Scene, t: Words) -> None:
    """The popover with everything to take away. It is filled when it is opened: a QR code takes its time."""
    box = st.popover(
        t("sandbox.share.label"),
        icon=":material/share:",
        key=session.widget("share"),
        on_change="rerun",
        type="tertiary",
    )
    if not box.open:
        return
    parameters = {session.LANGUAGE_PARAMETER: t.language, **sandbox_state.address()}
    link = link_of(parameters, "sandbox")
    with box:
        if sandbox_state.fits_address():
            st.markdown(f"**{t('sandbox.share.link')}**")
            copy_link(link, t("sandbox.share.link"), t, key=session.widget("copy"))
            show_qr(link, t("sandbox.share.qr"), t)
        else:
            st.info(t("sandbox.share.too_long"))
        st.markdown(f"**{t('sandbox.share.files')}**")
        _files(scene, link, t)
        st.caption(t("sandbox.share.png"))
        build = encode(scene.setup)
        if len(build) <= MAX_LENGTH:
            builder_link(build, t("builder.make"), t)
        else:
            st.caption(t("builder.too_large"))


def builder_link(build: str, label: str, t: Words) -> None:
    """The way to the lab builder with a network, as a permalink writes it."""
    st.page_link(
        PAGES_FOLDER / "labs.py",
        label=label,
        icon=":material/construction:",
        query_params={session.LANGUAGE_PARAMETER: t.language, BUILD: build},
        width="content",
    )


def _files(scene: Scene, link: str, t: Words) -> None:
    """Downloads, each made when it is asked for."""
    leg = sandbox_state.view().leg

    def drawn(form: Form) -> str:
        return export(scene.design, scene.walk, t, form, leg=leg).text

    def hop_list() -> str:
        return to_markdown(scene.walk, t, scene.design, link=link)

    with st.container(horizontal=True):
        _download("svg", "network.svg", lambda: drawn("svg"), t)
        _download("drawio", "network.drawio", lambda: drawn("drawio"), t)
        _download("mermaid", "network.mmd", lambda: drawn("mermaid"), t)
        _download("dot", "network.dot", lambda: drawn("dot"), t)
        _download("markdown", "walk.md", hop_list, t)
        _download("design", FILE_NAME, lambda: design_text(scene.design, scene.request), t)


def _download(form: str, file_name: str, make: Callable[[], str], t: Words) -> None:
    st.download_button(
        t(f"sandbox.share.{form}"),
        data=make,
        file_name=file_name,
        key=session.widget(f"download-{form}"),
        on_click="ignore",
        icon=":material/download:",
    )
