import re
from collections.abc import Iterator
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
from ui.theme import (
    CLAIR,
    CLAIR_CONTRASTE,
    SOMBRE,
    SOMBRE_CONTRASTE,
    TAILLES,
    Couleurs,
    Ton,
    contrast,
    is_strong,
)

THEMES = [
    pytest.param(CLAIR, 4.5, id="clair"),
    pytest.param(SOMBRE, 4.5, id="sombre"),
    pytest.param(CLAIR_CONTRASTE, 7.0, id="clair, contraste élevé"),
    pytest.param(SOMBRE_CONTRASTE, 7.0, id="sombre, contraste élevé"),
]
FORTS = (CLAIR_CONTRASTE, SOMBRE_CONTRASTE)


def contraste(a: str, b: str) -> float:
    return contrast(QColor(a), QColor(b))


@pytest.mark.parametrize(("c", "exige"), THEMES)
def test_every_text_is_readable_on_every_ground_it_stands_on(c: Couleurs, exige: float) -> None:
    fonds = (c.fond, c.carte, c.survol)
    paires = [
        *product((c.texte, c.secondaire), (*fonds, c.neutre_fond)),
        *product((c.action, c.mauvais), fonds),
        *product([c.ton(ton)[0] for ton in Ton], (c.fond, c.carte)),
        *(c.ton(ton) for ton in Ton),
        *_written_together(c),
        (c.texte, c.action_fond),
        (c.action, c.action_fond),
        (c.secondaire, c.action_fond),
        (c.texte, c.preuve),
        (c.secondaire, c.preuve) if c in FORTS else (c.texte, c.preuve),
        (c.bouton_texte, c.bouton),
        (c.bouton_texte, c.bouton_survol),
    ]
    assert [(a, b, round(contraste(a, b), 2)) for a, b in paires if contraste(a, b) < exige] == []


def _written_together(c: Couleurs) -> Iterator[tuple[str, str]]:
    """Yield the words and the ground of each rule of the style sheets that gives both."""
    roles = asdict(c)
    for nom in ("fenetre.qss", "contraste.qss"):
        for regle in re.findall(r"{([^}]*)}", resource("style", nom).read_text("utf-8")):
            mots, sol = re.search(r"(?:^|[\s;])color: \$(\w+)", regle), re.search(r"background: \$(\w+)", regle)
            if mots and sol:
                yield roles[mots[1]], roles[sol[1]]


@pytest.mark.parametrize("c", [CLAIR, SOMBRE, *FORTS])
def test_what_is_not_text_is_seen(c: Couleurs) -> None:
    """Focus rings, edges of ticks, done part of a bar, arrows: 3.0 (WCAG 1.4.11)."""
    fleche = "#7b7b88"
    assert fleche in resource("style", "fleche-bas.svg").read_text("utf-8")
    paires = [
        *product((c.action, c.secondaire), (c.fond, c.carte)),
        *product((fleche,), (c.fond, c.carte)),
        (c.bouton_texte, c.bouton) if c is SOMBRE else (c.bouton, c.carte),
        (c.texte, c.fond),
        (c.texte, c.preuve) if c is CLAIR else (c.preuve_bord, c.preuve),
    ]
    if c in FORTS:  # lines too, the part of a bar that is left, the edge of an evidence
        seuls = (c.ligne, c.piste, c.preuve_bord, *(c.ton(ton)[0] for ton in Ton))
        paires += [*product(seuls, (c.fond, c.carte)), (c.bouton, c.piste), (c.action, c.action_fond)]
    assert [(a, b, round(contraste(a, b), 2)) for a, b in paires if contraste(a, b) < 3.0] == []


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contraste("#ffffff", "#000000") == pytest.approx(21.0)
    assert contraste("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_name_the_same_roles() -> None:
    assert asdict(CLAIR).keys() == asdict(SOMBRE).keys() == {f.name for f in fields(Couleurs)}
    assert all(QColor(v).isValid() for c in (CLAIR, SOMBRE, *FORTS) for v in asdict(c).values())


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


def test_a_high_contrast_is_chosen_kept_and_left(services: Services, qapp: QApplication) -> None:
    theme, reglages = services.theme, services.reglages
    theme.set_mode(Mode.CLAIR)
    assert (theme.contraste, theme.anneau, reglages.contraste) == (False, 2, None)
    theme.set_contraste(fort=True)
    assert (theme.contraste, theme.anneau, reglages.contraste) == (True, 3, True)
    assert theme.couleurs is CLAIR_CONTRASTE
    assert qapp.palette().color(QPalette.ColorRole.WindowText).name() == "#000000"
    theme.set_mode(Mode.SOMBRE)
    assert theme.couleurs is SOMBRE_CONTRASTE
    theme.set_contraste(fort=False)
    assert theme.couleurs is SOMBRE
    assert reglages.contraste is None  # as the system says: it is followed again
    theme.set_mode(Mode.SYSTEME)


def test_a_contrast_refused_to_the_system_is_kept(services: Services) -> None:
    services.reglages.contraste = False
    assert services.theme.contraste is False
    services.reglages.contraste = True
    assert services.theme.contraste is True
    services.reglages.set_texte("apparence/contraste", "peut-être")
    assert services.reglages.contraste is None


def test_rings_of_three_pixels_move_nothing(services: Services, qapp: QApplication) -> None:
    services.theme.set_contraste(fort=True)
    feuille = qapp.styleSheet()
    assert "border: 1px solid #444444; border-radius: 6px; padding: 5px 12px; }" in feuille
    assert "QPushButton:focus, QToolButton:focus { border: 3px solid #00207a; padding: 3px 10px; }" in feuille
    assert " border: 2px solid #00207a;" not in feuille.partition("/* High contrast")[0]
    services.theme.set_contraste(fort=False)


@pytest.mark.parametrize(
    ("texte", "fond", "forte"),
    [("#000000", "#ffffff", True), ("#ffff00", "#000000", False), ("#000000", "#efefef", False)],
)
def test_the_palette_of_the_system_tells_its_contrast(texte: str, fond: str, forte: bool) -> None:
    palette = QPalette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, QColor(texte))
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, QColor(fond))
    assert is_strong(palette) is forte


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


@pytest.mark.parametrize(
    ("mode", "fort", "coche"), [*product(Mode, [False], ["#ffffff"]), (Mode.SOMBRE, True, "#000000")]
)
def test_a_tick_is_seen(services: Services, mode: Mode, fort: bool, coche: str) -> None:
    services.theme.set_mode(mode)
    services.theme.set_contraste(fort=fort)
    case = QCheckBox("Coché")
    case.resize(case.sizeHint())
    vides = case.grab().toImage()
    case.setChecked(True)
    image = case.grab().toImage()
    couleurs = {image.pixelColor(x, y).name() for x in range(24) for y in range(image.height())}
    assert services.theme.couleurs.bouton in couleurs
    assert coche in couleurs
    assert image != vides
    services.theme.set_contraste(fort=False)
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
