"""Receiving exports in two times: prepare and tick, then write; and what is told of it afterwards."""

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.errors import CancelledError, StoreError
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.store import dossiers as store_dossiers
from tests.o2r_desktop.imports.outils import CSV, JSON, XLSX

MAINTENANT = datetime(2025, 9, 2, 8, 42, tzinfo=UTC)
SILENCE = SilentReporter()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    operations.create_campagne(tmp_path / "c", maintenant=MAINTENANT)
    with operations.open_session(tmp_path / "c", auteur="Camille", horloge=lambda: MAINTENANT) as ouverte:
        yield ouverte


def changer(source: Path, cible: Path, numero: int, changements: dict[str, object]) -> Path:
    """Write an export like *source* where some answers of one dossier are others."""
    classeur = load_workbook(source)
    feuille = classeur["Dossiers"]
    titres = [c.value for c in feuille[1]]
    for rangee in feuille.iter_rows(min_row=2):
        if str(rangee[0].value) == str(numero):
            for titre, valeur in changements.items():
                rangee[titres.index(titre)].value = valeur
    classeur.save(cible)
    return cible


def etat(session: Session) -> str:
    """Return a fingerprint of all that the database says."""
    with sqlite3.connect(session.campagne.dossier / "o2r.db") as lue:
        return hashlib.sha256("\n".join(lue.iterdump()).encode()).hexdigest()


class Arret:
    """Cancels when work reaches a label."""

    def __init__(self, mot: str) -> None:
        self.mot = mot
        self.pas: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, label: str) -> None:
        self.pas.append((done, total, label))
        if self.mot and self.mot in label:
            raise CancelledError("Opération annulée.")


def test_pieces_are_counted_under_the_correspondence_that_is_chosen(session: Session, tmp_path: Path) -> None:
    champ = Colonne("Nos documents")
    classeur = load_workbook(XLSX)
    feuille = classeur["Dossiers"]
    rangees = list(feuille.iter_rows())
    for rangee, texte in zip(rangees, (champ.libelle, "a.pdf, b.pdf"), strict=False):
        feuille.cell(rangee[0].row, len(rangees[0]) + 1, texte)
    classeur.save(tmp_path / "a.xlsx")
    numero = int(str(rangees[1][0].value))
    pieces = next(a for a in session.correspondance.attributs if a.type is TypeChamp.PIECES)
    prepare = reception.prepare(session, [tmp_path / "a.xlsx"], SILENCE)
    choisie = session.correspondance.avec({pieces.id: champ}, [prepare.plans[0].read.jeux[0]])
    autre = reception.prepare(session, [tmp_path / "a.xlsx"], SILENCE, choisie)
    lu = next(d for d in autre.plans[0].nouveaux if d.numero == numero)
    annoncees = reception.pieces_annoncees(session, autre.plans[0], lu, autre.correspondance)
    assert {"a.pdf", "b.pdf"} <= {p.nom for p in annoncees}
    assert autre.pieces[numero] == len(annoncees)
    assert not {"a.pdf"} & {p.nom for p in reception.pieces_annoncees(session, autre.plans[0], lu)}


def test_an_unreadable_file_does_not_stop_the_others(session: Session, tmp_path: Path) -> None:
    mauvais = tmp_path / "tronque.xlsx"
    mauvais.write_bytes(XLSX.read_bytes()[:4000])
    avant = etat(session)
    prepare = reception.prepare(session, [mauvais, XLSX], SILENCE)
    assert [len(p.nouveaux) for p in prepare.plans] == [38]
    assert prepare.illisibles[0][0] == mauvais
    assert "tronque.xlsx" in prepare.illisibles[0][1]
    assert etat(session) == avant


def test_a_dossier_left_out_is_not_written_and_the_report_says_so(session: Session) -> None:
    plans = reception.prepare(session, [XLSX], SILENCE).plans
    retenus = reception.retenir(plans, frozenset({24000001, 24000034}))
    (import_id,) = reception.apply_plans(session, retenus)
    assert 24000001 not in store_dossiers.known(session.campagne)
    assert store_dossiers.count(session.campagne) == 36
    compte = reception.compte_rendu(session, import_id)
    assert len(compte.nouveaux) == compte.rapport.nouveaux == 36
    dits = [a.quoi for a in compte.rapport.anomalies if "décochés" in a.quoi]
    assert len(dits) == 1
    assert "24" in dits[0]
    assert not [a for a in compte.rapport.anomalies if a.numero == 24000034]


def test_leaving_nothing_out_changes_nothing(session: Session) -> None:
    plans = reception.prepare(session, [XLSX], SILENCE).plans
    assert reception.retenir(plans, frozenset()) == list(plans)


def test_a_dossier_in_two_files_is_left_out_of_both(session: Session, tmp_path: Path) -> None:
    autre = changer(XLSX, tmp_path / "autre.xlsx", 24000001, {"Email": "autre@asso.example"})
    plans = reception.prepare(session, [XLSX, autre], SILENCE).plans
    assert [lu.numero for p in plans for lu in p.nouveaux].count(24000001) == 1  # the files were merged
    reception.apply_plans(session, reception.retenir(plans, frozenset({24000001})))
    assert 24000001 not in store_dossiers.known(session.campagne)


