"""Why a received workbook or document is not shown, in French; what its ZIP directory must not say."""

import zipfile
from collections.abc import Sequence

from o2r_desktop.imports.gardes import MEMBRE_MAX, MEMBRES_MAX, RAPPORT_MAX

PROTEGE = "Ce fichier est protégé par un mot de passe : demandez-le sans mot de passe, ou ouvrez la pièce."
ABIME = "Ce fichier est abîmé ou tronqué : ouvrez la pièce, ou demandez-la de nouveau."
DEMESURE = "Ce fichier se déplie en un contenu démesuré : il n’est pas montré ici."
TROP_LONG = "Ce fichier demande trop de temps ou de mémoire : il n’est pas montré ici, ouvrez la pièce."
FATAL = "Ce fichier a fait échouer sa lecture : il est abîmé ou piégé, et ne peut pas être montré."
ENTITES = "Ce fichier déclare des entités XML, qu’aucun document n’a : il n’est pas montré ici."
INCONNU = "Ce que contient ce fichier n’est pas un document connu : il n’est pas montré ici."

_METHODES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PETIT = 10 * 2**20


class RefusError(Exception):
    """The file is not shown; the text is a French sentence."""


def verifier_membres(membres: Sequence[zipfile.ZipInfo]) -> None:
    """Raise RefusError when a ZIP directory tells of a password, a bomb or a way of packing that no office has."""
    if len(membres) > MEMBRES_MAX:
        raise RefusError(DEMESURE)
    for membre in membres:
        if membre.flag_bits & 1:
            raise RefusError(PROTEGE)
        if membre.compress_type not in _METHODES:
            raise RefusError(ABIME)
        if membre.file_size > min(MEMBRE_MAX, max(_PETIT, RAPPORT_MAX * membre.compress_size)):
            raise RefusError(DEMESURE)
    if sum(membre.file_size for membre in membres) > 3 * MEMBRE_MAX:
        raise RefusError(DEMESURE)
