"""Narrating: walks as sentences, in every language."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests import designs
from vpclab.exchange.design_file import Case, read_cases
from vpclab.hop_words import tell_candidate, tell_hop
from vpclab.narrate import Unwanted, explain, headline, narrate, tell_code, unwanted
from vpclab.network import Candidate, Hop, Kind, Leg, Reason, Walk, walk
from vpclab.network.vocabulary import Loss
from vpclab.words import Words, languages, load_words

ENGLISH, JAPANESE = load_words("en"), load_words("ja")
FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "walks.yaml"

DNS = {
    "host": "sqs.eu-west-1.amazonaws.com",
    "server": "vpc-resolver",
    "asked": "vpc-resolver",
    "vpc": "vpc-main",
    "source": "private-name",
    "answer": "10.0.20.31",
    "endpoint": "vpce-sqs",
    "zone": None,
    "forwarded_to": None,
    "resolves_to": "endpoint",
}
NO_ANSWER = {"answer": None, "endpoint": None, "resolves_to": None}
GROUP = {
    "groups": ["sg-app"],
    "direction": "egress",
    "protocol": "tcp",
    "port": 443,
    "peer": "10.0.20.31",
    "rule": "sg-app#2",
}
ACL = {
    "acl": "acl-app",
    "subnet": "subnet-app",
    "egress": True,
    "protocol": "tcp",
    "ports": [443, 443],
    "peer": "10.0.20.31",
    "rule": "100",
    "action": "allow",
}
ROUTE = {
    "table": "rtb-app",
    "address": "52.219.1.20",
    "destination": "0.0.0.0/0",
    "prefix_list_name": None,
    "target": "nat-main",
}
NAT = {
    "nat": "nat-main",
    "subnet": "subnet-public",
    "private_ip": "10.0.0.50",
    "public_ip": "203.0.113.10",
    "state": "available",
    "source": "10.0.10.20",
    "vpc": "vpc-main",
}
IGW = {
    "igw": "igw-main",
    "source": "10.0.0.50",
    "public_ip": "203.0.113.10",
    "address": "52.219.1.20",
    "block_mode": None,
}
GATEWAY = {
    "endpoint": "vpce-s3",
    "service_name": "com.amazonaws.eu-west-1.s3",
    "state": "available",
    "protocol": "tcp",
    "source": "10.0.10.20",
}
INTERFACE = {
    "endpoint": "vpce-sqs",
    "service_name": "com.amazonaws.eu-west-1.sqs",
    "address": "10.0.20.31",
    "state": "available",
    "zone": "eu-west-1a",
    "caller_zone": "eu-west-1a",
    "zone_crossed": False,
}
PEERING = {
    "pcx": "pcx-hub",
    "vpc": "vpc-hub",
    "cidr": "10.9.0.0/16",
    "address": "10.9.20.31",
    "state": "active",
}
TRANSIT = {
    "tgw": "tgw-core",
    "attachment": "tgw-attach-a",
    "table": "tgw-rtb-a",
    "destination": "10.9.0.0/16",
    "target": "tgw-attach-b",
    "vpc": "vpc-hub",
    "address": "10.9.20.31",
}
PRIVATE_GATEWAY = {"vgw": "vgw-main", "vpc": "vpc-main", "address": "10.0.20.31"}
DIRECT = {"vif": "dxvif-tokyo", "type": "private", "state": "available"}
SITE = {"host": "host-batch", "address": "10.0.20.31", "destination": "10.0.0.0/16", "target": "dxvif-tokyo"}
ADDRESS = {"address": "52.219.1.20"}
POLICY = {
    "owner": "vpce-s3",
    "document": "given",
    "effect": "Allow",
    "statement": "OnlyOurs",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::photos/cat.jpg",
    "keys": [],
}
NO_STATEMENT = {"effect": None, "statement": None}
SERVICE = {
    "service": "s3",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::photos/cat.jpg",
    "source": "10.0.10.20",
    "refused": False,
    "workload": None,
    "api": None,
}

USUAL: dict[Kind, dict[str, Any]] = {
    Kind.DNS_RESOLVER: DNS,
    Kind.SOURCE_SECURITY_GROUP: GROUP,
    Kind.ENDPOINT_SECURITY_GROUP: GROUP,
    Kind.DESTINATION_SECURITY_GROUP: GROUP,
    Kind.SOURCE_SUBNET_NACL: ACL,
    Kind.NAT_SUBNET_NACL: ACL,
    Kind.ENDPOINT_SUBNET_NACL: ACL,
    Kind.DESTINATION_SUBNET_NACL: ACL,
    Kind.SUBNET_ROUTE_TABLE: ROUTE,
    Kind.NAT_SUBNET_ROUTE_TABLE: ROUTE,
    Kind.ENDPOINT_SUBNET_ROUTE_TABLE: ROUTE,
    Kind.DESTINATION_SUBNET_ROUTE_TABLE: ROUTE,
    Kind.NAT_GATEWAY: NAT,
    Kind.INTERNET_GATEWAY: IGW,
    Kind.GATEWAY_ENDPOINT: GATEWAY,
    Kind.INTERFACE_ENDPOINT: INTERFACE,
    Kind.PEERING_CONNECTION: PEERING,
    Kind.TRANSIT_GATEWAY: TRANSIT,
    Kind.VIRTUAL_PRIVATE_GATEWAY: PRIVATE_GATEWAY,
    Kind.DIRECT_CONNECT: DIRECT,
    Kind.ONPREM_HOST: SITE,
    Kind.AWS_MANAGED_NETWORK: ADDRESS,
    Kind.INTERNET: ADDRESS,
    Kind.ENDPOINT_POLICY: POLICY,
    Kind.RESOURCE_POLICY: POLICY,
    Kind.SERVICE: SERVICE,
}
MAY_BE_NONE: dict[Kind, tuple[str, ...]] = {
    Kind.DNS_RESOLVER: ("vpc", "source", "answer", "endpoint", "zone", "forwarded_to", "resolves_to"),
    **dict.fromkeys((kind for kind, facts in USUAL.items() if facts is GROUP), ("rule",)),
    **dict.fromkeys(
        (kind for kind, facts in USUAL.items() if facts is ROUTE),
        ("destination", "prefix_list_name", "target"),
    ),
    Kind.NAT_GATEWAY: ("public_ip",),
    Kind.INTERNET_GATEWAY: ("public_ip", "block_mode"),
    Kind.INTERFACE_ENDPOINT: ("caller_zone",),
    Kind.TRANSIT_GATEWAY: ("attachment", "table", "destination", "target", "vpc"),
    Kind.ONPREM_HOST: ("destination", "target"),
    Kind.ENDPOINT_POLICY: ("effect", "statement"),
    Kind.RESOURCE_POLICY: ("effect", "statement"),
    Kind.SERVICE: ("source", "api"),
}


def hop(
    kind: Kind, *, reason: Reason | None = None, leg: Leg = Leg.FORWARD, at: str = "it", **facts: Any
) -> Hop:
    """A hop of a kind with its usual facts; `facts` are those that differ."""
    decision = _Facts({**USUAL[kind], **facts})
    return Hop(leg=leg, at=at, kind=kind, passed=reason is None, reason=reason, decision=decision)


class _Facts:
    """A decision that is nothing but its facts."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts

    def candidates(self) -> tuple[Candidate, ...]:
        return ()


