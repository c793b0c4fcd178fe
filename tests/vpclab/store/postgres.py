"""A PostgreSQL server of the tests' own, on a free port, in a folder that goes away with it."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

VARIABLE = "VPCLAB_TEST_POSTGRES"
USER = "vpclab"
START_SECONDS = 60


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`; Debian keeps them away from the PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").is_file()), None)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start the server whose programs are in a folder; gives its address."""
    # Not pytest's own folder: into that, the user that the server runs as could not look.
    with tempfile.TemporaryDirectory(prefix="vpclab-postgres-") as home:
        data, port = Path(home, "data"), _free_port()
        as_user = _as_user(Path(home))
        made = [
            folder / "initdb",
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        subprocess.run([*as_user, *made], check=True, stdout=subprocess.DEVNULL, cwd=home)
        # A test's data need not outlive the power.
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
        log = Path(home, "log")
        with log.open("wb") as told:
            command = [*as_user, folder / "postgres", "-D", data, "-p", str(port), *options]
            process = subprocess.Popen(command, stdout=told, stderr=told, cwd=home)
        try:
            url = f"postgresql://{USER}@127.0.0.1:{port}/postgres"
            _wait(process, url, log)
            yield url
        finally:
            process.terminate()
            process.wait()


def _as_user(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root: what to put before a command so that somebody else runs it."""
    if os.geteuid() != 0:
        return []
    import pwd  # only where there is a root

    known = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
    os.chown(home, user.pw_uid, user.pw_gid)
    setpriv = shutil.which("setpriv")
    assert setpriv is not None, "needs setpriv to start PostgreSQL as another user (Debian: util-linux)"
    # Not runuser: that stands between and passes no signal on.
    return [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            told = log.read_text(encoding="utf-8", errors="replace")
            assert process.poll() is None, f"PostgreSQL stopped while starting: {told}"
            assert time.monotonic() < deadline, f"PostgreSQL did not answer in {START_SECONDS} s: {told}"
            time.sleep(0.05)
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
