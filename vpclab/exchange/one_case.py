"""A design file that holds one network: text to its case, or everything that is wrong with it."""

from dataclasses import dataclass

from vpclab.errors import Problem
from vpclab.exchange.design_file import BrokenCase, Case, read_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCase:
    """The case; None with every problem where there is none, or where there are several."""

    case: Case | None
    problems: tuple[Problem, ...] = ()


def read_one_case(text: str, name: str) -> OneCase:
    """Read a design file that must hold exactly one case; `name` tells YAML from JSON."""
    file = read_cases(text.encode("utf-8", "surrogatepass"), name)
    broken = tuple(
        problem for case in file.cases if isinstance(case, BrokenCase) for problem in case.problems
    )
    problems = (*file.problems, *broken)
    if len(file.cases) > 1:
        several = Problem(path=("cases",), code="one_case_expected", facts={"count": len(file.cases)})
        problems = (several, *problems)
    alone = file.cases[0] if len(file.cases) == 1 and not problems else None
    return OneCase(case=alone if isinstance(alone, Case) else None, problems=problems)
