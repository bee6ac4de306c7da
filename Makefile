# Chimera: build, test, install. `make help` lists the targets, HACKING.md explains them.

BUILD   ?= release
OUT     ?= build/$(BUILD)
PREFIX  ?= /usr/local
WERROR  ?= -Werror
FUZZ_RUNS    ?= 10000000
FUZZ_SECONDS ?= 10

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif
MAKEFLAGS += --no-print-directory
# make V=1 shows the whole commands.
quiet = $(if $(V),,@echo '  $(1) $@';)

# ---- flags

SANITIZE     := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all
MODE_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
MODE_debug   := -O0 -g3
MODE_asan    := $(SANITIZE) -fsanitize=address,undefined
MODE_tsan    := $(SANITIZE) -fsanitize=thread
MODE_cov     := -O0 -g --coverage
MODE_fuzz    := $(SANITIZE) -fsanitize=fuzzer-no-link,address,undefined
MODE         := $(MODE_$(BUILD))
ifeq ($(MODE),)
$(error BUILD=$(BUILD) is none of release, debug, asan, tsan, cov, fuzz)
endif

WARN := -Wall -Wextra $(WERROR) -Wshadow -Wstrict-prototypes -Wformat=2 -Wvla \
        -Wimplicit-fallthrough -Wpointer-arith -Wwrite-strings -Wundef \
        $(if $(findstring clang,$(CC)),,-Wno-format-truncation)

# Before `make deps` there may be no pkg-config: then the usual names are tried.
pkg_flags = $(or $(shell pkg-config --cflags --libs $(1) 2>/dev/null),$(2))
LIBS      := $(call pkg_flags,md4c zlib,-lmd4c -lz) -lpthread -lm
TEST_LIBS  = $(call pkg_flags,cmocka,-lcmocka)

COMPILE = $(CC) -std=c17 -D_GNU_SOURCE -DCHIMERA_VERSION='"$(shell cat VERSION)"' $(MODE) -fPIE \
          $(WARN) -Isrc -MMD -MP $(CFLAGS) $(filter -I%,$(LIBS))
LINK    = $(CC) $(MODE) -pie -Wl,--as-needed,-z,relro,-z,now $(LDFLAGS)

# ---- files

