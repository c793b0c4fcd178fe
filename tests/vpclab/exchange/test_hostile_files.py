"""Hostile files, each in a process of its own: a clear answer, quickly, in little memory."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from vpclab.exchange.plain_data import MAX_BYTES, MAX_NODES

ROOT = Path(__file__).resolve().parents[3]
ADDRESS_SPACE = 1_000_000_000
MEGABYTES = 300
# The files themselves are checked within two seconds; the rest is for machines that are busy otherwise.
SECONDS = 10

SOUND = """
design: {region: r, workloads: [{Id: fn, Kind: lambda}]}
request: {from: fn, service: s3, action: s3:GetObject, resource: '*', host: s3.r.amazonaws.com}
"""


class Outcome(NamedTuple):
    status: int
    stdout: str
    stderr: str
    seconds: float
    megabytes: float


# Peak memory of a child counts that of the process it was forked from: this one is small, pytest is not.
LAUNCHER = """
import pathlib, resource, subprocess, sys
report, limit, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(limit), int(limit)))
status = subprocess.run(command).returncode
pathlib.Path(report).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)
"""


def run(report: Path, *arguments: str) -> Outcome:
    """Run the command line under a limit of memory and tell what it needed."""
    command = [sys.executable, "-m", "vpclab", *arguments, "--lang", "en"]
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, str(report), str(ADDRESS_SPACE), *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    return Outcome(done.returncode, done.stdout, done.stderr, seconds, int(report.read_text()) / 1024)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "peak-memory"


def assert_refused(outcome: Outcome, *sentences: str) -> None:
    """The answer is there, it is the only one, and it was cheap."""
    assert outcome.status == 2
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr
    for sentence in sentences:
        assert sentence in outcome.stderr
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < MEGABYTES


def bomb() -> str:
    """A billion laughs: ten lines, each ten times the one before."""
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    return "\n".join(lines + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)])


def flood_of_ranges() -> str:
    """As many different address ranges as a file may hold: the dearest thing to read."""
    ranges = ", ".join(f"10.{n >> 16}.{(n >> 8) & 255}.{n & 255}/32" for n in range(MAX_NODES - 100))
    return SOUND.replace(
        "region: r,", f"region: r, prefix_lists: [{{PrefixListId: p, PrefixListName: n, Cidrs: [{ranges}]}}],"
    )


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a file of 50 MB": ("a.yaml", lambda: b"key: value\n" * 5_000_000, "larger than"),
    "ten thousand lists in JSON": ("a.json", lambda: b"[" * 10_000 + b"]" * 10_000, "levels deep"),
    "ten thousand mappings in JSON": (
        "a.json",
        lambda: b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        "levels deep",
    ),
    "ten thousand lists in flow YAML": (
        "a.yaml",
        lambda: b"a: " + b"[" * 10_000 + b"]" * 10_000,
        "levels deep",
    ),
    "ten thousand mappings in flow YAML": ("a.yaml", lambda: b"{a: " * 10_000, "levels deep"),
    "ten thousand lists in block YAML": ("a.yaml", lambda: b"- " * 10_000, "levels deep"),
    "a tower of keys in block YAML": (
        "a.yaml",
        lambda: "\n".join(" " * n + "a:" for n in range(2_000)).encode(),
        "levels deep",
    ),
    "an alias bomb": ("a.yaml", lambda: bomb().encode(), "aliases written out"),
    "binary garbage": ("a.yaml", lambda: bytes(range(256)) * 100, "not UTF-8"),
    "control characters": ("a.yaml", lambda: b"a: \x00\x01\x02", "U+0000"),
    "five million brackets": ("a.json", lambda: b"[" + b"[]," * (MAX_BYTES // 3 - 2) + b"0]", "more than"),
    "a million equal keys": ("a.yaml", lambda: b"a: 1\n" * (MAX_BYTES // 5), "already given"),
    "nothing at all": ("a.yaml", lambda: b"", "empty"),
}


@pytest.mark.parametrize("title", FILES)
def test_a_hostile_file_costs_little_and_gets_an_answer(title: str, tmp_path: Path, report: Path):
    name, content, sentence = FILES[title]
    file = tmp_path / name
    file.write_bytes(content())

    assert_refused(run(report, "walk", str(file), "--json"), sentence)


def test_an_endless_file_is_read_no_further_than_the_limit(report: Path):
    assert_refused(run(report, "walk", "/dev/zero"), "larger than")


def test_the_dearest_file_that_is_accepted_is_still_cheap(tmp_path: Path, report: Path):
    file = tmp_path / "flood.yaml"
    file.write_text(flood_of_ranges())

    outcome = run(report, "check", str(file))

    assert outcome.status == 0, outcome.stdout
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < MEGABYTES


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path, report: Path):
    file = tmp_path / "mixture.yaml"
    file.write_text(
        """
cases:
  - id: sound
    design: {region: r, workloads: [{Id: fn, Kind: lambda}]}
    request: {from: fn, service: s3, action: a, resource: '*', host: s3.r.amazonaws.com}
  - id: broken
    design:
      region: r
      vpcs:
        - {VpcId: vpc-a, CidrBlok: 10.0.0.0/16, CidrBlock: 10.0.0.0/40, Colour: red}
      subnets:
        - {SubnetId: s, VpcId: vpc-z, CidrBlock: 10.0.0.5/24, AvailabilityZone: a, SubnetId: s}
      workloads:
        - {Id: 1e5, Kind: lambda, PublicIpAddress: 203.0.113.1}
    request: {from: nobody, service: s3, action: a, resource: '*', host: "bad\\u001b[2Jhost", port: 99999}
"""
    )

    outcome = run(report, "walk", str(file), "--json")

    assert outcome.status == 1
    sound, broken = json.loads(outcome.stdout)
    assert sound["id"] == "sound"
    assert sound["symptom"] == "nxdomain"
    assert broken["id"] == "broken"
    assert {error["path"] for error in broken["error"]} == {
        "design.vpcs.0.CidrBlok",
        "design.vpcs.0.CidrBlock",
        "design.vpcs.0.Colour",
        "design.subnets.0.VpcId",
        "design.subnets.0.CidrBlock",
        "design.subnets.0.SubnetId",
        "design.workloads.0.Id",
        "request.from",
        "request.host",
        "request.port",
    }
