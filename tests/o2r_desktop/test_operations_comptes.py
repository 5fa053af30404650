"""Accounts taken from a workbook: what is proposed, remembered and written."""

from pathlib import Path

from o2r_desktop.analyse.saisie import Source
from o2r_desktop.operations import Session, comptes
from o2r_desktop.operations.comptes import Prise

CSV = "Poste;2024;2023\nStocks;12;13\nMystère;5;6\n"


def test_amounts_of_a_post_add_up_and_what_is_retained_stays(session: Session, tmp_path: Path) -> None:
    chemin = tmp_path / "comptes.csv"
    chemin.write_text(CSV, "utf-8")
    feuille = comptes.lire_classeur(session, chemin).feuilles[0]
    proposee = comptes.proposer(feuille, comptes.load_correspondance(session))
    assert proposee.postes == {1: "stocks"}
    assert proposee.annees == {1: 2024, 2: 2023}
    fiches = {"comptes/2024/stocks": {"declare": "9", "retenu": "8", "note": "vu"}}
    prise = Prise(postes={1: "stocks", 2: "stocks"}, annees={1: 2024})
    source = Source(ou="comptes.csv", page=1)
    assert comptes.changements(fiches, proposee.lignes, prise, source) == {
        "comptes/2024/stocks": {
            "declare": "17.00", "retenu": "8", "note": "vu", "source": {"ou": "comptes.csv", "page": 1},
        }
    }  # fmt: skip


def test_choices_are_remembered_for_the_campagne(session: Session, tmp_path: Path) -> None:
    chemin = tmp_path / "comptes.csv"
    chemin.write_text(CSV, "utf-8")
    comptes.save_correspondance(session, {"MYSTÈRE": "creances", "Stocks": ""})
    connus = comptes.load_correspondance(session)
    feuille = comptes.lire_classeur(session, chemin).feuilles[0]
    assert comptes.proposer(feuille, connus).postes == {2: "creances"}


def test_what_is_kept_and_cannot_be_read_is_left_out(session: Session) -> None:
    from o2r_desktop.store import reglages

    reglages.ecrire(session.campagne, comptes.CLE, {"stocks": "inconnu", "x": "", "y": 3})
    assert comptes.load_correspondance(session) == {"x": ""}
    reglages.ecrire(session.campagne, comptes.CLE, [1])
    assert comptes.load_correspondance(session) == {}
