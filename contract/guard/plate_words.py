"""Short Dutch words and units that make a phrase look like a licence plate."""

from __future__ import annotations

from typing import Final

MONTHS: Final = frozenset(
    "jan feb mrt maa apr mei jun juni jul juli aug sep sept okt nov dec".split()
)
"""Month names, short and of four letters: "3 mei 26" is a date."""

NOT_ON_A_PLATE: Final = frozenset(
    """
    aan acht af al als au auto bij bis blok bron bus by ca circa code cc cm dag dan dat de deel
    deze den der des die dit dl door doos drie dus dl een eens eh el elk en er euro eur extra
    fase fiets foto ga gaf gb ging gm goed groep had hal half heb heel hem hen her hier
    het hij hoe hoek huis hun hz ie iets ik im in inch inwo is ja jaar jas je jij jou jr kan
    kb keer kg kilo km komt kop kun kw laan lag ldn lijn lid lt maal man max mb mee meer men met
    mg mij mijl min mins ml mld mln mm mn mo ms na naar naast nee niet nl no nog nr nrs nu nul
    nut of oh om ons ook op over paar pas pcs per pers pk plus punt pc pl px rond rij rug rook
    sec sinds so st stap stk stop stuk tas team te tel ten ter tien toe toen tot tram trap tv
    tussen twee uit unit u uur uurs van vak vd ver vier vijf vind volt voor vr vrij was wat
    watt we week weg wel werd wie wij wijk wil wk wo woon x xl za zag zat ze zei zes zeg zelf
    zich zien zij zijn zit zo zon zone zou zy ma di do bu pm am th nd rd ha kop ps wees gaan
    gaat doet doe laat kijk bel belt geen hoog laag eind punt klas oude jong vast echt zag men
    ieder loop rood blauw wit geel kwam kom plm ong tm t/m vanaf
    """.split()
)
"""Words and units of at most five letters that stand between numbers in plain sentences."""
