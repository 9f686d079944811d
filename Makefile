# What people type. Everything here works on a machine with a Swift toolchain: deploy/prepare brings the rest.

SWIFT ?= swift
# The files that people write, which are formatted and linted.
SOURCES = Package.swift Sources Tests

.DEFAULT_GOAL := help
.PHONY: help prepare build demo test bench format lint vectors clean

help: ## what can be done here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

prepare: ## install what is missing of libpq's headers and PostgreSQL's server
	@deploy/prepare

build: prepare ## build the executable and the tests
	@$(SWIFT) build --build-tests

demo: prepare ## the four jobs of Jobs/, sped up, on a PostgreSQL of their own
	@$(SWIFT) build --product rota
	@deploy/demo

test: build ## all tests, on databases that are thrown away afterwards
	@$(SWIFT) test --skip-build --disable-xctest

bench: prepare ## the figures of docs/, measured on this machine (a release build)
	@$(SWIFT) build -c release --product rota
	@deploy/bench

format: ## write all sources the way they are to look
	@$(SWIFT) format --in-place --parallel --recursive --configuration .swift-format $(SOURCES)

lint: ## say what is not formatted
	@$(SWIFT) format lint --strict --parallel --recursive --configuration .swift-format $(SOURCES)

clean: ## remove what was built, and the demo's data
	@$(SWIFT) package clean
	@rm -rf .rota/demo
