"""What is said of each mistake in what people fill in: what is wrong, and what to do, in three languages."""

from collections.abc import Mapping

from models.definitions.parts import Text


def _text(fi: str, sv: str, en: str) -> Text:
    return Text(fi=fi, sv=sv, en=en)


PLACES = {"row": _text("rivi", "rad", "row"), "column": _text("sarake", "kolumn", "column")}

SAID: Mapping[str, Text] = {
    # cells
    "unseen": _text(
        "tekstissä on merkki, jota ei näe (U+{code}). Kirjoita kohta uudelleen.",
        "texten innehåller ett tecken som inte syns (U+{code}). Skriv stället på nytt.",
        "the text holds a character that cannot be seen (U+{code}). Write the place again.",
    ),
    "too_long": _text(
        "tekstissä on {count} merkkiä, enintään {most} mahtuu. Siirrä pitkä teksti asiakirjaan tai liitteeseen.",
        "texten har {count} tecken, högst {most} ryms. Flytta den långa texten till dokumentet eller en bilaga.",
        "the text has {count} characters, at most {most} fit. Move long text into the document or an attachment.",
    ),
    "no_identifier": _text(
        '"{text}" ei kelpaa tunnukseksi. Käytä kirjaimia, numeroita, pisteitä ja yhdysmerkkejä: T1.',
        '"{text}" duger inte som beteckning. Använd bokstäver, siffror, punkter och bindestreck: T1.',
        '"{text}" is no identifier. Use letters, digits, dots and hyphens: T1.',
    ),
    "no_choice": _text(
        '"{text}" ei ole vaihtoehdoissa. Valitse jokin näistä: {choices}.',
        '"{text}" finns inte bland alternativen. Välj ett av dessa: {choices}.',
        '"{text}" is none of the choices. Choose one of these: {choices}.',
    ),
    "no_yes": _text(
        '"{text}" ei ole kyllä eikä ei. Kirjoita kyllä tai ei.',
        '"{text}" är varken ja eller nej. Skriv ja eller nej.',
        '"{text}" is neither yes nor no. Write yes or no.',
    ),
    "many_references": _text(
        '"{text}" nimeää useamman rivin kuin yhden. Kirjoita yhden rivin tunnus.',
        '"{text}" anger fler än en rad. Skriv beteckningen för en rad.',
        '"{text}" names more than one row. Write the identifier of one.',
    ),
    "no_reference": _text(
        '"{text}" ei nimeä mitään riviä. Kirjoita rivin tunnus, esimerkiksi T1.',
        '"{text}" anger ingen rad. Skriv radens beteckning, till exempel T1.',
        '"{text}" names no row. Write the identifier of a row, T1 for example.',
    ),
    "words_beside": _text(
        'solussa on tunnuksen {id} lisäksi muuta: "{text}". Kirjoita pelkät tunnukset, pilkku väliin: T1, T4.',
        'cellen innehåller annat än beteckningen {id}: "{text}". Skriv bara beteckningar med komma emellan: T1, T4.',
        'the cell says more than the identifier {id}: "{text}". Write identifiers alone, with commas between: T1, T4.',
    ),
    "no_day": _text(
        '"{text}" ei ole päivä. Kirjoita päivä näin: 14.6.2027.',
        '"{text}" är ingen dag. Skriv dagen så här: 14.6.2027.',
        '"{text}" is no day. Write it as 14.6.2027.',
    ),
    "no_figure": _text(
        '"{text}" ei ole luku, jonka voi laskea yhteen. Kirjoita pelkkä luku: 285000 tai 5,5.',
        '"{text}" är inget tal som kan summeras. Skriv bara talet: 285000 eller 5,5.',
        '"{text}" is no figure that can be summed. Write the figure alone: 285000 or 5.5.',
    ),
    "not_whole": _text('"{text}" ei ole kokonaisluku.', '"{text}" är inget heltal.', '"{text}" is not a whole number.'),
    "too_large": _text(
        'luvussa "{text}" on liikaa numeroita. Enintään {most} luetaan.',
        'talet "{text}" har för många siffror. Högst {most} läses.',
        'the figure "{text}" has too many digits. At most {most} are read.',
    ),
    "too_small": _text(
        "luku {text} on liian pieni. Pienin sallittu on {bound}.",
        "talet {text} är för litet. Det minsta tillåtna är {bound}.",
        "the number {text} is too small. The least allowed is {bound}.",
    ),
    "too_big": _text(
        "luku {text} on liian suuri. Suurin sallittu on {bound}.",
        "talet {text} är för stort. Det största tillåtna är {bound}.",
        "the number {text} is too large. The most allowed is {bound}.",
    ),
    "will_not_do": _text('"{text}" ei kelpaa tähän.', '"{text}" duger inte här.', '"{text}" will not do here.'),
    "unit": _text(
        'otsikon "{heading}" yksikkö ei ole sama kuin kentän "{label}". Muunna luvut ja anna otsikoksi {label}.',
        'enheten i rubriken "{heading}" är inte fältets "{label}". Räkna om talen och skriv rubriken {label}.',
        'the unit of the heading "{heading}" is not that of "{label}". Convert the figures, call it {label}.',
    ),
    "formula": _text(
        "solussa on kaava. Liitä tilalle sen arvo (Liitä määräten, Arvot).",
        "cellen innehåller en formel. Klistra in värdet i stället (Klistra in special, Värden).",
        "the cell holds a formula. Paste its value instead (Paste special, Values).",
    ),
    "cell_error": _text(
        "solussa on virhe {text}. Korjaa se ja tallenna tiedosto uudelleen.",
        "cellen innehåller felet {text}. Rätta det och spara filen på nytt.",
        "the cell holds the error {text}. Mend it and save the file again.",
    ),
    # rows and tables
    "twice": _text(
        "tunnus {id} on myös rivillä {other}. Anna toiselle oma tunnus.",
        "beteckningen {id} finns också på rad {other}. Ge den ena en egen beteckning.",
        "the identifier {id} stands on row {other} too. Give one of them its own.",
    ),
    "twice_at": _text(
        "tunnus {id} on myös kohdassa {other}. Anna toiselle oma tunnus.",
        "beteckningen {id} finns också i {other}. Ge den ena en egen beteckning.",
        "the identifier {id} stands in {other} too. Give one of them its own.",
    ),
    "twice_here": _text(
        "tunnus {id} on kahdella rivillä. Anna toiselle oma tunnus.",
        "beteckningen {id} finns på två rader. Ge den ena en egen beteckning.",
        "the identifier {id} stands on two rows. Give one of them its own.",
    ),
    "loose": _text(
        '"{to}" ei ole minkään rivin tunnus taulukossa {tables}. Tarkista tunnus tai lisää rivi.',
        '"{to}" är inte beteckningen för någon rad i tabellen {tables}. Kontrollera den eller lägg till raden.',
        '"{to}" is the identifier of no row of {tables}. Check it, or add the row.',
    ),
    "too_many_rows": _text(
        "taulukossa on {count} riviä, enintään {most} luetaan. Jaa taulukko.",
        "tabellen har {count} rader, högst {most} läses. Dela upp tabellen.",
        "the table has {count} rows, at most {most} are read. Divide it.",
    ),
    "heading_twice": _text(
        'otsikko "{heading}" on kahdessa sarakkeessa. Poista toinen tai anna sille muu nimi.',
        'rubriken "{heading}" finns i två kolumner. Ta bort den ena eller ge den ett annat namn.',
        'the heading "{heading}" stands over two columns. Remove one, or call it something else.',
    ),
    "no_headings": _text(
        "otsikkoriviä ei löydy. Ensimmäisellä rivillä on oltava esimerkiksi: {like}.",
        "rubrikraden saknas. På första raden ska stå till exempel: {like}.",
        "there is no row of headings. The first row must say, for example: {like}.",
    ),
    "heading_missing": _text(
        'sarake "{heading}" puuttuu. Lisää se otsikkoriville.',
        'kolumnen "{heading}" saknas. Lägg till den på rubrikraden.',
        'the column "{heading}" is missing. Add it to the row of headings.',
    ),
    "beside_headings": _text(
        'solussa on teksti "{text}", mutta sarakkeella ei ole otsikkoa. Anna sarakkeelle otsikko.',
        'cellen innehåller texten "{text}", men kolumnen har ingen rubrik. Ge kolumnen en rubrik.',
        'the cell holds "{text}", but its column has no heading. Give the column a heading.',
    ),
    "unknown_sheet": _text(
        "välilehti ei ole mikään lomakkeen taulukoista: {tables}. Anna sille oikea nimi tai poista se.",
        "bladet är ingen av formulärets tabeller: {tables}. Ge det rätt namn eller ta bort det.",
        "the sheet is none of the form's tables: {tables}. Give it its right name, or remove it.",
    ),
    "sheet_twice": _text(
        "taulukko on kahdella välilehdellä: {first} ja {other}. Yhdistä ne.",
        "tabellen finns på två blad: {first} och {other}. Slå ihop dem.",
        "the table stands on two sheets: {first} and {other}. Make them one.",
    ),
    "merged": _text(
        "solut {range} on yhdistetty. Pura yhdistäminen ja kirjoita arvo jokaiselle riville.",
        "cellerna {range} är sammanslagna. Dela dem och skriv värdet på varje rad.",
        "the cells {range} are merged. Unmerge them and write the value on every row.",
    ),
    "merged_cell": _text(
        "solu on yhdistetty toiseen. Pura yhdistäminen ja kirjoita arvo jokaiselle riville.",
        "cellen är sammanslagen med en annan. Dela dem och skriv värdet på varje rad.",
        "the cell is merged with another. Unmerge them and write the value on every row.",
    ),
    "nothing": _text(
        "tiedostossa ei ole mitään, minkä tämä lomake tuntee.",
        "filen innehåller inget som det här formuläret känner till.",
        "the file holds nothing that this form knows.",
    ),
    # files
    "macros": _text(
        "tiedostossa on makroja. Tallenna se ilman niitä (.xlsx tai .docx).",
        "filen innehåller makron. Spara den utan dem (.xlsx eller .docx).",
        "the file holds macros. Save it without them (.xlsx or .docx).",
    ),
    "bomb": _text(
        "tiedosto purkautuisi {size} megatavuun, enintään {most} luetaan. Poista kuvat ja ylimääräiset rivit.",
        "filen skulle packas upp till {size} megabyte, högst {most} läses. Ta bort bilder och överflödiga rader.",
        "the file would unpack to {size} megabytes, at most {most} are read. Remove pictures and needless rows.",
    ),
    "many_parts": _text(
        "tiedosto koostuu {count} osasta, enintään {most} luetaan. Poista kuvat ja upotetut tiedostot.",
        "filen består av {count} delar, högst {most} läses. Ta bort bilder och inbäddade filer.",
        "the file consists of {count} parts, at most {most} are read. Remove pictures and embedded files.",
    ),
    "not_a_workbook": _text(
        "tiedosto ei ole Excel-työkirja (.xlsx). Avaa se Excelissä ja tallenna uudelleen.",
        "filen är ingen Excel-arbetsbok (.xlsx). Öppna den i Excel och spara den på nytt.",
        "the file is no Excel workbook (.xlsx). Open it in Excel and save it again.",
    ),
    "not_a_document": _text(
        "tiedosto ei ole Word-asiakirja (.docx). Avaa se Wordissa ja tallenna uudelleen.",
        "filen är inget Word-dokument (.docx). Öppna det i Word och spara det på nytt.",
        "the file is no Word document (.docx). Open it in Word and save it again.",
    ),
    "tracked": _text(
        "asiakirjassa on hyväksymättömiä muutoksia ({count}), ensimmäinen: {text}. Hyväksy tai hylkää ne Wordissa.",
        "dokumentet har ändringar som inte godkänts ({count}), den första: {text}. Godkänn eller förkasta dem i Word.",
        "the document has tracked changes ({count}), the first: {text}. Accept or reject them in Word.",
    ),
    "picture": _text(
        "tiedostossa ei ole tekstiä, vain kuva. Lue teksti tekstintunnistuksella tai kirjoita se.",
        "filen innehåller ingen text, bara en bild. Läs in texten med textigenkänning eller skriv den.",
        "the file holds no text, only a picture. Recognise the text, or write it.",
    ),
    "other_form": _text(
        "tiedosto on lomakkeelle {found}, mutta vaihe tarvitsee lomakkeen {wanted}.",
        "filen gäller formuläret {found}, men fasen behöver formuläret {wanted}.",
        "the file is of the form {found}, but the phase needs {wanted}.",
    ),
    "unknown_field": _text(
        'lomakkeella ei ole kohtaa "{name}"{near}.',
        'formuläret har inget fält "{name}"{near}.',
        'the form has no "{name}"{near}.',
    ),
    "many_values": _text(
        "tähän kuuluu yksi arvo, ei luetteloa.",
        "här ska stå ett enda värde, inte en lista.",
        "here belongs one value, not a list.",
    ),
    "field_twice": _text(
        'kohta "{name}" on kahteen kertaan. Jätä niistä yksi.',
        'fältet "{name}" står två gånger. Behåll det ena.',
        '"{name}" stands twice. Keep one of them.',
    ),
    "open_quote": _text(
        "lainausmerkki jää sulkematta: {text}. Sulje se solun lopussa tai poista se.",
        "ett citattecken stängs inte: {text}. Stäng det i slutet av cellen eller ta bort det.",
        "a quotation mark is never closed: {text}. Close it at the end of the cell, or remove it.",
    ),
    "no_cells": _text(
        "solujen välissä ei ole sarkaimia eikä puolipisteitä. Kopioi taulukko Excelistä tai tallenna se työkirjana.",
        "det finns varken tabbar eller semikolon mellan cellerna. Kopiera tabellen från Excel eller spara den som "
        "arbetsbok.",
        "there are neither tabs nor semicolons between the cells. Copy the table from Excel, or save it as a workbook.",
    ),
    "no_yaml": _text(
        "tiedostoa ei voi lukea YAML- tai JSON-muodossa: {why}.",
        "filen kan inte läsas som YAML eller JSON: {why}.",
        "the file cannot be read as YAML or JSON: {why}.",
    ),
    "not_a_table": _text(
        "tässä pitäisi olla lista rivejä.", "här ska stå en lista av rader.", "here should be a list of rows."
    ),
    "no_text": _text(
        "tiedosto ei ole tekstiä (UTF-8).", "filen är ingen text (UTF-8).", "the file is no text in UTF-8."
    ),
    "unlike": _text(
        "tätä tiedostoa ei osata lukea. Käytä Excel-työkirjaa (.xlsx), Word-asiakirjaa (.docx), YAML- tai "
        "JSON-tiedostoa, Markdownia (.md) tai Excelistä liitettyä taulukkoa (.tsv, .txt).",
        "filen kan inte läsas. Använd en Excel-arbetsbok (.xlsx), ett Word-dokument (.docx), en YAML- eller "
        "JSON-fil, Markdown (.md) eller en tabell klistrad från Excel (.tsv, .txt).",
        "this file cannot be read. Use an Excel workbook (.xlsx), a Word document (.docx), YAML or JSON, Markdown "
        "(.md), or a table pasted from Excel (.tsv, .txt).",
    ),
    "sum_pasted": _text(
        'rivi "{text}" on yhteenlasku. Jätä se liittämättä; Etappi laskee summat itse.',
        'raden "{text}" är en summering. Klistra inte in den; Etappi räknar summorna själv.',
        'the row "{text}" is a sum. Leave it out; Etappi does the sums itself.',
    ),
    # remarks: what was read, but not as people may have meant it
    "kept": _text(
        "{what} Se jäi niin kuin se oli kirjoitettu.",
        "{what} Det blev kvar som det var skrivet.",
        "{what} It was kept as it was written.",
    ),
    "sum_row": _text(
        'rivi "{text}" on yhteenlasku. Se jäi pois; Etappi laskee summat itse.',
        'raden "{text}" är en summering. Den lämnades bort; Etappi räknar summorna själv.',
        'the row "{text}" is a sum. It was left out; Etappi does the sums itself.',
    ),
    "unknown_table": _text(
        "taulukko ei ole mikään lomakkeen taulukoista, eikä sen rivejä otettu. Otsikot: {headings}.",
        "tabellen är ingen av formulärets tabeller, och dess rader togs inte med. Rubriker: {headings}.",
        "the table is none of the form's, and its rows were not taken. Its headings: {headings}.",
    ),
    "contradicts": _text(
        'samalla rivillä on kahdessa taulukossa eri arvo. "{kept}" jäi voimaan, "{text}" jäi pois.',
        'samma rad har olika värden i två tabeller. "{kept}" gäller, "{text}" lämnades bort.',
        'the same row has different values in two tables. "{kept}" stands, "{text}" was left out.',
    ),
    "text_elsewhere": _text(
        "kohdassa {field} on jo teksti toisen otsikon alta. Tämä teksti jäi vain asiakirjaan.",
        "fältet {field} har redan text under en annan rubrik. Den här texten står bara i dokumentet.",
        "{field} has its text from under another heading. This text stands in the document alone.",
    ),
    "too_long_text": _text(
        "tekstissä on {count} merkkiä, enintään {most} mahtuu kohtaan {field}. Se jäi vain asiakirjaan.",
        "texten har {count} tecken, högst {most} ryms i fältet {field}. Den står bara i dokumentet.",
        "the text has {count} characters, at most {most} fit in {field}. It stands in the document alone.",
    ),
    "hidden": _text(
        'teksti on piilotettu Wordissa, mutta se luettiin: "{text}". Poista se, jos sitä ei tarkoitettu.',
        'texten är dold i Word men lästes: "{text}". Ta bort den om den inte var avsedd.',
        'the text is hidden in Word, but it was read: "{text}". Remove it if it was not meant.',
    ),
    "struck": _text(
        'teksti on yliviivattu, mutta se luettiin: "{text}". Poista se, jos sitä ei tarkoitettu.',
        'texten är genomstruken men lästes: "{text}". Ta bort den om den inte var avsedd.',
        'the text is struck through, but it was read: "{text}". Remove it if it was not meant.',
    ),
    "equation": _text(
        'kaavaa ei otettu: "{text}". Kirjoita se tekstinä.',
        'formeln togs inte med: "{text}". Skriv den som text.',
        'the equation was not taken: "{text}". Write it as text.',
    ),
    "symbol": _text(
        "erikoismerkkiä ({text}) ei otettu. Kirjoita se tavallisena merkkinä.",
        "specialtecknet ({text}) togs inte med. Skriv det som ett vanligt tecken.",
        "the symbol ({text}) was not taken. Write it as an ordinary character.",
    ),
    "nested_table": _text(
        'taulukkoa solun sisällä ei otettu: "{text}". Siirrä se omaksi taulukokseen.',
        'tabellen inne i cellen togs inte med: "{text}". Flytta den till en egen tabell.',
        'the table inside the cell was not taken: "{text}". Make it a table of its own.',
    ),
    "comment": _text(
        'kommenttia ei otettu: "{text}".',
        'kommentaren togs inte med: "{text}".',
        'the comment was not taken: "{text}".',
    ),
    "page_edge": _text(
        'ylä- tai alatunnistetta ei otettu: "{text}".',
        'sidhuvudet eller sidfoten togs inte med: "{text}".',
        'the header or footer was not taken: "{text}".',
    ),
    "drawing": _text(
        "kuvaa ei otettu ({text}). Liitä se luonnoksen liitteeksi, jos sitä tarvitaan.",
        "bilden togs inte med ({text}). Bifoga den till utkastet om den behövs.",
        "the picture was not taken ({text}). Attach it to the draft if it is needed.",
    ),
    "embedded": _text(
        "asiakirjaan upotettua toista tiedostoa ei otettu.",
        "en annan fil som är inbäddad i dokumentet togs inte med.",
        "another file that is embedded in the document was not taken.",
    ),
    "not_taken": _text(
        'solun tekstiä ei otettu: "{text}". Lomakkeella ei ole sille paikkaa tässä.',
        'cellens text togs inte med: "{text}". Formuläret har ingen plats för den här.',
        'the text of the cell was not taken: "{text}". The form has no room for it here.',
    ),
    "beyond_columns": _text(
        "sarakkeita luetaan enintään {most}. Tätä ja sen jälkeisiä ei otettu.",
        "högst {most} kolumner läses. Den här och de följande togs inte med.",
        "at most {most} columns are read. This one and those after it were not taken.",
    ),
}
