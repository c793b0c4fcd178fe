"""Edits in words: one line each, for every section and every field, in every language."""

from dataclasses import is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import designs
from tests.designs import ip, net
from tests.vpclab.exchange.strategies import DESIGNS
from vpclab.edit_words import short, tell_edit
from vpclab.network.connections import TransitGatewayRoute, TransitGatewayRouteTable, VpcAttachment
from vpclab.network.design import Design
from vpclab.network.diff import diff
from vpclab.network.edits import (
    AddItem,
    AddPart,
    ChangePart,
    Edit,
    MoveItem,
    MovePart,
    RemoveItem,
    RemovePart,
    ReplaceItem,
    SetField,
)
from vpclab.network.endpoints import DnsOptions, NetworkInterface
from vpclab.network.name_servers import ForwardRule, HostedZone, ZoneRecord
from vpclab.network.resources import (
    BlockPublicAccessExclusion,
    CidrRoute,
    ExclusionMode,
    PrefixListRoute,
    RouteOrigin,
    RouteState,
    WorkloadKind,
)
from vpclab.network.sections import (
    choices_of,
    hints_of,
    is_list,
    item_hint,
    list_sections,
    part_sections,
    record_types,
    single_fields,
)
from vpclab.sandbox import Choices, EndpointGroup, WayOut, build
from vpclab.words import languages, load_words

EN, JA = load_words("en"), load_words("ja")
ROUTE = CidrRoute(destination=net("0.0.0.0/0"), target="nat-lab")
ROUTES: dict[str, Any] = {"section": "route_tables", "part_id": "rtb-app", "field": "routes"}


def change(section: str, part_id: str, field: str, value: Any) -> ChangePart:
    return ChangePart(section=section, part_id=part_id, field=field, value=value)


def add(section: str, part_id: str, field: str, item: Any) -> AddItem:
    return AddItem(section=section, part_id=part_id, field=field, item=item, position=0)


def test_what_a_nat_gateway_brings_is_told_part_by_part():
    before, after = (build(Choices(way_out=way_out)) for way_out in (WayOut.NONE, WayOut.NAT))

    assert [tell_edit(edit, EN) for edit in diff(before, after)] == [
        "Added internet gateway igw-lab",
        "Added NAT gateway nat-lab",
        "Route added to rtb-edge: 0.0.0.0/0 → igw-lab",
        "Route added to rtb-app: 0.0.0.0/0 → nat-lab",
    ]
    assert [tell_edit(edit, JA) for edit in diff(before, after)] == [
        "インターネットゲートウェイ（igw-lab）を追加",
        "NAT ゲートウェイ（nat-lab）を追加",
        "rtb-edge：ルートを追加（0.0.0.0/0 → igw-lab）",
        "rtb-app：ルートを追加（0.0.0.0/0 → nat-lab）",
    ]


def test_another_rule_of_a_security_group_is_told_with_its_peer():
    before, after = (
        build(Choices(interface_endpoint=True, endpoint_group=group))
        for group in (EndpointGroup.VPC, EndpointGroup.CALLER)
    )

    assert [tell_edit(edit, EN) for edit in diff(before, after)] == [
        "Inbound rule removed from sg-endpoint: TCP port 443 from 10.0.0.0/16",
        "Inbound rule added to sg-endpoint: TCP port 443 from sg-app",
    ]
    assert [tell_edit(edit, JA) for edit in diff(before, after)] == [
        "sg-endpoint：インバウンドルールを削除（TCP ポート 443、送信元 10.0.0.0/16）",
        "sg-endpoint：インバウンドルールを追加（TCP ポート 443、送信元 sg-app）",
    ]


POLICY = designs.policy(designs.deny())
TABLE = TransitGatewayRouteTable(route_table_id="tgw-rtb-1", associations=("att-1",))
ATTACHMENT = VpcAttachment(attachment_id="att-1", vpc_id="vpc-a", subnet_ids=("subnet-a",))
TRANSIT: dict[str, Any] = {"section": "transit_gateways", "part_id": "tgw-1"}


