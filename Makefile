# The project's verbs. `make` alone lists them; each does what it needs first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
TOOLS := var/tools
UV := $(TOOLS)/bin/uv
export UV_PROJECT_ENVIRONMENT := $(VENV)
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
# A town's network may have a certificate of its own: the system's are trusted, as pip trusts them.
export UV_SYSTEM_CERTS ?= true
# What Python has compiled it keeps, also where the machine says otherwise: each program would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: pictures help setup demo run test soak bench check format catalogues scaled bundle

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

setup: $(VENV)/.ready ## make the environment in .venv, exactly as uv.lock says

$(UV):
	@echo "setup: fetching uv, the installer, into $(TOOLS)"
	@python3 -m venv $(TOOLS) && $(TOOLS)/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

$(VENV)/.ready: pyproject.toml uv.lock | $(UV)
	@echo "setup: installing what uv.lock names into $(VENV)"
	@$(UV) sync --locked --quiet
	@touch $@

demo: setup ## the whole Kemijärvi process, end to end, under a simulated clock
	@$(BIN)/etappi demo

run: setup ## a try-out: a sample town, and everything in one, at http://127.0.0.1:8000 (PORT=…)
	@$(BIN)/etappi up --try-out --port $(PORT)

# The tests' files lie in memory where there is room: the suite flushes to the disk a hundred thousand times.
IN_MEMORY := $(shell [ -w /dev/shm ] && [ "$$(df -k --output=avail /dev/shm | tail -1)" -gt 4000000 ] && echo TMPDIR=/dev/shm)

test: setup ## the test suite, on real SQLite, PostgreSQL and Prefect
	@tests/system-packages
	@echo "tests: the whole suite on two processes, five to ten minutes where the processors are free"
	@$(IN_MEMORY) $(BIN)/python -m pytest -n 2 --dist worksteal

soak: setup ## the long counts: more examples, and 1,100 kills of whole installations
	@tests/system-packages
	@echo "soak: the long counts on two processes, some hours; the storms alone (tests/engine_room/test_storms.py) about one"
	@$(IN_MEMORY) ETAPPI_SOAK=1 $(BIN)/python -m pytest -n 2 --dist worksteal

bench: setup ## speed as ratios against the bare durable transaction
	@tests/system-packages
	@$(BIN)/python -m benchmarks.run

scaled: setup ## a scaled set-up on this machine, and the demo across its two workers
	@tests/system-packages
	@$(BIN)/python -m benchmarks.scaled

bundle: setup ## one tar that installs without a network, into var/
	@deploy/make-bundle

check: setup ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup ## write the code as `check` wants it
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

catalogues: setup ## bring the pages' translations up to date with what the pages say
	@mkdir -p var
	@$(BIN)/pybabel --quiet extract --mapping config/translations/babel.cfg --keyword say --keyword say_counted:1,2 \
		--keyword N_ --sort-by-file --add-location=file --omit-header --no-wrap --output-file var/pages.pot app/web
	@for language in sv en; do $(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header \
		--no-wrap --input var/pages.pot --output-file config/translations/pages.$$language.po --locale $$language; done

pictures: setup ## pictures of the ten main pages, in both themes, into var/pictures
	@tests/system-packages
	@$(BIN)/python -m benchmarks.pictures var/pictures
