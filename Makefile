# `make` lists what can be done; every target first makes .venv what requirements.lock says.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test check bench prove fix laws journeys messages
bin := .venv/bin
# Types and migrations are read from the settings, which ask for a place and an address; no database is opened.
settings := HAVRE_DATA=$(CURDIR)/.havre/check DATABASE_URL=postgresql:///none

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: ## the environment in .venv and the built files, nothing else
	@tools/setup.sh

demo: setup ## everything from nothing: database, demonstration register, server on http://localhost:8000
	@$(bin)/havre demo

run: setup ## serve the register of $HAVRE_DATA
	@$(bin)/havre serve

test: setup ## the whole test suite, with the browser tests, the longer ones in one language, the longest by `make journeys` alone
	@chromium=$$(tools/chromium.sh) && HAVRE_CHROMIUM="$$chromium" $(bin)/pytest -n 2 --dist worksteal -q -m "not long"

laws: setup ## the house laws alone
	@$(bin)/pytest -q tests/laws

journeys: setup ## all browser journeys, those that make test leaves out with them
	@chromium=$$(tools/chromium.sh) && HAVRE_CHROMIUM="$$chromium" $(bin)/pytest -q tests/journeys

check: setup ## style, types, import contracts, migrations, messages
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(settings) $(bin)/mypy
	$(bin)/lint-imports
	$(settings) $(bin)/python -W "ignore:Got an error checking" -m havre.site.manage makemigrations --check --dry-run
	$(bin)/pytest -q tests/laws -k messages

fix: setup ## correct what ruff can correct
	$(bin)/ruff check --fix .
	$(bin)/ruff format .

messages: setup ## bring the translation catalogues up to date with the code
	@$(bin)/python -m havre.platform.i18n.collect

bench: setup ## figures at 10,000 cases, and at 1,000,000 if loaded (15 min; CASES=1000000 loads it: 40 min)
	@$(bin)/python -m bench $(if $(CASES),--cases $(CASES))

prove: setup ## the long proofs, resumable, written to bench/results
	@$(bin)/pytest -q -m long havre
	@$(bin)/python -m bench.proofs
	@$(bin)/python -m bench.attacks
	@$(bin)/python -m bench.record
	@$(bin)/python -m bench.grants
	@$(bin)/python -m bench.canary
	@$(bin)/python -m bench.digest
