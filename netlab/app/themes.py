"""The colours of the workbench. The only place with colour values: everything else names tokens."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="netlab-dark",
    primary="#5aa9e6",
    secondary="#8fb8de",
    accent="#f2c14e",
    warning="#e8a33d",
    error="#e5646e",
    success="#6cc48b",
    foreground="#d7dde5",
    background="#12161c",
    surface="#171c24",
    panel="#222a35",
    dark=True,
    variables={
        "block-cursor-background": "#2f4660",
        "block-cursor-foreground": "#f2f6fa",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#222a35",
        "block-cursor-blurred-foreground": "#d7dde5",
        "input-selection-background": "#33507080",
        "title-background": "#28323f",
        "title-foreground": "#aab6c5",
        "title-active-background": "#2b5d8a",
        "title-active-foreground": "#ffffff",
        "server-colour": "#c3a6f0",
        "client-colour": "#7fd1c7",
    },
)

LIGHT = Theme(
    name="netlab-light",
    primary="#1f6fb2",
    secondary="#40719c",
    accent="#9a6700",
    warning="#9a5b00",
    error="#b3263a",
    success="#1d7a43",
    foreground="#1f2733",
    background="#eef1f5",
    surface="#fbfcfd",
    panel="#dde3ea",
    dark=False,
    variables={
        "block-cursor-background": "#c9def2",
        "block-cursor-foreground": "#101820",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#dde3ea",
        "block-cursor-blurred-foreground": "#1f2733",
        "title-background": "#dde3ea",
        "title-foreground": "#445164",
        "title-active-background": "#1f6fb2",
        "title-active-foreground": "#ffffff",
        "server-colour": "#6d3fb3",
        "client-colour": "#0f766e",
    },
)

CONTRAST = Theme(
    name="netlab-contrast",
    primary="#66c2ff",
    secondary="#ffffff",
    accent="#ffe14d",
    warning="#ffb84d",
    error="#ff7a85",
    success="#66ff99",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1f1f1f",
    dark=True,
    variables={
        "block-cursor-background": "#ffe14d",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#3a3a3a",
        "block-cursor-blurred-foreground": "#ffffff",
        "title-background": "#1f1f1f",
        "title-foreground": "#ffffff",
        "title-active-background": "#ffe14d",
        "title-active-foreground": "#000000",
        "server-colour": "#e0b3ff",
        "client-colour": "#80fff0",
        "text-muted": "#e6e6e6",
        "text-disabled": "#c8c8c8",
    },
)

OURS = (DARK, LIGHT, CONTRAST)
OFFERED = (*(theme.name for theme in OURS), "nord", "gruvbox", "tokyo-night", "solarized-light", "catppuccin-latte")
"""What the palette offers."""

_STAND_INS = {
    "title-background": "panel",
    "title-foreground": "foreground",
    "title-active-background": "primary",
    "block-cursor-background": "primary",
    "block-cursor-blurred-background": "panel",
    "block-cursor-blurred-foreground": "foreground",
    "server-colour": "accent",
    "client-colour": "success",
}
"""Our own tokens, and what stands for them in a theme of somebody else, which has none of them."""
_ON_PRIMARY = ("title-active-foreground", "block-cursor-foreground")


def completed(variables: dict[str, str]) -> dict[str, str]:
    """A theme's variables with all of our tokens among them; what is written on its first colour can be read."""
    if "title-background" in variables:
        return variables
    mine = {token: variables[other] for token, other in _STAND_INS.items()}
    readable = Color.parse(variables["primary"]).get_contrast_text(1.0).hex
    return {**variables, **mine, **dict.fromkeys(_ON_PRIMARY, readable), "block-cursor-text-style": "none"}
