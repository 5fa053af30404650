"""The body and its partners: identifiers, other dossiers, cumulated requests, graph."""

import json
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.panorama import DossierVu, MembreVu, Panorama, vu
from o2r_desktop.analyse.structure import Structure, analyser, document, preparer, prete, reperes
from o2r_desktop.analyse.structure.fiche import meme_nom
from o2r_desktop.analyse.structure.graphe import NOEUDS_MAX
from o2r_desktop.analyse.structure.identifiants import (
    controler_etat,
    controler_rna,
    controler_siren,
    controler_siret,
    controles_du_formulaire,
    masque,
)
from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.dossiers.model import Dossier, Membre
from o2r_desktop.evaluation.constats import Resultat
from tests.o2r_desktop.evaluation.fabrique import dossier, plat

SIREN = "765147731"
SIRET = f"{SIREN}00028"
AUTRE = "55208131766522"
IBAN = "FR7630006000011234567890189"
ICI = 24_000_001


def autre(
    numero: int, porteur: str, siret: str = "", demande: int | None = 90_000, *membres: MembreVu
) -> DossierVu:
    return replace(
        vu(dossier(nom=porteur, siren=siret[:9], numero=numero)),
        siret=siret,
        siren=siret[:9],
        demande=None if demande is None else Decimal(demande),
        membres=membres,
    )


def membre(nom: str, siret: str = "", part: int | None = 30_000) -> MembreVu:
    return MembreVu(nom=nom, siret=siret, role="ateliers", contribution=None if part is None else Decimal(part))


def fiche(*autres: DossierVu, membres: tuple[Membre, ...] = (), **champs: Any) -> Structure:
    examine = avec_siret(dossier(membres=membres, **champs))
    return analyser(examine, Panorama({d.numero: d for d in (vu(examine), *autres)}))


def avec_siret(examine: Dossier, siret: str = SIRET) -> Dossier:
    return replace(examine, porteur=replace(examine.porteur, siret=siret, etat_administratif="actif"))


def declare(nom: str, siret: str = "", part: int | None = 60_000, role: str = "ateliers") -> Membre:
    return Membre(nom=nom, siret=siret, role=role, contribution=None if part is None else Decimal(part))


def par_cle(controles: tuple[Controle, ...], cle: str) -> Controle:
    return next(c for c in controles if c.cle == cle)


@pytest.mark.parametrize(
    ("siret", "attendu"),
    [
        (SIRET, Resultat.CONFORME),
        ("765 147 731 00028", Resultat.CONFORME),
        ("35600000000048", Resultat.CONFORME),  # La Poste
        ("76514773100029", Resultat.NON_CONFORME),
        ("7651477310002", Resultat.NON_CONFORME),
        ("", Resultat.INCONNU),
    ],
)
def test_a_siret_is_checked_by_its_key(siret: str, attendu: Resultat) -> None:
    assert controler_siret(siret, "porteur").resultat is attendu


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(rang: int, pas: int) -> None:
    faux = SIRET[:rang] + str((int(SIRET[rang]) + pas) % 10) + SIRET[rang + 1 :]
    assert controler_siret(faux, "porteur").resultat is Resultat.NON_CONFORME


@pytest.mark.parametrize(
    ("siren", "siret", "attendu"),
    [
        (SIREN, SIRET, Resultat.CONFORME),
        (SIREN, "", Resultat.CONFORME),
        (SIREN, AUTRE, Resultat.NON_CONFORME),
        ("765147732", "", Resultat.NON_CONFORME),
        ("", SIRET, Resultat.INCONNU),
    ],
)
def test_a_siren_agrees_with_its_siret(siren: str, siret: str, attendu: Resultat) -> None:
    assert controler_siren(avec_siret(dossier(siren=siren), siret).porteur).resultat is attendu


