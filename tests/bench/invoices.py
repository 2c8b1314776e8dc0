#!/usr/bin/env python3
"""Loads 200,000 bills of one comune through the API and measures a figure of payment times beside its SQL: see README.md."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import threading
import time
import urllib.parse
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import measure
from bench import carried_out, release_binary, say
from service import COMUNE, Failed, Service

HERE = Path(__file__).resolve().parent
AT_ONCE = 1_000
FIRST = date(2024, 1, 1)
# The days over which bills arrive: two years, so that a quarter is a part of what is there.
DAYS = 731
SUPPLIERS = 1_500
TYPES = "application/json"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bills", type=int, default=200_000, help="how many bills the comune has (200000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each figure is asked for; medians count (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement there")
    parser.add_argument("--binary", type=Path, default=release_binary(), help="the program to measure (the release build)")
    chosen = parser.parse_args()
    if chosen.bills < AT_ONCE or chosen.bills % AT_ONCE or chosen.rounds < 1:
        parser.error(f"a multiple of {AT_ONCE} bills, and at least 1 round")
    return chosen


def item(number: int, units: list[str]) -> dict:
    """An invented bill, always the same under its number: most are paid, some in two parts, some never, some are contested."""
    supplier = 10_000_000_000 + number % SUPPLIERS
    received = FIRST + timedelta(days=number * 7919 % DAYS)
    total = 12_200 + number * 104_729 % 2_000_000
    vat = total * 22 // 122
    bill = {
        "supplier": str(supplier), "number": f"{number}/B", "issued": str(received - timedelta(days=2)), "received": str(received),
        "total": euro(total), "split_vat": euro(vat), "unit": units[number % len(units)],
        "liquidated": str(received + timedelta(days=number % 25)),
    }
    if number % 40 == 0:
        return {"invoice": bill | credit_note(number, received)}
    if number % 30 == 0:
        bill["disputes"] = [{"from": str(received + timedelta(days=5)), "until": str(received + timedelta(days=20))}]
    paid_on = received + timedelta(days=10 + number * 31 % 50)
    if number % 12 == 0:
        return {"invoice": bill}
    net = total - vat
    parts = [net // 3, net - net // 3] if number % 10 == 0 else [net]
    paid = [{"reference": f"M{place}", "day": str(paid_on), "amount": euro(part)} for place, part in enumerate(parts)]
    return {"invoice": bill, "payments": paid}


def credit_note(number: int, received: date) -> dict:
    """What makes a bill a credit note of another of the same supplier; some name none."""
    other = number - SUPPLIERS
    if other < 0 or number % 80 == 0:
        return {"kind": "credit_note", "total": "10.00", "split_vat": "0"}
    issued = FIRST + timedelta(days=other * 7919 % DAYS) - timedelta(days=2)
    return {"kind": "credit_note", "total": "10.00", "split_vat": "0", "credits": {"number": f"{other}/B", "issued": str(issued)}}


def euro(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


class Watch:
    """The memory of the service while something is done: looked at many times a second."""

    def __init__(self, service: Service) -> None:
        self.service, self.most, self.over = service, 0.0, threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)

    def look(self) -> None:
        while not self.over.wait(0.02):
            self.most = max(self.most, self.service.memory()["now"] or 0)

    def __enter__(self) -> Watch:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


class Sender:
    """One kept connection, as a program of a comune would hold."""

    def __init__(self, service: Service) -> None:
        address = urllib.parse.urlsplit(service.url)
        self.connection = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=120)
        self.headers = {"Authorization": f"Bearer {service.token}"}

    def post(self, path: str, body: bytes, media: str = TYPES) -> dict:
        self.connection.request("POST", path, body, self.headers | {"Content-Type": media})
        answer = self.connection.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise Failed(f"POST {path} answers {answer.status}: {told.decode(errors='replace')[:500]}")
        return json.loads(told)

    def get(self, path: str) -> tuple[float, dict]:
        began = time.monotonic()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        told = answer.read()
        took = time.monotonic() - began
        if answer.status != 200:
            raise Failed(f"GET {path} answers {answer.status}: {told.decode(errors='replace')[:500]}")
        return took, json.loads(told)


def load(service: Service, sender: Sender, bills: int) -> dict:
    """Sends every bill, a thousand a call, and some of them again; bodies are written before the clock starts."""
    units = [unit["id"] for unit in service.get(f"/v1/comuni/{COMUNE}/units?limit=50")["items"]]
    path = f"/v1/comuni/{COMUNE}/invoices-bulk"
    took, payments, calls = 0.0, 0, []
    before = service.cpu()
    with Watch(service) as watch:
        for first in range(0, bills, AT_ONCE):
            items = [item(number, units) for number in range(first, first + AT_ONCE)]
            payments += sum(len(one.get("payments", [])) for one in items)
            body = json.dumps({"items": items}).encode()
            began = time.monotonic()
            told = sender.post(path, body)
            calls.append(time.monotonic() - began)
            took += calls[-1]
            if told["written"] != AT_ONCE:
                raise Failed(f"{told['refused']} of {AT_ONCE} bills were refused: {json.dumps(told)[:500]}")
            if first and first % 50_000 == 0:
                say(f"{first} bills sent")
    after = service.cpu()
    again = json.dumps({"items": [item(number, units) for number in range(AT_ONCE)]}).encode()
    began = time.monotonic()
    for _ in range(10):
        if any(one["status"] != 200 for one in sender.post(path, again)["items"]):
            raise Failed("what was sent again was not there")
    unchanged = 10 * AT_ONCE / (time.monotonic() - began)
    cpu = [None if None in (one, other) else other - one for one, other in zip(before, after, strict=True)]
    return {
        "bills": bills, "payments": payments, "seconds": took, "rate": bills / took, "first": median(calls[:10]), "last": median(calls[-10:]),
        "again": unchanged, "memory": watch.most, "service_cpu": cpu[0], "database_cpu": cpu[1],
    }


def file_of(sender: Sender, lines: int) -> dict:
    """A file as the national platform's extract, of bills that are not there yet."""
    rows = ["Codice fiscale fornitore;Numero fattura;Data emissione;Data ricezione;Importo totale;IVA split payment;Numero mandato;Data pagamento;Importo pagato"]
    for number in range(lines):
        amount = f"{100 + number % 900},{number % 100:02}"
        rows.append(f"IT{20_000_000_000 + number % 700};{number}/C;08/01/2023;10/01/2023;{amount};0;M{number};09/02/2023;{amount}")
    body = "\r\n".join(rows).encode()
    began = time.monotonic()
    told = sender.post(f"/v1/comuni/{COMUNE}/invoices-csv", body, "text/csv")
    took = time.monotonic() - began
    if told["invoices"]["created"] != lines or told["refused_lines"]:
        raise Failed(f"the file was not taken whole: {json.dumps(told)[:500]}")
    return {"lines": lines, "seconds": took, "rate": lines / took, "bytes": len(body)}


