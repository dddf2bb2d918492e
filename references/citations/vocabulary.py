"""The words that tell a citation from other capitals and figures, in Welsh and English, folded to lower case."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Between the names of two authors.
AND = _words("and & a ac et und +")
#: Inside a name, in lower case.
PARTICLES = _words("de da di du del della dos van von der den ter ten la le el al bin ibn ap ab ferch af av zu")
SMALL = AND | PARTICLES | _words("of for the in on with to by y yr yn i o ar am gyfer dros er gan at and's")
#: Introduce a citation inside its bracket, and are no part of its author.
LEADS = re.compile(
    r"(?:(?:please\s+)?see(?:\s+also)?|for\s+(?:example|instance|a\s+(?:review|discussion|summary)\s*,?\s*see)|e\.?\s?g\.?|i\.?\s?e\.?"
    r"|cf\.?|c\.?f\.?|compare|following|after|adapted\s+from|based\s+on|(?:as\s+)?(?:cited|quoted|noted|reported|discussed)\s+(?:in|by)"
    r"|as\s+in|in|from|by|also|and|or|but|both|including|notably|especially|particularly|such\s+as|according\s+to|source:?"
    r"|(?:gweler|gw\.?)(?:\s+(?:hefyd|er\s+enghraifft))?|er\s+enghraifft|e\.?\s?e\.?|h\.?y\.?|cymharer|megis|fel|yn\s+[oô]l|ond|gan|hefyd|ar\s+sail"
    r"|(?:wedi(?:['’]i|\s+ei)|a)\s+(?:ddyfynnu|ddyfynnwyd)\s+(?:yn|gan)|dyfynnwyd\s+(?:yn|gan)|addaswyd\s+o|yn|ac?|neu|the|ffynhonnell:?"
    r"|prof(?:essor|\.)?|drs?\.?|mrs?\.?|ms\.?|sir|dame|yr?\s+athro|athro)"
    r"(?![\w’'])[\s,:]*",
    re.IGNORECASE,
)
SEE = re.compile(
    r"\s*(?:please\s+see|see|e\.?g\.?|cf\.?|for\s+example|gweler|gw\.|er\s+enghraifft|e\.e\.)(?!\w)", re.IGNORECASE
)
#: Stand before the authors at the end of a clause in brackets.
BEFORE_AUTHORS = _words("see by gan gweler gw cf following after example enghraifft also hefyd e.g e.e of with ôl to")
SERIES = _words("series papers cyfres papurau")

#: Months, seasons and terms: with a year they are dates.
DATES = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr "
    "monday tuesday wednesday thursday friday saturday sunday llun mawrth mercher iau gwener sadwrn sul "
    "spring summer autumn winter easter christmas term gwanwyn haf gaeaf pasg nadolig tymor century ganrif"
)
#: Open a sentence or a clause; never a name by themselves, and never its first word.
STARTERS = _words(
    "a an the this that these those in on at of by for from to with since until till before after during between around about "
    "circa c ca as if when while whilst where whereas although though however moreover furthermore therefore thus hence also both "
    "and or but nor yet so such see e.g eg ie cf according following unlike like despite because indeed later earlier recently "
    "more most many some all each every other others another our their his her its we they he she it i you one two three "
    "work works research researchers study studies evidence writing recent early finally first second third here there "
    "only even year years updated published revised accessed edition version established founded launched est born died "
    "yn ym yng ar at o i gan gyda er ers tan hyd erbyn wedi cyn rhwng tua yr y ’r fel pan os lle tra felly hefyd ond neu na ac "
    "mae maent roedd dywed dadleua dadl noda yn_ôl gwaith ymchwil astudiaeth astudiaethau blwyddyn cyhoeddwyd diweddarwyd "
    "professor prof dr mr mrs ms sir dame athro meddai awgryma pwysleisia disgrifia esbonia eglura dengys canfu honna haera ychwanega "
    "cred cynigia cyfeiria diffinia argymhella trafoda dangosa cytuna "
    "sefydlwyd mewn drwy trwy dan am heb serch oherwydd gweler gw megis hynny hyn dyma dyna eu ei ein"
)
#: Of these words, those that are surnames too: followed by a comma and a year they are that.
SURNAMES = _words("tan gan dan so an low")
#: Followed by a year they are laws, tests, plans and events.
NOT_AUTHORS = _words(
    "act acts regulations regulation deddf rheoliadau mesur gorchymyn pisa timss pirls covid covid-19 brexit "
    "gcse gcses census cyfrifiad olympics version fersiwn table tabl figure fig ffigur chapter pennod tudalen section "
    "award awards gwobr gwobrau conference cynhadledd election etholiad "
    "appendix atodiad volume cyfrol issue rhifyn issn isbn tel ffôn phone ystafell hallmark nodwedd "
    "no rhif eds ed gol gols editors golygwyr edition argraffiad phase cyfnod cohort carfan"
)
#: A place with a year after it, without a comma, or before a year in brackets, is where something was.
PLACES = _words(
    "wales cymru england lloegr scotland yr-alban alban ireland iwerddon uk du britain prydain europe ewrop cardiff caerdydd "
    "gymru nghymru chymru loegr ewrob gaerdydd nghaerdydd "
    "swansea abertawe london llundain newport casnewydd bangor wrexham wrecsam"
)
#: A name that may hold "of", "for" and "the" is that of a body.
BODIES = re.compile(
    r"\b(?:associations?|department|ministry|institutes?|institution|council|centre|center|office|universit(?:y|ies)|academy|college"
    r"|organi[sz]ation|federation|board|society|commission(?:er)?|bureau|foundation|union|agency|authority|trust|network|committee"
    r"|inspectorate|secretariat|league|alliance|consortium|group|school|government|services?|partnership|national|royal|international|house"
    r"|cymdeithas|adran|cyngor|prifysgol|sefydliad|comisi(?:wn|ynydd)|canolfan|swyddfa|coleg|academi|undeb|bwrdd|asiantaeth|awdurdod"
    r"|ymddiriedolaeth|rhwydwaith|ffederasiwn|consortiwm|llywodraeth|gweinyddiaeth|cenedlaethol|ysgol|pwyllgor|partneriaeth|cynulliad)\b",
    re.IGNORECASE,
)
