import datetime as dt
import hashlib
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from models.errors import LinkExpired, NotValid
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Link, Purpose, good_until, link_token, message_code, read_code, read_link
from models.settings import Settings

KEYS = ("the key of today", "the key of last year")
NOW = dt.datetime(2027, 1, 26, 7, 0, tzinfo=dt.UTC)
LINK = Link(
    municipality="kemijarvi",
    person="opettaja",
    process="kemijarvi-2030",
    about="stance:tulevaisuuskuva:1:seat-3",
    until=good_until(NOW, dt.date(2027, 1, 29)),
)
TOKEN = link_token(KEYS, LINK)


def test_a_link_says_whom_it_was_sent_to_and_what_it_opens() -> None:
    assert read_link(KEYS, TOKEN, NOW) == LINK


def test_a_link_fits_into_an_address_as_it_is() -> None:
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in TOKEN)
    assert len(TOKEN) < 200


def test_a_link_holds_for_two_weeks_after_its_thing_is_due_and_then_says_whom_it_was_for() -> None:
    last = dt.datetime(2027, 2, 12, 21, 59, 59, tzinfo=dt.UTC)  # 12.2. in Finland ends then
    assert read_link(KEYS, TOKEN, last) == LINK
    with pytest.raises(LinkExpired) as refusal:
        read_link(KEYS, TOKEN, last + dt.timedelta(seconds=1))
    assert refusal.value.facts["link"] == LINK


def test_a_link_about_something_long_overdue_holds_for_two_weeks_from_its_sending() -> None:
    assert good_until(NOW, dt.date(2026, 1, 1)) == good_until(NOW) == dt.datetime(2027, 2, 9, 22, 0, tzinfo=dt.UTC)


def test_a_link_of_another_purpose_key_or_installation_is_none() -> None:
    for token, keys, purpose in [
        (TOKEN, KEYS, Purpose.SIGN_IN),
        (link_token(KEYS, LINK, Purpose.SIGN_IN), KEYS, Purpose.OPEN),
        (TOKEN, ("the key of somebody else",), Purpose.OPEN),
    ]:
        with pytest.raises(NotValid):
            read_link(keys, token, NOW, purpose)


def test_a_link_that_an_earlier_release_made_shorter_still_opens() -> None:
    said = ["kemijarvi", "opettaja", "kemijarvi-2030", "stance:" + "a" * 200, None, int(LINK.until.timestamp())]  # type: ignore[union-attr]
    signing = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    token = URLSafeSerializer(KEYS[0], salt="etappi.open", signer_kwargs=signing).dumps(said)

    assert token.startswith(".")
    assert read_link(KEYS, token, NOW).about == said[3]


def test_links_signed_with_an_older_key_still_open() -> None:
    assert read_link(KEYS, link_token(KEYS[1:], LINK), NOW) == LINK


@given(at=st.integers(0, len(TOKEN) - 1), letter=st.sampled_from("aZ0-_."))
def test_a_link_with_any_letter_changed_is_none_or_says_the_same(at: int, letter: str) -> None:
    changed = TOKEN[:at] + letter + TOKEN[at + 1 :]
    if changed == TOKEN:
        return
    with suppress(NotValid):
        assert read_link(KEYS, changed, NOW) == LINK  # the last letter of base 64 has bits to spare


@given(text=st.text(max_size=80))
def test_no_text_but_a_link_is_one(text: str) -> None:
    with pytest.raises(NotValid):
        read_link(KEYS, text, NOW)


@given(number=st.integers(0, 2**62))
def test_a_code_leads_back_to_its_message_however_it_is_typed(number: int) -> None:
    code = message_code(KEYS, number)
    assert read_code(KEYS, code) == number
    assert read_code(KEYS, code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == number


@given(number=st.integers(0, 2**40), other=st.integers(0, 2**40))
def test_no_code_is_that_of_another_message(number: int, other: int) -> None:
    assert (message_code(KEYS, number) == message_code(KEYS, other)) == (number == other)


@pytest.mark.parametrize("typed", ["", "7", "AAAA-BBBB", "ääkkösiä", "0" * 400, "U" * 12, "1234-5678-9ABC"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(NotValid):
        read_code(KEYS, typed)


def test_a_code_of_a_mature_installation_is_still_short() -> None:
    assert len(message_code(KEYS, 1_000_000)) <= 14


def test_the_first_link_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    there = Settings(data_dir=tmp_path / "new")
    keys = link_keys(there)
    assert keys == link_keys(there)
    assert len(keys) == 1
    assert len(keys[0]) >= 43
    assert [stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "new").iterdir()] == [0o600]


def test_a_key_in_the_settings_is_used_and_none_is_made(tmp_path: Path) -> None:
    assert link_keys(Settings(data_dir=tmp_path, link_key="new old")) == ("new", "old")
    assert list(tmp_path.iterdir()) == []