@pytest.mark.parametrize(
    ("etat", "attendu"),
    [("actif", Resultat.CONFORME), ("fermé", Resultat.ALERTE), ("Cessée", Resultat.ALERTE), ("", Resultat.INCONNU)],
)
def test_a_closed_establishment_is_told(etat: str, attendu: Resultat) -> None:
    assert controler_etat(replace(dossier().porteur, etat_administratif=etat)).resultat is attendu


@pytest.mark.parametrize(
    ("rna", "nature", "categorie", "attendu"),
    [
        ("W491000123", "Association loi 1901", "9220", Resultat.CONFORME),
        ("w 491 000 123", "Association loi 1901", "9220", Resultat.CONFORME),
        ("W49100012", "Association loi 1901", "9220", Resultat.ALERTE),
        ("", "Association loi 1901", "", Resultat.INCONNU),
        ("", "Collectivité territoriale", "7210", Resultat.SANS_OBJET),
    ],
)
def test_a_rna_number_has_a_w_and_nine_digits(rna: str, nature: str, categorie: str, attendu: Resultat) -> None:
    examine = dossier(nature_porteur=nature, categorie=categorie)
    examine = replace(examine, porteur=replace(examine.porteur, rna=rna))
    assert controler_rna(examine).resultat is attendu


@pytest.mark.parametrize(
    ("libelle", "valeur", "attendu"),
    [
        ("RIB – IBAN", IBAN, Resultat.CONFORME),
        ("IBAN de la structure", "FR76 3000 6000 0112 3456 7890 189", Resultat.CONFORME),
        ("IBAN", IBAN[:-1] + "8", Resultat.NON_CONFORME),
        ("IBAN", IBAN[:-2], Resultat.NON_CONFORME),
        ("Numéro de TVA intracommunautaire", "FR83404833048", Resultat.ALERTE),
        ("Numéro de TVA", "FR84404833048", Resultat.NON_CONFORME),
    ],
)
def test_the_iban_and_the_vat_number_of_the_form_are_checked(libelle: str, valeur: str, attendu: Resultat) -> None:
    examine = dossier()
    examine = replace(examine, champs=(*examine.champs, Champ(libelle=libelle, valeur=valeur)))
    (controle,) = controles_du_formulaire(examine)
    assert controle.resultat is attendu
    if "IBAN" in libelle:
        assert IBAN[4:20] not in json.dumps(document(analyser(examine, None)))
        assert controle.valeur.startswith("FR…")


@given(st.text(max_size=40))
def test_no_more_than_six_signs_of_an_iban_are_shown(brut: str) -> None:
    assert len(masque(brut)) <= 7 or not brut.isascii()


def test_without_the_other_dossiers_nothing_is_said_of_them() -> None:
    seule = analyser(avec_siret(dossier()), None)
    assert not seule.comparee
    assert seule.porteur.cumul is None
    assert document(seule)["ailleurs"] is None
    assert not [r for r in reperes(seule) if r.critere == "CRE-08"]
    assert len(seule.graphe.noeuds) == 1


@pytest.mark.parametrize(
    ("autre_porteur", "siret", "attendu"),
    [
        ("Association d’essai", SIRET, "même SIRET"),
        ("Association d’essai", f"{SIREN}00036", "même SIREN, autre établissement"),
        ("L’ASSOCIATION D'ESSAI", "", "même nom, sans SIRET"),
    ],
)
def test_a_body_is_recognised_elsewhere(autre_porteur: str, siret: str, attendu: str) -> None:
    lue = fiche(autre(2, autre_porteur, siret))
    assert [(a.numero, a.qualite, a.rapprochement) for a in lue.ailleurs] == [(2, "porteur", attendu)]


def test_another_body_of_the_same_name_is_not_it() -> None:
    lue = fiche(autre(2, "Association d’essai", AUTRE))
    assert lue.ailleurs == ()
    assert par_cle(lue.controles, "nom/porteur").resultat is Resultat.ALERTE


