"""Text for people in two languages: `title` and `title_zh`. Apart from the model, which costs 5 ms to import."""

from __future__ import annotations


class Bilingual:
    """Something whose text for people comes in English and, perhaps, in Chinese."""

    __slots__ = ()

    def text(self, field: str, language: str = "en") -> str:
        """The field in that language (`en` or `zh`), or in English where there is no such translation."""
        translated = str(getattr(self, f"{field}_{language}", "")) if language != "en" else ""
        return translated or str(getattr(self, field))
