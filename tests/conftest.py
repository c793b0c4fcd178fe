"""Fixtures that more than one test file uses: a running server, and pages in a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

# A property is true or not however busy the machine is; speed is measured by `make bench`.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent

# What the tests do is not what learners did: their servers and pages keep it in a folder of its own.
os.environ.setdefault("VPCLAB_DATA", tempfile.mkdtemp(prefix="vpclab-tests-"))
START_SECONDS = 60
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # root has no sandbox, and the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start the app once for all tests and give its address."""
    yield from _serve()


@pytest.fixture
def fresh_server() -> Iterator[str]:
    """Start a server of this test's own, which nobody has visited."""
    yield from _serve()


@pytest.fixture(scope="session")
def mermaid_server() -> Iterator[str]:
    """Start the tests' own page that shows Mermaid text, once for all tests."""
    yield from _serve("tests/ui/mermaid_app.py")


@pytest.fixture(scope="session")
def player_server() -> Iterator[str]:
    """Start the page around the walk player once for all tests and give its address."""
    yield from _serve("tests/ui/player_app.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start headless Chromium; without it skip on a developer's machine and fail in CI."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        reason = "needs Chromium: 'chromium' is not on the PATH (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a tab of its own, as an English-speaking visitor."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def japanese_page(browser: Browser) -> Iterator[Page]:
    """Open a tab of its own, as a Japanese-speaking visitor."""
    context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def _serve(script: str = "app.py") -> Iterator[str]:
    port = _free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.address", "localhost", "--server.port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        try:
            _wait_until_healthy(process, address)
            yield address
        finally:
            process.terminate()


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server stopped while starting"
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not answer within {START_SECONDS} seconds")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
