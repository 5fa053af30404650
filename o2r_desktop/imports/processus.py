"""Foreign files are read in a child process with memory and time limits: a bomb costs one sentence.

python-calamine aborts on some tiny hostile files (technique § 4): only the child dies of it.
"""

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from o2r_desktop import errors
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.errors import ExportError, ExportTooLargeError, ExportUnreadableError
from o2r_desktop.imports.fiches import Atelier, Erreur, Fin, Message
from o2r_desktop.imports.gardes import Genre, citer
from o2r_desktop.imports.inflation import peser

MEMOIRE_BORNEE = sys.platform == "linux"
"""Whether the system bounds the child's memory for sure; elsewhere it reads no workbook that was not weighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limites:
    """What reading one file may cost. Windows has no limit of address space: time alone bounds it there."""

    memoire: int = 1536 * 2**20
    secondes: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """What the child is asked to read."""

    chemin: Path
    genre: Genre
    correspondance: Correspondance
    demarche: str
    limites: Limites


def messages(demande: Demande) -> Generator[Message, None, None]:
    """Yield what the child sends about a file; the child is dead when the iteration is over, however it ends.

    Raises an ExportError when the file is refused, the child dies, or a limit is reached.
    """
    contexte = multiprocessing.get_context("spawn")
    reception, envoi = contexte.Pipe()
    enfant = contexte.Process(target=_travailler, args=(envoi, demande), name="lecteur", daemon=True)
    echeance = time.monotonic() + demande.limites.secondes
    enfant.start()
    envoi.close()
    try:
        _permettre(reception, demande)
        while not isinstance(message := _recevoir(reception, echeance, demande), Fin):
            yield message
    finally:
        reception.close()
        enfant.kill()
        enfant.join()
        enfant.close()


def _permettre(reception: Connection, demande: Demande) -> None:
    """Let the child read, once its workbook is weighed or, where its memory is bounded, meanwhile."""
    classeur = demande.genre is Genre.XLSX
    if classeur and not MEMOIRE_BORNEE:
        peser(demande.chemin)
    with suppress(OSError):  # a dead child says nothing, and that is understood
        reception.send(True)
    if classeur and MEMOIRE_BORNEE:
        peser(demande.chemin, tout=False)


def _recevoir(reception: Connection, echeance: float, demande: Demande) -> Message:
    sujet = citer(demande.chemin.name)
    if not reception.poll(max(0.0, echeance - time.monotonic())):
        raise ExportTooLargeError(f"{sujet} demande plus d’une minute de lecture : il est refusé.")
    try:
        message: Message = reception.recv()
    except (EOFError, OSError) as erreur:
        raise ExportUnreadableError(
            f"{sujet} a fait échouer sa lecture : il est abîmé ou piégé, téléchargez-le de nouveau."
        ) from erreur
    if isinstance(message, Erreur):
        raise _erreur(message)
    return message


def _erreur(message: Erreur) -> ExportError:
    genre = getattr(errors, message.genre, ExportError)
    assert issubclass(genre, ExportError)
    erreur = genre(message.phrase)
    if message.detail:
        erreur.__cause__ = RuntimeError(message.detail)  # for the log: a reader's panic, or a fault of ours
    return erreur


def _travailler(envoi: Connection, demande: Demande) -> None:
    """Read the file and send messages; runs in the child."""
    gc.disable()  # a short life, no cycle worth finding: a tenth of the time
    se_taire()
    limiter(demande.limites.memoire)
    sujet = citer(demande.chemin.name)
    with ExitStack() as si_panne:
        si_panne.push(partial(_raconter, envoi, sujet))
        try:
            envoi.recv()  # the permission to read
            _lire(envoi, demande)
            envoi.send(Fin())
        except ExportError as erreur:
            envoi.send(Erreur(type(erreur).__name__, str(erreur)))
        except MemoryError:
            envoi.send(Erreur("ExportTooLargeError", f"{sujet} demande trop de mémoire : il est refusé."))
        except RecursionError:
            envoi.send(
                Erreur("ExportFormatError", f"{sujet} est imbriqué sans fin : ce n’est pas un export de dossiers.")
            )
        except (BrokenPipeError, EOFError):
            return  # the parent has had enough


def _raconter(
    envoi: Connection, sujet: str, _genre: type[BaseException] | None, panne: BaseException | None, _trace: object
) -> None:
    """Tell the parent why the child dies, and let it die; a panic of calamine is no Exception."""
    if panne is not None and not isinstance(panne, BrokenPipeError):
        phrase = f"{sujet} a fait échouer sa lecture : il est abîmé ou d’une forme inconnue."
        envoi.send(Erreur("ExportUnreadableError", phrase, _recit(panne)))


def _recit(panne: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(panne))


def _lire(envoi: Connection, demande: Demande) -> None:
    atelier = Atelier(demande.correspondance, envoi.send)
    if demande.genre is Genre.XLSX:
        from o2r_desktop.imports.tableur import lire_tableur as lire
    elif demande.genre is Genre.ODS:
        from o2r_desktop.imports.ods import lire_ods as lire
    elif demande.genre is Genre.JSON:
        from o2r_desktop.imports.json_ds import lire_json as lire
    else:
        from o2r_desktop.imports.csv_ds import lire_csv as lire
    lire(demande.chemin, demande.demarche, atelier)


def se_taire() -> None:
    """Send to nowhere what the reader's own code prints when it aborts."""
    neant = os.open(os.devnull, os.O_WRONLY)
    os.dup2(neant, 2)
    os.close(neant)
    sys.stderr = None


def limiter(octets: int) -> None:
    """Bound the address space where the system knows how to."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, dur = resource.getrlimit(resource.RLIMIT_AS)
    plafond = octets if dur == resource.RLIM_INFINITY else min(octets, dur)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (plafond, dur))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # macOS refuses limits under what is mapped
        return
