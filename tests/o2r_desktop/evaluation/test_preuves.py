"""Evidence: where it stands, how it is said, which answers have some."""

from dataclasses import replace

import pytest

from o2r_desktop.dossiers.model import Piece
from o2r_desktop.evaluation.grille import load_grille
from o2r_desktop.evaluation.preuves import (
    EXTRAIT_MAX,
    EtatPreuve,
    etat_preuve,
    extrait_de,
    jauge,
    jauge_dite,
    piece_citee,
    preuve_attendue,
    preuve_dite,
    sans_preuve,
)
from o2r_desktop.evaluation.reponses import MANQUANTE, SANS_OBJET, DecisionConstat, Evaluation, Preuve, Reponse
from o2r_desktop.resources import resource
from o2r_desktop.text import NBSP

A, B = "ab" * 32, "cd" * 32
COMPTES = Piece(nom="comptes_2024.pdf", champ="Comptes annuels", presente=True, empreinte=A)
NOUVEAUX = replace(COMPTES, empreinte=B)
ANNONCEE = Piece(nom="RIB.pdf", champ="RIB")
PIN = Preuve(ou="comptes_2024.pdf", page=4, empreinte=A)


@pytest.mark.parametrize(
    ("preuve", "pieces", "etat"),
    [
        (PIN, [COMPTES], EtatPreuve.ACTUELLE),
        (PIN, [replace(COMPTES, nom="autre nom.pdf")], EtatPreuve.ACTUELLE),
        (PIN, [NOUVEAUX], EtatPreuve.REMPLACEE),
        (PIN, [NOUVEAUX, COMPTES], EtatPreuve.ACTUELLE),
        (PIN, [replace(NOUVEAUX, nom="Comptes_2024.PDF")], EtatPreuve.REMPLACEE),
        (PIN, [replace(NOUVEAUX, nom="statuts.pdf")], EtatPreuve.ABSENTE),
        (PIN, [replace(COMPTES, presente=False, empreinte="")], EtatPreuve.ABSENTE),
        (PIN, [], EtatPreuve.ABSENTE),
        (Preuve(ou="Comptes_2024.pdf", page=4), [COMPTES], EtatPreuve.ACTUELLE),
        (Preuve(ou="statuts.pdf", page=4), [COMPTES], EtatPreuve.ABSENTE),
        (Preuve(ou="rib.pdf"), [COMPTES, ANNONCEE], EtatPreuve.ABSENTE),
        (Preuve(ou="Intitulé du projet", extrait="Les Horizons"), [COMPTES], EtatPreuve.FORMULAIRE),
    ],
)
def test_where_an_evidence_stands(preuve: Preuve, pieces: list[Piece], etat: EtatPreuve) -> None:
    assert etat_preuve(preuve, pieces) is etat


def test_the_piece_that_is_cited_is_known_by_its_bytes_then_by_its_name() -> None:
    autre = replace(COMPTES, nom="copie.pdf", empreinte=B)
    assert piece_citee(replace(PIN, empreinte=B), [COMPTES, autre]) is autre
    assert piece_citee(PIN, [NOUVEAUX, replace(NOUVEAUX, empreinte="ef" * 32)]).empreinte == "ef" * 32  # type: ignore[union-attr]
    assert piece_citee(PIN, [ANNONCEE]) is None


@pytest.mark.parametrize(
    ("preuve", "dite"),
    [
        (Preuve(ou="Budget prévisionnel", page=4), f"Budget prévisionnel, p.{NBSP}4"),
        (Preuve(ou="Statuts"), "Statuts"),
        (Preuve(ou="a\nb\x1b"), "a b"),
        (Preuve(ou="Plan.XLSX", page=2), f"Plan.XLSX, feuille{NBSP}2"),
        *(
            (Preuve(ou=f"a.{fin}", page=2), f"a.{fin}, feuille{NBSP}2")
            for fin in ("xls", "xlsm", "ods", "csv", "tsv")
        ),
        *((Preuve(ou=f"a.{fin}", page=3), f"a.{fin}, diapositive{NBSP}3") for fin in ("pptx", "odp")),
        *((Preuve(ou=f"a.{fin}", page=1), f"a.{fin}") for fin in ("txt", "docx", "odt", "rtf")),
        (Preuve(ou="rapport.docx", page=12), f"rapport.docx, p.{NBSP}12"),
        (Preuve(ou="scan.jpg", page=1), f"scan.jpg, p.{NBSP}1"),
        (Preuve(ou="xlsx.pdf", page=2), f"xlsx.pdf, p.{NBSP}2"),
        (Preuve(ou="budget.xlsx"), "budget.xlsx"),
    ],
)
def test_an_evidence_in_words(preuve: Preuve, dite: str) -> None:
    assert preuve_dite(preuve) == dite


def test_a_quotation_is_one_line_and_short() -> None:
    assert extrait_de(" Total des\n fonds\ufffc\x07 propres ") == "Total des fonds propres"
    assert len(extrait_de("mot " * 1000)) <= EXTRAIT_MAX
    assert extrait_de("mot " * 1000).endswith("mot…")


@pytest.mark.parametrize(
    ("reponse", "attendue"),
    [
        (Reponse(critere="x", valeur=""), False),
        (Reponse(critere="x", valeur=MANQUANTE), False),
        (Reponse(critere="x", valeur=SANS_OBJET), False),
        (Reponse(critere="x", valeur="2"), True),
        (Reponse(critere="x", valeur="oui"), True),
        (Reponse(critere="x", valeur="oui", decision=DecisionConstat.CONFIRME), False),
        (Reponse(critere="x", valeur="oui", decision=DecisionConstat.CONFIRME, preuves=(PIN,)), True),
        (Reponse(critere="x", valeur="oui", decision=DecisionConstat.CONTESTE, motif="m"), True),
    ],
)
def test_which_answers_should_have_evidence(reponse: Reponse, attendue: bool) -> None:
    assert preuve_attendue(reponse) is attendue


def test_the_gauge_and_the_levels_without_any_reason() -> None:
    grille = load_grille(resource("grilles", "ami_2025.toml").read_text("utf-8"), "ami_2025.toml")
    dites = [
        Reponse(critere="REC-01", valeur="oui", decision=DecisionConstat.CONFIRME),
        Reponse(critere="REC-02", valeur="oui", preuves=(PIN,)),
        Reponse(critere="FIN-02", valeur="4"),
        Reponse(critere="FIN-03", valeur="1", commentaire="Vu."),
        Reponse(critere="FIN-04", valeur="0", preuves=(PIN,)),
        Reponse(critere="FIN-05", valeur="2"),
        Reponse(critere="FIN-06", valeur="0", commentaire="  "),
        Reponse(critere="FIN-07", valeur=SANS_OBJET),
    ]
    evaluation = Evaluation(numero=1, grille="ami", version=1, reponses={r.critere: r for r in dites})
    assert jauge(grille, evaluation) == (2, 6)
    assert [c.id for c in sans_preuve(grille, evaluation)] == ["FIN-02", "FIN-06"]
    assert jauge(grille, Evaluation(numero=1, grille="ami", version=1)) == (0, 0)


@pytest.mark.parametrize(
    ("chiffres", "dite"),
    [((0, 0), ""), ((1, 3), "1 réponse sur 3 avec une preuve"), ((2, 3), "2 réponses sur 3 avec une preuve")],
)
def test_the_gauge_in_words(chiffres: tuple[int, int], dite: str) -> None:
    assert jauge_dite(*chiffres) == dite
