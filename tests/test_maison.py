"""Rules of the house that no linter checks: sizes, handlers, names of machines and hosts, lists of packages."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent
PAQUETS = [RACINE / nom for nom in ("o2r_desktop", "ui") if (RACINE / nom).is_dir()]
MODULES = sorted(chemin for paquet in PAQUETS for chemin in paquet.rglob("*.py"))
ESSAIS = sorted((RACINE / "tests").rglob("*.py"))
VERROUS = sorted((RACINE / "packaging" / "requirements").glob("*.txt"))
LIGNES_PAR_FICHIER = 400
LIGNES_PAR_FONCTION = 50
PEUVENT_TOUT_ATTRAPER = {"ui/tasks.py", "ui/crash.py"}
DOSSIERS_SUIVIS = (".ci", ".github", "benchmarks", "docs", "o2r_desktop", "packaging", "resources", "tests", "ui")
SUFFIXES_BINAIRES = {".pdf", ".png", ".ttf", ".otf", ".icc", ".xlsx", ".ods", ".zip", ".pyc", ".db", ".gz"}
# Written in two halves so that this file passes its own test.
HOTES = re.compile(
    "|".join(
        re.escape(debut) + re.escape(fin)
        for debut, fin in (
            ("pypi", ".org"),
            ("python", "hosted.org"),
            ("registry.", "npmjs"),
            ("npmjs", ".com"),
            ("deb.", "debian.org"),
            ("ana", "conda.org"),
            ("index", "-url ="),
            ("extra-index", "-url"),
        )
    )
)
DOSSIERS_DE_MACHINE = re.compile(
    r"(?<![\w.\-/*<])/(?:"
    + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "tm" + "p", "Us" + "ers", "op" + "t"))
    + r")/[\w.]"
    r"|\b[A-Z]:\\\\?(?:Us" + r"ers|Documents)"
)


def relatif(chemin: Path) -> str:
    return chemin.relative_to(RACINE).as_posix()


def arbre(chemin: Path) -> ast.Module:
    return ast.parse(chemin.read_text(encoding="utf-8"), filename=str(chemin))


def textes_suivis() -> Iterator[Path]:
    yield from (
        c for c in RACINE.iterdir() if c.is_file() and c.suffix not in SUFFIXES_BINAIRES and c.name != "uv.lock"
    )
    for nom in DOSSIERS_SUIVIS:
        for chemin in (RACINE / nom).rglob("*"):
            if chemin.is_file() and chemin.suffix not in SUFFIXES_BINAIRES and "__pycache__" not in chemin.parts:
                yield chemin


def fonctions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (n for n in ast.walk(module) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def nom_appele(noeud: ast.Call) -> str:
    """Return the last word of what is called: Paragraph for platypus.Paragraph(…)."""
    fonction = noeud.func
    return fonction.attr if isinstance(fonction, ast.Attribute) else getattr(fonction, "id", "")


@pytest.mark.parametrize("chemin", MODULES, ids=relatif)
def test_files_and_functions_stay_short(chemin: Path) -> None:
    lignes = len(chemin.read_text(encoding="utf-8").splitlines())
    assert lignes <= LIGNES_PAR_FICHIER
    longues = [
        f"{f.name} ({f.end_lineno - f.lineno + 1} lines)"
        for f in fonctions(arbre(chemin))
        if f.end_lineno is not None and f.end_lineno - f.lineno >= LIGNES_PAR_FONCTION
    ]
    assert longues == []


def attrape_tout(noeud: ast.AST) -> bool:
    """Say whether a handler keeps every failure, bugs included; one that cleans up and raises again does not."""
    if not isinstance(noeud, ast.ExceptHandler):
        return False
    fin = noeud.body[-1]
    if isinstance(fin, ast.Raise) and fin.exc is None:
        return False
    noms = {n.id for n in ast.walk(noeud.type) if isinstance(n, ast.Name)} if noeud.type else {"Exception"}
    return bool(noms & {"Exception", "BaseException"})


@pytest.mark.parametrize("chemin", [c for c in MODULES if relatif(c) not in PEUVENT_TOUT_ATTRAPER], ids=relatif)
def test_no_handler_hides_a_bug(chemin: Path) -> None:
    assert [n.lineno for n in ast.walk(arbre(chemin)) if attrape_tout(n)] == []


@pytest.mark.parametrize(
    ("source", "attendu"),
    [
        ("except Exception: pass", True),
        ("except (OSError, BaseException): pass", True),
        ("except: pass", True),
        ("except Exception as e: raise ValueError from e", True),
        ("except (OSError, ValueError): pass", False),
        ("except BaseException:\n    clean()\n    raise", False),
    ],
)
def test_broad_handlers_are_recognised(source: str, attendu: bool) -> None:
    arbre_essaye = ast.parse(f"try: pass\n{source}")
    assert any(attrape_tout(n) for n in ast.walk(arbre_essaye)) is attendu


def test_one_module_makes_every_paragraph() -> None:
    """Text that reaches ReportLab's markup without being escaped loses words or embeds local files."""
    coupables = {
        relatif(chemin)
        for chemin in MODULES
        for noeud in ast.walk(arbre(chemin))
        if isinstance(noeud, ast.Call) and nom_appele(noeud) == "Paragraph"
    }
    assert len(coupables) <= 1
    assert all(nom.startswith("o2r_desktop/notes/") for nom in coupables)


