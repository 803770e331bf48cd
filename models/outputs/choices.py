"""The words among which people choose in typed outputs, each in three languages."""

from collections.abc import Mapping

from models.outputs.told import Choices


class Side(Choices):
    """Whether something is in one's own hands."""

    INNER = "inner", "Sisäinen", "Intern", "Inner", "sisäiset|interna|internt|inside|internal"
    OUTER = "outer", "Ulkoinen", "Extern", "Outer", "ulkoiset|externa|externt|outside|external"


class Sort(Choices):
    """Whether it helps."""

    STRENGTH = (
        *("strength", "Vahvuus", "Styrka", "Strength"),
        "vahvuudet|mahdollisuus|mahdollisuudet|styrkor|möjlighet|möjligheter|strengths|opportunity|opportunities",
    )
    WEAKNESS = (
        *("weakness", "Heikkous", "Svaghet", "Weakness"),
        "heikkoudet|uhka|uhat|svagheter|hot|weaknesses|threat|threats",
    )


IN_HEADINGS: Mapping[Choices, str] = {
    Side.INNER: r"sisäi|intern|inner|inside",
    Side.OUTER: r"ulkoi|extern|outer|outside",
    Sort.STRENGTH: r"vahvuu|mahdolli|styrk|möjlig|strength|opportun",
    Sort.WEAKNESS: r"heikko|uha|uhka|svaghet|hot\b|weak|threat",
}
"""How the headings of a text speak of them, as in "Sisäiset vahvuudet"."""


class Trend(Choices):
    """Where something is going up to the horizon."""

    GROWS = (
        *("grows", "Kasvaa", "Växer", "Grows"),
        "kasvava|lisääntyy|lisääntyvä|nousee|växande|ökar|ökande|growing|increases|increasing",
    )
    SAME = (
        *("same", "Ennallaan", "Oförändrad", "Stays"),
        "pysyy ennallaan|sama|vakaa|ei muutosta|oförändrat|samma|stays the same|same|unchanged|stable",
    )
    EASES = (
        *("eases", "Helpottaa", "Minskar", "Eases"),
        "helpottuu|vähenee|vähenevä|laskee|minskande|avtar|easing|declines|declining|decreases|decreasing",
    )


class Urgency(Choices):
    """How soon a need must be met."""

    AT_ONCE = (
        *("at_once", "Heti", "Genast", "At once"),
        "välitön|välittömästi|kriittinen|erittäin kiireellinen|hyvin kiireellinen|erittäin korkea|erittäin suuri|"
        "omedelbart|kritisk|mycket brådskande|immediate|immediately|critical|very urgent|very high",
    )
    URGENT = (
        *("urgent", "Kiireellinen", "Brådskande", "Urgent"),
        "kiireellisesti|kiire|korkea|suuri|angelägen|angeläget|hög|stor|high",
    )
    SOON = (
        *("soon", "Pian", "Snart", "Soon"),
        "keskisuuri|keskitaso|keskitasoa|kohtalainen|medel|medelhög|måttlig|medium|moderate",
    )
    CAN_WAIT = (
        *("can_wait", "Voi odottaa", "Kan vänta", "Can wait"),
        "ei kiireellinen|ei kiireellistä|ei kiirettä|ei kiire|myöhemmin|matala|vähäinen|"
        "inte brådskande|inte bråttom|senare|låg|not urgent|later|low",
    )


