"""Exports made in memory: headers and rows, without a file."""

from collections.abc import Sequence

from o2r_desktop.dossiers.apercu import apercu
from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.enregistrement import de_json, ecrire_contenu
from o2r_desktop.dossiers.importation import DossierLu, ExportRead
from o2r_desktop.dossiers.model import Colonne, Enregistrement, Origine


def lu(
    colonnes: Sequence[Colonne | str],
    lignes: Sequence[Sequence[Brut]] = (),
    *,
    origine: Origine = Origine.XLSX_MODELE,
    premier: int = 101,
) -> ExportRead:
    """Return an export of one set of columns; dossiers are numbered from *premier*."""
    jeu = tuple(c if isinstance(c, Colonne) else Colonne(c) for c in colonnes)
    dossiers = []
    for rang, ligne in enumerate(lignes):
        contenu = ecrire_contenu(origine=origine, fixes={}, demandeur={}, cellules=ligne, blocs=None, autres={})
        brut = de_json(premier + rang, contenu, jeu)
        dossiers.append(
            DossierLu(
                numero=premier + rang,
                ligne=rang + 2,
                jeu=0,
                contenu=contenu,
                empreinte=f"{rang}",
                apercu=apercu(brut, [None] * len(jeu)),
            )
        )
    return ExportRead(
        fichier="export.xlsx",
        empreinte="e",
        origine=origine,
        date_fichier=None,
        demarche="",
        jeux=(jeu,),
        dossiers=tuple(dossiers),
        refuses=(),
        anomalies=(),
    )


def bruts(export: ExportRead) -> dict[int, Enregistrement]:
    """Return the records of an export, by number."""
    return {d.numero: de_json(d.numero, d.contenu, export.jeux[d.jeu]) for d in export.dossiers}
