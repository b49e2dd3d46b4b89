# make demo   a project around the demo model, built and run on a photo
# make test   everything: style, types, unit tests, conformance, real builds
# make setup  what the tests need, as far as this machine allows
#
# PYTHON names the interpreter to make .venv with (3.11 or newer); EDGEGEN_CACHE the folder for downloads and exports.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The environment is made anew when what it must hold changes; the stamp is written last, so that an interrupted
# installation is taken up again.
STAMP_DEMO := $(VENV)/.edgegen-demo
STAMP_TEST := $(VENV)/.edgegen-test

.PHONY: demo setup test lint clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "edgegen needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(STAMP_DEMO): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[demo,ios]' 'cmake>=3.28'
	touch $@

$(STAMP_TEST): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ $(STAMP_DEMO)

demo: $(STAMP_DEMO)
	$(BIN)/python scripts/setup/system.py --for demo
	$(BIN)/python scripts/setup/swift.py
	$(BIN)/python scripts/demo.py

setup: $(STAMP_TEST)
	$(BIN)/python scripts/setup/system.py
	$(BIN)/python scripts/setup/java.py
	$(BIN)/python scripts/setup/swift.py

test: setup
	$(BIN)/python -m pytest

lint: $(STAMP_TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) hello hello-android hello-ios hello-ios-executorch .mypy_cache .ruff_cache .pytest_cache
