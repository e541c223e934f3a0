"""Keeps values of data that is not public out of saved notebooks.

The kernel does not put them there in the first place; this is the second line, for outputs that another front end,
an older kernel or a hand has changed. It needs nothing but Jupyter Server.
"""

OURS = "application/vnd.tombolo."
KEPT = ("version", "access", "title", "live")


def keep_closed(path, model, contents_manager=None, **_):
    """Leave of every output labelled as not public its reference and a sentence."""
    if model.get("type") != "notebook":
        return
    content = model.get("content") or {}
    for cell in content.get("cells") or []:
        for output in cell.get("outputs") or []:
            reference = _closed_reference(output.get("data") or {})
            if reference is not None:
                output["data"] = reference
                output["metadata"] = {}


def _closed_reference(data):
    """What may be saved of a bundle that is not public; None for one that is, or that is not ours."""
    for mime, value in data.items():
        if not mime.startswith(OURS) or not isinstance(value, dict):
            continue
        access = value.get("access", "public")
        if access == "public":
            continue
        kept = {key: value[key] for key in KEPT if key in value and "live" in value}
        what = kept.get("title", "An output")
        text = f"{what} of {access} data: run the cell to see it."
        return {**({mime: kept} if kept else {}), "text/plain": text}
    return None


def _jupyter_server_extension_points():
    return [{"module": "tombolo_save_hook"}]


def _load_jupyter_server_extension(app):
    app.contents_manager.register_pre_save_hook(keep_closed)
