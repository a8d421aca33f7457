"""Where tasks wait for a worker: at the server that is named, else in files of the data folder."""


def transport(url, folder):
    """How the broker at an address is spoken to; for files, their folders are made."""
    if not url.startswith("filesystem"):
        return {}
    for name in ("queue", "processed", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    queue = str(folder / "queue")
    return {
        "data_folder_in": queue,
        "data_folder_out": queue,
        "processed_folder": str(folder / "processed"),
        "control_folder": str(folder / "control"),
    }
