"""Dutch words that tell a street with house number from other names with a number."""

from __future__ import annotations

from typing import Final

STREET_ENDINGS: Final = tuple(
    """
    straat straatje laan laantje weg plein pleintje kade gracht dreef singel steeg steegje hof
    hofje pad park dijk plantsoen baan wal erf brink gaarde hoek akker vaart ring boulevard zoom
    allee lei kaai rak vliet markt weide passage promenade bolwerk kwartier gang schans str
    straatweg werf sluis tuin kamp veen oord horst donk singels hoeve
    """.split()
)
"""Endings of capitalised street names."""

STRICT_ENDINGS: Final = tuple("straat laan plein gracht kade dreef singel steeg plantsoen".split())
"""Endings that are streets even without a capital."""

LOOSE_ENDINGS: Final = tuple(
    "haven berg veld dam bos burg meer zijde zicht rand kant poort wijk spui huis dal es".split()
)
"""Endings of streets and of much else; only with a house letter ("Veldzicht 12a")."""

STREET_TYPES: Final = frozenset(
    """
    straat laan weg plein kade gracht dreef singel steeg hof pad park dijk plantsoen baan wal erf
    brink boulevard allee ring markt passage promenade haven burcht kwartier bolwerk zoom hoek
    akker vaart tuin schans gang werf sluis kamp oord vliet rak
    """.split()
)
"""Words that open a street name ("Laan van …") and say nothing alone."""

PARTICLES: Final = frozenset(
    "naar van de der den het t ten ter te aan op in en la le du des 's s".split()
)
"""Small words inside a street name."""

JOINING: Final = frozenset("van de der den het t ten ter te du la le".split())
"""Those of `PARTICLES` that join the parts of one name."""

NAME_PARTS: Final = frozenset(
    """
    burgemeester burg prins prinses koning koningin graaf gravin keizer hertog jonkheer pastoor
    pater kapelaan deken dominee ds dokter dr doctor professor prof meester mr ir ingenieur sint st
    generaal admiraal kapitein luitenant kolonel president minister wethouder notaris schout
    nieuwe oude lange korte grote kleine hoge lage brede smalle eerste tweede derde vierde noorder
    zuider ooster wester nieuw oud van de den der ter ten jan piet willem johan karel hendrik
    frederik anna maria wilhelmina juliana beatrix emma rembrandt
    """.split()
)
"""First words of street names that may also open a sentence."""

TITLES: Final = frozenset("heer mevrouw meneer mevr dhr mw".split())
"""Titles: the capitalised word behind one is a person and no part of a street."""

NUMBER_WORDS: Final = frozenset(
    "nr nrs no nummer nummers huisnummer huisnr op bij naast tegenover ter hoogte van thv t h v".split()
)
"""Words between a street and its number."""

PLACE_WORDS: Final = frozenset("op bij naast tegenover ter hoogte van t h v".split())
"""Those of `NUMBER_WORDS` that are no word for a number themselves."""

NO_STREET: Final = frozenset(
    """
    onderweg snelweg vanweg terugweg heenweg omweg uitweg halfweg middenweg spoorweg luchtweg
    zijstraat winkelstraat hoofdstraten dwarsstraat achterstraat zijweg fietspad voetpad zandpad
    supermarkt bouwmarkt kerstmarkt vrijmarkt rommelmarkt jaarmarkt braderiemarkt weekmarkt
    arbeidsmarkt sportpark pretpark vakantiepark recreatiepark speeltuin achtertuin voortuin
    speelplein schoolplein ingang uitgang voorgang doorgang toegang
    overgang ondergang vergang opgang omgang rondgang afgang gang tuin hoek kamp oord werf sluis
    amsterdam rotterdam zaandam volendam edam schiedam vandaag zondag maandag dinsdag woensdag
    donderdag vrijdag zaterdag trein bedrijfstuin kleuterhof gerechtshof vrijhof helaas iemand
    autobaan loopbaan landingsbaan startbaan busbaan trambaan renbaan rijbaan spoorbaan
    """.split()
)
"""Words with a street ending that are no street."""

HEADS_WITH_A_NUMBER: Final = frozenset(
    """
    lijn bus buslijn tram metro trein groep groepen wijk wijkteam buurt team basisteam perron spoor
    hal poort gate afrit oprit route zone kamer blok fase klas klasse deel hoofdstuk artikel punt
    stap nummer sector vak rij etage verdieping versie unit ploeg eenheid post kanaal pagina
    appartement lokaal gebouw rotonde kruispunt parkeervak parkeerplaats steiger peiler paal
    hectometerpaal incident melding zaak dossier actie bericht tip code pin ronde week dag kwartaal
    seizoen januari februari maart april mei juni juli augustus september oktober november december
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag pasen kerst vanaf rond om tussen
    sinds tot circa ruim bijna ongeveer minimaal maximaal nog bel politie meldkamer brandweer
    iphone galaxy samsung playstation xbox windows audi bmw peugeot renault citroen opel ford fiat
    volkswagen vw volvo mercedes mazda toyota kia hyundai seat skoda tesla golf polo vespa citroën
    gazelle batavus sparta yamaha honda suzuki piaggio vermist vermiste leeftijd lengte maat
    nederland belgie duitsland
    """.split()
)
"""Capitalised words that carry a number of their own: "Lijn 14", "Groep 3"."""

COUNTED: Final = frozenset(
    """
    uur uren u h jaar jaren jarig jarige jr maand maanden week weken dag dagen minuten minuut min
    sec seconden km kilometer meter meters m cm mm euro eur cent procent graden keer maal x
    personen persoon mensen man mannen vrouw vrouwen jongen jongens meisje meisjes kind kinderen
    jongeren verdachten verdachte daders dader agenten bewoners buurtbewoners getuigen leden
    woningen huizen winkels bedrijven panden auto autos voertuigen fietsen scooters brommers
    inbraken inbraak diefstallen meldingen pogingen aanhoudingen incidenten gevallen groepen
    buurten straten wijken tips berichten berichtjes acties beelden camera cameras foto fotos
    januari februari maart april mei juni juli augustus september oktober november december
    jan feb mrt apr jun jul aug sep sept okt nov dec kilo kg liter ton stuks stuk verschillende
    nieuwe oude grote kleine honden katten paarden schapen plaatsen parkeerplaatsen bomen e ste
    graad punten ramen deuren ruiten kelders bergingen schuren boxen garages fietsenrekken
    """.split()
)
"""Words behind a number that show that it counts or measures something."""