class Way(Choices):
    """A way of producing a service; going on as now is always among the alternatives."""

    AS_NOW = (
        *("as_now", "Nykytila jatkuu", "Som nu", "As now"),
        "nykytila|nykyinen tapa|nykyinen|kuten nyt|jatketaan kuten nyt|jatketaan nykyisellään|ei muutosta|"
        "nuläge|nuläget fortsätter|fortsätter som nu|ingen ändring|going on as now|do nothing|no change",
    )
    MIXED = (
        *("mixed", "Usea tapa yhdessä", "Flera sätt tillsammans", "Several ways together"),
        "usea tapa|useita tapoja|oma tuotanto ja ostopalvelu|oma tuotanto ja palveluseteli|"
        "ostopalvelu ja palveluseteli|flera sätt|egen produktion och köptjänst|several ways|"
        "own production and purchase",
    )
    OWN = (
        *("own", "Oma tuotanto", "Egen produktion", "Own production"),
        "oma|omana tuotantona|omana työnä|itse|kunta itse|egen|eget|egen verksamhet|own",
    )
    TOGETHER = (
        *("together", "Yhdessä muiden kuntien kanssa", "Tillsammans med andra kommuner", "With other municipalities"),
        "yhteistyö|kuntayhteistyö|kuntien yhteistyö|yhdessä naapurikuntien kanssa|naapurikuntien kanssa|kuntayhtymä|"
        "samkommun|tillsammans med grannkommuner|with neighbouring municipalities|jointly",
    )
    IN_HOUSE = (
        *("in_house", "Oma yhtiö", "Eget bolag", "In-house company"),
        "yhtiö|kunnan yhtiö|kuntayhtiö|sidosyksikkö|bolag|kommunalt bolag|company|in-house",
    )
    PURCHASE = (
        *("purchase", "Ostopalvelu", "Köptjänst", "Purchase"),
        "ostopalveluna|osto|ostetaan|köp|köps|köptjänster|purchased|buy|bought",
    )
    VOUCHER = "voucher", "Palveluseteli", "Servicesedel", "Voucher", "seteli|palvelusetelillä|sedel|service voucher"
    THIRD_SECTOR = (
        *("third_sector", "Kolmas sektori", "Tredje sektorn", "Third sector"),
        "järjestö|järjestöt|yhdistys|yhdistykset|förening|föreningar|association|associations",
    )
    RESIDENTS = (
        *("residents", "Asukkaat itse", "Invånarna själva", "Residents"),
        "asukkaat|talkoot|talkootyö|invånarna|talko|volunteers",
    )
    DIGITAL = (
        *("digital", "Digitaalinen", "Digital", "Digital"),
        "digitaalinen palvelu|digitaalisesti|verkkopalvelu|sähköinen|sähköinen palvelu|digitalt|nättjänst|online",
    )
    ENDING = (
        *("ending", "Luovutaan", "Avslutas", "Ending it"),
        "nykyisestä luovutaan|palvelusta luovutaan|lakkaa|lakkautetaan|lopetetaan|upphör|läggs ned|ending|ends|ended",
    )


class StaffEffect(Choices):
    """What a way of producing means to the staff (449/2007; transfer of business: 304/2003 25 §)."""

    NONE = (
        *("none", "Ei", "Nej", "None"),
        "ei vaikutusta|ei vaikutuksia|ei vaikuta|ingen verkan|inga verkningar|no|no effect|no effects",
    )
    COOPERATION = (
        *("cooperation", "Yhteistoiminta", "Samarbetsförfarande", "Staff cooperation"),
        "yhteistoimintamenettely|yt|yt-menettely|samarbete|cooperation|co-operation",
    )
    TRANSFER = (
        *("transfer", "Liikkeen luovutus", "Överlåtelse av rörelse", "Transfer of business"),
        "luovutus|överlåtelse|transfer",
    )


class BodySort(Choices):
    """What a body or office-holder is."""

    INFLUENCE = (
        *("influence", "Vaikuttamistoimielin", "Påverkansorgan", "Influence body"),
        "vanhusneuvosto|vammaisneuvosto|nuorisovaltuusto|äldrerådet|äldreråd|rådet för personer med "
        "funktionsnedsättning|ungdomsfullmäktige|youth council|older people's council|disability council",
    )
    COUNCIL = (
        *("council", "Valtuusto", "Fullmäktige", "Council"),
        "kunnanvaltuusto|kaupunginvaltuusto|kommunfullmäktige|stadsfullmäktige|municipal council|city council",
    )
    EXECUTIVE = (
        *("executive", "Hallitus", "Styrelse", "Executive"),
        "kunnanhallitus|kaupunginhallitus|kommunstyrelse|kommunstyrelsen|stadsstyrelse|stadsstyrelsen|styrelsen|"
        "municipal executive|city executive",
    )
    BOARD = (
        *("board", "Lautakunta", "Nämnd", "Board"),
        "sivistyslautakunta|hyvinvointilautakunta|tekninen lautakunta|elinvoimalautakunta|tarkastuslautakunta|jaosto|"
        "nämnden|bildningsnämnden|välfärdsnämnden|tekniska nämnden|revisionsnämnden|sektion|committee",
    )
    OFFICE_HOLDER = (
        *("office_holder", "Viranhaltija", "Tjänsteinnehavare", "Office-holder"),
        "kunnanjohtaja|kaupunginjohtaja|toimialajohtaja|sivistysjohtaja|tekninen johtaja|hallintojohtaja|"
        "palvelupäällikkö|kommundirektör|stadsdirektör|sektordirektör|bildningsdirektör|servicechef|"
        "office holder|director|manager",
    )


