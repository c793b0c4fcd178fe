"""The app as a visitor meets it: every page in every language, the settings, and a real browser."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit import config
from streamlit.testing.v1 import AppTest

from ui import shell
from vpclab.words import languages, load_words

ROOT = Path(__file__).resolve().parent.parent
ENTRY = ROOT / "ui" / "main.py"
PAGES = [name for names in shell.PAGES.values() for name in names]

OPEN_EVERY_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
entry, *pages = sys.argv[1:]
app = AppTest.from_file(entry, default_timeout=60).run()
for page in pages:
    app.switch_page(page).run()
    assert not app.exception and not app.error, page
# numpy is there: the FAQ search ranks with it.
print(",".join(sorted({"pandas", "pyarrow", "altair"} & set(sys.modules))))
"""


def open_app(language: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=30)
    app.query_params["lang"] = language
    return app.run()


def path_of(page: str) -> str:
    """The page's file as AppTest wants it: relative to the entry script."""
    return f"../pages/{page}.py"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(page: str, language: str):
    app = open_app(language)

    app.switch_page(path_of(page)).run()

    assert not app.exception
    assert not app.error
    assert app.title[0].value == load_words(language)(f"interface.{page}.title")


def test_a_language_switch_keeps_the_page_and_reaches_the_address():
    app = open_app("en").switch_page(path_of("sandbox")).run()

    app.button_group(key="language-picker").set_value("ja").run()

    assert app.title[0].value == load_words("ja")("interface.sandbox.title")
    assert app.query_params["lang"] == "ja"


@pytest.mark.parametrize(
    ("asked", "remembered", "browser", "chosen"),
    [
        ("ja", "en", "en-US", "ja"),
        (None, "ja", "en-US", "ja"),
        (None, None, "ja-JP", "ja"),
        (None, None, "fr-FR", "en"),
        (None, None, None, "en"),
        ("xx", "ja", "en-US", "ja"),
    ],
)
def test_the_address_wins_over_the_session_and_the_session_over_the_browser(
    asked: str | None, remembered: str | None, browser: str | None, chosen: str
):
    offered = ("en", "ja")

    assert (
        shell.choose_language(asked=asked, remembered=remembered, browser=browser, offered=offered) == chosen
    )


def test_the_interface_has_the_same_keys_in_every_language():
    keys = {
        language: {key for key in load_words(language).texts if key.startswith("interface.")}
        for language in languages()
    }

    assert all(found == keys["en"] for found in keys.values())


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("runner.postScriptGC", False),
        ("runner.magicEnabled", False),
        ("client.showErrorDetails", "none"),
        ("browser.gatherUsageStats", False),
    ],
)
def test_the_settings_that_speed_and_quiet_rest_on_are_in_force(option: str, value: object):
    # get_option raises for a name it does not know, so a renamed option is noticed here.
    assert config.get_option(option) == value


def test_the_settings_hold_no_secret():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert "cookieSecret" not in settings["server"]


def test_no_page_imports_pandas_or_its_kin():
    command = [sys.executable, "-c", OPEN_EVERY_PAGE, ENTRY, *map(path_of, PAGES)]

    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip() == ""


def test_a_deep_link_to_a_fresh_server_has_navigation_and_language(fresh_server: str, japanese_page: Page):
    t = load_words("ja")

    japanese_page.goto(f"{fresh_server}/sandbox")

    expect(japanese_page.get_by_role("heading", level=1)).to_have_text(t("interface.sandbox.title"))
    expect(japanese_page.get_by_role("link", name=t("interface.navigation.home"))).to_be_visible()
    expect(japanese_page.locator("html")).to_have_attribute("lang", "ja")


def test_the_language_stays_while_walking_through_the_pages(server: str, page: Page):
    t = load_words("ja")
    page.goto(f"{server}/sandbox")

    page.get_by_role("radio", name=t("interface.language.name")).click()
    page.get_by_role("link", name=t("interface.navigation.home")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(t("interface.home.title"))
    expect(page).to_have_url(f"{server}/?lang=ja")
    expect(page.get_by_text(t("home.more_lead"))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(t("interface.sandbox.title"))
    expect(page).to_have_url(f"{server}/sandbox?lang=ja&s=2.s3-over-nat")