# --- sentences of single hops ---------------------------------------------------------------------------


EXPECTED: list[tuple[Hop, str, str]] = [
    (
        hop(Kind.DNS_RESOLVER),
        (
            "Asked for sqs.eu-west-1.amazonaws.com, the resolver of vpc-main answers 10.0.20.31: "
            "private DNS leads to interface endpoint vpce-sqs."
        ),
        (
            "sqs.eu-west-1.amazonaws.com の問い合わせに、vpc-main のリゾルバーは 10.0.20.31 を返します。"
            "プライベート DNS によって得られる、インターフェイスエンドポイント vpce-sqs のアドレスです。"
        ),
    ),
    (
        hop(Kind.DNS_RESOLVER, source="public-dns", answer="54.1.2.3", endpoint=None, resolves_to="public"),
        (
            "Asked for sqs.eu-west-1.amazonaws.com, the resolver of vpc-main answers 54.1.2.3 from "
            "public DNS: a public address."
        ),
        (
            "sqs.eu-west-1.amazonaws.com の問い合わせに、vpc-main のリゾルバーは"
            "パブリック DNS から得たパブリック IP アドレス 54.1.2.3 を返します。"
        ),
    ),
    (
        hop(
            Kind.DNS_RESOLVER,
            reason=Reason.DNS_NAME_NOT_FOUND,
            source="hosted-zone",
            zone="eu-west-1.amazonaws.com",
            **NO_ANSWER,
        ),
        (
            "Asked for sqs.eu-west-1.amazonaws.com, the resolver of vpc-main finds no record in private "
            "hosted zone eu-west-1.amazonaws.com and answers NXDOMAIN. It does not go on to public DNS."
        ),
        (
            "sqs.eu-west-1.amazonaws.com の問い合わせに、vpc-main のリゾルバーは NXDOMAIN を返します。"
            "プライベートホストゾーン eu-west-1.amazonaws.com に該当するレコードがなく、"
            "その場合はパブリック DNS にも問い合わせません。"
        ),
    ),
    (
        hop(Kind.SOURCE_SECURITY_GROUP),
        "The caller's security group lets TCP port 443 out to 10.0.20.31 (sg-app, rule 2).",
        (
            "送信元のセキュリティグループが、10.0.20.31 への TCP ポート 443 の通信を許可します"
            "（sg-app のルール 2）。"
        ),
    ),
    (
        hop(Kind.ENDPOINT_SECURITY_GROUP, reason=Reason.ENI_SG_RULES_MISMATCH, groups=[], rule=None),
        (
            "No inbound rule of the VPC's default security group allows TCP port 443 from 10.0.20.31, "
            "so the packet ends at the endpoint."
        ),
        (
            "セキュリティグループ（VPC のデフォルト）には、10.0.20.31 からの TCP ポート 443 の通信を許可する"
            "インバウンドルールがないため、パケットはエンドポイントで止まります。"
        ),
    ),
    (
        hop(
            Kind.SOURCE_SUBNET_NACL,
            reason=Reason.SUBNET_ACL_RESTRICTION,
            leg=Leg.RETURN,
            egress=False,
            ports=[32768, 60999],
            rule="*",
        ),
        (
            "Network ACL acl-app has no inbound rule that allows the whole reply from 10.0.20.31 into "
            "subnet-app, TCP ports 32768-60999. "
            "A network ACL is stateless, so replies need a rule of their own."
        ),
        (
            "ネットワーク ACL acl-app には 10.0.20.31 から subnet-app への応答（TCP ポート 32768-60999）を"
            "すべて許可するインバウンドルールがありません。"
            "ネットワーク ACL はステートレスなので、応答にも許可ルールが必要です。"
        ),
    ),
    (
        hop(
            Kind.SUBNET_ROUTE_TABLE,
            destination="pl-s3",
            prefix_list_name="com.amazonaws.x.s3",
            target="vpce-s3",
        ),
        (
            "Route table rtb-app sends 52.219.1.20 to vpce-s3; the address is in prefix list pl-s3 "
            "(com.amazonaws.x.s3)."
        ),
        (
            "ルートテーブル rtb-app は、52.219.1.20 宛ての通信を vpce-s3 に送ります。"
            "このアドレスはプレフィックスリスト pl-s3（com.amazonaws.x.s3）に含まれています。"
        ),
    ),
    (
        hop(
            Kind.ENDPOINT_SUBNET_ROUTE_TABLE,
            reason=Reason.NO_ROUTE_TO_DESTINATION,
            leg=Leg.RETURN,
            destination=None,
            target=None,
        ),
        "Route table rtb-app has no route back to 52.219.1.20.",
        "ルートテーブル rtb-app には、52.219.1.20 に応答を返すためのルートがありません。",
    ),
    (
        hop(Kind.INTERFACE_ENDPOINT, caller_zone="eu-west-1b", zone_crossed=True),
        (
            "Interface endpoint vpce-sqs takes the packet at 10.0.20.31 in eu-west-1a, "
            "while the caller is in eu-west-1b."
        ),
        (
            "インターフェイスエンドポイント vpce-sqs が、アベイラビリティーゾーン eu-west-1a の 10.0.20.31 で"
            "パケットを受け取ります。送信元は eu-west-1b にあります。"
        ),
    ),
    (
        hop(
            Kind.RESOURCE_POLICY,
            reason=Reason.RESOURCE_POLICY_EXPLICIT_DENY,
            owner="photos",
            effect="Deny",
            keys=[
                {
                    "operator": "NotIpAddress",
                    "key": "aws:SourceIp",
                    "values": ["203.0.113.0/24", "198.51.100.0/24"],
                    "actual": None,
                    "met": True,
                }
            ],
        ),
        (
            "Statement OnlyOurs of the resource policy of photos denies s3:GetObject on "
            "arn:aws:s3:::photos/cat.jpg. NotIpAddress aws:SourceIp 203.0.113.0/24, 198.51.100.0/24: "
            "the request does not have this key, and the condition counts as met."
        ),
        (
            "photos のリソースポリシーのステートメント OnlyOurs が、arn:aws:s3:::photos/cat.jpg に対する "
            "s3:GetObject を明示的に拒否します。NotIpAddress aws:SourceIp 203.0.113.0/24、198.51.100.0/24："
            "リクエストにこのキーはありませんが、条件を満たすとみなされます。"
        ),
    ),
]


