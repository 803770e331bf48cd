"""The words among which people choose in typed outputs, each in three languages."""

from models.outputs.told import Choices


class Side(Choices):
    """Whether something is in one's own hands."""

    INNER = "inner", "Sisäinen", "Intern", "Inner", r"sisäi|intern|inner|inside"
    OUTER = "outer", "Ulkoinen", "Extern", "Outer", r"ulkoi|extern|outer|outside"


class Sort(Choices):
    """Whether it helps."""

    STRENGTH = "strength", "Vahvuus", "Styrka", "Strength", r"vahvuu|mahdolli|styrk|möjlig|strength|opportun"
    WEAKNESS = "weakness", "Heikkous", "Svaghet", "Weakness", r"heikko|uha|uhka|svaghet|hot\b|weak|threat"


class Trend(Choices):
    """Where something is going up to the horizon."""

    GROWS = "grows", "Kasvaa", "Växer", "Grows", r"kasva|lisään|växer|ökar|grow|increas"
    SAME = "same", "Ennallaan", "Oförändrad", "Stays", r"ennal|sama|vakaa|oförändr|samma|stay|same|unchanged|stable"
    EASES = "eases", "Helpottaa", "Minskar", "Eases", r"helpo|vähen|minsk|avtar|eas|declin|decreas"


class Urgency(Choices):
    """How soon a need must be met."""

    AT_ONCE = (
        *("at_once", "Heti", "Genast", "At once"),
        r"heti|välit|kriitti|erittäin|hyvin|omedel|genast|kritisk|mycket|immediat|at once|critical|very",
    )
    URGENT = (
        *("urgent", "Kiireellinen", "Brådskande", "Urgent"),
        r"kiireelli|korkea|suuri|brådsk|angeläg|hög|stor|urgent|high",
    )
    SOON = "soon", "Pian", "Snart", "Soon", r"pian|keski|kohtal|snart|medel|måttlig|soon|medium|moderate"
    CAN_WAIT = (
        *("can_wait", "Voi odottaa", "Kan vänta", "Can wait"),
        r"ei |voi odot|matala|vähäi|myöhem|inte |kan vänta|låg|senare|not |can wait|low|later",
    )


class Way(Choices):
    """A way of producing a service; going on as now is always among the alternatives."""

    AS_NOW = (
        *("as_now", "Nykytila jatkuu", "Som nu", "As now"),
        r"nyky|jatket|kuten nyt|ei muut|nuläge|fortsätt|som nu|present|as now|do nothing|no change|going on",
    )
    MIXED = (
        "mixed",
        "Usea tapa yhdessä",
        "Flera sätt tillsammans",
        "Several ways together",
        r".* ja .*|usea|flera|sever",
    )
    OWN = "own", "Oma tuotanto", "Egen produktion", "Own production", r"oma\b|oma |itse|egen|eget|own"
    TOGETHER = (
        *("together", "Yhdessä muiden kuntien kanssa", "Tillsammans med andra kommuner", "With other municipalities"),
        r"yhdessä|yhteis|naapuri|kuntayhty|tillsammans|samkommun|with other|with neighbour|jointly",
    )
    IN_HOUSE = "in_house", "Oma yhtiö", "Eget bolag", "In-house company", r".*yhtiö|.*bolag|in-house|company"
    PURCHASE = "purchase", "Ostopalvelu", "Köptjänst", "Purchase", r"osto|ostet|köp|purchas|buy"
    VOUCHER = "voucher", "Palveluseteli", "Servicesedel", "Voucher", r".*seteli|.*sedel|voucher"
    THIRD_SECTOR = (
        *("third_sector", "Kolmas sektori", "Tredje sektorn", "Third sector"),
        r"kolma|järjest|yhdist|tredje|förening|third|associat",
    )
    RESIDENTS = "residents", "Asukkaat itse", "Invånarna själva", "Residents", r"asuk|talkoo|invånar|resident|volunt"
    DIGITAL = "digital", "Digitaalinen", "Digital", "Digital", r"digi|verkko|sähköi|nät|online"
    ENDING = "ending", "Luovutaan", "Avslutas", "Ending it", r"luovu|lakka|lopet|avslut|upphör|end"


class StaffEffect(Choices):
    """What a way of producing means to the staff (449/2007; transfer of business: 304/2003 25 §)."""

    NONE = "none", "Ei", "Nej", "None", r"ei\b|nej|no\b|none"
    COOPERATION = (
        *("cooperation", "Yhteistoiminta", "Samarbetsförfarande", "Staff cooperation"),
        r"yhteist|yt\b|samarbet|cooper|co-oper",
    )
    TRANSFER = (
        *("transfer", "Liikkeen luovutus", "Överlåtelse av rörelse", "Transfer of business"),
        r"liikkeen|luovutus|siirt|överlåt|transfer",
    )


