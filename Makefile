# What one does with this project. `make` alone lists it.

.DEFAULT_GOAL := help
.PHONY: help setup wasm demo test check score bench bench-scale gen fmt clean

# Labelled cases to score; SHOW=1 lists the errors, EACH=1 splits by question and code.
FILES ?= $(sort $(wildcard tests/cases/*.ndjson))

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-18s %s\n", $$1, $$2 }'

setup: ## installs what is missing; does nothing the second time
	@scripts/setup.sh

wasm: ## builds the WebAssembly package into www/src/wasm
	@scripts/setup.sh wasm
	@scripts/build-wasm.sh

demo: wasm ## serves the form with the guide attached, and prints its address (PORT=8080 for that port)
	@exec node www/serve.mjs $(PORT)

test: ## everything: Rust, the package in Node, the page in Chromium, formatting, lints, types
	@scripts/test.sh

check: ## the quick part of it: formatting, lints, Rust's tests
	@scripts/test.sh check

score: ## precision and recall over labelled cases (FILES="…" SHOW=1 EACH=1)
	@cargo run --quiet --release -- score $(FILES) $(if $(SHOW),--show) $(if $(EACH),--each)

bench: ## latency, start and size
	@scripts/bench.sh

bench-scale: ## time and memory of auditing a year of referrals, on one thread and two
	@scripts/bench-scale.sh

gen: ## makes the built policies, the schemas and the TypeScript types
	@scripts/gen.sh

fmt: ## formats Rust and JavaScript
	@cargo fmt --all
	@scripts/setup.sh node >/dev/null
	@cd www && node_modules/.bin/prettier --write --log-level warn . "../scripts/*.mjs"

clean: ## removes what was built, not what was installed
	@rm -rf target www/src/wasm www/src/js www/dist www/types www/policies www/schemas www/LICENSE* www/README.md www/test/e2e/output
