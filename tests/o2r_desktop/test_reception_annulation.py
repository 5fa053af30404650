"""An undone import leaves the list, the records and the answers as they were before it, whatever the history."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.apercu import apercu
from o2r_desktop.dossiers.enregistrement import colonnes_en_json, empreinte, en_json
from o2r_desktop.dossiers.importation import Apercu, DossierLu, ExportRead
from o2r_desktop.dossiers.model import Colonne, Enregistrement, Origine
from o2r_desktop.errors import StoreError
from o2r_desktop.evaluation.reponses import Avis, Changement, Reponse, TypeAvis
from o2r_desktop.operations import Session, actes
from o2r_desktop.operations.analyse import load_panorama
from o2r_desktop.progress import SilentReporter
from o2r_desktop.store import backup, connection, evaluations, journal
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store.verification import verify

MAINTENANT = datetime(2025, 9, 2, 8, 42, tzinfo=UTC)
COLONNES = (Colonne("Intitulé du projet"), Colonne("Coût total du projet sur 3 ans (€)"), Colonne("Efop"))
CRITERES = ("ELI-07", "CRE-01", "FIN-02", "REC-05")
Cellules = tuple[str, str, str]


@dataclass
class Horloge:
    """Goes on by one minute each time it is read."""

    heure: datetime = MAINTENANT

    def __call__(self) -> datetime:
        self.heure += timedelta(minutes=1)
        return self.heure


@pytest.fixture(scope="session")
def vierge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("vierge") / "c"
    operations.create_campagne(dossier, maintenant=MAINTENANT)
    return dossier


@pytest.fixture
def session(vierge: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(vierge, tmp_path / "c")
    with operations.open_session(tmp_path / "c", auteur="Camille", horloge=Horloge()) as ouverte:
        yield ouverte


def export(session: Session, dossiers: Mapping[int, Cellules], nom: str = "a.xlsx") -> ExportRead:
    """Return what reading a file with these dossiers gives."""
    return ExportRead(
        fichier=nom,
        empreinte="ab" * 32,
        origine=Origine.XLSX_STANDARD,
        date_fichier=None,
        demarche="essai",
        jeux=(COLONNES,),
        dossiers=tuple(_lu(session, n, cellules) for n, cellules in sorted(dossiers.items())),
        refuses=(),
        anomalies=(),
    )


def _lu(session: Session, numero: int, cellules: Cellules) -> DossierLu:
    fiche = Enregistrement(
        numero=numero,
        origine=Origine.XLSX_STANDARD,
        fixes={"etat": "En instruction"},
        demandeur={"raison_sociale": "Association du Port"},
        colonnes=COLONNES,
        cellules=cellules,
        blocs=None,
    )
    contenu = en_json(fiche)
    return DossierLu(
        numero=numero,
        ligne=numero,
        jeu=0,
        contenu=contenu,
        empreinte=empreinte(colonnes_en_json(COLONNES), contenu),
        apercu=apercu(fiche, session.correspondance.lier(COLONNES)),
    )


def importer(session: Session, *fichiers: Mapping[int, Cellules]) -> list[int]:
    lus = [export(session, dossiers, f"{rang}.xlsx") for rang, dossiers in enumerate(fichiers)]
    return reception.apply_plans(session, reception.plan_in_campagne(session, lus))


@dataclass(frozen=True)
class Etat:
    """What the campagne says of its dossiers and of their answers."""

    rangees: dict[int, Apercu]
    fiches: dict[int, Enregistrement]
    versions: dict[int, list[tuple[datetime, Enregistrement]]]
    reponses: dict[tuple[int, str], Reponse]


def etat(session: Session) -> Etat:
    campagne = session.campagne
    numeros = sorted(store_dossiers.known(campagne))
    return Etat(
        rangees={a.numero: a for a in store_dossiers.list_apercus(campagne)},
        fiches={e.numero: e for e in store_dossiers.load_many(campagne, numeros)},
        versions={n: store_dossiers.versions(campagne, n) for n in numeros},
        reponses={(n, c): r for n, e in evaluations.load_all(campagne).items() for c, r in e.reponses.items()},
    )


def sans_drapeau(reponses: Mapping[tuple[int, str], Reponse]) -> dict[tuple[int, str], Reponse]:
    return {cle: replace(r, a_reconfirmer=False, changements=()) for cle, r in reponses.items()}


UN, AUTRE = ("Projet", "200000", ""), ("Projet", "250000", "")


def test_new_dossiers_leave_and_changed_ones_go_back(session: Session) -> None:
    importer(session, {1: UN, 2: UN})
    operations.save_reponse(session, 1, "CRE-01", "oui")
    avant = etat(session)
    ids = importer(session, {1: AUTRE, 2: UN}, {3: UN})
    assert evaluations.load(session.campagne, 1).reponses["CRE-01"].changements == (
        Changement(libelle=COLONNES[1].libelle, avant="200\u202f000", apres="250\u202f000"),
    )
    assert reception.last_undoable(session) == ids[0]
    faite = reception.undo_import(session, ids[1])  # any import of the lot names it
    assert (faite.imports, faite.retires, faite.remis, faite.gardes) == (tuple(ids), (3,), (1,), ())
    assert (faite.a_reconfirmer, faite.figees) == ((), ())
    assert etat(session) == avant
    assert verify(session.campagne) == []
    sauvegardes = [s.motif for s in backup.list_backups(session.campagne.dossier)]
    assert sauvegardes[0] == "avant-annulation"
    rapports = store_dossiers.imports(session.campagne)
    assert [r.annule_par for r in rapports] == ["", "Camille", "Camille"]
    assert reception.compte_rendu(session, ids[0]).rapport.annule_le is not None
    acte = next(e for e in journal.entries(session.campagne) if e.action == "import_annule")
    assert acte.apres == '{"gardes":[],"imports":[2,3],"pieces":0,"remis":[1],"retires":[3]}'


def test_a_new_dossier_that_somebody_began_is_kept_and_named(session: Session) -> None:
    (import_id,) = importer(session, {1: UN, 2: UN})
    operations.write_reponse(session, 2, Reponse(critere="REC-05", valeur="", commentaire="à lire"))
    faite = reception.undo_import(session, import_id)
    assert (faite.retires, faite.gardes) == ((1,), (2,))
    assert list(store_dossiers.known(session.campagne)) == [2]
    assert evaluations.load(session.campagne, 2).reponses["REC-05"].commentaire == "à lire"
    importer(session, {1: UN, 2: UN})
    assert reception.compte_rendu(session, 2).nouveaux == (1,)


def test_a_dossier_whose_accounts_were_typed_is_kept_and_its_derived_lines_go(session: Session) -> None:
    (import_id,) = importer(session, {1: UN, 2: UN})
    actes.change(session, actes.Genre.ANALYSE, {1: {"comptes/2024/total_produits": {"declare": "1"}}}, "comptes")
    load_panorama(session)
    faite = reception.undo_import(session, import_id)
    assert (faite.retires, faite.gardes) == ((2,), (1,))
    assert list(load_panorama(session).dossiers) == [1]
    assert verify(session.campagne) == []


def test_an_answer_given_on_what_goes_back_is_to_be_confirmed(session: Session) -> None:
    importer(session, {1: UN})
    for critere in ("CRE-01", "REC-05"):
        operations.save_reponse(session, 1, critere, "oui")
    (import_id,) = importer(session, {1: AUTRE})
    operations.confirm_reponse(session, 1, "CRE-01")
    faite = reception.undo_import(session, import_id)
    assert faite.a_reconfirmer == ((1, "CRE-01"),)
    (changement,) = evaluations.load(session.campagne, 1).reponses["CRE-01"].changements
    assert (changement.avant, changement.apres) == ("250\u202f000", "200\u202f000")


def test_only_the_last_import_that_stands_can_be_undone(session: Session) -> None:
    importer(session, {1: UN})
    importer(session, {1: AUTRE})
    with pytest.raises(StoreError, match="n’est pas le dernier"):
        reception.undo_import(session, 1)
    with pytest.raises(StoreError, match="n’existe pas"):
        reception.undo_import(session, 99)
    reception.undo_import(session, 2)
    sauvegardes = backup.list_backups(session.campagne.dossier)
    with pytest.raises(StoreError, match="déjà annulé"):
        reception.undo_import(session, 2)
    assert backup.list_backups(session.campagne.dossier) == sauvegardes
    reception.undo_import(session, 1)
    assert reception.last_undoable(session) is None
    assert store_dossiers.count(session.campagne) == 0


def test_a_finalised_evaluation_whose_record_goes_back_is_told(session: Session) -> None:
    importer(session, {1: UN, 2: UN})
    for numero in (1, 2):
        _conclure(session, numero)
    (import_id,) = importer(session, {1: AUTRE, 2: AUTRE})
    operations.reopen(session, 2, "données nouvelles")
    _conclure(session, 2)
    faite = reception.undo_import(session, import_id)
    assert faite.remis == (1, 2)
    assert faite.figees == (2,)  # the other one holds again


def _conclure(session: Session, numero: int) -> None:
    avis = Avis(avis=TypeAvis.IRRECEVABLE, motif="hors délai")
    fiche = store_dossiers.load(session.campagne, numero)
    evaluation = replace(evaluations.load(session.campagne, numero), avis=avis)
    empreinte = operations.data_fingerprint(session, fiche, evaluation)
    evaluations.conclude(session.campagne, numero, avis, empreinte=empreinte, auteur="Alix", now=session.horloge())


def test_pieces_of_the_import_leave_and_those_that_they_replaced_come_back(session: Session) -> None:
    importer(session, {1: UN, 2: UN})
    _piece(session, 1, import_id=1)
    importer(session, {3: UN, 4: UN})
    operations.save_reponse(session, 4, "REC-05", "oui")
    for numero in (1, 3, 4):
        _piece(session, numero, import_id=2)
    with connection.ecriture(session.campagne) as db:
        db.execute("UPDATE piece SET remplacee_par = 2 WHERE id = 1")
        db.execute("INSERT INTO piece_en_erreur VALUES (2, 3, 'perdue.pdf')")
    faite = reception.undo_import(session, 2)
    assert (faite.retires, faite.gardes, faite.pieces) == ((3,), (4,), 2)
    with connection.lecture(session.campagne) as db:
        assert db.execute("SELECT numero, remplacee_par FROM piece ORDER BY id").fetchall() == [
            (1, None),
            (4, None),
        ]
        assert db.execute("SELECT count(*) FROM piece_en_erreur").fetchone() == (0,)


def _piece(session: Session, numero: int, *, import_id: int) -> None:
    with connection.ecriture(session.campagne) as db:
        db.execute(
            "INSERT INTO piece (numero, genre, nom, chemin, empreinte, taille, crc, import_id) "
            "VALUES (?, 'piece', 'comptes.pdf', 'x', 'ab', 1, 1, ?)",
            [numero, import_id],
        )


CELLULES = st.tuples(st.sampled_from(["Projet", "Autre"]), st.sampled_from(["", "150000", "200000.5"]), st.just(""))
FICHIER = st.dictionaries(st.integers(1, 4), CELLULES, min_size=1, max_size=4)
IMPORT = st.lists(FICHIER, min_size=1, max_size=2).map(lambda f: ("importer", f))
REPONSE = st.tuples(
    st.just("repondre"), st.integers(1, 4), st.sampled_from(CRITERES), st.sampled_from(["oui", "non"])
)
CONFIRMATION = st.tuples(st.just("confirmer"), st.integers(1, 4), st.sampled_from(CRITERES))
HISTOIRES = st.lists(st.one_of(IMPORT, IMPORT, REPONSE, REPONSE, CONFIRMATION, st.just(("annuler",))), max_size=14)


@dataclass
class Histoire:
    """Lives a history, and checks each undoing against what was before the import that it undoes."""

    session: Session
    avant: list[tuple[datetime, Etat]] = field(default_factory=list)
    gardes: set[int] = field(default_factory=set)

    def importer(self, fichiers: Sequence[Mapping[int, Cellules]]) -> None:
        avant = etat(self.session)
        importer(self.session, *fichiers)
        self.avant.append((store_dossiers.imports(self.session.campagne)[-1].le, avant))
        assert sans_drapeau(etat(self.session).reponses) == sans_drapeau(avant.reponses)

    def repondre(self, numero: int, critere: str, valeur: str) -> None:
        if numero in store_dossiers.known(self.session.campagne):
            valeurs = {"FIN-02": {"oui": "3", "non": "1"}}
            operations.save_reponse(self.session, numero, critere, valeurs.get(critere, {}).get(valeur, valeur))

    def confirmer(self, numero: int, critere: str) -> None:
        if (numero, critere) in etat(self.session).reponses:
            operations.confirm_reponse(self.session, numero, critere)

    def annuler(self) -> None:
        dernier = reception.last_undoable(self.session)
        if dernier is None:
            assert not self.avant
            return
        present = etat(self.session)
        faite = reception.undo_import(self.session, dernier)
        le, attendu = self.avant.pop()
        self.gardes |= set(faite.gardes)
        self._comparer(etat(self.session), present, le, attendu)

    def _comparer(self, obtenu: Etat, present: Etat, le: datetime, attendu: Etat) -> None:
        assert obtenu.rangees.keys() - attendu.rangees.keys() <= self.gardes
        for numero in attendu.rangees:
            assert obtenu.rangees[numero] == attendu.rangees[numero]
            assert obtenu.fiches[numero] == attendu.fiches[numero]
            assert obtenu.versions[numero] == attendu.versions[numero]
        assert sans_drapeau(obtenu.reponses) == sans_drapeau(present.reponses)
        for cle, reponse in obtenu.reponses.items():
            if reponse.modifiee and reponse.modifiee <= le:
                assert reponse == attendu.reponses[cle]
            assert reponse.a_reconfirmer == bool(reponse.changements)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histoire=HISTOIRES)
def test_any_history_can_be_undone_back_to_its_beginning(vierge: Path, histoire: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as lieu:
        shutil.copytree(vierge, Path(lieu) / "c")
        with operations.open_session(Path(lieu) / "c", auteur="Camille", horloge=Horloge()) as session:
            vie = Histoire(session)
            for geste, *valeurs in histoire:
                getattr(vie, geste)(*valeurs)
            while vie.avant:
                vie.annuler()
            assert set(store_dossiers.known(session.campagne)) <= vie.gardes
            assert verify(session.campagne) == []


def test_the_correspondence_that_came_with_the_import_goes_with_it(session: Session) -> None:
    importer(session, {1: UN, 2: UN})
    for numero in (1, 2):
        operations.save_reponse(session, numero, "CRE-01", "oui")
    avant, texte = etat(session), connection.correspondance_toml(session.campagne)
    nouvelle = session.correspondance.avec({"cout_total": None})
    lus = [export(session, {1: AUTRE, 3: UN})]
    plans = reception.plan_in_campagne(session, lus, correspondance=nouvelle)
    reception.apply_plans(session, plans, correspondance=nouvelle)
    assert etat(session).rangees[2].cout_total is None
    assert etat(session).reponses[2, "CRE-01"].a_reconfirmer
    assert session.correspondance == nouvelle
    reception.undo_import(session, 2)
    assert connection.correspondance_toml(session.campagne) == texte
    assert session.correspondance.lier(COLONNES)[1] is not None
    assert etat(session) == avant
    assert verify(session.campagne) == []


def test_a_later_choice_of_correspondence_is_kept(session: Session) -> None:
    importer(session, {1: UN})
    nouvelle = session.correspondance.avec({"cout_total": None})
    plans = reception.plan_in_campagne(session, [export(session, {1: AUTRE})], correspondance=nouvelle)
    reception.apply_plans(session, plans, correspondance=nouvelle)
    autre = session.correspondance.avec({"intitule": None})
    reception.change_correspondance(session, autre, SilentReporter())
    reception.undo_import(session, 2)
    assert session.correspondance == autre
    assert etat(session).rangees[1].intitule == ""
    assert etat(session).fiches[1].cellules == UN


def test_a_failed_import_leaves_the_correspondence(session: Session) -> None:
    importer(session, {1: UN})
    ancienne = session.correspondance
    nouvelle = ancienne.avec({"cout_total": None})
    plans = reception.plan_in_campagne(session, [export(session, {1: AUTRE, 2: UN})], correspondance=nouvelle)
    perime = [replace(plans[0], nouveaux=plans[0].nouveaux * 2)]
    with pytest.raises(Exception, match="UNIQUE"):
        reception.apply_plans(session, perime, correspondance=nouvelle)
    assert session.correspondance == ancienne
    assert set(store_dossiers.known(session.campagne)) == {1}


def test_a_cancelled_undoing_changes_nothing(session: Session) -> None:
    class Arret(SilentReporter):
        def step(self, done: int, total: int, label: str) -> None:
            if "Retour" in label:
                raise StoreError("Opération annulée.")

    importer(session, {1: UN})
    importer(session, {1: AUTRE, 2: UN})
    avant = list(session.campagne.db.conn.iterdump())
    with pytest.raises(StoreError):
        reception.undo_import(session, 2, Arret())
    assert list(session.campagne.db.conn.iterdump()) == avant
