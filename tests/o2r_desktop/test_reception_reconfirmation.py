"""Answers that an archive puts in doubt: told before it is written, as they are after."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from o2r_desktop import operations, reception
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.store import imports
from tests.o2r_desktop.archives import archive, deposee

FINALE, PROJET = 25000101, 25000105
IMPRIME = f"export/dossier-{FINALE}/dossier-{FINALE}.pdf"


@pytest.fixture
def session(demonstration_faite: Path, tmp_path: Path) -> Iterator[Session]:
    with operations.open_session(
        Path(shutil.copytree(demonstration_faite, tmp_path / "c")), auteur="Camille"
    ) as ouverte:
        yield ouverte


def _recevoir(session: Session, chemin: Path) -> reception.Preparation:
    preparation = reception.prepare(session, [chemin], SilentReporter())
    reception.apply_plans(session, preparation.plans, archives=preparation.archives)
    return preparation


def _citer(session: Session, numero: int, nom: str) -> str:
    """Have the first answer of a dossier stand on a file."""
    preuves = json.dumps([{"ou": nom, "page": 1, "extrait": "", "empreinte": ""}])
    with session.campagne.db.atomic():
        critere = session.campagne.db.execute(
            "SELECT critere FROM reponse WHERE numero = ? AND valeur <> '' ORDER BY critere", [numero]
        ).fetchone()[0]
        session.campagne.db.execute(
            "UPDATE reponse SET preuves = ? WHERE numero = ? AND critere = ?", [preuves, numero, critere]
        )
    return str(critere)


def test_an_answer_on_a_replaced_file_is_told_as_it_will_be_flagged(session: Session, tmp_path: Path) -> None:
    premiere = archive(tmp_path / "a.zip", {deposee(PROJET, "lettre.pdf"): b"un"})
    assert _recevoir(session, premiere).a_reconfirmer == {}
    operations.save_reponse(session, PROJET, "REC-02", "oui")
    critere = _citer(session, PROJET, "lettre.pdf")
    seconde = archive(tmp_path / "b.zip", {deposee(PROJET, "lettre.pdf", jour="05-07-2025"): b"deux"})
    preparation = _recevoir(session, seconde)
    assert preparation.a_reconfirmer == {PROJET: (critere,)}
    compte = reception.compte_rendu(session, len(imports.imports(session.campagne)))
    assert compte.a_reconfirmer == ((PROJET, critere),)
    assert not [a for a in preparation.archives[0].anomalies if a.ou == "l’évaluation"]


@pytest.mark.parametrize("nom", ["lettre.pdf", "imprimé"])
def test_a_frozen_evaluation_on_a_replaced_file_is_told_once(session: Session, tmp_path: Path, nom: str) -> None:
    chemins = {
        "lettre.pdf": [deposee(FINALE, "lettre.pdf", jour=jour) for jour in ("04-07-2025", "05-07-2025")],
        "imprimé": [IMPRIME, IMPRIME],
    }[nom]
    _recevoir(session, archive(tmp_path / "a.zip", {chemins[0]: b"un"}))
    _citer(session, FINALE, Path(IMPRIME).name if nom == "imprimé" else nom)
    (plan,) = reception.prepare(
        session, [archive(tmp_path / "b.zip", {chemins[1]: b"deux ou trois"})], SilentReporter()
    ).archives
    assert len(plan.remplacees) == 1
    (dite,) = [a for a in plan.anomalies if a.ou == "l’évaluation"]
    assert dite.numero == FINALE
    assert "est figée" in dite.quoi
    assert "rouvrez-la" in dite.quoi
