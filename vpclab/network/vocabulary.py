"""The words of a walk: codes that the engine speaks and `content/words` puts into sentences.

Reasons and remarks are AWS Reachability Analyzer codes where the analyzer has one
(https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html); the analyzer knows no
names and no policies, so the codes for those are ours.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """What became of a request, named by what the caller sees."""

    DELIVERED = "DELIVERED"
    DENIED = "DENIED"
    DROPPED = "DROPPED"
    UNRESOLVED = "UNRESOLVED"


class Symptom(StrEnum):
    """What the client program reports."""

    SUCCESS = "success"
    TIMEOUT = "timeout"
    ACCESS_DENIED = "access-denied"
    HTTP_403 = "http-403"
    NXDOMAIN = "nxdomain"
    DNS_TIMEOUT = "dns-timeout"

    @property
    def verdict(self) -> Verdict:
        """The verdict that this symptom belongs to."""
        return _VERDICTS[self]


_VERDICTS = {
    Symptom.SUCCESS: Verdict.DELIVERED,
    Symptom.TIMEOUT: Verdict.DROPPED,
    Symptom.ACCESS_DENIED: Verdict.DENIED,
    Symptom.HTTP_403: Verdict.DENIED,
    Symptom.NXDOMAIN: Verdict.UNRESOLVED,
    Symptom.DNS_TIMEOUT: Verdict.UNRESOLVED,
}


class ResolvesTo(StrEnum):
    """What kind of address the name gave."""

    ENDPOINT = "endpoint"
    PUBLIC = "public"
    PRIVATE = "private"


class Leg(StrEnum):
    """Direction of travel of the packet that was decided upon."""

    FORWARD = "forward"
    RETURN = "return"


class Stage(StrEnum):
    """Part of the walk in which a request was stopped."""

    DNS = "dns"
    FILTER = "filter"
    ROUTE = "route"
    POLICY = "policy"
    SERVICE = "service"
    RETURN = "return"


class Kind(StrEnum):
    """Kinds of components: those that carry a packet, and those that decide upon it."""

    INSTANCE = "instance"
    LAMBDA = "lambda"
    FARGATE_TASK = "fargate-task"
    ONPREM_HOST = "onprem-host"
    DB_INSTANCE = "db-instance"
    SUBNET_ROUTE_TABLE = "subnet-route-table"
    NAT_GATEWAY = "nat-gateway"
    NAT_SUBNET_ROUTE_TABLE = "nat-subnet-route-table"
    INTERNET_GATEWAY = "internet-gateway"
    GATEWAY_ENDPOINT = "gateway-endpoint"
    INTERFACE_ENDPOINT = "interface-endpoint"
    PEERING_CONNECTION = "peering-connection"
    TRANSIT_GATEWAY = "transit-gateway"
    VIRTUAL_PRIVATE_GATEWAY = "virtual-private-gateway"
    DIRECT_CONNECT = "direct-connect"
    AWS_MANAGED_NETWORK = "aws-managed-network"
    INTERNET = "internet"
    SERVICE = "service"
    # Components that decide but never carry.
    DNS_RESOLVER = "dns-resolver"
    SOURCE_SECURITY_GROUP = "source-security-group"
    SOURCE_SUBNET_NACL = "source-subnet-nacl"
    NAT_SUBNET_NACL = "nat-subnet-nacl"
    ENDPOINT_SUBNET_NACL = "endpoint-subnet-nacl"
    ENDPOINT_SECURITY_GROUP = "endpoint-security-group"
    ENDPOINT_SUBNET_ROUTE_TABLE = "endpoint-subnet-route-table"
    ENDPOINT_POLICY = "endpoint-policy"
    RESOURCE_POLICY = "resource-policy"
    # The same three for a destination in the VPC that is not an endpoint (a database instance).
    DESTINATION_SUBNET_NACL = "destination-subnet-nacl"
    DESTINATION_SECURITY_GROUP = "destination-security-group"
    DESTINATION_SUBNET_ROUTE_TABLE = "destination-subnet-route-table"


class Reason(StrEnum):
    """Why a request was stopped."""

    DNS_NAME_NOT_FOUND = "DNS_NAME_NOT_FOUND"
    DNS_RESOLVER_OFF = "DNS_RESOLVER_OFF"
    DNS_RESOLVER_NOT_REACHABLE = "DNS_RESOLVER_NOT_REACHABLE"
    DNS_FORWARDING_LOOP = "DNS_FORWARDING_LOOP"
    ENI_SG_RULES_MISMATCH = "ENI_SG_RULES_MISMATCH"
    SG_HAS_NO_RULES = "SG_HAS_NO_RULES"
    SUBNET_ACL_RESTRICTION = "SUBNET_ACL_RESTRICTION"
    NO_ROUTE_TO_DESTINATION = "NO_ROUTE_TO_DESTINATION"
    BAD_STATE_ROUTE = "BAD_STATE_ROUTE"
    UNSUPPORTED_COMPONENT = "UNSUPPORTED_COMPONENT"
    NO_POSSIBLE_DESTINATION = "NO_POSSIBLE_DESTINATION"
    BAD_STATE = "BAD_STATE"
    NGW_REQUIRES_SOURCE_IN_VPC = "NGW_REQUIRES_SOURCE_IN_VPC"
    VPC_BLOCK_PUBLIC_ACCESS_ENABLED = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"
    IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"
    IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
    VPCE_GATEWAY_PROTOCOL_RESTRICTION = "VPCE_GATEWAY_PROTOCOL_RESTRICTION"
    PCX_REQUIRES_ADDRESS_IN_VPC_CIDR = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"
    TGW_ROUTE_AZ_RESTRICTION = "TGW_ROUTE_AZ_RESTRICTION"
    TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION = "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION"
    TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT = "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"
    TGW_RTB_BAD_STATE_ROUTE = "TGW_RTB_BAD_STATE_ROUTE"
    VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS = "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"
    ENDPOINT_POLICY_EXPLICIT_DENY = "ENDPOINT_POLICY_EXPLICIT_DENY"
    ENDPOINT_POLICY_IMPLICIT_DENY = "ENDPOINT_POLICY_IMPLICIT_DENY"
    SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT = "SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT"
    RESOURCE_POLICY_EXPLICIT_DENY = "RESOURCE_POLICY_EXPLICIT_DENY"
    RESOURCE_POLICY_IMPLICIT_DENY = "RESOURCE_POLICY_IMPLICIT_DENY"


class Cause(StrEnum):
    """What to repair first, where the reason names only the symptom.

    An operation's hidden dependency carries the service in its code and is made by
    `causes.hidden_dependency`; `HIDDEN_DEPENDENCY` is its stem.
    """

    HIDDEN_DEPENDENCY = "HIDDEN_DEPENDENCY"
    CUSTOM_DNS_NOT_FORWARDING = "CUSTOM_DNS_NOT_FORWARDING"
    PRIVATE_DNS_OFF = "PRIVATE_DNS_OFF"
    PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES = "PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES"
    HOSTNAME_NOT_COVERED_BY_PRIVATE_DNS = "HOSTNAME_NOT_COVERED_BY_PRIVATE_DNS"
    PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC = "PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC"
    HOSTED_ZONE_NOT_ASSOCIATED = "HOSTED_ZONE_NOT_ASSOCIATED"
    PRIVATE_ZONE_HAS_NO_RECORD = "PRIVATE_ZONE_HAS_NO_RECORD"
    PREFIX_LIST_IS_REGIONAL = "PREFIX_LIST_IS_REGIONAL"
    GATEWAY_ENDPOINT_NOT_TRANSITIVE = "GATEWAY_ENDPOINT_NOT_TRANSITIVE"
    LAMBDA_HAS_NO_PUBLIC_IP = "LAMBDA_HAS_NO_PUBLIC_IP"
    SECURITY_GROUP_LACKS_PREFIX_LIST = "SECURITY_GROUP_LACKS_PREFIX_LIST"
    SG_REFERENCES_NOT_PRESERVED = "SG_REFERENCES_NOT_PRESERVED"
    SERVICE_USES_OTHER_PORT = "SERVICE_USES_OTHER_PORT"
    SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT = "SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT"


class Remark(StrEnum):
    """Things worth telling that stopped nothing."""

    MORE_SPECIFIC_ROUTE = "MORE_SPECIFIC_ROUTE"
    HIGHER_PRIORITY_ROUTE = "HIGHER_PRIORITY_ROUTE"
    AVAILABILITY_ZONE_CROSSED = "AVAILABILITY_ZONE_CROSSED"


class Note(StrEnum):
    """What a walk assumed or left out."""

    IDENTITY_POLICIES_NOT_MODELLED = "IDENTITY_POLICIES_NOT_MODELLED"
    DNS_SERVER_ASSUMED_REACHABLE = "DNS_SERVER_ASSUMED_REACHABLE"
    ONE_OF_SEVERAL_ADDRESSES = "ONE_OF_SEVERAL_ADDRESSES"
    PREFIX_LIST_TIE_IS_RANDOM = "PREFIX_LIST_TIE_IS_RANDOM"
    PREFIX_LIST_NOT_GIVEN = "PREFIX_LIST_NOT_GIVEN"
    NAT_TO_ENDPOINT_NOT_CONFIRMED = "NAT_TO_ENDPOINT_NOT_CONFIRMED"
    CENTRAL_EGRESS_NOT_MODELLED = "CENTRAL_EGRESS_NOT_MODELLED"
    CONDITION_KEY_NOT_KNOWN = "CONDITION_KEY_NOT_KNOWN"
    PUBLIC_SOURCE_ADDRESS_NOT_KNOWN = "PUBLIC_SOURCE_ADDRESS_NOT_KNOWN"
    PRIVATE_API_WITHOUT_ENDPOINT_NOT_MODELLED = "PRIVATE_API_WITHOUT_ENDPOINT_NOT_MODELLED"
    RESOLVER_RULES_NOT_MODELLED = "RESOLVER_RULES_NOT_MODELLED"
    VIRTUAL_INTERFACE_TYPE_NOT_MODELLED = "VIRTUAL_INTERFACE_TYPE_NOT_MODELLED"


class Loss(StrEnum):
    """Why a candidate (route, rule, entry, statement, answer) did not decide."""

    # Routes
    DOES_NOT_COVER_ADDRESS = "DOES_NOT_COVER_ADDRESS"
    SHORTER_PREFIX = "SHORTER_PREFIX"
    LOWER_PRIORITY = "LOWER_PRIORITY"
    LOCAL_ROUTE_WINS = "LOCAL_ROUTE_WINS"
    # Security group rules and network ACL entries
    OTHER_PROTOCOL = "OTHER_PROTOCOL"
    OTHER_PORT = "OTHER_PORT"
    OTHER_PEER = "OTHER_PEER"
    GROUP_NOT_SEEN_ON_THIS_WAY = "GROUP_NOT_SEEN_ON_THIS_WAY"
    NOT_ASKED = "NOT_ASKED"
    ADMITS_PART_OF_PORTS = "ADMITS_PART_OF_PORTS"
    # Policy statements
    OTHER_PRINCIPAL = "OTHER_PRINCIPAL"
    OTHER_ACTION = "OTHER_ACTION"
    OTHER_RESOURCE = "OTHER_RESOURCE"
    CONDITION_NOT_MET = "CONDITION_NOT_MET"
    # DNS answers
    PRIVATE_DNS_IS_OFF = "PRIVATE_DNS_IS_OFF"
    VPC_DNS_ATTRIBUTES_OFF = "VPC_DNS_ATTRIBUTES_OFF"
    NAME_NOT_COVERED = "NAME_NOT_COVERED"
    INBOUND_RESOLVER_ONLY = "INBOUND_RESOLVER_ONLY"
    ENDPOINT_NOT_AVAILABLE = "ENDPOINT_NOT_AVAILABLE"
    ENDPOINT_WITHOUT_INTERFACE = "ENDPOINT_WITHOUT_INTERFACE"
    ENDPOINT_IN_OTHER_VPC = "ENDPOINT_IN_OTHER_VPC"
    ZONE_NOT_ASSOCIATED = "ZONE_NOT_ASSOCIATED"
    ZONE_HAS_NO_RECORD = "ZONE_HAS_NO_RECORD"
    RESOLVER_OFF = "RESOLVER_OFF"
