# Commands of the repository; `make` lists them. Stamps in .make/ keep repeated calls quick.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
PY := $(BIN)/python
DATA ?= data
PORT ?=
DATA_SETS ?= ../shared/data
TORCH := torch==2.13.0
UV_INSTALL = $(PY) -m uv pip install --quiet --python $(PY) -c constraints.txt

# On Linux without an NVIDIA GPU the plain index would bring several gigabytes of CUDA.
ifeq ($(shell uname -s),Linux)
ifeq ($(shell command -v nvidia-smi 2>/dev/null),)
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
endif
endif
TORCH_INDEX ?=

FRONTEND_SOURCES := $(shell find frontend/src frontend/public frontend/index.html -type f 2>/dev/null)

# A stamp whose result was deleted by hand says nothing.
MISSING := $(if $(wildcard $(PY)),,$(shell rm -f .make/venv .make/torch .make/python .make/test)) \
           $(if $(wildcard frontend/node_modules),,$(shell rm -f .make/npm)) \
           $(if $(wildcard backend/glossator/web/static/index.html),,$(shell rm -f .make/frontend))

.PHONY: help setup setup-test demo test lint types format migration migration-initial bench test-extended \
        reproduce-naming demo-model screenshots openapi

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install what running needs: Python into .venv/, the front end built
	@$(MAKE) --no-print-directory --silent -j2 .make/python .make/frontend

setup-test: setup ## Add the test packages and a browser
	@$(MAKE) --no-print-directory --silent .make/test .make/browser

demo: setup ## Start the service with the demo (DATA=folder PORT=number)
	@exec $(BIN)/glossator up --demo --data $(DATA) $(if $(PORT),--port $(PORT))

test: setup-test ## Run everything: lint, types, unit, integration, faults, browser, front end
	@OMP_NUM_THREADS=1 $(PY) -m tests.run_all

test-extended: setup-test ## Run the long tests too: faults on the real run, load
	@OMP_NUM_THREADS=1 $(PY) -m pytest -m extended tests

lint: setup-test types ## Check style, import arrows and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && cd frontend && npm run --silent lint

types: setup-test ## Check types in Python and TypeScript
	@$(BIN)/mypy && cd frontend && npm run --silent api && npm run --silent types

format: setup-test ## Write the style that lint wants
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . && cd frontend && npm run --silent format

migration: setup-test ## Write a migration from the tables (NAME="what changes")
	@$(PY) migrations/add.py "$(NAME)"

migration-initial: setup-test ## Until the first release: write the first migration anew
	@$(PY) migrations/regenerate_initial.py

bench: setup-test ## Print the benchmarks and write them under docs/
	@$(PY) -m tests.benchmarks

reproduce-naming: setup-test ## Table 1 for ResNet-56, the demo and the birds (DATA_SETS=folder)
	@DATA_SETS=$(DATA_SETS) $(PY) -m glossator_worker.reproduce.naming

demo-model: setup-test ## Train the demo's classifier and state its figures (DATA_SETS=folder)
	@DATA_SETS=$(DATA_SETS) $(PY) -m demo.train

screenshots: setup-test ## Photograph every page into docs/
	@$(PY) -m tests.browser.screenshots

openapi: setup ## Write frontend/openapi.json
	@$(BIN)/glossator openapi --output frontend/openapi.json

.make/venv:
	@mkdir -p .make
	@for python in python3.12 python3.11 python3.13 python3; do \
	   if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	     $$python -m venv .venv && break; fi; done; \
	 test -x $(PY) || { echo "Python 3.11 or newer with its venv module is needed."; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-compile uv
	@touch $@

# The first line reads only places configured on this machine, so it costs nothing where there are none.
.make/torch: .make/venv
	@echo "Installing $(TORCH) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-compile --no-index --no-deps $(TORCH) 2>/dev/null \
	 || $(PY) -m pip install --disable-pip-version-check --no-compile --no-deps \
	      $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	@touch $@

.make/python: .make/torch pyproject.toml constraints.txt
	@echo "Installing the Python packages …"
	@$(UV_INSTALL) torch torchvision --editable '.[worker,lite0]'
	@touch $@

.make/npm: frontend/package-lock.json
	@mkdir -p .make
	@command -v npm >/dev/null || { echo "Node 20.19 or newer with npm is needed to build the pages."; exit 1; }
	@echo "Installing the front end's packages …"
	@cd frontend && npm ci --silent --no-audit --no-fund
	@touch $@

# The build writes the types of the HTTP interface first, so it follows the Python half; `npm ci` does not.
.make/frontend: .make/npm .make/python $(FRONTEND_SOURCES) frontend/vite.config.ts
	@echo "Building the pages …"
	@cd frontend && npm run --silent build -- --logLevel warn >/dev/null
	@touch $@

.make/test: .make/python
	@echo "Installing the test packages …"
	@$(UV_INSTALL) torch torchvision --editable '.[worker,lite0,test]'
	@touch $@

.make/browser: .make/test
	@$(PY) -m tests.find_browser
	@touch $@
