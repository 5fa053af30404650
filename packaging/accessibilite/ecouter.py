"""The walk of a screen reader through the window: every page, one dossier evaluated, an opinion chosen.

Run by marcher.py with the Python of the system. Every act goes through the accessibility tree, as that of an
assistive technology; only the arrows in the outline and Entrée are real keys.
"""

import sys
from functools import partial
from pathlib import Path

import pyatspi  # type: ignore[import-not-found, unused-ignore]
from oreille import (
    BAS,
    ENTREE,
    Faute,
    Objet,
    Oreille,
    a_etat,
    decrire,
    dessous,
    en_vue,
    est_lu,
    focalisee,
    ligne_de,
    lisible,
    lus,
    taper,
    texte_de,
)

LIGNES_DU_PLAN = 60
NUMERO = "25000108"
"""A dossier of the demonstration that nobody evaluated."""


class Parcours:
    """The way of an instructor: home, list, one dossier, one critere, the opinion, the note, the rest."""

    def __init__(self, oreille: Oreille) -> None:
        self.o = oreille

    def suivre(self) -> None:
        """Take every step."""
        for nom, faire in (
            ("accueil", self.accueil),
            ("menus", self.menus),
            ("rail", self.rail),
            ("liste", self.liste),
            ("recherche", self.recherche),
            ("dossier", self.dossier),
            ("plan", self.plan),
            ("critère", self.critere),
            ("constat", self.constat),
            ("niveau", self.niveau),
            ("commentaire", self.commentaire),
            ("preuve", self.preuve),
            ("question", self.question),
            ("formulaire", self.formulaire),
            ("historique", self.historique),
            ("conclusion", self.conclusion),
            ("avis", self.avis),
            ("note", self.note),
            ("comparer", self.comparer),
            ("comité", self.comite),
            ("campagne", self.campagne),
            ("import", self.importer),
            ("palette", self.palette),
        ):
            self.o.etape(nom, faire)

    def accueil(self) -> None:
        """The window says where it is, and what waits."""
        o = self.o
        o.un("frame", "Accueil — ")
        o.un("push button", "À éligibiliser : 19 dossiers")
        o.un("status bar", "")
        o.attendre("l’état de la campagne", lambda: any("Hors ligne" in x.name for x in o.tous("label")))

    def menus(self) -> None:
        """Every line of every menu has words."""
        barre = self.o.un("menu bar", "")
        lignes = [x for x in dessous(barre) if x.getRoleName() == "menu item"]
        self.o.exiger(len(lignes) > 20, f"{len(lignes)} lignes de menu seulement")
        self.o.exiger(all(x.name.strip() for x in lignes), "une ligne de menu sans nom")

    def rail(self) -> None:
        """The rail names the pages, says which one is in view, and goes to another."""
        o = self.o
        rail = o.un("panel", "Navigation")
        noms = [x.name for x in o.tous("push button", rail)]
        attendus = ["Accueil, page affichée", "Dossiers", "Comparer", "Comité", "Campagne"]
        o.exiger(noms == attendus, f"le rail dit {noms}")
        o.activer(o.un("push button", "Dossiers", rail))
        o.un("frame", "Dossiers — ")
        o.un("push button", "Dossiers, page affichée", rail)

    def liste(self) -> None:
        """The table says its size, its columns, and each row in words."""
        o = self.o
        table = o.un("table", "Dossiers")
        grille = table.queryTable()
        o.activer(o.un("radio button", "Prêts pour le comité : 3"))
        o.attendre("3 dossiers prêts", lambda: grille.nRows == 3)
        o.activer(o.un("radio button", "Tous : 22"))
        o.attendre("tous les dossiers", lambda: grille.nRows == 22)
        colonnes = {grille.getColumnHeader(c).name: c for c in range(grille.nColumns)}
        for ligne in range(grille.nRows):
            numero, porteur, etat, controle = (
                lisible(grille.getAccessibleAt(ligne, colonnes[c]).name)
                for c in ("N°", "Porteur", "État", "Contrôles")
            )
            o.exiger(numero.startswith("25 000 1"), f"ligne {ligne} : numéro « {numero} »")
            o.exiger(len(porteur) > 3, f"ligne {ligne} : porteur « {porteur} »")
            o.exiger(etat.startswith("Évaluation "), f"ligne {ligne} : état « {etat} »")
            o.exiger(" : " in controle, f"ligne {ligne} : contrôles « {controle} »")

    def recherche(self) -> None:
        """Words put into the search field narrow the list."""
        champ = self.o.un("text", "Rechercher un dossier")
        champ.queryEditableText().setTextContents(NUMERO)
        grille = self.o.un("table", "Dossiers").queryTable()
        self.o.attendre("une seule ligne", lambda: grille.nRows == 1)

    def dossier(self) -> None:
        """Entrée on the current row opens its dossier, whose header says who, when, how much, which one."""
        o = self.o
        table = o.un("table", "Dossiers")
        porteur = table.queryTable().getAccessibleAt(0, 1).name.partition(" · ")[0]
        table.queryComponent().grabFocus()
        o.attendre("le focus sur une ligne", lambda: focalisee(table))
        taper(ENTREE)
        o.un("frame", "Dossier — ")
        o.un("label", porteur)
        for mots in ("n° 25 000 108", "demandés sur 3 ans", "dans le délai", "1 / 1", "À commencer"):
            o.attendre(f"dans l’en-tête « {mots} »", partial(self._dit, mots))

    def plan(self) -> None:
        """The outline says the state of each critere in words; opening one takes the focus to it."""
        arbre = self.o.un("tree", "Plan du dossier")
        lignes = [lisible(x.name) for x in dessous(arbre)]
        criteres = [x for x in lignes if x.startswith("REC-0")]
        self.o.exiger(len(criteres) == 5, f"le plan dit {len(criteres)} critères de recevabilité")
        self.o.exiger(all(x.endswith(", vide") for x in criteres), f"un état n’est pas dit : {criteres}")
        self.o.exiger(any(x.startswith("Recevabilité, 0 sur 5") for x in lignes), "l’avancement n’est pas dit")
        self.o.exiger(
            est_lu(self.o, [("tree", "Plan"), ("page tab", "Formulaire"), ("label", "REC-01 —")]),
            "le plan, le formulaire et le critère ne sont pas lus de gauche à droite",
        )

    def critere(self) -> None:
        """«Next» goes through the criteria; the one with levels is found from its outline."""
        o = self.o
        o.activer(o.un("push button", "Critère suivant : REC-02"))
        o.un("label", "REC-02 — ")
        arbre = o.un("tree", "Plan du dossier")
        o.attendre("le critère courant dans le plan", lambda: ligne_de(arbre, "REC-02"))

    def constat(self) -> None:
        """The finding is read before its decisions, and a decision is taken."""
        o = self.o
        suite = [
            ("label", "Constat"),
            ("label", "✓ conforme"),
            ("push button", "Règle"),
            ("check box", "Confirmer"),
        ]
        suite += [("radio button", "Oui"), ("check box", "Sans objet"), ("text", "Commentaire")]
        suite += [("push button", "Critère précédent"), ("push button", "Valider")]
        o.exiger(est_lu(o, suite), f"le critère n’est pas lu de haut en bas : {lus(o, suite)}")
        o.activer(o.un("check box", "Confirmer le constat"))
        choisi = o.un("check box", "Confirmer le constat, constat confirmé")
        o.exiger(a_etat(choisi, pyatspi.STATE_CHECKED), "le constat confirmé n’est pas coché")

    def niveau(self) -> None:
        """Levels are radio buttons with their wording; the one pressed is written, checked, and says so."""
        o = self.o
        self._ouvrir_par_le_plan("Santé financière", "FIN-02")
        o.un("label", "FIN-02 — ")
        niveaux = o.tous("radio button")
        noms = [lisible(n.name) for n in niveaux]
        o.exiger(len(noms) == 5, f"niveaux entendus : {noms}")
        o.exiger(
            all(nom.startswith(f"Niveau {n} : ") and len(nom) > 14 for n, nom in enumerate(noms)),
            f"niveaux sans leurs mots : {noms}",
        )
        o.exiger(not any(a_etat(n, pyatspi.STATE_CHECKED) for n in niveaux), "un niveau est choisi d’avance")
        o.activer(niveaux[3])
        choisi = o.attendre("« Niveau 3 … choisi »", lambda: next(
            (n for n in o.tous("radio button") if n.name.endswith(", choisi")), None))  # fmt: skip
        o.exiger(lisible(choisi.name).startswith("Niveau 3"), f"choisi : « {choisi.name} »")
        o.attendre("le niveau 3 coché", lambda: a_etat(choisi, pyatspi.STATE_CHECKED))
        o.attendre("« Enregistré à … »", lambda: self._dit("Enregistré à"))

    def commentaire(self) -> None:
        """The comment can be filled, and is written."""
        o = self.o
        champ = o.un("text", "Commentaire")
        champ.queryEditableText().setTextContents("Fonds propres à l’équilibre, trésorerie de 90 jours.")
        o.attendre("le commentaire", lambda: texte_de(champ).startswith("Fonds propres à l’équilibre"))
        arbre = o.un("tree", "Plan du dossier")
        o.attendre("« fait » dans le plan", lambda: ", fait" in ligne_de(arbre, "FIN-02"))
        o.attendre("le commentaire écrit", lambda: any(
            "commentaire de FIN-02" in n.name for n in o.tous("push button")))  # fmt: skip

    def preuve(self) -> None:
        """A field of the form is pinned from the menu; its chip says what it is."""
        o = self.o
        menu = o.un("menu bar", "")
        o.activer(next(x for x in dessous(menu) if x.name.startswith("Épingler")))
        o.attendre("la preuve ou son refus", lambda: self._dit("pingl"))

    def question(self) -> None:
        """A question is asked by the button that says so, and its field has its name."""
        o = self.o
        o.activer(o.un("push button", "Poser une question au porteur"))
        champ = o.un("text", "Question au porteur")
        champ.queryEditableText().setTextContents("Quelle est la trésorerie au 30 juin ?")
        o.activer(o.un("push button", "Terminer la question"))
        o.attendre("la question dans le critère", lambda: self._dit("Quelle est la trésorerie"))

    def historique(self) -> None:
        """What was done is told in words, line by line."""
        o = self.o
        o.activer(o.un("page tab", "Historique"))
        o.attendre("une ligne de l’historique", lambda: any("FIN-02" in x.name for x in en_vue(o.appli)))
        o.activer(o.un("page tab", "Formulaire"))

    def formulaire(self) -> None:
        """The form is one text that can be read from end to end."""
        o = self.o
        texte = o.un("label", "Formulaire du dossier")
        o.exiger("Porteur" in texte_de(texte), "le formulaire ne se lit pas")
        o.un("text", "Chercher dans le formulaire")

    def conclusion(self) -> None:
        """The opinions and every field of the conclusion have their names."""
        o = self.o
        o.activer(o.un("page tab", "Conclusion"))
        o.un("radio button", "Avis favorable")
        avis = [n for n in (x.name for x in o.tous("radio button")) if n.startswith("Avis ")]
        o.exiger(len(avis) == 5, f"avis entendus : {avis}")
        for champ in (
            "Motif",
            "Réserves et conditions",
            "Points forts",
            "Points faibles",
            "Montant proposé pour 2026",
        ):
            o.un("text", champ)
        o.attendre("« avis à choisir »", lambda: self._dit("avis à choisir"))
        suite = [("label", "Score"), ("label", "Alertes ouvertes"), ("radio button", "Avis favorable")]
        suite += [("text", "Motif"), ("text", "Points faibles"), ("text", "Montant proposé pour 2026")]
        suite += [("push button", "Reprendre la demande"), ("label", "Avant de finaliser")]
        o.exiger(est_lu(o, suite), f"la conclusion n’est pas lue de haut en bas : {lus(o, suite)}")

    def avis(self) -> None:
        """An opinion chosen is written, and what it lacks is said."""
        o = self.o
        radio = o.un("radio button", "Avis favorable")
        o.activer(radio)
        o.attendre("l’avis coché", lambda: a_etat(radio, pyatspi.STATE_CHECKED))
        o.attendre("les obstacles", lambda: self._dit("obstacle"))

    def note(self) -> None:
        """The preview of the note says its pages."""
        o = self.o
        o.activer(o.un("page tab", "Note"))
        o.un("push button", "Produire la note")
        o.attendre("les pages de la note", lambda: any("Page 1 sur" in x.description for x in en_vue(o.appli)))

    def comparer(self) -> None:
        """Each tab of the comparison says its figures."""
        self._onglets("Comparer", ("Carte", "Côte à côte", "Et si"))

    def comite(self) -> None:
        """Each tab of the committee, its fields and its tables."""
        self._onglets("Comité", ("Ordre du jour", "Enveloppe", "Couverture", "Séance", "Suites", "Membres"))

    def _onglets(self, page: str, onglets: tuple[str, ...]) -> None:
        o = self.o
        o.activer(o.un("push button", page, o.un("panel", "Navigation")))
        o.un("frame", f"{page} — ")
        for onglet in onglets:
            o.activer(o.un("page tab", onglet))
            o.attendre(f"table dans {onglet}", partial(o.tous, "table"))
            o.juger(f"{page.lower()}, {onglet}")

    def campagne(self) -> None:
        """Each tab of the campagne, its fields and its tables."""
        o = self.o
        o.activer(o.un("push button", "Campagne", o.un("panel", "Navigation")))
        o.un("frame", "Campagne — ")
        o.un("text", "Date limite de dépôt")
        for onglet, role in (("Grille", "tree"), ("Imports", "table"), ("Sauvegardes", "table")):
            o.activer(o.un("page tab", onglet))
            o.attendre(f"{role} dans {onglet}", partial(o.tous, role))
            o.juger(f"campagne, {onglet}")

    def importer(self) -> None:
        """The assistant says its steps before any file is chosen."""
        o = self.o
        o.activer(next(x for x in dessous(o.un("menu bar", "")) if x.name.startswith("Importer")))
        o.un("frame", "Import")
        o.un("push button", "Choisir des fichiers")

    def palette(self) -> None:
        """The palette opens over the window, its field and its list named."""
        o = self.o
        o.activer(next(x for x in dessous(o.un("menu bar", "")) if x.name.startswith("Trouver")))
        o.attendre("la palette", lambda: o.tous("dialog"))

    def _dit(self, mots: str) -> bool:
        """Whether some label in view says these words."""
        return any(mots in lisible(x.name) for x in self.o.tous("label"))

    def _ouvrir_par_le_plan(self, section: str, critere: str) -> None:
        """Go down the outline to a section, unfold it, go down to a critere, open it."""
        arbre = self.o.un("tree", "Plan du dossier")
        arbre.queryComponent().grabFocus()
        for ligne in (section, critere):
            for _ in range(LIGNES_DU_PLAN):
                ici = self.o.attendre("une ligne du plan", lambda: focalisee(arbre))
                if ici.startswith(ligne):
                    break
                taper(BAS)
                self.o.attendre("la ligne suivante du plan", partial(_a_bouge, arbre, ici))
            taper(ENTREE)


def _a_bouge(arbre: Objet, ici: str) -> bool:
    return focalisee(arbre) not in {"", ici}


def main(releve: Path) -> int:
    """Walk; print one line, or the faults; return the exit status."""
    try:
        oreille = Oreille()
    except Faute as absente:
        print(f"lecteur d’écran : {absente}", file=sys.stderr)
        return 1
    try:
        Parcours(oreille).suivre()
    except Faute as faute:
        oreille.fautes.append(f"{oreille.etapes[-1]} : {faute}")
        oreille.releve += [f"== au moment de la faute : {faute}", *(decrire(x) for x in en_vue(oreille.appli))]
    releve.write_text("\n".join(oreille.releve) + "\n", encoding="utf-8")
    for dite in oreille.fautes:
        print(f"lecteur d’écran : {dite}", file=sys.stderr)
    total = sum(oreille.entendus.values())
    print(
        f"lecteur d’écran : {len(oreille.etapes)} étapes, {total} objets, "
        + (f"{len(oreille.fautes)} fautes" if oreille.fautes else "aucun sans nom")
    )
    return 1 if oreille.fautes else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
