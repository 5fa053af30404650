"""What each action of the registry does, in the main window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from o2r_desktop.text import NBSP
from ui.actions import Actions, Quand
from ui.open_campagne import OpenCampagne
from ui.settings import Mode
from ui.theme import TAILLES, Theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def commands(fenetre: MainWindow) -> Mapping[str, Callable[[], object]]:
    """Return what each action does, by its id."""
    theme, campagnes = fenetre.services.theme, fenetre.campagnes
    return {
        "campagne.nouvelle": campagnes.create,
        "campagne.ouvrir": campagnes.choose,
        "campagne.demonstration": campagnes.open_demonstration,
        "importer": fenetre.services.navigation.import_files,
        "campagne.sauvegarder": campagnes.back_up,
        "campagne.dossier": campagnes.show_folder,
        "campagne.fermer": campagnes.close,
        "quitter": fenetre.close,
        "annuler": fenetre.annulation.undo,
        "retablir": fenetre.annulation.redo,
        "rechercher": partial(_search, fenetre),
        **{
            f"page.{nom}": partial(fenetre.go, nom)
            for nom in ("accueil", "dossiers", "comparer", "comite", "campagne")
        },
        "tri": fenetre.services.navigation.sort,
        "planning": fenetre.services.navigation.plan_work,
        "phrases": partial(_phrases, fenetre),
        "palette": partial(_palette, fenetre),
        **{f"apparence.{mode.value}": partial(theme.set_mode, mode) for mode in Mode},
        "contraste": partial(_toggle_contrast, theme),
        **{f"taille.{taille}": partial(theme.set_taille, taille) for taille in TAILLES},
        "taille.plus": partial(_resize, theme, 1),
        "taille.moins": partial(_resize, theme, -1),
        "taille.normale": partial(theme.set_taille, 100),
        "rail": partial(_toggle_rail, fenetre),
        "plein_ecran": partial(_toggle_full_screen, fenetre),
        "aide": partial(_help, fenetre),
        "raccourcis": partial(_shortcuts, fenetre),
        "version": partial(_copy_version, fenetre),
        "apropos": partial(_about, fenetre),
    }


def possible(campagne: OpenCampagne, *, searchable: bool) -> set[Quand]:
    """Return what can be done now."""
    vrais = {
        Quand.TOUJOURS: True,
        Quand.CAMPAGNE: campagne.is_open,
        Quand.ECRITURE: campagne.is_open and not campagne.read_only,
        Quand.ANNULABLE: campagne.history.next_undo is not None,
        Quand.RETABLISSABLE: campagne.history.next_redo is not None,
        Quand.RECHERCHE: searchable,
    }
    return {quand for quand, vrai in vrais.items() if vrai}


def tick(actions: Actions, theme: Theme, mode: Mode) -> None:
    """Tick the look and the size that are chosen."""
    actions.check(f"apparence.{mode.value}")
    actions.check("contraste", theme.contraste)
    if theme.taille in TAILLES:
        actions.check(f"taille.{theme.taille}")


def fill_recent(menu: QMenu, fenetre: MainWindow) -> None:
    """List the campagnes opened lately, the newest first."""
    menu.clear()
    for dossier in fenetre.services.reglages.recentes:
        action = menu.addAction(recent_text(dossier))
        action.triggered.connect(partial(_open, fenetre, dossier))
    if menu.isEmpty():
        menu.addAction("Aucune campagne récente").setEnabled(False)


def recent_text(dossier: Path) -> str:
    """Return the name of a campagne's folder and where it is."""
    return f"{dossier.name}{NBSP}— {dossier.parent}".replace("&", "&&")


def _open(fenetre: MainWindow, dossier: Path, _: bool = False) -> None:
    fenetre.campagnes.open(dossier)


def _search(fenetre: MainWindow) -> None:
    chercher = getattr(fenetre.page, "focus_search", None)
    if chercher is not None:
        chercher()


def _resize(theme: Theme, sens: int) -> None:
    """Go to the next text size in a direction, from whatever size is set."""
    if sens > 0:
        theme.set_taille(min((t for t in TAILLES if t > theme.taille), default=TAILLES[-1]))
    else:
        theme.set_taille(max((t for t in TAILLES if t < theme.taille), default=TAILLES[0]))


def _toggle_contrast(theme: Theme) -> None:
    theme.set_contraste(fort=not theme.contraste)


def _toggle_rail(fenetre: MainWindow) -> None:
    fenetre.rail.setVisible(fenetre.actions_fenetre["rail"].isChecked())


def _toggle_full_screen(fenetre: MainWindow) -> None:
    if fenetre.isFullScreen():
        fenetre.showNormal()
    else:
        fenetre.showFullScreen()
    fenetre.actions_fenetre.check("plein_ecran", fenetre.isFullScreen())


def _palette(fenetre: MainWindow) -> None:
    from ui.dialogs.palette import Palette

    _show(Palette(fenetre))


def _phrases(fenetre: MainWindow) -> None:
    from ui.dialogs.phrases import PhrasesDialog

    _show(PhrasesDialog(fenetre.services, fenetre))


def _help(fenetre: MainWindow) -> None:
    from ui.dialogs.aide import AideDialog

    _show(AideDialog.of_page(fenetre))


def _shortcuts(fenetre: MainWindow) -> None:
    from ui.dialogs.aide import AideDialog

    _show(AideDialog.of_keys(fenetre))


def _copy_version(fenetre: MainWindow) -> None:
    from ui.dialogs.apropos import informations

    QApplication.clipboard().setText(informations())
    fenetre.say("Informations de version copiées")


def _about(fenetre: MainWindow) -> None:
    from ui.dialogs.apropos import AproposDialog

    _show(AproposDialog(fenetre))


def _show(dialogue: QDialog) -> None:
    """Open a dialog that goes away for good when it is closed."""
    dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialogue.open()
