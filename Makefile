# Every command here works from a fresh clone with Python 3.11+ and make; nothing needs to be activated.

ASSIGNMENT = losses
OUT = grades
SUBMISSIONS =
# More names to try come after python3; `make PYTHON=/some/python install` overrules them.
PYTHON = python3

BIN = .venv/bin
INSTALLED = .venv/.installed
SAMPLE = build/sample-class/$(ASSIGNMENT)

.PHONY: help install sandbox grade build test test-long test-by-hand build/long-tests check lint types floors generated changelog
.PHONY: benchmark benchmark-tools benchmark-cpu benchmark-gradients prove prove-seeds prove-agree docs
.DEFAULT_GOAL := help

help:
	@echo "make grade    grade a class: SUBMISSIONS=folder ASSIGNMENT=$(ASSIGNMENT) OUT=$(OUT); without SUBMISSIONS a sample class"
	@echo "make test     everything that must hold: lint, types, layers, generated files, tests, coverage"
	@echo "make test-long   what it takes a sample of, in a larger one or whole: some minutes more"
	@echo "make test-by-hand   what takes longer still, more than an hour"
	@echo "make check    the quick part of it: lint, types, layers, generated files"
	@echo "make build    make assignments/ from solutions/"
	@echo "make docs     the documentation's site, in build/docs/; a broken link fails"
	@echo "make benchmark, make benchmark-tools, make benchmark-cpu   what grading costs, alone and beside nbgrader"
	@echo "              and otter-grader, and topic by topic; make benchmark-gradients: how good the gradient check is"
	@echo "make prove    test the checks themselves, on mutants of the references; make prove-seeds: with 200 seeds"
	@echo "make prove-agree   whether every check gives the same verdict at home and when graded"
	@echo "make changelog   the next section of CHANGELOG.md, from changelog.d/"
	@echo "make install  only make .venv and install the pinned packages"

install: $(INSTALLED)

# The stamp is written last, so an install that was interrupted is taken up again. pip compiles packages one by
# one, compileall on all cores, but for their own tests; some files are not meant to be compiled: no failure.
$(INSTALLED): requirements.lock pyproject.toml
	@sh .ci/make-venv "$(PYTHON)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -qq -j 0 -x '/tests/' .venv >/dev/null || true
	@touch $@

sandbox:
	@sh .ci/install-bubblewrap

grade: install sandbox
ifeq ($(strip $(SUBMISSIONS)),)
	@rm -rf "$(SAMPLE)"
	$(BIN)/autograder sample-class "$(SAMPLE)" --assignment "$(ASSIGNMENT)"
	$(BIN)/autograder grade "$(SAMPLE)" --assignment "$(ASSIGNMENT)" --out "$(OUT)"
else
	$(BIN)/autograder grade "$(SUBMISSIONS)" --assignment "$(ASSIGNMENT)" --out "$(OUT)"
endif

build: install
	$(BIN)/autograder build

check: lint types floors generated

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

floors: install
	$(BIN)/lint-imports --no-logo

generated: install
	$(BIN)/autograder build --check

changelog: install
	$(BIN)/towncrier build --draft --version next

# Tests start hundreds of processes; each would compile the project anew where the user keeps bytecode out.
test test-long test-by-hand: export PYTHONDONTWRITEBYTECODE =
# Two workers on two cores: a second thread of BLAS in each would only get in the way.
test test-long test-by-hand: export OMP_NUM_THREADS = 1
test test-long test-by-hand: export OPENBLAS_NUM_THREADS = 1

# A worker gets whole files, since tests of a file share what is costly to make. The slowest tests are named: they are
# the first that may go to `make test-long`.
PYTEST = -m pytest -n 2 --dist loadfile --no-loadscope-reorder -rs --durations=20 --durations-min=2

# Tests marked `unmeasured` run without coverage, which would make them last half as long again.
# What comes before the tests goes on side by side: the network and mypy keep no second core busy.
# What is said last is how the tests ended and what was left out, below the table of what they cover.
test:
	@$(MAKE) --no-print-directory --jobs=2 check sandbox build/long-tests
	@sh .ci/keep-log build/unmeasured.log $(BIN)/python $(PYTEST) -m "unmeasured and not long"
	$(BIN)/coverage erase
	@sh .ci/keep-log build/measured.log $(BIN)/coverage run $(PYTEST) -m "not unmeasured and not long"
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	@cat build/unmeasured.log build/measured.log | grep '^SKIPPED' || true
	@tail -n 1 build/unmeasured.log
	@tail -n 1 build/measured.log
	@echo "LEFT OUT: $$(cat build/long-tests) (make test-long), more by hand (make test-by-hand), the documentation (make docs)"

# How many tests `make test` leaves out.
build/long-tests: install
	@mkdir -p build
	@$(BIN)/python -m pytest --collect-only --quiet -m "long and not by_hand" | sed -n 's|^\([0-9]*\)/.* collected.*|\1 long tests|p' >$@

# What `make test` takes a sample of, in a larger one or whole.
test-long: install sandbox
	$(BIN)/python $(PYTEST) -m "long and not by_hand"

# What takes longer still: all that `make test-long` takes a sample of.
test-by-hand: install sandbox
	$(BIN)/python $(PYTEST) -m by_hand

benchmark: install sandbox
	$(BIN)/python tests/benchmarks/overhead.py $(ASSIGNMENT)

benchmark-tools: install sandbox
	$(BIN)/python tests/benchmarks/other_tools.py $(ASSIGNMENT)

benchmark-cpu: install sandbox
	$(BIN)/python tests/benchmarks/cpu.py

benchmark-gradients: install
	$(BIN)/python -m tests.benchmarks.gradients
	$(BIN)/python tests/benchmarks/gradients_wire.py

prove: install sandbox
	@mkdir -p build
	$(BIN)/autograder prove --table --matrix build/proof --json build/proof.json

prove-seeds: install sandbox
	$(BIN)/autograder prove --seeds 200

prove-agree: install
	$(BIN)/autograder prove --agree

docs: install
	$(BIN)/sphinx-build -W --keep-going -n -q docs build/docs
