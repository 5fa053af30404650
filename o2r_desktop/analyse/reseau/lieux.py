"""Places that make a mention local: departments, towns and intercommunalités of the region and around it.

Public names (metier § 4.2 for the intercommunalités); a place that is not here leaves a mention generic.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from o2r_desktop.dossiers.territoires import AUTRES_DEPARTEMENTS, DEPARTEMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieu:
    """A place and its department, «» when it spreads over several or is the region.

    ``majuscule``: its name is also an ordinary word, it must be written with a capital.
    """

    nom: str
    departement: str
    majuscule: bool = False


_PAR_DEPARTEMENT = {
    "44": "Nantes|Nantes Métropole|métropole nantaise|agglomération nantaise|Saint-Nazaire|"
    "région nazairienne|CARENE|"
    "Châteaubriant|Châteaubriant-Derval|Ancenis|Ancenis-Saint-Géréon|Pays d’Ancenis|Clisson|"
    "Vallet|vignoble nantais|"
    "Rezé|Saint-Herblain|Orvault|Vertou|Carquefou|Couëron|Bouguenais|Saint-Sébastien-sur-Loire|"
    "Nozay|Blain|Savenay|Estuaire et Sillon|Pontchâteau|Pont-Château|Guérande|Cap Atlantique|La Baule|Pornic|"
    "Pays de Retz|Machecoul|Sud Retz Atlantique|Grand Lieu|Nort-sur-Erdre|Erdre et Gesvres|Sud Estuaire|"
    "Saint-Brevin|Sèvre et Loire|Bellevue|Malakoff|Nantes Nord",
    "49": "Angers|Angers Loire Métropole|agglomération angevine|Anjou|Cholet|Choletais|Saumur|Saumurois|"
    "Saumur Val de Loire|Segré|Segréen|Anjou Bleu|Beaupréau|Beaupréau-en-Mauges|Mauges|Chemillé|Baugé|Baugeois|"
    "Loire Layon Aubance|Vallées du Haut-Anjou|Haut-Anjou|Trélazé|Avrillé|Doué-la-Fontaine|"
    "Longué|Beaufort-en-Anjou|"
    "Anjou Loir et Sarthe|Montreuil-Bellay|Monplaisir",
    "53": "Laval|Laval Agglomération|Château-Gontier|Pays de Château-Gontier|Ernée|Évron|Coëvrons|Craon|"
    "Pays de Craon|Gorron|Bocage Mayennais|Villaines-la-Juhel|Mont des Avaloirs|Meslay-du-Maine|Meslay-Grez|"
    "Nord-Mayenne|Sud-Mayenne|Mayenne Communauté|Pré-en-Pail",
    "72": "Le Mans|Le Mans Métropole|agglomération mancelle|La Flèche|Pays fléchois|Sablé|Sablé-sur-Sarthe|"
    "Pays sabolien|Mamers|Maine Saosnois|La Ferté-Bernard|Huisne Sarthoise|Saint-Calais|Château-du-Loir|"
    "Montval-sur-Loir|Le Lude|Allonnes|Sillé-le-Guillaume|Champagne Conlinoise|Fresnay-sur-Sarthe|"
    "Haute Sarthe Alpes Mancelles|Loir-Lucé-Bercé|Sud Sarthe|Nord Sarthe|Val de Sarthe|"
    "Gesnois Bilurien|Bessé-sur-Braye|"
    "Écommoy|Coulaines|Sablons|Perche sarthois|Sud Est Manceau",
    "85": "La Roche-sur-Yon|Pays yonnais|Roche-sur-Yon Agglomération|Les Sables-d’Olonne|Olonne-sur-Mer|Challans|"
    "Challans-Gois|Fontenay-le-Comte|Pays de Fontenay|Luçon|Les Herbiers|Montaigu|Terres de Montaigu|"
    "Saint-Gilles-Croix-de-Vie|Noirmoutier|Île-d’Yeu|Pouzauges|Mortagne-sur-Sèvre|Chantonnay|La Châtaigneraie|"
    "Sud Vendée|Vendée Sud|Sud Vendée Littoral|Haut Bocage|Aizenay|Vie et Boulogne|Océan Marais de Monts|"
    "Vendée Grand Littoral|Vendée Sèvre Autise|Les Achards|Saint-Fulgent|Les Essarts",
    "": "Pays de la Loire|Ligérien|Redon Agglomération",
    "35": "Rennes|Redon|Vitré|Fougères",
    "61": "Alençon",
    "79": "Niort|Bressuire|Mauléon",
    "17": "La Rochelle",
    "37": "Tours",
    "56": "Vannes",
    "75": "Paris",
}  # fmt: skip
_MOTS_COURANTS = frozenset({
    "Sablé", "La Flèche", "Le Lude", "Ernée", "Laval", "Vallet", "Mauges", "Tours", "Bellevue", "Sablons", "Blain",
    "Les Herbiers", "Montaigu", "Redon", "Val de Sarthe", "Grand Lieu", "Anjou", "Ligérien", "Les Essarts",
    "La Châtaigneraie", "Paris", "Haut Bocage", "Chemillé", "Fougères",
})  # fmt: skip
_ECARTES = frozenset({"59", "42", "75", "50"})
"""Departments whose name alone is too ordinary a word, or a river: «Nord», «Loire», «Manche»; Paris is a town."""
_CAPITALES = frozenset({"46", "83", "01", "80", "61", "08", "23", "36", "27", "28", "71"})


def lieux() -> Iterator[Lieu]:
    """Yield the places, by their names; departments by their code and name too."""
    for code, nom in DEPARTEMENTS.items():
        yield Lieu(nom=nom, departement=code)
        yield Lieu(nom=code, departement=code)
    for code, nom in AUTRES_DEPARTEMENTS.items():
        if code not in _ECARTES:
            yield Lieu(nom=nom, departement=code, majuscule=code in _CAPITALES)
    for code, noms in _PAR_DEPARTEMENT.items():
        for nom in noms.split("|"):
            yield Lieu(nom=nom, departement=code, majuscule=nom in _MOTS_COURANTS)
