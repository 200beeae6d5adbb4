"""The workbench in a browser: `guard` decides who may, `server` answers, `tab` is one process behind one browser tab.

`driver` runs at the other end, in that process. Only here are aiohttp and textual-serve (the extra `web`) known.
"""
