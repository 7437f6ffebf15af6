# `make help` lists what there is. Set-up happens by itself and only once: each stamp file says that
# a set-up is done, and is older than the list it was done from when the list has changed.

PYTHON ?= python3
PORT ?= 8000
BROWSER ?= chromium
# So many tests at a time: a browser and its test often wait for each other.
JOBS ?= 2

PYTEST := .venv/bin/python -m pytest
RUFF := .venv/bin/ruff
BIN := node_modules/.bin

# Whoever only wants to see the page need not fetch what the tests need.
FETCHED := node_modules/.$(if $(or $(wildcard node_modules/.all),$(filter-out site serve,$(MAKECMDGOALS))),all,site)

ifeq ($(MAKECMDGOALS)$(T),test-one)
$(error Name the test, as in `make test-one T=tests/tools/test_serve.py`)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup site serve check test test-one lint format bench soak fuzz train lock clean distclean browsers

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(FETCHED) .venv/.stamp  ## Fetch all that the build and the tests need; the rest does this by itself

site: $(FETCHED)  ## Build the site into _site/; PLAIN=1 without any start-up trick (docs/boot.md)
	@tools/setup.sh python $(PYTHON)
	@$(PYTHON) tools/build.py $(if $(PLAIN),--plain)

serve: site  ## Build the site and serve it at http://127.0.0.1:8000/; PORT=8001 for another port
	@$(PYTHON) tools/serve.py --port $(PORT)

check: lint site .venv/.stamp  ## Run what needs no browser, and one smoke test in Chromium: while you work
	$(PYTEST) $(NO_BROWSER) tests/browser/test_smoke.py -m "not slow" --numprocesses $(JOBS)

test: lint site browsers .venv/.stamp  ## Run every check and every test, browsers included: before a pull request
	$(PYTEST) --numprocesses $(JOBS)

NO_BROWSER := $(filter-out tests/browser tests/conftest.py,$(wildcard tests/[a-z]*))

test-one: site .venv/.stamp $(if $(findstring browser,$(T)),browsers)  ## Run some tests: T=tests/nn/test_network.py
	$(PYTEST) $(T)

lint: $(FETCHED) .venv/.stamp  ## Check how the code is written
	$(RUFF) check --quiet
	$(RUFF) format --check --quiet
	$(BIN)/biome check --error-on-warnings
	@mkdir -p _cache && $(PYTHON) tools/build.py --page >_cache/page.html
	$(BIN)/html-validate _cache/page.html
	.venv/bin/python tools/compat.py

format: $(FETCHED) .venv/.stamp  ## Write the code as `make lint` wants it, and the README's table of networks
	.venv/bin/python tools/table.py
	$(RUFF) check --fix --quiet
	$(RUFF) format --quiet
	$(BIN)/biome check --write

bench: site browsers .venv/.stamp  ## Measure start, latency and size, into _bench/results.json
	.venv/bin/python tools/bench.py

soak: site browsers .venv/.stamp  ## Break every file in every way, then a monkey, reloads and tabs: hours; BROWSER=chromium
	-.venv/bin/python tools/break.py --browser $(BROWSER)
	-.venv/bin/python tools/endure.py monkey --browser $(BROWSER)
	-.venv/bin/python tools/endure.py reloads --browser $(BROWSER)
	-.venv/bin/python tools/endure.py tabs --browser $(BROWSER)

fuzz: .venv/.stamp $(if $(filter atheris,$(ENGINE)),.venv/.fuzz)  ## Try N=10000 inputs of every kind; ENGINE=atheris is guided by coverage
	.venv/bin/python tools/fuzz.py --cases $(or $(N),10000) --engine $(or $(ENGINE),hypothesis)

train: $(FETCHED) .venv/.stamp  ## Train the networks anew: STROKES="DIR…" into weights/, else MNIST alone into _cache/mnist-only/
	.venv/bin/python tools/train.py $(if $(STROKES),--strokes $(STROKES),--out _cache/mnist-only)
	.venv/bin/python tools/table.py

lock:  ## Write requirements/*.txt anew from requirements/*.in: every package, each file by its sha256
	@tools/setup.sh lock $(PYTHON)

clean:  ## Remove what was built and measured
	rm -rf _site _site.building-* _bench _fuzz .pytest_cache .ruff_cache .hypothesis
	find py tools tests -name __pycache__ -prune -exec rm -rf {} +

distclean: clean  ## Remove what was fetched, too
	rm -rf _cache .venv node_modules

browsers:
	@tools/setup.sh browsers

node_modules/.%: package.json package-lock.json .npmrc
	@tools/setup.sh node
	@npm ci --loglevel=error $(if $(filter %.site,$@),--omit=dev) || { \
	  echo 'npm could not install what package-lock.json lists: read what it says above, and run make again.' >&2; exit 1; }
	@touch $@

.venv/.stamp: requirements/dev.txt
	@tools/setup.sh venv $(PYTHON)
	@touch $@

.venv/.fuzz: requirements/fuzz.txt .venv/.stamp
	@.venv/bin/python -m pip install --quiet --require-hashes --requirement $<
	@touch $@
