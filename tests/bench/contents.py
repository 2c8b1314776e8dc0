"""What the hot paths name: the demo's plan in progress, and a plan of 500 objectives prepared for the bulk."""

from __future__ import annotations

import json
from pathlib import Path

from service import COMUNE, Failed, Service

BULK = 500
BULK_PLAN = {"year": 2026, "kind": "piao_performance", "title": "Piano di prova delle scritture in massa"}
BULK_KEY = "ext:BENCH-BULK"
# The titles of the two bodies; those that `objectives_bulk.sql` gives end with a number, so that whoever comes next changes them.
WORDINGS = ("prima", "seconda")


def variables(service: Service) -> dict[str, str]:
    """What paths, headers and scripts name."""
    plans = service.get(f"/v1/comuni/{COMUNE}/plans?limit=200")["items"]
    plan = next((plan for plan in plans if plan["state"] == "in_progress"), None)
    if not plan:
        raise Failed(f"{COMUNE} has no plan in progress")
    address = f"/v1/comuni/{COMUNE}/plans/{plan['id']}"
    objectives = service.get(f"{address}/objectives?limit=200")["items"]
    _, headers, _ = service.ask("GET", f"{address}/versions/current")
    tag = headers["ETag"]
    digest = tag.strip('"')
    return {
        "comune": COMUNE,
        "comuni": "{" + COMUNE + "}",
        "plan": plan["id"],
        "first_day": f"{plan['year']}-01-01",
        "last_day": f"{plan['year']}-12-31",
        "year": str(plan["year"]),
        "objective": objectives[len(objectives) // 2]["id"],
        "tag": tag,
        "held": '{"\\\\x' + digest + '"}',
        "nothing": "{}",
        # Diesel sends limits as parameters: of one row, and of a page and the row that tells whether there is another.
        "one": "1",
        "page": "51",
    }


def prepare_bulk(service: Service, known: dict[str, str]) -> tuple[dict[str, str], list[Path]]:
    """A plan of 500 objectives like the demo's: what paths and scripts name of it, and the two bodies that rewrite it all."""
    models = service.get(f"/v1/comuni/{COMUNE}/plans/{known['plan']}/objectives?limit=200")["items"]
    scale = service.get(f"/v1/comuni/{COMUNE}/plans/{known['plan']}").get("scale", [])
    unit = service.get(f"/v1/comuni/{COMUNE}/units?limit=1")["items"][0]
    address = f"/v1/comuni/{COMUNE}/plans/{BULK_KEY}"
    status, _, _ = service.ask("GET", address, expected=(200, 404))
    if status == 404:
        service.ask("PUT", address, body=written(BULK_PLAN | {"scale": scale}), expected=(201,))
        change(service, address, body_of(models, unit["code"], "di partenza", only_known=False))
    plan = service.get(address)
    address = f"/v1/comuni/{COMUNE}/plans/{plan['id']}"
    paths, versions = [], []
    for wording in WORDINGS:
        body = body_of(models, unit["code"], wording, only_known=True)
        versions.append(change(service, address, body))
        paths.append(service.folder / f"bulk-{wording}.json")
        paths[-1].write_bytes(body)
    if any(later != earlier + 1 for earlier, later in zip(*versions, strict=True)):
        raise Failed("the two bodies of the bulk do not change every objective")
    named = {
        "bulk_plan": plan["id"],
        "bulk_first_day": f"{plan['year']}-01-01",
        "bulk_last_day": f"{plan['year']}-12-31",
        "unit": unit["id"],
    }
    return named, paths


def change(service: Service, address: str, body: bytes) -> list[int]:
    """Carries a bulk out, which must write everything, and tells the versions it came to."""
    _, _, answer = service.ask("POST", f"{address}/objectives-bulk", body=body)
    outcome = json.loads(answer)
    if outcome["written"] != BULK or outcome["refused"]:
        raise Failed(f"the bulk wrote {outcome['written']} of {BULK} objectives")
    return [item["version"] for item in outcome["items"]]


def body_of(models: list[dict], unit: str, wording: str, *, only_known: bool) -> bytes:
    """500 objectives to put, those of the demo over and over, each assigned to one structure."""
    items = []
    for number in range(1, BULK + 1):
        value = without_ids(models[number % len(models)])
        value |= {"external_id": f"B{number}", "title": f"Obiettivo {number:03}, stesura {wording}"}
        assigned = {name: part for name, part in value["assignments"][0].items() if name != "unit"}
        value["assignments"] = [assigned | {"unit_code": unit}]
        item = {"operation": "put", "path": f"ext:B{number}", "value": value}
        items.append(item | ({"if_match": "*"} if only_known else {}))
    return written({"items": items})


def without_ids(value: object) -> object:
    """What was read of an objective, as what may be written of another one."""
    if isinstance(value, dict):
        return {name: without_ids(part) for name, part in value.items() if name not in ("id", "version")}
    return [without_ids(part) for part in value] if isinstance(value, list) else value


def written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