def test_no_text_file_names_a_machine_or_a_registry() -> None:
    fautes = []
    for chemin in textes_suivis():
        for rang, ligne in enumerate(chemin.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if HOTES.search(ligne) or (chemin.suffix == ".py" and DOSSIERS_DE_MACHINE.search(ligne)):
                fautes.append(f"{relatif(chemin)}:{rang}: {ligne.strip()[:120]}")
    assert fautes == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Without its __init__.py, a folder named like one of ours would hide it."""
    dossiers = {chemin.parent for chemin in ESSAIS}
    assert [relatif(dossier) for dossier in sorted(dossiers) if not (dossier / "__init__.py").is_file()] == []


def test_every_test_can_fail_and_none_waits() -> None:
    """A skipped or expected failure, or a sleep, would hide what a test is for."""
    interdits = {"skip", "skipif", "xfail", "importorskip", "sleep"}
    fautes = [
        f"{relatif(chemin)}:{noeud.lineno}: {noeud.attr}"
        for chemin in ESSAIS
        for noeud in ast.walk(arbre(chemin))
        if isinstance(noeud, ast.Attribute) and noeud.attr in interdits
    ]
    assert fautes == []


def test_nothing_is_left_to_do_in_a_comment() -> None:
    marques = re.compile(r"#\s*(?:TO" + r"DO|FIX" + r"ME|XXX)\b")
    assert [relatif(c) for c in [*MODULES, *ESSAIS] if marques.search(c.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("verrou", VERROUS, ids=relatif)
def test_lists_of_packages_are_pinned_hashed_and_name_no_address(verrou: Path) -> None:
    texte = verrou.read_text(encoding="utf-8")
    assert "://" not in texte
    assert not re.search(r"^\s*-", texte.replace("    --hash=sha256:", ""), flags=re.MULTILINE)
    paquets = re.findall(r"^([a-z0-9-]+)(\[[a-z,]+\])?==(\S+)", texte, flags=re.MULTILINE)
    exigences = [ligne for ligne in texte.splitlines() if ligne and ligne[0] not in "# "]
    assert len(paquets) == len(exigences) > 0
    blocs = re.split(r"^(?=[a-z])", texte, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in bloc for bloc in blocs)


def epingles(nom: str) -> dict[str, str]:
    texte = (RACINE / "packaging" / "requirements" / nom).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", texte, flags=re.MULTILINE))


def test_what_is_tested_is_what_is_installed() -> None:
    developpement = epingles("developpement.txt")
    for nom in ("execution.txt", "construction.txt"):
        assert epingles(nom).items() <= developpement.items()


def test_every_dependency_of_the_project_is_pinned() -> None:
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    noms = {re.split(r"[\[<>=;\s]", exigence, maxsplit=1)[0] for exigence in projet["dependencies"]}
    assert noms <= epingles("execution.txt").keys()


def test_workflows_may_only_read() -> None:
    for chemin in (RACINE / ".github" / "workflows").glob("*.yml"):
        texte = chemin.read_text(encoding="utf-8")
        assert re.search(r"^permissions:\n  contents: read\n(?! )", texte, flags=re.MULTILINE), chemin.name
        assert ": write" not in texte
        assert all(re.search(r"@(v\d+\.\d+\.\d+|[0-9a-f]{40})$", u) for u in re.findall(r"uses: (\S+)", texte))


def test_the_changelog_speaks_of_this_version() -> None:
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    journal = (RACINE / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Non publié" in journal or f"## {projet['version']}" in journal
    titres = set(re.findall(r"^### (.+)$", journal, flags=re.MULTILINE))
    assert titres <= {"Ajouté", "Modifié", "Corrigé", "Sécurité"}