@pytest.mark.parametrize(
    ("told", "english", "japanese"), EXPECTED, ids=lambda value: getattr(value, "kind", "")
)
def test_a_hop_is_told_in_one_sentence_of_its_own(told: Hop, english: str, japanese: str):
    assert tell_hop(told, ENGLISH) == english
    assert tell_hop(told, JAPANESE) == japanese


BLOCKED: list[tuple[Kind, Reason, dict[str, Any]]] = [
    (Kind.DNS_RESOLVER, Reason.DNS_NAME_NOT_FOUND, {"source": "public-dns", **NO_ANSWER}),
    (Kind.DNS_RESOLVER, Reason.DNS_RESOLVER_OFF, {"source": None, **NO_ANSWER}),
    (Kind.DNS_RESOLVER, Reason.DNS_RESOLVER_NOT_REACHABLE, {"source": None, "vpc": None, **NO_ANSWER}),
    (
        Kind.DNS_RESOLVER,
        Reason.DNS_FORWARDING_LOOP,
        {"asked": "own-dns", "source": "forward", "forwarded_to": "10.0.0.9", **NO_ANSWER},
    ),
    *(
        (kind, reason, {"rule": None})
        for kind in (
            Kind.SOURCE_SECURITY_GROUP,
            Kind.ENDPOINT_SECURITY_GROUP,
            Kind.DESTINATION_SECURITY_GROUP,
        )
        for reason in (Reason.ENI_SG_RULES_MISMATCH, Reason.SG_HAS_NO_RULES)
    ),
    *(
        (
            Kind.SOURCE_SUBNET_NACL,
            Reason.SUBNET_ACL_RESTRICTION,
            {"egress": egress, "rule": rule, "action": "deny"},
        )
        for egress in (True, False)
        for rule in ("100", "*")
    ),
    (Kind.SUBNET_ROUTE_TABLE, Reason.NO_ROUTE_TO_DESTINATION, {"destination": None, "target": None}),
    *(
        (Kind.SUBNET_ROUTE_TABLE, reason, {})
        for reason in (
            Reason.NO_ROUTE_TO_DESTINATION,
            Reason.NO_POSSIBLE_DESTINATION,
            Reason.BAD_STATE_ROUTE,
            Reason.UNSUPPORTED_COMPONENT,
            Reason.TGW_ROUTE_AZ_RESTRICTION,
        )
    ),
    (Kind.NAT_GATEWAY, Reason.BAD_STATE, {"state": "failed"}),
    (Kind.NAT_GATEWAY, Reason.NGW_REQUIRES_SOURCE_IN_VPC, {"public_ip": None}),
    (Kind.INTERNET_GATEWAY, Reason.VPC_BLOCK_PUBLIC_ACCESS_ENABLED, {"block_mode": "block-ingress"}),
    (Kind.INTERNET_GATEWAY, Reason.IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS, {}),
    (Kind.INTERNET_GATEWAY, Reason.IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS, {"public_ip": None}),
    (Kind.GATEWAY_ENDPOINT, Reason.BAD_STATE, {"state": "pending"}),
    (Kind.GATEWAY_ENDPOINT, Reason.VPCE_GATEWAY_PROTOCOL_RESTRICTION, {"protocol": "udp"}),
    (Kind.INTERFACE_ENDPOINT, Reason.BAD_STATE, {"state": "pending"}),
    (Kind.PEERING_CONNECTION, Reason.BAD_STATE, {"state": "expired"}),
    (Kind.PEERING_CONNECTION, Reason.PCX_REQUIRES_ADDRESS_IN_VPC_CIDR, {}),
    (Kind.PEERING_CONNECTION, Reason.NO_POSSIBLE_DESTINATION, {}),
    (
        Kind.TRANSIT_GATEWAY,
        Reason.TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION,
        {"table": None, "destination": None, "target": None, "vpc": None},
    ),
    (
        Kind.TRANSIT_GATEWAY,
        Reason.TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT,
        {"destination": None, "target": None, "vpc": None},
    ),
    (Kind.TRANSIT_GATEWAY, Reason.TGW_RTB_BAD_STATE_ROUTE, {"target": None, "vpc": None}),
    (Kind.TRANSIT_GATEWAY, Reason.NO_POSSIBLE_DESTINATION, {}),
    (Kind.VIRTUAL_PRIVATE_GATEWAY, Reason.VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS, {}),
    (Kind.VIRTUAL_PRIVATE_GATEWAY, Reason.NO_ROUTE_TO_DESTINATION, {}),
    (Kind.VIRTUAL_PRIVATE_GATEWAY, Reason.NO_POSSIBLE_DESTINATION, {}),
    (Kind.DIRECT_CONNECT, Reason.BAD_STATE, {"state": "down"}),
    (Kind.DIRECT_CONNECT, Reason.UNSUPPORTED_COMPONENT, {"type": "transit"}),
    (Kind.ONPREM_HOST, Reason.NO_ROUTE_TO_DESTINATION, {"destination": None, "target": None}),
    (Kind.ONPREM_HOST, Reason.BAD_STATE_ROUTE, {}),
    (Kind.AWS_MANAGED_NETWORK, Reason.NO_ROUTE_TO_DESTINATION, {}),
    (Kind.ENDPOINT_POLICY, Reason.ENDPOINT_POLICY_EXPLICIT_DENY, {"effect": "Deny"}),
    (Kind.ENDPOINT_POLICY, Reason.ENDPOINT_POLICY_IMPLICIT_DENY, NO_STATEMENT),
    (Kind.RESOURCE_POLICY, Reason.RESOURCE_POLICY_EXPLICIT_DENY, {"effect": "Deny"}),
    (Kind.RESOURCE_POLICY, Reason.RESOURCE_POLICY_IMPLICIT_DENY, NO_STATEMENT),
    (Kind.RESOURCE_POLICY, Reason.RESOURCE_POLICY_IMPLICIT_DENY, {**NO_STATEMENT, "document": "none"}),
    (
        Kind.SERVICE,
        Reason.SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT,
        {"refused": True, "workload": None, "api": "a1b2c3"},
    ),
]
PASSED: list[tuple[Kind, dict[str, Any]]] = [
    *((kind, {}) for kind in USUAL),
    *(
        (Kind.DNS_RESOLVER, {"source": "public-dns", "endpoint": None, "resolves_to": kind})
        for kind in ("endpoint", "public", "private")
    ),
    *(
        (Kind.DNS_RESOLVER, {"asked": "public-dns", "vpc": None, "source": "public-dns", "resolves_to": kind})
        for kind in ("endpoint", "public", "private")
    ),
    *(
        (
            Kind.DNS_RESOLVER,
            {"asked": "own-dns", "server": server, "source": "forward", "forwarded_to": to, **NO_ANSWER},
        )
        for server in ("on-premises-dns", "10.0.0.9")
        for to in ("public-dns", "10.0.0.53")
    ),
    (Kind.DNS_RESOLVER, {"asked": "inbound-endpoint", "server": "rslvr-in"}),
    (Kind.DNS_RESOLVER, {"source": "hosted-zone", "zone": "amazonaws.com"}),
    (Kind.DNS_RESOLVER, {"source": "hosted-zone", "zone": "amazonaws.com", "endpoint": None}),
    (Kind.ENDPOINT_SECURITY_GROUP, {"groups": [], "rule": "default"}),
    (Kind.ENDPOINT_SUBNET_NACL, {"egress": False}),
    (Kind.SUBNET_ROUTE_TABLE, {"destination": "10.0.0.0/16", "target": "local"}),
    (Kind.SUBNET_ROUTE_TABLE, {"destination": "pl-s3", "prefix_list_name": "com.amazonaws.x.s3"}),
    (Kind.NAT_GATEWAY, {"public_ip": None}),
    (Kind.INTERNET_GATEWAY, {"public_ip": None}),
    (Kind.INTERFACE_ENDPOINT, {"caller_zone": None}),
    (Kind.TRANSIT_GATEWAY, {"vpc": None}),
    (Kind.ONPREM_HOST, {"destination": None, "target": None}),
    (Kind.ENDPOINT_POLICY, {**NO_STATEMENT, "document": "full-access"}),
    (Kind.RESOURCE_POLICY, {**NO_STATEMENT, "document": "none"}),
    (Kind.RESOURCE_POLICY, NO_STATEMENT),
    (Kind.SERVICE, {"source": None}),
]


