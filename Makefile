# Two commands: `make report` and `make test`. Both set up .venv from requirements.lock first.
INPUT ?= data/sample
OUT ?= reports
REPORT ?= topic

BIN := .venv/bin
# The first Python from 3.11 on; a name that exists but does not run is passed over.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

# For `make train`: files with the texts of stand-off labels, and labels of your own.
ANALYSIS_CORPORA ?= ../shared/data
TEXTS ?= $(wildcard $(ANALYSIS_CORPORA)/attribution/*.text.jsonl.gz \
	$(ANALYSIS_CORPORA)/sentiment/newsmtsc_rw.train.jsonl.gz)
LABELLED ?=
WEIGHTS ?= src/analysis/attribution/model/weights

.PHONY: report test lab train test-training lock clean help
.DEFAULT_GOAL := help

help:
	@echo "make report [INPUT=folder] [OUT=reports]   load, annotate and report on a folder"
	@echo "make test                                  ruff, mypy, tests, doctests, notebooks"
	@echo "make lab                                   JupyterLab in notebooks/"
	@echo "make train                                 train the attribution model anew"
	@echo "make lock                                  pin requirements.lock again (needs uv)"

report: .venv/ready
	@$(BIN)/dispatches run "$(INPUT)" --out "$(OUT)" --report "$(REPORT)"

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

lab: .venv/ready
	$(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/explore/00-start-here.ipynb

train: training/.venv/ready
	training/.venv/bin/python training/train.py --texts $(TEXTS) --labelled $(LABELLED) --out "$(WEIGHTS)"

test-training: training/.venv/ready
	training/.venv/bin/python -m pytest -q training/tests

training/.venv/ready: training/requirements.lock pyproject.toml
	"$(PYTHON)" -m venv training/.venv
	training/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.lock
	training/.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$(PYTHON)" .venv && \
		uv pip install --quiet --python .venv --require-hashes -r requirements.lock && \
		uv pip install --quiet --python .venv --no-deps --no-build-isolation -e . ; \
	else \
		"$(PYTHON)" -m venv .venv && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --all-extras --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
