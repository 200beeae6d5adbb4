"""Every field that a decoder can name is explained, in both languages."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from random import Random

from netlab import frames
from netlab.app.fieldtexts import FIELDS, FLAGS, field_name, sentence
from netlab.app.outline import outline
from netlab.frames.decoding import decode
from netlab.frames.tcp import FLAG_NAMES
from tests.frames import generating


def ids_in_the_source() -> set[str]:
    """What looks like a field's id in the decoders; those of ICMP are put together there, once for each version."""
    assert frames.__file__
    text = "\n".join(path.read_text() for path in Path(frames.__file__).parent.glob("*.py"))
    found = set(re.findall(r'"((?:eth|arp|ip|ipv6|udp|tcp)\.[a-z_.0-9]+)"', text))
    icmp = re.findall(r'f"\{name\}\.([a-z]+)"', text)
    return found | {f"{name}.{field}" for name in ("icmp", "icmpv6") for field in icmp}


def test_every_id_in_the_decoders_has_its_sentences_and_none_is_left_over() -> None:
    known = {key for key in FIELDS if not key.startswith("layer.")}
    assert ids_in_the_source() == known


def test_whatever_is_decoded_can_be_explained() -> None:
    random = Random(4)
    for _ in range(600):
        data = generating.frame(random)
        for group in outline(decode(random.choice((data, generating.mutated(random, data))))):
            for entry in (group.head, *group.fields):
                for language in ("en", "zh"):
                    assert field_name(entry.id, entry.name, language)
                    assert sentence(entry.id, entry.text, language).endswith((".", "。", ":", "："))


def test_texts_are_one_sentence_of_certain_width_in_both_languages() -> None:
    for key, text in FIELDS.items():
        assert all(text), key
        assert text.en.count(". ") == 0, key
        assert text.zh.count("。") <= 1, key
        assert not [char for char in "".join(text) if unicodedata.east_asian_width(char) == "A"], key
    assert set(FLAGS) == {*FLAG_NAMES, "none"}


def test_flags_say_what_each_of_them_does() -> None:
    said = sentence("tcp.flags", "SYN,ACK", "en")
    assert "SYN opens one direction" in said
    assert "ACK makes" in said
    assert "FIN" not in said
