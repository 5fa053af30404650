"""What a note says."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    NON,
    OUI,
    SANS_OBJET,
    DecisionConstat,
    EtatEvaluation,
    Reponse,
    TypeAvis,
)
from o2r_desktop.notes.modele import Fiche, NoteContent, Puces, Rubrique, Table, Texte, Ton
from o2r_desktop.notes.valeurs import court, etiquette
from o2r_desktop.text import NBSP, NNBSP
from tests.o2r_desktop.notes import fabrique

Contenir = Callable[[str], NoteContent]


def rubrique(contenu: NoteContent, ancre: str) -> Rubrique:
    return next(r for r in contenu.rubriques if r.ancre == ancre)


def fiche(contenu: NoteContent, ancre: str) -> dict[str, str]:
    return {cle: v for c in rubrique(contenu, ancre).contenu if isinstance(c, Fiche) for cle, v in c.lignes}


def textes(contenu: NoteContent, ancre: str) -> str:
    return "\n".join(c.texte for c in rubrique(contenu, ancre).contenu if isinstance(c, Texte))


def avec(**plus: Any) -> NoteContent:
    return fabrique.note(fabrique.dossier(), fabrique.evaluation(**plus), fabrique.lot())


def test_parts_in_the_order_of_the_plan(note_content: Contenir) -> None:
    assert [r.ancre for r in note_content("complete").rubriques] == [
        "identification", "controles", "projet", "priorites", "finances", "credibilite", "territoire", "reseau",
        "appreciations", "points", "echanges", "proposition", "visas", "grille", "formulaire", "pieces", "sources",
    ]  # fmt: skip


def test_page_1_decides(note_content: Contenir) -> None:
    s = note_content("complete").synthese
    assert (s.porteur, s.projet) == ("Passerelle des Mauges", "Repérer et remobiliser les jeunes des Mauges")
    assert s.avis.avis == "Favorable avec réserves"
    assert s.avis.ton is Ton.ALERTE
    assert s.avis.montant == f"398{NNBSP}200,00{NBSP}€ sur 3{NBSP}ans, pour 412{NNBSP}600,00{NBSP}€ demandés."
    assert s.score.mention == "/ 100 · 39/39 critères notés"
    assert s.score.rang == "Rang 6 sur 27 notés · médiane 63,4"
    assert [(c.libelle, c.valeur) for c in s.chiffres] == [
        ("Coût total", f"589{NNBSP}430{NBSP}€"),
        ("Part demandée", f"70{NNBSP}%"),
        ("Bénéficiaires", "312"),
        ("Coût par bénéficiaire", f"1{NNBSP}889{NBSP}€"),
    ]


@pytest.mark.parametrize(
    ("avis", "ton"),
    [
        (TypeAvis.FAVORABLE, Ton.BON),
        (TypeAvis.AJOURNE, Ton.ALERTE),
        (TypeAvis.DEFAVORABLE, Ton.MAUVAIS),
        (TypeAvis.IRRECEVABLE, Ton.MAUVAIS),
    ],
)
def test_opinion_without_money(avis: TypeAvis, ton: Ton) -> None:
    boite = avec(avis=fabrique.avis(avis=avis, montants={})).synthese.avis
    assert boite.ton is ton
    assert boite.montant.startswith("Aucun montant proposé")


def test_no_opinion_yet(note_content: Contenir) -> None:
    contenu = note_content("en_cours")
    assert contenu.synthese.avis.avis == "Avis non rendu"
    assert contenu.synthese.score.mention == "/ 100 · prov. 3/39 critères notés"
    assert contenu.synthese.score.rang.startswith("Rang non établi")
    assert contenu.synthese.statut == "Projet, évaluation en cours · 02/09/2025"
    assert "Avis non rendu." in textes(contenu, "proposition")


def test_blanks_are_said_and_never_zero(note_content: Contenir) -> None:
    contenu = note_content("vide")
    assert {c.valeur for c in contenu.synthese.chiffres} == {"0 ou non renseigné", "non calculable"}
    assert contenu.synthese.score.valeur == "non noté"
    assert fiche(contenu, "identification")["Numéro SIRET"] == "non renseigné"
    assert fiche(contenu, "finances")["Poids de la demande"] == "non calculable"
    assert contenu.synthese.projet == "Intitulé du projet non renseigné"


def test_one_unknown_year_makes_the_sum_unknown() -> None:
    contenu = fabrique.note(fabrique.dossier(champs=_sans("beneficiaires_annee_2")), fabrique.evaluation())
    assert contenu.synthese.chiffres[2].valeur == "incomplet"
    assert contenu.synthese.chiffres[3].valeur == "non calculable"
    personnes = contenu.synthese.annees.lignes[2]
    assert personnes[2] == "0 ou non renseigné"
    assert personnes[4] == f"incomplet (2027{NBSP}: 0 ou non renseigné)"


def _sans(attribut: str) -> tuple[Champ, ...]:
    champs = fabrique.champs(**{attribut: 0})
    return tuple(replace(c, zero_ou_vide=True) if c.attribut == attribut else c for c in champs)


def test_points_come_from_the_levels_when_nobody_wrote_them(note_content: Contenir) -> None:
    s = note_content("petite").synthese
    assert s.forts.textes == ()
    assert s.forts.source == "Aucun critère aux niveaux 3 et 4."
    assert s.faibles.source == "Repris des niveaux 0 et 1 de la grille."
    assert s.faibles.textes[0].startswith(f"Question FIN-02 (FIN-02, 1/4){NBSP}: Fonds propres négatifs en 2024")


def test_written_points_lose_their_dashes(note_content: Contenir) -> None:
    s = note_content("complete").synthese
    assert s.forts.source == ""
    assert s.forts.textes[1].startswith("Fonds propres positifs")
    assert len(s.forts.textes) == 3


def test_corrected_priority_keeps_both(note_content: Contenir) -> None:
    contenu = note_content("petite")
    assert contenu.synthese.score.precision == f"corrigée par l’instructeur, calculée{NBSP}: P2"
    lignes = fiche(contenu, "priorites")
    assert (lignes["Calculé"], lignes["Retenu par l’instructeur"]) == ("P2", "P1")
    assert lignes["Motif de la correction"] == "La moitié des publics ont moins de 26 ans."


def test_checks_that_fail_come_first() -> None:
    reponses = dict(fabrique.reponses())
    reponses["ELI-05"] = replace(reponses["ELI-05"], valeur=NON)
    s = avec(reponses=reponses).synthese
    assert s.controles[0][1].mot == "✕ non"
    assert s.controles[0][1].ton is Ton.MAUVAIS
    assert len(s.controles) == 4
    assert s.controles_reste.startswith(f"11{NBSP}autres contrôles")


@pytest.mark.parametrize(
    ("reponse", "resultat", "mot", "suite"),
    [
        ({"valeur": OUI}, Resultat.NON_CONFORME, "✓ oui", ""),
        ({"valeur": NON}, Resultat.CONFORME, "✕ non", ""),
        ({"valeur": SANS_OBJET}, None, "– sans objet", ""),
        ({"valeur": MANQUANTE}, None, "? manquante", "information à demander"),
        ({"valeur": OUI, "a_reconfirmer": True}, None, "! à reconfirmer", "oui"),
        ({"valeur": ""}, Resultat.CONFORME, "✓ conforme", "constat à confirmer"),
        ({"valeur": "", "decision": DecisionConstat.CONFIRME}, Resultat.ALERTE, "! alerte", ""),
        ({"valeur": "", "decision": DecisionConstat.CONTESTE}, Resultat.ALERTE, "! contesté", ""),
        ({"valeur": ""}, Resultat.SANS_OBJET, "– sans objet", "constat à confirmer"),
        ({"valeur": ""}, None, "? sans réponse", ""),
    ],
)
def test_words_of_a_check(reponse: dict[str, Any], resultat: Resultat | None, mot: str, suite: str) -> None:
    critere = fabrique.petite_grille().criteres[0]
    constats = [Constat(critere="REC-02", resultat=resultat, valeur="v", preuve="p", regle="r")] if resultat else []
    e = etiquette(critere, Reponse(critere="REC-02", **reponse), constats)
    assert (e.mot, e.suite) == (mot, suite)


def test_training_is_set_aside_in_the_budget(note_content: Contenir) -> None:
    contenu = note_content("complete")
    budget = next(c for c in rubrique(contenu, "credibilite").contenu if isinstance(c, Table))
    lignes = {str(ligne[0]): ligne[1:] for ligne in budget.lignes}
    assert lignes["Coût du projet (déclaré)"][-1] == f"589{NNBSP}430,00{NBSP}€"
    assert lignes["Coût du projet (retenu)"][-1] == f"575{NNBSP}030,00{NBSP}€"
    assert fiche(contenu, "credibilite")["Formation à écarter"].startswith(f"14{NNBSP}400,00{NBSP}€")


def test_accounts_are_said_to_be_missing(note_content: Contenir) -> None:
    assert "Comptes non saisis" in textes(note_content("complete"), "finances")


def test_the_whole_form_is_printed(note_content: Contenir) -> None:
    partie = rubrique(note_content("complete"), "formulaire")
    libelles = set(fiche(note_content("complete"), "formulaire"))
    libelles |= {c.texte for c in partie.contenu if isinstance(c, Texte)}
    assert {c.libelle for c in fabrique.dossier().champs} <= libelles


def test_a_field_cut_in_columns_is_printed_as_one() -> None:
    coupe = [("Commune", "Laon (02000)"), ("Commune (Code INSEE)", "02408"), ("Commune (Département)", "")]
    seul = ("Adresse – Région", "Bretagne")
    champs = [*fabrique.champs(), *(Champ(libelle=nom, valeur=valeur) for nom, valeur in [*coupe, seul])]
    lignes = fiche(fabrique.note(fabrique.dossier(champs=tuple(champs)), fabrique.evaluation()), "formulaire")
    assert lignes["Commune"] == f"Laon (02000){NBSP}— code INSEE{NBSP}02408"
    assert not {nom for nom, _ in coupe[1:]} & set(lignes)
    assert lignes[seul[0]] == seul[1]


def test_every_critere_is_in_the_grid(note_content: Contenir) -> None:
    grille, _ = fabrique.grille_livree()
    tables = [c for c in rubrique(note_content("vide"), "grille").contenu if isinstance(c, Table)]
    assert [i for t in tables for i, *_ in t.lignes if len(str(i)) > 3] == [c.id for c in grille.criteres]


def test_anomalies_of_reading_are_listed(note_content: Contenir) -> None:
    puces = [c for c in rubrique(note_content("hostile"), "formulaire").contenu if isinstance(c, Puces)]
    assert len(puces) == 1


def test_a_fingerprint_that_no_longer_holds_is_said() -> None:
    contenu = avec(empreinte="0" * 64)
    assert "les données ont changé depuis" in fiche(contenu, "sources")["Empreinte à la finalisation"]
    assert "Empreinte à la finalisation" not in fiche(avec(empreinte=contenu.empreinte), "sources")


def test_a_year_proposed_outside_the_form_has_its_column() -> None:
    contenu = avec(avis=fabrique.avis(montants={"2029": Decimal("10.5")}))
    assert contenu.synthese.annees.entetes == ("Sommes et personnes", "2026", "2027", "2028", "2029", "Total")
    assert contenu.synthese.annees.lignes[1][4:] == (f"10,50{NBSP}€", f"10,50{NBSP}€")
    assert f"sur 1{NBSP}an, pour 412" in contenu.synthese.avis.montant


def test_reopened_is_a_draft() -> None:
    contenu = avec(etat=EtatEvaluation.ROUVERTE)
    assert contenu.projet
    assert "évaluation rouverte" in contenu.synthese.statut


@pytest.mark.parametrize(
    ("texte", "longueur", "attendu"),
    [("court", 10, "court"), ("un deux trois", 9, "un deux…"), ("x" * 20, 5, "xxxx…"), ("a\nb", 5, "a b")],
)
def test_court(texte: str, longueur: int, attendu: str) -> None:
    assert court(texte, longueur) == attendu