def assert_reads_well(text: str, t: Words) -> None:
    """A sentence without a hole, and without a word of the other language's making."""
    assert not re.search(r"\bNone\b|\bTrue\b|\bFalse\b|[{}\[\]]", text), text
    assert t("walk.phrase.unknown") not in text, text
    assert "  " not in text.strip(), text
    if t.language == "ja":
        assert not re.search(r"[ぁ-んァ-ヶ一-龠ー][A-Za-z0-9]|[A-Za-z0-9][ぁ-んァ-ヶ一-龠ー]", text), text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("leg", list(Leg))
@pytest.mark.parametrize(("kind", "reason", "facts"), BLOCKED)
def test_every_stop_has_a_sentence_with_its_facts(
    kind: Kind, reason: Reason, facts: dict[str, Any], leg: Leg, language: str
):
    t = load_words(language)
    told = tell_hop(hop(kind, reason=reason, leg=leg, **facts), t)

    assert_reads_well(told, t)
    assert t(f"walk.reason.{reason}") not in told, "the general sentence stands in for a missing one"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("leg", list(Leg))
@pytest.mark.parametrize(("kind", "facts"), PASSED)
def test_every_passage_has_a_sentence_with_its_facts(
    kind: Kind, facts: dict[str, Any], leg: Leg, language: str
):
    t = load_words(language)

    assert_reads_well(tell_hop(hop(kind, leg=leg, **facts), t), t)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", MAY_BE_NONE)
