# The two that matter: `make run` and `make test`. `make help` lists the others.

# The first of these that is Python 3.11 or later.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes -r

.DEFAULT_GOAL := help
.PHONY: help run test lint types messages lock soak clean

help:  ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.run  ## Serve the site on http://127.0.0.1:8000 (PORT=…, DATABASE_URL=…) with its worker
	@exec $(BIN)/python bin/serve.py

test: .venv/.test  ## Everything: linters, types, tests on SQLite and PostgreSQL, browser tests
	@exec $(BIN)/python bin/check.py all

lint: .venv/.test  ## Style, layers, templates, migrations, catalogues; no tests
	@exec $(BIN)/python bin/check.py lint

types: .venv/.test  ## mypy
	@exec $(BIN)/python bin/check.py types

soak: .venv/.test  ## The long proofs at full size, and coverage; figures go to bench/RESULTS.md
	@exec $(BIN)/python bin/check.py soak

messages: .venv/.test  ## Bring the Welsh in locale/ up to date with the strings in the code and the packages
	@exec $(BIN)/python bin/messages.py update

LOCK := var/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: .venv/bin/pip  ## Pin what pyproject.toml asks for, with hashes and without addresses
	@test -x var/lock/bin/pip-compile || { $(BIN)/python -m venv var/lock && var/lock/bin/pip install --quiet pip-tools; }
	$(LOCK) --output-file requirements/run.txt pyproject.toml
	$(LOCK) --extra dev --output-file requirements/test.txt pyproject.toml

clean:  ## Remove what can be made again; the site's data in var/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* locale/*/LC_MESSAGES/*.mo locale/packages/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says that the environment holds what the lock file says: the next run does not ask again.
.venv/.run: requirements/run.txt | .venv/bin/pip
	@echo "Installing what the site needs …"
	@$(PIP) requirements/run.txt
	@touch $@

.venv/.test: requirements/test.txt | .venv/bin/pip
	@echo "Installing what the tests need …"
	@$(PIP) requirements/test.txt
	@touch .venv/.run $@

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later was not found. Install it, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { echo "$(PYTHON) cannot make environments. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
