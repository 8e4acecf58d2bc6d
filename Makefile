# ordermill: `make demo` and `make test` each work alone on a fresh clone; they need python3, make and a package index.
PYTHON ?= python3
UV      = .uv/bin/uv
RUN     = .venv/bin/
LOCKED  = .venv/.installed

.PHONY: help demo test quick check lint types layers bench bench-against bench-stores lock golden servers clean

help:
	@echo "make demo     drop the sample orders into the inboxes and show what becomes of them"
	@echo "make test     lint, types, import layers and all tests (installs its own environment)"
	@echo "make quick    the tests but the slow ones (PostgreSQL, OpenSSH, Prefect, benchmarks), with few examples of each property"
	@echo "make bench    the benchmarks, each beside the plain way of doing the same"
	@echo "make bench-against  the same work on an earlier commit and on this one, in turns (half an hour)"
	@echo "make bench-stores   small files beside much reference data and many stored orders (an hour)"
	@echo "make golden   write the expected results anew; review the difference before you commit"
	@echo "make lock     pin the dependencies again, with hashes and without addresses"

demo: $(LOCKED)
	@$(RUN)ordermill demo

test: lint types layers servers
	$(RUN)pytest -n auto

quick: $(LOCKED)
	$(RUN)pytest -n auto -m "not slow" --hypothesis-profile=quick

lint: $(LOCKED)
	$(RUN)ruff check .
	$(RUN)ruff format --check .

types: $(LOCKED)
	$(RUN)mypy

layers: $(LOCKED)
	$(RUN)lint-imports

servers: $(LOCKED)
	@sh tests/servers/install.sh

bench: $(LOCKED)
	$(RUN)python -m benchmarks.pipeline
	$(RUN)python -m benchmarks.edifact
	$(RUN)python -m benchmarks.spreadsheets

bench-against: $(LOCKED)
	$(RUN)python -m benchmarks.against

bench-stores: servers
	$(RUN)python -m benchmarks.reference
	$(RUN)python -m benchmarks.stored_orders

golden: $(LOCKED)
	$(RUN)pytest -q tests/test_samples.py --write-expected

lock: $(UV)
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --upgrade --no-header \
	  --group dev pyproject.toml -o requirements.lock
	echo "uv" | $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --upgrade --no-header - -o bootstrap.lock

$(UV): bootstrap.lock
	$(PYTHON) -m venv --clear .uv
	.uv/bin/python -m pip install -q --require-hashes -r bootstrap.lock
	@touch $@

# The project itself goes in last, without dependencies and without a build environment of its own:
# its build backend is pinned in the lock like everything else.
$(LOCKED): pyproject.toml requirements.lock | $(UV)
	$(UV) venv -q --clear --python $(PYTHON) .venv
	$(UV) pip sync -q --compile-bytecode --require-hashes --python .venv requirements.lock
	$(UV) pip install -q --no-deps --no-build-isolation --python .venv --editable .
	@touch $@

clean:
	rm -rf .venv .uv build *.egg-info
