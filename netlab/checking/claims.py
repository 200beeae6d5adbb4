"""What a guide claims, held against what its assertions came to. Pure; `prove.py` runs them.

Every claim stands in every language's guide, once, and has one assertion, which holds; every assertion has a claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from netlab.checking.outcomes import Outcome
from netlab.checking.verdicts import Verdict

_PREFIX = "claim/"
ClaimsOfGuides = Mapping[str, Sequence[str]]
"""The ids marked in each guide, by the name of its file."""


def claim_key(claim: str) -> str:
    """What an assertion is asked for by. No checkpoint's id has a slash in it."""
    return f"{_PREFIX}{claim}"


def claim_of(key: str) -> str | None:
    """The claim of such a key; None for any other."""
    return key.removeprefix(_PREFIX) if key.startswith(_PREFIX) else None


def unfounded(guides: ClaimsOfGuides, outcomes: Mapping[str, Outcome]) -> tuple[str, ...]:
    """A sentence for each claim that does not stand as it must; `outcomes` of the assertions, by claim."""
    claimed = dict.fromkeys(claim for claims in guides.values() for claim in claims)
    return (
        *_unevenly_marked(guides, claimed),
        *(f"The claim {claim} has no assertion in test_claims.py." for claim in claimed if claim not in outcomes),
        *(f"test_claims.py asserts {claim}, which no guide claims." for claim in outcomes if claim not in claimed),
        *(_told(claim, outcome) for claim, outcome in outcomes.items() if outcome.verdict in _AGAINST),
    )


_AGAINST = (Verdict.FAILED, Verdict.ERRORED, Verdict.BLOCKED)


def _unevenly_marked(guides: ClaimsOfGuides, claimed: Collection[str]) -> Iterator[str]:
    for name, claims in guides.items():
        yield from (f"{name} does not mark the claim {claim}." for claim in claimed if claim not in claims)
        yield from (f"{name} marks the claim {claim} twice." for claim in claimed if claims.count(claim) > 1)


def _told(claim: str, outcome: Outcome) -> str:
    expected = f"expected {outcome.expected}; got " if outcome.verdict is Verdict.FAILED and outcome.expected else ""
    return f"The claim {claim} does not hold: {expected}{outcome.got or 'nothing'}"
