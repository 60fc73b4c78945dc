# SPDX-License-Identifier: MIT
# The commands of whoever teaches a class; included by the Makefile, and not handed out.

.PHONY: grade handout
grade: build ## make grade SUBMISSIONS=dir LAB=heat | judge a class: marks, pages, exports; OUT=dir, SLURM=1: on a cluster, ARGS="--help"
	$(need_lab)
	@$(T) grade $(if $(SUBMISSIONS),'$(SUBMISSIONS)') --lab $(LAB_NAME) $(if $(OUT),--out '$(OUT)') \
	  $(if $(SLURM),--slurm) $(ARGS)

handout: build/bin/twofold build/bin/twofold-handout ## make handout OUT=dir | the tree that students get: no solutions; LABS="heat fetch", again with OUT: an update
	@$(T) handout $(if $(OUT),'$(OUT)') $(if $(LABS),--labs '$(LABS)') $(ARGS)
