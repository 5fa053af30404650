"""The fingerprint of what a summary depends on beside the record: a summary made under other rules is dropped."""

import hashlib

from o2r_desktop import __version__
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.store.valeurs import en_json


def empreinte(parametres: Parametres, correspondance_toml: str) -> str:
    """Return the fingerprint of the parameters, the correspondance and the program."""
    parties = (__version__, en_json(parametres.en_json()), correspondance_toml)
    return hashlib.sha256("\0".join(parties).encode()).hexdigest()