SOURCES := $(filter-out src/main.c,$(sort $(wildcard src/*/*.c)))
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
LIB     := $(OUT)/libchimera.a
PROGRAM := $(if $(wildcard src/main.c),$(OUT)/chimera)
UNIT    := $(patsubst tests/unit/%.c,$(OUT)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZ    := $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
REPLAY  := $(FUZZ:fuzz_%=$(OUT)/tests/replay_%)
GATES   := $(sort $(wildcard tools/check_*))
scripts  = $(shell find tests/$(1) -maxdepth 1 -type f -perm -u+x 2>/dev/null | sort)

# tap_run gives each test its environment and time limit and keeps its TAP for the tally.
PROVE    = CHIMERA="$(CURDIR)/$(OUT)/chimera" SHARED="$(CURDIR)/../shared" OUT="$(OUT)" BUILD="$(BUILD)" \
           tools/prove_all $(OUT)/tap/$@

.PHONY: all lib tests deps demo check check-run test unit golden e2e replay fuzz fuzz-short fuzz-run \
        fuzz-programs perf install uninstall format clean help
.DELETE_ON_ERROR:
.SECONDARY:

all: $(LIB) $(PROGRAM)
lib: $(LIB)
tests: $(UNIT) $(REPLAY)

$(OUT)/chimera: $(OUT)/src/main.o $(LIB)
	$(call quiet,LINK)$(LINK) -o $@ $^ $(LIBS)

# A removed source must leave the library too: the list of objects is a prerequisite.
$(LIB): $(OBJECTS) $(OUT)/objects
	@rm -f $@
	$(call quiet,AR  )$(AR) rcs $@ $(OBJECTS)

$(OUT)/objects: FORCE
	@mkdir -p $(@D)
	@echo '$(OBJECTS)' | cmp -s - $@ || echo '$(OBJECTS)' > $@
FORCE:

$(OUT)/src/%.o: src/%.c Makefile VERSION
	@mkdir -p $(@D)
	$(call quiet,CC  )$(COMPILE) -Wmissing-prototypes -c -o $@ $<

$(OUT)/tests/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	$(call quiet,CC  )$(COMPILE) -Itests -c -o $@ $<

$(UNIT): $(OUT)/tests/%: $(OUT)/tests/unit/%.o $(LIB)
	$(call quiet,LINK)$(LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(REPLAY): $(OUT)/tests/replay_%: $(OUT)/tests/fuzz/fuzz_%.o $(OUT)/tests/fuzz/replay_main.o $(LIB)
	$(call quiet,LINK)$(LINK) -o $@ $^ $(LIBS)

$(OUT)/fuzz_%: $(OUT)/tests/fuzz/fuzz_%.o $(LIB)
	$(call quiet,LINK)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

-include $(OBJECTS:.o=.d) $(OUT)/src/main.d $(wildcard $(OUT)/tests/*/*.d)

# ---- tests

deps: ## install the Debian packages that are missing
	@tools/deps

check: deps ## install, build, all gates and all tests; ends with the totals
	@$(MAKE) check-run

check-run:
	@$(MAKE) all tests || { echo '0 passed, 1 failed, 0 skipped (the build failed)'; exit 1; }
	@$(PROVE) $(GATES) $(UNIT) $(REPLAY) $(call scripts,golden) $(call scripts,accuracy) $(call scripts,e2e)

test: all tests ## unit tests, replayed seeds, golden and end-to-end tests
	@$(PROVE) $(UNIT) $(REPLAY) $(call scripts,golden) $(call scripts,accuracy) $(call scripts,e2e)

unit: $(UNIT) ## unit tests (cmocka)
	@$(PROVE) $(UNIT)

replay: $(REPLAY) ## fuzz seeds and test data through each decoder
	@$(PROVE) $(REPLAY)

golden: all ## outputs compared with stored ones
	@$(PROVE) $(call scripts,golden)

e2e: all ## the program as a user runs it
	@$(PROVE) $(call scripts,e2e)

perf: all ## speed and memory limits
	@$(PROVE) $(call scripts,perf)

fuzz: ## FUZZ_RUNS runs of each fuzz target (long)
	@$(MAKE) BUILD=fuzz OUT=build/fuzz CC=clang FUZZ_LIMIT=-runs=$(FUZZ_RUNS) fuzz-run

fuzz-short: ## FUZZ_SECONDS seconds of each fuzz target
	@$(MAKE) BUILD=fuzz OUT=build/fuzz CC=clang FUZZ_LIMIT=-max_total_time=$(FUZZ_SECONDS) fuzz-run

fuzz-programs: $(FUZZ:%=$(OUT)/%)

fuzz-run: fuzz-programs
	@FUZZ_LIMIT=$(FUZZ_LIMIT) $(PROVE) $(FUZZ:%=$(OUT)/%)

# ---- the rest

install: all ## PREFIX=/usr/local, DESTDIR= for packages
	install -D -m 755 $(OUT)/chimera $(DESTDIR)$(PREFIX)/bin/chimera
	for page in $(wildcard man/*.[1-9]); do install -D -m 644 $$page \
		$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; done

uninstall: ## removes what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/chimera
	for page in $(wildcard man/*.[1-9]); do \
		rm -f $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; done

format: ## rewrite all C files in the house style
	clang-format -i $(wildcard src/*.[ch] src/*/*.[ch] tests/*/*.[ch])

clean: ## remove build/
	rm -rf build

help: ## this list
	@echo 'make [BUILD=release|debug|asan|tsan|cov] [CC=gcc|clang] [target]'
	@sed -n 's/^\([a-z][a-z0-9-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

demo: deps ## build and write a report of the examples
	@$(MAKE) all
	$(OUT)/chimera report examples --out build/demo
	@echo 'The report is build/demo/report.md and build/demo/report.html'
