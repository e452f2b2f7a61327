# What can be done with the tree? Run `make` for the list. Needs Python 3.11 or newer, with venv, and make.

PYTHON ?= python3
ARGS ?=
READY := .venv/.ready
BENCHMARKS := $(wildcard benchmarks/[a-z]*.py)
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help .venv demo run test faults check format catalogs requirements picture bench clean

help: ## list what can be done
	@awk -F ':.*## ' '/^[.a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.venv: $(READY) ## install what work on the project needs, at the versions of requirements/work.txt

# Without the stamp the last attempt did not end, so the environment starts anew.
$(READY): requirements/work.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed: name one with make PYTHON=python3.11" >&2; exit 1; }
	@test -f $@ || { echo "Making .venv: a minute or two."; $(PYTHON) -m venv --clear .venv; }
	@.venv/bin/python -m pip install -qq --require-hashes --requirement requirements/work.txt
	@.venv/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv ## try the bot without a token or a network; ARGS="…" is passed on
	@.venv/bin/dondoc demo $(ARGS)

run: .venv ## run the bot with the settings of the environment
	@.venv/bin/dondoc run $(ARGS)

test: .venv ## run every test; ARGS="-k reminders" runs some
	.venv/bin/pytest --numprocesses 2 --dist worksteal $(ARGS)

faults: .venv ## treat the running program badly, for some minutes; ARGS="--seeds 10" does it longer
	.venv/bin/pytest -m faults --numprocesses 4 --dist worksteal tests/faults $(ARGS)

check: .venv ## check style, types, layers, catalogs and docs
	.venv/bin/ruff format --check --quiet
	.venv/bin/ruff check --quiet
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/pytest --quiet tests/test_catalogs.py tests/test_docs.py

format: .venv ## format the code, and mend what can be mended safely
	.venv/bin/ruff format --quiet
	.venv/bin/ruff check --fix --quiet

catalogs: .venv ## bring the catalogs in locales/ up to the messages of the code
	.venv/bin/python -m locales.catalogs

requirements: ## lock the newest versions that pyproject.toml allows; needs uv
	@command -v uv >/dev/null || { echo "uv is needed here, and nowhere else: pipx install uv" >&2; exit 1; }
	$(COMPILE) --upgrade --output-file requirements/run.txt
	$(COMPILE) --upgrade --group work --output-file requirements/work.txt

picture: .venv ## draw the pictures of the docs anew; needs chromium
	@.venv/bin/python docs/pictures/make.py

bench: .venv ## measure what benchmarks/ holds
	@set -e; for benchmark in $(BENCHMARKS); do echo "$$benchmark"; .venv/bin/python "$$benchmark"; done

clean: ## remove caches and build products; .venv and data/ stay
	rm -rf build *.egg-info .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +
