"""Start the app with requirements.txt alone and visit it: proves that the pins are all it needs.

The environment is made once per content of the requirements files and kept in `.cache/`. Only the standard
library is used here. The server finds no `dot` program: pictures are laid out in the process.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import venv
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VISITS = (("/", "en"), ("/sandbox", "ja"))
START_SECONDS = 60


def main() -> int:
    """Run the smoke test and return the exit code."""
    python = environment() / "bin" / "python"
    address = f"http://localhost:{free_port()}"
    server = start(python, address)
    try:
        wait_until_healthy(server, address)
        for path, locale in VISITS:
            with urlopen(address + path, timeout=10) as answer:
                if b"<html" not in answer.read():
                    raise SystemExit(f"smoke: {path} did not answer with a page")
            visit = [python, ROOT / "scripts" / "visit.py", address, path, locale]
            subprocess.run(visit, check=True, timeout=120)
    except subprocess.CalledProcessError as error:
        print(f"smoke: a visit failed with exit code {error.returncode}", file=sys.stderr)
        return 1
    finally:
        server.terminate()
        server.wait(timeout=20)
    print("smoke: the app runs with requirements.txt alone")
    return 0


def environment() -> Path:
    """Return a virtual environment that holds exactly what requirements.txt installs."""
    files = [ROOT / "requirements.txt", ROOT / "constraints.txt"]
    content = b"".join(file.read_bytes() for file in files) + sys.version.encode()
    folder = CACHE / f"smoke-{hashlib.sha256(content).hexdigest()[:16]}"
    finished = folder / "installed"
    if not finished.exists():
        for outdated in CACHE.glob("smoke-*"):
            shutil.rmtree(outdated)
        venv.create(folder, with_pip=True)
        pip = [folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--requirement", files[0]], check=True)
        finished.touch()
    return folder


def start(python: Path, address: str) -> subprocess.Popen[bytes]:
    """Start the server with the command that the README names."""
    port = address.rpartition(":")[2]
    bare = {"PATH": str(python.parent), "HOME": os.environ.get("HOME", str(ROOT)), "LANG": "C.UTF-8"}
    streamlit = [python.parent / "streamlit", "run", "app.py"]
    return subprocess.Popen(
        [*streamlit, "--server.address", "localhost", "--server.port", port], cwd=ROOT, env=bare
    )


def wait_until_healthy(server: subprocess.Popen[bytes], address: str) -> None:
    """Return once the server answers; end the program when it stops or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"smoke: the server stopped with exit code {server.returncode}")
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"smoke: the server did not answer within {START_SECONDS} seconds")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
