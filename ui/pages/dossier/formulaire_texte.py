"""The form of a dossier as a text to read: who applies, then each section as it was answered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtGui import QFont

from o2r_desktop.dossiers.affichage import champ_dit, valeur_dite
from o2r_desktop.dossiers.budget import ZERO, EtatChiffre, euros
from o2r_desktop.dossiers.champs import Champ, TypeChamp
from o2r_desktop.dossiers.familles import ChampEntier, entiers
from o2r_desktop.dossiers.model import Dossier, Piece
from o2r_desktop.text import NBSP, NNBSP, date_longue, instant, montant, nombre, printable
from ui.models.pieces import etat_piece
from ui.pages.dossier.formulaire_lieux import Lieux, adresse_piece
from ui.theme import Theme
from ui.widgets.champs import Passage, Redaction, Reponse, Style

PORTEUR = "Porteur"
AUTRES = "Autres réponses"
"""Heading of the fields that nothing of the product's knows."""
CONSORTIUM, BUDGET = "Consortium", "Budget"

AIDE_ZERO = (
    f"«{NBSP}0 ou non renseigné{NBSP}»{NBSP}: un export standard écrit la même chose pour un zéro et pour une "
    "absence de réponse. La réponse exacte se lit sur la plateforme, ou dans un export par modèle."
)
AIDE = "zero"
"""Address of the «?» beside what may be a zero or a blank."""
_COURT = 60
_ANNEE = re.compile(r"(.+)_annee_([0-9])")
_FIN_ANNEE = re.compile(r"\s*[–—-]?\s*ann[ée]e\s*[0-9]", re.IGNORECASE)
CHIFFRES = frozenset({TypeChamp.MONTANT, TypeChamp.ENTIER, TypeChamp.DECIMAL})
"""Fields whose years make one line of a table."""

Ligne = tuple[str, Sequence[Sequence[Passage]]]
"""A line of a table: its keys, its cells."""


def write_dossier(dossier: Dossier, theme: Theme, police: QFont, *, large: bool) -> Redaction:
    """Write the whole form; *large* says that there is room for two columns and for tables."""
    redaction = Redaction(theme, police, large=large)
    lieux = Lieux(dossier)
    _porteur(redaction, dossier)
    for section, champs in _par_section(dossier).items():
        redaction.titre(section)
        _section(redaction, champs, lieux)
        if section == CONSORTIUM:
            _membres(redaction, dossier)
        if section == BUDGET:
            _cofinancements(redaction, dossier)
    redaction.finish()
    return redaction


def siret_dit(siret: str) -> str:
    """Return «123 456 789 00012»; what is no SIRET stays as it is."""
    if len(siret) != 14 or not siret.isdigit():
        return siret
    return NNBSP.join((siret[:3], siret[3:6], siret[6:9], siret[9:]))


def _par_section(dossier: Dossier) -> dict[str, list[ChampEntier]]:
    """Return the fields by section, in the order of the form; the unknown ones last."""
    sections: dict[str, list[ChampEntier]] = {}
    for champ in entiers(dossier.champs):
        sections.setdefault(champ.section or AUTRES, []).append(champ)
    if dossier.membres:
        sections.setdefault(CONSORTIUM, [])
    if dossier.cofinancements:
        sections.setdefault(BUDGET, [])
    if AUTRES in sections:
        sections[AUTRES] = sections.pop(AUTRES)
    return sections


# --- who applies ----------------------------------------------------------------------------------------


def _porteur(redaction: Redaction, dossier: Dossier) -> None:
    porteur = dossier.porteur
    redaction.titre(PORTEUR)
    categorie = f" (catégorie {porteur.categorie_juridique})" if porteur.categorie_juridique else ""
    lieu = f"{porteur.code_postal} {porteur.localite}".strip()
    adresse = printable(porteur.adresse).strip()
    if lieu and lieu.casefold() not in adresse.casefold():
        adresse = f"{adresse}\n{lieu}".strip()
    redaction.reponse(Reponse("Nom", [_dit(porteur.nom, Style.FORT)]))
    if porteur.personne_physique:
        courtes = [Reponse("Nature", [Passage("personne physique")])]
    else:
        courtes = [
            Reponse("SIRET", [_dit(siret_dit(porteur.siret))], "siret"),
            Reponse("Forme juridique", [_dit(f"{porteur.forme_juridique}{categorie}".strip())]),
            Reponse("Adresse du siège (répertoire)", [_dit(adresse)]),
            Reponse("État administratif", [_dit(porteur.etat_administratif)]),
            Reponse("Activité principale (NAF)", [_dit(porteur.naf)]),
            Reponse("Création", [_dit(date_longue(porteur.date_creation) if porteur.date_creation else "")]),
        ]
        if porteur.rna:
            courtes.append(Reponse("Répertoire des associations (RNA)", [Passage(porteur.rna)]))
    if porteur.mandataire:
        courtes.append(Reponse("Mandataire", [Passage(porteur.mandataire)]))
    redaction.reponses([*courtes, *_depot(dossier)])
    if porteur.objet:
        redaction.reponse(Reponse("Objet (répertoire des associations)", [Passage(porteur.objet)]))
    connus = {champ.libelle for champ in dossier.champs if champ.anomalie}
    for anomalie in dossier.anomalies:
        if anomalie.ou not in connus:
            redaction.reponse(Reponse(anomalie.ou, [_alerte(anomalie.quoi)]))


def _depot(dossier: Dossier) -> Iterator[Reponse]:
    yield Reponse("Dépôt", [_dit(instant(dossier.depot) if dossier.depot else "")], "depot")
    if dossier.mise_a_jour:
        yield Reponse("Dernière mise à jour", [Passage(instant(dossier.mise_a_jour))])
    yield Reponse("Courriel du déposant", [_dit(dossier.courriel)])
    if dossier.etat:
        yield Reponse("État sur la plateforme", [Passage(dossier.etat.libelle)])


# --- sections ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Serie:
    """Figures of several years that the form asks one by one."""

    libelle: str
    annees: dict[int, Champ]


def _section(redaction: Redaction, champs: Sequence[ChampEntier], lieux: Lieux) -> None:
    """Write a section: series in one table where the first stands, short answers two by two."""
    series, reste = _series(champs)
    courtes: list[Reponse] = []
    for element in reste:
        if element is None:
            _verser(redaction, courtes)
            _tableau_annees(redaction, series, lieux)
        elif _est_court(element):
            courtes.append(_reponse(element, lieux))
        else:
            _verser(redaction, courtes)
            redaction.reponse(_reponse(element, lieux))
    _verser(redaction, courtes)


def _verser(redaction: Redaction, courtes: list[Reponse]) -> None:
    if courtes:
        redaction.reponses(courtes)
        courtes.clear()


def _series(entiers: Sequence[ChampEntier]) -> tuple[list[_Serie], list[ChampEntier | None]]:
    """Return the series, and the other fields with None where the table of the series goes."""
    groupes: dict[str, dict[int, Champ]] = {}
    for entier in entiers:
        champ = entier.champ
        trouve = None if entier.details else _ANNEE.fullmatch(champ.attribut or "")
        if trouve and champ.type in CHIFFRES and len(champ_dit(champ)) <= _COURT:
            groupes.setdefault(trouve[1], {})[int(trouve[2])] = champ
    groupes = {nom: annees for nom, annees in groupes.items() if len(annees) > 1}
    pris = {id(c) for annees in groupes.values() for c in annees.values()}
    reste: list[ChampEntier | None] = []
    for entier in entiers:
        if id(entier.champ) not in pris:
            reste.append(entier)
        elif None not in reste:
            reste.append(None)
    return [_Serie(_sans_annee(next(iter(a.values())).libelle), a) for a in groupes.values()], reste


def _sans_annee(libelle: str) -> str:
    return _FIN_ANNEE.sub("", libelle).replace("(€)", "").strip()


def _tableau_annees(redaction: Redaction, series: Sequence[_Serie], lieux: Lieux) -> None:
    annees = sorted({annee for serie in series for annee in serie.annees})
    part = 62 // (len(annees) + 1)
    redaction.tableau(
        ["Par année", *(f"Année{NBSP}{annee}" for annee in annees), "Somme"],
        [_ligne(serie, annees, lieux) for serie in series],
        largeurs=[100 - part * (len(annees) + 1), *([part] * (len(annees) + 1))],
        chiffres=range(1, len(annees) + 2),
    )


def _ligne(serie: _Serie, annees: Sequence[int], lieux: Lieux) -> Ligne:
    champs = list(serie.annees.values())
    connus = [n for c in champs if (n := _nombre(c)) is not None]
    decimales = 2 if any(n != n.to_integral_value() for n in connus) else 0
    dite = _chiffre(sum(connus, ZERO), champs[0].type, decimales)
    somme = Passage(dite, Style.FORT) if len(connus) == len(annees) else Passage("incomplète", Style.SECONDAIRE)
    return lieux.cles(*champs), [
        [Passage(serie.libelle)],
        *(_en_cellule(serie.annees.get(annee), decimales, lieux) for annee in annees),
        [somme],
    ]


def _en_cellule(champ: Champ | None, decimales: int, lieux: Lieux) -> list[Passage]:
    if champ is None:
        return [Passage(EtatChiffre.ABSENT.value, Style.SECONDAIRE)]
    valeur = _nombre(champ)
    return _passages(champ, lieux) if valeur is None else [Passage(_chiffre(valeur, champ.type, decimales))]


def _nombre(champ: Champ) -> Decimal | None:
    """Return a figure that can be added to others, None for a blank and for what is odd."""
    valeur = champ.valeur
    if champ.zero_ou_vide or champ.anomalie or isinstance(valeur, bool) or not isinstance(valeur, int | Decimal):
        return None
    return Decimal(valeur)


def _chiffre(valeur: Decimal, genre: TypeChamp, decimales: int) -> str:
    return montant(valeur, decimales) if genre is TypeChamp.MONTANT else nombre(valeur)


# --- one field -------------------------------------------------------------------------------------------


def _est_court(entier: ChampEntier) -> bool:
    if entier.champ.type is TypeChamp.PIECES and entier.champ.valeur:
        return False
    dit = entier.dit
    return len(dit) <= _COURT and "\n" not in dit


def _reponse(entier: ChampEntier, lieux: Lieux) -> Reponse:
    champ, passages = entier.champ, _passages(entier.champ, lieux)
    rang = f" ({champ.rang})" if champ.rang > 1 else ""
    if precision := entier.precision:
        lignes = isinstance(champ.valeur, tuple) or "\n" in str(champ.valeur)
        passages.append(Passage("\n" if lignes else f"{NBSP}— ", Style.SECONDAIRE))
        passages.append(Passage(precision, Style.SECONDAIRE))
    return Reponse(f"{champ.libelle}{rang}", passages, lieux.cles(*entier.champs))


def _passages(champ: Champ, lieux: Lieux) -> list[Passage]:
    if champ.zero_ou_vide:
        return [Passage(f"{champ_dit(champ)} ", Style.SECONDAIRE), Passage(AIDE, Style.AIDE)]
    if champ.valeur in ("", ()):
        return [Passage(champ_dit(champ), Style.SECONDAIRE)]
    if champ.type is TypeChamp.PIECES and isinstance(champ.valeur, tuple):
        return _pieces(champ.valeur, lieux.pieces(champ))
    if champ.type is TypeChamp.SIRET and isinstance(champ.valeur, str):
        dits = [Passage(siret_dit(champ.valeur))]
    elif champ.type is TypeChamp.CHOIX_MULTIPLE and isinstance(champ.valeur, tuple) and len(champ.valeur) > 1:
        dits = [Passage("\n".join(f"•{NBSP}{choix}" for choix in champ.valeur))]
    else:
        dits = [Passage(valeur_dite(champ.valeur, champ.type))]
    return [*dits, Passage("  "), _alerte(champ.anomalie)] if champ.anomalie else dits


def _pieces(noms: Sequence[str], pieces: Sequence[tuple[int, Piece] | None]) -> list[Passage]:
    """Write the files that a field announces: those received are links, the others say what is wrong with them."""
    dits: list[Passage] = []
    for place, (nom, trouvee) in enumerate(zip(noms, pieces, strict=True)):
        if place:
            dits.append(Passage("\n"))
        simple = nom.replace("\n", " ")
        if trouvee is None:
            dits += [Passage(f"{simple}  "), _alerte("manquante")]
            continue
        rang, piece = trouvee
        etat = etat_piece(piece)
        if piece.presente:
            dits += [
                Passage(simple, Style.LIEN, adresse_piece(rang)),
                Passage(f"  ✓{NBSP}{etat.dit}", Style.SECONDAIRE),
            ]
        else:
            dits += [Passage(f"{simple}  "), Passage(f"{etat.signe} {etat.mot}", Style.ALERTE)]
    return dits


def _alerte(quoi: str) -> Passage:
    return Passage(f"! {quoi}", Style.ALERTE)


def _dit(texte: str, style: Style = Style.TEXTE) -> Passage:
    return Passage(texte, style) if texte.strip() else Passage(EtatChiffre.VIDE.value, Style.SECONDAIRE)


# --- repeated blocks -----------------------------------------------------------------------------------


def _membres(redaction: Redaction, dossier: Dossier) -> None:
    if not dossier.membres:
        if dossier.valeur("consortium") is True:
            redaction.phrase(Passage("Aucun membre n’est donné par cet export.", Style.SECONDAIRE))
        return
    redaction.tableau(
        ["Membre", "SIRET", "Rôle", "Contribution"],
        [
            ("", [[_dit(m.nom)], [_dit(siret_dit(m.siret))], [_dit(m.role)], [_somme_dite(m.contribution)]])
            for m in dossier.membres
        ],
        largeurs=(34, 24, 22, 20),
        chiffres=(3,),
    )


def _cofinancements(redaction: Redaction, dossier: Dossier) -> None:
    lignes = dossier.cofinancements
    if lignes is None:
        redaction.phrase(Passage("Cet export ne porte pas les cofinancements.", Style.SECONDAIRE))
    elif not lignes:
        redaction.phrase(Passage("Aucun cofinancement n’est déclaré.", Style.SECONDAIRE))
    else:
        redaction.tableau(
            ["Cofinanceur", "Année", "État", "Montant"],
            [
                ("", [[_dit(c.financeur)], [_dit(c.annee)], [_dit(c.statut)], [_somme_dite(c.montant)]])
                for c in lignes
            ],
            largeurs=(40, 18, 20, 22),
            chiffres=(3,),
        )


def _somme_dite(somme: Decimal | None) -> Passage:
    return _dit("" if somme is None else euros(somme))
