"""Walk through the window as a screen reader hears it, on an Xvfb screen and a private D-Bus.

Run by `make test` where Xvfb and AT-SPI are found, as: python marcher.py PYTHON_DU_SYSTEME RELEVE
This side makes the demonstration campagne, starts what is needed and stops it; ecouter.py does the walk, under the
Python that has pyatspi, and writes all that it heard to the file RELEVE.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ICI = Path(__file__).resolve().parent
RACINE = ICI.parent.parent
LANCEUR = Path("/usr/libexec/at-spi-bus-launcher")
LIMITE_S = 90
"""When the walk is given up: it takes a quarter of that on two slow cores."""

ARRET_S = 5


def main(python_du_systeme: str, releve: str) -> int:
    """Run the walk in a folder of its own; return its status, 1 when the window died on the way."""
    with ExitStack() as pile:
        dossier = Path(pile.enter_context(tempfile.TemporaryDirectory(prefix="o2r-lecteur-")))
        journal, campagne = dossier / "journal.log", str(dossier / "campagne")
        programme = [sys.executable, "-m", "o2r_desktop"]
        fabrique = pile.enter_context(_started([*programme, "demo", "--campagne", campagne], os.environ, journal))
        env = _surroundings(pile, dossier)
        if fabrique.wait(LIMITE_S) != 0:
            return _fail("la campagne de démonstration n’a pas pu être faite", journal)
        fenetre = pile.enter_context(_started([*programme, campagne], env, journal))
        statut = _listen([python_du_systeme, str(ICI / "ecouter.py"), releve], env)
        if fenetre.poll() is not None:
            return _fail(f"la fenêtre s’est arrêtée, code {fenetre.returncode}", journal)
        return _fail("voir aussi ce que la fenêtre a écrit", journal) if statut else 0


def _fail(faute: str, journal: Path) -> int:
    """Say a fault, then what the programs wrote."""
    print(f"lecteur d’écran : {faute}", file=sys.stderr)
    sys.stderr.write(journal.read_text("utf-8", errors="replace"))
    return 1


def _surroundings(pile: ExitStack, dossier: Path) -> Mapping[str, str]:
    """Start a screen, a message bus and the accessibility bus; return the environment that leads to them."""
    prives = {nom: str(dossier / nom.lower()) for nom in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    for chemin in (*prives.values(), str(dossier / "maison")):
        Path(chemin).mkdir(mode=0o700)
    reglages = dossier / "reglages.ini"
    reglages.write_text("[General]\ninstructeur=Camille Essai\n", encoding="utf-8")
    env = {
        nom: valeur for nom, valeur in os.environ.items() if nom not in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS")
    }
    env |= prives
    env |= {"HOME": str(dossier / "maison"), "LANG": "C.UTF-8", "O2R_REGLAGES": str(reglages), "GTK_MODULES": ""}
    env |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONPATH": str(RACINE)}
    ecran = ["Xvfb", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-displayfd", "{fd}"]
    env["DISPLAY"] = ":" + _first_line(pile, ecran, env)
    bus = ["dbus-daemon", "--session", "--nofork", f"--address=unix:tmpdir={dossier}", "--print-address={fd}"]
    env["DBUS_SESSION_BUS_ADDRESS"] = _first_line(pile, bus, env)
    pile.enter_context(_started([str(LANCEUR), "--launch-immediately"], env))
    return env


def _first_line(pile: ExitStack, commande: Sequence[str], env: Mapping[str, str]) -> str:
    """Start a server that writes where it listens to the file descriptor {fd}; return that line."""
    lecture, ecriture = os.pipe()
    mots = [mot.replace("{fd}", str(ecriture)) for mot in commande]
    pile.enter_context(_started(mots, env, heritees=(ecriture,)))
    os.close(ecriture)
    with os.fdopen(lecture, encoding="utf-8") as tuyau:
        return tuyau.readline().strip()


@contextmanager
def _started(
    commande: Sequence[str], env: Mapping[str, str], journal: Path | None = None, heritees: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program in a group of processes of its own; stop the whole group at the end."""
    with (journal or Path(os.devnull)).open("ab") as sortie:
        processus = subprocess.Popen(
            commande, env=env, cwd=RACINE, stdin=subprocess.DEVNULL, stdout=sortie, stderr=sortie,
            pass_fds=heritees, start_new_session=True,
        )  # fmt: skip
    try:
        yield processus
    finally:
        _stop(processus)


def _stop(processus: subprocess.Popen[bytes]) -> None:
    for coup in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(processus.pid, coup)
            processus.wait(ARRET_S)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            processus.wait(ARRET_S)
        return


def _listen(commande: Sequence[str], env: Mapping[str, str]) -> int:
    try:
        return subprocess.run(commande, env=env, timeout=LIMITE_S, check=False).returncode
    except subprocess.TimeoutExpired:
        print(f"lecteur d’écran : abandon au bout de {LIMITE_S} secondes", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