def test_absent_means_absent_from_every_file(session: Session, tmp_path: Path) -> None:
    reception.apply_plans(session, reception.prepare(session, [XLSX], SILENCE).plans)
    assert reception.prepare(session, [CSV, JSON], SILENCE).absents == ()
    classeur = load_workbook(XLSX)
    classeur["Dossiers"].delete_rows(2)
    classeur.save(tmp_path / "moins.xlsx")
    (absent,) = reception.prepare(session, [tmp_path / "moins.xlsx"], SILENCE).absents
    assert absent.numero == 24000038


def test_deposits_after_the_deadline_to_the_second(session: Session) -> None:
    plans = reception.prepare(session, [XLSX], SILENCE).plans
    depots = {lu.numero: lu.apercu.depot for lu in plans[0].read.dossiers}
    dernier = max(d for d in depots.values() if d)
    a_l_heure = session.parametres.avec(date_limite=dernier)
    assert reception.depots_hors_delai(plans, a_l_heure) == frozenset()
    avant = session.parametres.avec(date_limite=dernier - timedelta(seconds=1))
    assert reception.depots_hors_delai(plans, avant) == {n for n, d in depots.items() if d == dernier}


def test_announced_pieces_are_counted_and_named(session: Session) -> None:
    prepare = reception.prepare(session, [XLSX], SILENCE)
    plan = prepare.plans[0]
    for lu in plan.nouveaux:
        noms = reception.pieces_annoncees(session, plan, lu)
        assert len(noms) == prepare.pieces[lu.numero]
    assert {p.nom for p in reception.pieces_annoncees(session, plan, plan.nouveaux[0])} >= {"statuts.pdf"}


def test_answers_that_a_change_touches_are_told_before_and_flagged_after(session: Session, tmp_path: Path) -> None:
    reception.apply_plans(session, reception.prepare(session, [XLSX], SILENCE).plans)
    operations.save_reponse(session, 24000001, "REC-02", "oui")
    change = changer(
        XLSX, tmp_path / "autre.xlsx", 24000001, {"Déposé le": datetime.fromisoformat("2025-08-13T12:00:01")}
    )
    prepare = reception.prepare(session, [change], SILENCE)
    assert prepare.a_reconfirmer == {24000001: ("REC-02",)}
    (import_id,) = reception.apply_plans(session, prepare.plans)
    compte = reception.compte_rendu(session, import_id)
    assert compte.a_reconfirmer == ((24000001, "REC-02"),)
    assert 24000001 in compte.hors_delai
    ((numero, differences),) = compte.modifies
    assert numero == 24000001
    assert [(d.libelle, d.apres) for d in differences] == [("Date de dépôt", "13/08/2025 à 12:00:01")]


def test_the_account_of_an_import_knows_its_own_lines_only(session: Session) -> None:
    (premier,) = reception.apply_plans(session, reception.prepare(session, [XLSX], SILENCE).plans)
    (second,) = reception.apply_plans(session, reception.prepare(session, [XLSX], SILENCE).plans)
    assert len(reception.compte_rendu(session, premier).nouveaux) == 38
    apres = reception.compte_rendu(session, second)
    assert (apres.nouveaux, apres.modifies, apres.rapport.inchanges) == ((), (), 38)
    with pytest.raises(StoreError, match="import n° 99"):
        reception.compte_rendu(session, 99)


@pytest.mark.parametrize("mot", ["Sauvegarde", "Enregistrement des dossiers modifiés"])
def test_a_cancel_while_writing_leaves_everything(session: Session, tmp_path: Path, mot: str) -> None:
    reception.apply_plans(session, reception.prepare(session, [XLSX], SILENCE).plans)
    change = changer(XLSX, tmp_path / "autre.xlsx", 24000001, {"Email": "autre@asso.example"})
    plans = reception.prepare(session, [change], SILENCE).plans
    avant = etat(session)
    with pytest.raises(CancelledError):
        reception.apply_plans(session, plans, Arret(mot))
    assert etat(session) == avant


@pytest.mark.parametrize("mot", ["Lecture", "Comparaison", "Contrôle des pièces"])
def test_a_cancel_while_reading_stops(session: Session, mot: str) -> None:
    with pytest.raises(CancelledError):
        reception.prepare(session, [XLSX], Arret(mot))


def test_progress_counts_every_file(session: Session, tmp_path: Path) -> None:
    autre = changer(XLSX, tmp_path / "autre.xlsx", 24000001, {"Email": "autre@asso.example"})
    plans = reception.prepare(session, [XLSX, autre], SILENCE).plans
    temoin = Arret("")
    reception.apply_plans(session, plans, temoin)
    assert {total for _, total, _ in temoin.pas} == {38}
    faits = [fait for fait, _, _ in temoin.pas]
    assert faits == sorted(faits)
    assert faits[-1] == 38
