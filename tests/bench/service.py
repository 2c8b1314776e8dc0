"""The service under measurement: started on a throw-away folder, asked things, stopped whatever happens."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from email.message import Message
from pathlib import Path

READY = "Traguardo is at "
# The demo's comune whose plan is in progress, sealed, and the longest; and who asks.
COMUNE = "F471"
ROLE = "segretario"
START_SECONDS = 120
# The service gives requests in flight 30 seconds.
STOP_SECONDS = 45
TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """Why nothing could be measured, in one line or a few."""


class Service:
    """`traguardo serve --demo` between `with` and its end, on DATABASE_URL or with a PostgreSQL of its own."""

    def __init__(self, binary: Path, connections: int) -> None:
        self.binary = binary
        self.connections = connections
        self.database_url = os.environ.get("DATABASE_URL")
        self.folder = Path()
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""
        self.token = ""
        self.postmaster: int | None = None
        self.socket: tuple[str, str] = ("", "")

    def __enter__(self) -> Service:
        if not os.access(self.binary, os.X_OK):
            raise Failed(f"{self.binary} is missing: cargo build --release --package traguardo-server")
        self.folder = Path(tempfile.mkdtemp(prefix="traguardo-bench-"))
        # PostgreSQL runs as another user when we are root, and must get through to its own folder below.
        self.folder.chmod(0o711)
        try:
            self.start()
            self.read_tokens()
            if not self.database_url:
                self.find_database()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        settings = {
            "TRAGUARDO_DATA": str(self.folder / "data"),
            "TRAGUARDO_LISTEN": "127.0.0.1:0",
            "TRAGUARDO_RATE_LIMIT": "100000000",
            "TRAGUARDO_LOG": "warn",
            "TRAGUARDO_CONNECTIONS": str(self.connections),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAGUARDO_")}
        if "TRAGUARDO_MIGRATION_URL" in os.environ:
            kept["TRAGUARDO_MIGRATION_URL"] = os.environ["TRAGUARDO_MIGRATION_URL"]
        with open(self.folder / "out", "wb") as out, open(self.folder / "err", "wb") as err:
            # A session of its own: Ctrl-C is ours to handle, and we stop the service in order.
            self.process = subprocess.Popen(
                [self.binary, "serve", "--demo", "--stop-with-parent"],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=kept | settings, start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while READY not in (self.folder / "out").read_text(errors="replace"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"the service did not start:\n{self.said()}")
            time.sleep(0.05)

    def said(self) -> str:
        """The end of the service's log."""
        return "\n".join((self.folder / "err").read_text(errors="replace").splitlines()[-20:])

    def read_tokens(self) -> None:
        lines = (self.folder / "data" / "demo.env").read_text().splitlines()
        env = dict(line.split("=", 1) for line in lines if "=" in line)
        self.url, self.token = env["TRAGUARDO_URL"], env[f"TOKEN_{COMUNE}_{ROLE.upper()}"]

    def find_database(self) -> None:
        """PostgreSQL writes its process, port and socket folder into the cluster, wherever the service put that."""
        lines = (self.folder / "data" / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()
        self.postmaster = int(lines[0])
        self.socket = (lines[4], lines[3])

    def database(self, login: str, migrating: bool = False) -> dict[str, str]:
        """The environment by which PostgreSQL's programs reach the service's database; `login` counts for its own one only."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        if not self.database_url:
            host, port = self.socket
            return env | {"PGHOST": host, "PGPORT": port, "PGUSER": login, "PGDATABASE": "traguardo"}
        url = os.environ.get("TRAGUARDO_MIGRATION_URL") if migrating else None
        return env | variables_of(url or self.database_url)

    def get(self, path: str) -> dict:
        """The answer to a GET, which must be 200."""
        _, _, body = self.ask("GET", path)
        return json.loads(body) if body else {}

    def ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        expected: tuple[int, ...] = (200,),
    ) -> tuple[int, Message, bytes]:
        """The status, the headers and the bytes of an answer, which must be one of those expected."""
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"} | (headers or {})
        request = urllib.request.Request(self.url + path, headers=sent, data=body, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, received, told = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            status, received, told = refused.code, refused.headers, refused.read()
        except OSError as error:
            raise Failed(f"{method} {path}: {error}") from error
        if status not in expected:
            raise Failed(f"{method} {path} answers {status}: {told.decode(errors='replace')[:500]}")
        return status, received, told

    def memory(self) -> dict[str, float | None]:
        """Resident memory in MiB, now and at most so far."""
        found: dict[str, float | None] = {"now": None, "most": None}
        status = Path(f"/proc/{self.pid()}/status")
        for line in status.read_text().splitlines() if status.exists() else []:
            for name, key in (("VmRSS:", "now"), ("VmHWM:", "most")):
                if line.startswith(name):
                    found[key] = int(line.split()[1]) / 1024
        return found

    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def cpu(self) -> tuple[float | None, float | None]:
        """Seconds of processor the service and its PostgreSQL have used."""
        stats = process_stats()
        own = stats.get(self.pid())
        if not self.postmaster or self.postmaster not in stats:
            return (own["used"] if own else None, None)
        children = (stat["used"] for stat in stats.values() if stat["parent"] == self.postmaster)
        server = stats[self.postmaster]
        return (own["used"] if own else None, server["used"] + server["ended"] + sum(children))

    def stop(self) -> None:
        """Stops the service in order, by force if it must, and leaves nothing behind."""
        killed = False
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                killed = True
                self.process.kill()
                self.process.wait()
        # Where PostgreSQL's user could not reach the folder, the service left a link to another one.
        databases = self.folder / "data" / "postgres"
        if databases.is_symlink():
            shutil.rmtree(databases.resolve(), ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if killed:
            raise Failed(f"the service did not stop within {STOP_SECONDS} seconds and was killed")


def process_stats() -> dict[int, dict[str, float]]:
    """The processor time of every process, its ended children's and its parent, where /proc tells."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        user, system, ended_user, ended_system = (int(field) / TICKS for field in fields[11:15])
        found[int(stat.parent.name)] = {
            "parent": int(fields[1]), "used": user + system, "ended": ended_user + ended_system
        }
    return found


def variables_of(url: str) -> dict[str, str]:
    """A libpq address as environment variables, so that no password stands on a command line."""
    parts = urllib.parse.urlsplit(url)
    query = dict(urllib.parse.parse_qsl(parts.query))
    named = {
        "PGHOST": query.get("host") or parts.hostname,
        "PGPORT": query.get("port") or (str(parts.port) if parts.port else None),
        "PGUSER": query.get("user") or parts.username,
        "PGPASSWORD": query.get("password") or parts.password,
        "PGDATABASE": parts.path.lstrip("/") or query.get("dbname"),
        "PGSSLMODE": query.get("sslmode"),
        "PGSSLROOTCERT": query.get("sslrootcert"),
    }
    return {name: urllib.parse.unquote(value) for name, value in named.items() if value}