def test_a_siren_under_two_names_is_told() -> None:
    lue = fiche(autre(2, "Les Ateliers", SIRET))
    assert "Les Ateliers" in par_cle(lue.controles, "nom/porteur").valeur
    assert meme_nom("Association Les Passeurs du Loir", "PASSEURS DU LOIR")
    assert not meme_nom("Passeurs du Loir", "Passeurs du Lac")


def test_requests_add_up_as_lead_and_as_partner() -> None:
    lue = fiche(
        autre(2, "Chef", AUTRE, 200_000, membre("Association d’essai", SIRET, 40_000)),
        autre(3, "Association d’essai", SIRET, 120_000, membre("X", "", 20_000)),
    )
    cumul = lue.porteur.cumul
    assert cumul is not None
    # 210 000 here, 40 000 as a partner, 120 000 less the 20 000 of its own partner
    assert cumul.total == Decimal(350_000)
    assert [a.qualite for a in lue.ailleurs] == ["membre", "chef de file"]
    assert plat(cumul.phrase) == (
        "demandes cumulées : 350 000,00 € sur 3 ans dans 3 dossiers, soit 116 666,67 € par an et 12 % du budget "
        "annuel déclaré (1 000 000,00 €)"
    )


def test_an_unknown_part_makes_the_total_unknown_and_is_named() -> None:
    cumul = fiche(autre(2, "Chef", AUTRE, 200_000, membre("Association d’essai", SIRET, None))).porteur.cumul
    assert cumul is not None
    assert cumul.total is None
    assert cumul.poids is None
    assert "210 000,00 € au moins sur 3 ans dans 2 dossiers, part inconnue dans le dossier 2" in plat(cumul.phrase)


def test_a_dossier_known_by_name_only_is_not_added_up() -> None:
    cumul = fiche(autre(2, "Association d’essai", "", 500_000)).porteur.cumul
    assert cumul is not None
    assert cumul.total == Decimal(210_000)
    assert "non compté" in cumul.phrase


def test_shares_of_a_consortium_are_compared_with_the_request() -> None:
    lue = fiche(membres=(declare("B", AUTRE, 60_000), declare("Association d’essai", SIRET, 150_000)))
    assert [(o.nom, o.part, o.qualite) for o in lue.organismes] == [
        ("Association d’essai", Decimal(150_000), "porteur"),
        ("B", Decimal(60_000), "membre"),
    ]
    assert par_cle(lue.controles, "consortium/somme").resultat is Resultat.CONFORME
    trop = fiche(membres=(declare("B", AUTRE, 60_000), declare("Association d’essai", SIRET, 160_000)))
    assert "écart de 10 000,00 €" in plat(par_cle(trop.controles, "consortium/somme").valeur)
    assert par_cle(trop.controles, "consortium/somme").resultat is Resultat.ALERTE


def test_what_the_list_of_members_lacks_is_named() -> None:
    lue = fiche(membres=(declare("B", "", None, ""),))
    dit = par_cle(lue.controles, "consortium/membres")
    assert dit.resultat is Resultat.ALERTE
    assert plat(dit.valeur) == "SIRET absent : B ; rôle absent : B ; contribution absente : B"
    assert par_cle(lue.controles, "consortium/somme").resultat is Resultat.INCONNU
    assert "aucun membre" in par_cle(fiche(consortium=True).controles, "consortium/membres").valeur


def test_the_graph_goes_two_steps_away_and_no_farther() -> None:
    lue = fiche(
        autre(2, "B", AUTRE, 90_000, membre("C", "44306184100047")),
        autre(3, "D", "73282932000074", 90_000, membre("C", "44306184100047")),
        autre(4, "D", "73282932000074", 90_000, membre("Loin", "12000101100010")),
        membres=(declare("B", AUTRE),),
    )
    graphe = lue.graphe
    assert [(n.nom, n.pas) for n in graphe.noeuds] == [("Association d’essai", 0), ("B", 0), ("C", 1), ("D", 2)]
    assert [(x.numero, x.ici) for x in graphe.liens] == [(ICI, True), (2, False), (3, False)]
    assert graphe.omis == 0


