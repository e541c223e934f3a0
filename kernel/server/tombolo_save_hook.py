"""Keeps values of data that is not public out of saved notebooks.

The kernel does not put them there in the first place; this is the second line, for outputs that another front end,
an older kernel or a hand has changed. It needs nothing but Jupyter Server.
"""

import re
from datetime import datetime

OURS = "application/vnd.tombolo."
NAMES = {f"{OURS}{name}.v1+json": name.capitalize() for name in ("map", "chart", "table")}
PRESETS = (
    "census-as-published",
    "nhs-hes",
    "opensafely",
    "opensafely-midpoint-6",
    "public",
    "srs-10",
    "standard",
    "ukllc-10",
)
LIVE = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
DIGEST = r"[0-9a-f]{12}"
TIME = r"20[2-9][0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
MOST_CHARACTERS = 200


def keep_closed(path, model, contents_manager=None, **_):
    """Leave of every output that is not labelled as public its reference and a sentence."""
    if model.get("type") != "notebook":
        return
    cells = (model.get("content") or {}).get("cells") or []
    sources = [_joined(cell.get("source", "")) for cell in cells]
    for cell, source in zip(cells, sources):
        for output in cell.get("outputs") or []:
            saved = _saved_part_of_closed(output.get("data") or {}, source, sources)
            if saved is not None:
                output["data"] = saved
                output["metadata"] = {}


def _saved_part_of_closed(data, cell, notebook):
    """What may be saved of a bundle that is not public; None for one that is, or that is not ours."""
    for mime, value in data.items():
        if not mime.startswith(OURS) or (isinstance(value, dict) and value.get("access") == "public"):
            continue
        reference = _read_reference(mime, value, cell, notebook)
        if reference is None:
            return {"text/plain": f"An output of {_access(value)} data: run the cell to see it."}
        return {mime: reference, "text/plain": _placeholder_text(mime, reference)}
    return None


def _read_reference(mime, value, cell, notebook):
    """A reference with what may be saved of it: words that stand in the notebook anyway, a preset and the time."""
    if mime not in NAMES or not isinstance(value, dict) or value.get("version") != 1:
        return None
    if not _is_text(value.get("live"), LIVE):
        return None
    title, recipe, digest = value.get("title"), value.get("recipe"), value.get("digest")
    called = title if _is_title_written(title, cell) else NAMES[mime]
    reference = {"version": 1, "access": _access(value), "title": called}
    if _is_text(recipe, r"\S{1,100}") and any(_stands_in(source, recipe) for source in notebook):
        reference["recipe"] = recipe
        if _is_text(digest, DIGEST):
            reference["digest"] = digest
    if value.get("preset") in PRESETS:
        reference["preset"] = value["preset"]
    if _is_time(value.get("time")):
        reference["time"] = value["time"]
    return {**reference, "live": value["live"]}


def _placeholder_text(mime, reference):
    """The sentence, and below it what is known of the output."""
    sentence = f"{NAMES[mime]} of {reference['access']} data: run the cell to see it."
    known = [] if reference["title"] == NAMES[mime] else [reference["title"]]
    if "recipe" in reference:
        digest = f" ({reference['digest']})" if "digest" in reference else ""
        known.append(f"recipe {reference['recipe']}{digest}")
    if "preset" in reference:
        known.append(f"preset {reference['preset']}")
    if "time" in reference:
        known.append(f"run on {reference['time'][:10]} at {reference['time'][11:16]} UTC")
    return "\n".join([sentence, *([" · ".join(known)] if known else [])])


def _access(value):
    return "internal" if isinstance(value, dict) and value.get("access") == "internal" else "sensitive"


def _is_title_written(title, cell):
    return (
        isinstance(title, str)
        and len(title) <= MOST_CHARACTERS
        and re.search(r"[\x00-\x1f\x7f-\x9f]", title) is None
        and any(character.isalpha() for character in title)
        and _stands_in(cell.lower(), title.lower())
    )


def _stands_in(text, name):
    """Whether a word or name stands in a text, not within a longer word."""
    at = text.find(name)
    while at >= 0 and name:
        if not _is_part(text[at - 1 : at] if at else "") and not _is_part(text[at + len(name) :][:1]):
            return True
        at = text.find(name, at + 1)
    return False


def _is_part(character):
    return character.isalnum() or character in ("_", "$")


def _is_time(value):
    if not _is_text(value, TIME):
        return False
    try:
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return False
    return True


def _is_text(value, pattern):
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _joined(text):
    return "".join(text) if isinstance(text, list) else str(text)


def _jupyter_server_extension_points():
    return [{"module": "tombolo_save_hook"}]


def _load_jupyter_server_extension(app):
    app.contents_manager.register_pre_save_hook(keep_closed)
