"""Words about origin, belief, health and orientation, and words that describe a person.

Words are folded (lower case, no accents) with every inflection written out, so the list can
be read, checked and extended by people who know the language and not the program.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _adjectives(stems: str) -> frozenset[str]:
    """Adjectives with and without -e; a long vowel in the last syllable shortens by hand."""
    return frozenset(form for stem in stems.split() for form in (stem, stem + "e"))


ORIGIN_ADJECTIVES: Final = _adjectives(
    """
    marokkaans turks surinaams antilliaans arubaans arabisch afrikaans aziatisch somalisch syrisch
    iraaks iraans afghaans eritrees ethiopisch ghanees nigeriaans algerijns tunesisch egyptisch
    libisch soedanees congolees kaapverdisch pools roemeens bulgaars hongaars albanees joegoslavisch
    servisch bosnisch kroatisch macedonisch kosovaars oekraiens russisch litouws lets tsjechisch
    slowaaks georgisch armeens tsjetsjeens moldavisch chinees vietnamees indonesisch moluks indisch
    indiaas pakistaans bengaals tamil filipijns thais braziliaans colombiaans dominicaans mexicaans
    latijns creools caribisch mediterraan berbers koerdisch palestijns libanees
    jemenitisch israelisch jordaans keniaans gambiaans senegalees angolees venezolaans peruaans
    argentijns cubaans haitiaans jamaicaans nepalees mongools japans koreaans maleisisch wit-russisch
    estisch sloveens montenegrijns zigeunerachtig oeigoers jezidisch ghanese
    buitenlands allochtoon autochtoon westers semitisch slavisch negroide oosters
    """
) | _words(
    """
    allochtone autochtone ghanese soedanese congolese albanese eritrese chinese vietnamese libanese
    senegalese angolese nepalese donkergekleurd donkergekleurde lichtgekleurd lichtgekleurde
    letse mediterrane creoolse chineze noordafrikaans noordafrikaanse oosteuropees oosteuropese
    zuideuropees zuideuropese nietwesters nietwesterse kleurling
    """
)
"""Adjectives of origin; about a person unless a thing follows ("Pools kenteken")."""

NEAR_ORIGIN: Final = _words(
    """
    nederlands nederlandse duits duitse belgisch belgische vlaams vlaamse engels engelse brits britse
    frans franse italiaans italiaanse spaans spaanse portugees portugese grieks griekse amerikaans
    amerikaanse europees europese zweeds zweedse deens deense noors noorse
    """
)
"""Adjectives of origin that mostly speak of things; only beside a word for a person."""

ORIGIN_NOUNS: Final = _words(
    """
    marokkaan marokkanen marokkaanen turk turken surinamer surinamers antilliaan antillianen arabier
    arabieren afrikaan afrikanen aziaat aziaten somalier somaliers syrier syriers irakees irakezen
    iranier afghaan afghanen eritreeer eritreeers pool poolse roemeen roemenen bulgaar bulgaren
    hongaar hongaren albanees albanezen oekrainer oekrainers rus russen litouwer litouwers chinees
    chinezen molukker molukkers indo indos antillianen zigeuner zigeuners sinti allochtoon
    allochtonen buitenlander buitenlanders vluchteling vluchtelingen asielzoeker asielzoekers
    migrant migranten arbeidsmigrant arbeidsmigranten statushouder statushouders neger negers negerin
    negerinnen halfbloed halfbloedje mulat mulatten kleurling kleurlingen woonwagenbewoner
    woonwagenbewoners reizigersvolk moor creool creolen berber berbers koerd koerden illegaal
    illegalen medelander medelanders nederlander nederlanders ghanees nigeriaan nigerianen algerijn
    algerijnen tunesier tunesiers egyptenaar egyptenaren joegoslaaf joegoslaven servier serviers
    """
)
"""Nouns for people by origin."""

ORIGIN_WORDS: Final = _words(
    """
    huidskleur huidskleuren huidtint afkomst herkomst etniciteit etnisch etnische komaf
    nationaliteit getint getinte lichtgetint lichtgetinte donkergetint donkergetinte blanke blanken
    blank donkerhuidig donkerhuidige lichthuidig lichthuidige negroide zwarthuidig roots
    migratieachtergrond kroeshaar ras
    """
) - _words("kroeshaar ras")
"""Words that speak of origin or skin wherever they stand."""

SKIN_COLOURS: Final = _words(
    "zwart zwarte wit witte bruin bruine donker donkere licht lichte gekleurd gekleurde bleek geel gele"
)
"""Colours that speak of skin only beside a word for a person or for skin."""

SKIN_NOUNS: Final = _words("huid huidskleur huidtint teint uiterlijk gelaatskleur tint")

PERSONS: Final = _words(
    """
    man mannen vrouw vrouwen jongen jongens meisje meisjes kind kinderen jongeman jongemannen
    jongere jongeren persoon personen dame dames heer heren verdachte verdachten dader daders
    inbreker inbrekers overvaller overvallers dief dieven type types figuur figuren individu
    individuen gast gasten kerel kerels knul knullen vent venten tiener tieners peuter kleuter baby
    manspersoon manspersonen vrouwspersoon stel echtpaar koppel bende groepje oplichter oplichters
    insluiper insluipers zakkenroller zakkenrollers mens mensen lui bejaarde bejaarden oudere
    ouderen vermiste vermisten bestuurder bestuurders fietser fietsers passagier passagiers
    """
)
"""Nouns for a person, by sex, age or part in an event; no police."""

THINGS_WITH_ORIGIN: Final = _words(
    """
    kenteken kentekens kentekenplaat nummerbord nummerborden nummerplaat plaat platen herder herders
    bulldog dog waterhond kat schaap restaurant restaurants winkel winkels supermarkt bakker bakkerij
    slager slagerij pizza keuken eten vlag vlaggen ambassade consulaat taal les lessen krant zender
    auto autos bestelbus bestelbusje bestelauto busje bus vrachtwagen vrachtauto motor voertuig
    voertuigen school basisschool kerk kerken begraafplaats feestdag feestdagen vereniging centrum
    stichting gemeente gemeenschap politie grens ambulance brandweer buurtvereniging bruiloft
    afhaalrestaurant afhaal tuin markt muziek film boek bank internet nummer telefoonnummer nummers
    """
)
"""Nouns that make an adjective of origin or belief speak of a thing."""

BELIEF: Final = _words(
    """
    moslim moslims moslima moslimas islamitisch islamitische islam islamist islamisten christen
    christenen christelijk christelijke jood joden joods joodse jodin hindoe hindoes hindoestaan
    hindoestaans hindoestaanse hindoestanen katholiek katholieke katholieken protestant protestants
    protestantse protestanten gereformeerd gereformeerde gereformeerden boeddhist boeddhisten
    boeddhistisch boeddhistische sikh sikhs salafist salafisten salafistisch salafistische jehova
    jehovas atheist atheisten atheistisch ongelovig ongelovige gelovig gelovige geloof
    geloofsovertuiging religie religieus religieuze streng-gelovig soenniet soennitisch sjiiet
    sjiitisch mormoon mormonen orthodox orthodoxe
    """
)

HEALTH: Final = _words(
    """
    dement demente dementie dementerend dementerende alzheimer parkinson verward verwarde verwardheid
    autist autisten autistisch autistische autisme adhd depressief depressieve depressie suicidaal
    suicidale suicide zelfmoord zelfmoordneigingen psychotisch psychotische psychose psychoses
    schizofreen schizofrene schizofrenie psychiatrisch psychiatrische psychisch psychische borderline
    bipolair bipolaire geestelijk geestesziek geestesgestoord gestoord gestoorde zwakbegaafd
    zwakbegaafde zwakzinnig zwakzinnige gehandicapt gehandicapte gehandicapten handicap beperking
    verstandelijk verstandelijke epilepsie epileptisch epileptische diabetes diabeet diabetici
    suikerziekte suikerpatient hiv aids seropositief kanker tumor hartpatient hartziekte
    hartkwaal medicatie medicijn medicijnen insuline verslaafd verslaafde verslaafden
    drugsverslaafd drugsverslaafde drugsverslaafden alcoholist alcoholisten alcoholverslaafd
    alcoholverslaafde alcoholistisch alcoholistische spastisch spastische seropositieve manisch
    manische invalide invaliden mindervalide mindervaliden rolstoelgebonden
    junk junks junkie junkies patient patiente patienten ziekte ziektes ziektebeeld
    aandoening stoornis zwanger zwangere zwangerschap down syndroom hersenletsel hersenbloeding
    beroerte cva dialyse tbc hepatitis ggz tbs rilatine mongool mongolen blind blinde slechtziend
    slechtziende doof dove doofstom slechthorend slechthorende
    """
) - _words("down blind blinde doof dove syndroom")

ORIENTATION: Final = _words(
    """
    homo homos homofiel homofiele homoseksueel homoseksuele homoseksuelen homostel lesbisch lesbische
    lesbienne lesbiennes biseksueel biseksuele biseksuelen bi-seksueel transgender transgenders
    transseksueel transseksuele transvrouw transman travestiet travestieten gay gays queer lhbt lhbti
    lhbtiq lhbtqi geaardheid panseksueel aseksueel nonbinair nonbinaire pot potten flikker flikkers
    """
) - _words("pot potten")

NEAR_HEALTH: Final = _words("blind blinde doof dove stom stomme")
"""Words about health that mostly mean something else; only in front of a word for a person."""

FEATURES: Final = _words(
    """
    jas jasje jack jacket winterjas regenjas bomberjack bodywarmer broek spijkerbroek joggingbroek
    trainingsbroek jeans legging rok jurk trui vest hoodie capuchon sweater shirt tshirt overhemd
    blouse polo pet muts hoed cap sjaal handschoenen handschoen schoenen schoen sneakers laarzen
    sandalen slippers pak trainingspak joggingpak pyjama kleding gekleed gekleedde draagt dragen droeg
    droegen dragend aangetrokken hoofddoek bivakmuts mondkapje masker helm hesje uniform tas rugzak
    rugtas tasje handtas koffer plastic rollator wandelstok rolstoel paraplu riem ketting oorbel
    oorbellen
    lang lange klein kleine groot grote slank slanke fors forse dik dikke mager magere dun dunne
    gespierd gespierde gezet gezette stevig stevige breed brede postuur tenger tengere cm centimeter
    haar haren kapsel krullen krullend kaal kale blond blonde grijs grijze staart paardenstaart baard
    baardje snor sik bril zonnebril tatoeage tatoeages tattoo tattoos litteken littekens piercing
    sproeten tanden gebit kromme mank hinkt
    jaar jarige jarigen leeftijd jong jonge oud oude
    auto autos auto's bestelbus bestelbusje bestelauto busje bus vrachtwagen vrachtauto scooter
    scooters brommer bromfiets fiets fietsen bakfiets fatbike step motor motorfiets motorscooter
    personenauto taxi aanhanger caravan voertuig kenteken stationwagen cabrio golf opel ford
    volkswagen audi bmw mercedes peugeot renault volvo toyota
    richting noorden zuiden oosten westen noordelijke zuidelijke oostelijke westelijke
    loopt lopen liep liepen lopend gelopen rent rennen rende renden rennend weggerend wegrennen fietst
    fietste fietsten fietsend weggefietst rijdt rijden reed reden rijdend weggereden vlucht vluchtte
    vluchtten gevlucht vluchten belt aanbelt aangebeld belde belden aanbellen kijkt keek keken kijken
    gluurt gluren gluurde voelt voelde voelden probeert proberen probeerde probeerden staat stond
    stonden zit zat zaten ligt lag schreeuwt schreeuwde schreeuwend roept riep scheldt schold wankelt
    wankelde filmt filmde fotografeert fotografeerde klimt klom klimmen springt sprong verstopt
    verstopte vraagt vroeg vragen praat praatte praten bedelt bedelde doet voordoet voordeed zwaait
    zwaaide slaat sloeg schopt schopte gooit gooide trekt trok duwt duwde steelt stelen breekt breken
    forceert forceren knipt knippen schijnt schijnen zaklamp koevoet schroevendraaier mes wapen
    hamer breekijzer achtervolgt achtervolgde volgt volgde benadert benadert sluipt sloop dwaalt
    dwaalde rondhangt hangt hing zwerft zwerf spreekt sprak aanspreekt collecteert collecte verkoopt
    verkopen pint zich gedraagt gedrag agressief agressieve nerveus nerveuze dronken rookt rookte
    wandelt wandelde wandelend wegliep wegrende wegreed naar vandoor ontkomen
    """
)
"""Words that tell how somebody looks, moves or acts, other than by origin or sex."""
