"""Archives received: with their table or alone, again, replaced, cancelled, killed; the dossier that shows them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from o2r_desktop import operations, reception
from o2r_desktop.cli import run
from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.dossiers.pieces import EtatPiece, PlanPieces, etat_piece
from o2r_desktop.errors import CancelledError, ExportError
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.reception.pieces import kept_bytes, plan_archives
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import pieces as store_pieces
from tests.o2r_desktop.archives import archive, standard

EXPORTS = Path(__file__).parent.parent / "data" / "exports"
NOM = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30"
TABLE = EXPORTS / f"{NOM}.xlsx"
NUMERO, AUTRE = 24000001, 24000002
ANNONCES = ["statuts.pdf", "comptes 2022.pdf", "comptes 2023.pdf", "comptes 2024.pdf", "budget_previsionnel.xlsx"]


@pytest.fixture
def zip_(tmp_path: Path) -> Path:
    """Pieces of two dossiers of the samples, and of one that they do not have."""
    return standard(
        tmp_path / f"{NOM}.zip",
        {NUMERO: {"statuts.pdf": b"statuts", "lettre.pdf": b"lettre"}, AUTRE: {"statuts.pdf": b"statuts"},
         99: {"a.pdf": b"perdue"}},
    )  # fmt: skip


@pytest.fixture(scope="module")
def importee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campagne that received the table; copy it."""
    dossier = tmp_path_factory.mktemp("table") / "c"
    importer(dossier, TABLE)
    return dossier


@pytest.fixture
def ami(tmp_path: Path, importee: Path, zip_: Path) -> Path:
    """A campagne that received the table, then the archive."""
    dossier = Path(shutil.copytree(importee, tmp_path / "campagne", ignore=shutil.ignore_patterns("verrou")))
    importer(dossier, zip_)
    return dossier


@pytest.fixture
def ouverte(ami: Path) -> Iterator[Session]:
    with operations.open_session(ami, auteur="Alix") as session:
        yield session


def importer(dossier: Path, *fichiers: Path, essai: bool = False) -> tuple[PlanPieces, ...]:
    return reception.import_files(dossier, fichiers, auteur="Camille", essai=essai).archives


def comptes(plan: PlanPieces) -> tuple[int, int, int, int]:
    return len(plan.nouvelles), len(plan.remplacees), len(plan.inchangees), len(plan.orphelines)


def test_table_and_archive_in_one_go_on_a_new_campagne(tmp_path: Path, zip_: Path) -> None:
    dossier = tmp_path / "neuve"
    (plan,) = importer(dossier, zip_, TABLE, essai=True)
    assert comptes(plan) == (3, 0, 0, 1)
    assert plan.manquantes == {NUMERO: tuple(ANNONCES[1:]), AUTRE: tuple(ANNONCES[1:])}
    assert not dossier.exists()
    (plan,) = importer(dossier, zip_, TABLE)
    assert comptes(plan) == (3, 0, 0, 1)
    with operations.open_session(dossier, auteur="") as session:
        assert len(store_pieces.received(session.campagne, NUMERO)) == 2
        assert operations.verify(session) == []


def test_same_archive_twice_changes_nothing(ami: Path, zip_: Path) -> None:
    (plan,) = importer(ami, zip_)
    assert comptes(plan) == (0, 0, 3, 1)
    assert len(list((ami / "pieces").glob("??/*"))) == 2  # equal bytes once


def test_the_dossier_shows_what_came_and_what_did_not(ouverte: Session) -> None:
    complet = operations.load_dossier(ouverte, NUMERO)
    assert [p.nom for p in complet.dossier.pieces] == [*ANNONCES, "lettre.pdf"]
    statuts, comptes_2022, *_, lettre = complet.dossier.pieces
    assert (statuts.champ, statuts.presente, len(statuts.empreinte)) == ("Statuts", True, 64)
    assert etat_piece(comptes_2022) is EtatPiece.MANQUANTE
    assert (lettre.champ, lettre.presente, lettre.genre) == ("", True, GenrePiece.PIECE)
    assert store_pieces.path_of(ouverte.campagne, lettre.empreinte).read_bytes() == b"lettre"


def test_a_new_version_replaces_and_is_told(ami: Path, tmp_path: Path) -> None:
    neuf = standard(tmp_path / f"{NOM[:-5]}11-30.zip", {NUMERO: {"statuts.pdf": b"nouveaux"}}, jour="05-07-2025")
    (plan,) = importer(ami, neuf)
    assert comptes(plan) == (0, 1, 0, 0)
    with operations.open_session(ami, auteur="") as session:
        statuts = operations.load_dossier(session, NUMERO).dossier.pieces[0]
        assert store_pieces.path_of(session.campagne, statuts.empreinte).read_bytes() == b"nouveaux"
        recues = store_pieces.received(session.campagne, NUMERO)
        assert sorted((r.nom, r.remplacee) for r in recues) == [
            ("lettre.pdf", False), ("statuts.pdf", False), ("statuts.pdf", True),
        ]  # fmt: skip
        assert operations.verify(session) == []


