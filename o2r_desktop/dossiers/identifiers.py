"""SIRET and SIREN numbers."""


def chiffres(texte: str) -> str:
    """Keep the ASCII digits of *texte*."""
    return "".join(c for c in texte if c in "0123456789")


def siret_valide(siret: str) -> bool:
    """Say whether *siret* has fourteen digits and a right check digit (La Poste's own rule included)."""
    from stdnum.fr import siret as regle  # here: its package loads ssl, 25 ms that most starts do not need

    return siret == chiffres(siret) and bool(regle.is_valid(siret))


def siren_valide(siren: str) -> bool:
    """Say whether *siren* has nine digits and a right check digit."""
    from stdnum.fr import siren as regle

    return siren == chiffres(siren) and bool(regle.is_valid(siren))


def siren_de(siret: str) -> str:
    """Return the nine first digits of a fourteen-digit SIRET, else an empty string."""
    return siret[:9] if len(siret) == 14 and siret == chiffres(siret) else ""


def groupe(siret: str) -> str:
    """Return a SIRET as it is printed: «765 147 731 00028»; anything else is returned as it is."""
    if len(siret) != 14:
        return siret
    return f"{siret[:3]}\u202f{siret[3:6]}\u202f{siret[6:9]}\u202f{siret[9:]}"
