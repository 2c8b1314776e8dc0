#!/usr/bin/env python3
"""Measures the hot paths over HTTP against pgbench on the same SQL, in the same run. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import contents
import measure
import reading
import year
from service import Failed, Service

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class HotPath:
    """One row of the table: its name, its path, the script with its SQL, the ratio it must reach (None: none was promised)."""

    name: str
    path: str
    script: str | None
    target: float | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    # Which bodies are posted in turn, over one connection: a comune has one writer at a time.
    posts: str | None = None

    def sent(self, known: dict[str, str], bodies: dict[str, list[Path]]) -> measure.Sent:
        headers = {name: value.format(**known) for name, value in self.headers.items()}
        return measure.Sent(self.path.format(**known), headers, bodies[self.posts] if self.posts else [])


PLAN = "/v1/comuni/{comune}/plans/{plan}"
# The hot paths. A new one is one row here and one file of SQL beside this one; `{..}` in a path or a header and `:..` in a script
# are the variables of `contents.py`.
HOT_PATHS = [
    HotPath("no database", "/health/live", None),
    HotPath("read a comune", "/v1/comuni/{comune}", "comune.sql"),
    HotPath("read a plan header", PLAN, "plan_header.sql", target=0.5),
    HotPath("read an objective", PLAN + "/objectives/{objective}", "objective.sql"),
    HotPath("page of 50 objectives", PLAN + "/objectives?limit=50", "objectives_page.sql"),
    HotPath("whole plan, draft", PLAN + "/document", "plan_document.sql"),
    HotPath("whole plan, sealed", PLAN + "/versions/current", "version_document.sql", headers={"Accept-Encoding": "gzip"}),
    HotPath(
        "sealed, answered 304", PLAN + "/versions/current", "version_held.sql", headers={"If-None-Match": "{tag}"}, status=304
    ),
    HotPath("bulk of 500", "/v1/comuni/{comune}/plans/{bulk_plan}/objectives-bulk", "objectives_bulk.sql", posts="objectives"),
    HotPath("scores of a plan", PLAN + "/scores", "scores.sql"),
    HotPath("record a value", "/v1/comuni/{comune}/plans/{year_plan}/measurements", "value.sql", posts="value"),
    HotPath("bulk of 500 values", "/v1/comuni/{comune}/plans/{year_plan}/measurements-bulk", "values_bulk.sql", posts="values"),
]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, help="how long each measurement takes (8)")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured; medians count (3)")
    parser.add_argument("--connections", type=int, default=8, help="connections of wrk, of pgbench and of the service (8)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement there")
    parser.add_argument("--only", metavar="WORD", help="only the hot paths whose name contains this; `reading`: only the reading of plans")
    parser.add_argument("--binary", type=Path, default=release_binary(), help="the program to measure (the release build)")
    chosen = parser.parse_args()
    if min(chosen.seconds, chosen.rounds) < 1 or not 2 <= chosen.connections <= 500:
        parser.error("at least 1 second, 1 round and 2 to 500 connections")
    return chosen


def release_binary() -> Path:
    target = os.environ.get("CARGO_TARGET_DIR") or HERE.parent.parent / "target"
    return Path(target) / "release" / "traguardo"


def measure_all(chosen: argparse.Namespace, service: Service) -> list[dict]:
    """Every hot path over HTTP and through pgbench, alternating, so that both meet the same noise."""
    hot_paths = [hot for hot in HOT_PATHS if not chosen.only or chosen.only in hot.name]
    known = contents.variables(service)
    in_bulk, objectives = contents.prepare_bulk(service, known)
    of_the_year, bodies = year.prepare(service, known)
    known |= in_bulk | of_the_year
    bodies["objectives"] = objectives
    sent = [hot.sent(known, bodies) for hot in hot_paths]
    for hot, asked in zip(hot_paths, sent, strict=True):
        # What is posted was carried out, and looked at, when it was prepared.
        if not hot.posts:
            service.ask("GET", asked.path, asked.headers, expected=(hot.status,))
    results = [{"name": hot.name, "target": hot.target, "http": [], "pgbench": []} for hot in hot_paths]
    for number in range(chosen.rounds + 1):
        # Round 0 warms caches and connections and is thrown away.
        seconds = chosen.seconds if number else 1
        for hot, asked, result in zip(hot_paths, sent, results, strict=True):
            say(f"round {number} of {chosen.rounds}: {hot.name}" if number else f"warming up: {hot.name}")
            connections = 1 if hot.posts else chosen.connections
            over_http = measure.http(service, asked, seconds, connections)
            in_sql = None
            if hot.script:
                in_sql = measure.pgbench(service, HERE / hot.script, known, seconds, connections)
            if number:
                result["http"].append(over_http)
                result["pgbench"].append(in_sql)
    return results


def summed_up(result: dict, floor: float | None) -> dict:
    """The medians of a hot path; the ratio is the median of the rounds' own, each of two measurements side by side."""
    http, in_sql = result["http"], [one for one in result["pgbench"] if one]
    middle = {key: median(one[key] for one in http) for key in ("rate", "p50", "p99")}
    ratios = [ours["rate"] / theirs["rate"] for ours, theirs in zip(http, in_sql)] if in_sql else []
    cpu = {
        "service": middle_of(http, "service_cpu"),
        "database": middle_of(http, "database_cpu"),
        "wrk": middle_of(http, "client_cpu"),
        "database under pgbench": middle_of(in_sql, "database_cpu"),
        "pgbench": middle_of(in_sql, "client_cpu"),
    }
    spent = list(cpu.values())
    return middle | {
        "name": result["name"],
        "target": result["target"],
        "errors": sum(one["errors"] for one in http) + sum(one["errors"] for one in in_sql),
        "of_floor": middle["rate"] / floor if floor else None,
        "pgbench": median(one["rate"] for one in in_sql) if in_sql else None,
        "ratio": median(ratios) if ratios else None,
        "ratios": ratios,
        "cpu": cpu,
        "cpu_ratio": None if None in spent else sum(spent[3:]) / sum(spent[:3]),
    }


