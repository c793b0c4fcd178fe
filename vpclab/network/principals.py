"""Principals: what the ARN of a caller says.

AWS: "AWS JSON policy elements: Principal",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""


def role_arn(principal: str) -> str:
    """The ARN that policies know a principal by: of a session the ARN of its role, of others their own.

    `arn:aws:sts::A:assumed-role/R/name` is a session of `arn:aws:iam::A:role/R`.
    """
    parts = principal.split(":", 5)
    if len(parts) == 6 and parts[2] == "sts" and parts[5].startswith("assumed-role/"):
        role = parts[5].removeprefix("assumed-role/").rpartition("/")[0]
        return ":".join((*parts[:2], "iam", *parts[3:5], f"role/{role}"))
    return principal
