# Every command a person or a machine runs on this project. The first line of each recipe group says what it needs.

CARGO ?= cargo
PYTHON ?= python3
export CARGO_TERM_COLOR ?= auto

.PHONY: run test check bench bench-national bench-invoices fuzz openapi schema deploy-check prerequisites fmt

## Start the service with its own PostgreSQL, five demo comuni and tokens for every role.
run: prerequisites
	$(CARGO) build --quiet --package traguardo-server
	exec "$${CARGO_TARGET_DIR:-target}/debug/traguardo" serve --demo --stop-with-parent

## The whole suite, on a throw-away PostgreSQL (or on DATABASE_URL).
test: prerequisites
	$(CARGO) test --workspace --quiet --no-fail-fast

## Formatting, lints, documentation, forbidden edges between crates, unused dependencies.
check: prerequisites
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --quiet -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --document-private-items --quiet
	./.ci/edges
	./.ci/unused

## Read files nobody wrote with every profile, for FUZZ_SECONDS (30): none may make a reader panic, loop or lose a line.
fuzz: prerequisites
	$(CARGO) run --quiet --profile fuzz --package traguardo-documents --example fuzz

## Measure the hot paths against pgbench on the same SQL, in the same run, and how many lines of a plan are read in a second.
bench: prerequisites
	$(CARGO) build --release --quiet --package traguardo-server
	$(PYTHON) tests/bench/bench.py

## The same at the size of a country: 7,900 comuni, 4.7 million values; comparison beside its SQL, own reads beside two hundred comuni.
bench-national: prerequisites
	$(CARGO) build --release --quiet --package traguardo-server
	$(PYTHON) tests/bench/national.py

## 200,000 bills of one comune: how quickly they are loaded, how long a quarter's figures take beside their SQL, in how much memory.
bench-invoices: prerequisites
	$(CARGO) build --release --quiet --package traguardo-server
	$(PYTHON) tests/bench/invoices.py

## Write the OpenAPI document from the code.
openapi: prerequisites
	mkdir -p openapi
	$(CARGO) run --quiet --package traguardo-server -- openapi > openapi/v1.yaml
	$(CARGO) run --quiet --package traguardo-server -- openapi --downgraded > openapi/v1-3.0.yaml
	$(CARGO) run --quiet --package traguardo-server -- openapi --plan-schema > openapi/plan.schema.json

## Write the tables as the program knows them from a migrated database.
schema: prerequisites
	UPDATE_EXPECTED=1 $(CARGO) test --quiet --package traguardo-tests --test api schema_file

## Check the container, compose and systemd files as far as this machine can.
deploy-check: prerequisites
	$(PYTHON) deploy/check.py

fmt:
	$(CARGO) fmt --all

prerequisites:
	@./.ci/prerequisites