@pytest.mark.parametrize(
    ("edit", "english", "japanese"),
    [
        (
            change("vpcs", "vpc-lab", "enable_dns_support", value=False),
            "vpc-lab: DNS resolution off",
            "vpc-lab：DNS 解決 → 無効",
        ),
        (
            change("vpc_endpoints", "vpce-s3", "policy_document", POLICY),
            "Endpoint policy of vpce-s3 changed",
            "vpce-s3：エンドポイントポリシーを変更",
        ),
        (
            change("vpc_endpoints", "vpce-s3", "policy_document", None),
            "vpce-s3: default endpoint policy (full access)",
            "vpce-s3：デフォルトのエンドポイントポリシーに変更（フルアクセス）",
        ),
        (
            change("buckets", "photos", "policy", None),
            "Bucket policy of bucket photos removed",
            "バケット photos：バケットポリシーを削除",
        ),
        (
            change("nat_gateways", "nat-lab", "public_ip", None),
            "nat-lab: no public IP address",
            "nat-lab：パブリック IP アドレスなし",
        ),
        (
            change("route_tables", "rtb-app", "main", value=True),
            "rtb-app becomes the main route table",
            "rtb-app：メインルートテーブルに変更",
        ),
        (
            change("vpc_endpoints", "vpce-if", "dns_options", DnsOptions()),
            "vpce-if: private DNS only for Resolver inbound endpoints off",
            "vpce-if：Resolver インバウンドエンドポイントのみのプライベート DNS → 無効",
        ),
        (
            change("vpc_endpoints", "vpce-if", "private_dns_names", ("a.internal", "b.internal")),
            "vpce-if: private DNS names a.internal, b.internal",
            "vpce-if：プライベート DNS 名 → a.internal、b.internal",
        ),
        (
            change("workloads", "i-app", "kind", WorkloadKind.LAMBDA),
            "i-app: now Lambda function",
            "i-app：種類 → Lambda 関数",
        ),
        (
            change("dns_servers", "10.0.0.9", "location", "on-premises"),
            "DNS server 10.0.0.9: location on premises",
            "DNS サーバー 10.0.0.9：場所 → オンプレミス",
        ),
        (
            change("on_premises", "", "internet", value=False),
            "On-premises network: no internet line of its own",
            "オンプレミスのネットワーク：独自のインターネット回線なし",
        ),
        (
            ReplaceItem(**ROUTES, item=ROUTE, new_item=replace(ROUTE, target="igw-lab")),
            "Route of rtb-app changed: 0.0.0.0/0 → igw-lab (before: 0.0.0.0/0 → nat-lab)",
            "rtb-app：ルートを変更（0.0.0.0/0 → igw-lab、変更前は 0.0.0.0/0 → nat-lab）",
        ),
        (
            RemoveItem(
                **ROUTES,
                item=PrefixListRoute(
                    destination_prefix_list_id="pl-s3",
                    target="vpce-s3",
                    state=RouteState.BLACKHOLE,
                    origin=RouteOrigin.PROPAGATED,
                ),
            ),
            "Route removed from rtb-app: pl-s3 → vpce-s3 (propagated) (blackhole)",
            "rtb-app：ルートを削除（pl-s3 → vpce-s3、伝播されたルート、ブラックホール）",
        ),
        (
            MoveItem(**ROUTES, item=ROUTE, position=0),
            "Route of rtb-app moved to place 1: 0.0.0.0/0 → nat-lab",
            "rtb-app：ルートの並び順を 1 番目に変更（0.0.0.0/0 → nat-lab）",
        ),
        (
            MovePart(section="subnets", part_id="subnet-app", position=1),
            "Moved subnet subnet-app to place 2 of its list",
            "サブネット（subnet-app）の並び順を 2 番目に変更",
        ),
        (
            add("network_acls", "acl-1", "entries", designs.entry(100, "deny", "out", "10.0.0.0/8")),
            "Rule added to acl-1: outbound 100: deny TCP, all ports to 10.0.0.0/8",
            "acl-1：ルールを追加（アウトバウンド 100 拒否、TCP の全ポート、宛先 10.0.0.0/8）",
        ),
        (
            add(
                "vpc_endpoints",
                "vpce-if",
                "network_interfaces",
                NetworkInterface(subnet_id="subnet-a", private_ip_address=ip("10.0.0.9")),
            ),
            "Network interface added to vpce-if: subnet-a (10.0.0.9)",
            "vpce-if：ネットワークインターフェイスを追加（subnet-a、10.0.0.9）",
        ),
        (
            add("dns_servers", "10.0.0.9", "forwards", ForwardRule(domain="amazonaws.com", to="10.0.0.2")),
            "Forwarding rule added to DNS server 10.0.0.9: amazonaws.com → 10.0.0.2",
            "DNS サーバー 10.0.0.9：転送ルールを追加（amazonaws.com → 10.0.0.2）",
        ),
        (
            AddItem(
                section="hosted_zones",
                part_id="internal",
                part_number=1,
                field="records",
                item=ZoneRecord(name="*.internal", target="vpce-if"),
                position=0,
            ),
            "Record added to hosted zone internal (no. 2): *.internal → vpce-if",
            "ホストゾーン internal（2 番目）：レコードを追加（*.internal → vpce-if）",
        ),
        (
            add(
                "vpc_block_public_access",
                "",
                "exclusions",
                BlockPublicAccessExclusion(
                    subnet_id="subnet-a", internet_gateway_exclusion_mode=ExclusionMode.EGRESS
                ),
            ),
            "Exclusion added to VPC Block Public Access: subnet-a (allow-egress)",
            "VPC ブロックパブリックアクセス：除外を追加（subnet-a、allow-egress）",
        ),
        (
            ReplaceItem(
                **TRANSIT,
                field="route_tables",
                item=TABLE,
                new_item=replace(
                    TABLE,
                    routes=(TransitGatewayRoute(destination=net("10.9.0.0/16"), target="att-1"),),
                ),
            ),
            "Route table tgw-rtb-1 of tgw-1 changed: route added: 10.9.0.0/16 → att-1",
            "tgw-1：ルートテーブル tgw-rtb-1 を変更（ルートを追加：10.9.0.0/16 → att-1）",
        ),
        (
            ReplaceItem(
                **TRANSIT,
                field="vpc_attachments",
                item=ATTACHMENT,
                new_item=replace(ATTACHMENT, vpc_id="vpc-b", subnet_ids=()),
            ),
            "VPC attachment att-1 of tgw-1 changed: VPC vpc-b, subnet removed: subnet-a",
            "tgw-1：VPC アタッチメント att-1 を変更（VPC → vpc-b、サブネットを削除：subnet-a）",
        ),
        (SetField(field="region", value="eu-north-1"), "Region: eu-north-1", "リージョン → eu-north-1"),
        (SetField(field="organization", value=None), "No organization", "AWS Organizations の組織なし"),
        (
            SetField(field="on_premises", value=designs.over_vpn().on_premises),
            "Added the on-premises network (172.16.0.0/16)",
            "オンプレミスのネットワークを追加（172.16.0.0/16）",
        ),
        (
            SetField(field="on_premises", value=None),
            "Removed the on-premises network",
            "オンプレミスのネットワークを削除",
        ),
        (
            AddPart(section="workloads", part=build(Choices()).workloads[0], position=0),
            "Added EC2 instance i-app",
            "EC2 インスタンス（i-app）を追加",
        ),
        (RemovePart(section="workloads", part_id="i-app"), "Removed i-app", "「i-app」を削除"),
        (
            RemovePart(section="vpc_endpoints", part_id="vpce-s3"),
            "Removed VPC endpoint vpce-s3",
            "VPC エンドポイント（vpce-s3）を削除",
        ),
        (
            AddPart(section="vpc_endpoints", part=designs.s3_gateway().vpc_endpoints[0], position=0),
            "Added gateway endpoint vpce-s3",
            "ゲートウェイエンドポイント（vpce-s3）を追加",
        ),
    ],
)
def test_an_edit_is_told_in_one_line(edit: Edit, english: str, japanese: str):
    assert tell_edit(edit, EN) == english
    assert tell_edit(edit, JA) == japanese