class BodySort(Choices):
    """What a body or office-holder is."""

    INFLUENCE = (
        *("influence", "Vaikuttamistoimielin", "Påverkansorgan", "Influence body"),
        r".*neuvosto|.*rådet|nuorisovaltuusto|ungdomsfull|.*influence|youth council|older people|disability",
    )
    COUNCIL = "council", "Valtuusto", "Fullmäktige", "Council", r".*valtuusto|.*fullmäkt|.*council"
    EXECUTIVE = "executive", "Hallitus", "Styrelse", "Executive", r".*hallitus|.*styrelse|.*executive"
    BOARD = "board", "Lautakunta", "Nämnd", "Board", r".*lautak|.*nämnd|.*board|.*committee"
    OFFICE_HOLDER = (
        *("office_holder", "Viranhaltija", "Tjänsteinnehavare", "Office-holder"),
        r".*viranhalt|.*johtaja|.*päällikkö|.*tjänsteinn|.*direktör|.*chef|.*office|.*director|.*manager",
    )


class PostChange(Choices):
    """What becomes of a post (Kuntalaki 87 to 89 §)."""

    FOUNDED = "founded", "Perustetaan", "Inrättas", "Founded", r"perust|uusi|inrätt|ny\b|found|new"
    CHANGED = "changed", "Muuttuu", "Ändras", "Changes", r"muut|ändr|chang"
    MOVED = "moved", "Siirtyy", "Flyttas", "Moves", r"siirt|flytt|mov"
    ABOLISHED = "abolished", "Lakkautetaan", "Dras in", "Abolished", r"lakk|dras in|indra|abol"


class StrategyMatter(Choices):
    """What a municipal strategy takes into account (Kuntalaki 37 §; to be checked by the municipality's lawyer)."""

    WELLBEING = (
        *(
            "wellbeing",
            "Asukkaiden hyvinvoinnin edistäminen",
            "Främjande av invånarnas välfärd",
            "Residents' wellbeing",
        ),
        r".*hyvinvoin|.*välfärd|.*wellbeing|.*well-being",
    )
    SERVICES = (
        *("services", "Palvelujen järjestäminen ja tuottaminen", "Ordnande och produktion av tjänster", "Services"),
        r"palvelujen järj|palvelujen tuot|ordnande|anordn|arranging|services",
    )
    SERVICE_GOALS = (
        "service_goals",
        "Kunnan tehtäviä koskevissa laeissa säädetyt palvelutavoitteet",
        "Mål för tjänsterna enligt lagarna om kommunens uppgifter",
        "Service goals in the laws on the municipality's duties",
        r".*palvelutavoit|.*mål för tjänst|.*service goal",
    )
    OWNER_POLICY = "owner_policy", "Omistajapolitiikka", "Ägarpolitik", "Owner policy", r"omistaj|ägar|owner"
    STAFF_POLICY = (
        "staff_policy",
        "Henkilöstöpolitiikka",
        "Personalpolitik",
        "Staff policy",
        r"henkilöst|personal|staff",
    )
    PARTICIPATION = (
        "participation",
        "Asukkaiden osallistumis- ja vaikuttamismahdollisuudet",
        "Invånarnas möjligheter att delta och påverka",
        "Residents' opportunities to take part and influence",
        r".*osallist|.*vaikuttam|.*delta|.*påverk|.*particip|.*take part",
    )
    LIVING_ENVIRONMENT = (
        "living_environment",
        "Elinympäristön ja alueen elinvoiman kehittäminen",
        "Utveckling av livsmiljön och områdets livskraft",
        "The living environment and the area's vitality",
        r".*elinympär|.*elinvoim|.*livsmilj|.*livskraft|.*living env|.*vitality",
    )
    ENVIRONMENT = (
        "environment",
        "Arvio nykytilanteesta ja toimintaympäristön muutoksista",
        "Bedömning av nuläget och förändringar i omvärlden",
        "Assessment of the present and of changes in the operating environment",
        r".*nykytil|.*toimintaympär|.*nuläge|.*omvärld|.*present|.*operating env",
    )
    FOLLOW_UP = (
        *("follow_up", "Toteutumisen arviointi ja seuranta", "Utvärdering och uppföljning", "Evaluation and follow-up"),
        r".*seurant|.*arviointi|.*uppfölj|.*utvärder|.*follow|.*evaluat",
    )
