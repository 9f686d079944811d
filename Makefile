# What people type. Everything here works on a machine with a Swift toolchain: deploy/prepare brings the rest.

SWIFT ?= swift
# The files that people write, which are formatted and linted.
SOURCES = Package.swift Sources Tests
# For `make vectors`: from what the cases are made, and how many of each kind.
ifndef SEED
SEED := $(shell date +%s)
endif
COUNT ?= 1000

.DEFAULT_GOAL := help
.PHONY: help prepare build demo test faults simulate soak bench format lint vectors clean

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
	@$(SWIFT) test --skip-build --disable-xctest --skip "ServiceTests|FaultTests|SimulationTests"
	@$(SWIFT) test --skip-build --disable-xctest --filter SimulationTests
	@$(SWIFT) test --skip-build --disable-xctest --filter ServiceTests
	@$(SWIFT) test --skip-build --disable-xctest --filter FaultTests

faults: build ## the last part of make test alone: each fault once (ROTA_SEED=N for another seed)
	@$(SWIFT) test --skip-build --disable-xctest --filter FaultTests

simulate: build ## many more made-up histories than make test has, and three years of a fleet (ROTA_SEEDS=1400; ROTA_SEED=N)
	@ROTA_SEEDS=$${ROTA_SEEDS:-1400} ROTA_YEARS=$${ROTA_YEARS:-3} $(SWIFT) test --skip-build --disable-xctest --filter SimulationTests

soak: build ## each fault of the fault rig with twenty seeds
	@ROTA_SOAK=1 $(SWIFT) test --skip-build --disable-xctest --filter FaultTests.FaultTests

bench: prepare ## the figures of docs/, measured on this machine (a release build)
	@$(SWIFT) build -c release --product rota
	@deploy/bench
	@deploy/bench-fleet
	@deploy/bench-inventory
	@deploy/bench-planning
	@deploy/bench-forecast
	@deploy/bench-queue
	@deploy/bench-recurrence

format: ## write all sources the way they are to look
	@$(SWIFT) format --in-place --parallel --recursive --configuration .swift-format $(SOURCES)

lint: ## say what is not formatted
	@$(SWIFT) format lint --strict --parallel --recursive --configuration .swift-format $(SOURCES)

vectors: build ## recurrence against dateutil, cronsim and numpy, on COUNT cases made from SEED (needs python3)
	@echo "make vectors SEED=$(SEED) COUNT=$(COUNT)"
	@test -d .build/vectors/python || python3 -m venv .build/vectors/python
	@.build/vectors/python/bin/python -m pip install -q python-dateutil==2.9.0.post0 cronsim==2.8 numpy==2.4.6
	@mkdir -p .build/vectors/cases
	@.build/vectors/python/bin/python Tests/RecurrenceTests/Vectors/make.py $(SEED) $(COUNT) .build/vectors/cases
	@ROTA_VECTORS="$(CURDIR)/.build/vectors/cases" $(SWIFT) test --skip-build --disable-xctest --filter RecurrenceTests

clean: ## remove what was built, and the demo's data
	@$(SWIFT) package clean
	@rm -rf .rota/demo
