# `make demo` and `make test` work on a fresh Debian or Ubuntu: each sets up what is missing, once.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint types check quality bench verapdf ooxml lock clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON := python3
PATH := $(PATH):/usr/sbin:/sbin

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: $(READY) ## install what is missing: system libraries, virtual environment, pinned packages

# WeasyPrint needs Pango and HarfBuzz from the system; the virtual environment needs Debian's python3-venv.
define INSTALL_MISSING
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)." >&2; exit 1; }
missing=()
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
libraries=$$(ldconfig -p)
grep -q 'libpangoft2-1\.0\.so\.0' <<<"$$libraries" || missing+=(libpangoft2-1.0-0)
grep -q 'libharfbuzz-subset\.so\.0' <<<"$$libraries" || missing+=(libharfbuzz-subset0)
[ $${#missing[@]} -gt 0 ] || exit 0
sudo=""
if [ "$$(id -u)" -ne 0 ]; then
  if sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then sudo=sudo; else
    echo "Missing system packages; ask an administrator to run: apt-get install $${missing[*]}" >&2; exit 1
  fi
fi
echo "Installing system packages: $${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
$$sudo apt-get update -qq
$$sudo apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null
endef
export INSTALL_MISSING

$(READY): requirements.lock pyproject.toml
	@bash -euo pipefail -c "$$INSTALL_MISSING"
	@echo "Setting up $(VENV) from requirements.lock"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The demo works on a copy, so that trying it out changes nothing here. Exit code 3 is an honest end of a draft
# without a network, 1 that of a draft whose text must not leave the machine.
COMMUNIQUE := $(BIN)/communique
DEMO := $(COMMUNIQUE) --workspace demo
RAW := 2026-11-17-fortbildungswoche
PUBLISHED := 2026-10-08-grenzbus-linie-40
say = @printf '\n── %s\n'

demo: $(READY) ## import, draft, build, bundle, verify and rehearse mailing the sample releases in demo/
	@rm -rf demo && mkdir -p demo/templates && cp -r communique.toml releases memory demo/ && rm -rf demo/memory/*.sqlite* demo/memory/*.index && cp templates/logo.svg demo/templates/
	@rm -rf demo/releases/$(RAW) demo/releases/*/dist
	$(say) "A raw article comes in: import, draft, build, bundle"
	@$(DEMO) run releases/$(RAW)/original.txt --id $(RAW) || [ $$? -eq 3 ]
	$(say) "The other releases: draft what is missing, build, bundle, verify"
	@$(DEMO) draft || [ $$? -eq 3 ] || [ $$? -eq 1 ]
	@$(DEMO) build
	@for release in demo/releases/*/; do $(DEMO) bundle "$$(basename "$$release")"; done
	@$(COMMUNIQUE) verify demo/releases/*/dist/*.zip
	$(say) "The newsroom: a website of everything published; demo/site/index.html opens in any browser"
	@$(DEMO) site
	$(say) "Whom releases are mailed to, and a rehearsal of mailing one: nothing leaves"
	@$(DEMO) recipients import docs/presseverteiler.csv
	@$(DEMO) send $(PUBLISHED) --list presse
	$(say) "What the checks find in the raw article's draft"
	@$(DEMO) check $(RAW) || [ $$? -eq 1 ]
	$(say) "A reviewer gets the draft as a Word document, corrects it and sends it back"
	@$(DEMO) review export $(RAW) --output demo/relecture.docx
	@$(BIN)/python -m tests.review.play_reviewer demo/relecture.docx demo/retour.docx
	@$(DEMO) review import demo/retour.docx --from "Luc Ferrandier <l.ferrandier@example.org>"
	$(say) "What reviewing brought, and whether the log tells of all of it"
	@$(DEMO) review report
	@$(DEMO) log $(RAW) --verify
	$(say) "What the checks find now"
	@$(DEMO) check $(RAW) || [ $$? -eq 1 ]
	$(say) "Where everything stands, and what a person does next"
	@$(DEMO) status

test: lint types $(READY) ## lint, types and all tests
	@$(BIN)/pytest

lint: $(READY) ## ruff: rules and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(READY) ## mypy, strict
	@$(BIN)/mypy

check: test ## the same as test

quality: $(READY) ## what the checks find and wrongly find, typography, segmentation: on sentences in the repository
	@$(BIN)/python -m benchmarks.quality

bench: $(READY) ## figures of docs/performance.md, as ratios within one run
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.publishing
	@$(BIN)/python -m benchmarks.newsroom
	@$(BIN)/python -m benchmarks.mailing
	@$(BIN)/python -m benchmarks.lists
	@$(BIN)/python -m benchmarks.verifying
	@$(BIN)/python -m benchmarks.offline
	@$(BIN)/python -m benchmarks.memory
	@$(BIN)/python -m benchmarks.review

VERAPDF := build/verapdf

$(VERAPDF): tests/verapdf/pom.xml
	@mvn -q -B -f $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$@ || { rm -rf $@; exit 1; }
	@touch $@

verapdf: $(READY) $(VERAPDF) ## fetch the referee for PDF/A and PDF/UA with Maven, and let it judge
	@$(BIN)/pytest tests/verapdf

OOXML := build/ooxml

$(OOXML): tests/ooxml/pom.xml
	@mvn -q -B -f $< dependency:unpack-dependencies -DoutputDirectory=$(CURDIR)/$@ -DmarkersDirectory=$(CURDIR)/$@/done \
	  -Dmdep.unpack.includes='org/apache/poi/schemas/ooxml/src/*.xsd' || { rm -rf $@; exit 1; }
	@touch $@

ooxml: $(READY) $(OOXML) ## fetch the schema of Word files with Maven, and hold ours against it
	@$(BIN)/pytest tests/ooxml

lock: $(READY) ## renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
	  --quiet --upgrade --all-extras --group dev pyproject.toml -o requirements.lock

clean: ## remove everything that was built or installed here
	@rm -rf $(VENV) build dist demo .mypy_cache .pytest_cache .ruff_cache .hypothesis releases/*/dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