@pytest.mark.parametrize("language", languages())
def test_every_section_and_every_field_has_words(language: str):
    words = load_words(language)
    records = {record for section in part_sections() for record in record_types(section)}
    # Attachments and route tables of a transit gateway are told field by field, too.
    inner = {
        kind
        for record in records
        for hint in hints_of(record).values()
        if is_list(hint)
        for kind in choices_of(item_hint(hint))
        if is_dataclass(kind) and any(map(is_list, hints_of(kind).values()))
    }
    needed = {f"edits.part.{section}" for section in part_sections()}
    needed |= {
        f"edits.{'item' if is_list(hint) else 'field'}.{record.__name__}.{field}"
        for record in records | inner
        for field, hint in hints_of(record).items()
    }
    needed |= {
        f"edits.field.Design.{field}" for field in single_fields() if not words.has(f"edits.own.{field}")
    }
    needed |= {f"edits.new_part.{kind}" for kind in WorkloadKind}

    assert {kind.__name__ for kind in inner} == {"VpcAttachment", "TransitGatewayRouteTable"}
    assert {key for key in needed if not words.has(key)} == set()


@pytest.mark.parametrize("language", languages())
def test_no_words_are_left_of_what_is_no_field_any_more(language: str):
    words = load_words(language)
    records = {
        "Design": Design,
        **{kind.__name__: kind for kind in (VpcAttachment, TransitGatewayRouteTable)},
    }
    for section in part_sections():
        records |= {record.__name__: record for record in record_types(section)}

    for key in words.texts:
        match key.split("."):
            case ["edits", "field" | "item", record, field]:
                assert field in hints_of(records[record]), key
            case ["edits", "part" | "subject", section] if section not in ("other", "numbered"):
                assert section in part_sections(), key


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=DESIGNS, after=DESIGNS, language=st.sampled_from(languages()))
def test_every_edit_between_any_two_designs_can_be_told(before: Design, after: Design, language: str):
    words = load_words(language)

    for edit in (*diff(before, after), *diff(Design(region="r"), after), *diff(before, Design(region="r"))):
        told = tell_edit(edit, words)
        assert told
        assert "\n" not in told


