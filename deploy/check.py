#!/usr/bin/env python3
"""Checks the files of deploy/ and what they share with the program, as far as a machine without a container engine can.

Prints a line for each check and ends with status 1 when one finds something. Every check is then tried on a copy of the tree spoilt on
purpose, because a check that cannot fail proves nothing. The image is not built here, and the compose file is not run.
"""

import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

VARIABLE = re.compile(r"\b(?:TRAGUARDO_[A-Z_]*[A-Z]|DATABASE_URL)\b")
# For whoever calls the service, and written by the demo for a shell to read: no settings of it.
NO_SETTING = {"TRAGUARDO_URL", "TRAGUARDO_TOKEN"}
KEY = re.compile(r"([A-Za-z_][\w.-]*):(?:\s+(.*))?$")
MANDATORY = (
    "publiccodeYmlVersion name url platforms categories developmentStatus softwareType description legal/license "
    "maintenance/type maintenance/contacts localisation/localisationReady localisation/availableLanguages"
).split()
HARDENED = (
    "User EnvironmentFile ExecStart Restart TimeoutStopSec NoNewPrivileges ProtectSystem ProtectHome PrivateTmp PrivateDevices "
    "CapabilityBoundingSet RestrictAddressFamilies SystemCallFilter"
).split()


class Outline:
    """The part of YAML our files use: block mappings and lists, block scalars, quoted and plain scalars, lists in brackets."""

    def __init__(self, text):
        self.lines, self.at = text.splitlines(), 0

    def peek(self):
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.strip() and not line.lstrip().startswith("#"):
                if "\t" in line:
                    raise ValueError(f"line {self.at + 1}: a tab")
                return len(line) - len(line.lstrip()), line.strip()
            self.at += 1
        return -1, ""

    def value(self, least):
        indent, body = self.peek()
        if indent < least:
            return None
        return self.items(indent) if body.startswith("- ") else self.members(indent)

    def items(self, indent):
        found = []
        while self.peek()[0] == indent and self.peek()[1].startswith("- "):
            inner = self.peek()[1][2:]
            if KEY.match(inner):
                # An item that is a mapping reads as if its dash were blank.
                self.lines[self.at] = " " * (indent + 2) + inner
                found.append(self.members(indent + 2))
            else:
                self.at += 1
                found.append(self.scalar(inner, indent))
        return found

    def members(self, indent):
        found = {}
        while (here := self.peek())[0] >= indent:
            key = KEY.match(here[1])
            if here[0] != indent or key is None:
                raise ValueError(f"line {self.at + 1}: out of place: {here[1]}")
            if key[1] in found:
                raise ValueError(f"line {self.at + 1}: {key[1]} stands there twice")
            self.at += 1
            found[key[1]] = self.scalar(key[2], indent) if key[2] else self.value(indent + 1)
        return found

    def scalar(self, text, indent):
        if text in ("|", "|-", ">", ">-"):
            words = []
            while self.at < len(self.lines) and (not self.lines[self.at].strip() or self.lines[self.at].startswith(" " * (indent + 1))):
                words.append(self.lines[self.at].strip())
                self.at += 1
            return (" " if text[0] == ">" else "\n").join(words).strip()
        if text.startswith("["):
            return json.loads(text)
        return text[1:-1] if text[0] in "\"'" and text[-1] == text[0] else text.split(" #")[0].strip()


def read_yaml(path):
    outline = Outline(path.read_text())
    found = outline.value(0)
    if outline.peek()[0] >= 0:
        raise ValueError(f"{path.name}: line {outline.at + 1}: out of place")
    return found


def settings(tree):
    """Every environment variable the program reads, with its default when it has a plain one."""
    found = {}
    # What the service is told and how it logs; a command that calls it from elsewhere has options of its own.
    sources = [tree / "crates/server/src" / name for name in ("cli.rs", "logs.rs")]
    for arguments in re.findall(r"#\[arg\((.*)\)\]", "\n".join(source.read_text() for source in sources)):
        if name := re.search(r'env = "(\w+)"', arguments):
            default = re.search(r'default_value = "([^"]+)"|default_value_t = (\d+)', arguments)
            words = default and (default[1] or default[2])
            # The token command names the address the service has by default; the service makes it of where it listens.
            found.setdefault(name[1], None if name[1] == "TRAGUARDO_PUBLIC_URL" else words)
    return found