def test_facts_that_are_missing_break_no_sentence(kind: Kind, language: str):
    t = load_words(language)
    nothing = dict.fromkeys(MAY_BE_NONE[kind])
    for reason in (None, *Reason):
        for name in MAY_BE_NONE[kind]:
            assert tell_hop(hop(kind, reason=reason, **{name: None}), t)
        assert tell_hop(hop(kind, reason=reason, **nothing), t)


def test_a_stop_without_a_sentence_of_its_own_is_told_in_general():
    told = tell_hop(hop(Kind.INTERNET, reason=Reason.BAD_STATE), ENGLISH)

    assert told == "The packet stops at the internet. The component is not available."


def test_a_protocol_without_ports_is_told_without_them():
    told = tell_hop(hop(Kind.SOURCE_SECURITY_GROUP, protocol="icmp"), ENGLISH)

    assert told == "The caller's security group lets ICMP out to 10.0.20.31 (sg-app, rule 2)."


# --- candidates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("candidate", "english", "japanese"),
    [
        (
            Candidate(of="rtb", label="pl-s3", facts={"target": "vpce-s3"}),
            "pl-s3 → vpce-s3: decides",
            "pl-s3 → vpce-s3：適用",
        ),
        (
            Candidate(of="rtb", label="0.0.0.0/0", facts={"target": "nat"}, lost_because=Loss.SHORTER_PREFIX),
            "0.0.0.0/0 → nat: matches, but less specific",
            "0.0.0.0/0 → nat：一致するが、より具体的なルートがある",
        ),
        (
            Candidate(
                of="sg",
                label="sg#1",
                facts={"protocol": "tcp", "ports": None, "peer": "10.0.0.0/8"},
                lost_because=Loss.OTHER_PEER,
            ),
            "sg#1 (TCP, all ports, 10.0.0.0/8): other address or group",
            "sg#1（TCP の全ポート、10.0.0.0/8）：相手のアドレスまたはグループが違う",
        ),
        (
            Candidate(
                of="acl",
                label="*",
                facts={"protocol": "-1", "ports": None, "peer": "0.0.0.0/0", "action": "deny"},
            ),
            "* deny (all traffic, 0.0.0.0/0): decides",
            "* 拒否（すべての通信、0.0.0.0/0）：適用",
        ),
        (
            Candidate(of="x", label="2", facts={"effect": "Allow"}, lost_because=Loss.CONDITION_NOT_MET),
            "statement 2 (Allow): condition not met",
            "ステートメント 2（Allow）：条件を満たさない",
        ),
        (
            Candidate(
                of="vpce", label="a.b", facts={"source": "private-name"}, lost_because=Loss.PRIVATE_DNS_IS_OFF
            ),
            "private DNS of vpce (a.b): private DNS is off",
            "vpce のプライベート DNS（a.b）：プライベート DNS が無効",
        ),
        (Candidate(of="here", label="this", facts={}), "this (here): decides", "this（here）：適用"),
    ],
)
def test_a_candidate_is_told_with_what_became_of_it(candidate: Candidate, english: str, japanese: str):
    assert tell_candidate(candidate, ENGLISH) == english
    assert tell_candidate(candidate, JAPANESE) == japanese


