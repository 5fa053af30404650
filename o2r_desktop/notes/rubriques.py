"""The parts of a note between page 1 and the annexes."""

from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.dossiers.budget import Chiffre, Serie, lire_chiffre, lire_serie, somme
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.dossiers.territoires import codes_departements, nom_departement
from o2r_desktop.evaluation.grille import Critere, Section, TypeCritere
from o2r_desktop.notes.matiere import CREDIBILITE, ELIGIBILITE, FINANCES, PRIORITES, RECEVABILITE, Matiere
from o2r_desktop.notes.modele import Contenu, Fiche, Forme, Puces, Renvoi, Rubrique, Table, Texte, Titre
from o2r_desktop.notes.synthese import demande_dite, points, table_annees, vigilances
from o2r_desktop.notes.valeurs import TIRET, chiffre_dit, dit, etiquette, passage, total_dit
from o2r_desktop.text import date_courte, enumeration, montant, nombre, normalise, pluriel, pourcentage

_DECLARE = Texte("Déclaré par le porteur dans le formulaire, sauf mention contraire.", Forme.LEGENDE)


def identification(m: Matiere) -> Rubrique:
    """Return who applies, and with whom."""
    p, d = m.dossier.porteur, m.dossier
    forme = " · ".join(x for x in (p.forme_juridique, p.categorie_juridique) if x)
    commune = f"{p.code_postal} {p.localite}".strip()
    lieu = ", ".join(x for x in (p.adresse, commune if normalise(commune) not in normalise(p.adresse) else "") if x)
    fiche = Fiche((
        ("Porteur", _ou_vide(p.nom)),
        ("Numéro SIRET", _ou_vide(groupe(p.siret))),
        ("Nature déclarée", dit(d, "nature_porteur")),
        ("Forme juridique (répertoire)", _ou_vide(forme)),
        ("Siège (répertoire)", _ou_vide(lieu)),
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
        contenu=(_DECLARE, fiche, Titre("Consortium"), *_consortium(m)),
        nouvelle_page=True,
    )


def _ou_vide(texte: str) -> str:
    return texte.strip() or "non renseigné"


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
            _ou_vide(x.nom),
            _ou_vide(groupe(x.siret)),
            _ou_vide(x.role),
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


def table_criteres(m: Matiere, criteres: Sequence[Critere]) -> Table:
    """Return criteria with their answer, and what was computed, judged and found."""
    echelle = any(c.type is TypeCritere.ECHELLE for c in criteres)
    return Table(
        entetes=("Critère", "Réponse", "Ce qui la fonde"),
        lignes=tuple(
            (
                f"{c.id} · {c.libelle}",
                etiquette(c, m.reponse(c), m.constats_de(c)),
                passage(m.reponse(c), m.constats_de(c), m.dossier.pieces),
            )
            for c in criteres
        ),
        parts=(26, 25, 49) if echelle else (31, 18, 51),
    )


def ancre_section(section: Section) -> str:
    """Return the anchor of a section."""
    return f"section-{section.id}"


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


def finances(m: Matiere) -> Rubrique:
    """Return what is known of the health of the body: honestly little while its accounts are not entered."""
    structure = lire_chiffre(m.dossier, "budget_annuel")
    return Rubrique(
        titre="Santé financière",
        ancre="finances",
        contenu=(
            Texte(
                "Comptes non saisis : le bilan et le compte de résultat des trois derniers exercices ne sont pas "
                "dans l’application, aucun ratio n’est calculé. Lire les comptes joints au dossier.",
                Forme.ATTENTION,
            ),
            Fiche((
                ("Budget annuel N-1", f"{chiffre_dit(structure)} (déclaré)"),
                ("Poids de la demande", _poids(m.budget.demandes, structure, m.annees)),
            )),
            *appreciation(m, FINANCES),
        ),
    )  # fmt: skip


def _poids(demandes: Serie, structure: Chiffre, annees: Sequence[str]) -> str:
    connues = [(c.valeur, an) for c, an in zip(demandes, annees, strict=True) if c.valeur is not None]
    if not connues or not structure.valeur:
        return "non calculable"
    haute, annee = max(connues)
    part = pourcentage(haute * 100 / structure.valeur, 1)
    reste = "" if len(connues) == len(demandes) else ", sur les années connues"
    return (
        f"{part} (calculé : demande la plus haute, {montant(haute)} en {annee}, ÷ budget annuel N-1 "
        f"de {montant(structure.valeur)}{reste})"
    )


def credibilite(m: Matiere) -> Rubrique:
    """Return the budget declared and retained, by year."""
    b = m.budget
    ecarte = montant(b.a_ecarter) if b.a_ecarter is not None else "inconnu"
    plafond = montant(b.plafond) if b.plafond is not None else "non calculable"
    fiche = Fiche((
        ("Formation à écarter", f"{ecarte} (AMI, Conditions d’éligibilité : dépenses de formation non éligibles)"),
        ("Plafond de la contribution", f"{plafond} (coûts éligibles − cofinancements ; C. trav. D. 5316-7)"),
        ("Contributions volontaires", f"{chiffre_dit(b.contributions_volontaires)}, hors des sommes retenues"),
        ("Charges de personnel", chiffre_dit(b.personnel)),
        ("Charges indirectes", chiffre_dit(b.indirectes)),
        ("Coût par bénéficiaire", _par_tete(m)),
    ))  # fmt: skip
    return Rubrique(
        titre="Crédibilité financière",
        ancre="credibilite",
        contenu=(
            _budget(m),
            Texte(
                "« – » : le formulaire ne donne pas cette somme par année, ou elle ne peut pas être retenue "
                "sans choix de l’instructeur.",
                Forme.LEGENDE,
            ),
            fiche,
            *_cofinancements(m),
            *appreciation(m, CREDIBILITE),
        ),
    )


def _budget(m: Matiere) -> Table:
    b = m.budget
    dits = {"Coût du projet": (b.couts, b.cout_total), "Contribution demandée": (b.demandes, b.demande_total)}
    lignes: list[tuple[str, ...]] = []
    for ligne in b.lignes():
        declare = [_somme(v) for v in ligne.declare]
        if ligne.nom in dits:
            annees, total = dits[ligne.nom]
            declare = [chiffre_dit(c) for c in annees]
            declare.append(_somme(ligne.declare[-1]) if ligne.declare[-1] is not None else total.etat.value)
        lignes.append((f"{ligne.nom} (déclaré)", *declare))
        lignes.append((f"{ligne.nom} (retenu)", *(_somme(v) for v in ligne.retenu)))
    return Table(
        entetes=("Somme", *m.annees, "Total"),
        lignes=tuple(lignes),
        parts=(2.3, 1, 1, 1, 1.05),
        alignes=("gauche", "droite", "droite", "droite", "droite"),
        fortes=frozenset(i for i in range(len(lignes)) if i % 2),
    )


def _somme(valeur: Decimal | None) -> str:
    return TIRET if valeur is None else montant(valeur)


def _par_tete(m: Matiere) -> str:
    valeur = m.cout_par_beneficiaire
    if valeur is None:
        return "non calculable"
    total = nombre(somme(m.beneficiaires) or 0)
    return f"{montant(valeur)} (calculé : coût total ÷ {total} bénéficiaires)"


def _cofinancements(m: Matiere) -> tuple[Contenu, ...]:
    b = m.budget
    if b.cofinancements is None:
        return (Texte("Cofinancements : l’export ne comporte pas ce bloc.", Forme.LEGENDE),)
    if not b.cofinancements:
        return (Texte("Aucun cofinancement déclaré.", Forme.LEGENDE),)
    lignes = tuple(
        (_ou_vide(c.financeur), _ou_vide(c.annee), _ou_vide(c.statut),
         montant(c.montant) if c.montant is not None else "non renseigné")
        for c in b.cofinancements
    )  # fmt: skip
    return (
        Titre("Cofinancements déclarés"),
        Table(
            entetes=("Financeur", "Année", "Statut", "Montant"),
            lignes=lignes,
            parts=(40, 15, 25, 20),
            alignes=("gauche", "gauche", "gauche", "droite"),
        ),
    )


def appreciation(m: Matiere, identifiant: str) -> tuple[Contenu, ...]:
    """Return the heading and the table of one section of the grille, nothing when the grille has none."""
    return tuple(bloc for section in m.sections(identifiant) for bloc in bloc_section(m, section))


def bloc_section(m: Matiere, section: Section) -> tuple[Contenu, ...]:
    """Return a section: its score, the criteria that hold something, the names of the others."""
    score = m.score.par_section.get(section.id)
    dite = f"{nombre(score, 1)} sur 100" if score is not None else "non notée"
    poids = f", poids {section.poids} (proposition)" if section.poids else ""
    pleins = [c for c in section.criteres if c.id in m.evaluation.reponses or m.constats_de(c)]
    vides = [c for c in section.criteres if c not in pleins]
    contenu: list[Contenu] = [Titre(f"{section.libelle} : {dite}{poids}", ancre_section(section))]
    if pleins:
        contenu.append(table_criteres(m, pleins))
    if vides:
        noms = enumeration([f"{c.libelle} ({c.id})" for c in vides])
        contenu.append(Texte(f"{pluriel(len(vides), 'critère')} sans réponse : {noms}.", Forme.LEGENDE))
    return tuple(contenu)


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
                ("Motif", _ou_vide(avis.motif)),
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
