"""What every network of the sandbox is made of: ranges, addresses, callers.

One VPC with two subnets. The edge subnet is a public one as soon as there is an internet gateway, which its
route table then points to; the app subnet stays private. Addresses are illustrative: private ranges inside
the VPC, a documentation range (RFC 5737) for our own public addresses, and for AWS services addresses that
fit the shortened prefix lists.
"""

from ipaddress import IPv4Address, IPv4Network

from vpclab.network.resources import PrefixList, Subnet, Vpc, Workload, WorkloadKind
from vpclab.sandbox.choices import Source

REGION = "ap-northeast-1"
ZONE = "ap-northeast-1a"
ACCOUNT = "111122223333"

VPC = Vpc(
    vpc_id="vpc-lab",
    cidr_block=IPv4Network("10.0.0.0/16"),
    enable_dns_support=True,
    enable_dns_hostnames=True,
)
EDGE = Subnet(
    subnet_id="subnet-edge",
    vpc_id="vpc-lab",
    cidr_block=IPv4Network("10.0.0.0/24"),
    availability_zone=ZONE,
)
APP = Subnet(
    subnet_id="subnet-app",
    vpc_id="vpc-lab",
    cidr_block=IPv4Network("10.0.10.0/24"),
    availability_zone=ZONE,
)
PREFIX_LISTS = {
    "s3": PrefixList(
        prefix_list_id="pl-s3",
        prefix_list_name=f"com.amazonaws.{REGION}.s3",
        cidrs=tuple(map(IPv4Network, ("3.5.152.0/21", "52.219.0.0/20", "52.219.136.0/22"))),
    ),
    "dynamodb": PrefixList(
        prefix_list_id="pl-dynamodb",
        prefix_list_name=f"com.amazonaws.{REGION}.dynamodb",
        cidrs=tuple(map(IPv4Network, ("52.94.8.0/24", "52.119.208.0/23"))),
    ),
}
PUBLIC_ANSWERS = {
    "s3": IPv4Address("52.219.1.20"),
    "dynamodb": IPv4Address("52.94.8.30"),
    "ssm": IPv4Address("54.249.1.70"),
    "ecr.api": IPv4Address("54.249.1.51"),
    "ecr.dkr": IPv4Address("54.249.1.52"),
}
ANYWHERE = IPv4Network("0.0.0.0/0")
DATABASE_ADDRESS = IPv4Address("10.0.10.200")
DATABASE_PORT = 5432

CALLERS = {
    Source.EC2_PRIVATE: Workload(
        id="i-app",
        kind=WorkloadKind.INSTANCE,
        subnet_id="subnet-app",
        private_ip_address=IPv4Address("10.0.10.20"),
        groups=("sg-app",),
    ),
    Source.EC2_PUBLIC: Workload(
        id="i-web",
        kind=WorkloadKind.INSTANCE,
        subnet_id="subnet-edge",
        private_ip_address=IPv4Address("10.0.0.20"),
        public_ip_address=IPv4Address("203.0.113.20"),
        groups=("sg-app",),
    ),
    Source.LAMBDA_VPC: Workload(
        id="fn-app",
        kind=WorkloadKind.LAMBDA,
        subnet_id="subnet-app",
        private_ip_address=IPv4Address("10.0.10.77"),
        groups=("sg-app",),
    ),
    Source.LAMBDA: Workload(id="fn-app", kind=WorkloadKind.LAMBDA),
    Source.ECS_TASK: Workload(
        id="task-app",
        kind=WorkloadKind.FARGATE_TASK,
        subnet_id="subnet-app",
        private_ip_address=IPv4Address("10.0.10.40"),
        groups=("sg-app",),
    ),
}