def middle_of(measurements: list[dict], key: str) -> float | None:
    values = [one[key] for one in measurements if one[key] is not None]
    return median(values) if values else None


def rate(value: float | None) -> str:
    """A rate: slow ones with a decimal."""
    return shown(value, ".0f" if value is None or value >= 100 else ".1f")


def shown(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def print_table(rows: list[dict]) -> None:
    print(f"\n{'':22}{'http':>9}{'pgbench':>10}{'':>8}{'lowest..':>13}{'http /':>9}{'p50':>8}{'p99':>8}")
    print(f"{'hot path':22}{'req/s':>9}{'tx/s':>10}{'RATIO':>8}{'highest':>13}{'floor':>9}{'ms':>8}{'ms':>8}{'errors':>8}")
    for row in rows:
        spread = f"{min(row['ratios']):.2f}..{max(row['ratios']):.2f}" if row["ratios"] else "-"
        print(
            f"{row['name']:22}{rate(row['rate']):>9}{rate(row['pgbench']):>10}{shown(row['ratio'], '.2f'):>8}{spread:>13}"
            f"{shown(row['of_floor'], '.2f'):>9}{row['p50'] / 1000:>8.2f}{row['p99'] / 1000:>8.2f}{row['errors']:>8}"
        )
    print("\nMicroseconds of processor a request (a transaction), and the ratio of their sums, which other work disturbs less:")
    print(f"{'':22}{'---- over http ---------------':>30}{'---- pgbench -------':>22}{'ratio of':>12}")
    print(f"{'hot path':22}{'service':>9}{'PostgreSQL':>13}{'wrk':>8}{'PostgreSQL':>14}{'pgbench':>8}{'sums':>12}")
    for row in rows:
        widths = (9, 13, 8, 14, 8)
        figures = [f"{shown(value, '.0f'):>{width}}" for value, width in zip(row["cpu"].values(), widths, strict=True)]
        print(f"{row['name']:22}{''.join(figures)}{shown(row['cpu_ratio'], '.2f'):>12}")


def print_verdicts(rows: list[dict], memory: dict, chosen: argparse.Namespace) -> None:
    print(f"\nMemory of the service: {shown(memory['now'], '.0f')} MiB now, {shown(memory['most'], '.0f')} MiB at most.")
    load = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} processors ({platform.machine()}) shared by the service, PostgreSQL and the load tool; load {load:.1f};"
        f" {chosen.rounds} rounds of {chosen.seconds} s, {chosen.connections} connections.\n"
        "Only the ratios mean anything: rates, times and memory are this machine's, of this minute."
    )
    for row in rows:
        if row["target"] is not None:
            verdict = "reached" if row["ratio"] >= row["target"] else "NOT reached"
            print(f"{row['name']}: ratio {row['ratio']:.2f}, at least {row['target']} wanted: {verdict}.")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def run(chosen: argparse.Namespace) -> int:
    read = []
    if not chosen.only or chosen.only in "reading":
        say("reading plans")
        read = reading.measured(chosen.binary, chosen.rounds)
    if chosen.only == "reading":
        reading.print_table(read)
        return 0
    measure.find_programs()
    with Service(chosen.binary, chosen.connections) as service:
        say("loading 200 comuni")
        measure.load(service, HERE / "load.sql")
        results = measure_all(chosen, service)
        memory = service.memory()
    floor = next((median(one["rate"] for one in result["http"]) for result in results if not any(result["pgbench"])), None)
    rows = [summed_up(result, floor) for result in results]
    print_table(rows)
    print_verdicts(rows, memory, chosen)
    reading.print_table(read)
    if chosen.json:
        machine = {"processors": os.cpu_count(), "machine": platform.machine(), "load": os.getloadavg()[0]}
        settings = {"seconds": chosen.seconds, "rounds": chosen.rounds, "connections": chosen.connections}
        everything = {"machine": machine, "settings": settings, "memory_mib": memory, "rows": rows, "rounds": results}
        everything["reading"] = read
        chosen.json.write_text(json.dumps(everything, indent=2) + "\n")
    errors = sum(row["errors"] for row in rows)
    if errors:
        say(f"{errors} requests failed: the figures mean nothing")
    return 1 if errors else 0


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def carried_out(work: Callable[[], int]) -> int:
    """The exit status of a measurement; what stops it is told in a line, and what it started is stopped."""
    signal.signal(signal.SIGTERM, interrupted)
    try:
        return work()
    except Failed as failed:
        say(f"bench: {failed}")
        return 2
    except KeyboardInterrupt:
        say("bench: interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(carried_out(lambda: run(options())))
