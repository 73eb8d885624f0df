# Everything starts here. `make demo` shows the product, `make check` is what CI runs.
PY   ?= python3
PORT ?= 8000
V    := .venv
BIN  := $(V)/bin
export PORT TALLYSTICK_HOME

.PHONY: help demo setup setup-dev setup-spark spark-extra spark-demo chromium test test-postgres check format lint types floors tests docs bench bench-quick mutants lock clean

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: setup ## set everything up, load the demo, start the server
	@$(BIN)/tallystick demo --port $(PORT)

setup: $(V)/.run-ok ## the virtual environment with what an installation runs on
setup-dev: $(V)/.dev-ok ## the same with what tests and checks need

$(V)/bin/uv: requirements-uv.lock
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PY=/path/to/python3"; exit 1; }
	@$(PY) -c 'import ensurepip, venv' || { echo "On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PY) -m venv $(V)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(V)/.run-ok: $(V)/bin/uv requirements.lock pyproject.toml
	@$(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@

$(V)/.dev-ok: $(V)/.run-ok requirements-dev.lock
	@$(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements-dev.lock
	@touch $@

setup-spark: $(V)/.spark-ok ## Apache Spark, for data that outgrow one machine; needs Java 17

$(V)/.spark-ok: $(V)/.run-ok requirements-spark.lock
	@$(BIN)/uv pip install -q --require-hashes --build-constraints requirements-spark.lock --python $(BIN)/python -r requirements-spark.lock
	@touch $@

spark-extra: setup-dev
	@if command -v java >/dev/null; then $(MAKE) -s setup-spark; else echo "No Java here: the cases are not run on Apache Spark."; fi

spark-demo: setup-spark ## measure on a cluster of Spark: a master and two workers, started, used and stopped
	@scripts/spark-demo.sh

chromium: ## a real browser for the browser tests (Debian and Ubuntu)
	@scripts/chromium.sh

test: tests ## set up what tests need and run them all

check: format lint types floors tests docs ## everything CI runs, in CI's order

format: setup-dev ## is the code formatted?
	$(BIN)/ruff format --check .

lint: setup-dev ## the rules of pyproject.toml
	$(BIN)/ruff check .

types: setup-dev ## mypy, strict
	$(BIN)/mypy

floors: setup-dev ## who may import whom
	$(BIN)/lint-imports

tests: setup-dev spark-extra chromium ## on SQLite, with a real browser; then records and actions on PostgreSQL
	$(BIN)/pytest -n 2 --dist loadgroup
	scripts/postgres.sh $(BIN)/pytest tests/records tests/actions tests/jobs tests/installation -q -n 2

docs: setup-dev ## generated pages are fresh, links lead somewhere
	$(BIN)/python scripts/docs.py --check

$(V)/.bench-ok: $(V)/.dev-ok requirements-bench.lock
	@$(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements-bench.lock
	@touch $@

bench: $(V)/.bench-ok ## ratios, measured side by side in one run, into build/bench.json; some twenty minutes
	$(BIN)/python -m benchmarks

bench-quick: $(V)/.bench-ok ## the same on smaller sets, in some minutes
	$(BIN)/python -m benchmarks --quick

$(V)/.mutants-ok: $(V)/.dev-ok requirements-mutants.lock
	@$(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements-mutants.lock
	@touch $@

mutants: $(V)/.mutants-ok ## change the engine a few thousand times; do its tests notice? an hour on two cores
	$(BIN)/mutmut run; $(BIN)/mutmut results

lock: ## compile the locks anew (maintainers, with a network)
	@for name in requirements-uv requirements requirements-dev requirements-spark requirements-bench requirements-mutants; do \
	  $(BIN)/uv pip compile -q $$name.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o $$name.lock; done

clean: ## remove the environment and everything generated, but not var/
	rm -rf $(V) build mutants .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
