"""What custodian.html says, in English and in French; each entry is the pair."""

from __future__ import annotations

NOT_FOR_PUBLICATION = (
    "NOT FOR PUBLICATION. These figures compare with the true records: published, they would undo the protection.",
    "NE PAS PUBLIER. Ces chiffres comparent avec les vrais dossiers\u00a0: publiés, ils annuleraient la protection.",
)

VERDICT_HEAD = ("In short", "En bref")
CALM = (
    "No attack told the people in the file from people outside it better than chance does. That is no proof: the"
    " promise rests on the noise, the attacks are an alarm for mistakes.",
    "Aucune attaque n’a distingué les personnes du fichier de celles qui n’y sont pas mieux que le hasard. Ce n’est"
    " pas une preuve\u00a0: la promesse repose sur le bruit, les attaques alertent en cas de faute.",
)
ALARM = (
    "ALARM: {many} of {all} figures of the attacks are further from chance than chance explains; the lines are marked"
    " below.",
    "ALERTE\u00a0: {many} des {all} chiffres des attaques s’écartent du hasard plus que le hasard ne l’explique\u00a0;"
    " les lignes sont marquées plus bas.",
)
ALLOWED = (
    "They are within what epsilon {epsilon} allows: this release does tell a little about who is in it. A smaller"
    " epsilon tells less; decide before you publish.",
    "Ils restent dans ce qu’epsilon {epsilon} permet\u00a0: cette publication dit bien un peu qui y figure. Un epsilon"
    " plus petit en dit moins\u00a0; décidez avant de publier.",
)
BEYOND = (
    "That is more than the promise allows: something is wrong. Do not publish before somebody has found it.",
    "C’est plus que la promesse ne permet\u00a0: il y a une faute. Ne publiez rien avant qu’on l’ait trouvée.",
)
NOBODY_RARE = (
    "Nobody was attacked: fewer than 20 people on each side have a record that is rare (at most two alike), so there is"
    " hardly anybody to be singled out.",
    "Personne n’a été attaqué\u00a0: moins de 20 personnes de chaque côté ont un dossier rare (au plus deux"
    " semblables), il n’y a donc presque personne à isoler.",
)
NOT_TRIED = ("No attack was tried.", "Aucune attaque n’a été tentée.")
ERROR_SHORT = (
    "Of 100 persons recorded, the published tables put {error} in the wrong place, or leave them out ({length}).",
    "Sur 100 personnes renseignées, les tableaux publiés en placent {error} au mauvais endroit, ou les omettent"
    " ({length}).",
)
LESS = ("fewer than 1", "moins de 1")
LENGTHS = (("single values", "pairs", "triples"), ("valeurs seules", "paires", "triplets"))

HOW_HEAD = ("Who attacked what", "Qui a attaqué quoi")
HELD_OUT = (
    "No people from outside were given, and everybody of the file is in the release. So one half of the file, drawn at"
    " random ({members} persons), was made into a release in the same way, with the same epsilon and noise of its own;"
    " the other half ({controls}) are the people outside. That rehearsal was attacked, not the release itself, and then"
    " thrown away. With people of the same kind who are not in the file, give --control.",
    "Aucune personne de l’extérieur n’a été donnée, et tout le fichier est dans la publication. Une moitié du fichier,"
    " tirée au hasard ({members} personnes), a donc servi à une publication faite de la même façon, avec le même"
    " epsilon et un bruit à elle\u00a0; l’autre moitié ({controls}) tient lieu de personnes de l’extérieur. C’est cette"
    " répétition qui a été attaquée, pas la publication, puis jetée. Si vous avez des personnes semblables hors du"
    " fichier, donnez --control.",
)
WITH_CONTROL = (
    "The release itself was attacked: {members} persons are in it, and the control file has {controls} persons of the"
    " same kind who are not.",
    "La publication elle-même a été attaquée\u00a0: {members} personnes y sont, et le fichier témoin en compte"
    " {controls}, semblables, qui n’y sont pas.",
)
TARGETS = (
    "The attacks go for the people most at risk: {targets} in the file and {targets} outside, drawn from those whose"
    " record at most one other person has. What is found out about people outside is known without the release; only"
    " the difference is a leak. A line is an ALARM when it is more than three standard errors from chance.",
    "Les attaques visent les personnes les plus exposées\u00a0: {targets} du fichier et {targets} de l’extérieur,"
    " tirées parmi celles dont au plus une autre a le même dossier. Ce qu’on trouve sur des personnes de l’extérieur"
    " se sait sans la publication\u00a0; seule la différence est une fuite. Une ligne est en ALERTE à plus de trois"
    " erreurs types du hasard.",
)