def check_variables(tree):
    known = settings(tree)
    for path in [tree / "README.md", *sorted((tree / "deploy").iterdir())]:
        if path.is_file() and path.name != "check.py":
            named = set(VARIABLE.findall(path.read_text()))
            yield from (f"{path.name}: no such setting: {name}" for name in sorted(named - set(known) - NO_SETTING))
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", (tree / "README.md").read_text(), re.M))
    example = (tree / "deploy/traguardo.env.example").read_text()
    for name, default in known.items():
        if name not in rows:
            yield f"README.md: {name} is not in the table"
        elif default and f"`{default}`" not in rows[name]:
            yield f"README.md: {name} has the default {default}"
        if not re.search(rf"^#?{name}=", example, re.M):
            yield f"traguardo.env.example: {name} is missing"


def check_container(tree):
    text = (tree / "deploy/Containerfile").read_text().replace("\\\n", " ")
    lines = [line.split(None, 1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    words = {word: [rest for first, rest in lines if first == word] for word, _ in lines}
    stages = [rest.split(" AS ")[1] for rest in words["FROM"] if " AS " in rest]
    rust = re.search(r'rust-version = "([\d.]+)"', (tree / "Cargo.toml").read_text())[1]
    if not any(f"/rust:{rust}-" in rest for rest in words["FROM"]):
        yield f"the build stage is not Rust {rust}"
    copied = []
    for rest in words.get("COPY", []):
        if rest.startswith("--from="):
            stage = rest.split()[0].removeprefix("--from=")
            if stage not in stages:
                yield f"COPY from an unknown stage: {stage}"
            continue
        for source in rest.split()[:-1]:
            copied.append(tree / source)
            if not (tree / source).exists():
                yield f"COPY of a path that is not there: {source}"
    for source in sorted((tree / "crates").rglob("*.rs")):
        base = {"embed_migrations": source.parents[1]}
        for macro, path in re.findall(r'(include_str|include_bytes|embed_migrations)!\("([^"]+)"', source.read_text()):
            wanted = (base.get(macro, source.parent) / path).resolve()
            if not any(wanted.is_relative_to(path.resolve()) for path in copied):
                yield f"{source.name} needs {wanted.name}, which no COPY brings"
    user = words.get("USER", ["root"])[-1]
    if user.split(":")[0] in ("root", "0"):
        yield "the service runs as root"
    runtime = text.rsplit("\nFROM ", 1)[1]
    for needed in ("libpq5", "ca-certificates"):
        if needed not in runtime:
            yield f"{needed} is missing where the service runs"
    health = re.search(r"GET (/\S+)", " ".join(words.get("HEALTHCHECK", [])))
    if not health or f'"{health[1]}"' not in (tree / "crates/http/src/health.rs").read_text():
        yield "HEALTHCHECK asks for no address the service has"
    if not any("/traguardo" in rest for rest in words.get("ENTRYPOINT", [])):
        yield "ENTRYPOINT is not the program"
    yield from check_manifests(tree, [path for path in copied if path.exists()])


def check_manifests(tree, copied):
    """Cargo accepts what the image copies as a whole workspace."""
    if not shutil.which("cargo"):
        return
    with tempfile.TemporaryDirectory() as folder:
        for path in copied:
            target = Path(folder) / path.relative_to(tree)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(path, target) if path.is_dir() else shutil.copy(path, target)
        command = ["cargo", "metadata", "--no-deps", "--offline", "--format-version=1"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            yield f"cargo does not accept what is copied: {done.stderr.strip()}"


def check_compose(tree):
    compose = read_yaml(tree / "deploy/compose.yaml")
    text = (tree / "deploy/compose.yaml").read_text()
    if re.search(r"://[^/@\s]+:[^/@\s]+@", text):
        yield "a password stands in the file"
    for name, service in compose["services"].items():
        for wanted, value in {"read_only": "true", "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}.items():
            if service.get(wanted) != value:
                yield f"{name}: {wanted} is not {value}"
        for kind in ("secrets", "networks"):
            unknown = set(service.get(kind) or []) - set(compose[kind])
            yield from (f"{name}: unknown in {kind}: {word}" for word in sorted(unknown))
        for volume in service.get("volumes") or []:
            source = volume.split(":")[0]
            there = (tree / "deploy" / source).exists() if source.startswith(".") else source in compose["volumes"]
            if not there:
                yield f"{name}: no such volume: {source}"
        for other in service.get("depends_on") or {}:
            condition, needed = service["depends_on"][other]["condition"], compose["services"].get(other)
            if needed is None:
                yield f"{name}: depends on {other}, which is not there"
            elif condition == "service_healthy" and "healthcheck" not in needed:
                yield f"{name}: waits for the health of {other}, which has no check"
        for secret in re.findall(r"/run/secrets/(\w+)", json.dumps(service)):
            if secret not in (service.get("secrets") or []):
                yield f"{name}: reads the secret {secret} and is not given it"
        if build := service.get("build"):
            if not (tree / "deploy" / build["context"] / build["dockerfile"]).exists():
                yield f"{name}: no {build['dockerfile']}"
        postgres = re.search(r"postgres:(\d+)", service["image"])
        if postgres and int(postgres[1]) < 15:
            yield f"{name}: PostgreSQL 15 or newer is needed"
    if "healthcheck" not in compose["services"]["db"]:
        yield "db: no healthcheck"
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0:
        command = ["docker", "compose", "--file", str(tree / "deploy/compose.yaml"), "config", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            yield done.stderr.strip()


def check_unit(tree):
    text = (tree / "deploy/traguardo.service").read_text()
    given = {name for name, _ in re.findall(r"^(\w+)=(.*)$", text, re.M)}
    yield from (f"{name} is missing" for name in HARDENED if name not in given)
    if not re.search(r"^ExecStart=/\S*/traguardo serve$", text, re.M):
        yield "ExecStart is not `traguardo serve`"
    if re.search(r"^User=root", text, re.M):
        yield "the service runs as root"
    if not shutil.which("systemd-analyze"):
        return
    with tempfile.TemporaryDirectory() as folder:
        # The program need not be installed where the unit is checked.
        unit = Path(folder) / "traguardo.service"
        unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.M))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
        # Only what it says of this unit: the machine's own units are not ours to judge.
        yield from (line for line in done.stderr.splitlines() if "traguardo" in line)


def check_publiccode(tree):
    found = read_yaml(tree / "publiccode.yml")
    cargo = (tree / "Cargo.toml").read_text()

    def at(path):
        value = found
        for key in path.split("/"):
            value = value.get(key) if isinstance(value, dict) else None
        return value

    yield from (f"{path} is missing" for path in MANDATORY if at(path) in (None, "", [], {}))
    for key, wanted in {"softwareVersion": "version", "legal/license": "license"}.items():
        value = re.search(rf'^{wanted} = "(.+)"', cargo, re.M)[1]
        if at(key) != value:
            yield f"{key} is not {value}, which Cargo.toml says"
    if at("softwareType") != "standalone/backend":
        yield "softwareType is not standalone/backend"
    for contact in at("maintenance/contacts") or []:
        if not (contact.get("name") and contact.get("email")):
            yield "a contact without name or email"
    for language in ("it", "en"):
        texts = at(f"description/{language}") or {}
        short, long = texts.get("shortDescription") or "", texts.get("longDescription") or ""
        if not 1 <= len(short) <= 150:
            yield f"{language}: shortDescription has {len(short)} characters, from 1 to 150 are allowed"
        if not 150 <= len(long) <= 10_000:
            yield f"{language}: longDescription has {len(long)} characters, from 150 to 10000 are allowed"
        if not texts.get("features"):
            yield f"{language}: no features"
    if not (tree / "LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2"):
        yield "LICENSE is not the EUPL 1.2"


def check_prose(tree):
    lines = (tree / "README.md").read_text().count("\n")
    if lines > 120:
        yield f"README.md has {lines} lines, 120 are allowed"
    for path in [tree / name for name in ("README.md", "crates/README.md", "migrations/README.md", "deploy/README.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
            if not (path.parent / link).exists():
                yield f"{path.relative_to(tree)}: {link} is not there"


def check_issuers(tree):
    source = (tree / "crates/http/src/tokens/issuers.rs").read_text()
    body = re.search(r"pub struct IssuerSettings \{(.*?)\n\}", source, re.S)[1]
    fields = set(re.findall(r"pub (\w+):", body))
    examples = re.findall(r"```json\n(.*?)```", (tree / "deploy/README.md").read_text(), re.S)
    if not examples:
        yield "no example"
    for issuer in [issuer for example in examples for issuer in json.loads(example)]:
        name = issuer.get("issuer")
        yield from (f"{name}: unknown member {word}" for word in sorted(set(issuer) - fields))
        yield from (f"{name}: {word} is missing" for word in ("issuer", "audience", "algorithm", "jwks") if word not in issuer)
        if ("comune" in issuer) == ("producers" in issuer):
            yield f"{name}: either comune or producers"


def postgres_programs():
    """The folder of the newest PostgreSQL programs, or nothing."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    return next((folder for folder in [*packaged, *on_path] if (folder / "initdb").exists()), None)


def check_roles(tree):
    """Run twice, roles.sql leaves the same roles, grants and extensions as run once."""
    programs = postgres_programs()
    if programs is None:
        print("     (no PostgreSQL programs here: roles.sql is not tried)")
        return
    account = {}
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = names.get("postgres") or names["nobody"]
        account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    with tempfile.TemporaryDirectory(prefix="traguardo-roles-") as folder:
        if account:
            os.chown(folder, account["user"], account["group"])
        environment = {"PATH": f"{programs}:/usr/bin:/bin", "PGHOST": folder, "PGUSER": "postgres", "LC_ALL": "C"}

        def run(*command, stdin=""):
            options = {"cwd": folder, "env": environment, "capture_output": True, "text": True, "input": stdin, "timeout": 60}
            # A server that is left running must not hold a pipe of ours open.
            return subprocess.run(command, **options, **account)

        def dumped():
            roles = run("pg_dumpall", "--roles-only").stdout + run("pg_dump", "--schema-only", "--create", "traguardo").stdout
            # The tool marks each dump with a word of its own.
            return re.sub(r"^\\(un)?restrict .*$", "", roles, flags=re.M)

        cluster = f"{folder}/cluster"
        made = run("initdb", "--pgdata", cluster, "--username=postgres", "--auth=trust", "--no-sync")
        if made.returncode:
            yield made.stderr.strip()
            return
        started = run("pg_ctl", "--pgdata", cluster, "--wait", "--silent", f"--log={folder}/log",
                      f"--options=-k {folder} -c listen_addresses= -c fsync=off", "start")
        if started.returncode:
            yield f"PostgreSQL did not start: {started.stderr.strip()}"
            return
        try:
            run("createdb", "traguardo")
            text, dumps = (tree / "deploy/roles.sql").read_text(), []
            for turn in ("first", "second"):
                done = run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "traguardo", stdin=text)
                if done.returncode:
                    yield f"{turn} run: {done.stderr.strip()}"
                    return
                dumps.append(dumped())
            if "traguardo_service" not in dumps[0]:
                yield "the roles are not there"
            if dumps[0] != dumps[1]:
                yield "the second run changes something"
        finally:
            run("pg_ctl", "--pgdata", cluster, "--mode=immediate", "--wait", "--silent", "stop")


CHECKS = {
    "settings": check_variables, "container": check_container, "compose": check_compose, "unit": check_unit,
    "publiccode": check_publiccode, "prose": check_prose, "issuers": check_issuers, "roles": check_roles,
}
# Which check must notice what: the check, the file, what is there, what is put in its place.
SPOILT = [
    ("settings", "README.md", "| `TRAGUARDO_WORKERS`", "| `TRAGUARDO_THREADS`"),
    ("settings", "README.md", "| `16` |", "| `17` |"),
    ("settings", "deploy/compose.yaml", "TRAGUARDO_BEHIND_PROXY:", "TRAGUARDO_BEHIND_A_PROXY:"),
    ("settings", "deploy/traguardo.env.example", "#TRAGUARDO_ISSUERS=", "#"),
    ("settings", "crates/server/src/cli.rs", 'env = "TRAGUARDO_LISTEN"', 'env = "TRAGUARDO_ADDRESS"'),
    ("container", "deploy/Containerfile", "COPY migrations migrations", "COPY migration migrations"),
    ("container", "deploy/Containerfile", "COPY deploy/roles.sql deploy/roles.sql\n", ""),
    ("container", "deploy/Containerfile", "COPY tests tests\n", ""),
    ("container", "deploy/Containerfile", "--from=build", "--from=builder"),
    ("container", "deploy/Containerfile", "USER 10001:10001", "USER root"),
    ("container", "deploy/Containerfile", "/health/live", "/healthz"),
    ("compose", "deploy/compose.yaml", "    read_only: true\n", ""),
    ("compose", "deploy/compose.yaml", "      - migrator_pgpass\n", ""),
    ("compose", "deploy/compose.yaml", "  keys:\n", "  key:\n"),
    ("compose", "deploy/compose.yaml", "      roles:\n", "      role:\n"),
    ("compose", "deploy/compose.yaml", "traguardo_service@db", "traguardo_service:secret@db"),
    ("compose", "deploy/compose.yaml", "  inside:\n    internal: true", "  inside:\n     internal: true\n    x"),
    ("unit", "deploy/traguardo.service", "NoNewPrivileges=yes\n", ""),
    ("unit", "deploy/traguardo.service", "traguardo serve", "traguardo server"),
    ("publiccode", "publiccode.yml", "softwareType: standalone/backend\n", ""),
    ("publiccode", "publiccode.yml", "license: EUPL-1.2", "license: MIT"),
    ("publiccode", "publiccode.yml", "name: Traguardo\n", "name: Traguardo\nname: Traguardo\n"),
    ("prose", "README.md", "](crates/README.md)", "](crates/READ.md)"),
    ("issuers", "deploy/README.md", '"algorithm": "RS256"', '"alg": "RS256"'),
    ("issuers", "deploy/README.md", '    "comune": "L454",\n', ""),
    ("roles", "deploy/roles.sql", "revoke all on schema public from public;",
     "do $spoilt$ begin execute 'create schema s' || (select count(*) from pg_namespace); end $spoilt$;"),
    ("roles", "deploy/roles.sql", "create extension if not exists", "create extension"),
]
if shutil.which("systemd-analyze"):
    SPOILT.append(("unit", "deploy/traguardo.service", "ProtectClock=yes", "ProtectClocks=yes"))


def findings(name, tree):
    try:
        return list(CHECKS[name](tree))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        return [f"cannot be read: {error!r}"]


def prove(tree):
    """Spoils a copy of the tree, one thing at a time, and expects the check to notice."""
    unnoticed = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        ignored = shutil.ignore_patterns("target", "data", ".git", ".tools", "node_modules", "secrets")
        shutil.copytree(tree, copy, ignore=ignored, symlinks=True)
        for name, path, old, new in SPOILT:
            if name == "roles" and postgres_programs() is None:
                continue
            text = (copy / path).read_text()
            if old not in text:
                unnoticed.append(f"{path} does not say {old.strip()!r} any more: the proof is out of date")
                continue
            (copy / path).write_text(text.replace(old, new, 1))
            if not findings(name, copy):
                unnoticed.append(f"{name} does not notice {old.strip()!r} becoming {new.strip()!r} in {path}")
            (copy / path).write_text(text)
    return unnoticed


def main():
    tree = Path(__file__).resolve().parent.parent
    failed = False
    for name, found in [*((name, findings(name, tree)) for name in CHECKS), ("proof", prove(tree))]:
        print(f"{'bad' if found else 'ok':4} {name}")
        for line in found:
            print(f"     {line}")
        failed = failed or bool(found)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
