# The two commands of the README are `make demo` and `make test`; each sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin
.PHONY: setup programs fonts spark demo serve test check docs bench eval lock clean

setup: .venv/ready

.venv/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Portico needs Python 3.11 or later; set PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch .venv/ready

programs: ; @bash tools/programs

# The desk's fonts, under their own licence and so not in the repository; before a wheel is built, too.
fonts: setup ; @$(BIN)/python tools/fonts.py

# An extra of half a gigabyte: the engine on a cluster, for its tests and benchmark.
spark: .venv/spark

.venv/spark: requirements/spark.txt .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements/spark.txt
	@touch .venv/spark

demo: setup ; @$(BIN)/portico demo

serve: setup fonts ; @$(BIN)/portico serve --demo

test: setup programs fonts spark check
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --show-missing | tail -40

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: setup
	$(BIN)/python -c 'import json; from portico.facts import json_schema; print(json.dumps(json_schema(), indent=1))' > docs/schema/facts.schema.json
	$(BIN)/python tools/codebook.py > docs/vocabulary.md
	$(BIN)/python tools/openapi.py > docs/schema/openapi.json

bench: setup ; $(BIN)/python -m bench

# The reader on the development set, into docs/reading.md. MODEL=URL [NAME=…] scores that model beside the rules instead.
eval: setup ; $(BIN)/python -m bench.evaluate_reading $(if $(MODEL),--model $(MODEL) --model-name $(or $(NAME),default))

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
SPARK := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"])
lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) --group dev -o requirements/dev.txt pyproject.toml
	$(BIN)/python -c '$(SPARK)' | $(LOCK) -o requirements/spark.txt -

clean: ; rm -rf .venv build dist .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis
