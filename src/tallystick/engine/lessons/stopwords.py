"""The words that every text has, in English and in Spanish, accents folded."""

_ENGLISH = """
    a about above across after again against all almost along already also although always am among
    an and another any anyone anything are aren't around as at away back be became because become
    becomes been before began being below between both but by came can can't cannot could couldn't
    did didn't do does doesn't doing don't done down due during each either else enough etc even
    ever every everyone everything few first for from further gave get gets getting give given
    gives go goes going gone got had hadn't has hasn't have haven't having he he's hence her here
    hers herself him himself his how however i i'd i'll i'm i've if in indeed instead into is isn't
    it it's its itself just keep kept knew know known last least less let like made make makes
    making many may maybe me might more most mostly much must my myself neither never nevertheless
    next no nobody none nor not nothing now of off often on once one ones only onto or other others
    otherwise our ours ourselves out over own per perhaps put rather really said same say says see
    seem seemed seems seen several shall she should shouldn't since so some someone something
    sometimes soon still such take taken takes than that that's the their theirs them themselves
    then there thereby therefore these they they're this those though through throughout thus to
    together too took toward towards under until up upon us use used uses using usually various
    very via was wasn't we we're well went were weren't what whatever when whenever where whereas
    wherever whether which while who whoever whole whom whose why will with within without won't
    would wouldn't yes yet you your yours yourself yourselves
"""

_SPANISH = """
    a al algo alguien alguna algunas alguno algunos ambos ante antes aquel aquella aquellas aquello
    aquellos aqui asi aun aunque bajo bien cada casi como con contra cual cuales cualquier cuando
    cuanto de del desde donde dos durante e el ella ellas ello ellos en entonces entre era eran eres
    es esa esas ese eso esos esta estaba estaban estado estamos estan estar estas este esto estos
    estoy estuvo fue fuera fueron fui ha haber habia habian han hasta hay haya he hemos hizo hubo
    incluso la las le les lo los luego mas me menos mi mia mientras mio mis misma mismas mismo
    mismos mucha muchas mucho muchos muy nada nadie ni ningun ninguna ninguno no nos nosotros
    nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para pero poco por porque
    pues que quien quienes se sea sean segun ser si sido siempre siendo sin sino sobre sois solo
    somos son soy su sus suya suyo tal tambien tampoco tan tanto te tenia tenian tengo tenido tiene
    tienen toda todas todavia todo todos tras tu tus tuvo u un una unas uno unos usted ustedes va
    vamos van varias varios vez y ya yo
"""

ENGLISH = frozenset(_ENGLISH.split())
SPANISH = frozenset(_SPANISH.split())
