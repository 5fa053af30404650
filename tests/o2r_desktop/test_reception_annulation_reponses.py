"""No answer stands silently on what is gone, when an import is undone or replaces its evidence."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.evaluation.reponses import Avis, DecisionConstat, Preuve, Reponse, TypeAvis
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.store import connection, evaluations
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import pieces as store_pieces
from tests.o2r_desktop.archives import standard
from tests.o2r_desktop.test_reception_annulation import COLONNES, MAINTENANT, Cellules, Horloge, export, importer

SILENCE = SilentReporter()
CRITERE = "ELI-07"
"""A critere that reads the cost of the project."""
PLUS_TARD = MAINTENANT + timedelta(hours=1)
A = {1: ("T", "1000", "77"), 2: ("U", "2000", "88")}
B = {1: ("T", "5000", "77"), 2: ("U", "2000", "88")}


@pytest.fixture(scope="module")
def deja(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campagne of two dossiers; copy it."""
    dossier = tmp_path_factory.mktemp("deja") / "c"
    operations.create_campagne(dossier, maintenant=MAINTENANT)
    with operations.open_session(dossier, auteur="Camille", horloge=Horloge()) as ouverte:
        importer(ouverte, A)
    return dossier


@pytest.fixture
def session(deja: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(deja, tmp_path / "c", ignore=shutil.ignore_patterns("verrou"))
    with operations.open_session(tmp_path / "c", auteur="Camille", horloge=Horloge(PLUS_TARD)) as ouverte:
        yield ouverte


def reponse(session: Session, numero: int = 1) -> Reponse:
    return evaluations.load(session.campagne, numero).reponses[CRITERE]


def autrement(session: Session) -> Correspondance:
    """Return a correspondence that reads the cost in another column."""
    return session.correspondance.avec({"cout_total": COLONNES[2]})


def importer_avec(session: Session, nouvelle: Correspondance, dossiers: dict[int, Cellules]) -> None:
    plans = reception.plan_in_campagne(session, [export(session, dossiers)], correspondance=nouvelle)
    reception.apply_plans(session, plans, correspondance=nouvelle)


def recevoir(session: Session, chemin: Path, octets: bytes, jour: int = 4) -> str:
    """Receive a file of dossier 1; return the fingerprint of what is the current one."""
    zip_ = standard(chemin / f"{jour}.zip", {1: {"bilan.pdf": octets}}, jour=f"{jour:02}-07-2025")
    preparation = reception.prepare(session, [zip_], SILENCE)
    reception.apply_plans(session, preparation.plans, archives=preparation.archives)
    (piece,) = [r for r in store_pieces.received(session.campagne, 1) if not r.remplacee]
    return piece.empreinte


def annuler(session: Session) -> reception.Annulation:
    dernier = reception.last_undoable(session)
    assert dernier is not None
    return reception.undo_import(session, dernier)


def conclure(session: Session, numero: int) -> None:
    operations.save_reponse(session, numero, CRITERE, "oui")
    avis = Avis(avis=TypeAvis.IRRECEVABLE, motif="hors délai")
    fiche = store_dossiers.load(session.campagne, numero)
    evaluation = replace(evaluations.load(session.campagne, numero), avis=avis)
    empreinte = operations.data_fingerprint(session, fiche, evaluation)
    evaluations.conclude(session.campagne, numero, avis, empreinte=empreinte, auteur="Alix", now=session.horloge())


@pytest.mark.parametrize("present", [("T", "1000", "777"), ("T", "5000", "777")])
def test_answers_given_under_a_correspondence_that_leaves_are_to_be_confirmed(
    session: Session, present: Cellules
) -> None:
    importer_avec(session, autrement(session), {1: present})  # dossier 2 is not in the file
    for numero in (1, 2):
        operations.save_reponse(session, numero, CRITERE, "oui")
    faite = annuler(session)
    assert {n: operations.load_dossier(session, n).dossier.nombre("cout_total") for n in (1, 2)} == {
        1: 1000,
        2: 2000,
    }
    assert faite.a_reconfirmer == ((1, CRITERE), (2, CRITERE))
    changement = reponse(session, 2).changements[0]
    assert (changement.avant, changement.apres) == ("88", "2\u202f000")


def test_an_answer_that_reads_the_same_when_a_correspondence_leaves_stands(session: Session) -> None:
    # the cost moved to another column in the form, and the correspondence followed it
    importer_avec(session, autrement(session), {1: ("T", "", "1000")})
    operations.save_reponse(session, 1, CRITERE, "oui")
    faite = annuler(session)
    assert operations.load_dossier(session, 1).dossier.nombre("cout_total") == 1000
    assert faite.a_reconfirmer == ()


def test_a_decision_taken_while_the_answer_was_in_doubt_is_to_be_confirmed(session: Session) -> None:
    operations.save_reponse(session, 1, CRITERE, "oui")
    importer(session, B)
    doute = reponse(session)
    assert doute.a_reconfirmer
    conteste = replace(doute, decision=DecisionConstat.CONTESTE, motif="5 000 € est faux")
    operations.write_reponse(session, 1, conteste)
    assert annuler(session).a_reconfirmer == ((1, CRITERE),)
    (changement,) = reponse(session).changements
    assert (changement.avant, changement.apres) == ("5\u202f000", "1\u202f000")
    assert reponse(session).motif == "5 000 € est faux"


@pytest.mark.parametrize("par_nom", [False, True])
def test_an_answer_that_stands_on_a_file_that_leaves_is_to_be_confirmed(
    session: Session, tmp_path: Path, par_nom: bool
) -> None:
    recevoir(session, tmp_path, b"un", 4)
    seconde = recevoir(session, tmp_path, b"deux", 5)
    operations.save_reponse(session, 1, "REC-05", "oui")
    preuve = Preuve(ou="bilan.pdf", page=1, empreinte="" if par_nom else seconde)
    operations.save_reponse(session, 1, CRITERE, "oui", preuves=(preuve,))
    faite = annuler(session)
    assert (faite.pieces, faite.a_reconfirmer) == (1, ((1, CRITERE),))
    (changement,) = reponse(session).changements
    assert (changement.libelle, changement.avant[:19], changement.apres[:19]) == (
        "bilan.pdf",
        "déposée le 05/07/20",
        "déposée le 04/07/20",
    )
    operations.confirm_reponse(session, 1, CRITERE)  # on the first file, though it names bytes that are gone
    annuler(session)
    assert [c.apres for c in reponse(session).changements] == ["retirée"]


def test_a_file_that_leaves_with_nothing_in_its_place_is_told_so(session: Session, tmp_path: Path) -> None:
    empreinte = recevoir(session, tmp_path, b"un")
    operations.save_reponse(session, 1, CRITERE, "oui", preuves=(Preuve(ou="bilan.pdf", empreinte=empreinte),))
    annuler(session)
    (changement,) = reponse(session).changements
    assert (changement.avant[:19], changement.apres) == ("déposée le 04/07/20", "retirée")


def test_an_answer_given_before_the_file_that_leaves_stands(session: Session, tmp_path: Path) -> None:
    empreinte = recevoir(session, tmp_path, b"un", 4)
    operations.save_reponse(session, 1, CRITERE, "oui", preuves=(Preuve(ou="bilan.pdf", empreinte=empreinte),))
    recevoir(session, tmp_path, b"deux", 5)
    assert reponse(session).a_reconfirmer
    assert annuler(session).a_reconfirmer == ()
    assert not reponse(session).a_reconfirmer


def test_a_confirmed_evidence_is_in_doubt_again_when_its_file_is_replaced_again(
    session: Session, tmp_path: Path
) -> None:
    empreinte = recevoir(session, tmp_path, b"un", 4)
    operations.save_reponse(session, 1, CRITERE, "oui", preuves=(Preuve(ou="bilan.pdf", empreinte=empreinte),))
    recevoir(session, tmp_path, b"deux", 5)
    operations.confirm_reponse(session, 1, CRITERE)
    recevoir(session, tmp_path, b"trois", 6)
    assert len(reponse(session).changements) == 1


def test_a_frozen_evaluation_whose_files_leave_is_told(session: Session, tmp_path: Path) -> None:
    recevoir(session, tmp_path, b"un")
    for numero in (1, 2):
        conclure(session, numero)
    assert annuler(session).figees == (1,)


def test_a_frozen_evaluation_that_the_correspondence_reads_otherwise_is_told(session: Session) -> None:
    importer_avec(session, autrement(session), {1: ("T", "1000", "777")})
    conclure(session, 2)
    assert annuler(session).figees == (2,)


def test_the_correspondence_that_came_with_archives_alone_goes_with_them(session: Session, tmp_path: Path) -> None:
    operations.save_reponse(session, 1, CRITERE, "oui")
    texte, avant = connection.correspondance_toml(session.campagne), session.correspondance
    archives = [standard(tmp_path / f"{nom}.zip", {1: {f"{nom}.pdf": b"un"}}) for nom in ("bilan", "statuts")]
    preparation = reception.prepare(session, archives, SILENCE, autrement(session))
    reception.apply_plans(
        session, preparation.plans, archives=preparation.archives, correspondance=autrement(session)
    )
    assert reponse(session).a_reconfirmer
    assert session.correspondance != avant
    annuler(session)
    assert connection.correspondance_toml(session.campagne) == texte
    assert session.correspondance == avant
    assert not reponse(session).a_reconfirmer


VALEURS = st.sampled_from(["1000", "5000", "9000"])
FICHIER = st.dictionaries(st.integers(1, 3), st.tuples(st.just("T"), VALEURS, VALEURS), min_size=1)
COLONNE = st.sampled_from([None, COLONNES[1], COLONNES[2]])
HISTOIRES = st.lists(
    st.one_of(
        st.tuples(st.just("importer"), FICHIER, COLONNE),
        st.tuples(st.just("relier"), st.sampled_from(COLONNES[1:])),
        st.tuples(st.just("recevoir"), st.sampled_from([b"1", b"22", b"333"])),
        st.tuples(st.just("repondre"), st.integers(1, 3), st.sampled_from(["oui", "non"])),
        st.tuples(st.just("confirmer"), st.integers(1, 3)),
        st.just(("annuler",)),
        st.just(("annuler",)),
    ),
    max_size=16,
)


class Histoire:
    """Lives a history, and knows what each answer was last given or confirmed on."""

    def __init__(self, session: Session, lieu: Path) -> None:
        self.session, self.lieu, self.jour = session, lieu, 0
        self.vus: dict[int, tuple[object, list[str]]] = {}

    def importer(self, dossiers: dict[int, Cellules], colonne: Any) -> None:
        lue = self.session.correspondance
        importer_avec(self.session, lue.avec({"cout_total": colonne}) if colonne else lue, dossiers)

    def relier(self, colonne: Any) -> None:
        nouvelle = self.session.correspondance.avec({"cout_total": colonne})
        reception.change_correspondance(self.session, nouvelle, SILENCE)

    def recevoir(self, octets: bytes) -> None:
        self.jour += 1
        if 1 in store_dossiers.known(self.session.campagne):
            recevoir(self.session, self.lieu, octets, self.jour)

    def repondre(self, numero: int, valeur: str) -> None:
        if numero in store_dossiers.known(self.session.campagne):
            preuves = tuple(Preuve(ou="bilan.pdf", empreinte=e) for e in self._piece(numero))
            note = f"le {self.session.horloge()}"
            operations.save_reponse(self.session, numero, CRITERE, valeur, commentaire=note, preuves=preuves)
            self.vus[numero] = self._lu(numero)

    def confirmer(self, numero: int) -> None:
        if numero in self.vus and reponse(self.session, numero).a_reconfirmer:
            operations.confirm_reponse(self.session, numero, CRITERE)
            self.vus[numero] = self._lu(numero)

    def annuler(self) -> None:
        if reception.last_undoable(self.session) is not None:
            annuler(self.session)

    def verifier(self) -> None:
        for numero, (cout, piece) in self.vus.items():
            if not reponse(self.session, numero).a_reconfirmer:
                lu, presente = self._lu(numero)
                assert lu == cout
                assert piece in ([], presente)  # a file that comes where there was none takes nothing away

    def _lu(self, numero: int) -> tuple[object, list[str]]:
        """Return what an answer stands on: the cost, and the file when the answer cites it."""
        cite = [p.empreinte for p in reponse(self.session, numero).preuves]
        dossier = operations.load_dossier(self.session, numero).dossier
        return dossier.valeur("cout_total"), self._piece(numero) if cite else []

    def _piece(self, numero: int) -> list[str]:
        return [r.empreinte for r in store_pieces.received(self.session.campagne, numero) if not r.remplacee]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histoire=HISTOIRES)
def test_no_answer_stands_silently_on_what_is_gone(deja: Path, histoire: Sequence[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as lieu:
        shutil.copytree(deja, Path(lieu) / "c", ignore=shutil.ignore_patterns("verrou"))
        with operations.open_session(Path(lieu) / "c", auteur="Camille", horloge=Horloge(PLUS_TARD)) as session:
            vie = Histoire(session, Path(lieu))
            for geste, *valeurs in histoire:
                getattr(vie, geste)(*valeurs)
                vie.verifier()
