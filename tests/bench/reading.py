"""How fast plans are read: whole runs of `traguardo import --dry-run`, from the start of the program to its certificate."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from service import Failed

ROOT = Path(__file__).resolve().parent.parent.parent
# The largest plan of ours, repeated to about so many lines: some thirty times the largest plan a comune wrote.
LARGEST = ROOT / "crates" / "documents" / "fixtures" / "cards_torn.txt"
LINES = 5_000


def files(folder: Path) -> list[tuple[str, Path]]:
    """What is read, by name: a plan of ours repeated, and the real ones where they are."""
    text = LARGEST.read_text(encoding="utf-8")
    repeated = folder / "repeated.txt"
    repeated.write_text(text * -(-LINES // len(text.splitlines())), encoding="utf-8")
    real = Path(os.environ.get("TRAGUARDO_SEEDS") or ROOT.parent / "shared" / "seeds")
    found = sorted(real.glob("*.txt")) if real.is_dir() else []
    return [("ours, repeated", repeated)] + [(f"real plan {path.name[:3]}", path) for path in found]


def read(binary: Path, path: Path) -> tuple[float, dict]:
    """One run: its seconds, and the certificate."""
    command = [str(binary), "import", str(path), "--comune", "L454", "--year", "2025", "--dry-run", "--format", "json"]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise Failed(f"{path.name} is not read: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return seconds, json.loads(done.stdout)


def measured(binary: Path, rounds: int) -> list[dict]:
    """Every file, so many times; the median counts."""
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for name, path in files(Path(folder)):
            runs = [read(binary, path) for _ in range(rounds)]
            certificate = runs[0][1]
            if certificate["lines_in"] != sum(certificate["lines"].values()):
                raise Failed(f"{name}: lines are lost")
            seconds = median(took for took, _ in runs)
            lines = certificate["lines_in"]
            rows.append({
                "name": name, "profile": certificate["profile"], "lines": lines, "seconds": seconds, "rate": lines / seconds,
                "objectives": certificate["counts"]["objectives"],
            })
        return rows


def print_table(rows: list[dict]) -> None:
    if not rows:
        return
    print("\nReading, from the start of the program to the certificate, with the profile found out:")
    print(f"{'file':22}{'profile':>22}{'lines':>8}{'objectives':>12}{'seconds':>9}{'lines/s':>10}")
    for row in rows:
        print(
            f"{row['name']:22}{row['profile']:>22}{row['lines']:>8}{row['objectives']:>12}"
            f"{row['seconds']:>9.3f}{row['rate']:>10.0f}"
        )
