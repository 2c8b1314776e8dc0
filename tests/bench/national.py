#!/usr/bin/env python3
"""Measures at the size of a country what bench.py measures at two hundred comuni: see README.md."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import contents
import measure
from bench import carried_out, release_binary, say
from service import Service

HERE = Path(__file__).resolve().parent
SMALL, NATIONAL = 200, 7_900
INDICATOR, YEAR = "T1.itp", "2024"
# What is to be loaded, in seconds: more is a failure.
LOAD_WITHIN = 600
# The tables whose keys and indexes are made again after the load: it is many times quicker than keeping them row by row.
LARGE = ("objectives", "assignments", "measurements", "publications", "facts")
# The tables the owner writes for many comuni at once, and so those whose row security it must be out of meanwhile.
WRITTEN = ("tenants", "comuni", "units", "plans", "plan_versions", "templates", "registry_comuni", "registry_editions", *LARGE)


@dataclass(frozen=True)
class Row:
    """A row of the table: what is asked, the SQL beside it, and as which role that runs."""

    name: str
    path: str
    script: Path
    role: str = "traguardo_app"


PLAN = "/v1/comuni/{comune}/plans/{plan}"
COMPARED = [
    Row("compare one indicator", f"/v1/benchmarks/{INDICATOR}?group=all&year={YEAR}", HERE / "national" / "benchmark.sql", "traguardo_benchmark"),
]
OWN = [
    Row("read a plan header", PLAN, HERE / "plan_header.sql"),
    Row("read an objective", PLAN + "/objectives/{objective}", HERE / "objective.sql"),
    Row("page of 50 objectives", PLAN + "/objectives?limit=50", HERE / "objectives_page.sql"),
    Row("scores of a plan", PLAN + "/scores", HERE / "scores.sql"),
]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="how long each measurement takes (5)")
    parser.add_argument("--rounds", type=int, default=2, help="how often everything is measured at each size (2)")
    parser.add_argument("--connections", type=int, default=2, help="connections of wrk, of pgbench and of the service (2)")
    parser.add_argument("--comuni", type=int, default=NATIONAL, help="how many comuni the country has (7900)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement there")
    parser.add_argument("--binary", type=Path, default=release_binary(), help="the program to measure (the release build)")
    chosen = parser.parse_args()
    if min(chosen.seconds, chosen.rounds) < 1 or not SMALL < chosen.comuni <= 7_904 or chosen.connections < 2:
        parser.error(f"at least 1 second, 1 round, 2 connections, and from {SMALL + 1} to 7904 comuni")
    return chosen


class Owner:
    """Whoever loads: the owner of the tables."""

    def __init__(self, service: Service) -> None:
        self.env = service.database("traguardo_migrator", migrating=True)
        self.psql = [measure.program("psql") or "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]

    def run(self, *arguments: str) -> str:
        return measure.ended([*self.psql, *arguments], self.env, LOAD_WITHIN)[1]

    def does(self, statements: list[str]) -> None:
        commands = ["SET client_min_messages = 'error'", "SET ROLE traguardo_owner", "SET maintenance_work_mem = '512MB'", *statements]
        self.run(*(f"--command={command}" for command in commands))

    def asks(self, query: str) -> list[list[str]]:
        told = self.run("--tuples-only", "--no-align", "--field-separator=\t", "--command=SET ROLE traguardo_owner", f"--command={query}")
        return [line.split("\t") for line in told.splitlines() if line]

    def load(self, first: int, last: int) -> float:
        """Comuni from one number to another, with everything they have and have published; how many seconds it took."""
        began = time.monotonic()
        tables = "array[" + ", ".join(f"'{table}'::regclass" for table in LARGE) + "]"
        keys = self.asks(
            f"select conrelid::regclass, conname, contype, pg_get_constraintdef(oid) from pg_constraint "
            f"where (conrelid = any({tables}) or confrelid = any({tables})) and contype in ('p', 'u', 'f')"
        )
        indexes = self.asks(
            f"select i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid = any({tables}) "
            "and not exists (select from pg_constraint where conindid = i.indexrelid)"
        )
        foreign = [key for key in keys if key[2] == "f"]
        own = [key for key in keys if key[2] != "f"]
        self.does([f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in WRITTEN])
        self.does([f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _, _ in [*foreign, *own]])
        self.does([f"DROP INDEX {name}" for name, _ in indexes])
        for script in ("comuni.sql", "facts.sql"):
            self.run(f"--set=first={first}", f"--set=last={last}", f"--file={HERE / 'national' / script}")
        self.does([f"ALTER TABLE {table} ADD CONSTRAINT {name} {meaning}" for table, name, _, meaning in own])
        self.does([meaning for _, meaning in indexes])
        self.does([f"ALTER TABLE {table} ADD CONSTRAINT {name} {meaning}" for table, name, _, meaning in foreign])
        self.does([f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in WRITTEN])
        self.does(["VACUUM (ANALYZE) facts", "ANALYZE"])
        return time.monotonic() - began

    def counts(self) -> dict[str, int]:
        query = " union all ".join(f"select '{table}', count(*) from {table}" for table in LARGE)
        self.does([f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in LARGE])
        told = self.run("--tuples-only", "--no-align", "--field-separator=\t", "--command=SET ROLE traguardo_owner", f"--command={query}")
        self.does([f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in LARGE])
        return {name: int(count) for name, count in (line.split("\t") for line in told.splitlines() if "\t" in line)}


def measured(service: Service, chosen: argparse.Namespace, known: dict[str, str]) -> dict[str, list[dict]]:
    """Every row over HTTP and through pgbench, in turn."""
    found: dict[str, list[dict]] = {row.name: [] for row in COMPARED + OWN}
    for number in range(chosen.rounds + 1):
        for row in COMPARED + OWN:
            seconds = chosen.seconds if number else 1
            sent = measure.Sent(row.path.format(**known), {}, [])
            service.ask("GET", sent.path)
            over_http = measure.http(service, sent, seconds, chosen.connections)
            in_sql = measure.pgbench(service, row.script, known, seconds, chosen.connections, row.role)
            if number:
                found[row.name].append({"http": over_http, "pgbench": in_sql, "connections": chosen.connections})
    return found


def day_of_a_dashboard(service: Service, owner: Owner) -> dict:
    """Fifty indicators of 1,500 comuni in one call: how long, how large, how many statements."""
    indicators = [line[0] for line in owner.asks("select code from national_indicators order by number")]
    comuni = [line[0] for line in owner.asks("select code from national_comuni order by number limit 1500")]
    body = contents.written({"indicators": indicators, "comuni": comuni, "years": [int(YEAR)]})
    times, size = [], 0
    for _ in range(5):
        began = time.monotonic()
        _, _, answer = service.ask("POST", "/v1/benchmarks-query", body=body)
        times.append(time.monotonic() - began)
        size = len(answer)
    return {
        "indicators": len(indicators), "comuni": len(comuni), "bytes": size, "seconds": median(times),
        "statements": statements(service, lambda: service.ask("POST", "/v1/benchmarks-query", body=body)),
    }


def statements(service: Service, work) -> int | None:
    """How many statements PostgreSQL was sent meanwhile, as its own log says; none where the log is not ours to open."""
    logs = service.folder / "data"
    env = service.database("postgres")
    psql = [measure.program("psql") or "psql", "--no-psqlrc", "--quiet"]
    def switched(on: str) -> bool:
        commands = [f"--command=ALTER SYSTEM SET log_statement = '{on}'", "--command=SELECT pg_reload_conf()"]
        return subprocess.run([*psql, *commands], env=env, capture_output=True).returncode == 0
    def told() -> int:
        found = 0
        for log in logs.resolve().rglob("*.log"):
            found += len(re.findall(r"(?:statement|execute [^:]*): ", log.read_text(errors="replace")))
        return found
    if service.database_url or not switched("all"):
        return None
    time.sleep(0.5)
    before = told()
    work()
    time.sleep(0.5)
    after = told()
    switched("none")
    return after - before


def print_growth(small: dict, large: dict, comuni: int) -> bool:
    """Each row at both sizes, as ratios; whether what was promised holds."""
    print(f"\n{'':24}{f'------ {SMALL} comuni ------':>28}{f'------ {comuni:,} comuni -----':>28}{'growth of':>12}")
    print(f"{'':24}{'p50 ms':>9}{'SQL ms':>9}{'x SQL':>8}{'p50 ms':>11}{'SQL ms':>9}{'x SQL':>8}{'the ratio':>13}")
    holds = True
    for row in COMPARED + OWN:
        line = f"{row.name:24}"
        ratios = []
        for found in (small[row.name], large[row.name]):
            # Of one connection: how long a request takes, and how long its SQL.
            http = median(one["http"]["p50"] for one in found) / 1000
            sql = median(connections_over(one) for one in found)
            ratios.append(median(one["pgbench"]["rate"] / one["http"]["rate"] for one in found))
            line += f"{http:>9.2f}{sql:>9.2f}{ratios[-1]:>8.2f}  "
        print(line + f"{ratios[1] / ratios[0]:>11.2f}")
        if row in COMPARED and ratios[1] >= 3:
            holds = False
            print(f"{row.name}: {ratios[1]:.2f} times its SQL; less than three were wanted: NOT reached.")
    return holds


def connections_over(one: dict) -> float:
    """Milliseconds a transaction took, on average, on each of the connections."""
    return one["connections"] * 1000 / one["pgbench"]["rate"]


def run(chosen: argparse.Namespace) -> int:
    measure.find_programs()
    with Service(chosen.binary, max(chosen.connections, 4)) as service:
        owner = Owner(service)
        say(f"loading {SMALL} comuni")
        owner.load(0, SMALL - 1)
        known = contents.variables(service) | {"indicator": INDICATOR, "one_year": YEAR}
        small = measured(service, chosen, known)
        say(f"loading the other {chosen.comuni - SMALL}")
        took = owner.load(SMALL, chosen.comuni - 1)
        counts = owner.counts()
        say(f"loaded in {took:.0f} s: {counts}")
        large = measured(service, chosen, known)
        day = day_of_a_dashboard(service, owner)
        memory = service.memory()
    holds = print_growth(small, large, chosen.comuni)
    print(f"\nLoaded in {took:.0f} s (at most {LOAD_WITHIN}): " + ", ".join(f"{count:,} {table}" for table, count in counts.items()))
    print(
        f"A dashboard's day: {day['indicators']} indicators of {day['comuni']} comuni in one call: {day['bytes'] / 1e6:.1f} MB, "
        f"{day['seconds'] * 1000:.0f} ms, {day['statements']} statements."
    )
    print(f"Memory of the service: {memory['now']:.0f} MiB now, {memory['most']:.0f} MiB at most; load {os.getloadavg()[0]:.1f}.")
    if chosen.json:
        chosen.json.write_text(json.dumps({"small": small, "large": large, "day": day, "load": took, "rows": counts}, indent=2) + "\n")
    return 0 if holds and took <= LOAD_WITHIN else 1


if __name__ == "__main__":
    sys.exit(carried_out(lambda: run(options())))
