"""Files that come again: the same are not read, older ones replace nothing unasked, evidence that moves is told."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.model import GenrePiece, Gravite, Origine
from o2r_desktop.dossiers.pieces import ArchiveLue, PieceLue, PieceRecue, PlanPieces
from o2r_desktop.evaluation.reponses import Changement, Preuve, Reponse
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.reception.fraicheur import with_older
from o2r_desktop.reception.reconfirmation import par_archive, repondues
from o2r_desktop.store import connection, evaluations, journal
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import imports as store_imports
from tests.o2r_desktop.imports.outils import CSV, JSON, XLSX
from tests.o2r_desktop.test_reception_preparation import changer

MAINTENANT = datetime(2025, 9, 2, 8, 42, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
SILENCE = SilentReporter()
COURRIEL = {"Email": "autre@asso.example"}


class Horloge:
    def __init__(self) -> None:
        self.heure = MAINTENANT

    def __call__(self) -> datetime:
        self.heure += timedelta(minutes=1)
        return self.heure


@pytest.fixture(scope="module")
def recue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campagne that received the XLSX sample."""
    dossier = tmp_path_factory.mktemp("recue") / "c"
    operations.create_campagne(dossier, maintenant=MAINTENANT)
    with operations.open_session(dossier, auteur="Camille", horloge=Horloge()) as session:
        reception.apply_plans(session, reception.prepare(session, [XLSX], SILENCE).plans)
    return dossier