def test_an_older_archive_is_told(ami: Path, tmp_path: Path) -> None:
    vieux = standard(
        tmp_path / "dossiers_offre-de-reperage-et-remobilisation_2025-08-01_09-00.zip",
        {NUMERO: {"statuts.pdf": b"vieux"}}, jour="01-07-2025",
    )  # fmt: skip
    (plan,) = importer(ami, vieux)
    assert comptes(plan) == (0, 0, 0, 0)
    assert ["est plus ancienne" in a.quoi or "avant celle de la campagne" in a.quoi for a in plan.anomalies] == [
        True
    ] * 2


def test_an_older_template_is_left_aside_unless_asked_for(ami: Path, tmp_path: Path) -> None:
    def modele(jour: str, contenu: bytes) -> Path:
        nom = f"dossiers_offre-de-reperage-et-remobilisation_2025-{jour}_09-00.zip"
        return archive(tmp_path / nom, {f"dossier-{NUMERO}/statuts-{NUMERO}-01.pdf": contenu})

    importer(ami, modele("09-20", b"neuf"))
    vieux = modele("09-10", b"vieux")
    (plan,) = importer(ami, vieux)
    assert comptes(plan) == (0, 0, 0, 0)
    assert sum("vient d’une archive plus ancienne" in a.quoi for a in plan.anomalies) == 1
    with operations.open_session(ami, auteur="") as session:
        (prepare,) = reception.prepare(session, [vieux], SilentReporter()).archives
        assert comptes(prepare) == (0, 0, 0, 0)
    recu = reception.import_files(ami, [vieux], auteur="C", essai=False, meme_anciens=True)
    assert comptes(recu.archives[0]) == (0, 1, 0, 0)


def test_unreadable_archives_stop_only_themselves(ouverte: Session, zip_: Path, tmp_path: Path) -> None:
    piege = archive(tmp_path / "piege.zip", {"../a": b"x"})
    plans, illisibles = plan_archives(ouverte, [piege, zip_], (), SilentReporter())
    assert [p.archive.fichier for p in plans] == [zip_.name]
    assert [(c, "interdit" in phrase) for c, phrase in illisibles] == [(piege, True)]
    with pytest.raises(ExportError, match="interdit"):
        importer(ouverte.campagne.dossier.parent / "autre", TABLE, piege)
    assert not (ouverte.campagne.dossier.parent / "autre").exists()


def test_lost_bytes_come_back_with_their_archive(ouverte: Session, zip_: Path) -> None:
    lettre = operations.load_dossier(ouverte, NUMERO).dossier.pieces[-1]
    store_pieces.path_of(ouverte.campagne, lettre.empreinte).unlink()
    assert len(operations.verify(ouverte)) == 1
    plans, _ = plan_archives(ouverte, [zip_], (), SilentReporter())
    reception.apply_plans(ouverte, (), archives=plans)
    assert operations.verify(ouverte) == []


class _Arret(SilentReporter):
    """Asks to stop at the first copied byte, or kills the process as a power cut would."""

    def __init__(self, *, tue: bool = False, mot: str = "Copie") -> None:
        self.tue, self.mot = tue, mot

    def step(self, done: int, total: int, label: str) -> None:
        if label.startswith(self.mot) and done:
            if self.tue:
                os._exit(9)
            raise CancelledError("arrêt")


def test_a_cancelled_copy_leaves_the_campagne_as_it_was(ouverte: Session, tmp_path: Path) -> None:
    gros = standard(tmp_path / "gros.zip", {NUMERO: {f"{i}.pdf": bytes([i]) * 3_000_000 for i in range(3)}})
    avant = sorted(p for p in ouverte.campagne.dossier.rglob("pieces/**/*") if p.is_file())
    plans, _ = plan_archives(ouverte, [gros], (), SilentReporter())
    with pytest.raises(CancelledError):
        reception.apply_plans(ouverte, (), _Arret(), archives=plans)
    assert sorted(p for p in ouverte.campagne.dossier.rglob("pieces/**/*") if p.is_file()) == avant
    assert len(store_pieces.received(ouverte.campagne, NUMERO)) == 2


