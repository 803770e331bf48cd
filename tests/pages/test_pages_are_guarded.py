"""What every page and form is guarded by: headers, cookies, tokens, origins, redirects, answers to refusals."""

import re

import pytest
from visiting import Pages

from app.web.answers import STATUS, status_of
from app.web.security import own_page
from app.web.views import criteria, duties
from models import errors
from models.criteria import COMPUTED
from models.errors import EtappiError
from models.outputs.checks import TYPED
from models.words import DutyKind

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\tevil",
    "/a\r\nSet-Cookie: x=1",
    "",
]


def all_below(kind: type[EtappiError]) -> set[type[EtappiError]]:
    return {kind}.union(*(all_below(one) for one in kind.__subclasses__()))


def test_every_refusal_has_its_status_and_none_of_the_domains_own_is_answered_as_a_fault_by_chance():
    for kind in all_below(EtappiError):
        if kind.__module__ != errors.__name__:
            continue
        named = next(one for one in kind.__mro__ if one in STATUS)
        assert named is not EtappiError or kind is EtappiError, f"{kind.__name__} has no status"


def test_every_kind_of_duty_and_every_check_has_its_words():
    assert set(duties.WHAT) == set(duties.WHY) == set(DutyKind)
    assert set(criteria.REASONS) == set(COMPUTED) - set(TYPED)


def test_each_kind_of_no_is_told_apart():
    found = {status_of(one) for one in (errors.Refused("no"), errors.NotAuthorised("no"), errors.NotValid("no"))}
    assert found == {409, 403, 422}


def test_every_answer_carries_the_guarding_headers(pages: Pages):
    visit = pages.as_("rehtori")
    for path in ("/", "/prosessit", "/nowhere", "/health"):
        headers = visit.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_style_of_its_own(pages: Pages):
    visit = pages.as_("rehtori")
    for path in ("/", "/prosessit", "/kokeilu"):
        html = visit.get(path).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)


def test_static_files_are_kept_for_good_and_change_their_name_with_their_content(pages: Pages):
    visit = pages.anybody()
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', visit.get("/kokeilu").text)

    assert len(found) >= 5
    for address in found:
        answer = visit.client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert visit.client.get("/static/etappi.000000000000.css").status_code == 404
    assert visit.client.get("/static/..%2fapplication.py").status_code == 404


def test_the_cookie_is_for_the_server_alone(pages: Pages):
    answer = pages.anybody().client.get("/kokeilu")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("etappi="))
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()


def test_over_an_encrypted_connection_the_cookie_is_bound_to_it(pages: Pages):
    answer = pages.anybody().client.get("/kokeilu", headers={"X-Forwarded-Proto": "https"})
    cookie = next(one for one in answer.headers.get_list("set-cookie") if "etappi=" in one)
    assert cookie.startswith("__Host-etappi=")
    assert "secure" in cookie.lower()
    assert "strict-transport-security" in answer.headers


def test_a_form_without_its_token_does_nothing_and_loses_nothing(pages: Pages):
    visit = pages.as_("rehtori")
    answer = visit.client.post("/kirjaudu-ulos", data={"form_token": "0" * 64, "reason": "Pitkä perustelu"})

    assert answer.status_code == 409
    assert "Pitkä perustelu" in answer.text
    assert visit.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/kirjaudu-ulos", "/kieli", "/kokeilu"])
def test_a_form_sent_from_another_site_is_refused(pages: Pages, path: str):
    visit = pages.as_("rehtori")
    visit.get("/")
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        visit.client.headers.update(header)
        assert visit.post(path, language="sv", person="rehtori").status_code == 403
        for name in header:
            del visit.client.headers[name]
        visit.get("/")
    assert visit.get("/").status_code == 200


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_sent_to_another_site(pages: Pages, to: str):
    assert own_page(to) == "/"
    visit = pages.as_("rehtori")
    visit.client.follow_redirects = False
    assert visit.post("/kieli", language="sv", to=to).headers["location"] == "/"


def test_an_own_page_is_gone_back_to():
    assert own_page("/prosessi/kemijarvi-2030?a=1#b") == "/prosessi/kemijarvi-2030?a=1#b"


def test_nobody_signs_in_by_a_click_where_it_is_no_try_out(closed_pages: Pages):
    visit = closed_pages.anybody()
    assert visit.get("/kokeilu").status_code == 404
    visit.get("/")
    assert visit.post("/kokeilu", person="rehtori").status_code == 404
    assert visit.get("/").status_code == 401


def test_whoever_has_signed_out_is_out_and_the_old_cookie_opens_nothing(pages: Pages):
    visit = pages.as_("rehtori")
    held = visit.client.cookies["etappi"]
    visit.post("/kirjaudu-ulos")

    assert visit.get("/prosessit").status_code == 401
    visit.client.cookies.set("etappi", held)
    assert visit.get("/prosessit").status_code == 401


def test_signing_in_gives_another_secret(pages: Pages):
    visit = pages.anybody()
    visit.get("/kokeilu")
    before = visit.client.cookies["etappi"]
    visit.post("/kokeilu", person="rehtori")
    assert visit.client.cookies["etappi"] != before


def test_a_fault_of_ours_is_answered_with_a_page_and_tells_nothing(pages: Pages):
    visit = pages.as_("rehtori")

    def broken(sql: str) -> None:
        raise ZeroDivisionError(sql)

    pages.installation.database.watch = broken
    answer = visit.get("/")
    pages.installation.database.watch = None

    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "Jokin meni vikaan" in visit.text


def test_a_fault_of_ours_is_told_in_the_language_of_the_one_who_met_it(pages: Pages):
    visit = pages.as_("rehtori")
    visit.client.headers["Accept-Language"] = "en"
    told = []

    def broken(sql: str) -> None:
        if next(left, None) is None:
            raise ZeroDivisionError(sql)

    for before in range(100):
        left = iter(range(before))
        pages.installation.database.watch = broken
        answer = visit.get("/prosessit")
        pages.installation.database.watch = None
        if answer.is_success:
            break
        assert answer.status_code == 500
        told.append(visit.text)

    assert "Something went wrong" in told[0], "nobody knows yet who it is"
    assert "Jokin meni vikaan" in told[-1]


def test_a_database_that_goes_away_is_told_as_such_wherever_in_a_page_it_goes(pages: Pages):
    visit = pages.as_("rehtori")
    left = iter(())

    def gone(sql: str) -> None:
        if next(left, None) is None:
            raise errors.Unreachable(why="the power went")

    pages.installation.database.watch = gone
    answers = []
    for before in range(100):
        left = iter(range(before))
        answers.append(visit.get("/prosessit"))
        if answers[-1].is_success:
            break

    assert len(answers) > 5, "there were many statements before which it went"
    assert {answer.status_code for answer in answers[:-1]} == {503}
    assert all("content-security-policy" in answer.headers for answer in answers)
    assert answers[-1].status_code == 200


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "-1", "²"])
def test_numbers_and_days_of_an_address_that_nobody_can_mean_are_no_fault(pages: Pages, number: str):
    visit = pages.as_("koordinaattori")
    history = "/prosessi/kemijarvi-2030/historia"
    for address in (f"/prosessit?sivu={number}", f"{history}?sivu={number}", f"{history}/{number}/peita"):
        assert visit.get(address).status_code == 422, address
    for day in ("tilanne=9999-12-31", "alkaen=0001-01-01", "paattyen=9999-12-31"):
        assert visit.get(f"{history}?{day}").status_code == 422
        assert "Anna päivä." in visit.text