# --- whole walks -----------------------------------------------------------------------------------------


def test_the_headline_names_the_way():
    over_gateway = walk(designs.s3_gateway(), designs.get_object())
    over_nat = walk(designs.s3_nat(), designs.get_object())

    assert (
        headline(over_gateway, ENGLISH)
        == "s3:GetObject from i-private reaches Amazon S3 through gateway endpoint vpce-s3."
    )
    assert headline(over_gateway, JAPANESE) == (
        "i-private からの s3:GetObject リクエストは、"
        "ゲートウェイエンドポイント vpce-s3 を通って Amazon S3 に届きます。"
    )
    assert headline(over_nat, ENGLISH) == (
        "s3:GetObject from i-private reaches Amazon S3 through NAT gateway nat-main and internet gateway "
        "igw-main, "
        "with a public source address but without leaving the AWS network."
    )


def test_only_a_name_of_aws_stays_on_the_network_of_aws():
    elsewhere = walk(designs.s3_nat(), designs.get_object(host="api.example.com"))

    assert headline(elsewhere, ENGLISH).endswith("over the internet.")
    assert "インターネット経由で" in headline(elsewhere, JAPANESE)


WAYS: list[tuple[Walk, str]] = [
    (walk(designs.interface_endpoint(), designs.send_message()), "through interface endpoint vpce-sqs."),
    (
        walk(designs.peered_hub(), designs.send_message(source="i-spoke")),
        "over peering connection pcx-hub and through interface endpoint vpce-sqs.",
    ),
    (
        walk(designs.transit_hub(), designs.send_message(source="i-spoke")),
        "over transit gateway tgw-core and through interface endpoint vpce-sqs.",
    ),
    (
        walk(designs.over_vpn(), designs.send_message(source="host-batch")),
        "over virtual private gateway vgw-main and through interface endpoint vpce-sqs.",
    ),
    (
        walk(designs.over_direct_connect(), designs.send_message(source="host-batch")),
        "over Direct Connect virtual interface dxvif-main and through interface endpoint vpce-sqs.",
    ),
    (
        walk(designs.function_outside_vpcs(), designs.send_message(source="fn-orders")),
        "from the Lambda service's own network, without touching any VPC of yours.",
    ),
    (walk(designs.database(), designs.connect_to_database()), "inside the VPC, without an endpoint."),
]


