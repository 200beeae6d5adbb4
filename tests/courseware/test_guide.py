"""Guides become steps."""

from __future__ import annotations

from pathlib import Path

from netlab.courseware.guide import load_guide, parse_guide
from netlab.courseware.loading import load_lab

GUIDE = """# The lab

Hello.

## First step

Do it.

```python
## not a heading
```

## Second step  
"""  # noqa: W291 - a heading with blanks behind it is what an editor leaves


def test_each_heading_begins_a_step() -> None:
    steps = parse_guide(GUIDE, "The lab")
    assert [(step.id, step.title) for step in steps] == [
        ("introduction", "The lab"),
        ("step-1", "First step"),
        ("step-2", "Second step"),
    ]
    assert steps[0].text == "Hello."
    assert "## not a heading" in steps[1].text
    assert steps[2].text == ""


def test_a_guide_that_begins_with_a_step_has_no_introduction() -> None:
    assert [step.id for step in parse_guide("## One\n\nText", "Title")] == ["step-1"]


def test_the_guide_comes_in_the_readers_language_and_else_in_english(lab_folder: Path) -> None:
    lab = load_lab(lab_folder)
    assert load_guide(lab, "zh")[1].title == "监听"
    assert "claim" not in load_guide(lab, "zh")[1].text
    (lab_folder / "guide.zh.md").unlink()
    assert load_guide(lab, "zh")[1].title == "Listen"
    assert [step.id for step in load_guide(lab)] == ["introduction", "step-1", "step-2"]


def test_no_blank_gets_into_a_chinese_sentence_and_code_stays_as_it_is() -> None:
    code = "```python\n你  好\n```"
    text = f"你写， <!-- claim: one -->\n两个键盘 `a`\n也由你敲。\n\n下一段\n- 一\n- 二\n\n{code}\n然后"
    (step,) = parse_guide(text, "Title")
    assert step.text == f"你写，两个键盘 `a`\n也由你敲。\n\n下一段\n- 一\n- 二\n\n{code}\n然后"
