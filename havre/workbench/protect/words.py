"""What the report of a release says, in English and in French; each entry is the pair."""

from __future__ import annotations

TITLE = ("A protected release", "Une publication protégée")
PERSONS = ("Persons in the file, about", "Personnes du fichier, à peu près")
STRENGTH = ("Strength of protection (smaller is stronger)", "Force de la protection (plus petit, plus fort)")
SUREST = (
    "Most that anybody who thought “perhaps, perhaps not” can be sure that a person is in the file",
    "Certitude maximale, pour qui hésitait à moitié, qu’une personne est dans le fichier",
)
LONGEST = ("Figures go as far as", "Les chiffres vont jusqu’aux")
LENGTHS = (
    ("single values", "pairs of values", "triples of values"),
    ("valeurs seules", "paires de valeurs", "triplets de valeurs"),
)

WHAT_HEAD = ("What is protected, and for whom", "Ce qui est protégé, et pour qui")
WHAT = (
    (
        "Every person with a record in the file, whether the record is common or unique. Taking any one person out, or "
        "adding one, hardly changes what is published here: the tables (aggregates.csv), the synthetic records "
        "(synthetic.csv) and this report. So there is a limit to what anybody can find out from them about one person: "
        "whether somebody was in the file, and what was recorded. It holds whatever else they know, today or later.",
        "Random noise was added to every count before anything else was done; all that is published was made from the "
        "noisy counts alone. This is differential privacy.",
    ),
    (
        "Chaque personne qui a un dossier dans le fichier, que ce dossier soit courant ou unique. En retirer une, ou "
        "en ajouter une, ne change presque rien à ce qui est publié ici\u00a0: les tableaux (aggregates.csv), les "
        "enregistrements synthétiques (synthetic.csv) et ce rapport. Ce que quiconque peut en apprendre sur une "
        "personne a donc une limite\u00a0: si elle était dans le fichier, et ce qui y était noté. Elle vaut quoi qu’il "
        "sache par ailleurs, aujourd’hui ou plus tard.",
        "Un bruit aléatoire a été ajouté à chaque effectif avant toute autre opération\u00a0; tout ce qui est publié "
        "vient des seuls effectifs bruités. C’est la confidentialité différentielle.",
    ),
)
HOW_HEAD = ("How strongly", "Avec quelle force")
HOW = (
    (
        "Epsilon is {epsilon}. In the worst case that can be thought of, somebody knows every other record and thinks "
        "it as likely as not that a person is in the file. After reading everything here that somebody can be {sure} "
        "sure at most. 50% would be perfect protection, 100% none. People who know less find out less.",
        "The promise may fail with a chance of at most 1 in {chance}.",
    ),
    (
        "Epsilon vaut {epsilon}. Dans le pire des cas imaginables, quelqu’un connaît tous les autres dossiers et juge "
        "une chance sur deux qu’une personne soit dans le fichier. Après avoir tout lu ici, il peut en être sûr à "
        "{sure} au plus. 50\u202f% serait une protection parfaite, 100\u202f% aucune. Qui en sait moins apprend moins.",
        "La promesse peut faillir avec une probabilité d’au plus 1 sur {chance}.",
    ),
)
WEAK = (
    "With epsilon {epsilon} this ceiling says little: the promise is weak. Common values are 1 to 4.",
    "Avec epsilon {epsilon}, ce plafond ne dit presque rien\u00a0: la promesse est faible. Les valeurs courantes vont "
    "de  1 à 4.",
)
COUNTED = (
    "What all releases about these people cost together is counted in the ledger of cohort “{cohort}”.",
    "Ce que coûtent ensemble toutes les publications sur ces personnes est compté au registre de la cohorte"
    " «\u202f{cohort}\u202f».",
)
NOBODY = (
    "Nobody counts what other releases about the same people cost: each further one weakens the promise.",
    "Personne ne compte ce que coûtent les autres publications sur les mêmes personnes\u00a0: chacune affaiblit la"
    " promesse.",
)
NOT_HEAD = ("What is not protected", "Ce qui n’est pas protégé")
NOT = (
    (
        "Facts about groups. If nearly all victims of one trade come from one country, this is shown; it would be with "
        "or without any one person.",
        "A person who has several records: with two, the protection is about half as strong.",
        "The list of columns and possible values: it is public, and was written without looking at the records.",
        "What is published elsewhere about the same people, unless the same ledger counts it.",
        "custodian.html, which compares with the truth and must never be published.",
    ),
    (
        "Les faits sur des groupes. Si presque toutes les victimes d’un métier viennent d’un pays, cela se voit, et se "
        "verrait avec ou sans telle personne.",
        "Une personne qui a plusieurs dossiers\u00a0: avec deux, la protection est environ deux fois plus faible.",
        "La liste des colonnes et des valeurs possibles\u00a0: elle est publique, écrite sans regarder les dossiers.",
        "Ce qui est publié ailleurs sur les mêmes personnes, sauf si le même registre le compte.",
        "custodian.html, qui compare avec la vérité et ne doit jamais être publié.",
    ),
)
USE_HEAD = ("What the figures are good for", "À quoi servent les chiffres")
USE = (
    (
        "Good for: shares, rankings of large groups, comparing profiles, planning services, teaching, trying out an "
        "analysis on the synthetic records.",
        "Not for: small counts, saying that something never happens, following one person. A synthetic record is "
        "nobody.",
        "A combination that is not listed is not published. It is not zero.",
        "Identified cases are not a sample of all victims, and a cell left empty means not recorded, not “no”.",
    ),
    (
        "Bons pour\u00a0: parts, classements de grands groupes, comparaison de profils, organisation des services, "
        "enseignement, essai d’une analyse sur les enregistrements synthétiques.",
        "Pas pour\u00a0: petits effectifs, affirmer qu’une chose n’arrive jamais, suivre une personne. Un "
        "enregistrement synthétique n’est personne.",
        "Une combinaison absente n’est pas publiée. Elle ne vaut pas zéro.",
        "Les cas identifiés ne forment pas un échantillon de toutes les victimes\u00a0; une case vide veut dire non "
        "renseigné, pas «\u202fnon\u202f».",
    ),
)
SMALL = (
    "This register is too small, at this strength of protection, for more than {longest}. Do not read longer "
    "combinations from the synthetic records: they are a guess.",
    "À cette force de protection, ce fichier est trop petit pour aller au-delà des {longest}. Ne lisez pas de "
    "combinaisons plus longues dans les enregistrements synthétiques\u00a0: ce serait deviner.",
)
USE_COLUMNS = (
    (
        "",
        "Tables (worth reading)",
        "Published counts",
        "Persons in them",
        "Margin of a count",
        "Expected error",
        "Read from",
    ),
    (
        "",
        "Tableaux (à lire)",
        "Effectifs publiés",
        "Personnes y figurant",
        "Marge d’un effectif",
        "Erreur attendue",
        "Lire dès",
    ),
)
USE_NOTES = (
    (
        "All of this follows from the noisy counts, not from a comparison with the records. Persons in them: the rest "
        "are in combinations that are not published. Margin of a count: twice the middle sd, that of the noise and of "
        "what the noisy counts show that the estimate gets wrong. Expected error: persons to be expected in the wrong "
        "place, of 100 counted. From the last figure on, a count is off by less than a fifth on average.",
        "In trials on invented registers 0 to 13 of 100 counts lay outside their own margin; 5 would be right.",
    ),
    (
        "Tout ceci découle des effectifs bruités, sans comparaison avec les dossiers. Personnes y figurant\u00a0: les "
        "autres sont dans des combinaisons non publiées. Marge d’un effectif\u00a0: deux fois l’écart-type médian, "
        "celui du bruit et de l’erreur de l’estimation que les effectifs bruités révèlent. Erreur attendue\u00a0: "
        "personnes probablement au mauvais endroit, sur 100 comptées. À partir du dernier chiffre, un effectif "
        "s’écarte de moins d’un cinquième en moyenne.",
        "Dans des essais sur des fichiers inventés, 0 à 13 effectifs sur 100 sortaient de leur marge\u00a0; 5 serait "
        "juste.",
    ),
)
VALUES_HEAD = ("Single values", "Valeurs seules")
VALUES = (
    ("The thin line shows the margin of each count. Persons for whom a column is not recorded are not drawn.",),
    ("Le trait fin montre la marge de chaque effectif. Les personnes pour qui la colonne n’est pas renseignée ne"
     " figurent pas.",),
)  # fmt: skip
NONE = ("Nothing of this column stands out of the noise: not published.", "Rien ne ressort du bruit\u00a0: non publié.")
MORE = ("{many} more", "{many} de plus")
NOT_PUBLISHED = ("not published", "non publié")
LACKING = ("Values not published (not zero): {many}", "Valeurs non publiées (pas zéro)\u00a0: {many}")
RAISED = ("Values shown one level up only: {many}", "Valeurs montrées au niveau supérieur seulement\u00a0: {many}")
RARE = ("{name}: rare values, together", "{name}\u00a0: valeurs rares, ensemble")
YES_NO = {"yes": ("yes", "oui"), "no": ("no", "non")}
POOR_HEAD = ("Tables not worth reading", "Tableaux à ne pas lire")
ALL_WORTH = ("There is none.", "Il n’y en a pas.")
POOR = (
    "{poor} of {all} tables: nothing of them is published, or more than a quarter of what is must be expected to be "
    "error, or fewer than half of the persons are in published counts.",
    "{poor} tableaux sur {all}\u00a0: rien n’en est publié, ou plus d’un quart de ce qui l’est doit être tenu pour une "
    "erreur, ou moins de la moitié des personnes sont dans des effectifs publiés.",
)
POOR_COLUMNS = (
    ("Columns", "Published counts", "Persons shown", "Expected error"),
    ("Colonnes", "Effectifs publiés", "Personnes montrées", "Erreur attendue"),
)
POOR_MORE = ("More of them; report.json has all", "D’autres\u00a0; report.json les a tous")
MADE_HEAD = ("How it was made", "Comment cela a été fait")
MADE = (
    (
        "Havre {version}. Privacy unit: one record added or removed. ε = {epsilon}, δ = {delta}; zCDP ρ = {rho}, by "
        "the conversion of Canonne, Kamath and Steinke (2020). Discrete Gaussian noise. {columns} columns, at most "
        "{cap} recorded answers a record. Codebook, cap, order and split were fixed before the file was read.",
        "Every published count is the number of published records that have it: tables and {records} synthetic records "
        "cannot contradict each other. A value with too little to stand out of the noise is shown as its parent.",
        "Hash of the ledger after the charge: {head}",
    ),
    (
        "Havre {version}. Unité protégée\u00a0: un dossier ajouté ou retiré. ε = {epsilon}, δ = {delta}\u00a0; zCDP "
        "ρ = {rho}, par la conversion de Canonne, Kamath et Steinke (2020). Bruit gaussien discret. {columns} "
        "colonnes, au plus {cap} réponses par dossier. Le livre des codes, la limite, l’ordre et le partage étaient "
        "fixés avant la lecture du fichier.",
        "Chaque effectif publié est le nombre des enregistrements publiés qui l’ont\u00a0: tableaux et {records} "
        "enregistrements synthétiques ne peuvent se contredire. Une valeur trop rare pour ressortir du bruit est "
        "montrée par son parent.",
        "Empreinte du registre après le débit\u00a0: {head}",
    ),
)
ZEROS = (
    "These pairs of answers were declared impossible before the file was read. They were not measured, no published "
    "record or table has one, and where a record had one, neither of the two answers was counted.",
    "Ces paires de réponses ont été déclarées incompatibles avant la lecture du fichier. Elles n’ont pas été mesurées, "
    "aucun enregistrement ni tableau publié n’en porte, et là où un dossier en portait une, aucune des deux réponses "
    "n’a été comptée.",
)
ZEROS_COLUMNS = (("Declared impossible", "Source"), ("Déclarées incompatibles", "Source"))
MADE_COLUMNS = (
    ("Measured", "A person changes it by (L2)", "sd of noise, persons", "Mean error", "ρ"),
    ("Mesure", "Une personne y change (L2)", "Écart-type du bruit, personnes", "Erreur moyenne", "ρ"),
)
STEPS = (
    {"records": "number of records", "values": "first look at each value", "tables": "tables"},
    {"records": "nombre de dossiers", "values": "premier regard sur chaque valeur", "tables": "tableaux"},
)
