"""Destinations: ids, hosts, addresses and words hold together."""

import re
from ipaddress import IPv4Address

import pytest

from vpclab.network.services import SERVICES
from vpclab.sandbox.destinations import (
    DESTINATIONS,
    Destination,
    Family,
    Wanted,
    public_address,
)
from vpclab.sandbox.parts import PREFIX_LISTS
from vpclab.words import load_words

LANGUAGES = ("en", "ja")
# Endpoint services that no destination asks for.
NOT_OFFERED = {
    "stream-logs": "SDKs send StartLiveTail to streaming-logs, a name that the endpoint does not cover",
    "oidc-eks": "serves public documents: no IAM action, no endpoint policy",
    "transfer.server": "the names under it belong to single servers of a user",
}
EVERY = pytest.mark.parametrize("destination", DESTINATIONS.values(), ids=DESTINATIONS)


def _covers(pattern: str, host: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _to_service(destination: Destination) -> tuple[Wanted, ...]:
    return () if destination.id == "rds" else destination.calls


@EVERY
def test_id_is_lowercase_with_hyphens_and_its_own_key(destination: Destination) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", destination.id)
    assert DESTINATIONS[destination.id] is destination


def test_ids_of_old_links_stay() -> None:
    assert {"s3", "dynamodb", "ssm", "ecr", "rds"} <= set(DESTINATIONS)


def test_every_endpoint_service_is_wanted_or_has_a_reason_not_to_be() -> None:
    wanted = {call.service for each in DESTINATIONS.values() for call in _to_service(each)}
    assert wanted | set(NOT_OFFERED) == set(SERVICES)
    assert not wanted & set(NOT_OFFERED)


@EVERY
def test_host_is_covered_by_the_private_names_of_its_service(destination: Destination) -> None:
    for call in _to_service(destination):
        names = SERVICES[call.service].private_names
        assert not names or any(_covers(name, call.host) for name in names), call


@EVERY
def test_placeholders_are_region_and_account_only(destination: Destination) -> None:
    for call in destination.calls:
        left = (call.resource + call.host).replace("<region>", "").replace("<account>", "")
        assert not re.search(r"[<>{}]", left), call
        assert call.resource == "*" or len(call.resource.split(":", 5)) == 6, call


@EVERY
def test_action_is_an_iam_action_except_for_sql(destination: Destination) -> None:
    for call in destination.calls:
        assert re.fullmatch(r"[a-z0-9-]+:[A-Z][A-Za-z0-9]+", call.action) or destination.id == "rds"


def test_only_operations_have_several_calls() -> None:
    for each in DESTINATIONS.values():
        assert each.operation == (len(each.calls) > 1) == (each.family is Family.OPERATION), each.id


def test_families_stay_together_in_the_order_of_offer() -> None:
    assert list(dict.fromkeys(each.family for each in DESTINATIONS.values())) == list(Family)


def test_sql_goes_to_the_db_instance_and_not_to_the_rds_api() -> None:
    (sql,), (api,) = DESTINATIONS["rds"].calls, DESTINATIONS["rds-api"].calls
    assert (sql.action, sql.port, sql.host) == ("SQL", 5432, "orders.c9akciq32.<region>.rds.amazonaws.com")
    assert (api.port, api.host) == (443, "rds.<region>.amazonaws.com")


def test_public_addresses_are_distinct_and_known_ones_stay() -> None:
    addresses = [public_address(service) for service in SERVICES]
    assert len(set(addresses)) == len(SERVICES)
    known = {
        "s3": "52.219.1.20",
        "dynamodb": "52.94.8.30",
        "ssm": "54.249.1.70",
        "ecr.api": "54.249.1.51",
        "ecr.dkr": "54.249.1.52",
    }

    assert {service: str(public_address(service)) for service in known} == known


def test_only_gateway_services_lie_in_prefix_lists() -> None:
    ranges = {found.prefix_list_id.removeprefix("pl-"): found.cidrs for found in PREFIX_LISTS}
    for service in SERVICES:
        address: IPv4Address = public_address(service)
        assert [name for name, cidrs in ranges.items() if any(address in cidr for cidr in cidrs)] == (
            [service] if SERVICES[service].gateway else []
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_destination_family_and_service_has_words(language: str) -> None:
    words = load_words(language)
    for family in Family:
        assert words(f"destinations.family.{family}")
    names = [words(f"destinations.{key}.name") for key in DESTINATIONS]
    assert len(set(names)) == len(names)
    assert not [name for name in names if len(name) > 32]
    for each in DESTINATIONS.values():
        assert words(f"destinations.{each.id}.about")
        for call in each.calls:
            assert words(f"services.{call.service.replace('.', '_')}")
