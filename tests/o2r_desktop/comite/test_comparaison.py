"""Spread, other weights, stability of ranks, severity of instructors."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.comite.comparaison import classement_avec, etendues, parts, rejouer, severites, stabilites
from o2r_desktop.comite.modele import Candidat
from o2r_desktop.evaluation import score
from o2r_desktop.evaluation.reponses import SANS_OBJET, Reponse
from tests.o2r_desktop.comite.fabrique import candidat, grille

GRILLE = grille()
VALEURS = st.sampled_from(["0", "1", "2", "3", "4", SANS_OBJET, ""])


def note(numero: int, valeurs: dict[str, str], auteur: str = "Alix") -> Candidat:
    reponses = {c: Reponse(critere=c, valeur=v, auteur=auteur) for c, v in valeurs.items()}
    base = candidat(numero)
    return Candidat(
        numero=numero,
        porteur=base.porteur,
        intitule="",
        score=score.compute(GRILLE, reponses),
        reponses=reponses,
        instructeur=auteur,
    )


def uni(numero: int, niveau: int, **autres: str) -> Candidat:
    return note(
        numero, {c.id: str(niveau) for c in GRILLE.ponderes} | {k.replace("_", "-"): v for k, v in autres.items()}
    )


@given(st.lists(VALEURS, min_size=len(GRILLE.ponderes), max_size=len(GRILLE.ponderes)))
def test_with_the_weights_of_the_grille_it_is_the_score(valeurs: list[str]) -> None:
    c = note(1, dict(zip((p.id for p in GRILLE.ponderes), valeurs, strict=True)))
    assert rejouer(parts(c, GRILLE), {}) == c.score.total


@given(
    st.lists(VALEURS, min_size=len(GRILLE.ponderes), max_size=len(GRILLE.ponderes)), st.decimals("0.1", 5, places=2)
)
def test_the_same_factor_everywhere_changes_nothing(valeurs: list[str], facteur: Decimal) -> None:
    c = note(1, dict(zip((p.id for p in GRILLE.ponderes), valeurs, strict=True)))
    assert rejouer(parts(c, GRILLE), {s.id: facteur for s in GRILLE.sections}) == c.score.total


def test_a_section_without_weight_leaves_the_score() -> None:
    c = uni(1, 4, **{x.id.replace("-", "_"): "0" for x in GRILLE.ponderes if x.section == "FIN"})
    assert rejouer(parts(c, GRILLE), {"FIN": Decimal(0)}) == Decimal(100)


def test_live_ranking_follows_the_weights() -> None:
    fort_en_fin = uni(1, 2, **{x.id.replace("-", "_"): "4" for x in GRILLE.ponderes if x.section == "FIN"})
    moyen = uni(2, 3)
    avant = classement_avec([fort_en_fin, moyen], GRILLE, {})
    apres = classement_avec([fort_en_fin, moyen], GRILLE, {"FIN": Decimal(20)})
    assert (avant[1][1], avant[2][1]) == (2, 1)
    assert (apres[1][1], apres[2][1]) == (1, 2)


def test_a_provisional_score_has_no_rank() -> None:
    assert classement_avec([note(1, {"FIN-01": "4"})], GRILLE, {})[1][1] is None


def test_ranks_that_hold_and_ranks_that_move() -> None:
    fin = sum(c.poids for c in GRILLE.ponderes if c.section == "FIN")
    assert fin
    bon, mauvais = uni(1, 4), uni(2, 0)
    un = uni(3, 2, **{x.id.replace("-", "_"): "4" for x in GRILLE.ponderes if x.section == "FIN"})
    deux = uni(4, 2, **{x.id.replace("-", "_"): "4" for x in GRILLE.ponderes if x.section == "CRE"})
    rangs = stabilites([bon, mauvais, un, deux], GRILLE)
    assert (rangs[1].meilleur, rangs[1].pire) == (1, 1)
    assert (rangs[2].meilleur, rangs[2].pire) == (4, 4)
    assert (rangs[3].meilleur, rangs[3].pire) == (2, 3)
    assert (rangs[4].meilleur, rangs[4].pire) == (2, 3)


def test_spread_by_section() -> None:
    trouvees = etendues([uni(1, 1), uni(2, 2), uni(3, 4)], GRILLE)
    e = trouvees["FIN"]
    assert (e.bas, e.milieu, e.haut, e.ecart) == (25, 50, 100, 75)
    assert etendues([uni(1, 1)], GRILLE)["FIN"].ecart is None
    assert set(trouvees) == {s.id for s in GRILLE.sections if s.poids}


def test_severity_needs_two_instructors_and_enough_answers() -> None:
    lots = [note(1, {"FIN-01": "4"}, "A"), note(2, {"FIN-01": "3"}, "A"),
            note(3, {"FIN-01": "1"}, "B"), note(4, {"FIN-01": "1"}, "B"),
            note(5, {"FIN-01": "0"}, "C")]  # fmt: skip
    critere = next(c.id for c in GRILLE.ponderes)
    lots = [note(c.numero, {critere: c.reponses["FIN-01"].valeur}, c.instructeur) for c in lots]
    trouvees = {s.instructeur: s for s in severites(lots, GRILLE)}
    assert set(trouvees) == {"A", "B"}
    assert (trouvees["A"].moyenne, trouvees["A"].ensemble, trouvees["A"].reponses) == (
        Decimal("3.5"),
        Decimal("2.25"),
        2,
    )
    assert severites(lots[:2], GRILLE) == []