@pytest.fixture
def session(recue: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(recue, tmp_path / "c", ignore=shutil.ignore_patterns("verrou"))
    with operations.open_session(tmp_path / "c", auteur="Camille", horloge=Horloge()) as ouverte:
        yield ouverte


class Lectures(SilentReporter):
    """Remembers whether a file was read."""

    def __init__(self) -> None:
        self.lu = False

    def step(self, done: int, total: int, label: str) -> None:
        self.lu |= label == "Lecture des dossiers"


def preparer(session: Session, fichiers: Sequence[Path]) -> tuple[reception.Preparation, bool]:
    temoin = Lectures()
    return reception.prepare(session, fichiers, temoin), temoin.lu


def test_the_same_file_is_not_read_again_and_says_the_same(session: Session) -> None:
    premier = store_dossiers.imports(session.campagne)[0]
    for rang in (2, 3):
        prepare, lu = preparer(session, [XLSX])
        assert not lu
        (plan,) = prepare.plans
        assert set(plan.inchanges) == store_dossiers.known(session.campagne).keys()
        assert (plan.nouveaux, plan.modifies, plan.absents, prepare.absents) == ((), (), (), ())
        assert plan.read.refuses == premier.refuses
        assert plan.read.date_fichier == premier.date_fichier
        (*lues, deja) = plan.anomalies
        assert tuple(lues) == premier.anomalies[: premier.lues]
        assert (deja.gravite, "a déjà été importé le 02/09/2025" in deja.quoi) == (Gravite.INFORMATION, True)
        (import_id,) = reception.apply_plans(session, prepare.plans)
        rapport = store_dossiers.imports(session.campagne)[-1]
        assert (import_id, rapport.id, rapport.inchanges, rapport.numeros) == (rang, rang, 38, premier.numeros)
        assert store_imports.columns(session.campagne, rang) == store_imports.columns(session.campagne, 1)


def test_what_reading_it_again_would_say_is_what_is_said(session: Session) -> None:
    """The two ways give the same plan, but for the sentence and for the dossiers that are not read."""
    deja = preparer(session, [XLSX])[0].plans[0]
    session.campagne.db.execute("UPDATE import_ SET lecture = 'autre programme'")
    prepare, lu = preparer(session, [XLSX])
    relu = prepare.plans[0]
    assert lu
    assert set(deja.inchanges) == set(relu.inchanges)
    assert deja.anomalies[:-1] == relu.anomalies
    assert deja.read == replace(relu.read, dossiers=())


def test_a_renamed_copy_is_the_same_file(session: Session, tmp_path: Path) -> None:
    copie = Path(shutil.copy(XLSX, tmp_path / "export (1).xlsx"))
    prepare, lu = preparer(session, [copie])
    assert (lu, prepare.plans[0].read.fichier, prepare.plans[0].read.date_fichier) == (False, copie.name, None)


def test_files_made_together_come_again_together_only(session: Session) -> None:
    reception.apply_plans(session, reception.prepare(session, [CSV, JSON], SILENCE).plans)
    prepare, lu = preparer(session, [JSON, CSV])
    assert not lu
    assert [p.read.fichier for p in prepare.plans] == [JSON.name, CSV.name]
    assert preparer(session, [JSON])[1]
    assert preparer(session, [JSON, XLSX])[1]
    assert preparer(session, [JSON, JSON])[1]


def test_a_file_is_read_again_when_a_record_changed_since(session: Session, tmp_path: Path) -> None:
    change = changer(XLSX, tmp_path / "autre.xlsx", 24000001, COURRIEL)
    reception.apply_plans(session, reception.prepare(session, [change], SILENCE).plans)
    prepare, lu = preparer(session, [XLSX])
    assert lu
    assert [m.lu.numero for m in prepare.plans[0].modifies] == [24000001]
    reception.undo_import(session, 2)
    assert not preparer(session, [XLSX])[1]  # the records are again those of the first import
    assert preparer(session, [change])[1]  # which is forgotten


@pytest.mark.parametrize("exclu", [24000001, 24000002])
def test_a_file_whose_dossiers_were_not_all_taken_is_read_again(
    session: Session, tmp_path: Path, exclu: int
) -> None:
    change = changer(XLSX, tmp_path / "autre.xlsx", 24000001, COURRIEL)
    plans = reception.retenir(reception.prepare(session, [change], SILENCE).plans, frozenset({exclu}))
    reception.apply_plans(session, plans)
    prepare, lu = preparer(session, [change])
    assert lu
    assert [m.lu.numero for m in prepare.plans[0].modifies] == ([24000001] if exclu == 24000001 else [])


def test_the_command_does_not_read_it_either(session: Session) -> None:
    dossier = session.campagne.dossier
    session.campagne.close()
    temoin = Lectures()
    recu = reception.import_files(dossier, [XLSX], auteur="Camille", essai=False, reporter=temoin)
    assert not temoin.lu
    assert len(recu.plans[0].inchanges) == 38


# --- older files --------------------------------------------------------------------------------------------------


def plan_date(session: Session, tmp_path: Path, nom: str, changements: dict[str, object]) -> ImportPlan:
    """Plan an export of that name where one dossier says something else."""
    change = changer(XLSX, tmp_path / nom, 24000001, changements)
    return reception.prepare(session, [change], SILENCE).plans[0]


def nom_du(jour: str) -> str:
    return f"dossiers_offre-de-reperage-et-remobilisation_{jour}_10-30.xlsx"


def test_an_older_file_is_told_with_both_dates_and_its_changes_are_marked(session: Session, tmp_path: Path) -> None:
    plan = plan_date(session, tmp_path, nom_du("2025-08-01"), COURRIEL)
    assert plan.plus_anciens == {24000001}
    alertes = [a for a in plan.anomalies if a.gravite is Gravite.ALERTE and "déjà importé" in a.quoi]
    assert [a.numero for a in alertes] == [None]
    premier = store_dossiers.imports(session.campagne)[0]
    assert "01/08/2025 à 10:30" in alertes[0].quoi
    assert premier.date_fichier is not None
    assert f"{premier.date_fichier.astimezone(PARIS):%d/%m/%Y à %H:%M}" in alertes[0].quoi
    assert [a.numero for a in plan.anomalies if a.quoi.startswith("plus ancien que «")] == [24000001]


def test_a_later_update_wins_over_the_name_of_the_file(session: Session, tmp_path: Path) -> None:
    maj = {"Dernière mise à jour le": datetime(2025, 12, 1, 10, tzinfo=PARIS).replace(tzinfo=None)}
    plan = plan_date(session, tmp_path, nom_du("2025-08-01"), {**COURRIEL, **maj})
    assert plan.plus_anciens == frozenset()


def test_an_older_update_wins_over_the_name_of_the_file(session: Session, tmp_path: Path) -> None:
    maj = {"Dernière mise à jour le": datetime(2024, 12, 1, 10, tzinfo=PARIS).replace(tzinfo=None)}
    plan = plan_date(session, tmp_path, nom_du("2026-08-01"), {**COURRIEL, **maj})
    assert plan.plus_anciens == {24000001}


def test_a_newer_file_or_an_undated_one_marks_nothing(session: Session, tmp_path: Path) -> None:
    for nom in (nom_du("2026-08-01"), "sans date.xlsx"):
        plan = plan_date(session, tmp_path, nom, COURRIEL)
        assert plan.plus_anciens == frozenset()
        assert [m.lu.numero for m in plan.modifies] == [24000001]
        assert not [a for a in plan.anomalies if "déjà importé" in a.quoi]


def test_an_undone_import_makes_no_file_old(session: Session, tmp_path: Path) -> None:
    reception.undo_import(session, 1)
    plan = plan_date(session, tmp_path, nom_du("2025-08-01"), COURRIEL)
    assert plan == with_older(session, plan)
    assert (plan.plus_anciens, len(plan.nouveaux)) == (frozenset(), 38)


def test_the_command_leaves_older_states_out_unless_asked(session: Session, tmp_path: Path) -> None:
    dossier = session.campagne.dossier
    session.campagne.close()
    change = changer(XLSX, tmp_path / nom_du("2025-08-01"), 24000001, COURRIEL)
    sans = reception.import_files(dossier, [change], auteur="C", essai=False)
    assert sans.plans[0].modifies == ()
    assert [a.quoi for a in sans.plans[0].anomalies][-1] == (
        "1\u00a0dossier plus ancien que dans la campagne et laissé de côté\u00a0: 24\u202f000\u202f001"
    )
    avec = reception.import_files(dossier, [change], auteur="C", essai=False, meme_anciens=True)
    assert [m.lu.numero for m in avec.plans[0].modifies] == [24000001]


# --- answers to be confirmed --------------------------------------------------------------------------------------


def test_a_critere_without_a_rule_is_flagged_by_its_field(session: Session, tmp_path: Path) -> None:
    """FIN-02 has no constat: the grille says which fields it reads."""
    critere = next(c for c in session.grille.criteres if not c.automatise and "budget_annuel" in c.attributs)
    ailleurs = next(c for c in session.grille.criteres if not c.automatise and "budget_annuel" not in c.attributs)
    for choisi in (critere, ailleurs):
        reponse = Reponse(critere=choisi.id, valeur="2" if choisi.niveaux else "oui")
        operations.write_reponse(session, 24000001, reponse)
    champ = "Budget annuel N-1 de la structure (€)"
    change = changer(XLSX, tmp_path / "autre.xlsx", 24000001, {champ: 123456})
    prepare = reception.prepare(session, [change], SILENCE)
    assert prepare.a_reconfirmer == {24000001: (critere.id,)}
    (import_id,) = reception.apply_plans(session, prepare.plans)
    assert reception.compte_rendu(session, import_id).a_reconfirmer == ((24000001, critere.id),)
    reponses = operations.load_dossier(session, 24000001).evaluation.reponses
    assert not reponses[ailleurs.id].a_reconfirmer
    (changement,) = reponses[critere.id].changements
    assert (changement.libelle, changement.apres) == (champ, "123\u202f456")


def test_confirming_and_undoing_the_confirmation(session: Session, tmp_path: Path) -> None:
    operations.save_reponse(session, 24000001, "REC-02", "oui")
    depot = {"Déposé le": datetime.fromisoformat("2025-08-13T12:00:01")}
    change = changer(XLSX, tmp_path / "autre.xlsx", 24000001, depot)
    reception.apply_plans(session, reception.prepare(session, [change], SILENCE).plans)
    avant = evaluations.load(session.campagne, 24000001).reponses["REC-02"]
    assert avant.a_reconfirmer
    assert [c.libelle for c in avant.changements] == ["Date de dépôt"]
    confirmee = operations.confirm_reponse(session, 24000001, "rec-02")
    assert (confirmee.valeur, confirmee.a_reconfirmer, confirmee.changements) == ("oui", False, ())
    assert evaluations.load(session.campagne, 24000001).reponses["REC-02"] == confirmee
    assert operations.confirm_reponse(session, 24000001, "REC-02") == confirmee  # nothing more to say
    operations.write_reponse(session, 24000001, avant)  # as the undo of the window does
    remise = evaluations.load(session.campagne, 24000001).reponses["REC-02"]
    assert (remise.a_reconfirmer, remise.changements) == (True, avant.changements)


def archive(*remplacees: tuple[PieceRecue, PieceLue]) -> PlanPieces:
    pieces = tuple(p for _, p in remplacees)
    lue = ArchiveLue(chemin=Path("a.zip"), fichier="a.zip", date_fichier=None, demarche="", pieces=pieces)
    return PlanPieces(archive=lue, remplacees=remplacees)


def remplacement(numero: int, nom: str, jour: int | None) -> tuple[PieceRecue, PieceLue]:
    lue = PieceLue(
        numero=numero,
        genre=GenrePiece.PIECE,
        nom=nom,
        chemin=f"x/{nom}",
        taille=2,
        crc=2,
        depose_le=None if jour is None else datetime(2025, 9, jour, 10, tzinfo=PARIS),
    )
    ancienne = PieceRecue(
        id=1,
        numero=numero,
        genre=GenrePiece.PIECE,
        nom=nom,
        chemin=f"x/{nom}",
        empreinte="ab" * 32,
        taille=1,
        crc=1,
        depose_le=datetime(2025, 8, 1, 10, tzinfo=PARIS),
        pages=None,
        import_id=1,
    )
    return ancienne, lue


@pytest.mark.parametrize(
    ("preuve", "cite"),
    [
        (Preuve(ou="Comptes 2023.PDF", page=4), True),
        (Preuve(ou="ailleurs.pdf", empreinte="ab" * 32), True),
        (Preuve(ou="comptes 2023.pdf", empreinte="cd" * 32), True),  # those bytes left with an undone import
        (Preuve(ou="autres.pdf", empreinte="cd" * 32), False),
        (Preuve(ou="comptes.pdf"), False),
    ],
)
def test_an_answer_pinned_to_a_file_that_is_replaced(session: Session, preuve: Preuve, *, cite: bool) -> None:
    for numero in (24000001, 24000002):
        operations.save_reponse(session, numero, "FIN-01", "oui", preuves=(preuve,))
    plan = archive(remplacement(24000001, "comptes 2023.pdf", 3))
    assert repondues(session, (), [plan]) == ({24000001: ("FIN-01",)} if cite else {})
    touches = par_archive(session, plan, {"x/comptes 2023.pdf": "ef" * 32})
    with connection.ecriture(session.campagne) as db:
        actes = evaluations.flag(db, touches)
        journal.append(db, actes, auteur="C", now=MAINTENANT)
    reponse = evaluations.load(session.campagne, 24000001).reponses["FIN-01"]
    attendu = Changement(
        libelle="comptes 2023.pdf", avant="déposée le 01/08/2025 à 10:00", apres="déposée le 03/09/2025 à 10:00"
    )
    assert (reponse.a_reconfirmer, reponse.changements) == (cite, (attendu,) if cite else ())
    assert reponse.preuves == (preuve,)
    assert not evaluations.load(session.campagne, 24000002).reponses["FIN-01"].a_reconfirmer


def test_a_replaced_file_without_a_date_is_told_by_its_fingerprints(session: Session) -> None:
    operations.save_reponse(session, 24000001, "FIN-01", "oui", preuves=(Preuve(ou="comptes.pdf"),))
    plan = archive(remplacement(24000001, "comptes.pdf", None))
    (changement,) = par_archive(session, plan, {"x/comptes.pdf": "ef" * 32})[24000001]["FIN-01"]
    assert (changement.avant, changement.apres) == ("empreinte\u00a0abababab", "empreinte\u00a0efefefef")


def test_archives_are_no_file_of_dossiers(session: Session) -> None:
    with connection.ecriture(session.campagne) as db:
        db.execute("UPDATE import_ SET origine = ?, date_fichier = '2030-01-01'", [Origine.ZIP_PIECES.value])
    assert store_imports.newer(session.campagne, MAINTENANT) == []
