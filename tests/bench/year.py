"""What the hot paths of the year name: values of the demo's plan in progress, and a plan of its own to write values into."""

from __future__ import annotations

import json
from pathlib import Path

from contents import written
from service import COMUNE, Failed, Service

VALUES = 500
YEAR = 2025
YEAR_KEY = "BENCH-YEAR"
# The quarters of a year, each from its first day: a value tells how things stand at the end.
QUARTERS = ("03-31", "06-30", "09-30", "12-31")


def prepare(service: Service, known: dict[str, str]) -> tuple[dict[str, str], dict[str, list[Path]]]:
    """Values for everything the demo's plan measures, and a copy of it in its year: what paths name of it, and the bodies."""
    plan = f"/v1/comuni/{COMUNE}/plans/{known['plan']}"
    if not service.get(f"{plan}/measurements?limit=1")["items"]:
        record(service, plan, values(subjects(service, plan), known["first_day"][:4], QUARTERS[:3]))
    copy = running_copy(service, known)
    address = f"/v1/comuni/{COMUNE}/plans/{copy['id']}"
    measured = subjects(service, address)
    many = (values(measured, str(YEAR), QUARTERS) * VALUES)[:VALUES]
    bodies = {"values": [service.folder / "values.json"], "value": []}
    bodies["values"][0].write_bytes(written({"items": many}))
    # Of one thing after the other: what is there of a thing is read before more is added, and no thing has thousands.
    for number, one in enumerate(many):
        bodies["value"].append(service.folder / f"value-{number}.json")
        bodies["value"][-1].write_bytes(written(one))
    record(service, address, many)
    service.ask("POST", f"{address}/measurements", body=written(many[0]), expected=(201,))
    named = {"year_plan": copy["id"], "measured": measured[0].split("/")[0]}
    return named, bodies


def running_copy(service: Service, known: dict[str, str]) -> dict:
    """The demo's plan for another year, approved and begun."""
    address = f"/v1/comuni/{COMUNE}/plans/ext:{YEAR_KEY}"
    status, _, _ = service.ask("GET", address, expected=(200, 404))
    if status == 404:
        copy = written({"year": YEAR, "external_id": YEAR_KEY})
        service.ask("POST", f"/v1/comuni/{COMUNE}/plans/{known['plan']}/copies", body=copy, expected=(201,))
        act = {"kind": "giunta_resolution", "number": "1", "date": f"{YEAR}-01-31"}
        for step in ({"transition": name} for name in ("propose", "open_review", "approve", "publish", "start")):
            body = written(step | ({"act": act} if step["transition"] == "approve" else {}))
            service.ask("POST", f"{address}/transitions", body=body)
    return service.get(address)


def subjects(service: Service, address: str) -> list[str]:
    """The paths of every indicator of a plan's objectives."""
    found = []
    for objective in service.get(f"{address}/document")["objectives"]:
        found += [f"{objective['id']}/indicators/{one['id']}" for one in objective.get("indicators", [])]
    if not found:
        raise Failed("the plan measures nothing")
    return found


def values(subjects: list[str], year: str, ends: tuple[str, ...]) -> list[dict]:
    """A judgement of each, which every indicator takes, until each of these days."""
    return [
        {
            "subject": subject,
            "period": {"from": f"{year}-01-01", "to": f"{year}-{end}"},
            "value": {"type": "judgement", "percent": str(40 + (number * 7) % 61)},
            "standing": "provisional",
        }
        for end in ends
        for number, subject in enumerate(subjects)
    ]


def record(service: Service, address: str, items: list[dict]) -> None:
    """Enters values, all of them."""
    _, _, answer = service.ask("POST", f"{address}/measurements-bulk", body=written({"items": items}))
    outcome = json.loads(answer)
    if outcome["refused"] or outcome["written"] != len(items):
        raise Failed(f"of {len(items)} values {outcome['refused']} were refused")
