# Needs Python 3.11 or newer and make; everything else goes into .venv and .cache.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
LOCK_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PRODUCT := $(VENV)/product.stamp
DEVELOP := $(VENV)/develop.stamp
JAVASCRIPT := .cache/js/stamp
LOCKER := .cache/lock
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(LOCKER)/bin/uv pip compile --quiet \
	--universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	$(LOCK_ARGS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check tools neo4j bench bench-explorer format lock clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(PRODUCT) ## Load all that ships and serve them on PORT (8000)
	$(BIN)/jamae ingest
	$(BIN)/jamae serve --port $(PORT)

test: $(DEVELOP) $(JAVASCRIPT) tools ## Run every test, real Neo4j and Chromium included; ARGS go to pytest
	$(BIN)/python -m pytest $(ARGS)

check: $(DEVELOP) $(JAVASCRIPT) ## Check format, lint and types, of the pages' scripts too
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.javascript check

tools: ## Install what the tests need beside Python
	@.ci/tools

neo4j: $(DEVELOP) tools ## Keep a throw-away Neo4j up and print how the tests reach it
	@$(BIN)/python -m tests.neo4j_server

bench: $(DEVELOP) tools ## Measure SIZES (1000000) claims in COLUMNS (all); FRESH=1 measures anew
	$(BIN)/python -m bench $(if $(SIZES),--sizes $(SIZES)) $(if $(COLUMNS),--columns $(COLUMNS)) \
		$(if $(FRESH),--fresh)

bench-explorer: $(DEVELOP) tools ## Measure the pages in Chromium, beside stock pyvis
	$(BIN)/python -m bench.explorer $(ARGS)

format: $(DEVELOP) ## Format the code and repair what lint can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(LOCKER)/bin/uv $(DEVELOP) ## Write the lock files anew; LOCK_ARGS=--upgrade takes newer versions
	echo 'hatchling' | $(COMPILE) pyproject.toml - --output-file requirements.lock
	echo 'hatchling' | $(COMPILE) pyproject.toml - --extra dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	$(BIN)/python -m tests.javascript lock

clean: ## Remove everything that was made, the loaded data excepted
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Building the project itself uses the locked hatchling, so that no step takes an unhashed file.
$(PRODUCT): requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOP): requirements-dev.lock $(PRODUCT) | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

# Node comes with the locked packages of Python; npm takes only what its own lock has a hash for.
$(JAVASCRIPT): tests/js/package-lock.json tests/javascript.py $(DEVELOP)
	$(BIN)/python -m tests.javascript install
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "jamae needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(LOCKER)/bin/uv: | $(BIN)/python
	$(PYTHON) -m venv $(LOCKER)
	$(LOCKER)/bin/python -m pip install --quiet --disable-pip-version-check uv
