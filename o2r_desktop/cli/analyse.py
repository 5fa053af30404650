"""The words of the command line, and argparse made to speak French."""

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from o2r_desktop import __version__
from o2r_desktop.errors import UsageError
from o2r_desktop.evaluation.reponses import DecisionConstat, TypeAvis
from o2r_desktop.notes.modele import Longueur
from o2r_desktop.text import NBSP

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"mots inconnus : \1"),
    (r"argument (.*): invalid choice: (.*?) \(choose from (.*)\)", r"\1 : \2 n’est pas connu (choix : \3)"),
    (r"argument (.*): expected one argument", r"\1 attend une valeur"),
    (r"argument (.*): expected at least one argument", r"\1 attend au moins une valeur"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 ne va pas avec \2"),
    (r"argument (.*): invalid \w+ value: (.*)", r"\1 : \2 n’est pas un nombre entier"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 est ambigu : \2"),
    (r"one of the arguments (.*) is required", r"il faut l’un de : \1"),
    (r"argument (.*): (.*)", r"\1 : \2"),
)


class _Aide(argparse.RawDescriptionHelpFormatter):
    """Help with French headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Head the usage line in French."""
        super().add_usage(usage, actions, groups, f"Emploi{NBSP}: " if prefix is None else prefix)


class Analyseur(argparse.ArgumentParser):
    """A parser whose errors are UsageError with a French sentence."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs |= {"add_help": False, "formatter_class": _Aide, "allow_abbrev": False}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._positionals.title = f"Arguments{NBSP}"
        groupe = self.add_argument_group(f"Options{NBSP}")
        groupe.add_argument("-h", "--aide", "--help", action="help", help="montre cette aide")
        self.options = groupe

    def error(self, message: str) -> NoReturn:
        """Raise a UsageError; never exits."""
        for motif, francais in _MESSAGES:
            traduit, fois = re.subn(f"^{motif}$", francais, message, flags=re.DOTALL)
            if fois:
                message = re.sub(r"'([^']*)'", "«\u00a0\\1\u00a0»", traduit)
                break
        raise UsageError(f"{message.rstrip('.')}. Voir « {self.prog} --aide ».")


def build_parser() -> Analyseur:
    """Return the parser of every command of produit § 6."""
    parser = Analyseur(prog="o2r", description="Instruction hors ligne des dossiers d’un AMI O2R.")
    parser.options.add_argument(
        "--version", action="version", version=f"O2R Desktop {__version__}", help="montre la version"
    )
    commandes = parser.add_subparsers(
        dest="commande", metavar="COMMANDE", title=f"Commandes{NBSP}", parser_class=Analyseur, required=True
    )
    _lecture(commandes)
    _ecriture(commandes)
    _entretien(commandes)
    return parser


def _commande(
    commandes: "argparse._SubParsersAction[Analyseur]", nom: str, aide: str, *, campagne: bool = True
) -> Analyseur:
    parser = commandes.add_parser(nom, help=aide, description=aide[0].upper() + aide[1:] + ".")
    if campagne:
        parser.options.add_argument(
            "--campagne", metavar="DOSSIER", type=Path, required=True, help="dossier de la campagne"
        )
    return parser


def _json(parser: Analyseur) -> None:
    parser.options.add_argument("--json", action="store_true", help="écrit un document JSON sur la sortie standard")


def _auteur(parser: Analyseur) -> None:
    parser.options.add_argument(
        "--instructeur", metavar="NOM", help="nom porté au journal et sur la note (à défaut, O2R_INSTRUCTEUR)"
    )


def numero(texte: str) -> int:
    """Read a dossier number, grouped or not; argparse tells the ValueError."""
    return int("".join(texte.split()))


def _numero(parser: Analyseur) -> None:
    parser.add_argument("numero", metavar="NUMERO", type=numero, help="numéro du dossier")


def _lecture(commandes: "argparse._SubParsersAction[Analyseur]") -> None:
    demo = _commande(commandes, "demo", "crée la campagne de démonstration et ses notes", campagne=False)
    demo.options.add_argument("--campagne", metavar="DOSSIER", type=Path, default=Path("demo-o2r"),
                              help="dossier de la campagne (à défaut, demo-o2r)")  # fmt: skip
    _json(demo)
    importer = _commande(commandes, "importer", "importe un ou plusieurs exports de la plateforme")
    importer.add_argument(
        "fichiers",
        metavar="FICHIER",
        nargs="+",
        type=Path,
        help="export XLSX, ODS, CSV ou JSON, ou archive ZIP de pièces",
    )
    importer.options.add_argument("--essai", action="store_true", help="montre le plan et n’écrit rien")
    importer.options.add_argument(
        "--meme-anciens", action="store_true", help="remplace aussi des dossiers par un état plus ancien"
    )
    _auteur(importer)
    _json(importer)
    liste = _commande(commandes, "dossiers", "liste les dossiers de la campagne")
    liste.options.add_argument(
        "--recherche",
        metavar="TEXTE",
        default="",
        help="mots cherchés dans les réponses et les pièces, et filtres comme dep:72 ou score>=60",
    )
    liste.options.add_argument(
        "--sortie", metavar="FICHIER", type=Path, help="écrit la liste dans un classeur .xlsx ou .ods"
    )
    _json(liste)
    grille = _commande(commandes, "grille", "montre la grille, ou un critère avec ses niveaux")
    grille.add_argument("critere", metavar="CRITERE", nargs="?", help="identifiant du critère, par exemple FIN-02")
    _json(grille)
    dossier = _commande(commandes, "dossier", "montre un dossier, ses constats et son évaluation")
    _numero(dossier)
    _json(dossier)
    historique = _commande(
        commandes, "historique", "dit ce qui a été fait sur un dossier, avec l’ancien et le nouveau"
    )
    _numero(historique)
    historique.options.add_argument("--critere", metavar="C", default="", help="ce critère seulement, comme FIN-02")
    _json(historique)
    questions = _commande(commandes, "questions", "écrit le message des questions à envoyer au porteur")
    _numero(questions)
    questions.options.add_argument(
        "--echeance", metavar="DATE", help="dernier jour pour répondre, AAAA-MM-JJ (à défaut, dix jours ouvrés)"
    )
    _json(questions)


def _ecriture(commandes: "argparse._SubParsersAction[Analyseur]") -> None:
    repondre = _commande(commandes, "repondre", "répond à un critère de la grille")
    _numero(repondre)
    repondre.add_argument("critere", metavar="CRITERE", help="identifiant du critère, par exemple FIN-02")
    repondre.add_argument("valeur", metavar="VALEUR", help="niveau 0 à 4, oui, non, « sans objet », « manquante », "
                          "montant ou priorité selon le critère")  # fmt: skip
    repondre.options.add_argument("--commentaire", metavar="T", help="commentaire de la réponse")
    repondre.options.add_argument(
        "--constat", choices=[d.value for d in DecisionConstat], help="ce que vous dites du constat calculé"
    )
    repondre.options.add_argument("--motif", metavar="T", help="motif, si le constat est contesté")
    _auteur(repondre)
    _json(repondre)
    conclure = _commande(commandes, "conclure", "rend l’avis et fige l’évaluation")
    _numero(conclure)
    conclure.add_argument("avis", metavar="AVIS", choices=[a.value for a in TypeAvis],
                          help=", ".join(a.value for a in TypeAvis))  # fmt: skip
    conclure.options.add_argument("--motif", metavar="T", required=True, help="motif de l’avis")
    conclure.options.add_argument("--reserves", metavar="T", default="", help="réserves et conditions")
    conclure.options.add_argument("--montant", metavar="ANNEE=EUROS", action="append", default=[],
                                  help="montant proposé pour une année (à répéter)")  # fmt: skip
    conclure.options.add_argument("--points-forts", metavar="T", default="", help="un point fort par ligne")
    conclure.options.add_argument("--points-faibles", metavar="T", default="", help="un point faible par ligne")
    _auteur(conclure)
    _json(conclure)
    rouvrir = _commande(commandes, "rouvrir", "rouvre une évaluation figée")
    _numero(rouvrir)
    rouvrir.options.add_argument("--motif", metavar="T", required=True, help="motif de la réouverture")
    _auteur(rouvrir)
    _json(rouvrir)


def _entretien(commandes: "argparse._SubParsersAction[Analyseur]") -> None:
    annuler = _commande(commandes, "annuler-import", "annule le dernier import, sans toucher aux réponses")
    annuler.add_argument(
        "import_id", metavar="IMPORT", nargs="?", type=numero, help="numéro de l’import (à défaut, le dernier)"
    )
    _auteur(annuler)
    _json(annuler)
    correspondance = _commande(commandes, "correspondance", "donne ou reprend la correspondance des champs")
    correspondance.add_argument("sens", metavar="SENS", choices=["exporter", "importer"],
                                help="exporter vers un fichier, ou importer celui d’un collègue")  # fmt: skip
    correspondance.add_argument("fichier", metavar="FICHIER", type=Path, help="fichier de correspondance (TOML)")
    _auteur(correspondance)
    _json(correspondance)
    note = _commande(commandes, "note", "écrit la note PDF d’un ou de plusieurs dossiers")
    note.add_argument("numeros", metavar="NUMERO", nargs="*", type=numero, help="numéros des dossiers")
    note.options.add_argument("--toutes", action="store_true", help="tous les dossiers de la campagne")
    note.options.add_argument("--sortie", metavar="DOSSIER", type=Path, required=True, help="dossier des notes")
    note.options.add_argument(
        "--longueur",
        choices=[longueur.value for longueur in Longueur],
        default=Longueur.COMPLETE.value,
        help="fiche d’une page, note sans annexes, ou complète (à défaut)",
    )
    _json(note)
    _comite(commandes)
    sauvegarder = _commande(commandes, "sauvegarder", "sauvegarde la campagne")
    _json(sauvegarder)
    restaurer = _commande(commandes, "restaurer", "remet la campagne dans l’état d’une sauvegarde")
    restaurer.add_argument("sauvegarde", metavar="FICHIER", nargs="?", type=Path,
                           help="sauvegarde (à défaut, la plus récente)")  # fmt: skip
    _json(restaurer)
    verifier = _commande(commandes, "verifier", "contrôle la campagne, ou une note PDF remise par quelqu’un")
    verifier.add_argument("note", metavar="NOTE.pdf", nargs="?", type=Path,
                          help="note à comparer avec la campagne (à défaut, contrôle la campagne)")  # fmt: skip
    _json(verifier)


def _comite(commandes: "argparse._SubParsersAction[Analyseur]") -> None:
    seance = _commande(commandes, "seance", "écrit les papiers du comité (présence, ordre du jour, PV, relevé)")
    seance.options.add_argument("--sortie", metavar="DOSSIER", type=Path, required=True, help="dossier des papiers")
    _json(seance)
    recueil = _commande(commandes, "recueil", "écrit le recueil du comité, une page par dossier")
    recueil.options.add_argument("--sortie", metavar="FICHIER", type=Path, required=True, help="fichier .pdf")
    _json(recueil)
    tableau = _commande(commandes, "tableau", "écrit tout ce que voit le comité dans un classeur")
    tableau.options.add_argument(
        "--sortie", metavar="FICHIER", type=Path, required=True, help="fichier .xlsx ou .ods"
    )
    _json(tableau)