@pytest.mark.parametrize(("walked", "way"), WAYS, ids=[way for _, way in WAYS])
def test_each_way_of_delivery_has_its_clause(walked: Walk, way: str):
    assert headline(walked, ENGLISH).endswith(way)
    assert headline(walked, JAPANESE).endswith("に届きます。")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("verdict", ["denied", "dropped", "answer_dropped", "unresolved"])
@pytest.mark.parametrize("language", languages())
def test_every_component_can_be_named_in_a_headline(language: str, verdict: str, kind: Kind):
    t = load_words(language)
    place = t(f"walk.place.{kind}", at="it", who=t("walk.who.public-dns"))

    told = t(f"walk.headline.{verdict}", source="i-app", action="s3:GetObject", service="s3", place=place)

    assert_reads_well(told, t)


def test_a_reply_that_is_dropped_is_told_as_such():
    design = designs.plus(
        designs.interface_endpoint(), "network_acls", designs.shut_acl("acl-app", "subnet-app", "in")
    )
    walked = walk(design, designs.send_message())

    assert walked.told.leg is Leg.RETURN
    assert headline(walked, ENGLISH) == (
        "The first packet from i-app reaches Amazon SQS, but network ACL acl-app of the caller's subnet "
        "stops the reply, so sqs:SendMessage times out."
    )
    assert explain(walked, ENGLISH).repair == (
        "Allow replies to the client's ephemeral ports in the network ACL; 1024-65535 covers every client."
    )


def test_an_explanation_gives_the_cause_before_the_symptom_is_repaired():
    design = designs.changed(designs.interface_endpoint(), "vpce-sqs", private_dns_enabled=False)
    told = explain(walk(design, designs.send_message()), ENGLISH)

    assert told.reason == "There is no route that matches the destination."
    assert told.cause is not None
    assert told.cause.startswith("There is an interface endpoint for the service, but its private DNS is off")
    assert told.repair == "Turn on private DNS for the endpoint."


def test_a_delivered_request_needs_no_repair():
    told = explain(walk(designs.s3_gateway(), designs.get_object()), ENGLISH)

    assert (told.reason, told.cause, told.repair) == (None, None, None)


