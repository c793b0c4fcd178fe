# make run      serve the app on http://localhost:8501 (HOST=, PORT= change it)
# make test     run the tests
# make check    all gates, the same as CI
# Needs Python 3.11 or newer and make. Everything else goes into .venv.

PYTHON ?= python3
HOST ?= localhost
PORT ?= 8501

MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint format types imports coverage smoke bench pictures check clean
.DEFAULT_GOAL := run

run: $(VENV)/installed-run
	$(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/installed-dev
	$(BIN)/mypy

imports: $(VENV)/installed-dev
	$(BIN)/lint-imports

coverage: $(VENV)/installed-dev
	$(BIN)/python -m pytest --cov --cov-report=term

# Starts the app with requirements.txt alone, in an environment of its own.
smoke: $(VENV)/installed-run
	$(BIN)/python scripts/smoke.py

bench: $(VENV)/installed-dev
	$(BIN)/python -m scripts.bench

# Draws the pictures of the README again.
pictures: $(VENV)/installed-run
	$(BIN)/python -m scripts.pictures

# One after the other even under `make -j`: the tests come last, so that their summary closes the output.
check:
	$(MAKE) lint
	$(MAKE) types
	$(MAKE) imports
	$(MAKE) smoke
	$(MAKE) coverage

clean:
	rm -rf $(VENV) .cache .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "VPC Endpoint Lab needs Python 3.11 or newer; '$(PYTHON)' is not. Try: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Each file marks a finished installation, and is older than the requirements once they change.
$(VENV)/installed-run: requirements.txt constraints.txt | $(BIN)/python
	$(PIP_INSTALL) --requirement requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed-run
	$(PIP_INSTALL) --requirement requirements-dev.txt
	@touch $@
