"""Several files of one import: each dossier in one of them, completed by what the others knew."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Anomalie, Dossier, Gravite, Origine
from o2r_desktop.imports.fusion import CONFIANCE, merge_reads
from tests.o2r_desktop.imports.outils import (
    CSV,
    EXCEL,
    JSON,
    MODELE,
    O2R,
    ODS,
    STANDARD,
    XLSX,
    champ,
    demarche,
    ecrire_csv,
    ecrire_json,
    ecrire_xlsx,
    enregistrements,
    fixe,
    lire_sur_place,
    noeud,
)

BUDGET = "Coût total du projet sur 3 ans (€)"
INTITULE = "Intitulé du projet"


@pytest.fixture(scope="module")
def lus() -> dict[str, ExportRead]:
    chemins = {"xlsx": XLSX, "modele": MODELE, "ods": ODS, "csv": CSV, "excel": EXCEL, "json": JSON}
    return {nom: lire_sur_place(chemin) for nom, chemin in chemins.items()}


def _csv(chemin: Path, *lignes: Sequence[object], libelles: Sequence[str] = (INTITULE, BUDGET)) -> ExportRead:
    return lire_sur_place(ecrire_csv(chemin, [(*STANDARD, *libelles), *lignes]))


def _numeros(lu: ExportRead) -> list[int]:
    return [d.numero for d in lu.dossiers]


def _dits(lu: ExportRead, avant: ExportRead | None = None) -> list[Anomalie]:
    connus = avant.anomalies if avant else ()
    return [a for a in lu.anomalies if a not in connus]


def _dossier(lu: ExportRead, numero: int = 101) -> Dossier:
    return lire_dossier(enregistrements(lu)[numero], O2R)


def test_one_file_costs_nothing(lus: dict[str, ExportRead]) -> None:
    assert merge_reads([lus["xlsx"]], O2R)[0] is lus["xlsx"]
    assert merge_reads([], O2R) == ()


def test_disjoint_groups_are_left_as_they_are(tmp_path: Path) -> None:
    un = _csv(tmp_path / "a.csv", [*fixe("101"), "a", "1"])
    deux = _csv(tmp_path / "b.csv", [*fixe("102"), "b", "2"])
    assert merge_reads([un, deux], O2R) == (un, deux)


@pytest.mark.parametrize(
    "paire", list(itertools.permutations(["xlsx", "modele", "ods", "csv", "excel", "json"], 2))
)
def test_formats_of_the_same_dossiers_never_contradict(lus: dict[str, ExportRead], paire: tuple[str, str]) -> None:
    avant = [lus[nom] for nom in paire]
    apres = merge_reads(avant, O2R)
    confiances = [CONFIANCE.index(lu.origine) for lu in avant]
    gagnant = confiances.index(min(confiances)) if confiances[0] != confiances[1] else paire.index("csv")
    assert [len(lu.dossiers) for lu in apres] == [38 * (rang == gagnant) for rang in (0, 1)]
    assert _dits(apres[gagnant], avant[gagnant]) == []
    (dite,) = _dits(apres[1 - gagnant], avant[1 - gagnant])
    nom = avant[gagnant].fichier
    raison = "exporté après" if confiances[0] == confiances[1] else "plus sûr"
    assert dite.gravite is Gravite.INFORMATION
    assert (
        dite.quoi == f"38\u00a0dossiers sont aussi dans «\u00a0{nom}\u00a0», {raison}\u00a0: c’est lui qui est lu."
    )


def test_what_the_winner_lacks_comes_from_the_others(lus: dict[str, ExportRead]) -> None:
    """The CSV has no member of a consortium, the workbook names a body that INSEE did not give."""
    _, json = merge_reads([lus["xlsx"], lus["json"]], O2R)
    assert _dossier(json, 24000034).porteur.nom == "Les Ateliers de la Loire"
    csv = replace(lus["csv"], dossiers=tuple(_rajeuni(d) for d in lus["csv"].dossiers))
    _, gagnant = merge_reads([lus["json"], csv], O2R)
    assert len(gagnant.dossiers) == 38
    assert _dossier(gagnant, 24000025).membres[0].nom == "Les Jardins d'Essai"


def _rajeuni(lu: Any) -> Any:
    return replace(lu, apercu=replace(lu.apercu, mise_a_jour=datetime.fromisoformat("2026-01-01T10:00:00+01:00")))


def test_the_freshest_dossier_wins_whatever_the_format(tmp_path: Path) -> None:
    vieux = lire_sur_place(
        ecrire_json(tmp_path / "a.json", demarche(noeud(101, [champ(1, INTITULE, stringValue="x")])))
    )
    frais = _csv(tmp_path / "b.csv", [*fixe(**{"Dernière mise à jour le": "2025-08-03 10:00:00 +0200"}), "y", "1"])
    perdu, gagne = merge_reads([vieux, frais], O2R)
    assert (_numeros(perdu), _numeros(gagne)) == ([], [101])
    assert _dossier(gagne).texte("intitule") == "y"
    assert "plus récent" in perdu.anomalies[-1].quoi
    (dite,) = [a for a in gagne.anomalies if a.numero == 101 and "ancien" in a.quoi]
    assert dite.gravite is Gravite.INFORMATION
    assert INTITULE in dite.quoi


def test_a_contradiction_names_the_field_both_values_and_the_file(tmp_path: Path) -> None:
    json = lire_sur_place(
        ecrire_json(tmp_path / "a.json", demarche(noeud(101, [champ(1, INTITULE, stringValue="x")])))
    )
    csv = _csv(tmp_path / "b.csv", [*fixe(), "y", "1"])
    gagne, perdu = merge_reads([json, csv], O2R)
    assert _numeros(perdu) == []
    (dite,) = [a for a in gagne.anomalies if a.ou == INTITULE]
    assert (dite.gravite, dite.numero) == (Gravite.ALERTE, 101)
    assert dite.quoi == (
        "«\u00a0y\u00a0» dans «\u00a0b.csv\u00a0», «\u00a0x\u00a0» dans «\u00a0a.json\u00a0»\u00a0: "
        "«\u00a0a.json\u00a0» est retenu."
    )
    dossier = _dossier(gagne)
    assert dossier.texte("intitule") == "x"
    assert dossier.champ("cout_total") is None  # the API gives every field: this one is hidden now
    assert [a.quoi.partition(",")[0] for a in gagne.anomalies if a.ou == BUDGET] == [
        "«\u00a01\u00a0» dans «\u00a0b.csv\u00a0»"
    ]


def test_the_api_tells_the_zeros_that_a_workbook_doubts(tmp_path: Path) -> None:
    xlsx = lire_sur_place(ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": [(*STANDARD, BUDGET), (*fixe(), 0)]}))
    api = champ(1, BUDGET, decimalNumber=0)
    json = lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(noeud(101, [api]))))
    gagne = merge_reads([xlsx, json], O2R)[1]
    assert not _dossier(gagne).champ("cout_total").zero_ou_vide  # type: ignore[union-attr]
    assert [a.ou for a in gagne.anomalies if a.gravite is Gravite.ALERTE] == ["SIRET du porteur"]


def test_a_file_without_update_is_as_fresh_as_the_date_of_its_name(lus: dict[str, ExportRead]) -> None:
    """The sample template has no «Date du dernier évènement»."""
    modele = replace(lus["modele"], date_fichier=datetime.fromisoformat("2025-06-01T10:00:00+02:00"))
    perdu, gagne = merge_reads([modele, lus["csv"]], O2R)
    assert (len(perdu.dossiers), len(gagne.dossiers)) == (0, 38)
    assert "plus récent" in perdu.anomalies[-1].quoi


def test_the_same_file_twice_is_read_once(lus: dict[str, ExportRead]) -> None:
    copie = replace(lus["xlsx"], fichier="copie.xlsx", date_fichier=None)
    un, deux = merge_reads([copie, lus["xlsx"]], O2R)
    assert deux == lus["xlsx"]
    assert un.dossiers == un.refuses == ()
    assert "est le même que" in un.anomalies[0].quoi


def test_pages_of_the_api_are_one_import(tmp_path: Path) -> None:
    pages = [
        lire_sur_place(
            ecrire_json(tmp_path / f"{n}.json", demarche(noeud(n, [champ(1, INTITULE, stringValue=str(n))])))
        )
        for n in (1, 2, 3)
    ]
    assert merge_reads(pages, O2R) == tuple(pages)


def test_the_same_siret_in_two_files_is_told_in_both(tmp_path: Path) -> None:
    def page(numero: int) -> ExportRead:
        porteur = {"__typename": "PersonneMorale", "siret": "76514773100028", "entreprise": {"raisonSociale": "A"}}
        contenu = demarche(noeud(numero, demandeur=porteur))
        return lire_sur_place(ecrire_json(tmp_path / f"{numero}.json", contenu))

    un, deux = merge_reads([page(101), page(102)], O2R)
    assert [(a.numero, "102" in a.quoi) for a in un.anomalies] == [(101, True)]
    assert [(a.numero, "101" in a.quoi) for a in deux.anomalies] == [(102, True)]


def test_anomalies_of_a_dossier_read_elsewhere_go_with_it(lus: dict[str, ExportRead]) -> None:
    perdu, gagne = merge_reads([lus["csv"], lus["json"]], O2R)
    assert [a.numero for a in perdu.anomalies] == [None]
    assert {a.numero for a in gagne.anomalies} == {a.numero for a in lus["json"].anomalies}


@pytest.mark.parametrize(
    ("recents", "reponses", "gardees"),
    [((INTITULE,), ("Rebond",), [BUDGET]), ((INTITULE, BUDGET), ("Rebond", 5), [])],
    ids=["la valeur est gardée", "l’autre fichier l’a relue"],
)
def test_anomalies_of_an_answer_kept_from_another_file_stay(
    tmp_path: Path, recents: tuple[str, ...], reponses: tuple[object, ...], gardees: list[str]
) -> None:
    ancien = _csv(tmp_path / "a.csv", [*fixe(), "Rebond", "12 x"])
    recent = lire_sur_place(
        ecrire_xlsx(tmp_path / "b.xlsx", {"Dossiers": [[*STANDARD, *recents], [*fixe(), *reponses]]})
    )
    assert [a.ou for a in ancien.anomalies if a.numero and "12 x" in a.quoi] == [BUDGET]
    for ordre in ([ancien, recent], [recent, ancien]):
        lus = merge_reads(ordre, O2R)
        dites = [a for lu in lus for a in lu.anomalies if a.ou == BUDGET and a in ancien.anomalies]
        assert [a.ou for a in dites] == gardees


def test_a_zero_that_one_file_makes_sure_is_not_doubted_for_another(tmp_path: Path) -> None:
    api = lire_sur_place(
        ecrire_json(tmp_path / "a.json", demarche(noeud(champs=[champ(1, BUDGET, stringValue="0")])))
    )
    maj = {"Dernière mise à jour le": "2025-08-03 10:00:00 +0200"}
    table = _csv(tmp_path / "b.csv", [*fixe(**maj), "Rebond"], libelles=[INTITULE])
    dossier = _dossier(merge_reads([api, table], O2R)[1])
    assert dossier.valeur("intitule") == "Rebond"
    budget = dossier.champ("cout_total")
    assert budget
    assert budget.renseigne


def test_import_of_both_again_changes_nothing(lus: dict[str, ExportRead]) -> None:
    un = merge_reads([lus["xlsx"], lus["json"]], O2R)
    deux = merge_reads([lus["xlsx"], lus["json"]], O2R)
    assert [d.empreinte for d in un[1].dossiers] == [d.empreinte for d in deux[1].dossiers]


Etat = tuple[str, int, str]


@st.composite
def _fichiers(tirer: st.DrawFn) -> list[tuple[Origine, int, list[Etat]]]:
    origines = tirer(st.lists(st.sampled_from(CONFIANCE), min_size=2, max_size=4, unique=True))
    etats = st.tuples(st.sampled_from(["", "x", "y"]), st.integers(1, 3), st.sampled_from(["", "0", "150000"]))
    return [(o, rang, tirer(st.lists(etats, min_size=1, max_size=3))) for rang, o in enumerate(origines)]


@settings(max_examples=40, deadline=None)
@given(_fichiers(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, tires: list[tuple[Origine, int, list[Etat]]], hasard: Any
) -> None:
    dossier = tmp_path_factory.mktemp("ordre")
    reads = []
    for origine, rang, etats in tires:
        lignes = [
            [*fixe(str(101 + n), **{"Dernière mise à jour le": f"2025-08-0{jour} 10:00:00 +0200"}), titre, cout]
            for n, (titre, jour, cout) in enumerate(etats)
        ]
        lu = _csv(dossier / f"{rang}.csv", *lignes)
        contenus = [
            replace(d, contenu=d.contenu.replace('"csv_standard"', f'"{origine.value}"')) for d in lu.dossiers
        ]
        date = datetime.fromisoformat(f"2025-08-2{rang}T10:00:00+02:00")
        reads.append(replace(lu, origine=origine, date_fichier=date, dossiers=tuple(contenus)))
    attendu = {lu.fichier: lu for lu in merge_reads(reads, O2R)}
    melange = list(reads)
    hasard.shuffle(melange)
    assert {lu.fichier: lu for lu in merge_reads(melange, O2R)} == attendu
    numeros = sorted(n for lu in attendu.values() for n in _numeros(lu))
    assert numeros == sorted({d.numero for lu in reads for d in lu.dossiers})
