"""The measurements: wrk over HTTP, pgbench on the same SQL, and the processor time each side takes."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from service import Failed, Service

HERE = Path(__file__).resolve().parent
PACKAGED = Path("/usr/lib/postgresql")
# How much longer than it was told a load tool may take before it is stopped.
PATIENCE = 30


@dataclass(frozen=True)
class Sent:
    """What wrk sends: a GET with some headers, or POSTs with the bodies of these files in turn."""

    path: str
    headers: dict[str, str]
    bodies: list[Path]


def find_programs() -> None:
    """Installs wrk where apt is and the user may; else says what to install."""
    missing = [name for name in ("psql", "pgbench") if not program(name)]
    if missing:
        raise Failed(f"install {' and '.join(missing)} (Debian's package postgresql) and run this again")
    if shutil.which("wrk"):
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    may = not as_root or (shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0)
    if may and shutil.which("apt-get"):
        print("installing wrk", file=sys.stderr)
        for step in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "wrk"]):
            subprocess.run([*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *step], stdout=subprocess.DEVNULL)
    if not shutil.which("wrk"):
        raise Failed("install wrk (Debian's package of that name) and run this again")


def program(name: str) -> str | None:
    """A program of PostgreSQL's: the newest packaged one, else the one on PATH, which may be a wrapper."""
    packaged = [folder / "bin" / name for folder in PACKAGED.glob("*") if (folder / "bin" / name).exists()]
    newest = max(packaged, key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0), default=None)
    return str(newest) if newest else shutil.which(name)


def load(service: Service, script: Path) -> None:
    """Loads the larger data set as the application, then has the owner count it for the planner."""
    psql = [program("psql") or "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    ended([*psql, f"--file={script}"], service.database("traguardo_service"), 120)
    # The owner may not analyse the catalogues, and is told so table by table: those warnings say nothing.
    analyse = ["--command=SET client_min_messages = 'error'", "--command=SET ROLE traguardo_owner", "--command=ANALYZE"]
    ended([*psql, *analyse], service.database("traguardo_migrator", migrating=True), 120)


def http(service: Service, sent: Sent, seconds: int, connections: int) -> dict:
    """wrk for some seconds, with kept connections and the token unless nobody asks for one."""
    threads = min(2, connections)
    command = ["wrk", f"--threads={threads}", f"--connections={connections}", f"--duration={seconds}s", "--timeout=5s"]
    command += [f"--script={HERE / 'report.lua'}", service.url + sent.path]
    told = {
        "BENCH_TOKEN": "" if sent.path.startswith("/health/") else service.token,
        "BENCH_HEADERS": "\n".join(f"{name}: {value}" for name, value in sent.headers.items()),
        "BENCH_BODIES": "\n".join(str(body) for body in sent.bodies),
    }
    before = service.cpu()
    used, output = ended(command, os.environ | told, seconds + PATIENCE)
    after = service.cpu()
    found = re.search(r"^REPORT (.*)$", output, re.MULTILINE)
    if not found:
        raise Failed(f"wrk said nothing that can be read:\n{output}")
    report = json.loads(found[1])
    requests = report["requests"]
    if not requests:
        raise Failed(f"{sent.path}: no answer in {seconds} seconds")
    return {
        "rate": requests * 1_000_000 / report["micros"],
        "p50": report["p50"],
        "p99": report["p99"],
        "errors": report["not_2xx"] + report["socket"],
        "service_cpu": each(before[0], after[0], requests),
        "database_cpu": each(before[1], after[1], requests),
        "client_cpu": used * 1_000_000 / requests,
    }


def pgbench(
    service: Service, script: Path, known: dict[str, str], seconds: int, connections: int, role: str = "traguardo_app"
) -> dict:
    """pgbench for some seconds as the service's login acting as the application, or as who reads across comuni, under row security."""
    threads = min(2, connections)
    command = [program("pgbench") or "pgbench", "-n", "-M", "prepared", f"-c{connections}", f"-j{threads}", f"-T{seconds}"]
    command += [part for name, value in known.items() for part in ("-D", f"{name}={value}")]
    env = service.database("traguardo_service") | {"PGOPTIONS": f"-c role={role}"}
    before = service.cpu()
    used, output = ended([*command, "-f", str(script)], env, seconds + PATIENCE)
    after = service.cpu()
    rate = re.search(r"^tps = ([0-9.]+)", output, re.MULTILINE)
    done = re.search(r"^number of transactions actually processed: ([0-9]+)", output, re.MULTILINE)
    failed = re.search(r"^number of failed transactions: ([0-9]+)", output, re.MULTILINE)
    if not rate or not done or not int(done[1]):
        raise Failed(f"pgbench said nothing that can be read:\n{output}")
    transactions = int(done[1])
    return {
        "rate": float(rate[1]),
        "errors": int(failed[1]) if failed else 0,
        "database_cpu": each(before[1], after[1], transactions),
        "client_cpu": used * 1_000_000 / transactions,
    }


def each(before: float | None, after: float | None, count: int) -> float | None:
    """Microseconds each of `count` took."""
    return None if before is None or after is None else (after - before) * 1_000_000 / count


def ended(command: list[str], env: dict[str, str], patience: int) -> tuple[float, str]:
    """Runs a program to its end: the seconds of processor it took, and what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        # `run` kills the program when the time is over or we are interrupted.
        result = subprocess.run(command, env=env, capture_output=True, text=True, timeout=patience)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{Path(command[0]).name} did not end in {patience} seconds") from error
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode:
        raise Failed(f"{Path(command[0]).name} failed ({result.returncode}):\n{result.stderr.strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result.stdout
