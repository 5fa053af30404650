import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from o2r_desktop import operations, restitution
from o2r_desktop.errors import CancelledError
from o2r_desktop.notes.files import nom_fichier
from o2r_desktop.notes.modele import Longueur
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.store import notes
from tests.conftest import MAINTENANT

FINALE, PROJET = 25000101, 25000105


@pytest.fixture(scope="module")
def campagne(demonstration_faite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demonstration_faite, tmp_path_factory.mktemp("restitution") / "campagne"))


@pytest.fixture
def session(campagne: Path) -> Iterator[Session]:
    with operations.open_session(campagne, auteur="Camille Essai", horloge=lambda: MAINTENANT) as ouverte:
        yield ouverte


class AnnuleA:
    """Cancels at a step."""

    def __init__(self, rang: int) -> None:
        self.rang = rang

    def step(self, done: int, total: int, label: str) -> None:
        if done == self.rang:
            raise CancelledError("Opération annulée.")


def test_the_preview_is_the_note_byte_for_byte(session: Session, tmp_path: Path) -> None:
    for numero, projet in ((FINALE, False), (PROJET, True)):
        rendue = restitution.preview_note(session, operations.load_dossier(session, numero))
        ((ecrite,), echecs) = restitution.produce_notes(session, [numero], tmp_path)
        assert rendue.octets == ecrite.fichier.read_bytes()
        assert (rendue.projet, ecrite.projet, echecs) == (projet, projet, [])
        derniere = notes.notes(session.campagne, numero)[-1]
        assert (derniere.empreinte_donnees, derniere.projet) == (rendue.empreinte, projet)


def test_the_preview_writes_nothing(session: Session) -> None:
    avant = notes.notes(session.campagne, PROJET)
    restitution.preview_note(session, operations.load_dossier(session, PROJET))
    assert notes.notes(session.campagne, PROJET) == avant


def test_a_batch_writes_what_produce_notes_writes(session: Session, tmp_path: Path) -> None:
    restitution.produce_notes(session, [FINALE], tmp_path / "a")
    production = restitution.produce_batch(session, [FINALE], tmp_path / "b", SilentReporter())
    (ecrite,) = production.notes
    assert ecrite.fichier.read_bytes() == (tmp_path / "a" / ecrite.fichier.name).read_bytes()


def test_a_cancel_keeps_the_notes_written_and_leaves_nothing_half_made(session: Session, tmp_path: Path) -> None:
    numeros = [FINALE, PROJET, 25000106]
    production = restitution.produce_batch(session, numeros, tmp_path, AnnuleA(2))
    assert isinstance(production.arret, CancelledError)
    assert [n.numero for n in production.notes] == numeros[:2]
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted(n.fichier.name for n in production.notes)
    for note in production.notes:
        assert len(pypdfium2.PdfDocument(note.fichier.read_bytes())) == note.pages


def test_a_note_that_fails_does_not_stop_the_others(session: Session, tmp_path: Path) -> None:
    porteur = operations.load_dossier(session, FINALE).dossier.porteur.nom
    (tmp_path / nom_fichier(FINALE, porteur)).mkdir()
    production = restitution.produce_batch(session, [FINALE, 99, PROJET], tmp_path, SilentReporter())
    assert [m.numero for m in production.manquees] == [FINALE, 99]
    assert "est un dossier" in production.manquees[0].raison
    assert [n.numero for n in production.notes] == [PROJET]
    assert production.arret is None


def pages(octets: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(octets)
    dites = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return dites


def test_three_lengths_each_under_its_own_name(session: Session, tmp_path: Path) -> None:
    ecrites = {}
    for longueur in Longueur:
        ((ecrites[longueur],), _) = restitution.produce_notes(session, [FINALE], tmp_path, longueur=longueur)
    assert len({e.fichier for e in ecrites.values()}) == 3
    fiche, note, complete = (ecrites[x].pages for x in (Longueur.FICHE, Longueur.NOTE, Longueur.COMPLETE))
    assert fiche == 1
    assert 1 < note < complete
    dites = {x: pages(e.fichier.read_bytes()) for x, e in ecrites.items()}
    assert [len(d) for d in dites.values()] == [fiche, note, complete]
    assert "Annexe 1" in "".join(dites[Longueur.COMPLETE])
    assert "Annexe 1" not in "".join(dites[Longueur.NOTE])
    assert "Visas" in "".join(dites[Longueur.NOTE])
    assert "→" not in dites[Longueur.FICHE][0]  # nothing to lead to
    assert dites[Longueur.FICHE][0].partition("1 / 1")[0].strip()


def test_two_processes_write_the_same_bytes_in_the_same_order(session: Session, tmp_path: Path) -> None:
    numeros = list(range(25000101, 25000101 + restitution.A_DEUX))
    a_deux, echecs = restitution.produce_notes(session, numeros, tmp_path / "a")
    assert echecs == []
    assert [n.numero for n in a_deux] == numeros
    for note in a_deux[:3]:
        ((seule,), _) = restitution.produce_notes(session, [note.numero], tmp_path / "b")
        assert seule.sha256 == note.sha256


def test_a_dossier_that_cannot_be_read_does_not_stop_a_batch(session: Session, tmp_path: Path) -> None:
    numeros = [25000101, 99, *range(25000102, 25000110), 98]
    notes_, echecs = restitution.produce_notes(session, numeros, tmp_path)
    assert len(notes_) == 9
    assert sorted(numero for numero, _ in echecs) == [98, 99]
