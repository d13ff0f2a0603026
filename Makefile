# The course in two commands: `make lab` to learn, `make test` to check everything.
# Both make a virtual environment in .venv the first time; `make help` lists the rest.

PYTHON ?= python3
# The chapter that `make lab` opens, such as CHAPTER=4, and extra flags for JupyterLab, such as
# LAB_FLAGS=--no-browser.
CHAPTER ?=
LAB_FLAGS ?=
# The editions that `make editions` writes, such as EDITION="learner teacher"; without it all.
EDITION ?=
# The systems and Pythons that `make stick` has wheels for, such as STICK="windows 3.13"; without it
# all. With `learner` among them its notebooks have no solutions.
STICK ?=
# The classes that `make bench-class` measures, such as BENCH_LEARNERS="1 10", and the seconds that
# each of them drags, such as BENCH_SECONDS=60.
export BENCH_LEARNERS ?= 1 10 20 30
export BENCH_SECONDS ?= 30
# The PyTorch that `make bench` installs. On Linux the newest one brings gigabytes of CUDA along; a
# build for the processor alone does, such as TORCH=torch==2.13.0+cpu where there is one to be had.
TORCH ?= torch

VENV := .venv
OLDEST_VENV := .venv-oldest
BENCH_VENV := .venv-bench
NBGRADER_VENV := .venv-nbgrader
CLASS_VENV := .venv-class
BIN := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(VENV)/$(BIN)/python -m
RUN_OLDEST := $(OLDEST_VENV)/$(BIN)/python -m
RUN_BENCH := $(BENCH_VENV)/$(BIN)/python -m
RUN_NBGRADER := $(NBGRADER_VENV)/$(BIN)/python -m
RUN_CLASS := $(CLASS_VENV)/$(BIN)/python -m
# The proxy of JupyterHub, from npm, into the environment before it.
PROXY := configurable-http-proxy@5
INSTALL_PROXY = $(1)/$(BIN)/npm install --silent --no-audit --no-fund --global --prefix $(1) $(PROXY)
NOTEBOOKS := notebooks/*.ipynb
# As many at once as there are processors; the browser tests take about a gigabyte each.
PYTEST_PARALLEL := -n auto --maxprocesses 4 --dist loadscope
# As the folders stand, the last files are quick. Else those of few tests come last, and one worker
# waits while the other does the longest of them. In the oldest version there is no such option.
IN_ORDER := --no-loadscope-reorder

# Networks of this size are slowed down by a second thread, often tenfold.
export OPENBLAS_NUM_THREADS ?= 1
# Kernels start by the dozen: without kept bytecode each of them compiles all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help lab class editions stick check test test-browser test-nbgrader test-stick test-oldest notebooks \
	images screenshots bench bench-live bench-class clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: $(VENV)/lab.stamp ## Open your copy of the course in JupyterLab; CHAPTER=4 opens a chapter
	$(RUN) nnlib.classroom.lab $(CHAPTER) $(LAB_FLAGS)

# What a teacher can set, such as CLASS_PORT=8001: nnlib/classroom/hub/settings.py.
class: $(CLASS_VENV)/class.stamp ## Start a class: a JupyterHub for everybody in this room
	@$(RUN_CLASS) nnlib.classroom.hub

editions: $(VENV)/editions.stamp ## Write the course for learners, teachers, paper, projector, nbgrader
	$(RUN) nnlib.classroom.editions $(EDITION)

stick: $(VENV)/stick.stamp ## Fill build/stick/ with all that an installation without a network needs
	$(RUN) nnlib.classroom.stick $(STICK)

# The tests that draw no explorers.
FAST_TESTS := $(addprefix tests/,house mathematics tables training plots exercises learner classroom notebooks)

check: $(VENV)/test.stamp ## The working day's checks: style, types, imports, fast tests
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(VENV)/$(BIN)/lint-imports
	$(RUN) pytest $(PYTEST_PARALLEL) $(IN_ORDER) -m "not slow" $(FAST_TESTS)

test: $(VENV)/test.stamp ## Run every check: style, types, imports, tests, notebooks, browser
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(VENV)/$(BIN)/lint-imports
	$(RUN) pytest $(PYTEST_PARALLEL) $(IN_ORDER) -m "not browser"
	$(RUN) pytest $(PYTEST_PARALLEL) --nbval notebooks
	NPY_DISABLE_CPU_FEATURES="$$($(VENV)/$(BIN)/python tests/cpu_features.py)" \
		$(RUN) pytest $(PYTEST_PARALLEL) --nbval notebooks
	$(MAKE) test-browser

test-browser: $(VENV)/test.stamp ## Run the notebooks in a real JupyterLab in Chromium
	$(RUN) pytest $(PYTEST_PARALLEL) -m "browser and not alone" -rs tests/browser
	$(RUN) pytest -m "browser and alone" -rs tests/browser

test-nbgrader: $(NBGRADER_VENV)/nbgrader.stamp ## Let nbgrader mark three learners
	$(RUN_NBGRADER) pytest tests/classroom/test_graded.py

test-stick: $(VENV)/test.stamp stick ## Install the course from the stick, with no network, and open it
	NNLIB_STICK=build/stick $(RUN) pytest tests/classroom/test_installed_from_stick.py

# What the versions decide: the mathematics, the notebooks, threads, and in a browser chapter 4, what
# of chapter 1 comes into view, the keys, and what is said of the kernel. How the course is written,
# what its prose and its notes claim, how an answer is judged and what is kept of a hand is the same
# in all versions. JupyterLab 4.2 knows no subshells: to it all their settings are the same, and the
# first one does. Whoever is done takes over what waits: the tests share nothing.
OLDEST_TESTS := $(filter-out tests/house tests/notebooks tests/exercises,$(FAST_TESTS)) \
	$(addprefix tests/exercises/test_,exercises.py kept_answers.py python_errors.py) \
	$(addprefix tests/explorers/,engine controls playing test_threads.py)
SAME_IN_ALL := $(addprefix --ignore=tests/,learner/test_set_by_hand.py \
	$(addprefix classroom/test_,walkthrough.py explorers_as_the_note_says.py))
test-oldest: $(OLDEST_VENV)/test.stamp ## Run the tests with the oldest supported versions
	$(RUN_OLDEST) pytest $(PYTEST_PARALLEL) -m "not slow" $(OLDEST_TESTS) $(SAME_IN_ALL)
	$(RUN_OLDEST) pytest $(PYTEST_PARALLEL) --nbval notebooks
	$(RUN_OLDEST) pytest $(PYTEST_PARALLEL) --dist worksteal -m browser -rs tests/browser \
		-k "(runs_to_its_end and 04) or (subshells and disabled) or kernel_notes \
			or stands_in_view or also_from_a_control"

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

bench-class: $(CLASS_VENV)/class.stamp ## Measure a class: 1, 10, 20, 30 simulated learners drag, train, vote
	PYTHONPATH=tests/benchmarks $(RUN_CLASS) classroom

clean: ## Remove the virtual environments and all caches
	rm -rf $(VENV) $(OLDEST_VENV) $(BENCH_VENV) $(NBGRADER_VENV) $(CLASS_VENV) *.egg-info build .hypothesis
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

$(VENV)/stick.stamp: requirements.txt pyproject.toml | $(VENV)/$(BIN)
	@echo "Installing what fills the stick into $(VENV): a minute or two, this once."
	$(RUN) pip install --quiet -r requirements.txt -e ".[stick]"
	@touch $(VENV)/lab.stamp $@

$(VENV)/test.stamp: requirements.txt pyproject.toml | $(VENV)/$(BIN)
	@echo "Installing nnlib and the tools of its tests into $(VENV): a minute or two, this once."
	$(RUN) pip install --quiet uv  # which installs all else, in a fifth of pip's time
	$(RUN) uv pip install --quiet --python $(VENV) -r requirements.txt -e ".[test]"
	$(call INSTALL_PROXY,$(VENV))
	@touch $(VENV)/lab.stamp $(VENV)/editions.stamp $(VENV)/stick.stamp $@

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

# An environment of its own: learners' accounts run it too, so it is made with a Python that they
# can open, such as PYTHON=/usr/bin/python3, whichever made the other ones.
$(CLASS_VENV)/class.stamp: requirements.txt pyproject.toml | $(CLASS_VENV)/$(BIN)
	@echo "Installing JupyterHub, JupyterLab and nnlib into $(CLASS_VENV): a minute or two, this once."
	$(RUN_CLASS) pip install --quiet -r requirements.txt -e ".[class]"
	$(call INSTALL_PROXY,$(CLASS_VENV))
	@touch $@

$(VENV)/$(BIN) $(CLASS_VENV)/$(BIN):
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and \
		'This course needs Python 3.11 or newer; $(PYTHON) is ' + sys.version.split()[0] + \
		'. Name another one: make PYTHON=python3.12 ...')"
	$(PYTHON) -m venv $(@:/$(BIN)=)