def test_an_operation_tells_which_call_failed_and_what_had_worked():
    send, read = designs.send_message().calls[0], designs.get_object().calls[0]
    walked = walk(designs.interface_endpoint(), designs.send("i-app", send, read, operation="copy orders"))

    assert headline(walked, ENGLISH) == '"copy orders" from i-app fails at call 2 of 2, Amazon S3.'
    assert (
        headline(walked, JAPANESE)
        == "i-app の「copy orders」は、2 回の呼び出しのうち 2 回目の Amazon S3 で失敗します。"
    )
    assert explain(walked, ENGLISH).cause == (
        "The operation also calls Amazon S3, and there is no way to it. "
        "The other calls do not help without this one."
    )
    assert "Before it, Amazon SQS already worked." in narrate(walked, ENGLISH)
    assert any(
        line.startswith("Call 2 of 2: s3:GetObject from i-app never reaches Amazon S3")
        for line in narrate(walked, ENGLISH)
    )


def test_an_operation_whose_first_call_fails_says_so():
    read = designs.get_object().calls[0]
    walked = walk(designs.interface_endpoint(), designs.send("i-app", read, read, operation="copy"))

    assert "It is the first call, so nothing worked before it." in narrate(walked, ENGLISH)


def test_an_operation_that_works_says_that_every_call_did():
    read = designs.get_object().calls[0]
    walked = walk(designs.s3_gateway(), designs.send("i-private", read, read, operation="read twice"))

    assert headline(walked, ENGLISH) == 'i-private completes "read twice": all 2 calls succeed.'


def test_a_narration_numbers_the_hops_and_opens_the_deciding_one():
    lines = narrate(walk(designs.s3_gateway(), designs.get_object()), ENGLISH)

    numbers = [line.split(".")[0].strip() for line in lines if re.match(r"  \d+\. ", line)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert "Way there" in lines
    assert "Policies and service" in lines
    assert "       - pl-s3 → vpce-s3: decides" in lines


def test_codes_with_an_argument_are_told_with_it():
    assert tell_code("note", "CONDITION_KEY_NOT_KNOWN aws:Odd", ENGLISH) == (
        "The condition key aws:Odd is not modeled; it is treated as absent."
    )
    assert tell_code("remark", "MORE_SPECIFIC_ROUTE over pl-s3", JAPANESE) == (
        "より具体的なルートが優先されるため、エンドポイントへのルート（pl-s3）は使われません。"
    )


def the_fixture() -> list[Case]:
    return [case for case in read_cases(FIXTURE.read_bytes(), FIXTURE.name).cases if isinstance(case, Case)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("case", the_fixture(), ids=lambda case: case.id)
def test_worked_examples_read_well(case: Case, language: str):
    t = load_words(language)
    for line in narrate(walk(case.design, case.request), t, case.design):
        assert_reads_well(line.replace(case.request.operation or "-", "-"), t)


# --- ways that work but that one may not want --------------------------------------------------------------


def test_nat_is_an_unwanted_way():
    design = designs.s3_nat()

    assert unwanted(design, walk(design, designs.get_object())) == (Unwanted.OVER_NAT,)


def test_an_endpoint_that_was_passed_by_is_named():
    elsewhere = designs.table("rtb-other", "subnet-public")
    endpoint = designs.changed(designs.s3_gateway(), "vpce-s3", route_table_ids=(elsewhere.route_table_id,))
    design = designs.plus(designs.s3_nat(), "vpc_endpoints", *endpoint.vpc_endpoints)

    codes = unwanted(design, walk(design, designs.get_object()))

    assert codes == (Unwanted.OVER_NAT, "PAST_THE_ENDPOINT vpce-s3")
    assert tell_code("unwanted", codes[1], ENGLISH) == (
        "It works, but bypasses vpce-s3 in the caller's VPC, so the policy of that endpoint is not evaluated."
    )


def test_an_endpoint_does_not_serve_another_region():
    design = designs.plus(designs.s3_nat(), "vpc_endpoints", *designs.s3_gateway().vpc_endpoints)

    codes = unwanted(design, walk(design, designs.get_object(region="us-west-2")))

    assert codes == (Unwanted.OVER_NAT, "PAST_THE_ENDPOINT_OF_OTHER_REGION vpce-s3")


def test_crossing_zones_is_told():
    design = designs.changed(designs.interface_endpoint(), "subnet-app", availability_zone=designs.ZONE_C)

    assert unwanted(design, walk(design, designs.send_message())) == (Unwanted.ACROSS_ZONES,)


def test_a_good_way_and_a_stopped_request_have_nothing_unwanted():
    good = designs.s3_gateway()
    stopped = designs.changed(designs.s3_nat(), "nat-main", state="failed")

    assert unwanted(good, walk(good, designs.get_object())) == ()
    assert unwanted(stopped, walk(stopped, designs.get_object())) == ()