@pytest.mark.parametrize("language", languages())
def test_long_texts_are_shortened(language: str):
    words, long = load_words(language), "x" * 2_000
    zone = HostedZone(name=long, vpc_ids=(long,))
    edits = (
        AddPart(section="hosted_zones", part=zone, position=0),
        RemovePart(section="hosted_zones", part_id=long, part_number=1),
        add("hosted_zones", long, "vpc_ids", long),
        add("hosted_zones", long, "records", ZoneRecord(name=long, target=long)),
        add("route_tables", long, "routes", CidrRoute(destination=net("0.0.0.0/0"), target=long)),
        change("vpc_endpoints", long, "private_dns_names", (long,) * 100),
        SetField(field="region", value=long),
    )

    for edit in edits:
        assert len(tell_edit(edit, words)) < 300
    assert short("x" * 60) == "x" * 60
    assert short("x" * 61) == "x" * 59 + "…"


def test_an_id_keeps_its_letters_at_the_start_of_a_line():
    assert tell_edit(change("subnets", "subnet-app", "vpc_id", "vpc-b"), EN) == "subnet-app: VPC vpc-b"


def test_every_section_that_is_a_list_is_told_when_a_part_goes():
    for section in list_sections():
        assert "the-id" in tell_edit(RemovePart(section=section, part_id="the-id"), EN)
