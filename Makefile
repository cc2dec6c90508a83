# Two commands: `make run` and `make test`. The rest is for who works on Jiceng.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
ONLY ?=

.PHONY: help
help: ## list these
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: ## install, build the demonstration city, serve it on 127.0.0.1 (PORT=8000)
	@exec tools/run.sh $(PORT)

.PHONY: test
test: ## the whole suite on SQLite and PostgreSQL, and the journeys in Chromium
	@tools/test.sh all

.PHONY: test-fast
test-fast: ## the suite on SQLite, without journeys and proofs
	@tools/test.sh fast

.PHONY: prove
prove: ## concurrency and sizes in full on both databases; writes docs/proofs.md
	@tools/test.sh prove

.PHONY: check
check: ## style, layers, types, templates, missing migrations and translations
	@tools/check.sh

.PHONY: bench
bench: ## measure: one JSON line a figure, on both databases (ONLY=register runs one group)
	@tools/bench.sh $(ONLY)

.PHONY: install
install: ## what tests and checks need, into this folder
	@tools/install.sh dev

.PHONY: lock
lock: ## compile the requirements and the npm lock anew, with hashes and without addresses
	@tools/lock.sh

.PHONY: messages
messages: install ## bring locale/en up to date with the sentences of the code
	@.venv/bin/python tools/messages.py extract

.PHONY: screenshots
screenshots: install ## take the pictures of docs/manual/images anew
	@.venv/bin/python -m tools.screenshots

.PHONY: clean
clean: ## remove everything installed or built here, except the data in .data
	rm -rf .venv .make node_modules bench/node_modules static .pytest_cache .ruff_cache \
		.mypy_cache .import_linter_cache .hypothesis
	find jiceng tests tools bench -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