MEMBER_HEAD = ("Can somebody tell who is in the file?", "Peut-on savoir qui est dans le fichier\u202f?")
MEMBER = (
    "Shown one person of each side, an attacker says which of the two is in the file. Tossing a coin is right 50 times"
    " in 100. The promise allows {ceiling} at most, however clever the attack. The last column: of 100 people in the"
    " file, how many are found when 1 of 100 outside is wrongly accused; chance finds 1, the promise allows {most}.",
    "Devant une personne de chaque côté, un attaquant dit laquelle est dans le fichier. Pile ou face a raison 50 fois"
    " sur 100. La promesse permet {ceiling} au plus, si habile que soit l’attaque. Dernière colonne\u00a0: sur 100"
    " personnes du fichier, combien sont trouvées quand 1 sur 100 à l’extérieur est accusée à tort\u00a0; le hasard en"
    " trouve 1, la promesse en permet {most}.",
)
MEMBER_COLUMNS = (
    ("The attacker", "Right, of 100", "Chance", "Verdict", "Found at 1 false"),
    ("L’attaquant", "Juste, sur 100", "Hasard", "Verdict", "Trouvées pour 1 erreur"),
)
WAYS = {
    "copies": (
        "counts synthetic records that equal the person’s",
        "compte les enregistrements synthétiques identiques",
    ),
    "distance": ("looks for the synthetic record nearest to it", "cherche l’enregistrement synthétique le plus proche"),
    "cells": ("adds up the counts of its combinations", "additionne les effectifs de ses combinaisons"),
}
FINE, LOUD = ("no clear leak", "pas de fuite nette"), ("ALARM", "ALERTE")

SECRET_HEAD = (
    "Can somebody find out what was recorded about a person?",
    "Peut-on apprendre ce qui est noté sur une personne\u202f?",
)
SECRET = (
    "An attacker who knows everything else about a person guesses one answer: the commonest among the synthetic records"
    " nearest to them. Right for people outside is what can be known about anybody; only what is right more often for"
    " people in the file comes from their being in it.",
    "Un attaquant qui sait tout le reste d’une personne devine une réponse\u00a0: la plus courante parmi les"
    " enregistrements synthétiques les plus proches. Juste pour l’extérieur, c’est ce qu’on peut savoir de"
    " quiconque\u00a0; seul ce qui est juste plus souvent pour les personnes du fichier vient de leur présence.",
)
SECRET_COLUMNS = (
    ("Answer guessed", "Right, in the file", "Right, outside", "Commonest answer", "Difference", "Verdict"),
    ("Réponse devinée", "Juste, fichier", "Juste, extérieur", "La plus courante", "Différence", "Verdict"),
)

UNIQUE_HEAD = ("People who are one of a kind", "Les personnes uniques en leur genre")
UNIQUE = (
    "These people could be recognised in the true file. A synthetic record is nobody’s, yet one may look like somebody"
    " by chance: how often that happens to people outside is the measure.",
    "Ces personnes se reconnaîtraient dans le vrai fichier. Un enregistrement synthétique n’est à personne, mais peut"
    " ressembler à quelqu’un par hasard\u00a0: ce qui en arrive à des personnes de l’extérieur en est la mesure.",
)
RECORDS = ("Records in the file", "Dossiers du fichier")
BROKEN = (
    "Records with a pair of answers declared impossible: neither of the two was counted",
    "Dossiers portant deux réponses déclarées incompatibles\u00a0: aucune des deux n’a été comptée",
)
SHORTENED = ("Records that lost answers to the cap", "Dossiers que la limite a écourtés")
ALONE = ("Records that no other is like", "Dossiers que nul autre n’égale")
ALONE_BY = ("… by {names} alone", "… selon {names} seulement")
RAISED = (
    "Persons with a value shown one level up only",
    "Personnes dont une valeur n’est montrée qu’au niveau supérieur",
)
K_MAP = (
    "Synthetic records that fewer than {k} real persons are like, but somebody is (k-map)",
    "Enregistrements synthétiques que moins de {k} vraies personnes égalent, mais au moins une (k-map)",
)
COPIED = (
    "Unique people whose like is among the synthetic records: of the file / from outside",
    "Personnes uniques dont un enregistrement synthétique est l’égal\u00a0: du fichier / de l’extérieur",
)

ERROR_HEAD = ("Errors, all tables of a length", "Erreurs, tous les tableaux d’une longueur")
ERROR = (
    "Against the true counts, an unpublished one counting as 0. Records: the same tables counted from the synthetic"
    " records. An invented cell is published and truly empty. About 95 in 100 counts are within two standard deviations"
    " when the stated sd is right.",
    "Comparé aux vrais effectifs, un effectif non publié valant 0. Enregistrements\u00a0: les mêmes tableaux comptés"
    " sur les enregistrements synthétiques. Une case inventée est publiée et vide en vérité. Environ 95 effectifs"
    " sur 100 sont à moins de deux écarts-types quand l’écart-type annoncé est juste.",
)
ERROR_COLUMNS = (
    ("Columns", "Persons", "Error of the tables", "Error of the records", "Invented cells", "Counts within 2 sd"),
    (
        "Colonnes",
        "Personnes",
        "Erreur des tableaux",
        "Erreur des enregistrements",
        "Cases inventées",
        "Effectifs à moins de 2 é.-t.",
    ),
)
WORST_HEAD = ("The worst tables", "Les pires tableaux")
WORST = (
    "Of those that at least 1 in 200 persons has all answers for.",
    "Parmi ceux dont au moins 1 personne sur 200 a toutes les réponses.",
)
