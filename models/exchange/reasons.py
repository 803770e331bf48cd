"""Why a YAML or JSON text cannot be read, in the reader's language."""

import re

from models.definitions.parts import Text

TOO_DEEP = Text(
    fi="liian monta sisäkkäistä luetteloa", sv="för många listor inuti varandra", en="too many lists inside each other"
)
TOO_LONG = Text(
    fi="siinä on luku, jossa on tuhansia numeroita",
    sv="den innehåller ett tal med tusentals siffror",
    en="it holds a number of thousands of digits",
)
PLACE = Text(
    fi="tarkista sisennykset, lainausmerkit ja sulut tässä ja yllä",
    sv="kontrollera indrag, citattecken och parenteser här och ovanför",
    en="look at the indentation, the quotes and the brackets here and above",
)
KNOWN: tuple[tuple[str, Text], ...] = (
    (
        "There is a tab",
        Text(
            fi="tässä on sarkain; sisennä välilyönneillä",
            sv="här finns en tabb; dra in med mellanslag",
            en="there is a tab here; indent with spaces",
        ),
    ),
    (
        "A colon is not expected",
        Text(
            fi="kaksoispiste on väärässä paikassa; kirjoita teksti lainausmerkkeihin tai korjaa sisennys",
            sv="kolonet står på fel plats; skriv texten inom citattecken eller rätta indraget",
            en="a colon is not expected here; put the text in quotes or mend the indentation",
        ),
    ),
    (
        "A text cannot begin with",
        Text(
            fi="teksti alkaa merkillä, jota siinä ei voi olla; kirjoita se lainausmerkkeihin",
            sv="texten börjar med ett tecken som inte kan stå där; skriv den inom citattecken",
            en="the text begins with a sign that cannot stand there; put it in quotes",
        ),
    ),
    (
        "The quotes opened",
        Text(fi="lainausmerkki jää sulkematta", sv="ett citattecken stängs inte", en="quotes are never closed"),
    ),
    (
        r".* stands here a second time",
        Text(
            fi="sama kohta on kahteen kertaan; jätä niistä yksi",
            sv="samma fält står två gånger; behåll det ena",
            en="the same key stands twice; keep one of them",
        ),
    ),
    (
        r".* is not allowed here",
        Text(
            fi="merkinnät &, * ja ! eivät ole sallittuja; kirjoita arvo sellaisenaan",
            sv="tecknen &, * och ! är inte tillåtna; skriv värdet som det är",
            en="the marks &, * and ! are not allowed; write the value out",
        ),
    ),
    ("Too many things", TOO_DEEP),
    (
        "The file is not UTF-8",
        Text(fi="se ei ole UTF-8-muotoa", sv="den är inte i UTF-8", en="it is not UTF-8"),
    ),
    (
        "There is a character",
        Text(
            fi="siinä on kielletty merkki",
            sv="den innehåller ett otillåtet tecken",
            en="it holds a forbidden character",
        ),
    ),
    ("A second document", Text(fi="siinä on kaksi asiakirjaa", sv="den har två dokument", en="it holds two documents")),
    ("The file is empty", Text(fi="se on tyhjä", sv="den är tom", en="it is empty")),
)


def yaml_reason(sentence: str) -> Text:
    """What the reading of YAML found wrong."""
    return next((told for begins, told in KNOWN if re.match(begins, sentence)), PLACE)


def json_reason(line: int, column: int) -> Text:
    """Where JSON breaks off."""
    return Text(
        fi=f"rivi {line}, merkki {column}; tarkista pilkut, lainausmerkit ja sulut",
        sv=f"rad {line}, tecken {column}; kontrollera komman, citattecken och parenteser",
        en=f"line {line}, character {column}; look at the commas, the quotes and the brackets",
    )


def too_large(size: int) -> Text:
    """A text of that many bytes."""
    return Text(
        fi=f"siinä on {size} merkkiä; käytä JSON-tiedostoa tai Exceliä",
        sv=f"den har {size} tecken; använd en JSON-fil eller Excel",
        en=f"it has {size} characters; use JSON or Excel",
    )
