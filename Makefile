# SPDX-License-Identifier: MIT
# Every command a person types. Thin on purpose: what a command does stands in common/cli.

# No rules of make's own: looking for one for each file takes longer than all else.
MAKEFLAGS += -r

MPICC  ?= mpicc
# MPI=mpich: another MPI than the machine's usual one, where Debian has both (mpicc.mpich beside mpicc.openmpi).
# Its compiler and launcher come first in PATH, for make and for all that make starts.
ifneq ($(MPI),)
$(if $(filter mpich openmpi,$(MPI)),,$(error MPI=$(MPI) is none that can be chosen here: say MPI=mpich or MPI=openmpi))
$(if $(shell command -v mpicc.$(MPI)),,$(error There is no mpicc.$(MPI) here: install \
  $(if $(filter mpich,$(MPI)),mpich libmpich-dev,openmpi-bin libopenmpi-dev) (Debian, Ubuntu), or put the MPI that you have first in PATH))
export PATH := $(shell mkdir -p build/mpi/$(MPI) && cd build/mpi/$(MPI) && for name in mpicc mpirun; do \
  [ -x $$name ] || { printf '\043!/bin/sh\nexec %s.$(MPI) "$$@"\n' $$name >$$name.part && \
  chmod 755 $$name.part && mv $$name.part $$name; }; done; pwd):$(PATH)
MPICC := mpicc.$(MPI)
endif
CFLAGS ?= -O3 -g
# The same arithmetic in every version: no fused multiply-add behind the student's back.
# A call that is a function's last stays a call, so that a crash in it is told with its line.
KIT    := -std=c11 -D_GNU_SOURCE -fopenmp -ffp-contract=off -fno-optimize-sibling-calls -pthread
STRICT := -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(WERROR),-Werror)
# (MPICH's MPI_STATUSES_IGNORE is the address 1, in which gcc sees an array without room.)
MILD   := -Wall -Wextra $(if $(WERROR),-Werror) $(if $(filter mpich,$(MPI)),-Wno-stringop-overflow)
# make V=1 shows whole commands.
Q   := $(if $(V),,@)
say := $(if $(V),true,echo " ")
DEPS    = -MMD -MP -MF $(@:.o=.d)
# make 4.3 takes a \# within a function call as it stands, older ones do not: so by name.
hash   := \#
# Asked once: $(call have,png.h) is "yes", or nothing.
have    = $(if $(filter undefined,$(origin has-$(1))),$(eval has-$(1) := $(shell \
            echo '$(hash)include <$(1)>' | $(MPICC) -E -x c - >/dev/null 2>&1 && echo yes)))$(has-$(1))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDARY:

# -- the kit ---------------------------------------------------------------------------------------

