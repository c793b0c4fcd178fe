"""Host names: how a name is written, and which names a pattern covers."""


def canonical(name: str) -> str:
    """A host name as DNS compares it: lower case, without the final dot."""
    return name.rstrip(".").lower()


def is_within(name: str, domain: str) -> bool:
    """Whether `name` is `domain` or lies below it; both canonical, and the empty domain is the root."""
    return not domain or name == domain or name.endswith("." + domain)


def covers(pattern: str, name: str) -> bool:
    """Whether a private name covers a host name; both canonical.

    Private names are exact; a leading `*.` stands for one or more labels.
    AWS: "AWS PrivateLink for Amazon S3",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
    """
    if pattern.startswith("*."):
        return name.endswith(pattern[1:]) and len(name) > len(pattern) - 1
    return pattern == name


def parents(name: str) -> tuple[str, ...]:
    """The name itself and all domains above it, longest first."""
    labels = name.split(".")
    return tuple(".".join(labels[i:]) for i in range(len(labels)))
