# SPDX-License-Identifier: MIT
# The commands of whoever teaches a class; included by the Makefile, and not handed out.

.PHONY: grade handout course new-lab autograder

build/obj/cli/course/conf.o: STRICT += $(if $(INIH),-DHAVE_INIH)
build/bin/twofold-course: LIBS := $(INIH)
build/bin/twofold-course: build/obj/cli/check/rubric.o build/obj/cli/check/hidden.o build/obj/cli/grade/policy.o

grade: build ## make grade SUBMISSIONS=dir LAB=heat | judge a class: marks, pages, exports; OUT=dir, SLURM=1: on a cluster, COURSE=dir: as its course.conf says
	$(need_lab)
	@$(if $(COURSE),$(T) course grade '$(COURSE)' $(LAB_NAME) $(if $(SUBMISSIONS),--submissions '$(SUBMISSIONS)') \
	  $(if $(REGRADE),--regrade),$(T) grade $(if $(SUBMISSIONS),'$(SUBMISSIONS)') --lab $(LAB_NAME) \
	  $(if $(OUT),--out '$(OUT)')) $(if $(SLURM),--slurm) $(ARGS)
course: build/bin/twofold build/bin/twofold-course ## make course OUT=dir | a directory to run a course in: course.conf, roster.csv
	@$(T) course make $(if $(OUT),'$(OUT)')

handout: build/bin/twofold build/bin/twofold-handout $(if $(COURSE),build/bin/twofold-course) ## make handout OUT=dir | the tree that students get: no solutions; LABS="heat fetch", again with OUT: an update
	@$(T) handout $(if $(OUT),'$(OUT)') $(if $(LABS),--labs '$(LABS)') \
	  $(if $(COURSE),--labs "$$($(T) course labs '$(COURSE)' | tr '\n' ' ')") $(ARGS)

# The text of TITLE reaches the command as it was typed, whatever signs are in it.
new-lab: export NEW_LAB_TITLE = $(value TITLE)
new-lab: build/bin/twofold build/bin/twofold-new-lab ## make new-lab NAME=sum | a new lab that works at once, to be changed into one's own; TITLE="...", NUMBER=21, COURSE=dir: outside the kit
	@$(T) new-lab $(if $(NAME),'$(NAME)') $(if $(TITLE),--title "$$NEW_LAB_TITLE") $(if $(NUMBER),--number '$(NUMBER)')

autograder: build/bin/twofold build/bin/twofold-autograder $(if $(HIDDEN)$(VARIANTS)$(COURSE),build) ## make autograder FOR=gradescope LAB=heat OUT=heat.zip | the judge packed for gradescope, autolab or github; COURSE=dir or HIDDEN=file VARIANTS=salt: with that
	$(need_lab)
	@$(T) autograder '$(FOR)' $(LAB_NAME) $(if $(OUT),'$(OUT)') $(if $(COURSE),--course '$(COURSE)') \
	  $(if $(HIDDEN),--hidden '$(HIDDEN)') $(if $(VARIANTS),--variants '$(VARIANTS)')