def test_a_killed_import_leaves_nothing_at_the_next_opening(ami: Path, tmp_path: Path) -> None:
    gros = standard(tmp_path / "gros.zip", {NUMERO: {f"{i}.pdf": bytes([i]) * 3_000_000 for i in range(3)}})
    code = (
        "import sys; from pathlib import Path; from o2r_desktop import reception\n"
        "from tests.o2r_desktop.test_reception_pieces import _Arret\n"
        "reception.import_files(Path(sys.argv[1]), [Path(sys.argv[2])], auteur='', essai=False,"
        " reporter=_Arret(tue=True))"
    )
    tue = subprocess.run([sys.executable, "-c", code, ami, gros], cwd=Path(__file__).parents[2], check=False)
    assert tue.returncode == 9
    restes = [p.name for p in (ami / "pieces").rglob("*") if p.is_file()]
    assert "en-cours" in restes
    assert len(restes) > 3
    with operations.open_session(ami, auteur="") as session:
        assert len([p for p in (ami / "pieces").rglob("*") if p.is_file()]) == 2
        assert len(store_pieces.received(session.campagne, NUMERO)) == 2
        assert operations.verify(session) == []


def test_nothing_to_keep_touches_no_disk(ouverte: Session, zip_: Path) -> None:
    plans, _ = plan_archives(ouverte, [zip_], (), SilentReporter())
    with kept_bytes(ouverte, plans, SilentReporter()) as depots:
        assert list(depots) == [{}]
        assert not (ouverte.campagne.dossier / "pieces" / "en-cours").exists()


def test_finalised_evaluations_stand_on_their_pieces(ouverte: Session) -> None:
    complet = operations.load_dossier(ouverte, NUMERO)
    enregistrement = store_dossiers.load(ouverte.campagne, NUMERO)
    avant = operations.data_fingerprint(ouverte, enregistrement, complet.evaluation)
    for piece in complet.dossier.pieces:
        if piece.presente:
            store_pieces.set_pages(ouverte.campagne, piece.empreinte, 7)
    assert operations.data_fingerprint(ouverte, enregistrement, complet.evaluation) == avant
    with ouverte.campagne.db.atomic():
        ouverte.campagne.db.execute("UPDATE piece SET empreinte = ? WHERE numero = ?", ["a" * 64, NUMERO])
    assert operations.data_fingerprint(ouverte, enregistrement, complet.evaluation) != avant


def test_command_line_tells_every_piece(tmp_path: Path, zip_: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = str(tmp_path / "c")
    assert run(["importer", str(TABLE), str(zip_), "--campagne", dossier, "--json"]) == 3
    dit = json.loads(capsys.readouterr().out)
    assert {cle: len(noms) for cle, noms in dit["pieces"].items()} == {
        "recues": 3, "remplacees": 0, "inchangees": 0, "orphelines": 1, "manquantes": 8, "en_erreur": 0,
    }  # fmt: skip
    assert dit["pieces"]["orphelines"] == [{"numero": 99, "nom": "a.pdf"}]
    assert [f["format"] for f in dit["fichiers"]] == ["xlsx_standard", "zip_pieces"]
    assert run(["importer", str(zip_), "--campagne", dossier, "--essai"]) == 3
    texte = capsys.readouterr().out
    assert "Pièces\u00a0: 0\u00a0nouvelle, 0\u00a0remplacée, 3\u00a0inchangées, 0 en erreur." in texte
    assert "Sans dossier dans la campagne\u00a0: dossier 99, «\u00a0a.pdf\u00a0»" in texte
    assert run(["dossier", str(NUMERO), "--campagne", dossier, "--json"]) == 0
    statuts = json.loads(capsys.readouterr().out)["pieces"][0]
    assert (statuts["nom"], statuts["presente"], statuts["pages"], statuts["genre"]) == (
        "statuts.pdf",
        True,
        0,
        "piece",
    )
    assert statuts["depose_le"] == "2025-07-04T16:03:00+02:00"
    assert run(["dossier", str(NUMERO), "--campagne", dossier]) == 0
    assert "lettre.pdf (reçue, déposée le 04/07/2025 à 16:03)" in capsys.readouterr().out
    assert run(["verifier", "--campagne", dossier]) == 0


def test_a_template_finds_dossiers_by_number_and_fields_by_label(ami: Path, tmp_path: Path) -> None:
    comptes_ = "comptes-annuels-approuves-n-1"
    noms = [f"statuts-{NUMERO}-01", f"{comptes_}-{NUMERO}-01", f"{comptes_}-{NUMERO}-02"]
    fichiers = {f"export/Projet - {NUMERO}/{nom}.pdf": nom.encode() for nom in noms}
    (plan,) = importer(ami, archive(tmp_path / "modele.zip", fichiers))
    assert plan.manquantes == {NUMERO: ("comptes 2024.pdf", "budget_previsionnel.xlsx")}
