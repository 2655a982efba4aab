# Two commands do everything on a fresh machine: `make demo` and `make test`. Each sets up what is missing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test lint types check bench lock clean setup

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: $(READY) ## install what is missing: system libraries, virtual environment, pinned packages

$(READY): requirements.lock pyproject.toml
	@python3 -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

test: $(READY) ## lint, types and all tests
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/pytest

lock: $(READY) ## renew requirements.lock from pyproject.toml
	@uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --quiet \
	  --group dev pyproject.toml -o requirements.lock
