"""One-time codes: a learner reads one on a device and types it on another, which then is theirs, too."""

import re
import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from vpclab.errors import Problem, StoreError
from vpclab.store.learners import add_device, hashed, touch
from vpclab.store.tables import CodeRow, MissRow

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that could be taken for a digit, and no U."""

LENGTH = 13
"""Thirteen times five bits: 65, so that trying is hopeless even without the limits below."""

GROUP = 4
VALID = timedelta(minutes=10)

WINDOW = timedelta(hours=1)
MOST_OFFERS = 10
MOST_MISSES = 30
"""In a WINDOW. Everybody in a class room can come from one address."""

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


class TooManyTries(StoreError):
    """Codes were asked for, or tried, too often; after a while it goes on."""

    def __init__(self, limit: int) -> None:
        minutes = int(WINDOW.total_seconds()) // 60
        facts = {"limit": limit, "minutes": minutes}
        super().__init__((Problem(path=(), code="too_many_tries", facts=facts),))


def new_code() -> str:
    """A code that nobody can guess: `XXXX-XXXX-XXXX-X`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str | None:
    """The code that was meant, however it was typed (small, wide, O for 0); None when it can be none."""
    if len(typed) > 10 * LENGTH:
        return None
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_ALIKE)
    code = "".join(character for character in plain if character.isalnum())
    return code if _CODE.fullmatch(code) else None


def offer(connection: Connection, learner: int, now: datetime) -> str:
    """A new code for a learner, whose row the caller holds; the one before is void. Raises TooManyTries."""
    of_learner = CodeRow.learner_id == learner
    before = connection.execute(select(CodeRow.counted_from, CodeRow.offered).where(of_learner)).one_or_none()
    counted_from, offered = now, 1
    if before is not None and now - before.counted_from < WINDOW:
        counted_from, offered = before.counted_from, before.offered + 1
    if offered > MOST_OFFERS:
        raise TooManyTries(MOST_OFFERS)
    code = new_code()
    meant = read_code(code)
    assert meant is not None
    connection.execute(delete(CodeRow).where(of_learner))
    connection.execute(
        insert(CodeRow).values(
            learner_id=learner,
            code_hash=hashed(meant),
            valid_until=now + VALID,
            counted_from=counted_from,
            offered=offered,
        )
    )
    return code


def take(connection: Connection, code: str, new_secret: str, now: datetime) -> bool:
    """Let the device with the new secret in, once for each code; whether the code was (still) valid."""
    of_code = CodeRow.code_hash == hashed(code)
    learner = connection.scalar(select(CodeRow.learner_id).where(of_code))
    # The learner's row first, as in every other write: two transactions never wait for each other.
    if learner is None or not touch(connection, learner, now):
        return False
    used = update(CodeRow).where(of_code, CodeRow.valid_until > now).values(code_hash=None)
    if connection.execute(used).rowcount != 1:
        return False
    add_device(connection, learner, new_secret)
    return True


def check_misses(connection: Connection, address_key: str, now: datetime) -> None:
    """Raise TooManyTries for an address that wrong codes keep coming from."""
    counted_from = now - WINDOW
    missed = connection.scalar(
        select(MissRow.missed).where(
            MissRow.address_hash == hashed(address_key), MissRow.counted_from > counted_from
        )
    )
    if missed is not None and missed >= MOST_MISSES:
        raise TooManyTries(MOST_MISSES)


def count_miss(connection: Connection, address_key: str, now: datetime) -> None:
    """Count a wrong code, and drop old counts: no address is kept for longer than it is needed."""
    connection.execute(delete(MissRow).where(MissRow.counted_from <= now - WINDOW))
    address = hashed(address_key)
    try:
        with connection.begin_nested():
            connection.execute(insert(MissRow).values(address_hash=address, counted_from=now, missed=1))
    except IntegrityError:
        one_more = update(MissRow).where(MissRow.address_hash == address).values(missed=MissRow.missed + 1)
        connection.execute(one_more)
