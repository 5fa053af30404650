"""The state of a dossier, apart from the dossier: the list shows it and reads nothing else."""

from enum import StrEnum


class Etat(StrEnum):
    """State of a dossier on the platform; values are those of its API."""

    EN_CONSTRUCTION = "en_construction"
    EN_INSTRUCTION = "en_instruction"
    ACCEPTE = "accepte"
    REFUSE = "refuse"
    SANS_SUITE = "sans_suite"

    @property
    def libelle(self) -> str:
        """Return the platform's own French label."""
        return _ETATS[self]


_ETATS = {
    Etat.EN_CONSTRUCTION: "En construction",
    Etat.EN_INSTRUCTION: "En instruction",
    Etat.ACCEPTE: "Accepté",
    Etat.REFUSE: "Refusé",
    Etat.SANS_SUITE: "Classé sans suite",
}
