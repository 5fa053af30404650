"""ODS workbooks: cells as the platform and LibreOffice write them (exports-demarche-numerique § 4.3)."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.model import Origine
from o2r_desktop.errors import ExportError
from o2r_desktop.imports import read_export
from tests.o2r_desktop.imports.outils import (
    GENRE_ODS,
    O2R,
    STANDARD,
    contenu_ods,
    dossiers,
    ecrire_ods,
    enregistrements,
    fixe,
    lire_sur_place,
    zip_hostile,
)

NBSP = "\u00a0"
BUDGET = "Coût total du projet sur 3 ans (€)"
REPUBLICAIN = "Contrat d'engagement républicain souscrit"
CONSORTIUM = "Projet porté par un consortium ?"
DEBUT = "Date de début prévue"
MODELE = (f"N°{NBSP}dossier", "État du dossier", "Archivé", "Date de dépôt", "Établissement SIRET",
          "Entreprise raison sociale", "Date du dernier évènement")  # fmt: skip
LIGNE_MODELE = (101, "En instruction", False, "2025-08-01 10:00:00 +0200", "76514773100028", "Asso",
                "2025-08-02 10:00:00 +0200")  # fmt: skip
CHAMPS = (BUDGET, REPUBLICAIN, CONSORTIUM, DEBUT, "Résumé du projet (10 lignes)")


def _cellules(chemin: Path, rangee: str) -> tuple[Brut, ...]:
    """Return the fields of a dossier whose cells are the given XML."""
    entete = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>'
        for t in (*STANDARD, *"abcdefgh")
    )
    debut = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in fixe()
    )
    lignes = f"<table:table-row>{entete}</table:table-row><table:table-row>{debut}{rangee}</table:table-row>"
    zip_hostile(chemin, {"mimetype": GENRE_ODS, "content.xml": contenu_ods({"Dossiers": lignes})})
    return enregistrements(lire_sur_place(chemin))[101].cellules


def _texte(interieur: str) -> str:
    return f'<table:table-cell office:value-type="string">{interieur}</table:table-cell>'


def _typee(genre: str, attribut: str, valeur: str, texte: str = "") -> str:
    interieur = f"<text:p>{texte}</text:p>" if texte else ""
    return (
        f'<table:table-cell office:value-type="{genre}" office:{attribut}="{valeur}">{interieur}</table:table-cell>'
    )


@pytest.mark.parametrize(
    ("xml", "attendu"),
    [
        (_texte("<text:p>a</text:p><text:p/><text:p>b &amp; c</text:p>"), "a\n\nb & c"),
        (_texte('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'), "a   b\tc\nd"),
        (_texte('<text:p>x<text:span>y<text:a>z</text:a></text:span></text:p>'), "xyz"),
        (_texte("<text:p>  a </text:p><text:p> </text:p>"), "a"),
        (_texte("<office:annotation><text:p>note</text:p></office:annotation><text:p>a</text:p>"), "a"),
        (_texte('<text:p>a<text:s text:c="99999999"/>b</text:p>'), "a" + " " * 100 + "b"),
        (_typee("string", "string-value", "seul"), "seul"),
        (_typee("float", "value", "12.5", "12,50"), 12.5),
        (_typee("currency", "value", "3"), 3.0),
        (_typee("float", "value", "1e999", "trop"), "trop"),
        (_typee("boolean", "value", "1"), True),
        (_typee("boolean", "value", "0"), False),
        (_typee("boolean", "boolean-value", "true", "VRAI"), True),
        (_typee("boolean", "autre", "x", "peut-être"), "peut-être"),
        (_typee("date", "date-value", "2026-03-01"), "2026-03-01"),
        (_typee("date", "date-value", "2026-03-01T14:30:00.000000000"), "2026-03-01T14:30:00"),
        ("<table:covered-table-cell/>", ""),
        ("<table:table-cell/>", ""),
    ],
)  # fmt: skip
def test_cells(tmp_path: Path, xml: str, attendu: Brut) -> None:
    valeur = _cellules(tmp_path / "a.ods", xml)[0]
    assert (valeur, type(valeur)) == (attendu, type(attendu))


def test_repeated_cells_and_blanks_keep_their_columns(tmp_path: Path) -> None:
    rangee = (
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>x</text:p>'
        '</table:table-cell><table:table-cell/><table:table-cell office:value-type="float" office:value="7"/>'
        '<table:table-cell table:number-columns-repeated="16000"/>'
    )
    assert _cellules(tmp_path / "a.ods", rangee) == ("", "", "x", "x", "x", "", 7.0, "")


def test_a_million_blank_rows_cost_nothing(tmp_path: Path) -> None:
    """LibreOffice writes them under the last one."""
    pleine = "<table:table-row>{}</table:table-row>"
    entete = pleine.format("".join(_texte(f"<text:p>{t}</text:p>") for t in STANDARD))
    ligne = pleine.format("".join(_texte(f"<text:p>{t}</text:p>") for t in fixe()))
    vides = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
    contenu = entete + vides.format(7) + ligne + vides.format(1_048_000)
    chemin = zip_hostile(
        tmp_path / "a.ods", {"mimetype": GENRE_ODS, "content.xml": contenu_ods({"Dossiers": contenu})}
    )
    lu = read_export(chemin, O2R)
    assert [(d.numero, d.ligne) for d in lu.dossiers] == [(101, 9)]


def test_a_template_tells_blanks_zeros_and_booleans(tmp_path: Path) -> None:
    chemin = ecrire_ods(
        tmp_path / "dossiers_x_2026-01-01_10-00.ods",
        {
            "Dossiers": [
                (*MODELE, *CHAMPS),
                (*LIGNE_MODELE, 0, True, False, "2026-03-01", "a\nb"),
                (102, *LIGNE_MODELE[1:], "", False, "", "", ""),
            ],
            "Etablissements": [],
            "Avis": [],
        },
    )
    lu = read_export(chemin, O2R)
    assert lu.origine is Origine.ODS_MODELE
    plein, vide = dossiers(lu)[101], dossiers(lu)[102]
    assert [plein.valeur(a) for a in ("cout_total", "engagement_republicain", "consortium")] == [0, True, False]
    assert str(plein.valeur("date_debut")) == "2026-03-01"
    assert plein.texte("resume") == "a\nb"
    assert not any(c.zero_ou_vide for d in (plein, vide) for c in d.champs)
    assert [vide.valeur(a) for a in ("cout_total", "engagement_republicain", "consortium")] == [None, False, None]
    assert plein.porteur.siret == "76514773100028"
    assert plein.depot is not None
    assert plein.depot.isoformat() == "2025-08-01T10:00:00+02:00"


def test_blanks_of_a_standard_export_are_doubtful(tmp_path: Path) -> None:
    chemin = ecrire_ods(
        tmp_path / "a.ods",
        {"Dossiers": [(*STANDARD, *CHAMPS), (*fixe(**{"À archiver": ""}), 0, "off", "", "", "")]},
    )
    lu = read_export(chemin, O2R)
    assert lu.origine is Origine.ODS_STANDARD
    dossier = dossiers(lu)[101]
    assert [c.attribut for c in dossier.champs if c.zero_ou_vide] == ["cout_total", "engagement_republicain"]
    assert dossier.valeur("consortium") is None


def test_establishments_and_blocks_are_joined(tmp_path: Path) -> None:
    chemin = ecrire_ods(
        tmp_path / "a.ods",
        {
            "Dossiers": [STANDARD, fixe()],
            "Etablissements": [
                ("Dossier ID", "Champ", "Établissement SIRET", "Entreprise forme juridique code"),
                ("101", "Dossier", "76514773100028", "9220"),
            ],
            "(7) Membres du consortium": [
                ("Dossier ID", "Ligne", "SIRET", "Rôle"),
                ("101", 2, "2", "b"),
                ("101", 1, "1", "a"),
            ],
        },
    )
    brut = enregistrements(lire_sur_place(chemin))[101]
    assert brut.demandeur["siret"] == "76514773100028"
    assert brut.blocs is not None
    assert [(b.stable_id, [x["SIRET"] for x in b.lignes]) for b in brut.blocs] == [(7, ["1", "2"])]


@settings(max_examples=60, deadline=None)
@given(contenu=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_content_costs_one_sentence(tmp_path_factory: pytest.TempPathFactory, contenu: bytes) -> None:
    chemin = zip_hostile(tmp_path_factory.mktemp("ods") / "a.ods", {"mimetype": GENRE_ODS, "content.xml": contenu})
    with pytest.raises(ExportError) as refus:
        lire_sur_place(chemin)
    assert "a.ods" in str(refus.value)


_morceaux = st.sampled_from(
    ["<table:table-row>", "</table:table-row>", "<table:table-cell>", "</table:table-cell>", "<text:p>", "x",
     "</text:p>", "<table:table/>", '<table:table-row table:number-rows-repeated="3">', "<text:s/>",
     "<office:annotation/>"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_morceaux, max_size=12).map("".join))
def test_elements_in_any_order_cost_one_sentence(tmp_path_factory: pytest.TempPathFactory, xml: str) -> None:
    octets = contenu_ods({"Dossiers": xml})
    chemin = zip_hostile(tmp_path_factory.mktemp("ods") / "a.ods", {"mimetype": GENRE_ODS, "content.xml": octets})
    with pytest.raises(ExportError):
        lire_sur_place(chemin)
