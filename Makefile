# The commands of this product. `make run` and `make test` are all you need; `make` alone lists the rest.
# Settings: PORT=8501 HOST=0.0.0.0 DATABASE_URL=postgresql+psycopg://... (see docs/operations.md)

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all:
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready

.DEFAULT_GOAL := help
.PHONY: help run demo test proofs lint bench mutants faults evening backup restore drill messages changes lock audit sbom release clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1 \2/' | awk '{c=$$2; $$1="";$$2=""; printf "  make %-10s%s\n", c, $$0}'

run: $(RUN_READY) ## start the workshop; prints the address for the phones in the hall
	@$(PY) -m workshop.start

demo: $(RUN_READY) ## the same, with the fictional neighbourhood Molenwijk in it
	@$(PY) -m workshop.start --demo

test: $(DEV_READY) ## all tests, with the Chromium, PostgreSQL, nginx and LibreOffice they need (ARGS="-k vote" for a part)
	@$(PY) -m tools.chromium
	@$(PY) -m tools.programs
	@$(PY) -m tools.postgres
	@$(PY) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(ARGS)

proofs: $(DEV_READY) ## the proofs over many generated cases, whole instead of a sample (10 to 30 minutes)
	@$(PY) -m tools.postgres
	@PROOFS=whole $(PY) -m pytest -m proof --numprocesses 2 --dist load $(ARGS)

lint: $(DEV_READY) ## style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

bench: $(DEV_READY) ## how many people at once (takes minutes; ARGS are passed on)
	@$(PY) -m bench $(ARGS)

mutants: $(DEV_READY) ## break the rules in small ways: how many of these changes a test notices (docs/tests.md)
	@nice $(PY) -m tools.mutants $(ARGS)

faults: $(DEV_READY) ## kill, cut and fill the disk: what was acknowledged must be there (takes minutes)
	@$(PY) -m tools.postgres
	@$(PY) -m tools.programs
	@$(PY) -m pytest faults -W ignore::ResourceWarning $(ARGS)

evening: $(DEV_READY) ## play an evening of 34 people that can be watched (ARGS="--tempo 0" for as fast as it goes)
	@$(PY) -m tools.play_evening $(ARGS)

backup: $(RUN_READY) ## a checked copy of the database, also while running (ARGS="--to /safe/place --keep-days 30")
	@$(PY) -m tools.backup make $(ARGS)

restore: $(RUN_READY) ## put a copy back: stop the program first, then FROM=path/of/the/copy
	@$(PY) -m tools.backup restore "$(FROM)"

drill: $(RUN_READY) ## practise: copy, put back somewhere else, compare
	@$(PY) -m tools.backup drill $(ARGS)

messages: $(DEV_READY) ## read the texts from the code into the catalogues; says what is not translated
	@$(PY) -m tools.messages

audit: $(DEV_READY) ## ask whether a weakness is known in what is locked; not being able to ask is no pass
	@$(PY) -m tools.audit $(ARGS)

sbom: $(DEV_READY) ## what is inside this version, as CycloneDX, into var/release
	@$(PY) -m tools.sbom

release: $(DEV_READY) ## make the next version ready to be tagged (VERSION=0.2.0; see docs/release.md)
	@$(PY) -m tools.release "$(VERSION)"

changes: $(DEV_READY) ## what the next release would tell, from the fragments in changes.d
	@$(PY) -m towncrier build --draft --version next

lock: $(DEV_READY) ## choose the newest versions again and write them down with hashes
	@rm -f requirements.txt requirements-dev.txt
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt

clean: ## throw away the virtual environment and caches; the data in var/ stays
	@rm -rf $(VENV) mutants .pytest_cache .hypothesis .mypy_cache .ruff_cache

$(RUN_READY): requirements.txt
	@$(PYTHON) tools/make_venv.py $(VENV)
	@echo "Bibliotheken installeren (een minuut of twee) ..."
	@$(PIP) -r requirements.txt
	@touch $@

# The development lock holds everything of the other, so one install serves both.
$(DEV_READY): requirements-dev.txt requirements.txt
	@$(PYTHON) tools/make_venv.py $(VENV)
	@echo "Installing what running and testing need (a minute or two) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(RUN_READY)
