"""The list of wrong variants is as strict as the lab."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.courseware.course import load_course
from netlab.courseware.loading import load_lab
from netlab.courseware.variants import load_variants
from netlab.errors import BrokenLabError


def test_variants_are_read_in_the_files_order(lab_folder: Path) -> None:
    variants = load_variants(load_lab(lab_folder))
    assert [variant.name for variant in variants] == ["port-fixed", "says-hi", "one-client-only"]
    assert variants[1].must == ("greets",)
    assert (variants[1].folder / "server.py").is_file()


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ('must = ["greets"]', 'must = ["greet"]', "Did you mean greets"),
        ('must = ["greets"]', "must = []", "says-hi.must is empty"),
        ("[says-hi]", "[says-hey]", "has no folder says-hey/"),
        (
            "The server ends after its first client.",
            "the greeting is  another one.",
            "holds the same mistake as says-hi",
        ),
    ],
)
def test_a_mistake_is_named(lab_folder: Path, right: str, wrong: str, complaint: str) -> None:
    file = lab_folder / "wrong" / "variants.toml"
    file.write_text(file.read_text().replace(right, wrong, 1))
    with pytest.raises(BrokenLabError) as caught:
        load_variants(load_lab(lab_folder))
    assert complaint in str(caught.value)


def test_those_of_the_course_can_be_read() -> None:
    course = load_course()
    for head in course.heads:
        assert load_variants(course.find(head.id))