kit_objects := $(patsubst common/kit/%.c,build/obj/kit/%.o,$(wildcard common/kit/*.c))
PNG := $(if $(call have,png.h),-lpng)

# Objects are made anew where the compiler, the MPI or the flags are others than last time.
flags := build/obj/flags
ifneq ($(shell mkdir -p build/obj; { $(MPICC) -show; echo '$(KIT) $(CFLAGS)'; } >$(flags).now 2>&1;\
  cmp -s $(flags).now $(flags) || echo others),)
$(shell cp $(flags).now $(flags))
endif

build/obj/%.o: common/%.c $(flags)
	@mkdir -p $(@D)
	@$(say) compile $<
	$(Q)$(MPICC) $(KIT) $(STRICT) $(CFLAGS) $(CHECKER) $(DEPS) -Icommon/kit -c $< -o $@
build/obj/kit/picture.o: STRICT += $(if $(PNG),-DHAVE_PNG)
build/lib/libkit.a: $(kit_objects)
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)ar rcs $@ $^
# How a submission is compiled and linked; common/judge/compile.c reads it.
build/lib/compile.txt: $(flags) $(MAKEFILE_LIST)
	@mkdir -p $(@D)
	@printf '%s\n' 'compile: $(MPICC) $(KIT) -Wall -Wextra $(CFLAGS)' \
	  'link: $(MPICC) $(KIT) $(CFLAGS)' 'libraries: $(PNG) -lm' >$@

# -- the labs: build/labs/NAME from labs/, build/solutions/NAME with the files of solutions/ -------

# COURSE=dir: a course's own labs stand beside the kit's. It has the same rooms: labs/, solutions/, tests/.
ifneq ($(COURSE),)
course := $(realpath $(COURSE))
$(if $(filter 1,$(words $(course))),,$(error There is no course in "$(COURSE)", or a blank in its path: \
  name a directory that make course OUT=dir has made))
export TWOFOLD_COURSE := $(course)
endif
lab_name   = $(word 2,$(subst -, ,$(notdir $(1))))
kits_dirs := $(patsubst %/,%,$(dir $(wildcard labs/*/lab.c)))
own_dirs  := $(if $(course),$(patsubst %/,%,$(dir $(wildcard $(course)/labs/*/lab.c))))
lab_dirs  := $(kits_dirs) $(own_dirs)
# The directory of the solutions of a lab; where its rubric stands.
solved_in  = $(if $(filter labs/%,$(1)),solutions/$(notdir $(1)),$(course)/solutions/$(notdir $(1)))
taken     := $(foreach d,$(own_dirs),$(if $(filter $(call lab_name,$(d)),$(foreach k,$(kits_dirs),$(call lab_name,$(k)))),$(d)))
$(if $(taken),$(error The kit has a lab of the same name as $(firstword $(taken)): give the course's lab another name))
# What an object of a lab is made anew for: other flags, and the lab of another course.
made_for   = $(flags) $(if $(filter labs/%,$(1)),,build/obj/course)
ifneq ($(course),$(if $(course),$(shell cat build/obj/course 2>/dev/null)))
$(shell echo '$(course)' >build/obj/course)
endif
rubric_of  = $(if $(filter labs/%,$(1)),,$(course)/)tests/labs/$(call lab_name,$(1)).c
# A lab that needs a library says so in labs/NN-name/needs: header, link flag, Debian package.
lab_lacks  = $(strip $(foreach h,$(shell cut -d' ' -f1 $(1)/needs 2>/dev/null),\
               $(if $(call have,$(h)),,$(h))))
lab_libs   = $(shell cut -d' ' -f2 $(1)/needs 2>/dev/null)
lab_dirs_ok := $(foreach d,$(lab_dirs),$(if $(call lab_lacks,$(d)),,$(d)))
labs      := $(foreach d,$(lab_dirs_ok),build/labs/$(call lab_name,$(d)))
solved_dirs := $(foreach d,$(lab_dirs_ok),$(if $(wildcard $(call solved_in,$(d))/*.c),$(d)))
solutions := $(foreach d,$(solved_dirs),build/solutions/$(call lab_name,$(d)))

# $(1) labs or solutions, $(2) the lab's directory, $(3) its name
define lab_rules
build/obj/$(1)/$(3)/%.o: $(2)/%.c $(call made_for,$(2))
	@mkdir -p $$(@D)
	@$$(say) compile $$<
	$$(Q)$$(MPICC) $$(KIT) $$(MILD) $$(CFLAGS) $$(DEPS) -Icommon/kit -I$(2) -c $$< -o $$@
build/$(1)/$(3): $$(patsubst $(2)/%.c,build/obj/$(1)/$(3)/%.o,$$(wildcard $(2)/*.c)) build/lib/libkit.a
	@mkdir -p $$(@D)
	@$$(say) link $$@
	$$(Q)$$(MPICC) $$(KIT) $$(CFLAGS) $$^ $(call lab_libs,$(2)) $$(PNG) -lm -o $$@
endef
# For the race lane, with RACE_FLAGS of common/observe/omp/races.h: the lab's own files, once and not in
# each check. Where the compiler has no such lane there are none, and the check says why it cannot look.
race_flags := -fsanitize=thread -O0 -g -w
define raced_rule
build/obj/raced/$(2)/%.o: $(1)/%.c $(call made_for,$(1))
	@mkdir -p $$(@D)
	@$$(say) compile $$<
	$$(Q)$$(MPICC) $$(KIT) $$(CFLAGS) $$(DEPS) $(race_flags) -Icommon/kit -I$(1) -c $$< -o $$@ 2>/dev/null || rm -f $$@
endef
students = $(notdir $(wildcard $(call solved_in,$(1))/*.c))
$(foreach d,$(lab_dirs_ok),$(eval $(call raced_rule,$(d),$(call lab_name,$(d)))))
raced := $(foreach d,$(solved_dirs),$(patsubst %.c,build/obj/raced/$(call lab_name,$(d))/%.o,$(filter-out $(call students,$(d)),$(notdir $(wildcard $(d)/*.c)))))
# What the judge links a student's files with: the lab's own objects.
given := $(raced) $(raced:build/obj/raced/%=build/obj/labs/%)
given_of = $(filter build/obj/raced/$(1)/% build/obj/labs/$(1)/%,$(given))
# For `make debug`: as the student wrote it, with nothing moved or left out by the compiler.
define debug_rule
build/debug/$(2): $$(wildcard $(1)/*.[ch]) build/lib/libkit.a $(call made_for,$(1))
	@mkdir -p $$(@D)
	@$$(say) compile $$@
	$$(Q)$$(MPICC) $$(KIT) $$(MILD) $$(filter-out -O%,$$(CFLAGS)) -O0 -g3 -Icommon/kit -I$(1) $$(filter %.c %.a,$$^) $(call lab_libs,$(1)) $$(PNG) -lm -o $$@
endef
$(foreach d,$(lab_dirs_ok),$(eval $(call debug_rule,$(d),$(call lab_name,$(d)))))
# The files of solutions/ stand in for those of labs/: a rule each, for a rule beats a pattern.
define solution_rule
build/obj/solutions/$(1)/$(notdir $(3:.c=.o)): $(3) $(call made_for,$(2))
	@mkdir -p $$(@D)
	@$$(say) compile $$<
	$$(Q)$$(MPICC) $$(KIT) $$(MILD) $$(CFLAGS) $$(DEPS) -Icommon/kit -I$(2) -c $$< -o $$@
endef
$(foreach d,$(lab_dirs_ok),$(eval $(call lab_rules,labs,$(d),$(call lab_name,$(d)))))
$(foreach d,$(solved_dirs),$(eval $(call lab_rules,solutions,$(d),$(call lab_name,$(d)))))
$(foreach d,$(solved_dirs),$(foreach f,$(wildcard $(call solved_in,$(d))/*.c),\
  $(eval $(call solution_rule,$(call lab_name,$(d)),$(d),$(f)))))

# -- what an editor's language server (clangd) wants to know: how each file is compiled -------------

c_files := $(wildcard labs/*/*.c solutions/*/*.c common/*/*.c common/*/*/*.c tests/driver/*.c tests/kit/*.c tests/labs/*.c)
compile_commands.json: $(flags) $(MAKEFILE_LIST) $(c_files)
	@printf '%s\n' $(c_files) | awk -v here="$$(pwd)" \
	  -v mpi="$$($(MPICC) --showme:compile 2>/dev/null || $(MPICC) -compile_info | cut -d' ' -f2-)" \
	  -v lab='cc $(KIT) $(CFLAGS) $(MILD) -Icommon/kit' \
	  -v kit='cc $(KIT) $(CFLAGS) $(STRICT) -Icommon/kit -Icommon/judge -Icommon/report -Itests/kit -Itests/driver' ' \
	  function text(s) { gsub(/[\\"]/, "\\\\&", s); return "\"" s "\"" } \
	  { split($$0, part, "/"); how = /^labs|^solutions/ ? lab " -Ilabs/" part[2] : kit; \
	    printf "%s\n{\"directory\": %s, \"file\": %s, \"command\": %s}", (NR > 1 ? "," : "["), \
	      text(here), text($$0), text(how " " mpi " -c " $$0) } \
	  END { print "\n]" }' >$@.part && mv $@.part $@

# -- the tools: build/bin/twofold and one program a sub-command -------------------------------------

judge_objects  := $(patsubst common/%.c,build/obj/%.o,$(wildcard common/judge/*.c))
report_objects := $(patsubst common/%.c,build/obj/%.o,$(wildcard common/report/*.c))
commands := $(patsubst common/cli/%.c,%,$(filter-out common/cli/twofold.c,$(wildcard common/cli/*.c)))
tools := build/bin/twofold $(commands:%=build/bin/twofold-%) build/bin/box \
         build/lib/count.so build/lib/check.so build/lib/team.so build/lib/race.o build/lib/race-selftest build/lib/sharing.so \
         $(if $(call have,microhttpd.h),build/bin/origin)
# A command that is a script: common/cli/NAME.sh. (setup.sh comes before there is anything to build.)
scripts := $(patsubst common/cli/%.sh,%,$(filter-out common/cli/setup.sh,$(wildcard common/cli/*.sh)))
tools += $(scripts:%=build/bin/twofold-%) build/bin/switch
HWLOC := $(if $(call have,hwloc.h),-lhwloc)
DWFL  := $(if $(call have,elfutils/libdwfl.h),-ldw)
INIH := $(if $(call have,ini.h),-linih)
SQLITE := $(if $(call have,sqlite3.h),-lsqlite3)
ARCHIVE := $(if $(call have,archive.h),-larchive)

build/obj/cli/%.o: STRICT += -Icommon/judge -Icommon/report
build/obj/cli/doctor.o: STRICT += $(if $(HWLOC),-DHAVE_HWLOC)
build/bin/twofold-doctor: LIBS := $(HWLOC)
build/obj/observe/read/%.o: STRICT += -Icommon/judge
build/obj/observe/read/places.o: STRICT += $(if $(DWFL),-DHAVE_DWFL)
build/bin/twofold-diagnose build/bin/twofold-trace: LIBS := $(DWFL)
build/obj/observe/omp/%.o: STRICT += -Icommon/judge
build/bin/twofold-check build/bin/twofold-diagnose: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/omp/*.c))
build/bin/twofold-check: build/obj/observe/read/evidence.o
build/bin/twofold-diagnose build/bin/twofold-trace: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/read/*.c))
build/obj/cli/grade/archive.o: STRICT += $(if $(ARCHIVE),-DHAVE_ARCHIVE)
build/obj/cli/grade/gradebook.o: STRICT += $(if $(SQLITE),-DHAVE_SQLITE)
build/bin/twofold-grade: LIBS := $(ARCHIVE) $(SQLITE)
build/bin/twofold-grade: build/obj/cli/check/rubric.o build/obj/cli/check/hidden.o build/obj/cli/reset/copy.o
build/lib/libtools.a: $(judge_objects) $(report_objects)
	@rm -f $@
	@mkdir -p $(@D)
	$(Q)ar rcs $@ $^
build/bin/twofold: build/obj/cli/twofold.o
# A command that fills more than one file has a folder of its own beside it.
$(foreach c,$(commands),$(eval build/bin/twofold-$(c): $(patsubst common/%.c,build/obj/%.o,\
  $(wildcard common/cli/$(c)/*.c))))
build/bin/twofold-%: build/obj/cli/%.o build/lib/libtools.a
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) -pthread $(filter %.o,$^) $(filter %.a,$^) $(LIBS) -lm -o $@
build/bin/twofold-%: common/cli/%.sh
	@mkdir -p $(@D)
	$(Q)install -m 755 $< $@
build/bin/twofold:
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) $^ -o $@
build/bin/box: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/box/*.c))
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) $^ -o $@
build/bin/switch: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/switch/*.c))
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) $^ -o $@
build/bin/origin: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/origin/*.c))
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) -pthread $^ -lmicrohttpd -lm -o $@
loaded := build/obj/observe/modules.o $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/trace/*.c))
build/obj/observe/mpi/%.o $(loaded): CHECKER := -fPIC -fvisibility=hidden
build/obj/observe/team/%.o build/obj/observe/sharing/%.o: CHECKER := -fPIC
build/lib/check.so: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/mpi/*.c)) $(loaded)
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(MPICC) $(CFLAGS) -fPIC -shared $^ -o $@
build/lib/race.o: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/race/*.c))
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(LD) -r $^ -o $@
# The self-test of the race lane, made once. Where it cannot be made, an empty file: the lane then
# says why when it is asked.
build/lib/race-selftest: common/observe/omp/self/test.c build/lib/race.o
	@$(say) link $@
	@gcc -fopenmp $(race_flags) $^ -o $@ -lm -ldl 2>/dev/null || : >$@
build/lib/team.so: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/team/*.c)) $(loaded)
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) -fopenmp -fPIC -shared $^ -o $@
build/lib/sharing.so: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/observe/sharing/*.c)) build/obj/observe/modules.o
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) -fPIC -shared $^ -o $@
build/lib/count.so: $(wildcard common/observe/count/*.c) common/observe/count/count.h
	@mkdir -p $(@D)
	@$(say) compile common/observe/count
	$(Q)$(MPICC) $(KIT) $(STRICT) $(CFLAGS) -fPIC -shared $(filter %.c,$^) -o $@

# -- the rubrics: build/rubrics/NAME says what a lab's rubric asks, and judges records ---------------

rubrics := $(if $(call have,CUnit/CUnit.h),$(foreach d,$(lab_dirs_ok),$(if $(wildcard \
             $(call rubric_of,$(d))),build/rubrics/$(call lab_name,$(d)))))
define rubric_rule
build/obj/rubrics/$(1).o: $(2) $(3)
	@mkdir -p $$(@D)
	@$$(say) compile $$<
	$$(Q)$$(CC) -std=c11 -D_GNU_SOURCE $$(STRICT) $$(CFLAGS) $$(DEPS) -Icommon/judge -c $$< -o $$@
endef
$(foreach d,$(lab_dirs_ok),$(eval $(call rubric_rule,$(call lab_name,$(d)),$(call rubric_of,$(d)),$(call made_for,$(d)))))
build/obj/rubric.o: tests/driver/rubric.c
	@mkdir -p $(@D)
	@$(say) compile $<
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(STRICT) $(CFLAGS) $(DEPS) -Icommon/judge -c $< -o $@
build/rubrics/%: build/obj/rubrics/%.o build/obj/rubric.o build/lib/libtools.a
	@mkdir -p $(@D)
	@$(say) link $@
	$(Q)$(CC) $(CFLAGS) -pthread $^ -lcunit -lm -o $@

# -- commands: the text after ## is what `make` alone prints ------------------------------------------

T := build/bin/twofold
# The name of a lab as a person types it (heat, 09-heat, 9) -> heat
LAB_NAME := $(or $(call lab_name,$(firstword $(foreach d,$(lab_dirs),$(if $(filter $(LAB),\
  $(notdir $(d)) $(call lab_name,$(d)) $(patsubst 0%,%,$(firstword $(subst -, ,$(notdir $(d)))))),$(d))))),$(LAB))
need_lab = $(if $(filter build/labs/$(LAB_NAME),$(labs)),,$(error $(if $(LAB),There is no lab "$(LAB)" \
  that can be built here,Say which lab, as in LAB=heat); the labs are: $(notdir $(labs))))

.PHONY: help build build-contrast setup hand-in update demo check contrast compare sweep crossover run claims explore list doctor clean distclean
help:
	@echo "Twofold: every kernel solved twice, with threads and with processes."
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\) | \(.*\)/\2|\3/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r command does; do printf '  %-46s %s\n' "$$command" "$$does"; done

# In a tree without solutions it is about what is given, and one's own files.
whose := $(if $(solutions),--solutions,--labs)
# The labs of a first look: one of each kind, for a newcomer is not to wait more than three minutes.
# `make contrast` has all.
of_demo := $(filter gil race mandelbrot heat fetch words,$(notdir $(labs)))
demo: setup ## make demo | set up, build, contrast threads with processes in six labs, write a page
	@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$$(nproc)) build-contrast
	@$(foreach v,omp mpi,$(T) trace --lab heat --version $(v) $(if $(solutions),--solution) --workers 2 \
	  --html build/report/trace-heat-$(v).html -o build/report/trace-heat-$(v).json n=2048 steps=10 >build/trace.log || \
	  rm -f build/report/trace-heat-$(v).html;)
	@$(T) contrast $(whose) $(of_demo) --budget 90 --html build/report/index.html
	@$(T) claims --rounds 1 --brief
	@echo 'These were labs of a first look, and each claim was tried once. All labs: make contrast. The claims with all their experiments: make claims.'

setup:
	@common/cli/setup.sh demo

build: $(labs) $(solutions) $(raced) $(tools) $(rubrics) build/lib/compile.txt compile_commands.json ## make build | compile what has changed
# What the contrast of a first look takes, and nothing else.
of_claims := $(foreach d,$(lab_dirs_ok),$(if $(wildcard $(d)/claims.txt),$(call lab_name,$(d))))
build-contrast: $(patsubst %,$(if $(solutions),build/solutions/%,build/labs/%),$(sort $(of_demo) $(of_claims))) build/bin/twofold \
  build/bin/twofold-contrast build/bin/twofold-claims build/lib/count.so \
  build/bin/twofold-trace build/lib/check.so build/lib/team.so \
  $(filter build/bin/origin,$(tools))
build build-contrast:
	@$(foreach d,$(filter-out $(lab_dirs_ok),$(lab_dirs)),echo \
	  "$(d) is left out: it needs <$(call lab_lacks,$(d))>; install $$(cut -d' ' -f3 $(d)/needs)." >&2;)

run: $(tools) ## make run LAB=heat VERSION=omp WORKERS=2 | run my version once; ARGS="n=512 --check" adds more
	$(need_lab)
	@$(MAKE) --no-print-directory -s build/labs/$(LAB_NAME)
	@$(T) run $(LAB_NAME) $(or $(VERSION),serial) $(if $(WORKERS),--workers $(WORKERS)) \
	  $(if $(THREADS),--threads $(THREADS)) $(ARGS)

debug: $(tools) ## make debug LAB=heat VERSION=mpi WORKERS=4 RANK=2 | my version in gdb, stopped where it begins; RANK=all with tmux
	$(need_lab)
	@$(MAKE) --no-print-directory -s build/debug/$(LAB_NAME)
	@$(T) debug $(LAB_NAME) $(or $(VERSION),omp) $(if $(RANK),--rank $(RANK)) $(if $(WORKERS)$(N),--workers $(or $(WORKERS),$(N))) \
	  $(if $(THREADS),--threads $(THREADS)) $(ARGS)

# What a check needs of a lab beside the student's files.
define judged_with
@$(MAKE) --no-print-directory -s -k $(if $(filter build/solutions/$(LAB_NAME),$(solutions)),\
	  build/solutions/$(LAB_NAME) $(call given_of,$(LAB_NAME)),build/labs/$(LAB_NAME) 2>/dev/null || true)
endef
# The student's own files are not built here: what is wrong with them the judge says better.
check: $(tools) $(rubrics) build/lib/compile.txt build/lib/libkit.a ## make check LAB=heat | my files against the rubric; SEED=7 repeats a check's cases
	$(need_lab)
	$(judged_with)
	@$(T) check $(LAB_NAME) $(if $(SEED),--seed $(SEED)) $(ARGS) || [ $$? -eq 1 ] # lost points: no error

compare: $(tools) ## make compare LAB=heat | one table: my serial, omp, mpi, hybrid
	$(need_lab)
	@$(MAKE) --no-print-directory -s build/labs/$(LAB_NAME)
	-@$(T) contrast --labs $(LAB_NAME) $(ARGS)

contrast: build ## make contrast | the table of make demo again; LAB=heat: one lab
	@$(T) contrast $(whose) $(LAB) --html build/report/index.html $(ARGS)

sweep: $(tools) ## make sweep LAB=heat PARAM=n=64..1K WORKERS=2 | versions over many values; VERSIONS="omp mpi" ARGS="--html x.html"
	$(need_lab)
	@$(MAKE) --no-print-directory -s build/$(if $(SOLUTION),solutions,labs)/$(LAB_NAME)
	@$(T) sweep $(if $(SOLUTION),,--labs) $(LAB_NAME) $(VERSIONS) $(if $(PARAM),'$(PARAM)') $(if $(WORKERS),workers=$(WORKERS)) $(ARGS)

crowds := 1,2,8,32,64
# Threads with one lock, threads without, an event loop and ranks, from all computing to all waiting.
crossover: $(tools) ## make crossover | when to use which: threads, ranks or an event loop, from computing to waiting
	@$(MAKE) --no-print-directory -s build/$(if $(solutions),solutions,labs)/gil
	@$(T) sweep $(if $(solutions),,--labs) gil omp free loop mpi waiting=0..100+25 workers=$(or $(WORKERS),$(crowds)) tasks=$(or $(TASKS),64) numbers=$(or $(NUMBERS),20000) --rounds 3 --memory --html build/report/crossover.html $(ARGS)

hint: $(tools) ## make hint LAB=heat | help with the first check that failed, one step more each time
	$(need_lab)
	@$(T) hint $(LAB_NAME) $(ARGS)

diff: $(tools) ## make diff LAB=heat | my files beside the reference solution, once they are right
	$(need_lab)
	@$(T) diff $(LAB_NAME) $(if $(VERSION),--version $(VERSION)) $(ARGS)

predict: $(tools) ## make predict LAB=heat | my predictions in answers.txt beside what this machine measures
	$(need_lab)
	@$(MAKE) --no-print-directory -s build/labs/$(LAB_NAME)
	@$(T) predict $(LAB_NAME) $(ARGS)

watch: $(tools) $(rubrics) build/lib/compile.txt build/lib/libkit.a ## make watch LAB=heat | make check at every save; Ctrl-C ends it
	$(need_lab)
	$(judged_with)
	@$(T) watch $(LAB_NAME) $(ARGS)

diagnose: $(tools) ## make diagnose LAB=heat VERSION=mpi N=4 | who waits for whom, what is misused; SOLUTION=1, ARGS="n=64"
	$(need_lab)
	@$(MAKE) --no-print-directory -s build/$(if $(SOLUTION),solutions,labs)/$(LAB_NAME)
	@$(T) diagnose $(if $(N),-n $(N)) $(if $(THREADS),-t $(THREADS)) build/$(if $(SOLUTION),solutions,labs)/$(LAB_NAME) \
	  --version $(or $(VERSION),mpi) $(ARGS) || [ $$? -eq 1 ] # something was found: no error

trace: $(tools) ## make trace LAB=heat VERSION=mpi N=4 | who did what when, who waited; a file for ui.perfetto.dev; SOLUTION=1, ARGS="n=64"
	$(need_lab)
	@$(MAKE) --no-print-directory -s build/$(if $(SOLUTION),solutions,labs)/$(LAB_NAME)
	@$(T) trace --lab $(LAB_NAME) --version $(or $(VERSION),omp) $(if $(SOLUTION),--solution) \
	  $(if $(N),--workers $(N)) $(if $(THREADS),--threads $(THREADS)) $(ARGS)

progress: $(tools) ## make progress | how far each lab is, and what is next
	@$(T) progress $(ARGS)

reset: $(tools) ## make reset LAB=heat | put the starters back, keep a dated copy; VERSION=omp: that file
	$(need_lab)
	@$(T) reset $(LAB_NAME) $(if $(VERSION),--version $(VERSION)) $(ARGS)

hand-in: build/bin/twofold build/bin/twofold-hand-in build/bin/twofold-progress build/lib/compile.txt ## make hand-in LAB=heat | my files of a lab in one file to hand in, and what is missing in it
	$(need_lab)
	@$(T) hand-in $(LAB_NAME) $(ARGS)

update: build/bin/twofold-update ## make update FROM=twofold.tar.gz | a newer handout; my own files stay as they are
	@$< $(if $(FROM),'$(FROM)')

claims: build ## make claims | what is said of threads and processes, measured here and now
	@$(T) claims $(ARGS)

explore: $(tools) ## make explore | every order in which threads can add to a counter; ARGS="--guard atomic"
	@$(T) explore $(ARGS) || [ $$? -eq 1 ] # lost additions: no error

list: $(tools) ## make list | the labs, their versions and parameters
	@$(MAKE) --no-print-directory build >/dev/null
	@$(T) list

doctor: $(tools) ## make doctor | what this machine offers, what is missing, how to mend it
	@$(T) doctor

.PHONY: cluster cluster-shell cluster-down submit slurm-lint
cluster: $(tools) ## make cluster | a Slurm cluster in a box; NODES=4 CPUS=2 LATENCY=1ms RATE=100
	@$(T) cluster up --nodes $(or $(NODES),4) --cpus $(or $(CPUS),2) \
	  --latency $(or $(LATENCY),0) --rate $(or $(RATE),0) $(ARGS)
cluster-shell: $(tools) ## make cluster-shell | a shell on its login node: sinfo, srun, sbatch
	@$(T) cluster shell $(NODE)
cluster-down: $(tools) ## make cluster-down | end it; nothing is left
	@$(T) cluster down
submit: build ## make submit LAB=heat VERSION=mpi NODES=2 TASKS=4 | a batch job; CPUS=2 TIME=00:10:00 KIND=scaling DRY=1
	$(need_lab)
	@$(T) submit $(LAB_NAME) $(VERSION) $(if $(NODES),--nodes $(NODES)) $(if $(TASKS),--tasks $(TASKS)) \
	  $(if $(CPUS),--cpus $(CPUS)) $(if $(TIME),--time $(TIME)) $(if $(KIND),--kind $(KIND)) \
	  $(if $(DRY),--dry-run) $(ARGS)
slurm-lint: $(tools) ## make slurm-lint FILE=x.sbatch | what is wrong with a batch script, and the mend
	@$(T) slurm-lint $(FILE)

clean: ## make clean | remove what was built (keeps the made corpus and the journals)
	rm -rf $(filter-out build/corpus build/check build/grade build/cluster,$(wildcard build/*))
distclean:
	@[ ! -e build/cluster/run/room.pid ] || $(T) cluster down
	rm -rf build

-include $(shell find build/obj -name '*.d' 2>/dev/null)
# What a class is taught with, and the tests: the tree that students get has neither.
-include common/cli/teach.mk tests/tests.mk
