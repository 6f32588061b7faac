# A thin front for CMake (CMakePresets.json). `make help` lists what there is.
PREFIX ?= /usr/local
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
SECONDS ?= 60
MAKEFLAGS += --no-print-directory
PACKAGES = tools/install-packages.sh
SOURCES = $(shell find src cli server include gen test bench fuzz -name '*.[ch]' 2>/dev/null)

.PHONY: all release help demo test bench million eval asan tsan fuzz torture coverage format tidy install clean

all: release ## install the packages that are missing, build ./khabar
	@echo "built ./khabar (build/release/khabar); try ./khabar help, or make demo"

release:
	@$(PACKAGES) build
	@mkdir -p build/logs
	@cmake --preset release -DCMAKE_INSTALL_PREFIX=$(PREFIX) >build/logs/release.log 2>&1 || \
		{ cat build/logs/release.log; exit 1; }
	@cmake --build --preset release -j $(JOBS)
	@ln -sfn build/release/khabar khabar

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: release ## read the example pages and show a compared story
	@sh tools/demo.sh build/release/khabar

test: ## build with gcc, clang and sanitizers, run every test (at most five minutes)
	@$(PACKAGES) build test
	@JOBS=$(JOBS) tools/run-tests.sh

million: release ## a store of a million made-up articles, measured: make million [COUNT=N] [STORE=FILE]
	@bench/million.sh build/release $(or $(COUNT),1000000) "$(STORE)"

bench: release ## speed of each stage and of the whole, beside other readers: make bench [PAGES=DIR]
	@build/release/bench_stages
	@build/release/bench_copies
	@bench/whole.sh build/release "$(PAGES)"
	@build/release/bench_accounts
	@build/release/bench_placement
	@build/release/bench_streams
	@bench/readers.sh build/release "$(PAGES)"

eval: release ## measure against sets: make eval EVAL=DIR [PRED=DIR] [TOPIC=t] [LINES=lines.py]
	@test -n "$(EVAL)" || { echo "usage: make eval EVAL=DIR [PRED=DIR] [TOPIC=t] [LINES=lines.py]"; exit 64; }
	@$(PACKAGES) eval
	@LINES="$(LINES)" tools/eval.sh build/release/khabar "$(EVAL)" "$(PRED)" "$(TOPIC)"

asan tsan: ## every test under AddressSanitizer and UBSan; under ThreadSanitizer
	@$(PACKAGES) build test
	@cmake --preset $@ >/dev/null && cmake --build --preset $@ -j $(JOBS) && ctest --preset $@ -j $(JOBS)

fuzz: ## libFuzzer on each target: make fuzz SECONDS=60
	@$(PACKAGES) build fuzz
	@cmake --preset fuzz >/dev/null && cmake --build --preset fuzz -j $(JOBS) && tools/run-fuzz.sh $(SECONDS)

torture: ## long runs: kills, full disks, hundreds of thousands of pages
	@$(PACKAGES) build test
	@cmake --preset dev >/dev/null && cmake --build --preset dev -j $(JOBS)
	@ctest --test-dir build/dev -C Torture -L torture --output-on-failure

coverage: ## which lines the tests run, in build/coverage/coverage.txt
	@$(PACKAGES) build test coverage
	@cmake --preset coverage >/dev/null && cmake --build --preset coverage -j $(JOBS)
	@find build/coverage -name '*.gcda' -delete
	@ctest --preset coverage -j $(JOBS) >/dev/null; \
		gcovr --root . --filter src/ --filter cli/ --filter server/ --exclude-throw-branches --exclude-unreachable-branches --gcov-ignore-parse-errors \
			--txt build/coverage/coverage.txt --json-summary build/coverage/coverage.json --print-summary build/coverage

format: ## clang-format over all C but the tests
	@$(PACKAGES) tidy
	clang-format -i $(SOURCES)

tidy: ## clang-tidy over the library and the program
	@$(PACKAGES) build test tidy
	@cmake --preset dev >/dev/null && cmake --build --preset dev -j $(JOBS)
	@clang-tidy -p build/dev --quiet $(filter src/%.c cli/%.c server/%.c,$(SOURCES))

install: release ## under PREFIX (/usr/local), or DESTDIR for packagers
	DESTDIR="$(DESTDIR)" cmake --install build/release

clean: ## remove everything that was built
	rm -rf build khabar
