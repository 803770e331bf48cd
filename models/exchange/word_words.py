"""The words of a Word paragraph, wherever in it they stand, and what stands among them that is no ordinary text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from docx.oxml.ns import nsmap, qn

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WRAPPED = tuple(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag"))
INSIDE = (*WRAPPED, *(qn(f"w:{name}") for name in ("hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")))
LETTERS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
PICTURES = (qn("w:drawing"), qn("w:pict"), qn("w:object"), f"{COMPATIBLE}AlternateContent")
MARKED = {"hidden": ("vanish",), "struck": ("strike", "dstrike")}
OFF = ("0", "false", "off")


class Aside(NamedTuple):
    """Something in a paragraph besides ordinary text: which remark tells of it, and its words."""

    key: str
    text: str


def words_of(paragraph: Any, comments: Mapping[str, str]) -> tuple[str, list[Aside]]:
    """The paragraph's words, and what stands among them, one aside for each kind."""
    asides: list[Aside] = []
    words = "".join(_pieces(paragraph, comments, asides))
    return words, list(_joined(asides))


def plain(element: Any) -> str:
    """All words within the element, on one line; those of tracked changes too."""
    paragraphs = [element] if element.tag == qn("w:p") else list(element.iter(qn("w:p"))) or [element]
    lines = ("".join(str(t.text or "") for t in one.iter(qn("w:t"), qn("w:delText"))) for one in paragraphs)
    return " ".join(words for line in lines if (words := " ".join(line.split())))


def unwrapped(element: Any) -> Iterator[Any]:
    """What the element holds, also inside content controls, in place."""
    for child in element:
        if child.tag in WRAPPED:
            yield from unwrapped(child)
        else:
            yield child


def _pieces(element: Any, comments: Mapping[str, str], asides: list[Aside]) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:r"):
            words = "".join(_run(child, comments, asides))
            asides += [Aside(key, words) for key in MARKED if words.strip() and _is_marked(child, MARKED[key])]
            yield words
        elif child.tag in INSIDE:
            yield from _pieces(child, comments, asides)
        elif child.tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
            asides.append(Aside("equation", "".join(str(t.text or "") for t in child.iter(f"{MATH}t"))))


def _run(run: Any, comments: Mapping[str, str], asides: list[Aside]) -> Iterator[str]:
    for child in run:
        if child.tag == qn("w:t"):
            yield str(child.text or "")
        elif child.tag == qn("w:br"):
            yield "\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
        elif child.tag in LETTERS:
            yield LETTERS[child.tag]
        elif child.tag in INSIDE:
            yield from _pieces(child, comments, asides)
        elif child.tag == qn("w:sym"):
            asides.append(Aside("symbol", f"{child.get(qn('w:font'), '')} {child.get(qn('w:char'), '')}".strip()))
        elif child.tag == qn("w:commentReference"):
            asides.append(Aside("comment", comments.get(str(child.get(qn("w:id"))), "")))
        elif child.tag in PICTURES and next(child.iter(qn("w:txbxContent")), None) is None:
            asides.append(Aside("drawing", _described(child)))


def _is_marked(run: Any, names: Iterable[str]) -> bool:
    marks = (run.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}") for name in names)
    return any(mark is not None and mark.get(qn("w:val"), "true") not in OFF for mark in marks)


def _described(picture: Any) -> str:
    """What the picture is said to show, else what Word calls it."""
    told = next(picture.iter(f"{{{nsmap['wp']}}}docPr"), None)
    return "–" if told is None else str(told.get("descr") or told.get("name") or "–")


def _joined(asides: Iterable[Aside]) -> Iterator[Aside]:
    """Hidden and struck words of several runs as one; the rest each by itself."""
    runs: dict[str, str] = {}
    for aside in asides:
        if aside.key in MARKED:
            runs[aside.key] = runs.get(aside.key, "") + aside.text
        else:
            yield aside
    yield from (Aside(key, words) for key, words in runs.items())