# A name, what is asked, and the days its SQL is asked of.
FIGURES = [
    ("a quarter", "year=2025&quarter=1&on=2025-04-30", {"first": "2025-01-01", "last": "2025-03-31", "on": "2025-04-30"}),
    ("the last quarter", "year=2025&quarter=4&on=2026-01-31", {"first": "2025-10-01", "last": "2025-12-31", "on": "2026-01-31"}),
    ("a year", "year=2024&on=2026-01-31", {"first": "2024-01-01", "last": "2024-12-31", "on": "2026-01-31"}),
]


def figures(service: Service, sender: Sender, rounds: int) -> list[dict]:
    """Each figure over HTTP and its SQL through pgbench, in turn, on one connection each."""
    found = []
    for name, query, days in FIGURES:
        path = f"/v1/comuni/{COMUNE}/payment-figures?{query}"
        sender.get(path)
        ours, theirs = [], []
        with Watch(service) as watch:
            for _ in range(rounds):
                ours.append(sender.get(path)[0])
                one = measure.pgbench(service, HERE / "bills.sql", {"comune": COMUNE} | days, 2, 1)
                theirs.append(1 / one["rate"])
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        found.append({
            "name": name, "http": median(ours), "sql": median(theirs), "ratio": median(ratios), "ratios": ratios, "memory": watch.most
        })
    return found


def analysed(service: Service) -> None:
    psql = [measure.program("psql") or "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    commands = ["SET client_min_messages = 'error'", "SET ROLE traguardo_owner", "ANALYZE invoices", "ANALYZE payments"]
    measure.ended([*psql, *(f"--command={command}" for command in commands)], service.database("traguardo_migrator", migrating=True), 300)


def told(loaded: dict, file: dict, rows: list[dict], memory: dict, before: dict) -> None:
    print(
        f"\nLoaded {loaded['bills']:,} bills with {loaded['payments']:,} payments, {AT_ONCE:,} bills a call, in {loaded['seconds']:.1f} s: "
        f"{loaded['rate']:,.0f} bills/s.\nThe first calls took {loaded['first'] * 1000:.0f} ms, the last {loaded['last'] * 1000:.0f} ms. "
        f"What is there as it is sent: {loaded['again']:,.0f} bills/s."
    )
    if loaded["service_cpu"] is not None and loaded["database_cpu"] is not None:
        each = 1_000_000 / loaded["bills"]
        print(f"Microseconds of processor a bill: service {loaded['service_cpu'] * each:.0f}, PostgreSQL {loaded['database_cpu'] * each:.0f}.")
    print(f"A file of {file['lines']:,} lines ({file['bytes'] / 1e6:.1f} MB): {file['seconds']:.1f} s, {file['rate']:,.0f} lines/s.")
    print(f"\n{'GET payment-figures of':24}{'http ms':>10}{'SQL ms':>10}{'http / SQL':>12}{'lowest..highest':>18}{'memory MiB':>12}")
    for row in rows:
        spread = f"{min(row['ratios']):.2f}..{max(row['ratios']):.2f}"
        print(f"{row['name']:24}{row['http'] * 1000:>10.0f}{row['sql'] * 1000:>10.0f}{row['ratio']:>12.2f}{spread:>18}{row['memory']:>12.0f}")
    print(
        f"\nMemory of the service: {before['now']:.0f} MiB before, {loaded['memory']:.0f} at most while loading, "
        f"{max(row['memory'] for row in rows):.0f} at most while computing, {memory['now']:.0f} now."
    )
    print(f"{os.cpu_count()} processors shared by all, load {os.getloadavg()[0]:.1f}: only the ratios mean anything.")


def run(chosen: argparse.Namespace) -> int:
    if not measure.program("pgbench") or not measure.program("psql"):
        raise Failed("install psql and pgbench (Debian's package postgresql) and run this again")
    with Service(chosen.binary, 4) as service:
        before = service.memory()
        sender = Sender(service)
        say(f"sending {chosen.bills} bills")
        loaded = load(service, sender, chosen.bills)
        analysed(service)
        say("computing figures")
        rows = figures(service, sender, chosen.rounds)
        say("sending a file")
        file = file_of(sender, 20_000)
        memory = service.memory()
    told(loaded, file, rows, memory, before)
    if chosen.json:
        chosen.json.write_text(json.dumps({"load": loaded, "file": file, "figures": rows, "memory_mib": memory}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(carried_out(lambda: run(options())))
