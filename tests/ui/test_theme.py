from dataclasses import asdict, fields
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox

from o2r_desktop.resources import resource
from ui.icons import icone
from ui.services import Services
from ui.settings import Mode
from ui.theme import CLAIR, SOMBRE, TAILLES, Couleurs, Ton

THEMES = [pytest.param(CLAIR, id="clair"), pytest.param(SOMBRE, id="sombre")]


def luminance(couleur: str) -> float:
    c = QColor(couleur)
    lineaires = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c.redF(), c.greenF(), c.blueF())
    ]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def contraste(a: str, b: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    clair, fonce = sorted((luminance(a), luminance(b)), reverse=True)
    return (clair + 0.05) / (fonce + 0.05)


@pytest.mark.parametrize("c", THEMES)
def test_every_text_is_readable_on_every_ground_it_stands_on(c: Couleurs) -> None:
    fonds = (c.fond, c.carte, c.survol)
    paires = [
        *product((c.texte, c.secondaire), (*fonds, c.neutre_fond)),
        *product((c.action, c.mauvais), fonds),
        *(c.ton(ton) for ton in Ton),
        (c.texte, c.action_fond),
        (c.action, c.action_fond),
        (c.secondaire, c.action_fond),
        (c.texte, c.preuve),
        (c.bouton_texte, c.bouton),
        (c.bouton_texte, c.bouton_survol),
    ]
    assert [(a, b, round(contraste(a, b), 2)) for a, b in paires if contraste(a, b) < 4.5] == []


@pytest.mark.parametrize("c", THEMES)
def test_what_is_not_text_is_seen(c: Couleurs) -> None:
    """Focus rings, edges of ticks, done part of a bar, arrows: 3.0 (WCAG 1.4.11)."""
    fleche = "#7b7b88"
    assert fleche in resource("style", "fleche-bas.svg").read_text("utf-8")
    paires = [
        *product((c.action, c.secondaire), (c.fond, c.carte)),
        *product((fleche,), (c.fond, c.carte)),
        (c.bouton, c.carte) if c is CLAIR else (c.bouton_texte, c.bouton),
        (c.texte, c.fond),
        (c.preuve_bord, c.preuve) if c is SOMBRE else (c.texte, c.preuve),
    ]
    assert [(a, b, round(contraste(a, b), 2)) for a, b in paires if contraste(a, b) < 3.0] == []


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contraste("#ffffff", "#000000") == pytest.approx(21.0)
    assert contraste("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_name_the_same_roles() -> None:
    assert asdict(CLAIR).keys() == asdict(SOMBRE).keys() == {f.name for f in fields(Couleurs)}
    assert all(QColor(v).isValid() for c in (CLAIR, SOMBRE) for v in asdict(c).values())


def test_dark_and_light_are_chosen_and_kept(services: Services, qapp: QApplication) -> None:
    theme = services.theme
    theme.set_mode(Mode.SOMBRE)
    assert theme.couleurs is SOMBRE
    assert services.reglages.mode is Mode.SOMBRE
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == SOMBRE.carte
    theme.set_mode(Mode.CLAIR)
    assert theme.couleurs is CLAIR
    theme.set_mode(Mode.SYSTEME)
    assert theme.couleurs in (CLAIR, SOMBRE)


def test_the_size_of_text_is_that_of_the_system_times_the_choice(services: Services, qapp: QApplication) -> None:
    services.theme.set_taille(100)
    avant = qapp.font().pointSizeF()
    services.theme.set_taille(200)
    assert qapp.font().pointSizeF() == pytest.approx(avant * 2)
    services.theme.set_taille(5000)
    assert services.theme.taille == TAILLES[-1]
    services.theme.set_taille(100)


def test_the_style_sheet_names_no_unknown_colour_and_no_missing_picture(
    services: Services, qapp: QApplication
) -> None:
    services.theme.apply()
    feuille = qapp.styleSheet()
    assert "$" not in feuille
    images = {morceau.split(")")[0] for morceau in feuille.split("url(style:")[1:]}
    assert images
    assert [nom for nom in images if not resource("style", nom).is_file()] == []


@pytest.mark.parametrize("mode", [Mode.CLAIR, Mode.SOMBRE])
def test_a_tick_is_seen(services: Services, mode: Mode) -> None:
    services.theme.set_mode(mode)
    case = QCheckBox("Coché")
    case.resize(case.sizeHint())
    vides = case.grab().toImage()
    case.setChecked(True)
    image = case.grab().toImage()
    couleurs = {image.pixelColor(x, y).name() for x in range(24) for y in range(image.height())}
    assert services.theme.couleurs.bouton in couleurs
    assert "#ffffff" in couleurs
    assert image != vides
    services.theme.set_mode(Mode.SYSTEME)


NOMS = sorted(chemin.stem for chemin in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("nom", NOMS)
def test_every_icon_is_painted_in_its_colour(qapp: QApplication, nom: str) -> None:
    assert qapp is not None
    image = icone(nom, QColor("#b3172b")).pixmap(QSize(48, 48)).toImage()
    peints = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255]
    assert peints
    assert all(abs(c.red() - 0xB3) + abs(c.green() - 0x17) + abs(c.blue() - 0x2B) <= 6 for c in peints)


def test_an_icon_that_does_not_exist_is_a_bug(services: Services) -> None:
    with pytest.raises(FileNotFoundError):
        services.theme.icone("licorne")
