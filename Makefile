# Each target is a command of set_up/, which runs on any Python from 3.11 on and makes all that it needs in .hotpatch/.
PYTHON ?= python3
ARGS ?=

.PHONY: help up destroy env test quick azure-cli check types format bench wheel template lock clean
.DEFAULT_GOAL := help

help up destroy env test quick azure-cli check types format bench wheel template lock clean:
	@$(PYTHON) -B -m set_up $@ $(ARGS)
