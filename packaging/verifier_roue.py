"""Check the built wheel: what it holds, then its life in an environment of its own.

Run by `make test` as: python packaging/verifier_roue.py build/roue
"""

import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from configparser import ConfigParser
from email.parser import Parser
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VERROU = RACINE / "packaging" / "requirements" / "execution.txt"
RESSOURCES = ("correspondances", "demo", "fonts", "grilles", "migrations")
POINT_D_ENTREE = "o2r_desktop.__main__:main"


def main(dossier: Path) -> int:
    """Check the only wheel of *dossier*; print each fault and return how the command ends."""
    roues = list(dossier.glob("*.whl"))
    if len(roues) != 1:
        print(f"Une roue attendue dans {dossier}, {len(roues)} trouvées.", file=sys.stderr)
        return 1
    with zipfile.ZipFile(roues[0]) as roue:
        fautes = [*fautes_de_contenu(roue.namelist()), *fautes_de_metadonnees(roue)]
    for faute in fautes:
        print(f"{roues[0].name} : {faute}", file=sys.stderr)
    if fautes:
        return 1
    essayer(roues[0])
    print(f"{roues[0].name} : contenu, installation et démonstration vérifiés")
    return 0


def fautes_de_contenu(noms: list[str]) -> Iterable[str]:
    """Compare the names in the wheel with the source tree, both ways."""
    presents = {nom for nom in noms if ".dist-info/" not in nom}
    attendus = set(fichiers("o2r_desktop", "o2r_desktop")) | set(fichiers("resources", "o2r_desktop/_resources"))
    for nom in sorted(attendus - presents):
        yield f"il manque {nom}"
    for nom in sorted(presents - attendus):
        yield f"{nom} est de trop"
    for partie in RESSOURCES:
        if not any(nom.startswith(f"o2r_desktop/_resources/{partie}/") for nom in presents):
            yield f"la ressource {partie} est vide"
    if not any(nom.endswith(".dist-info/licenses/LICENSE") for nom in noms):
        yield "la licence manque"


def fichiers(source: str, cible: str) -> Iterable[str]:
    """Name in the wheel each file of a folder of the source tree."""
    base = RACINE / source
    for chemin in base.rglob("*"):
        if chemin.is_file() and "__pycache__" not in chemin.parts:
            yield f"{cible}/{chemin.relative_to(base).as_posix()}"


def fautes_de_metadonnees(roue: zipfile.ZipFile) -> Iterable[str]:
    """Check entry points, licence and the Python versions announced."""
    textes = {nom.rsplit("/", 1)[-1]: nom for nom in roue.namelist() if ".dist-info/" in nom}
    points = ConfigParser()
    points.read_string(roue.read(textes["entry_points.txt"]).decode())
    if points.get("console_scripts", "o2r", fallback="") != POINT_D_ENTREE:
        yield f"la commande o2r n’appelle pas {POINT_D_ENTREE}"
    metadonnees = Parser().parsestr(roue.read(textes["METADATA"]).decode())
    for champ, attendu in (("License-Expression", "MIT"), ("Requires-Python", "<3.15,>=3.11")):
        if metadonnees[champ] != attendu:
            yield f"{champ} vaut {metadonnees[champ]}, {attendu} attendu"


def essayer(roue: Path) -> None:
    """Install the wheel with the hashed list in a new environment, far from the source tree, and use it."""
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        venv.create(dossier / "env", with_pip=True)
        executables = dossier / "env" / ("Scripts" if os.name == "nt" else "bin")
        pip: list[str | Path] = [
            executables / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        lancer([*pip, "--require-hashes", "-r", VERROU], dossier)
        lancer([*pip, "--no-index", "--no-deps", roue.resolve()], dossier)
        lancer([executables / "python", "-m", "pip", "check"], dossier)
        lancer([executables / "o2r", "--version"], dossier)
        lancer([executables / "o2r", "demo", "--campagne", dossier / "demo"], dossier)


def lancer(commande: list[str | Path], dossier: Path) -> None:
    """Run a command that must succeed, without the variables that would lead back to the source tree."""
    environnement = {nom: valeur for nom, valeur in os.environ.items() if nom not in {"PYTHONPATH", "PYTHONHOME"}}
    subprocess.run(commande, cwd=dossier, env=environnement, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
