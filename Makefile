# SPDX-License-Identifier: MIT
# Every command a person types. Thin on purpose: what a command does stands in common/cli.

MPICC  ?= mpicc
CFLAGS ?= -O3 -g
# The same arithmetic in every version: no fused multiply-add behind the student's back.
KIT    := -std=c11 -D_GNU_SOURCE -fopenmp -ffp-contract=off -pthread
STRICT := -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(WERROR),-Werror)
MILD   := -Wall -Wextra $(if $(WERROR),-Werror)
DEPS    = -MMD -MP -MF $(@:.o=.d)
have    = $(shell echo '\#include <$(1)>' | $(MPICC) -E -x c - >/dev/null 2>&1 && echo yes)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDARY:

# -- the kit ---------------------------------------------------------------------------------------

kit_objects := $(patsubst common/kit/%.c,build/obj/kit/%.o,$(wildcard common/kit/*.c))
PNG := $(if $(call have,png.h),-lpng)

build/obj/%.o: common/%.c
	@mkdir -p $(@D)
	$(MPICC) $(KIT) $(STRICT) $(CFLAGS) $(DEPS) -Icommon/kit -c $< -o $@
build/obj/kit/picture.o: STRICT += $(if $(PNG),-DHAVE_PNG)
build/lib/libkit.a: $(kit_objects)
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^

# -- the labs: build/labs/NAME from labs/, build/solutions/NAME with the files of solutions/ -------

lab_dirs  := $(patsubst %/,%,$(dir $(wildcard labs/*/lab.c)))
lab_name   = $(word 2,$(subst -, ,$(notdir $(1))))
# A lab that needs a library says so in labs/NN-name/needs: header, link flag, Debian package.
lab_lacks  = $(strip $(foreach h,$(shell cut -d' ' -f1 $(1)/needs 2>/dev/null),\
               $(if $(call have,$(h)),,$(h))))
lab_libs   = $(shell cut -d' ' -f2 $(1)/needs 2>/dev/null)
lab_dirs_ok := $(foreach d,$(lab_dirs),$(if $(call lab_lacks,$(d)),,$(d)))
labs      := $(foreach d,$(lab_dirs_ok),build/labs/$(call lab_name,$(d)))
solved_dirs := $(foreach d,$(lab_dirs_ok),$(if $(wildcard $(d:labs/%=solutions/%)/*.c),$(d)))
solutions := $(foreach d,$(solved_dirs),build/solutions/$(call lab_name,$(d)))

# $(1) labs or solutions, $(2) the lab's directory, $(3) its name
define lab_rules
build/obj/$(1)/$(3)/%.o: $(2)/%.c
	@mkdir -p $$(@D)
	$$(MPICC) $$(KIT) $$(MILD) $$(CFLAGS) $$(DEPS) -Icommon/kit -I$(2) -c $$< -o $$@
build/$(1)/$(3): $$(patsubst $(2)/%.c,build/obj/$(1)/$(3)/%.o,$$(wildcard $(2)/*.c)) build/lib/libkit.a
	@mkdir -p $$(@D)
	$$(MPICC) $$(KIT) $$(CFLAGS) $$^ $(call lab_libs,$(2)) $$(PNG) -lm -o $$@
endef
# The files of solutions/ stand in for those of labs/: a rule each, for a rule beats a pattern.
define solution_rule
build/obj/solutions/$(1)/$(notdir $(3:.c=.o)): $(3)
	@mkdir -p $$(@D)
	$$(MPICC) $$(KIT) $$(MILD) $$(CFLAGS) $$(DEPS) -Icommon/kit -I$(2) -c $$< -o $$@
endef
$(foreach d,$(lab_dirs_ok),$(eval $(call lab_rules,labs,$(d),$(call lab_name,$(d)))))
$(foreach d,$(solved_dirs),$(eval $(call lab_rules,solutions,$(d),$(call lab_name,$(d)))))
$(foreach d,$(solved_dirs),$(foreach f,$(wildcard $(d:labs/%=solutions/%)/*.c),\
  $(eval $(call solution_rule,$(call lab_name,$(d)),$(d),$(f)))))

# -- the tools: build/bin/twofold and one program a sub-command -------------------------------------

judge_objects  := $(patsubst common/%.c,build/obj/%.o,$(wildcard common/judge/*.c))
report_objects := $(patsubst common/%.c,build/obj/%.o,$(wildcard common/report/*.c))
commands := $(patsubst common/cli/%.c,%,$(filter-out common/cli/twofold.c,$(wildcard common/cli/*.c)))
tools := build/bin/twofold $(commands:%=build/bin/twofold-%) build/lib/count.so \
         $(if $(call have,microhttpd.h),build/bin/origin)
HWLOC := $(if $(call have,hwloc.h),-lhwloc)

build/obj/cli/%.o: STRICT += -Icommon/judge -Icommon/report
build/obj/cli/doctor.o: STRICT += $(if $(HWLOC),-DHAVE_HWLOC)
build/bin/twofold-doctor: LIBS := $(HWLOC)
build/lib/libtools.a: $(judge_objects) $(report_objects)
	@rm -f $@
	@mkdir -p $(@D)
	ar rcs $@ $^
build/bin/twofold: build/obj/cli/twofold.o
build/bin/twofold-%: build/obj/cli/%.o build/lib/libtools.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -pthread $^ $(LIBS) -lm -o $@
build/bin/twofold:
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $^ -o $@
build/bin/origin: $(patsubst common/%.c,build/obj/%.o,$(wildcard common/origin/*.c))
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -pthread $^ -lmicrohttpd -lm -o $@
build/lib/count.so: common/observe/count.c
	@mkdir -p $(@D)
	$(MPICC) $(KIT) $(STRICT) $(CFLAGS) -fPIC -shared $< -o $@

# -- commands ---------------------------------------------------------------------------------------

.PHONY: help build setup demo test compare contrast bench format clean
build: $(labs) $(solutions) $(tools)
	@$(foreach d,$(filter-out $(lab_dirs_ok),$(lab_dirs)),echo \
	  "$(d) is left out: it needs <$(call lab_lacks,$(d))>; install $$(cut -d' ' -f3 $(d)/needs)." >&2;)

-include $(shell find build/obj -name '*.d' 2>/dev/null)
-include tests/tests.mk