class PostChange(Choices):
    """What becomes of a post (Kuntalaki 87 to 89 §)."""

    FOUNDED = "founded", "Perustetaan", "Inrättas", "Founded", "uusi|uusi virka|uusi toimi|ny|ny tjänst|new|new post"
    CHANGED = "changed", "Muuttuu", "Ändras", "Changes", "muutetaan|muutos|ändring|changed"
    MOVED = "moved", "Siirtyy", "Flyttas", "Moves", "siirretään|siirto|flyttning|moved"
    ABOLISHED = "abolished", "Lakkautetaan", "Dras in", "Abolished", "lakkaa|lakkautus|indras|indragning|abolish"


class StrategyMatter(Choices):
    """What a municipal strategy takes into account (Kuntalaki 37 §; to be checked by the municipality's lawyer)."""

    WELLBEING = (
        *(
            "wellbeing",
            "Asukkaiden hyvinvoinnin edistäminen",
            "Främjande av invånarnas välfärd",
            "Residents' wellbeing",
        ),
        "hyvinvointi|hyvinvoinnin edistäminen|asukkaiden hyvinvointi|välfärd|invånarnas välfärd|wellbeing|well-being",
    )
    SERVICES = (
        *("services", "Palvelujen järjestäminen ja tuottaminen", "Ordnande och produktion av tjänster", "Services"),
        "palvelut|palvelujen järjestäminen|palvelujen tuottaminen|tjänster|ordnande av tjänster|arranging services",
    )
    SERVICE_GOALS = (
        "service_goals",
        "Kunnan tehtäviä koskevissa laeissa säädetyt palvelutavoitteet",
        "Mål för tjänsterna enligt lagarna om kommunens uppgifter",
        "Service goals in the laws on the municipality's duties",
        "palvelutavoitteet|mål för tjänsterna|service goals",
    )
    OWNER_POLICY = (
        "owner_policy",
        "Omistajapolitiikka",
        "Ägarpolitik",
        "Owner policy",
        "omistajaohjaus|ägarstyrning|owner steering",
    )
    STAFF_POLICY = (
        "staff_policy",
        "Henkilöstöpolitiikka",
        "Personalpolitik",
        "Staff policy",
        "henkilöstö|personal|personalen|staff",
    )
    PARTICIPATION = (
        "participation",
        "Asukkaiden osallistumis- ja vaikuttamismahdollisuudet",
        "Invånarnas möjligheter att delta och påverka",
        "Residents' opportunities to take part and influence",
        "osallistuminen|osallisuus|osallistumis- ja vaikuttamismahdollisuudet|delaktighet|participation",
    )
    LIVING_ENVIRONMENT = (
        "living_environment",
        "Elinympäristön ja alueen elinvoiman kehittäminen",
        "Utveckling av livsmiljön och områdets livskraft",
        "The living environment and the area's vitality",
        "elinympäristö|elinvoima|elinympäristö ja elinvoima|livsmiljö|livskraft|living environment|vitality",
    )
    ENVIRONMENT = (
        "environment",
        "Arvio nykytilanteesta ja toimintaympäristön muutoksista",
        "Bedömning av nuläget och förändringar i omvärlden",
        "Assessment of the present and of changes in the operating environment",
        "nykytilanne|nykytila|toimintaympäristö|toimintaympäristön muutokset|nuläget|omvärlden|operating environment",
    )
    FOLLOW_UP = (
        *("follow_up", "Toteutumisen arviointi ja seuranta", "Utvärdering och uppföljning", "Evaluation and follow-up"),
        "seuranta|arviointi|arviointi ja seuranta|uppföljning|utvärdering|follow-up|evaluation",
    )
