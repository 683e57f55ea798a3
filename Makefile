# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WIREWATCH := $(BIN)/wirewatch

.DEFAULT_GOAL := help
.PHONY: help run demo test lint format chaos bench lock

help: ## what there is to make
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

# Installed anew whenever the locked versions or the project's own description change.
$(VENV)/ran-with: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Wirewatch needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Set PYTHON=python3.11, say."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/tests-with: requirements-dev.lock $(VENV)/ran-with
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/ran-with ## the daemon: embedded store, crawler, workers, on wirewatch.yaml
	@test -f wirewatch.yaml || $(WIREWATCH) config init
	@exec $(WIREWATCH) run

demo: $(VENV)/ran-with ## an offline newsroom, the daemon on it, and a scoreboard
	@exec $(WIREWATCH) demo

lint: $(VENV)/tests-with ## format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint ## lint, then every test in parallel
	$(BIN)/pytest -n 4 --dist worksteal

chaos: $(VENV)/tests-with ## 2,000 stories while crawlers and stores are killed 30 times (CHAOS_SEED=n: another run)
	CHAOS_STORIES=2000 CHAOS_KILLS=30 $(BIN)/pytest tests/pipeline/crashes --timeout 1200

bench: $(VENV)/tests-with ## the benchmarks, side by side in one run each
	$(WIREWATCH) bench polling
	$(WIREWATCH) bench handlers
	$(WIREWATCH) bench rhythm
	$(WIREWATCH) bench screening
	$(WIREWATCH) bench durability

format: $(VENV)/tests-with ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/tests-with ## pin every dependency anew, with hashes
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock pyproject.toml deploy/build.in
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra dev -o requirements-dev.lock pyproject.toml deploy/build.in
