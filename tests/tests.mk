# SPDX-License-Identifier: MIT
# Builds and runs the tests; included by the Makefile. What each stage does stands in tests/run.sh.

INCLUDES := -Icommon/kit -Icommon/judge -Icommon/report -Itests/kit -Itests/driver
TESTING  := $(KIT) $(STRICT) $(INCLUDES)
SANITIZE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

# A program a file of tests/kit, built twice: as users get it, and under sanitizers in build/san.
# Programs named mpi_* run on ranks.
kit_test_names := $(patsubst tests/kit/%.c,%,$(filter-out tests/kit/runner.c,\
                    $(wildcard tests/kit/*.c)))
kit_tests := $(foreach t,$(kit_test_names),build/tests/kit/$(t) build/san/tests/kit/$(t))
kit_test_helpers := $(foreach d,build/tests/bin build/san/tests/bin,$(d)/helper $(d)/toy)

# The drivers: limit runs one program under a time limit, rows runs a file of bad input, mutants a
# lab's wrong answers, and a lab's rubric is linked with labs.
drivers := build/tests/bin/limit build/tests/bin/rows build/tests/bin/mutants \
           build/tests/bin/observe build/tests/bin/races
lab_tests := $(foreach d,$(solved_dirs),$(if $(wildcard $(call rubric_of,$(d))),\
               build/tests/labs/$(call lab_name,$(d))))

build/tests/obj/%.o: tests/%.c $(flags)
	@mkdir -p $(@D)
	$(MPICC) $(TESTING) $(CFLAGS) $(DEPS) -c $< -o $@
define own_test_rule
build/tests/obj/labs/$(1).o: $(2) build/obj/course
	@mkdir -p $$(@D)
	$$(MPICC) $$(TESTING) $$(CFLAGS) $$(DEPS) -c $$< -o $$@
endef
$(foreach d,$(own_dirs),$(eval $(call own_test_rule,$(call lab_name,$(d)),$(call rubric_of,$(d)))))
build/tests/kit/%: build/tests/obj/kit/%.o build/tests/obj/kit/runner.o \
                   build/tests/obj/kit/toy/lab.o build/lib/libkit.a build/lib/libtools.a
	@mkdir -p $(@D)
	$(MPICC) $(KIT) $(CFLAGS) $(filter %.o,$^) $(filter %.a,$^) $(PNG) $(LIBS) -lcunit -lm -o $@
omp_reader := $(patsubst common/%.c,obj/%.o,$(wildcard common/observe/omp/*.c common/observe/read/evidence.c))
build/tests/kit/races: $(omp_reader:%=build/%)
build/san/tests/kit/races: $(omp_reader:%=build/san/%)
timeline_objects := $(loaded) $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/read/*.c))
build/tests/kit/timeline: $(timeline_objects)
build/tests/kit/timeline: PNG += $(DWFL)
build/san/tests/kit/timeline: $(timeline_objects:build/%=build/san/%)
build/san/tests/kit/timeline: PNG += $(DWFL)
build/san/obj/observe/read/places.o: STRICT += $(if $(DWFL),-DHAVE_DWFL)
build/tests/kit/asleep: build/obj/observe/read/asleep.o
build/san/tests/kit/asleep: build/san/obj/observe/read/asleep.o
apart_objects := obj/observe/read/apart.o obj/observe/read/differences.o
build/tests/kit/apart: $(apart_objects:%=build/%)
build/san/tests/kit/apart: $(apart_objects:%=build/san/%)
build/tests/kit/orders: build/obj/cli/explore/orders.o
build/san/tests/kit/orders: build/san/obj/cli/explore/orders.o
build/tests/kit/axis: build/obj/cli/sweep/axis.o
build/san/tests/kit/axis: build/san/obj/cli/sweep/axis.o
build/tests/kit/figure: build/obj/cli/claims/figure.o
build/san/tests/kit/figure: build/san/obj/cli/claims/figure.o
build/tests/kit/kind: build/obj/cli/doctor/kind.o
build/san/tests/kit/kind: build/san/obj/cli/doctor/kind.o
build/tests/kit/packages: build/obj/cli/doctor/packages.o
build/san/tests/kit/packages: build/san/obj/cli/doctor/packages.o
# What grade is made of, without the directory and the jobs.
JANSSON := $(if $(call have,jansson.h),-ljansson)
grade_parts := $(patsubst %,obj/cli/grade/%.o,csv layout policy ledger result metadata course roster book export fill pages solution classpage \
                 similar pairs variant items gradebook) obj/cli/check/rubric.o obj/cli/check/hidden.o
build/tests/kit/pace: build/obj/cli/grade/pace.o
build/san/tests/kit/pace: build/san/obj/cli/grade/pace.o
grade_tests := hidden grade_tables grade_exports grade_class
$(grade_tests:%=build/tests/kit/%): $(grade_parts:%=build/%)
$(grade_tests:%=build/san/tests/kit/%): $(grade_parts:%=build/san/%)
$(foreach t,$(grade_tests),build/tests/kit/$(t) build/san/tests/kit/$(t)): LIBS := $(JANSSON) $(SQLITE)
build/san/obj/cli/grade/gradebook.o: STRICT += $(if $(SQLITE),-DHAVE_SQLITE)
$(foreach t,$(grade_tests),build/tests/obj/kit/$(t).o build/san/tests/obj/kit/$(t).o): \
  TESTING += $(if $(JANSSON),-DHAVE_JANSSON) $(if $(SQLITE),-DHAVE_SQLITE)
build/tests/bin/toy: build/tests/obj/kit/toy/lab.o build/lib/libkit.a
	@mkdir -p $(@D)
	$(MPICC) $(KIT) $(CFLAGS) $^ $(PNG) -lm -o $@
build/tests/bin/helper: build/tests/obj/kit/toy/helper.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $^ -o $@
build/tests/bin/mutants: $(addprefix build/tests/obj/driver/,mutant.o mutant_look.o expect.o around.o)
build/tests/bin/%: build/tests/obj/driver/%.o build/lib/libtools.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -pthread $^ -lm -o $@
build/tests/labs/%: build/tests/obj/labs/%.o build/tests/obj/driver/labs.o \
                    build/tests/obj/kit/runner.o build/lib/libtools.a
	@mkdir -p $(@D)
	$(MPICC) $(CFLAGS) -pthread $(filter %.o,$^) $(filter %.a,$^) -lcunit -lm -o $@

san_kit   := $(kit_objects:build/%=build/san/%)
san_tools := $(judge_objects:build/%=build/san/%) $(report_objects:build/%=build/san/%)
build/san/obj/%.o: common/%.c
	@mkdir -p $(@D)
	$(MPICC) $(KIT) $(STRICT) $(SANITIZE) $(DEPS) -Icommon/kit -Icommon/judge -Icommon/report -c $< -o $@
build/san/obj/kit/picture.o: STRICT += $(if $(PNG),-DHAVE_PNG)
build/san/tests/obj/%.o: tests/%.c $(flags)
	@mkdir -p $(@D)
	$(MPICC) $(TESTING) $(SANITIZE) $(DEPS) -c $< -o $@
build/san/lib/libkit.a: $(san_kit)
build/san/lib/libtools.a: $(san_tools)
build/san/lib/%.a:
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^
build/san/tests/kit/%: build/san/tests/obj/kit/%.o build/san/tests/obj/kit/runner.o \
                       build/san/tests/obj/kit/toy/lab.o build/san/lib/libkit.a \
                       build/san/lib/libtools.a
	@mkdir -p $(@D)
	$(MPICC) $(KIT) $(SANITIZE) $(filter %.o,$^) $(filter %.a,$^) $(PNG) $(LIBS) -lcunit -lm -o $@
build/san/tests/bin/toy: build/san/tests/obj/kit/toy/lab.o build/san/lib/libkit.a
	@mkdir -p $(@D)
	$(MPICC) $(KIT) $(SANITIZE) $^ $(PNG) -lm -o $@
build/san/tests/bin/helper: build/san/tests/obj/kit/toy/helper.o
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) $^ -o $@

# -- another compiler, the linter: an empty file for each C file that they had nothing to say about --

common_sources := $(sort $(wildcard common/*/*.c common/*/*/*.c))
# (mutants, attacks and observed programs are wrong on purpose)
test_sources   := $(sort $(filter-out tests/mutants/% tests/hostile/% tests/observe/%,\
                    $(wildcard tests/*/*.c tests/*/*/*.c)))
lab_sources    := $(sort $(foreach d,$(lab_dirs_ok),$(wildcard $(d)/*.c $(call solved_in,$(d))/*.c)))
all_sources    := $(common_sources) $(lab_sources) $(test_sources)
# The origin and the I/O labs need a library; without it their sources are left out here, too.
sources_lack   := $(if $(call have,microhttpd.h),,common/origin/%)
optional       := $(if $(PNG),-DHAVE_PNG) $(if $(HWLOC),-DHAVE_HWLOC) $(if $(ARCHIVE),-DHAVE_ARCHIVE) $(if $(INIH),-DHAVE_INIH) \
                  $(if $(JANSSON),-DHAVE_JANSSON) $(if $(SQLITE),-DHAVE_SQLITE) $(if $(DWFL),-DHAVE_DWFL)

clang_done := $(patsubst %.c,build/clang/%.o,$(filter-out $(sources_lack),$(all_sources)))
lint_done  := $(patsubst %.c,build/lint/%.ok,$(filter-out $(sources_lack),$(common_sources)))

# Labs' files are compiled as the build does it: without the strictest warnings.
build/clang/%.o: %.c
	@mkdir -p $(@D)
	OMPI_CC=clang MPICH_CC=clang $(MPICC) $(KIT) $(if $(filter labs/% solutions/%,$<),$(MILD),$(STRICT)) \
	  $(INCLUDES) $(optional) -Ilabs/$(notdir $(<D)) -O2 -Werror \
	  -Wno-enum-float-conversion $(DEPS) -c $< -o $@
# The analyzer gives up on a function after so many states (by itself after 225000): three times the
# states take twice the time of all, and find nothing more here. make lint LINT_STATES=225000
LINT_STATES ?= 75000
build/lint/%.ok: %.c .clang-tidy $(wildcard common/*/*.h common/*/*/*.h)
	@mkdir -p $(@D)
	clang-tidy --quiet --warnings-as-errors='*' $(patsubst %,--extra-arg=%,-Xclang -analyzer-config -Xclang \
	  max-nodes=$(LINT_STATES)) $< -- $(KIT) -Icommon/kit -Icommon/judge \
	  -Icommon/report $(optional) $$($(MPICC) --showme:compile 2>/dev/null || $(MPICC) -compile_info)
	@touch $@

# -- the speed that the kit must reach -----------------------------------------------------------------

build/tests/triad: tests/bench/triad.c build/lib/libkit.a
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(MPICC) $(KIT) $(STRICT) $(CFLAGS) -Icommon/kit $^ $(PNG) -lm -o $@
build/tests/plain: tests/bench/plain.c
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(STRICT) $(CFLAGS) $< -o $@
build/tests/pingpong: tests/bench/pingpong.c
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(MPICC) $(KIT) $(STRICT) $(CFLAGS) $^ -o $@
build/tests/bench: tests/bench/bench.c tests/bench/rows.c tests/bench/bench.h build/obj/observe/read/watch.o $(apart_objects:%=build/%) build/obj/observe/read/trace_dir.o build/lib/libtools.a
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(STRICT) $(CFLAGS) -pthread -Icommon/judge -Icommon/report $(filter-out %.h,$^) -lm -o $@

# -- commands -----------------------------------------------------------------------------------------

.PHONY: test bench bench-grade test-kit test-labs test-mutants test-system test-programs soak setup-test format lint clang-check lint-check
test-programs: $(kit_tests) $(kit_test_helpers) $(drivers) $(lab_tests)
clang-check: $(clang_done)
lint-check: $(lint_done)

setup-test:
	@common/cli/setup.sh test
test: setup-test ## make test | set up, then run all tests of the kit
	@tests/run.sh
bench: build build/tests/bench build/tests/triad build/tests/pingpong build/tests/plain build/tests/bin/mutants ## make bench | the speed the kit must reach, as ratios
	@build/tests/bench $(ONLY)
bench-grade: build ## make bench-grade N=300 | how long a class takes, against its submissions judged one by one
	@tests/bench/grade.sh $(or $(N),300)
test-kit: setup-test
	@tests/run.sh build kit
test-labs: setup-test
	@tests/run.sh build labs
test-mutants: setup-test
	@tests/run.sh build mutants
test-system: setup-test
	@tests/run.sh build input grade course cluster minimal
soak: setup-test ## make soak | the judge for hours: N=100 times the solutions, RUNS=20 times all wrong answers and a class; LAB=heat
	@tests/run.sh build && KILLS=200 tests/system/grade.sh && WHOLE=1 tests/system/autograder.sh && tests/system/verdicts_soak.sh 50 $(or $(RUNS),20) && tests/system/nodes_soak.sh $(or $(N),100) && tests/system/soak.sh $(or $(N),100) $(or $(RUNS),20)
lint: setup-test
	@tests/run.sh format lint
format:
	clang-format -i $(sort $(filter-out tests/mutants/% tests/hostile/% tests/observe/%,$(wildcard common/*/*.[ch] common/*/*/*.[ch] \
	  labs/*/*.[ch] solutions/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch])))

-include $(shell find build/tests build/san build/clang -name '*.d' 2>/dev/null)
