# `make run` and `make test` do everything from a fresh checkout; `make help` lists the rest.
# CONTRIBUTING.md shows how they are used from day to day.
# Python 3.11 or newer is all they expect. To use another one: make run PYTHON=python3.12

PYTHON ?= $(shell python3.11 -c '' 2>/dev/null && echo python3.11 || echo python3)
VENV := .venv
PY := $(VENV)/bin/python
APP_READY := $(VENV)/app-ready
TESTS_READY := $(VENV)/tests-ready
ARGS ?=
# So many tests at a time; one that measures time runs alone all the same.
JOBS ?= 2
SIDE_BY_SIDE := -n $(JOBS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run quick test test-all lint types unit fuzz chromium engines nginx node bench soak rehearse format catalogue languages clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(APP_READY) ## install what is missing and start the app (ARGS="--server.port 8600")
	$(PY) -m streamlit run app.py $(ARGS)

quick: lint types node ## lint, types, unit and engine tests: the loop while one works
	$(PY) -m pytest tests/unit tests/engine $(ARGS)

test: chromium nginx lint types node ## every kind of test; of what has very many cases, a sample
	$(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

test-all: chromium engines nginx lint types node fuzz ## every test with every case: before work is called done
	$(PY) -m pytest --all $(SIDE_BY_SIDE) $(ARGS)

lint: $(TESTS_READY) ## style and likely bugs
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(TESTS_READY) ## static types
	$(PY) -m mypy

unit: $(TESTS_READY) ## only the unit tests and the browser's computing half, the quick ones
	$(PY) -m pytest tests/unit tests/engine $(ARGS)

fuzz: $(TESTS_READY) ## 10,000 examples of rubbish for every entry from outside
	$(PY) -m pytest tests/fuzz --hypothesis-profile=fuzz --hypothesis-show-statistics $(ARGS)

bench: chromium nginx ## every benchmark in tests/bench, one JSON line each
	@for script in $(filter-out %/soak.py %/rehearsal.py,$(wildcard tests/bench/[a-z]*.py)); do \
	    echo "$$script" >&2; PYTHONPATH=. $(PY) "$$script" $(ARGS) || exit 1; \
	done

rehearse: chromium ## run a fresh clone as a small host would (ARGS="--memory 690")
	$(PY) -m tests.bench.rehearsal $(ARGS)

soak: $(TESTS_READY) ## twenty minutes of visitors: do memory, threads and files stay flat?
	$(PY) -m tests.bench.soak $(ARGS)

format: $(TESTS_READY) ## rewrite the code in the project's style
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

catalogue: $(TESTS_READY) ## take all texts out of the code into assets/locale/lenet.pot
	$(PY) -m tests.support.texts

languages: $(TESTS_READY) ## bring translations and fonts up to date, and say what is missing
	$(PY) -m tests.support.translations

clean: ## remove the virtual environment and all caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A Chromium for the browser tests: $CHROMIUM, one on the path, Playwright's, or Debian's package.
chromium: $(TESTS_READY)
	@$(PY) -m tests.support.chromium || { \
	    as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo"; \
	    $$as_root apt-get update && \
	    $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes chromium && \
	    $(PY) -m tests.support.chromium; \
	} || { echo "The browser tests need a Chromium and none could be installed: install one" \
	    "(Debian: sudo apt-get install chromium) or set CHROMIUM to its path." >&2; exit 1; }

# WebKit and Firefox for what is tested in them too. `make test` leaves out what is not installed.
engines: $(TESTS_READY)
	@$(PY) -m tests.support.engines || { \
	    as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo"; \
	    $$as_root apt-get update && \
	    $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes \
	        webkit2gtk-driver xvfb firefox-esr && \
	    $(PY) -m tests.support.engines; \
	} || { echo "The tests in WebKit and Firefox need both and they could not be installed: install" \
	    "them (Debian: sudo apt-get install webkit2gtk-driver xvfb firefox-esr), or leave these" \
	    "tests out with: make test" >&2; exit 1; }

# The nginx that stands in front of several copies of the app: $NGINX, one on the path, or Debian's.
nginx: $(TESTS_READY)
	@$(PY) -m tests.support.nginx_front || { \
	    as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo"; \
	    $$as_root apt-get update && \
	    $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes nginx-light && \
	    $(PY) -m tests.support.nginx_front; \
	} || { echo "The tests of deploy/ need an nginx and none could be installed: install one" \
	    "(Debian: sudo apt-get install nginx-light) or set NGINX to its path." >&2; exit 1; }

# The engine's JavaScript is tested in Node.js where there is one; it is not installed for that.
node:
	@command -v node >/dev/null || \
	    echo "There is no Node.js here, so the engine's tests run in Chromium instead."

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "Python's venv module is missing: install it (Debian:" \
	    "sudo apt-get install python3-venv) and run make again." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps make a second `make run` start at once, and a changed pin install itself.
$(APP_READY): requirements.txt | $(PY)
	$(PY) -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

$(TESTS_READY): requirements-dev.txt $(APP_READY)
	$(PY) -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@
