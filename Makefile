# The course in two commands: `make lab` to learn, `make test` to check everything.
# Both make a virtual environment in .venv the first time; `make help` lists the rest.

PYTHON ?= python3
# The chapter that `make lab` opens, such as CHAPTER=4, and extra flags for JupyterLab, such as
# LAB_FLAGS=--no-browser.
CHAPTER ?=
LAB_FLAGS ?=
# The editions that `make editions` writes, such as EDITION="learner teacher"; without it all.
EDITION ?=
# The PyTorch that `make bench` installs. On Linux the newest one brings gigabytes of CUDA along; a
# build for the processor alone does, such as TORCH=torch==2.13.0+cpu where there is one to be had.
TORCH ?= torch

VENV := .venv
OLDEST_VENV := .venv-oldest
BENCH_VENV := .venv-bench
NBGRADER_VENV := .venv-nbgrader
BIN := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(VENV)/$(BIN)/python -m
RUN_OLDEST := $(OLDEST_VENV)/$(BIN)/python -m
RUN_BENCH := $(BENCH_VENV)/$(BIN)/python -m
RUN_NBGRADER := $(NBGRADER_VENV)/$(BIN)/python -m
NOTEBOOKS := notebooks/*.ipynb
# As many at once as there are processors; the browser tests take about a gigabyte each.
PYTEST_PARALLEL := -n auto --maxprocesses 4 --dist loadscope

# Networks of this size are slowed down by a second thread, often tenfold.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help lab editions check test test-browser test-nbgrader test-oldest notebooks images screenshots bench \
	bench-live clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: $(VENV)/lab.stamp ## Open your copy of the course in JupyterLab; CHAPTER=4 opens a chapter
	$(RUN) nnlib.classroom.lab $(CHAPTER) $(LAB_FLAGS)

editions: $(VENV)/editions.stamp ## Write the course for learners, teachers, paper, projector, nbgrader
	$(RUN) nnlib.classroom.editions $(EDITION)

# The tests that draw no explorers.
FAST_TESTS := $(addprefix tests/,house mathematics tables training plots exercises learner classroom notebooks)

check: $(VENV)/test.stamp ## The working day's checks: style, types, imports, fast tests
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(VENV)/$(BIN)/lint-imports
	$(RUN) pytest $(PYTEST_PARALLEL) -m "not slow" $(FAST_TESTS)

test: $(VENV)/test.stamp ## Run every check: style, types, imports, tests, notebooks, browser
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(VENV)/$(BIN)/lint-imports
	$(RUN) pytest $(PYTEST_PARALLEL) -m "not browser"
	$(RUN) pytest $(PYTEST_PARALLEL) --nbval notebooks
	NPY_DISABLE_CPU_FEATURES="$$($(VENV)/$(BIN)/python tests/cpu_features.py)" \
		$(RUN) pytest $(PYTEST_PARALLEL) --nbval notebooks
	$(MAKE) test-browser

test-browser: $(VENV)/test.stamp ## Run the notebooks in a real JupyterLab in Chromium
	$(RUN) pytest $(PYTEST_PARALLEL) -m "browser and not alone" -rs tests/browser
	$(RUN) pytest -m "browser and alone" -rs tests/browser

test-nbgrader: $(NBGRADER_VENV)/nbgrader.stamp ## Let nbgrader mark three learners
	$(RUN_NBGRADER) pytest tests/classroom/test_graded.py

# What the versions decide: the mathematics, the notebooks, threads, and in a browser each chapter,
# what comes into view, the keys, and what is said of the kernel.
test-oldest: $(OLDEST_VENV)/test.stamp ## Run the tests with the oldest supported versions
	$(RUN_OLDEST) pytest $(PYTEST_PARALLEL) -m "not slow" $(FAST_TESTS) \
		$(addprefix tests/explorers/,engine controls playing training test_threads.py)
	$(RUN_OLDEST) pytest $(PYTEST_PARALLEL) --nbval notebooks
	$(RUN_OLDEST) pytest $(PYTEST_PARALLEL) -m browser -rs tests/browser \
		-k "runs_to_its_end or subshells or kernel_notes or stands_in_view or also_from_a_control"

notebooks: $(VENV)/test.stamp ## Execute all notebooks in place and keep only their content
	$(VENV)/$(BIN)/python tests/execute_notebooks.py $(NOTEBOOKS)

images: $(VENV)/test.stamp ## Draw every diagram in images/ again
	$(RUN) nnlib.plots.diagrams images

screenshots: export NNLIB_SCREENSHOTS := build/screenshots
screenshots: test-browser ## Take pictures of all explorers, the README's film among them
	PYTHONPATH=tests/browser $(VENV)/$(BIN)/python tests/record_film.py images/training-explorer.webp

bench: $(BENCH_VENV)/bench.stamp ## Time training beside PyTorch and scikit-learn, run exported code
	$(RUN_BENCH) pytest tests/mathematics/test_export.py tests/benchmarks
	$(BENCH_VENV)/$(BIN)/python tests/benchmarks/training_speed.py

bench-live: $(VENV)/test.stamp ## Time explorers in a real JupyterLab, beside interact
	PYTHONPATH=tests/benchmarks:tests/browser $(RUN) live
	NNLIB_SLIDER_EVENTS=10000 NNLIB_PLAY_SECONDS=600 $(RUN) pytest -s tests/explorers/test_memory.py

clean: ## Remove the virtual environments and all caches
	rm -rf $(VENV) $(OLDEST_VENV) $(BENCH_VENV) $(NBGRADER_VENV) *.egg-info build .hypothesis
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# A stamp is older than the files that say what to install: then, and only then, install again.
$(VENV)/lab.stamp: requirements.txt pyproject.toml | $(VENV)/$(BIN)
	@echo "Installing JupyterLab and nnlib into $(VENV): a minute or two, this once."
	$(RUN) pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/editions.stamp: requirements.txt pyproject.toml | $(VENV)/$(BIN)
	@echo "Installing what writes the editions into $(VENV): a minute or two, this once."
	$(RUN) pip install --quiet -r requirements.txt -e ".[editions]"
	@touch $(VENV)/lab.stamp $@

$(VENV)/test.stamp: requirements.txt pyproject.toml | $(VENV)/$(BIN)
	@echo "Installing nnlib and the tools of its tests into $(VENV): a minute or two, this once."
	$(RUN) pip install --quiet -r requirements.txt -e ".[test]"
	@touch $(VENV)/lab.stamp $(VENV)/editions.stamp $@

# The lower bounds in pyproject.toml are exactly what is installed here.
$(OLDEST_VENV)/test.stamp: requirements.txt pyproject.toml | $(VENV)/test.stamp
	$(RUN) uv venv --quiet --allow-existing --python 3.11 $(OLDEST_VENV)
	$(RUN) uv pip install --quiet --python $(OLDEST_VENV) --resolution lowest-direct \
		-r requirements.txt -e ".[test]"
	@touch $@

# An environment of its own, because PyTorch is large and no learner needs it.
$(BENCH_VENV)/bench.stamp: pyproject.toml | $(VENV)/$(BIN)
	$(RUN) venv $(BENCH_VENV)
	$(RUN_BENCH) pip install --quiet "$(TORCH)" -e ".[test,bench]"
	@touch $@

# An environment of its own, because nbgrader puts its own pages into JupyterLab.
$(NBGRADER_VENV)/nbgrader.stamp: pyproject.toml | $(VENV)/$(BIN)
	$(RUN) venv $(NBGRADER_VENV)
	$(RUN_NBGRADER) pip install --quiet -e ".[test,nbgrader]"
	@touch $@

$(VENV)/$(BIN):
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and \
		'This course needs Python 3.11 or newer; $(PYTHON) is ' + sys.version.split()[0] + \
		'. Name another one: make PYTHON=python3.12 ...')"
	$(PYTHON) -m venv $(VENV)
