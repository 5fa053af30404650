"""The evidence of a dossier as marks on the pages of one of its pieces."""

from collections.abc import Sequence

from o2r_desktop.evaluation.preuves import preuve_dite
from o2r_desktop.evaluation.reponses import Evaluation
from o2r_desktop.text import NBSP, printable
from ui.widgets.selection import Marque


def marques_de(
    evaluation: Evaluation, empreinte: str, critere_id: str = ""
) -> tuple[Sequence[Marque], Sequence[str]]:
    """Return the marks of the piece of this SHA-256, and the critere of each; those of *critere_id* are current."""
    marques, criteres = [], []
    for critere, reponse in evaluation.reponses.items():
        for preuve in reponse.preuves:
            if preuve.empreinte == empreinte and preuve.zones:
                quoi = " ".join(printable(preuve.extrait).split()) or preuve_dite(preuve)
                marques.append(
                    Marque(
                        page=preuve.page or 1,
                        zones=preuve.zones,
                        nom=f"{critere}{NBSP}: {quoi}",
                        courante=critere == critere_id,
                    )
                )
                criteres.append(critere)
    return marques, criteres
