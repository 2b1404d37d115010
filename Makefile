# make run    install what the server needs into .venv, then serve (HOST and PORT are honoured)
# make test   install the development tools and a Chromium, then every check there is
# make bench  install the compared libraries, then every benchmark
# make lint   formatting, lint and types only
# make setup  the development environment only
#
# PYTHON=python3.12 make run   uses another Python, 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run setup test lint bench
.DELETE_ON_ERROR:

run: $(VENV)/.runtime
	exec $(BIN)/python -m app

setup: $(VENV)/.dev

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.runtime

$(VENV)/.bench: pyproject.toml | $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	touch $@

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/pytest

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks
