"""The parts of a note between page 1 and the annexes."""

from decimal import Decimal

from o2r_desktop.dossiers.budget import lire_serie
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.dossiers.territoires import codes_departements, nom_departement
from o2r_desktop.notes.matiere import ELIGIBILITE, PRIORITES, RECEVABILITE, Matiere
from o2r_desktop.notes.modele import Contenu, Fiche, Forme, Puces, Renvoi, Rubrique, Table, Texte, Titre
from o2r_desktop.notes.sections import ancre_section, bloc_section, table_criteres
from o2r_desktop.notes.structure import structure
from o2r_desktop.notes.synthese import demande_dite, points, table_annees, vigilances
from o2r_desktop.notes.valeurs import chiffre_dit, dit, ou_vide, total_dit
from o2r_desktop.text import date_courte, enumeration, montant, normalise

_DECLARE = Texte("Déclaré par le porteur dans le formulaire, sauf mention contraire.", Forme.LEGENDE)


def identification(m: Matiere) -> Rubrique:
    """Return who applies, and with whom."""
    p, d = m.dossier.porteur, m.dossier
    forme = " · ".join(x for x in (p.forme_juridique, p.categorie_juridique) if x)
    commune = f"{p.code_postal} {p.localite}".strip()
    lieu = ", ".join(x for x in (p.adresse, commune if normalise(commune) not in normalise(p.adresse) else "") if x)
    fiche = Fiche((
        ("Porteur", ou_vide(p.nom)),
        ("Numéro SIRET", ou_vide(groupe(p.siret))),
        ("Nature déclarée", dit(d, "nature_porteur")),
        ("Forme juridique (répertoire)", ou_vide(forme)),
        ("Siège (répertoire)", ou_vide(lieu)),
        ("Création déclarée", dit(d, "date_creation")),
        ("Création (répertoire)", date_courte(p.date_creation) if p.date_creation else "non renseignée"),
        ("Objet social", dit(d, "objet_social")),
        ("Effectif salarié (ETP)", dit(d, "effectif_etp")),
        ("Budget annuel N-1", dit(d, "budget_annuel")),
        ("Représentant légal", _deux(dit(d, "representant_nom"), d.texte("representant_fonction"))),
        ("Personne en charge", dit(d, "contact")),
        ("État sur la plateforme", d.etat.libelle if d.etat else "non renseigné"),
    ))  # fmt: skip
    return Rubrique(
        titre="Identification et consortium",
        ancre="identification",
        contenu=(_DECLARE, fiche, Titre("Consortium"), *_consortium(m), *structure(m)),
        nouvelle_page=True,
    )


def _deux(premier: str, second: str) -> str:
    return f"{premier}, {second}" if second else premier


def _consortium(m: Matiere) -> tuple[Contenu, ...]:
    membres = m.dossier.membres
    if not membres:
        annonce = m.dossier.valeur("consortium")
        if annonce is False:
            return (Texte("Le porteur déclare porter le projet seul."),)
        if annonce:
            return (Texte("Un consortium est annoncé, mais l’export ne donne aucun membre.", Forme.ATTENTION),)
        return (Texte("Aucun membre dans l’export ; la question du consortium est sans réponse."),)
    lignes = tuple(
        (
            ou_vide(x.nom),
            ou_vide(groupe(x.siret)),
            ou_vide(x.role),
            montant(x.contribution) if x.contribution is not None else "non renseignée",
        )
        for x in membres
    )
    connues = [x.contribution for x in membres if x.contribution is not None]
    total = montant(sum(connues, Decimal(0))) if len(connues) == len(membres) else "incomplet"
    return (
        Table(
            entetes=("Membre", "SIRET", "Rôle", "Contribution"),
            lignes=(*lignes, ("Total", "", "", total)),
            parts=(28, 20, 34, 18),
            alignes=("gauche", "gauche", "gauche", "droite"),
            fortes=frozenset({len(lignes)}),
        ),
    )


def controles(m: Matiere) -> Rubrique:
    """Return the whole of the checks that can stop a dossier."""
    contenu: list[Contenu] = []
    for section in m.sections(RECEVABILITE, ELIGIBILITE):
        contenu += [Titre(section.libelle, ancre_section(section)), table_criteres(m, section.criteres)]
    return Rubrique(titre="Recevabilité et éligibilité", ancre="controles", contenu=tuple(contenu))


def projet(m: Matiere) -> Rubrique:
    """Return what the project is."""
    d = m.dossier
    codes, autres = codes_departements(d.liste("departements"))
    territoires = enumeration([*(nom_departement(c) for c in codes), *autres]) or dit(d, "departements")
    duree = f"{dit(d, 'duree_moyenne')} en moyenne, {dit(d, 'duree_maximale')} au plus"
    fiche = Fiche((
        ("Intitulé", dit(d, "intitule")),
        ("Missions", dit(d, "missions")),
        ("Publics visés", dit(d, "publics")),
        ("Non-inscrits à France Travail (%)", dit(d, "part_non_inscrits")),
        ("Territoires", territoires),
        ("Échelle", dit(d, "echelle")),
        ("Territoires EFOP", dit(d, "efop")),
        ("Parcours (mois)", duree),
        ("Intensité (heures par semaine)", dit(d, "intensite")),
        ("Calendrier", f"du {dit(d, 'date_debut')} au {dit(d, 'date_fin')}"),
    ))  # fmt: skip
    return Rubrique(
        titre="Projet",
        ancre="projet",
        contenu=(
            _DECLARE,
            Texte(dit(d, "resume")),
            fiche,
            Titre("Volumes par année"),
            _volumes(m),
            Renvoi("Toutes les réponses du formulaire sont en annexe.", "formulaire"),
        ),
    )


def _volumes(m: Matiere) -> Table:
    series = (
        ("Personnes repérées", lire_serie(m.dossier, "reperes_annee")),
        ("Bénéficiaires", m.beneficiaires),
        ("ETP affectés", lire_serie(m.dossier, "etp_annee")),
    )
    return Table(
        entetes=("Volumes", *m.annees, "Total"),
        lignes=tuple((nom, *(chiffre_dit(c, euros=False) for c in s), total_dit(s, m.annees)) for nom, s in series),
        parts=(1.2, 1, 1, 1, 1.3),
        alignes=("gauche", "droite", "droite", "droite", "droite"),
    )


def priorites(m: Matiere) -> Rubrique:
    """Return the priority: rule, result, and both values when the instructor corrected it."""
    contenu: list[Contenu] = []
    calculs = m.constats_par_critere.get("PRI-01", ())
    lignes = [("Règle", c.regle) for c in calculs]
    lignes += [("Calculé", m.priorite)]
    reponse = m.evaluation.reponses.get("PRI-01")
    if reponse is not None and reponse.donnee:
        lignes.append(("Retenu par l’instructeur", reponse.valeur))
        if reponse.valeur != m.priorite:
            motif = reponse.motif.strip() or reponse.commentaire.strip() or "motif non renseigné"
            lignes.append(("Motif de la correction", motif))
            contenu.append(Texte("La valeur calculée et la valeur retenue diffèrent ; les deux sont conservées."))
    else:
        lignes.append(("Retenu par l’instructeur", "pas encore confirmé"))
    tables = [table_criteres(m, s.criteres) for s in m.sections(PRIORITES)]
    return Rubrique(
        titre="Priorités de l’AMI", ancre="priorites", contenu=(Fiche(tuple(lignes)), *contenu, *tables)
    )


def appreciations(m: Matiere) -> Rubrique:
    """Return the other sections, one block each."""
    blocs = tuple(bloc for section in m.autres_sections for bloc in bloc_section(m, section))
    return Rubrique(titre="Appréciation par section", ancre="appreciations", contenu=blocs)


def points_entiers(m: Matiere) -> Rubrique:
    """Return strong and weak points in full."""
    contenu: list[Contenu] = []
    surveilles = vigilances(m)
    for groupe_points in (
        points(m, forts=True),
        points(m, forts=False),
        *((surveilles,) if surveilles.textes else ()),
    ):
        contenu.append(Titre(groupe_points.titre))
        if groupe_points.textes:
            contenu.append(Puces(groupe_points.textes))
        if groupe_points.source:
            contenu.append(Texte(groupe_points.source, Forme.LEGENDE))
    return Rubrique(titre="Points forts, points faibles et risques", ancre="points", contenu=tuple(contenu))


def proposition(m: Matiere) -> Rubrique:
    """Return the opinion in full, with the amounts by year."""
    avis = m.evaluation.avis
    contenu: list[Contenu] = []
    if avis is None:
        contenu.append(Texte("Avis non rendu.", Forme.ATTENTION))
    else:
        contenu.append(
            Fiche((
                ("Avis", avis.avis.libelle),
                ("Motif", ou_vide(avis.motif)),
                ("Réserves et conditions", avis.reserves.strip() or "aucune"),
                ("Contribution demandée", demande_dite(m)),
                ("Contribution proposée", montant(avis.montant) if avis.montant is not None else "aucune"),
            ))
        )  # fmt: skip
    return Rubrique(
        titre="Avis et proposition", ancre="proposition", contenu=(*contenu, Titre("Par année"), table_annees(m))
    )


def visas(m: Matiere) -> Rubrique:
    """Return the boxes to sign."""
    fonctions = ("Instructeur", "Responsable de service", "Chef de pôle", "Direction")
    noms = (m.evaluation.instructeur, "", "", "")
    return Rubrique(
        titre="Visas",
        ancre="visas",
        contenu=(
            Table(
                entetes=("Qualité", "Nom", "Date", "Signature"),
                lignes=tuple((f, n, "", "") for f, n in zip(fonctions, noms, strict=True)),
                parts=(26, 26, 16, 32),
                haut=38,
                cadre=True,
            ),
        ),
    )