def test_the_graph_is_bounded_and_says_what_it_leaves_out() -> None:
    membres = tuple(membre(f"Partenaire {n}") for n in range(60))
    graphe = fiche(autre(2, "Association d’essai", SIRET, 90_000, *membres)).graphe
    assert len(graphe.noeuds) == NOEUDS_MAX
    assert graphe.omis == 61 - NOEUDS_MAX
    assert all({x.chef, x.membre} <= {n.cle for n in graphe.noeuds} for x in graphe.liens)


def test_sentences_help_four_criteria_and_give_no_level() -> None:
    lue = fiche(autre(2, "B", AUTRE), membres=(declare("B", AUTRE, 60_000),))
    par_critere = {c: [plat(r.texte) for r in reperes(lue) if r.critere == c] for c in
                   ("REC-04", "ELI-10", "GOU-01", "CRE-08")}  # fmt: skip
    assert "clé juste" in par_critere["REC-04"][0]
    assert "Consortium de 2 organismes, chef de file « Association d’essai »" in par_critere["ELI-10"][0]
    assert "B 60 000,00 €, 28,6 %" in par_critere["GOU-01"][0]
    assert "n° 2 (porteur, même SIRET)" in par_critere["CRE-08"][0]
    assert par_critere["ELI-10"] != [plat(r.texte) for r in reperes(fiche()) if r.critere == "ELI-10"]


def test_the_index_is_built_once_for_a_panorama() -> None:
    panorama = Panorama({2: autre(2, "B", AUTRE)})
    assert not prete(panorama)
    assert preparer(panorama) is preparer(panorama)
    assert prete(panorama)
    assert not prete(Panorama({}))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "Association d’essai", "", "42"]),
            st.sampled_from(["", SIRET, AUTRE, "123", f"{SIREN}00036"]),
            st.none() | st.integers(0, 10**9),
            st.lists(st.tuples(st.sampled_from(["A", "C", ""]), st.sampled_from(["", AUTRE, SIRET]),
                               st.none() | st.integers(0, 10**6)), max_size=3),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_whatever_the_others_say_totals_hold(lignes: list[Any]) -> None:
    autres = [
        autre(rang, nom, siret, demande, *(membre(*m) for m in membres))
        for rang, (nom, siret, demande, membres) in enumerate(lignes, 2)
    ]
    lue = fiche(*autres)
    json.dumps(document(lue))
    cumul = lue.porteur.cumul
    assert cumul is not None
    assert cumul.dossiers + len(cumul.par_nom) == 1 + lue.porteur.nombre_ailleurs
    assert cumul.total is None or cumul.total == cumul.connu
    assert ICI not in {a.numero for a in lue.ailleurs}
    assert {n for x in lue.graphe.liens for n in (x.chef, x.membre)} <= {n.cle for n in lue.graphe.noeuds}


def test_a_body_among_thousands_is_found_at_once() -> None:
    modele = autre(2, "B", AUTRE, 90_000, membre("C", "44306184100047"))
    dossiers = {n: replace(modele, numero=n, siret=f"{n:09d}00011", siren=f"{n:09d}") for n in range(2, 3_002)}
    dossiers[500] = autre(500, "Association d’essai", SIRET)
    panorama = Panorama(dossiers)
    preparer(panorama)
    examine = avec_siret(dossier())
    reperes(analyser(examine, panorama))  # the check digits are loaded
    debut = time.perf_counter()
    lue = analyser(examine, panorama)
    assert [a.numero for a in lue.ailleurs] == [500]
    assert len(lue.graphe.noeuds) == 1
    assert time.perf_counter() - debut < 0.05  # a scan of the dossiers would take far longer than an index
