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
RESSOURCES = ("correspondances", "demo", "fonts", "grilles", "icons", "migrations", "style")
POINTS_D_ENTREE = {
    ("console_scripts", "o2r"): "o2r_desktop.__main__:main",
    ("gui_scripts", "o2r-desktop"): "o2r_desktop.__main__:window",
}
FENETRE = """
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.app import application, build_services
from ui.main_window import MainWindow
from ui.settings import Settings
app = application()
services = build_services(app, Settings(Path("reglages.ini")))
fenetre = MainWindow(services)
fenetre.start(Path("demo"))
QTimer.singleShot(1500, fenetre.close)
app.exec()
assert services.campagne.suivi is None or len(services.campagne.suivi) == 22
"""


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
    dossiers = (("o2r_desktop", "o2r_desktop"), ("ui", "ui"), ("resources", "o2r_desktop/_resources"))
    attendus = {nom for source, cible in dossiers for nom in fichiers(source, cible)}
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
    for (groupe, commande), cible in POINTS_D_ENTREE.items():
        if points.get(groupe, commande, fallback="") != cible:
            yield f"la commande {commande} n’appelle pas {cible}"
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
        lancer([executables / "python", "-c", FENETRE], dossier)


def lancer(commande: list[str | Path], dossier: Path) -> None:
    """Run a command that must succeed, without the variables that would lead back to the source tree."""
    environnement = {nom: valeur for nom, valeur in os.environ.items() if nom not in {"PYTHONPATH", "PYTHONHOME"}}
    environnement.setdefault("QT_QPA_PLATFORM", "offscreen")
    subprocess.run(commande, cwd=dossier, env=environnement, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
